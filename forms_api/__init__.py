"""The public door (forms, receipts) and the officers' desk of the hub."""
