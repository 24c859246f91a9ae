"""The scripts of theme/ as they stand in a page."""

from pathlib import Path

from markupsafe import Markup
from rjsmin import jsmin

THEME = Path(__file__).parent / "theme"


def script(*names: str) -> str:
    """Scripts of theme/ (``late.js``) one after the other, without comments and spare white space."""
    return Markup(jsmin("\n".join((THEME / name).read_text(encoding="utf-8") for name in names)))  # noqa: S704 - our own files
