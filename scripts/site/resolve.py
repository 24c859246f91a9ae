"""``[[kind:name]]`` in a page's HTML becomes what it stands for; sources and dates go to the foot.

Placeholders are resolved after Markdown, so that writers' tools see plain text and nothing has to be escaped.
"""

import re
from difflib import get_close_matches

from scripts.site import inline
from scripts.site.blocks import BLOCKS
from scripts.site.footnotes import foot, warning
from scripts.site.view import Misplaced, UnknownName, View

INLINE = {"fact": inline.fact, "phone": inline.phone, "indicator": inline.indicator, "source": inline.source}
NAMED = r"\[\[([a-z]+):([^\[\]\s]+)\]\]"
PLACEHOLDER = re.compile(NAMED)
_FOUND = re.compile(rf"<p>\s*{NAMED}\s*</p>|{NAMED}")
# What comes before the warning of a page that is late: its title, and the numbers for someone in danger.
_TOP = re.compile(r'\s*(?:<h1.*?</h1>)?\s*(?:<div class="emergency">.*?</div>)?', re.S)


def resolve(html: str, view: View) -> str:
    """The HTML of a page with every placeholder replaced, a warning for when it is late, and the list of its
    sources after it.

    Raises UnknownName for a kind or name that does not exist, Misplaced for a block inside a paragraph and for
    double brackets that are no placeholder.
    """
    odd = re.search(r"\[\[[^<\n]{0,40}", _FOUND.sub("", html))
    if odd:
        raise Misplaced(odd[0])
    html = _FOUND.sub(lambda found: _replace(found, view), html)
    top = _TOP.match(html).end()
    return html[:top] + warning(view) + html[top:] + foot(view)


def expand(kind: str, name: str, view: View) -> str:
    """What one placeholder stands for. Raises UnknownName."""
    made = INLINE.get(kind) or BLOCKS.get(kind)
    if not made:
        raise UnknownName(kind, name, [f"{near}:{name}" for near in get_close_matches(kind, [*INLINE, *BLOCKS], 1)])
    return made(name, view)


def _replace(found: re.Match, view: View) -> str:
    alone = found[1] is not None
    kind, name = (found[1], found[2]) if alone else (found[3], found[4])
    if kind in BLOCKS and not alone:
        raise Misplaced(found[0])
    html = expand(kind, name, view)
    return f"<p>{html}</p>" if alone and kind in INLINE else html
