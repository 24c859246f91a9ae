"""What is known about work in a destination, one row a condition."""

from forms_api.words import amount
from scripts.site.templates import fill
from scripts.site.view import UnknownName, View

# Which limit of data/facts/limits.csv a topic falls under; the rest is what a law or an office says.
LIMIT = {"wage": "wage", "food_allowance": "wage", "cost_cap": "money", "placement_cost": "money",
         "employer_condition": "money", "visas_issued": "count", "demand": "count"}  # fmt: skip


def render(name: str, view: View) -> str:
    """A destination's code: its conditions, then those that hold for every destination."""
    destinations = view.tables.by_id("destinations")
    if name not in destinations:
        raise UnknownName("conditions", name, destinations)
    by_place = view.tables.grouped("conditions", "destination")
    rows = [*by_place.get(name, []), *by_place.get("", [])]
    values = [_value(view.uses(row, LIMIT.get(row["topic"], "law")), view) for row in rows]
    return fill("conditions", view, rows=zip(rows, values, strict=True))


def _value(row: dict, view: View) -> str:
    value = view.pick(row, "value")
    return amount(value, row["unit"], view.language) if value and row["unit"] else value
