"""The sentences of a page as a reader meets them: without marks, addresses and placeholders, with their lines."""

import re
from dataclasses import dataclass

from scripts.site.pages import HEADING, LINK, Page
from scripts.site.resolve import INLINE, PLACEHOLDER

_COMMENT = re.compile(r"<!--.*?-->", re.S)
_BOX = re.compile(r'^(?:!!!|\?\?\?\+?) +[a-z]+ *(?:"(.*)")?$')
_ITEM = re.compile(r"^(?:[*+-]|\d+\.) +")
_RULE = re.compile(r"^[\s|:-]+$")
_MARKS = re.compile(r"[*`]|(?<!\w)_+|_+(?!\w)|\{[^{}\n]*\}")
_WORD = re.compile(r"\w+(?:[-’'/.,:]\w+)*")
# A full stop after these ends no sentence.
_SHORT = r"(?<!\bNo)(?<!\bPT)(?<!\bJl)(?<!\bps)(?<!\bMr)(?<!\bdr)"
_END = re.compile(rf"(?:[!?]|{_SHORT}\.)[\"”»’)]*(?=\s+[\"“«(]*[A-Z0-9]|\s*$)")


@dataclass(frozen=True)
class Sentence:
    """One sentence and the line of the file on which it begins."""

    line: int
    text: str

    @property
    def words(self) -> list[str]:
        """Its words; a figure from a table counts as one."""
        return _WORD.findall(self.text)


@dataclass(frozen=True)
class Block:
    """A paragraph, list item, table row or the title of a box, as plain text. ``line`` is its first."""

    line: int
    text: str

    @property
    def sentences(self) -> list[Sentence]:
        """Its sentences, in order."""
        found, start = [], 0
        for end in [*(each.end() for each in _END.finditer(self.text)), len(self.text)]:
            text = self.text[start:end]
            if _WORD.search(text):
                line = self.line + self.text.count("\n", 0, start + len(text) - len(text.lstrip()))
                found.append(Sentence(line, " ".join(text.split())))
            start = end
        return found


def blocks(page: Page) -> list[Block]:
    """The prose of a page, without its headings. Lines that belong together make one block."""
    found: list[Block] = []
    open_block = False
    for number, raw in enumerate(_plain(page.body).split("\n"), 1):
        line = raw.strip()
        box = _BOX.match(line)
        if not line or HEADING.match(line) or box or (line.startswith("|") and _RULE.match(line)):
            open_block = False
            if box and box[1]:
                found.append(Block(number, box[1]))
        elif open_block and not _ITEM.match(line) and not line.startswith("|"):
            found[-1] = Block(found[-1].line, f"{found[-1].text}\n{line}")
        else:
            found.append(Block(number, _ITEM.sub("", line).strip("| ")))
            open_block = not line.startswith("|")
    return found


def headings(page: Page) -> list[Block]:
    """The headings of a page as plain text."""
    body = _plain(page.body)
    return [Block(body.count("\n", 0, each.start()) + 1, each[2]) for each in HEADING.finditer(body)]


def _plain(body: str) -> str:
    """The text with every mark taken away and every line kept."""
    body = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), body)
    # A figure is a word of its sentence; a source's mark and a block are none.
    body = PLACEHOLDER.sub(lambda found: "1" if found[1] in INLINE and found[1] != "source" else "", body)
    return _MARKS.sub("", LINK.sub(r"\1", body))
