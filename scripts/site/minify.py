"""A page without the white space that nobody sees.

What stays as it is: attributes and their quotes (other code reads pages by patterns), the text of pre, textarea,
script and style, the order and number of tags. Only comments go, runs of white space become one space (HTML Living
Standard, ASCII whitespace: a no-break space is not one), and the white space between two block tags, or at the
beginning or end of a block, goes.
"""

import re

_QUOTED = r"(?:[^>\"']|\"[^\"]*\"|'[^']*')*>"
_TAG = re.compile(rf"(<(pre|textarea|script|style)\b{_QUOTED}.*?</\2\s*>|<!--.*?-->|<[/!]?[a-z]{_QUOTED})", re.S | re.I)
_SPACE = re.compile(r"[ \t\n\r\f]+")
# Tags that begin and end a line of their own, or are not shown at all. Our stylesheet makes none of them inline.
BLOCK = (
    "html|head|meta|title|link|base|style|script|doctype|body|header|footer|main|nav|section|article|aside|div|details|"
    "summary|figure|figcaption|p|ul|ol|li|dl|dt|dd|h1|h2|h3|h4|h5|h6|hr|br|pre|blockquote|address|table|caption|thead|"
    "tbody|tfoot|tr|th|td|form|fieldset|legend|option"
)
_BLOCK = re.compile(rf"<[/!]?(?:{BLOCK})\b", re.I)


def minify(html: str) -> str:
    """The same page, shorter. Pure: html in, html out."""
    kept, text, before = [], "", "<!doctype>"
    for at, part in enumerate(_TAG.split(html)):
        if at % 3 == 2:  # the name of what was taken whole, from its opening tag to its closing one
            before = f"</{part}>" if part else before
        elif at % 3 == 0:
            text += part
        elif not part.startswith("<!--"):
            kept += [_shown(text, before, part), part]
            text, before = "", part
    return "".join([*kept, _shown(text, before, "</html>")])


def _shown(text: str, before: str, after: str) -> str:
    text = _SPACE.sub(" ", text)
    return "" if text == " " and _is_unseen(before, after) else text


def _is_unseen(before: str, after: str) -> bool:
    """Whether a space between two tags stands at the beginning or end of a block, or between two."""
    begins, ends = _BLOCK.match(before), _BLOCK.match(after)
    return bool((begins and ends) or (begins and before[1] != "/") or (ends and after[1] == "/"))
