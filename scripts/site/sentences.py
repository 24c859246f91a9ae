"""Every sentence that the site and its check can say: the hub's own, and one file an idea under words/."""

from pathlib import Path

from forms_api.pages import render
from forms_api.words import Words

FOLDER = Path(__file__).parent / "words"


def all_words() -> Words:
    """The sentences of the forms' shell and of the site kit."""
    own = sorted((render.PACKAGE / "words").glob("*.toml"))
    return Words(render.PACKAGE / "words.toml", *own, *sorted(FOLDER.glob("*.toml")))
