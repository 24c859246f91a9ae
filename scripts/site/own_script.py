"""A script of our own as it stands inside a page."""

from pathlib import Path

from markupsafe import Markup

THEME = Path(__file__).parent / "theme"


def own_script(name: str) -> str:
    """The script theme/``name`` without its comments and indents."""
    lines = (THEME / name).read_text(encoding="utf-8").splitlines()
    return Markup("".join(line.strip() for line in lines if not line.startswith("//")))  # noqa: S704 - our own file
