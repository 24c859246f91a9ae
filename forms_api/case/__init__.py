"""A submission as a case: its states, days, messages, notices, and its end."""
