"""What a page says once something on it is past its check-by day, and how it is kept ready until then.

The build writes the late wording in the open when the day has come already. Otherwise it lies in the page with
``data-late hidden``; an element with ``data-check-by`` (itself or one around it) carries the day, and
theme/late.js compares that with the reader's own date.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from scripts.site.freshness import is_late, last_checked, stamp
from scripts.site.scripts import script as joined
from scripts.site.view import View


@dataclass(frozen=True)
class Due:
    """The oldest check of some rows, the soonest day one falls due, and whether that was past at the build."""

    checked: date
    by: date
    late: bool

    @property
    def watch(self) -> str:
        """The attribute that lets the script compare; nothing once the build has found it late."""
        return "" if self.late else Markup(' data-check-by="{}"').format(self.by)

    @property
    def hide(self) -> str:
        """The attributes of the late wording; nothing once the build has found it late."""
        return "" if self.late else Markup(" data-late hidden")


def due(view: View, rows: Iterable[dict], kind: str) -> Due | None:
    """When rows of one kind were checked and fall due; None when none of them carries a date."""
    dates = stamp([(row, kind) for row in rows], view.tables.limits)
    return Due(*dates, is_late(dates[1], view.today)) if dates else None


def mark(view: View, rows: Iterable[dict], kind: str, sentence: str = "", tag: str = "small") -> str:
    """The warning at a fact: which channel to ask before relying on it. Empty for rows without a date."""
    when = due(view, rows, kind)
    if not when:
        return ""
    key = sentence or ("late.phone" if kind == "phone" else "late.fact")
    # The space is inside: outside it would stand before the full stop while the wording is hidden.
    space = " " if tag == "small" else ""
    made = Markup('<{tag} class="overdue"{}{}>{}{}</{tag}>')
    return made.format(when.watch, when.hide, space, told(view, key, kind), tag=Markup(tag))  # noqa: S704


def told(view: View, key: str, kind: str) -> str:
    """A sentence of words/late.toml with the official channel for a kind put in."""
    return Markup(view.say(key, ask=channel(view, kind)))  # noqa: S704 - our own sentence, and HTML made here


def asked(view: View, kind: str) -> dict:
    """The contact that limits.csv names for a kind."""
    return view.tables.by_id("contacts")[view.tables.by_id("limits")[kind]["ask"]]


def channel(view: View, kind: str) -> str:
    """The official channel for a kind as one link: its first number, but its website where numbers are in doubt."""
    contact = asked(view, kind)
    if kind == "phone" and contact["website"]:
        name = contact["website"].partition("://")[2].rstrip("/")
        return Markup('<a href="{}">{}</a>').format(contact["website"], name)
    name = view.pick(contact, "short") or view.pick(contact, "name")
    numbers = view.tables.grouped("numbers", "contact").get(contact["id"])
    return Markup('<a href="tel:{}">{}</a>').format(numbers[0]["dial"], name) if numbers else Markup("{}").format(name)


def channels(view: View) -> list[dict]:
    """Whom to ask about what a page shows: each contact once, with its numbers and when its first row falls due."""
    shown: dict[str, list[tuple[dict, str]]] = {}
    for row, kind in view.shown:
        if last_checked(row):
            shown.setdefault(asked(view, kind)["id"], []).append((row, kind))
    found = []
    for id, pairs in shown.items():
        numbers = view.tables.grouped("numbers", "contact").get(id, [])
        checked, by = stamp(pairs, view.tables.limits)
        when = Due(checked, by, is_late(by, view.today))
        found.append({"row": view.tables.by_id("contacts")[id], "numbers": numbers, "due": when})
    return found


def script() -> str:
    """The script of theme/late.js as it stands in a page."""
    return joined("late.js")
