"""What a form asks, and the one check of what is answered."""
