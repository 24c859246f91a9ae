"""Sanctions against placement companies, as far as they may be shown."""

from scripts.site.templates import fill
from scripts.site.view import UnknownName, View


def public(view: View) -> list[dict]:
    """Sanctions that name a decree and a source, newest first.

    The rest are reports nobody can check, and an old report can wrong a company.
    """
    known = [row for row in view.tables.rows("sanctions") if row["decree_no"] and row["source"]]
    return sorted(known, key=lambda row: row["date"], reverse=True)


def render(name: str, view: View) -> str:
    """``all``: every sanction that may be shown, with the company's name."""
    if name != "all":
        raise UnknownName("sanctions", name, ["all"])
    agencies = view.tables.by_id("agencies")
    shown = [(view.uses(row, "agency"), agencies[row["agency"]]) for row in public(view)]
    return fill("sanctions", view, shown=shown, held_back=len(view.tables.rows("sanctions")) - len(shown))
