"""What the generator and the look over the built site say about links, said again for an editor: which line of which
page under docs/, what is wrong, what to type instead.

The patterns are those of MkDocs 1.6.1 (mkdocs/structure/pages.py and nav.py); a message that none of them knows is
passed on as it is.
"""

import re
from difflib import get_close_matches
from posixpath import dirname, join, normpath, relpath

from forms_api.words import Words
from scripts.checks.anchors import anchors
from scripts.site.pages import Page

Fault = tuple[str, str, str]
_DOC = r"Doc file '(?P<page>[^']+)' contains "
_PATTERNS = {
    "file": re.compile(_DOC + r"a link '(?P<link>[^']+)', but the target.* is not found among documentation files"),
    "form": re.compile(_DOC + r"an unrecognized relative link '(?P<link>[^']+)'(?:.* mean '(?P<right>[^']+)')?"),
    "anchor": re.compile(
        _DOC + r"a link '(?P<link>[^']+)', but the doc '(?P<target>[^']+)' does not contain an anchor"
    ),
    "own-anchor": re.compile(_DOC + r"a link '(?P<link>[^']+)', but there is no such anchor on this page"),
    "menu": re.compile(r"A reference to '(?P<link>[^']+)' is included in the 'nav' configuration"),
    "reason": re.compile(r"(?P<page>[\w./-]+\.md): (?P<link>.+) must stand alone in its paragraph"),
}
_NOT_IN_MENU = "The following pages exist in the docs directory"
_ONLY_A_PLACE = re.compile(r"Error (?:reading|building) page '[^']+':$")


class Teller:
    """Says what is wrong with links in one language, knowing all pages and the text of mkdocs.yml."""

    def __init__(self, pages: dict[str, Page], menu: str, words: Words, language: str):
        self.pages, self.menu, self.words, self.language = pages, menu, words, language

    def of_build(self, messages: list[str]) -> list[Fault]:
        """The messages of a strict build as faults. One that only names a page is dropped: the next says why."""
        found = []
        for message in messages:
            if message.startswith(_NOT_IN_MENU):
                lines = [line.removeprefix("  - ") for line in message.split("\n")[1:]]
                found += [(f"docs/{name}", "", self._say("not-in-menu", name=name)) for name in lines]
            elif not (len(messages) > 1 and _ONLY_A_PLACE.fullmatch(message)):
                found.append(self._one(message))
        return found

    def of_site(self, faults: list[tuple[str, str, str]]) -> list[Fault]:
        """The (file, kind, what) that scripts/checks/links.py found, at the page they come from where it is known."""
        return [self._built(*fault) for fault in faults]

    def _say(self, key: str, **values) -> str:
        return self.words.say(self.language, f"links.{key}", **values)

    def _one(self, message: str) -> Fault:
        for kind, pattern in _PATTERNS.items():
            if found := pattern.match(message):
                return getattr(self, "_" + kind.replace("-", "_"))(**found.groupdict())
        return ("mkdocs.yml", "", self._say("other", message=message))

    def _file(self, page: str, link: str) -> Fault:
        meant = normpath(join(dirname(page), link.split("#")[0]))
        near = [relpath(each, dirname(page) or ".") for each in get_close_matches(meant, self._indonesian(), 1, 0.6)]
        near = near if meant.endswith(".md") else []
        return self._at(page, link, self._say("file", link=link, near=self._near(near)))

    def _form(self, page: str, link: str, right: str | None) -> Fault:
        return self._at(page, link, self._say("form", link=link, near=self._near([right] if right else [])))

    def _anchor(self, page: str, link: str, target: str) -> Fault:
        place = link.partition("#")[2]
        near = self._near(get_close_matches(place, self._anchors(target), 1, 0.4))
        return self._at(page, link, self._say("anchor", link=link, target=f"docs/{target}", near=near))

    def _own_anchor(self, page: str, link: str) -> Fault:
        return self._anchor(page, link, page)

    def _menu(self, link: str) -> Fault:
        near = self._near(get_close_matches(link, self._indonesian(), 1, 0.6))
        line = next((n for n, line in enumerate(self.menu.split("\n"), 1) if link in line), 0)
        return ("mkdocs.yml", self._line([line] if line else []), self._say("menu", link=link, near=near))

    def _reason(self, page: str, link: str) -> Fault:
        return self._at(page, link, self._say("placeholder", text=link))

    def _built(self, file: str, kind: str, what: str) -> Fault:
        name = _source(file)
        sentence = self._say(f"site-{kind}", what=what)
        if name not in self.pages:
            return (f"site/{file}", "", sentence)
        stem = re.sub(r"index\.html$", "", what.split("#")[0]).rstrip("/").rsplit("/", 1)[-1]
        return self._at(name, what if kind == "nowhere" and what.startswith("/") else stem or what, sentence)

    def _at(self, page: str, link: str, sentence: str) -> Fault:
        """A fault at every line of a page that holds the link."""
        text = self.pages[page].text if page in self.pages else ""
        lines = [n for n, line in enumerate(text.split("\n"), 1) if link in line]
        return (f"docs/{page}", self._line(lines), sentence)

    def _line(self, lines: list[int]) -> str:
        return self.words.say(self.language, "check.line", line=", ".join(map(str, lines))) if lines else ""

    def _near(self, names: list[str]) -> str:
        return self._say("near", name=names[0]) if names else ""

    def _anchors(self, name: str) -> list[str]:
        return anchors(self.pages[name]) if name in self.pages else []

    def _indonesian(self) -> list[str]:
        """Links name the Indonesian file in both languages."""
        return [name for name, page in self.pages.items() if page.language == "id"]


def _source(file: str) -> str:
    """The page of docs/ that a built file comes from: ``en/guides/help/index.html`` is ``guides/help.en.md``."""
    suffix, path = (".en.md", file[3:]) if file.startswith("en/") else (".md", file)
    folder = path.removesuffix("index.html").rstrip("/")
    return (folder or "index") + suffix
