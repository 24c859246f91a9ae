"""Every statement the site leans on, with its references."""

from itertools import groupby

from scripts.site.footnotes import cited
from scripts.site.templates import fill
from scripts.site.used import used_statements
from scripts.site.view import UnknownName, View


def render(name: str, view: View) -> str:
    """``all``: the statements that some page cites or takes a figure from, by part."""
    if name != "all":
        raise UnknownName("statements", name, ["all"])
    used = used_statements(view.docs, view.tables)
    rows = [row for row in view.tables.rows("statements") if row["id"] in used]
    for row in rows:
        view.uses(row, "law")
    parts = {part: [cited(row["id"], view) for row in group] for part, group in groupby(rows, lambda row: row["part"])}
    return fill("statements", view, parts=parts)
