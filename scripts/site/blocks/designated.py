"""Villages elsewhere that press or ministry have named, by province."""

from itertools import groupby

from scripts.site.templates import fill
from scripts.site.view import UnknownName, View


def render(name: str, view: View) -> str:
    """``all``: every named village with its status and the source's date."""
    if name != "all":
        raise UnknownName("designated", name, ["all"])
    rows = sorted(view.tables.rows("designated"), key=lambda row: (row["province"], row["regency"], row["village"]))
    for row in rows:
        view.uses(row, "programme")
    provinces = {province: list(group) for province, group in groupby(rows, key=lambda row: row["province"])}
    return fill("designated", view, provinces=provinces)
