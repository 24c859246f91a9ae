"""The officers' side: the lists, one case, downloads, accounts."""
