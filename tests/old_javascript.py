"""Which words of a script an old browser does not read: a tokenizer, and rules over its tokens.

There is no parser of JavaScript among what the tests install, so this is one for what our scripts are made of. It knows
the syntax of each edition by its tokens (ECMA-262, editions 5.1 of 2011 and 6 of 2015), and where it is in doubt it
finds a fault rather than none.
"""

import re
from typing import NamedTuple

_TOKEN = re.compile(
    r"""(?P<gap>\s+|//[^\n]*|/\*.*?\*/)
    |(?P<string>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')
    |(?P<name>[A-Za-z_$\#][\w$]*)
    |(?P<number>0[xXbBoO][\w]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?n?)
    |(?P<sign>=>|\.\.\.|\?\.(?!\d)|\?\?=?|\*\*=?|\|\|=?|&&=?|>>>=?|<<=?|>>=?|[=!]==?|[-+*/%&|^<>]=|\+\+|--|.)""",
    re.X | re.S,
)
_REGEX = re.compile(r"/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\[\n])+/(\w*)")
_TEMPLATE = re.compile(r"`(?:\\.|[^`\\])*`", re.S)
# After these a slash begins a pattern and a brace an object; after anything else they divide and open a block.
_BEFORE_VALUE = {*"([{,;=:?&|!+-*/%<>~^", "=>", "...", "&&", "||", "==", "===", "!=", "!==", "+=", "-=", "<=", ">=",
                 "return", "typeof", "case", "in", "of", "new", "delete", "void", "throw", "else", "do"}  # fmt: skip
_BEFORE_OBJECT = _BEFORE_VALUE - {"{", ";", "else", "do", "=>", ")"}
_BLOCKS = {"if", "for", "while", "switch", "catch", "with", "function"}
# Since ES2015; as the name of a property they have always been allowed.
_NEW_WORDS = {"let", "const", "class", "extends", "super", "import", "export", "yield", "async", "await", "of"}
_NEW_SIGNS = {"=>", "...", "?.", "??", "??=", "||=", "&&=", "**", "**="}
# Since ES2016 or later, or modules, which come later to browsers than the rest of ES2015. Classes too, because which
# edition their fields are of cannot be told by tokens.
_LATER_WORDS = {"class", "extends", "super", "import", "export", "async", "await"}
_LATER_SIGNS = {"?.", "??", "??=", "||=", "&&=", "**", "**="}
# What Chrome 51 does not have, by name: the version that brought it (MDN, browser-compat-data).
GLOBALS = {"globalThis", "structuredClone", "AbortController", "queueMicrotask", "ResizeObserver"}
LATER_NAMES = {
    "entries": 54, "values": 54, "fromEntries": 73, "padStart": 57, "padEnd": 57, "finally": 63, "flat": 69,
    "flatMap": 69, "matchAll": 73, "replaceAll": 85, "at": 92, "trimStart": 66, "trimEnd": 66, "append": 54,
    "prepend": 54, "before": 54, "after": 54, "replaceWith": 54, "replaceChildren": 86, "toggleAttribute": 69,
    "requestSubmit": 76, "allSettled": 76, "any": 85, "hasOwn": 93, "findLast": 97, "globalThis": 71,
    "structuredClone": 98, "AbortController": 66, "queueMicrotask": 71, "ResizeObserver": 64, "formatToParts": 57,
    "estimate": 61, "persist": 55, "randomUUID": 92, "scrollIntoViewIfNeeded": 0,
}  # fmt: skip


class Token(NamedTuple):
    """``kind``: name, number, string, pattern, template or sign. ``line`` counts from 1."""

    kind: str
    text: str
    line: int


def tokens(script: str) -> list[Token]:
    """The script's tokens without comments and white space. Raises ValueError at what it cannot read."""
    found, at = [], 0
    while at < len(script):
        before, line = (found[-1] if found else Token("sign", ";", 0)), script.count("\n", 0, at) + 1
        kind, match = "template", _TEMPLATE.match(script, at)
        if not match and script[at] == "/" and script[at + 1 : at + 2] not in ("/", "*") and _begins(before):
            kind, match = "pattern", _REGEX.match(script, at)
        if not match:
            match = _TOKEN.match(script, at)
            kind = match.lastgroup
        if match[0] in "\"'`":
            raise ValueError(f"line {line}: {script[at : at + 20]!r} does not end")
        if kind != "gap":
            found.append(Token(kind, match[0], line))
        at = match.end()
    return found


def _begins(before: Token) -> bool:
    return before.kind != "string" and before.text in _BEFORE_VALUE


def newer_than(edition: int, script: str) -> list[str]:
    """What the edition (5, or 2015) does not have, one line each, in order."""
    read = tokens(script)
    words, signs = (_NEW_WORDS, _NEW_SIGNS) if edition == 5 else (_LATER_WORDS, _LATER_SIGNS)
    faults = [fault for at, token in enumerate(read) if (fault := _alone(edition, token, at, read, words, signs))]
    return faults + _in_brackets(edition, read)


def _alone(edition: int, token: Token, at: int, read: list[Token], words: set, signs: set) -> str:
    before, after = (read[at - 1].text if at else ";"), (read[at + 1].text if at + 1 < len(read) else ";")
    kind, text, line = token
    if kind == "name":
        property_ = before == "." or after == ":"
        old = text.startswith("#") or (text in words and not property_) or (text == "catch" and after == "{")
    elif kind == "sign":
        old = text in signs or (text == "," and after == ")")
    elif kind == "number":
        old = bool(re.search(r"_|n$", text)) or (edition == 5 and text[:2].lower() in ("0b", "0o"))
    elif kind == "pattern":
        flags = text.rsplit("/", 1)[1]
        old = bool(set(flags) - set("gim" if edition == 5 else "gimuy") or re.search(r"\(\?<|\\[pP]\{|\\k<", text))
    else:
        old = edition == 5 and (kind == "template" or bool(re.search(r"(?<!\\)\\u\{", text)))
    return f"line {line}: {text[:40]}" if old else ""


def _in_brackets(edition: int, read: list[Token]) -> list[str]:
    """Faults that only the bracket around them shows: spread and short forms in objects, patterns in the place of
    names, and, for ES5, what else than names stands between a function's brackets."""
    faults, open_ = [], []
    for at, (kind, text, line) in enumerate(read):
        before, after = (read[at - 1] if at else None), (read[at + 1].text if at + 1 < len(read) else ";")
        inside = open_[-1] if open_ else ""
        if kind == "sign" and text in "([{":
            key = before is not None and before.text in "{," and inside == "object"
            pattern = text != "(" and before is not None and before.text == "var"
            if edition == 5 and (pattern or (text == "[" and key) or inside == "parameters"):
                faults.append(f"line {line}: {text}{after}")
            open_.append(_kind_of(text, at, read))
        elif kind == "sign" and text in ")]}" and open_:
            closed = open_.pop()
            if edition == 5 and closed in ("object", "list") and after == "=":
                faults.append(f"line {line}: {text} =")
            if edition == 5 and closed == "call" and after == "{":
                faults.append(f"line {line}: a method without function")
        elif inside == "object" and text == "...":
            faults.append(f"line {line}: ... in an object")
        elif edition == 5 and inside == "parameters" and kind != "name" and text != ",":
            faults.append(f"line {line}: {text} among parameters")
        elif edition == 5 and inside == "object" and kind == "name" and before.text in "{," and after in ",}":
            faults.append(f"line {line}: {text} without a value")
    return faults


def _kind_of(bracket: str, at: int, read: list[Token]) -> str:
    before = read[at - 1].text if at else ";"
    value = at > 0 and read[at - 1].kind != "string" and before in _BEFORE_OBJECT
    if bracket == "{":
        return "object" if value else "block"
    if bracket == "[":
        return "list" if value or before in ";{}" else "index"
    names = [each.text for each in read[max(0, at - 2) : at]]
    if "function" in names:
        return "parameters"
    return "call" if at and read[at - 1].kind == "name" and before not in _BLOCKS else "group"


def newer_names(script: str) -> list[str]:
    """Properties and globals that Chrome 51 does not have."""
    read = tokens(script)
    return [
        f"line {each.line}: {each.text}"
        for at, each in enumerate(read)
        if each.kind == "name" and each.text in LATER_NAMES
        and (each.text in GLOBALS or [one.text for one in read[at - 1 : at + 2 : 2]] == [".", "("])
    ]
