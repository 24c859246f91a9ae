"""Officers: their accounts, sessions, and what they did."""
