"""The menu: the top sections, and inside the section one is in, its pages.

A page never carries the whole tree: that is what makes big sites slow to build and heavy to read.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Entry:
    """A page (no children) or a section. ``url`` is from the site's root; a section's is that of its index, which
    is not among its children, or of its first page."""

    title: str
    url: str
    children: tuple["Entry", ...] = ()


@dataclass
class Line:
    """A line of the menu as it is shown: ``current`` is "page", "true" (one is somewhere inside) or empty."""

    title: str
    url: str
    current: str = ""
    lines: list["Line"] = field(default_factory=list)


class Menu:
    """The menu of one language."""

    def __init__(self, entries: list[Entry]):
        self.entries = entries
        self._trails: dict[str, list[Entry]] = {}
        for entry in entries:
            self._walk(entry, [])

    def trail(self, url: str) -> list[Entry]:
        """The sections a page is in, outermost first, without the page itself.

        A page that is not in the menu belongs where the index of its folder is.
        """
        if url in self._trails:
            return self._trails[url]
        folder = url.rstrip("/").rsplit("/", 1)[0] + "/"
        return self._trails.get(folder, [])

    def lines(self, url: str) -> list[Line]:
        """The lines for one page."""
        return [self._line(entry, url, self.trail(url)) for entry in self.entries]

    def _walk(self, entry: Entry, above: list[Entry]) -> None:
        self._trails.setdefault(entry.url, [*above, entry] if entry.children else above)
        for child in entry.children:
            self._walk(child, [*above, entry])

    def _line(self, entry: Entry, url: str, trail: list[Entry]) -> Line:
        if not entry.children:
            return Line(entry.title, entry.url, "page" if entry.url == url else "")
        if entry not in trail:
            return Line(entry.title, entry.url)
        lines = [self._line(child, url, trail) for child in entry.children]
        own_index = entry.url == url and not any(line.current for line in lines)
        return Line(entry.title, entry.url, "page" if own_index else "true", lines)


def untranslated(nav: list, translations: dict[str, str]) -> list[str]:
    """Section titles of a nav (as written in mkdocs.yml) for which no English is written."""
    missing = []
    for entry in nav:
        if not isinstance(entry, dict):
            continue
        for title, target in entry.items():
            missing += [] if title in translations else [title]
            missing += untranslated(target, translations) if isinstance(target, list) else []
    return missing
