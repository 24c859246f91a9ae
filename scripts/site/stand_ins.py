"""The pages that the web server shows by itself: when the API does not answer, when something sent is too large, when
nobody can make out what is asked. They are static, so that they stand when nothing else does."""

import json
from functools import partial
from pathlib import Path

from forms_api.pages.render import Renderer

KINDS = {
    "unavailable": ("down.title", "down.text"), "too-large": ("large.title", "large.text"),
    "refused": ("odd.title", "odd.text"),
}  # fmt: skip


def write_stand_ins(site: Path, data: Path) -> None:
    """Write unavailable, too-large and refused (.html for people, both languages; .json for programs)."""
    renderer = Renderer(data)
    say = renderer.words.say
    for name, (title, text) in KINDS.items():
        html = renderer.page("stand_in.html", "id", title=title, text=text, calls=name == "unavailable",
                             english=partial(say, "en"))  # fmt: skip
        (site / f"{name}.html").write_text(html, encoding="utf-8")
        told = " / ".join(f"{say(language, title)}. {say(language, text)}" for language in ("id", "en"))
        error = {"ok": False, "error": told, "faults": []}
        (site / f"{name}.json").write_text(json.dumps(error, ensure_ascii=False) + "\n", encoding="utf-8")
