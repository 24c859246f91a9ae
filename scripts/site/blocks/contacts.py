"""Contacts: one card, the cards of a country, all of them, or the few numbers that hub.yaml names for danger."""

from scripts.site.templates import fill
from scripts.site.view import UnknownName, View


def render(name: str, view: View) -> str:
    """``all``, ``emergency`` or a country's code (ISO 3166)."""
    if name == "emergency":
        return _emergency(view)
    countries = _countries(view)
    if name not in ("all", *countries):
        raise UnknownName("contacts", name, ["all", "emergency", *countries])
    groups = {country: _cards(country, view) for country in (countries if name == "all" else [name])}
    return fill("contacts", view, groups=groups, titled=name == "all")


def one(name: str, view: View) -> str:
    """The card of one contact."""
    return fill("contacts", view, groups={"": [card(view.row("contacts", name, "contact"), view)]}, titled=False)


def card(row: dict, view: View) -> dict:
    """A contact with its numbers, noted as shown."""
    numbers = view.tables.grouped("numbers", "contact").get(row["id"], [])
    for shown in [row, *numbers]:
        view.uses(shown, "phone")
    return {"row": row, "numbers": numbers}


def _countries(view: View) -> list[str]:
    """Countries that have a contact, in the order in which people look: home, the destinations, the rest."""
    first = [view.tables.hub["phone_region"], *view.tables.by_id("destinations")]
    known = view.tables.grouped("contacts", "country")
    return [country for country in dict.fromkeys([*first, *known]) if country in known]


def _cards(country: str, view: View) -> list[dict]:
    return [card(row, view) for row in view.tables.grouped("contacts", "country").get(country, [])]


def _emergency(view: View) -> str:
    contacts, known = view.tables.by_id("contacts"), view.tables.by_id("numbers")
    numbers = [view.uses(known[id], "phone") for id in view.tables.hub["danger_numbers"]]
    return fill("emergency", view, numbers=[(row, contacts[row["contact"]]) for row in numbers])
