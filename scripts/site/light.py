"""A page that needs nothing but itself: its stylesheet and icon stand inside it, and no white space is sent along.

Three sheets, so that a guide carries nothing that only other pages need. The whole file stays at assets/hub.css for
what the API answers.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

from scripts.site.minify import minify
from scripts.site.purge import elements, made_by, purge, script_names
from scripts.site.results import remembered

SHEET, ICON = "assets/hub.css", "assets/icon.svg"
# Which pages share a sheet: guides and services; those with something to fill in or a drawing; the rest.
READING = re.compile(r"(?:en/)?(?:guides|services)/")
_SHEET = re.compile(r'<link rel="stylesheet" href="[^"]*assets/hub\.css">')
_ICON = re.compile(r'(<link rel="icon" href=")[^"]*assets/icon\.svg"')


def lighten(site: Path, others: Iterable[tuple[str, set, set]] = ()) -> tuple[dict[str, str], str]:
    """Put the stylesheet and the icon into every page under ``site``, and minify it. Gives each kind's sheet and the
    icon, for pages that are not in the folder: of those ``others`` has kind, elements and names made by scripts."""
    pages = {path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
    css, loaded = (site / SHEET).read_text(encoding="utf-8"), set()
    for path in site.rglob("*.js"):
        loaded |= script_names(path.read_text(encoding="utf-8"))
    kinds = {name: kind(name, html) for name, html in pages.items()}
    known = [(kinds[name], elements(html), made_by(html)) for name, html in pages.items()] + list(others)
    sheets = {
        each: sheet(css, [one[1:] for one in known if one[0] == each], loaded) for each in {one[0] for one in known}
    }
    icon = data_address((site / ICON).read_text(encoding="utf-8"))
    for name, html in pages.items():
        (site / name).write_text(slim(html, sheets[kinds[name]], icon), encoding="utf-8", newline="\n")
    return sheets, icon


def kind(name: str, html: str) -> str:
    """Which sheet a page gets; ``name`` is its path from the site's root."""
    if READING.match(name):
        return "reading"
    return "form" if "<input" in html or "<svg" in html else "plain"


def sheet(css: str, pages: Iterable[tuple[set, set]], loaded: set[str]) -> str:
    """The one sheet of some pages, of each its elements and the names that its scripts make; ``loaded`` are the names
    that scripts outside the pages may put into them."""
    there, made = set(), set(loaded)
    for own, own_made in pages:
        there |= own
        made |= own_made
    return _purged(css, "\n".join(sorted(" ".join(sorted(each)) for each in there)), "\n".join(sorted(made)))


@remembered
def _purged(css: str, there: str, made: str) -> str:
    """``purge`` of plain texts: an element a line, with spaces between its names; a name a line."""
    return purge(css, [frozenset(line.split(" ")) for line in there.splitlines()], set(made.splitlines()))


@remembered
def slim(html: str, sheet: str, icon: str) -> str:
    """One page with its sheet and icon inside. Pure: html in, html out."""
    html = _SHEET.sub(lambda _: f"<style>{sheet}</style>", html)
    return minify(_ICON.sub(lambda found: f'{found[1]}{icon}"', html))


def data_address(svg: str) -> str:
    """A drawing as an address that holds it (RFC 2397), readable, so that it packs well."""
    return "data:image/svg+xml," + quote(svg.strip().replace('"', "'"), safe=" ='/:")
