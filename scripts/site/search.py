"""The index that search in the browser asks for: one small file a language, made from the finished pages.

It holds what is shown (title, description, headings) and, under each heading, the stems of the words that set its
page apart. theme/search.js stems what is shown, and what is typed, by theme/stem-<language>.js, which gives what the
library gives here (tests/test_stems.py). Why not every word is in it: docs/maintain/search.md.
"""

import json
import math
import re
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path

import snowballstemmer

from forms_api.words import LANGUAGES
from scripts.site.article import Article, Part, read
from scripts.site.results import remembered
from scripts.site.rows import Tables
from scripts.site.sentences import all_words
from scripts.site.view import site_path

FOLDER = "search"
STEMMERS = {"id": "indonesian", "en": "english"}  # Snowball's names
WORDS = 440  # words of the texts that an index holds; what more or fewer cost and find: docs/maintain/search.md
CONTACTS = "about/contacts/"  # the page on which a telephone number is found
DATA = Path(__file__).resolve().parents[2] / "data"


def write_search(site: Path) -> None:
    """Write ``search/<language>.json`` under ``site`` for each language, from the pages that stand there."""
    tables, words = Tables(DATA), all_words()
    for language in LANGUAGES:
        rows = tables.grouped("synonyms", "language").get(language, [])
        stop, numbers = words.say(language, "search.stop"), tables.rows("numbers")
        made = index(articles(site, language), language, stop, rows, numbers)
        file = site / FOLDER / f"{language}.json"
        file.parent.mkdir(exist_ok=True)
        file.write_text(json.dumps(made, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def articles(site: Path, language: str) -> dict[str, Article]:
    """The pages of a language that may be found, by their address from that language's root."""
    home = site / site_path("index.md", language)
    others = [site / site_path("index.md", each) for each in LANGUAGES if each not in ("id", language)]
    found = {}
    for path in sorted(home.rglob("index.html")):
        address = path.parent.relative_to(home).as_posix() + "/"
        if address == FOLDER + "/" or any(path.is_relative_to(other) for other in others):
            continue
        article = read(path.read_text(encoding="utf-8"))
        if article:
            found[address.removeprefix("./")] = article
    return found


def index(
    pages: dict[str, Article], language: str, stop: str, synonyms: list[dict[str, str]], numbers: list[dict[str, str]]
) -> dict:
    """What the browser gets. A page is its address, title, description, then by turns a list of stems and the heading
    of the next part; ``heading#anchor`` where the anchor does not follow from the heading. The ``numbers`` of the
    contacts stand among the stems of the part that shows them."""
    left_out = {stem(word, language) for word in words(stop)}
    chosen = choose(pages, language, left_out)
    rows, known = [], set().union(*chosen.values(), *(_shown(article, language) for article in pages.values()))
    for address, article in pages.items():
        row = [address, article.title, article.description, " ".join(chosen[address, 0])]
        for number, part in enumerate(article.parts[1:], 1):
            shown = dialled(numbers, part.text) if address == CONTACTS else []
            row += [titled(part), " ".join(chosen[address, number] + shown)]
        rows.append(row)
    return {"stop": stop, "same": same(synonyms, language, known), "pages": rows}


def choose(pages: dict[str, Article], language: str, left_out: set[str]) -> dict[tuple[str, int], list[str]]:
    """For each part of each page the stems that are worth their bytes: the WORDS heaviest by tf-idf (K. Spärck Jones,
    1972), what the page sets off counted three times, each in the part where it stands most often."""
    counts = {
        address: [_count(part.text, part.loud, language) for part in pages[address].parts] for address in pages
    }
    spread = Counter(stem for parts in counts.values() for stem in set().union(*parts))
    weighed = []
    for address, parts in counts.items():
        shown = left_out | _shown(pages[address], language)
        for each in sorted(set().union(*parts) - shown):
            weight = (1 + math.log(sum(part[each] for part in parts))) * math.log((len(pages) + 1) / spread[each])
            where = max(range(len(parts)), key=lambda number, each=each: parts[number][each])
            weighed.append((-weight, address, where, each))
    chosen = {(address, number): [] for address, parts in counts.items() for number in range(len(parts))}
    for _, address, where, each in sorted(sorted(weighed)[:WORDS], key=lambda one: one[1:]):
        chosen[address, where].append(each)
    return chosen


@remembered
def _count(text: str, loud: str, language: str) -> Counter:
    """How often each stem stands in a part; short words and bare numbers are not worth a place."""
    found = [word for word in [*words(text), *2 * words(loud)] if len(word) > 2 and not word.isdigit()]
    return Counter(stem(word, language) for word in found)


def dialled(numbers: list[dict[str, str]], text: str) -> list[str]:
    """The numbers that stand in a text, as theme/search.js takes what is typed: digits alone, 0 for Indonesia's 62."""
    there = [row["dial"] for row in numbers if re.search(rf"(?<![\d-]){re.escape(row['number'])}(?![\d-])", text)]
    return list(dict.fromkeys(re.sub(r"^62", "0", re.sub(r"\D", "", dial)) for dial in there))


def _shown(article: Article, language: str) -> set[str]:
    """The stems that a page is found by anyway."""
    texts = [article.title, article.description, *(part.heading for part in article.parts)]
    return {stem(word, language) for text in texts for word in words(text)}


def words(text: str) -> list[str]:
    """The words of a text as theme/search.js sees them: a to z and digits, small, without accents."""
    plain = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    return re.findall("[a-z0-9]+", plain.lower())


@cache
def stem(word: str, language: str) -> str:
    """The stem that Snowball gives a word."""
    return _stemmer(language).stemWord(word)


@cache
def _stemmer(language: str):
    return snowballstemmer.stemmer(STEMMERS[language])


def titled(part: Part) -> str:
    """A part's heading, with its anchor when the browser could not tell it from the heading."""
    told = re.sub("[ -]+", "-", re.sub("[^a-z0-9 -]", "", part.heading.lower()))
    return part.heading if part.anchor == told else f"{part.heading}#{part.anchor}"


def same(synonyms: list[dict[str, str]], language: str, known: set[str]) -> dict[str, str]:
    """The stem of a word that people type -> those stems of the words that pages say instead which are ``known``."""
    found = {}
    for row in synonyms:
        means = [stem(word, language) for word in words(row["means"])]
        found[stem(row["typed"], language)] = " ".join(each for each in dict.fromkeys(means) if each in known)
    return {typed: means for typed, means in found.items() if means}
