"""The foot of a page: where its statements come from, when they were checked and by when they must be again.

The addresses outside stand once, on the sources page; elsewhere a source is its name and date, and the statement's
number leads there. They were a twentieth of everything one keeps offline.
"""

from scripts.site.late import Due, channels, due
from scripts.site.templates import fill
from scripts.site.view import View


def cited(name: str, view: View) -> dict:
    """A statement with its references and its place on the sources page, as the templates want it."""
    references = view.tables.grouped("references", "statement").get(name, [])
    anchor = name.lower().replace(".", "-")
    return {"row": view.row("statements", name, "source"), "references": references, "anchor": anchor}


def foot(view: View) -> str:
    """The list of sources and the dates; empty for a page that shows neither a statement nor a dated row."""
    kinds = _kinds(view)
    if not view.notes and not kinds:
        return ""
    return fill("sources", view, notes=[cited(name, view) for name in view.notes], kinds=kinds)


def _kinds(view: View) -> list[tuple[str, Due]]:
    """Each kind of row that the page shows, in the order of limits.csv, with its oldest check and soonest due day."""
    rows = {kind: [row for row, other in view.shown if other == kind] for _, kind in view.shown}
    limits = [(row, due(view, rows.get(row["kind"], []), row["kind"])) for row in view.tables.rows("limits")]
    return [(view.pick(row, "label"), when) for row, when in limits if when]


def warning(view: View) -> str:
    """The warning on top of a page of which something is late, or will be, with whom to ask instead; empty for a
    page that shows no dated row."""
    asked = channels(view)
    if not asked:
        return ""
    soonest = min((each["due"] for each in asked), key=lambda when: when.by)
    return fill("warning", view, channels=asked, when=soonest)
