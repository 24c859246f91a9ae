"""What is typed at a terminal or started by a timer."""
