#!/usr/bin/env python3
"""Bring the official list of companies, or of sanctions, into data/agencies. Runs with any Python 3.11 or newer.

python3 scripts/import_agencies.py FILE… [--sanctions] [--on DATE] [--write] [--en]

FILE is what an office really has: .xlsx, .xls, .ods, CSV, a table of a web page, a ruled PDF. Without --write it only
says what would change. docs/maintain/import-agencies.md tells the rest.
"""

import sys
from pathlib import Path

# In the place of this folder, whose site/ would hide the standard library's.
sys.path[0] = str(Path(__file__).resolve().parents[1])

from scripts.hub import enter  # noqa: E402

if __name__ == "__main__":
    sys.exit(enter("scripts.lists", sys.argv[1:]))
