"""The scripts of theme/ as they stand in a page."""

from pathlib import Path

from markupsafe import Markup

THEME = Path(__file__).parent / "theme"


def script(*names: str) -> str:
    """Scripts of theme/ (``late.js``) one after the other, without their comments and indents."""
    lines = [line.strip() for name in names for line in (THEME / name).read_text(encoding="utf-8").splitlines()]
    return Markup("".join(line for line in lines if not line.startswith("//")))  # noqa: S704 - our own files
