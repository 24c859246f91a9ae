"""What a reader, a browser or a search engine would stumble over in the built site.

The net below the generator's own checks. link_sentences.py says each kind of fault in an editor's words.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from scripts.site.tags import tags

# Addresses only the API answers, so the built site has no file for them.
SERVED_BY_API = re.compile(r"/(follow-up|desk|forms/leave)(/|\?|$)|/forms/[^?]*\?")
NO_WORDS = ("/forms/leave", "/desk/")  # an empty page, and one in the officer's own language
# Link texts that say nothing by themselves (WCAG 2.2, 2.4.4 and 2.4.9; English ones as Lighthouse 12 names them).
VAGUE = frozenset((
    "click here", "click this", "go", "here", "information", "learn more", "more", "more info", "more information",
    "read more", "right here", "see more", "start", "this",
    "baca selengkapnya", "di sini", "ini", "klik di sini", "lihat", "selengkapnya", "sini", "tautan", "tautan ini",
))  # fmt: skip
_LINK = re.compile(r"<a\b[^>]*>([^<]*)</a>", re.I)


@dataclass
class Found:
    """What one HTML file holds that can be right or wrong."""

    language: str = ""
    headings: int = 0
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)


def read(path: Path) -> Found:
    """Read one HTML file."""
    here, html = Found(), path.read_text(encoding="utf-8")
    here.faults += [("vague", text) for text in _LINK.findall(html) if text.strip().lower() in VAGUE]
    for tag, attrs in tags(html):
        if not attrs and tag != "h1":
            continue
        if tag == "html":
            here.language = attrs.get("lang", "")
        if tag == "h1":
            here.headings += 1
        if tag == "img" and "alt" not in attrs:
            here.faults.append(("alt", attrs.get("src", "")))
        if "id" in attrs:
            here.ids.append(attrs["id"])
        here.faults += [("attribute", f"{name} on <{tag}>") for name in attrs if name == "style" or name[:2] == "on"]
        _address(here, tag, attrs)
    return here


def _address(here: Found, tag: str, attrs: dict[str, str]) -> None:
    if tag == "link" and attrs.get("rel") in ("canonical", "alternate"):
        return
    if "src" in attrs:
        here.sources.append(attrs["src"])
    if "href" in attrs:
        (here.links if tag == "a" else here.sources).append(attrs["href"])


def faults(site: Path) -> list[tuple[str, str, str]]:
    """(file, kind of fault, what) for every HTML file under ``site``; empty when all is well.

    Checks that internal addresses and fragments lead somewhere, ids are unique, there is one h1, the language
    is that of the folder and said to the API, images have a text, links say where they lead, and nothing is loaded
    from another host.
    """
    pages = {path: read(path) for path in sorted(site.rglob("*.html"))}
    return [
        (path.relative_to(site).as_posix(), *what)
        for path, found in pages.items()
        for what in [*found.faults, *_alone(path.relative_to(site), found), *_leads(site, path, found, pages)]
    ]


def _alone(path: Path, found: Found) -> list[tuple[str, str]]:
    language = "en" if path.parts[0] == "en" else "id"
    wrong = [("id-twice", each) for each in sorted({each for each in found.ids if found.ids.count(each) > 1})]
    if found.headings != 1:
        wrong.append(("h1", str(found.headings)))
    if found.language != language:
        wrong.append(("language", found.language))
    return wrong + [("elsewhere", each) for each in found.sources if urlsplit(each).netloc]


def _leads(site: Path, path: Path, found: Found, pages: dict[Path, Found]) -> list[tuple[str, str]]:
    wrong = []
    for address in dict.fromkeys([*found.links, *found.sources]):
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            continue
        if SERVED_BY_API.match(address):
            wrong += _answered_in(path.relative_to(site), address)
            continue
        target = _target(site, path, unquote(parts.path))
        if not target.is_file():
            wrong.append(("nowhere", address))
        elif parts.fragment and unquote(parts.fragment) not in pages.get(target, Found()).ids:
            wrong.append(("no-place", address))
    return wrong


def _answered_in(path: Path, address: str) -> list[tuple[str, str]]:
    """The API answers in the browser's language unless it is told the page's."""
    language = "en" if path.parts[0] == "en" else "id"
    told = parse_qs(urlsplit(address).query).get("lang") == [language]
    return [] if told or address.startswith(NO_WORDS) else [("unsaid", address)]


def _target(site: Path, path: Path, address: str) -> Path:
    if not address:
        return path
    start = site if address.startswith("/") else path.parent
    target = (start / address.lstrip("/")).resolve()
    return target / "index.html" if target.is_dir() else target
