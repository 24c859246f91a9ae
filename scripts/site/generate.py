"""A pair of pages for every village of data/villages/villages.csv, written to disk before the build.

Real files, because generated ones that exist only in memory break the plugin for two languages.
"""

from pathlib import Path

from forms_api.words import LANGUAGES, Words
from scripts.site.rows import Tables

MARK = "generated: true"
_PAGE = """---
{mark} # from data/villages/villages.csv; change the row, not this page
description: "{description}"
related: [villages/index.md, about/programme.md]
action: help
---
# {heading}

[[village:{id}]]
"""


def write_villages(docs: Path, tables: Tables, words: Words) -> list[Path]:
    """Write the pages that are missing or differ and remove generated ones whose row is gone.

    Gives the files that were written or removed: none when nothing changed, so that a watching server rests.
    """
    folder = docs / "villages"
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {folder / name: text for row in tables.rows("villages") for name, text in _pair(row, words)}
    touched = []
    for path, text in wanted.items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
            touched.append(path)
    for path in sorted(folder.glob("*.md")):
        if path not in wanted and is_generated(path):
            path.unlink()
            touched.append(path)
    return touched


def _pair(row: dict, words: Words):
    for language in LANGUAGES:
        suffix = ".md" if language == "id" else f".{language}.md"
        heading = words.say(language, "village.heading", name=row["name"])
        description = words.say(language, "village.description", name=row["name"])
        yield row["id"] + suffix, _PAGE.format(mark=MARK, id=row["id"], heading=heading, description=description)


def is_generated(path: Path) -> bool:
    """Whether a page was written by the build."""
    return path.read_text(encoding="utf-8").startswith(f"---\n{MARK}")
