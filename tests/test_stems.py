"""The stemmers that the search page carries give what Snowball's library gives, word for word, in a real browser."""

import json
import re

import pytest
import snowballstemmer

from scripts.site.scripts import script
from scripts.site.search import STEMMERS, stem, words

from .pages import ROOT

pytestmark = pytest.mark.browser

# Every prefix and suffix that the Indonesian algorithm knows, and some it must not be caught by.
PREFIXES = [
    "", "me", "mem", "men", "meng", "meny", "pe", "pem", "pen", "peng", "peny", "per", "pel", "ber", "be", "bel", "di",
    "ke", "ter", "se", "memper", "diper", "keber", "pember",
]  # fmt: skip
SUFFIXES = ["", "kan", "an", "i", "si", "nya", "ku", "mu", "kah", "lah", "pun", "annya", "kannya", "inya", "anlah"]


def of_texts(*patterns):
    """Every word of the files of the project that fit."""
    texts = (path.read_text(encoding="utf-8") for pattern in patterns for path in ROOT.glob(pattern))
    return {word for text in texts for word in words(text)}


def built(roots):
    """Each root with each prefix and each suffix."""
    return {p + root + s for root in roots for p in PREFIXES for s in SUFFIXES}


def differing(chromium, language, some):
    """(word, stem in the browser, stem of the library) where the two differ."""
    page = chromium.new_page()
    some = sorted(some)
    told = page.evaluate(f"words => {{ {script(f'stem-{language}.js')} return words.map(each => stem(each)) }}", some)
    page.close()
    library = snowballstemmer.stemmer(STEMMERS[language])
    return [
        (word, *pair) for word, *pair in zip(some, told, library.stemWords(some), strict=True) if pair[0] != pair[1]
    ]


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_word_that_is_shipped_and_every_word_of_our_texts_has_the_library_s_stem(chromium, built_site, language):
    shipped = set(words(json.dumps(json.loads((built_site / f"search/{language}.json").read_text(encoding="utf-8")))))
    ours = of_texts("docs/**/*.md", "data/**/*.csv", "scripts/**/*.py", "forms_api/*.py", "tests/*.py")
    assert len(shipped) > 1000 and len(ours) > 10_000
    assert differing(chromium, language, shipped | ours) == []


def test_indonesian_affixes_on_every_ninth_root_have_the_library_s_stem(chromium):
    roots = sorted(word for word in of_texts("docs/**/*[!n].md") if re.fullmatch("[a-z]{3,12}", word))[::9]
    made = built(roots)
    assert len(made) > 30_000
    assert differing(chromium, "id", made) == []


@pytest.mark.parametrize(
    "language, forms",
    [
        ("id", "berangkat keberangkatan pemberangkatan memberangkatkan diberangkatkan"),
        ("id", "bayar membayar dibayar pembayaran bayarannya"),
        ("id", "pulang kepulangan pemulangan dipulangkan"),
        ("en", "contract contracts contracted contracting"),
        ("en", "recruit recruited recruiting recruits"),
    ],
)
def test_forms_of_one_word_meet(language, forms):
    assert len({stem(each, language) for each in forms.split()}) == 1
