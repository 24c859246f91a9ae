"""A stylesheet without the rules that no page needs.

A selector is parts with combinators between them: ``.card p`` is ``.card`` and ``p``. It stays when for each part some
page holds an element with all that the part names: element, classes, id, attributes. What a script writes in quotes
counts as being on any element, because the script may put it there while the page is read. Where elements stand to
each other, and what goes beyond names (:hover, :checked, [type=…], what follows :not), never makes a selector go. So
whatever matches something on any page is still there; a few selectors that match nothing may be too.
"""

import re
from collections.abc import Iterable

import rcssmin
import tinycss2

from scripts.site.results import remembered
from scripts.site.tags import inside, tags

Element = frozenset[str]  # what a selector can name of an element, as it writes it: p .card #find [hidden]
_QUOTED = re.compile(r"\"([^\"]*)\"|'([^']*)'")
_WORD = re.compile(r"[A-Za-z][\w-]*")
_AROUND = re.compile(r"\s*([>+~])\s*")
_OWN = re.compile(r"(--[\w-]+):[^;}]*;?")


@remembered
def elements(html: str) -> set[Element]:
    """The kinds of elements that stand in a page."""
    return {frozenset([tag, *_more(attributes)]) for tag, attributes in tags(html)}


def _more(attributes: dict[str, str]) -> Iterable[str]:
    for name, value in attributes.items():
        yield f"[{name}]"
        if name == "class":
            yield from (f".{each}" for each in value.split())
        if name == "id":
            yield f"#{value}"


@remembered
def made_by(html: str) -> set[str]:
    """The names that the scripts inside a page may put into it."""
    return {name for kind, text in inside(html) if kind == "script" for name in script_names(text)}


def script_names(text: str) -> set[str]:
    """The names that a script may put into a page: every word that it holds in quotes, as any kind of name."""
    words = {word for quoted in _QUOTED.findall(text) for word in _WORD.findall("".join(quoted))}
    return {made for word in words for made in (word.lower(), f".{word}", f"#{word}", f"[{word.lower()}]")}


def purge(css: str, there: Iterable[Element], made: set[str]) -> str:
    """The stylesheet with only what pages with these elements need, minified. ``made``: what scripts may make."""
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    there = set(there)
    kept = rcssmin.cssmin("".join(_rules(rules, there, made)))
    # A custom property that no rule reads any more.
    return _OWN.sub(lambda found: found[0] if re.search(rf"var\({found[1]}\b", kept) else "", kept)


def selectors(prelude: list) -> list[list]:
    """A rule's selectors, each as its tokens."""
    found = [[]]
    for each in prelude:
        if each == ",":
            found.append([])
        else:
            found[-1].append(each)
    return found


def parts(selector: list) -> list[set[str]]:
    """The names in each part of a selector."""
    found, before = [set()], ""
    for token in selector:
        if token.type == "ident" and before != ":":
            found[-1].add(f".{token.value}" if before == "." else token.value.lower())
        elif token.type == "hash":
            found[-1].add(f"#{token.value}")
        elif token.type == "[] block":
            found[-1].add(f"[{next(each.value for each in token.content if each.type == 'ident').lower()}]")
        elif token.type == "whitespace" or token in (">", "+", "~"):
            found.append(set())
        before = token.value if token.type == "literal" else ""
    return found


def _rules(rules: list, there: set[Element], made: set[str]) -> Iterable[str]:
    for rule in rules:
        if rule.type == "qualified-rule":
            fitting = [each for each in selectors(rule.prelude) if _fits(each, there, made)]
            kept = [_AROUND.sub(r"\1", tinycss2.serialize(each).strip()) for each in fitting]
            if kept:
                yield f"{','.join(kept)}{{{tinycss2.serialize(rule.content)}}}"
        elif rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports"):
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            if within := "".join(_rules(inner, there, made)):
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{within}}}"
        else:
            yield rule.serialize()


def _fits(selector: list, there: set[Element], made: set[str]) -> bool:
    wanted = [part - made for part in parts(selector)]
    return all(any(part <= element for element in there) for part in wanted if part)
