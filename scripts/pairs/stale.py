"""The line by which readers of an English section learn that the Indonesian has changed since."""

import re

from markupsafe import Markup

from scripts.pairs.pairs import BEHIND, Pair
from scripts.site.pages import MARK
from scripts.site.view import View, site_path

_HEADING = re.compile(r"<h([12])\b[^>]*>.*?</h\1>", re.S)
_ANCHOR = re.compile(r'<h2[^>]*\bid="([^"]+)"')


def without_marks(markdown: str) -> str:
    """The Markdown without what sections remember, which is no reader's business."""
    return MARK.sub("", markdown)


def anchors(html: str) -> list[str]:
    """The ids of a page's h2 headings, in order."""
    return _ANCHOR.findall(html)


def with_notes(html: str, known: list[Pair], places: list[str], view: View) -> str:
    """The HTML of an English page with a line under the heading of every section that is behind.

    ``places`` are the anchors of the Indonesian page. A section that nobody has marked gets no line: nothing is
    known about it.
    """
    found = list(_HEADING.finditer(html))
    headings = [next((each for each in found if each[1] == "1"), None), *(each for each in found if each[1] == "2")]
    for pair in sorted((each for each in known if each.state == BEHIND), key=lambda each: -each.english.number):
        number = pair.english.number
        heading = headings[number] if number < len(headings) else None
        at = heading.end() if heading else 0
        html = html[:at] + _note(pair, places, view) + html[at:]
    return html


def _note(pair: Pair, places: list[str], view: View) -> str:
    number = pair.indonesian.number
    anchor = f"#{places[number - 1]}" if 0 < number <= len(places) else ""
    url = (view.root + site_path(pair.page, "id") or "./") + anchor
    line = Markup('\n<p class="admonition warning behind">{} <a href="{}" hreflang="id">{}</a></p>')
    return str(line.format(view.say("pair.note"), url, view.say("pair.note-link")))  # the page is plain text
