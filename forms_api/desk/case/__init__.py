"""One case on the desk: its page, its history, and the steps in it."""
