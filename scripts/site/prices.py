"""What each page costs, printed at its foot: the bytes of the packed page as it is sent, style and icon included.

A kilobyte is 1000 bytes, as phone companies count. What a kilobyte costs in money differs from one reader to the
next, so nothing is said of it.
"""

import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from forms_api.words import number
from scripts.site.compress import KEPT, packed
from scripts.site.sentences import all_words

WORDS = all_words()
PLACE = '<p class="price"></p>'
_LANGUAGE = re.compile(r'<html lang="(\w+)">')


def print_prices(site: Path, kept: Path = KEPT) -> None:
    """Print its weight into every page under ``site`` that has the place for it."""
    for path in site.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        if PLACE in html:
            made = priced(html, lambda text: len(packed(text.encode(), kept)))
            path.write_text(made, encoding="utf-8", newline="\n")


def priced(html: str, weigh: Callable[[str], int]) -> str:
    """The page with its own weight in it. Pure but for ``weigh``, which gives the bytes of a page.

    The sentence is part of what it measures. Where every figure makes itself wrong, a space after it, which nobody
    sees, moves the weight. Raises ValueError when that does not help either.
    """
    language = _LANGUAGE.search(html)[1]
    said = sentence(weigh(html), language)
    for spaces in range(40):
        for _ in range(3):
            made = html.replace(PLACE, f"{PLACE[:-4]}{said}</p>{' ' * spaces}")
            before, said = said, sentence(weigh(made), language)
            if said == before:
                return made
    raise ValueError(f"no figure is right for a page that begins with {html[:200]}")


def sentence(weight: int, language: str) -> str:
    """What is said of a weight in bytes."""
    size = (Decimal(weight) / 1000).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return WORDS.say(language, "price.page", size=number(size, language))
