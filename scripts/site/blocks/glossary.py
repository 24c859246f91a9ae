"""Words and abbreviations, in the order of the page's language."""

from scripts.site.templates import fill
from scripts.site.view import UnknownName, View


def render(name: str, view: View) -> str:
    """``all``: every term with its meaning."""
    if name != "all":
        raise UnknownName("glossary", name, ["all"])
    rows = sorted(view.tables.rows("glossary"), key=lambda row: view.pick(row, "term").casefold())
    return fill("glossary", view, rows=rows)
