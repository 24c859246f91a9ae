"""Which statements the pages lean on."""

import re
from pathlib import Path

from scripts.site.rows import Tables

_CITED = re.compile(r"\[\[(source|fact):([^\[\]\s]+)\]\]")


def used_statements(docs: Path, tables: Tables) -> set[str]:
    """Ids of the statements that a public page cites, or whose figure it shows."""
    tables.asked.add(tables.PAGES)
    facts = tables.by_id("facts")
    used = set()
    for page in docs.rglob("*.md"):
        if "maintain" in page.relative_to(docs).parts:
            continue
        for kind, name in _CITED.findall(page.read_text(encoding="utf-8")):
            used.add(name if kind == "source" else facts.get(name, {}).get("statement"))
    return used
