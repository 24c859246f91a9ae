"""The words in a page's front matter that readers see, by where they stand (``description``, ``tasks.0.title``), and
how to put others in their place without touching the rest."""

import json
import re
from collections.abc import Iterator

import yaml

from forms_api.forms.tables import YAML, parse_yaml

SEEN = ("title", "description", "hint")
_FRONT = re.compile(r"\A---\n(.*?)---\n", re.S)


def front_words(text: str) -> dict[str, str]:
    """The words readers see, in the order they stand in; empty when there is no front matter or it is broken."""
    return {path: node.value for path, node in _nodes(text)}


def put_front_words(text: str, words: dict[str, str]) -> str:
    """The page's text with other words in these places; every path must be one of ``front_words``."""
    for path, node in sorted(_nodes(text), key=lambda each: -each[1].start_mark.index):
        if path in words and words[path] != node.value:
            start, end = node.start_mark.index + 4, node.end_mark.index + 4  # after the first "---\n"
            text = text[:start] + _written(words[path]) + text[end:]
    return text


def _nodes(text: str) -> list[tuple[str, yaml.ScalarNode]]:
    front = _FRONT.match(text)
    try:
        root = yaml.compose(front[1], YAML) if front else None
    except yaml.YAMLError:
        return []
    return list(_walk(root, ""))


def _walk(node: yaml.Node | None, path: str) -> Iterator[tuple[str, yaml.ScalarNode]]:
    if isinstance(node, yaml.SequenceNode):
        for number, child in enumerate(node.value):
            yield from _walk(child, f"{path}{number}.")
    elif isinstance(node, yaml.MappingNode):
        for key, child in node.value:
            if isinstance(child, yaml.ScalarNode) and key.value in SEEN:
                yield path + key.value, child
            elif not isinstance(child, yaml.ScalarNode):
                yield from _walk(child, f"{path}{key.value}.")


def _written(value: str) -> str:
    """A scalar as YAML: plain where that reads back the same, else in double quotes (JSON is YAML)."""
    try:
        plain = "\n" not in value and parse_yaml(f"a: {value}") == {"a": value}
    except yaml.YAMLError:
        plain = False
    return value if plain else json.dumps(value, ensure_ascii=False)
