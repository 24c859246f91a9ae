"""The pages of docs/ as text: which there are, what stands in their front matter, where their headings, links and
placeholders are. Knows nothing of what is right."""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml

from forms_api.forms.tables import parse_yaml
from scripts.site.resolve import PLACEHOLDER

# What a file may be called. Two letters between dots (lap.kb.md) would be taken for a language that is not built.
NAME = re.compile(r"([a-z0-9-]+/)*[a-z0-9-]+(\.en)?\.md")
LINK = re.compile(r"!?\[([^\[\]]*)\]\(([^()\s]+)\)")
HEADING = re.compile(r"^(#{1,6}) +(.+)$", re.M)
# Which Indonesian section an English one was translated from: <!-- id:1a2b3c4d5e -->. See scripts/pairs/sections.py.
MARK = re.compile(r"<!--[ \t]*id:([^\n]*?)(?:-->|$)[ \t]*\n?", re.M)
_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.S)


@dataclass(frozen=True)
class Page:
    """One Markdown file. ``name`` is its path from docs/."""

    name: str
    text: str

    @property
    def language(self) -> str:
        """The language by the file name: page.en.md is English, page.md Indonesian."""
        return "en" if self.name.endswith(".en.md") else "id"

    @property
    def twin(self) -> str:
        """The name of the same page in the other language."""
        return self.name.replace(".en.md", ".md") if self.language == "en" else self.name[:-3] + ".en.md"

    @cached_property
    def meta(self) -> dict | None:
        """The front matter; None when there is none or it cannot be read."""
        found = _FRONT.match(self.text)
        try:
            meta = parse_yaml(found[1]) if found else None
        except yaml.YAMLError:
            return None
        return meta if isinstance(meta, dict) else None

    @cached_property
    def body(self) -> str:
        """The text with front matter and marks blanked, so that line numbers stay those of the file."""
        found = _FRONT.match(self.text)
        body = "\n" * found[0].count("\n") + self.text[found.end() :] if found else self.text
        return MARK.sub(lambda mark: re.sub(r"[^\n]", " ", mark[0]), body)

    @cached_property
    def headings(self) -> list[tuple[int, str]]:
        """Level and text of each heading."""
        return [(len(found[1]), found[2]) for found in HEADING.finditer(self.body)]

    @cached_property
    def links(self) -> list[str]:
        """Targets of the links, without the questions put to the API (?lang=en)."""
        return [found[2].split("?")[0] for found in LINK.finditer(self.body)]

    @cached_property
    def placeholders(self) -> list[tuple[str, str]]:
        """Kind and name of each ``[[kind:name]]``."""
        return [(found[1], found[2]) for found in PLACEHOLDER.finditer(self.body)]

    def line(self, at: int) -> int:
        """The line of the file that holds a place in ``body``."""
        return self.body.count("\n", 0, at) + 1


def read_pages(docs: Path) -> dict[str, Page]:
    """The public pages by name. docs/maintain is not public. What is not UTF-8 reads as U+FFFD."""
    found = {}
    for path in sorted(docs.rglob("*.md")):
        name = path.relative_to(docs).as_posix()
        if not name.startswith("maintain/"):
            found[name] = Page(name, path.read_text(encoding="utf-8-sig", errors="replace"))
    return found
