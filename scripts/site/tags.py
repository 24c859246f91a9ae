"""The opening tags of an HTML page, read with two patterns.

The library's parser takes half a second over the built site, which an editor waits for at every check. What these
patterns need holds for what our templates and the generator write: no ``>`` outside quotes inside a tag.
"""

import re
from collections.abc import Iterator
from html import unescape

_NO_TAGS = re.compile(r"<!--.*?-->|(<(script|style)\b(?:[^>\"']|\"[^\"]*\"|'[^']*')*>).*?</\2\s*>", re.S | re.I)
_INSIDE = re.compile(r"<(script|style)\b((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>(.*?)</\1\s*>", re.S | re.I)
_TAG = re.compile(r"<([a-z][\w-]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>", re.I)
_ATTRIBUTE = re.compile(r"([^\s=\"'/]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")


def tags(html: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Name and attributes of each opening tag in order; an attribute without a value is empty.

    What stands in comments, scripts and styles is no tag.
    """
    for found in _TAG.finditer(_NO_TAGS.sub(lambda each: each[1] or "", html)):
        yield (
            found[1].lower(),
            {each[1].lower(): unescape(each[2] or each[3] or each[4] or "") for each in _ATTRIBUTE.finditer(found[2])},
        )


def inside(html: str) -> Iterator[tuple[str, str]]:
    """("script" or "style", its text) for each of them that stands in the page itself."""
    for found in _INSIDE.finditer(html):
        if "src" not in {each[1].lower() for each in _ATTRIBUTE.finditer(found[2])}:
            yield found[1].lower(), found[3]
