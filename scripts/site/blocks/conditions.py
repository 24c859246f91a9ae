"""What is known about work in a destination, one row a condition."""

from forms_api.words import amount
from scripts.site.ledger import kind_of
from scripts.site.templates import fill
from scripts.site.view import UnknownName, View


def render(name: str, view: View) -> str:
    """A destination's code: its conditions, then those that hold for every destination."""
    destinations = view.tables.by_id("destinations")
    if name not in destinations:
        raise UnknownName("conditions", name, destinations)
    by_place = view.tables.grouped("conditions", "destination")
    rows = [*by_place.get(name, []), *by_place.get("", [])]
    kinds = [kind_of("conditions", row) for row in rows]
    values = [_value(view.uses(row, kind), view) for row, kind in zip(rows, kinds, strict=True)]
    return fill("conditions", view, rows=zip(rows, kinds, values, strict=True))


def _value(row: dict, view: View) -> str:
    value = view.pick(row, "value")
    return amount(value, row["unit"], view.language) if value and row["unit"] else value
