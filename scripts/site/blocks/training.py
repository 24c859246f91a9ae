"""Training offers that some source names."""

from scripts.site.templates import fill
from scripts.site.view import UnknownName, View


def render(name: str, view: View) -> str:
    """``all``: every offer; those that a source says are open come first."""
    if name != "all":
        raise UnknownName("training", name, ["all"])
    rows = sorted(view.tables.rows("training"), key=lambda row: row["opening"] != "open")
    for row in rows:
        view.uses(row, "training")
    return fill("training", view, rows=rows)
