"""News of the programme, newest first."""

from scripts.site.templates import fill
from scripts.site.view import UnknownName, View

LATEST = 3


def render(name: str, view: View) -> str:
    """``all`` or ``latest`` (the newest three)."""
    if name not in ("all", "latest"):
        raise UnknownName("news", name, ["all", "latest"])
    rows = sorted(view.tables.rows("news"), key=lambda row: row["date"], reverse=True)
    rows = rows[:LATEST] if name == "latest" else rows
    for row in rows:
        view.uses(row, "programme")
    return fill("news", view, rows=rows)
