"""What every request passes before anything is done."""
