"""The page of every village in data/villages/villages.csv: made from its row, with no file of its own under docs/.

The generator never sees these pages: what it does for each page (reading, converting, checking against all the
others) is made for hand-written ones, and a regency with two thousand villages would wait for it at every edit.
"""

import re
from dataclasses import dataclass

from forms_api.words import Words
from scripts.site.resolve import resolve
from scripts.site.rows import Tables
from scripts.site.view import View

OWN_TABLES = ("villages", "indicators")
# With more villages than these their pages are many.py's: only their list is in the offline copy and in the search,
# or both would grow with every regency that joins.
FEW = 20
META = {"related": ["villages/index.md", "about/programme.md"], "action": "help"}
_LINK = re.compile(r"(\]\()(?:[\w./-]*/)?(?:villages/)?([a-z0-9-]+)\.md(#[^()\s]*)?\)")


@dataclass(frozen=True)
class VillagePage:
    """One village's page in one language. ``name`` is the path it would have from docs/: ``villages/ulak-paceh.md``."""

    id: str
    name: str
    title: str
    description: str


def village_pages(tables: Tables, words: Words, language: str) -> list[VillagePage]:
    """The pages in the order of the table."""
    return [
        VillagePage(
            row["id"],
            f"villages/{row['id']}.md",
            words.say(language, "village.heading", name=row["name"]),
            words.say(language, "village.description", name=row["name"]),
        )
        for row in tables.rows("villages")
    ]


def article(page: VillagePage, view: View) -> str:
    """What stands under the title: profile, figures, offices, sources."""
    return resolve(f"<p>[[village:{page.id}]]</p>", view)


def own_rows(page: VillagePage, tables: Tables) -> tuple:
    """All that a village's page shows of OWN_TABLES."""
    return tables.by_id("villages")[page.id], tables.grouped("indicators", "village").get(page.id, [])


def linked(markdown: str, tables: Tables) -> str:
    """Markdown whose links to a village's page (``../villages/ID.md``) lead to where that page will stand.

    The path begins at the site's root; ``from_here`` makes it relative once the page is HTML.
    """
    known = tables.by_id("villages")
    return _LINK.sub(lambda m: f"{m[1]}/villages/{m[2]}/{m[3] or ''})" if m[2] in known else m[0], markdown)


def from_here(html: str, view: View) -> str:
    """The links that ``linked`` made, from the page at hand and in its language."""
    folder = view.link("villages/index.md")
    return re.sub(r'href="/villages/([a-z0-9-]+/)', lambda found: f'href="{folder}{found[1]}', html)
