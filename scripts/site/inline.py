"""Figures inside a sentence: ``[[fact:…]]``, ``[[phone:…]]``, ``[[indicator:…]]`` and the mark ``[[source:…]]``."""

import re

from markupsafe import Markup, escape

from forms_api.words import amount, number
from scripts.site.late import mark
from scripts.site.view import View


def fact(name: str, view: View) -> str:
    """The value of a row of facts.csv as the page's language writes it."""
    row = view.row("facts", name, "fact")
    view.uses(row, row["kind"])
    return _value(row, view) + mark(view, [row], row["kind"])


def _value(row: dict, view: View) -> str:
    if row["amount"]:
        return Markup('<span class="number">{}</span>').format(amount(row["amount"], row["unit"], view.language))
    if row["day"]:
        return Markup('<span class="number">{}</span>').format(view.date(row["day"]))
    return escape(view.pick(row, "text"))


def phone(name: str, view: View) -> str:
    """A number of numbers.csv as a link that rings it or opens WhatsApp."""
    row = view.uses(view.row("numbers", name, "phone"), "phone")
    return phone_link(row) + mark(view, [row], "phone")


def with_phones(text: str, view: View) -> str:
    """A cell's text as HTML in which ``[[phone:…]]`` is the number it names, so that a number stands in one row."""
    parts = re.split(r"\[\[phone:([a-z0-9-]+)\]\]", text)
    return Markup("").join(phone(part, view) if at % 2 else part for at, part in enumerate(parts))


def phone_link(row: dict) -> str:
    """The link for one row of numbers.csv. WhatsApp wants the number without its plus sign."""
    href = "https://wa.me/" + row["dial"].lstrip("+") if row["channel"] == "whatsapp" else "tel:" + row["dial"]
    kind = "tel wa" if row["channel"] == "whatsapp" else "tel"
    return Markup('<a class="{}" href="{}">{}</a>').format(kind, href, row["number"])


def indicator(name: str, view: View) -> str:
    """The value and unit of a row of indicators.csv."""
    row = view.uses(view.row("indicators", name, "indicator"), "village")
    return Markup('<span class="number">{}</span>').format(measure(row, view)) + mark(view, [row], "village")


def measure(row: dict, view: View) -> str:
    """An indicator's number and unit: ``31,7 km²``."""
    return f"{number(row['value'], view.language)} {view.pick(row, 'unit')}".strip()


def source(name: str, view: View) -> str:
    """The mark that leads to a statement in the list at the foot; a statement keeps its number on a page."""
    row = view.row("statements", name, "source")
    first = name not in view.notes
    if first:
        view.notes.append(name)
        # A statement has no kind of its own; most say what a law or an office says.
        view.uses(row, "law")
    place = view.notes.index(name) + 1
    anchor = Markup(' id="r{}"').format(place) if first else ""
    cite = Markup('<sup class="cite"><a{} href="#s{}" aria-label="{}">{}</a>{}</sup>')
    late = mark(view, [row], "law", "late.mark", "b")
    return cite.format(anchor, place, view.say("sources.mark", place=place), place, late)
