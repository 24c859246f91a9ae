"""What a finished page says, heading by heading, without its furniture: what the search may find."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from scripts.site.minify import BLOCK
from scripts.site.results import remembered

# Menus, notes at the foot, marks of sources, dates and warnings that stand on many pages alike, and long lists of
# names that have their own way to be looked up.
_LEFT_OUT = {
    "crumbs", "sources", "related", "action", "mistake", "cite", "overdue", "checked", "copy", "price", "when",
    "source", "unconfirmed", "behind", "back", "agencies", "names", "statements", "sanctions", "choices",
}  # fmt: skip
_NO_TEXT = {"script", "style", "select", "textarea", "nav", "form"}
_VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}  # have no end tag
_LOUD = {"dt", "strong", "b", "summary", "th"}


@dataclass
class Part:
    """What stands under one heading. ``loud`` is the part of ``text`` that the page itself sets off."""

    heading: str = ""
    anchor: str = ""
    text: str = ""
    loud: str = ""


@dataclass
class Article:
    """A page: its h1, the sentence under it, and its parts in order; the first is what stands before any h2."""

    title: str = ""
    description: str = ""
    parts: list[Part] = field(default_factory=lambda: [Part()])


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.article = Article()
        self.open: list[tuple[str, bool]] = []  # tags around this place, and whether each is left out
        self.listed = True

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if tag == "meta" and values.get("name") == "description":
            self.article.description = values["content"]
        if tag == "meta" and values.get("name") == "robots":
            self.listed = False
        self._space(tag)
        if tag in _VOID:
            return
        classes = set((values.get("class") or "").split())
        self.open.append((tag, tag in _NO_TEXT or "hidden" in values or bool(classes & _LEFT_OUT)))
        if tag in ("h2", "h3", "h4") and self._inside():
            self.article.parts.append(Part(anchor=values.get("id") or ""))

    def handle_startendtag(self, tag, attributes):
        self._space(tag)  # <br/>, and what a drawing is made of

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass
        self._space(tag)

    def handle_data(self, data):
        if not self._inside():
            return
        tags, part = {tag for tag, _ in self.open}, self.article.parts[-1]
        if "h1" in tags:
            self.article.title += data
        elif tags & {"h2", "h3", "h4"}:
            part.heading += data
        else:
            part.text += data
            part.loud += f"{data} " if tags & _LOUD else ""

    def _space(self, tag):
        if tag in BLOCK:
            self.article.parts[-1].text += " "

    def _inside(self) -> bool:
        return any(tag == "article" for tag, _ in self.open) and not any(out for _, out in self.open)


@remembered
def read(html: str) -> Article | None:
    """The article of a built page; None for one that has none or asks not to be listed. Pure: html in."""
    reader = _Reader()
    reader.feed(html)
    article = reader.article
    for part in article.parts:
        part.heading, part.text = " ".join(part.heading.split()), " ".join(part.text.split())
    article.title = " ".join(article.title.split())
    # A heading over nothing but what is left out leads nowhere.
    article.parts = [part for at, part in enumerate(article.parts) if at == 0 or (part.heading and part.text)]
    return article if article.title and reader.listed else None
