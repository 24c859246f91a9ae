"""Tables of data/ as Excel workbooks: a template goes out with drop-downs and help, and comes back as the CSV."""
