"""The search field. Without its script it is not shown, and the topics under it stand for it."""

from scripts.site.templates import fill
from scripts.site.view import UnknownName, View


def render(name: str, view: View) -> str:
    """``field``: the field with its answers; theme/search.js fills them in."""
    if name != "field":
        raise UnknownName("search", name, ["field"])
    return fill("search", view)
