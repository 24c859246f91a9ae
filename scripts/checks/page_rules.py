"""What every page must keep to, as faults an editor can act on: (file, place, sentence)."""

import re

from forms_api.words import Words
from scripts.checks.figures import literal_figures
from scripts.pairs.front_words import front_words
from scripts.pairs.pairs import unlike
from scripts.site.context import ACTIONS
from scripts.site.pages import HEADING, LINK, NAME, Page
from scripts.site.resolve import PLACEHOLDER, expand
from scripts.site.rows import Tables
from scripts.site.view import UnknownName, View

DESCRIPTION = range(60, 156)  # characters; what search engines show whole
NAMES_IN = {"fact": "facts", "phone": "numbers", "indicator": "indicators", "source": "statements"}
_BOX = re.compile(r"^ *(?:!!!|\?\?\?\+?) +[a-z]+ *$", re.M)
_HTML = re.compile(r"<[a-z][a-z0-9]*(?: [^<>]*)?>", re.I)


class Judge:
    """Looks at all pages together and says what is wrong in the language of whoever reads it."""

    def __init__(self, pages: dict[str, Page], tables: Tables, words: Words, language: str):
        self.pages, self.tables, self.words, self.language = pages, tables, words, language
        self._tried: set[tuple[str, str]] = set()  # placeholders known to be good, by language of the page

    def faults(self) -> list[tuple[str, str, str]]:
        """Every fault, page by page."""
        rules = (self._name, self._front, self._twin, self._same, self._places, self._known, self._figures, self._form)
        return [fault for page in self.pages.values() for rule in rules for fault in rule(page)]

    def _say(self, page: Page, about: str, line: int | None = None, **values) -> tuple[str, str, str]:
        place = self.words.say(self.language, "check.line", line=line) if line else ""
        return f"docs/{page.name}", place, self.words.say(self.language, "check." + about, **values)

    def _name(self, page):
        if not NAME.fullmatch(page.name):
            yield self._say(page, "name")
        if "\ufffd" in page.text:
            yield self._say(page, "encoding")

    def _front(self, page):
        meta = page.meta
        if meta is None:
            yield self._say(page, "no-front")
            return
        description = str(meta.get("description") or "")
        if len(description) not in DESCRIPTION:
            yield self._say(page, "description", length=len(description))
        if "[[" in str(meta):
            yield self._say(page, "placeholder-in-front")
        related = [str(each) for each in meta.get("related") or []]
        if len(related) > 3:
            yield self._say(page, "too-many-related")
        for name in related:
            if name not in self.pages or name.endswith(".en.md"):
                yield self._say(page, "related", name=name)
        if meta.get("action", "none") not in (*ACTIONS, "none"):
            yield self._say(page, "action", action=meta["action"])

    def _twin(self, page):
        if page.twin not in self.pages:
            yield self._say(page, "no-twin", name=page.twin)

    def _same(self, page):
        """Compared once, from the Indonesian side."""
        twin = self.pages.get(page.twin)
        if page.language == "en" or twin is None:
            return
        if [level for level, _ in page.headings] != [level for level, _ in twin.headings]:
            yield self._say(twin, "headings", ours=len(twin.headings), theirs=len(page.headings), name=page.name)
        for line, about, what in unlike(page, twin):
            yield self._say(twin, about, line, what=what, name=page.name)
        for field in ("related", "action"):
            if (page.meta or {}).get(field) != (twin.meta or {}).get(field):
                yield self._say(twin, "front-differs", field=field, name=page.name)

    def _places(self, page):
        """A placeholder in a heading would end in the menu, in a link text it would be a link inside a link."""
        for found in HEADING.finditer(page.body):
            if "[[" in found[2]:
                yield self._say(page, "placeholder-in-heading", page.line(found.start()))
        for found in LINK.finditer(PLACEHOLDER.sub("\1\1", page.body)):
            if "\1" in found[1]:
                yield self._say(page, "placeholder-in-link", link=found[2])

    def _known(self, page):
        view = View(page.language, "", self.tables, self.words)
        for found in PLACEHOLDER.finditer(page.body):
            # [[statements:all]] is built from the pages themselves; the build tries it.
            if found[0] == "[[statements:all]]" or (page.language, found[0]) in self._tried:
                continue
            try:
                expand(found[1], found[2], view)
                self._tried.add((page.language, found[0]))
            except UnknownName as unknown:
                line, near = page.line(found.start()), ", ".join(unknown.near)
                near = self.words.say(self.language, "check.near", names=near) if near else self._where(unknown.kind)
                yield self._say(page, "unknown", line, what=found[0], near=near)

    def _where(self, kind: str) -> str:
        """Which file has the names that a placeholder may use; empty for one that names no row."""
        table = NAMES_IN.get(kind)
        file = f"data/{self.tables.resources[table]['path']}" if table else ""
        return self.words.say(self.language, "reading.look", file=file) if file else ""

    def _figures(self, page):
        for at, kind, text in literal_figures(page.body):
            yield self._say(page, "figure-" + kind, page.line(at), text=text.strip())
        for words in front_words(page.text).values():
            for _, kind, text in literal_figures(words):
                yield self._say(page, "figure-" + kind, text=text.strip())

    def _form(self, page):
        """What the page format allows: titled boxes, no HTML, no web addresses, one h1."""
        for found in _BOX.finditer(page.body):
            yield self._say(page, "box", page.line(found.start()))
        for found in _HTML.finditer(page.body):
            yield self._say(page, "html", page.line(found.start()), text=found[0])
        for found in re.finditer(r"https?://\S+", page.body):
            yield self._say(page, "address", page.line(found.start()), text=found[0])
        if [level for level, _ in page.headings].count(1) != 1:
            yield self._say(page, "one-title")
