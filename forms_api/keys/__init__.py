"""What closes and opens personal data, and what a receipt is."""
