"""Pages of which there may be thousands, all made of rows: finished one by one, and only when they changed.

The other steps read and write every page of the folder once more each. These pages are never in that folder: the hook
hands them over as text, and what comes of each is found again by its text (results.py).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, partial
from gzip import compress

from scripts.site.compress import packed
from scripts.site.csp import sources
from scripts.site.light import kind, slim
from scripts.site.prices import PLACE, priced
from scripts.site.purge import elements, made_by
from scripts.site.results import remembered
from scripts.site.sitemap import entry

# Each result is kept once, with its page.
_remembered = partial(remembered, store="many")
_elements, _made_by, _slim, _sources = (each.__wrapped__ for each in (elements, made_by, slim, sources))


@dataclass(frozen=True)
class Facts:
    """What the other pages' steps must know of a page."""

    kind: str
    elements: frozenset
    made: frozenset
    entry: str


@dataclass(frozen=True)
class Finished:
    """A page as it is published: its text, both packed copies (empty in a preview), the hashes its policy names."""

    html: bytes
    br: bytes
    gz: bytes
    sources: dict[str, set[str]]


@cache
def _one(value: frozenset) -> frozenset:
    """The first set that is equal: thousands of pages have the same, and a pickle then holds it once."""
    return value


@_remembered
def facts(name: str, html: str) -> Facts:
    """Pure: path from the site's root and text in, facts out."""
    there = _one(frozenset(map(_one, _elements(html))))
    return Facts(kind(name, html), there, _one(frozenset(_made_by(html))), entry(html))


@_remembered
def finished(html: str, sheet: str, icon: str) -> Finished:
    """The page with its style, its weight and its packed copies; the same text always gives the same bytes."""
    text = _slim(html, sheet, icon)
    if PLACE in text:
        text = priced(text, lambda made: len(packed(made.encode())))
    data = text.encode()
    return Finished(data, packed(data), compress(data, 9, mtime=0), _sources(text))


@_remembered
def shown(html: str, sheet: str, icon: str) -> Finished:
    """The page as a preview shows it."""
    text = _slim(html, sheet, icon)
    return Finished(text.encode(), b"", b"", _sources(text))


def files(pages: Iterable[tuple[str, Finished]]) -> dict[str, bytes]:
    """What is to be published for each page, by its path from the site's root."""
    made = {}
    for name, page in pages:
        made[name] = page.html
        if page.br:
            made |= {f"{name}.br": page.br, f"{name}.gz": page.gz}
    return made
