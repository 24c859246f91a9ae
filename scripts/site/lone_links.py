"""Room for a thumb around links that stand alone; a link in a sentence keeps to its line (WCAG 2.2, 2.5.8)."""

import re

_LINK = r"<a (?:(?!</a>).)*</a>"
_PARAGRAPH = re.compile(rf"<p>(?={_LINK}</p>)", re.S)
_LIST = re.compile(rf"<ul>(?=(?:\s*<li>{_LINK}</li>)+\s*</ul>)", re.S)


def with_room(html: str) -> str:
    """Marks each paragraph that is nothing but one link, and each list of nothing but links, for the stylesheet."""
    return _LIST.sub('<ul class="links">', _PARAGRAPH.sub('<p class="next">', html))
