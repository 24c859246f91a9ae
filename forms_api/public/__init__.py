"""The villagers' side: sending a form, the receipt, the way back."""
