"""Where the rows of a table were read, for the sources page; the cards of other pages lead here."""

from collections.abc import Callable

from scripts.site.templates import fill
from scripts.site.view import UnknownName, View


def render(name: str, view: View) -> str:
    """``contacts`` or ``conditions``: every row that has a source, by name."""
    if name not in NAMES:
        raise UnknownName("origins", name, NAMES)
    rows = [(NAMES[name](row, view), row) for row in view.tables.rows(name) if row["source"]]
    return fill("origins", view, table=name, rows=rows)


def _contact(row: dict, view: View) -> str:
    return view.pick(row, "name")


def _condition(row: dict, view: View) -> str:
    place = view.tables.by_id("destinations").get(row["destination"])
    topic = view.label("conditions", "topic", row["topic"])
    return ", ".join(filter(None, (place and view.pick(place, "name"), topic, view.pick(row, "sector"))))


NAMES: dict[str, Callable[[dict, View], str]] = {"contacts": _contact, "conditions": _condition}
