"""What a reader, a browser or a search engine would stumble over in the built site."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

# Addresses only the API answers, so the built site has no file for them.
SERVED_BY_API = re.compile(r"/(follow-up|desk)(/|\?|$)|/forms/[^?]*\?")


@dataclass
class Found:
    """What one HTML file holds that can be right or wrong."""

    language: str = ""
    headings: int = 0
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = Found()

    def handle_starttag(self, tag, attrs):
        here, attrs = self.found, dict(attrs)
        if tag == "html":
            here.language = attrs.get("lang") or ""
        if tag == "h1":
            here.headings += 1
        if tag == "img" and "alt" not in attrs:
            here.faults.append(f"img without alt: {attrs.get('src')}")
        if "id" in attrs:
            here.ids.append(attrs["id"] or "")
        here.faults += [f"{name} on <{tag}>" for name in attrs if name == "style" or name.startswith("on")]
        self._address(tag, attrs)

    def _address(self, tag, attrs):
        if tag == "link" and attrs.get("rel") in ("canonical", "alternate"):
            return
        if "src" in attrs:
            self.found.sources.append(attrs["src"] or "")
        if "href" in attrs:
            (self.found.links if tag == "a" else self.found.sources).append(attrs["href"] or "")


def read(path: Path) -> Found:
    """Read one HTML file."""
    reader = _Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    reader.close()
    return reader.found


def faults(site: Path) -> list[tuple[str, str]]:
    """Pairs of (file, what is wrong) for every HTML file under ``site``; empty when all is well.

    Checks that internal addresses and fragments lead somewhere, ids are unique, there is one h1, the language
    is that of the folder, images have a text, and nothing is loaded from another host.
    """
    pages = {path: read(path) for path in sorted(site.rglob("*.html"))}
    return [
        (path.relative_to(site).as_posix(), what)
        for path, found in pages.items()
        for what in [*found.faults, *_alone(path.relative_to(site), found), *_leads(site, path, found, pages)]
    ]


def _alone(path: Path, found: Found) -> list[str]:
    language = "en" if path.parts[0] == "en" else "id"
    wrong = [f"id used twice: {each}" for each in sorted({each for each in found.ids if found.ids.count(each) > 1})]
    if found.headings != 1:
        wrong.append(f"{found.headings} h1 headings")
    if found.language != language:
        wrong.append(f'lang is "{found.language}", not "{language}"')
    return wrong + [f"loaded from elsewhere: {each}" for each in found.sources if urlsplit(each).netloc]


def _leads(site: Path, path: Path, found: Found, pages: dict[Path, Found]) -> list[str]:
    wrong = []
    for address in dict.fromkeys([*found.links, *found.sources]):
        parts = urlsplit(address)
        if parts.scheme or parts.netloc or SERVED_BY_API.match(address):
            continue
        target = _target(site, path, unquote(parts.path))
        if not target.is_file():
            wrong.append(f"leads nowhere: {address}")
        elif parts.fragment and unquote(parts.fragment) not in pages.get(target, Found()).ids:
            wrong.append(f"no such place on the page: {address}")
    return wrong


def _target(site: Path, path: Path, address: str) -> Path:
    if not address:
        return path
    start = site if address.startswith("/") else path.parent
    target = (start / address.lstrip("/")).resolve()
    return target / "index.html" if target.is_dir() else target
