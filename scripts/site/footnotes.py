"""The foot of a page: where its statements come from, when they were checked and by when they must be again."""

from scripts.site.freshness import stamp
from scripts.site.templates import fill
from scripts.site.view import View


def cited(name: str, view: View) -> dict:
    """A statement with its references, as the templates want it."""
    references = view.tables.grouped("references", "statement").get(name, [])
    return {"row": view.row("statements", name, "source"), "references": references}


def foot(view: View) -> str:
    """The list of sources and the dates; empty for a page that shows neither a statement nor a dated row."""
    dates = stamp(view.shown, view.tables.limits) if view.shown else None
    if not view.notes and not dates:
        return ""
    return fill("sources", view, notes=[cited(name, view) for name in view.notes], dates=dates)
