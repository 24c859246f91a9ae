"""The names that a link can use for the headings of a page, worked out as the generator does."""

import re

from markdown.extensions.toc import slugify, unique

from scripts.checks.prose import headings
from scripts.site.pages import HEADING, Page

_OWN_NAME = re.compile(r"\{[^}]*#([\w-]+)[^}]*\} *$")


def anchors(page: Page) -> list[str]:
    """Anchors in the order of the headings: ``## Before you sign`` is ``before-you-sign``."""
    found, taken = [], set()
    for raw, plain in zip(HEADING.finditer(page.body), headings(page), strict=True):
        own = _OWN_NAME.search(raw[2])
        found.append(own[1] if own else unique(slugify(plain.text, "-"), taken))
    return found
