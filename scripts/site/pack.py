"""The pages of one language as one file, which the worker fetches once and answers from; also with no network.

A pack holds the finished pages to the byte, taken from the files themselves. It is text, its parts parted by NUL:
a hash of what all pages stand on, which is the headers that go with an answer, the address of each part from the
site's root (a dot for that of the part before) and what several pages share (style, scripts, foot); then these three;
then the parts of the pages, with the characters 1 to 8 where something shared goes. Beside it lie a list and each
part, so that an edit costs only the part it stands in. The list is text parted by NUL too: that first hash; for each
part six digits of its hash, or a dash; then the parts that have a dash, which cost less than a request. Each file is
named by its hash, a part also by its place: a browser may keep it for ever, and one cut on the way is known.
"""

import hashlib
import json
import re
import shutil
from collections import Counter
from itertools import pairwise
from pathlib import Path

import yaml

from forms_api.pages import headers
from forms_api.words import LANGUAGES
from scripts.site.compress import KEPT, packed
from scripts.site.csp import FILE as POLICY_FILE
from scripts.site.sentences import all_words
from scripts.site.worker import DIGITS, is_on, write_button, write_end, write_worker

HUB = Path(__file__).resolve().parents[2] / "data" / "hub.yaml"
FOLDER = "offline"
# An answer from a phone is to be as safe as one from the API.
HEADERS = {"Content-Type": "text/html; charset=utf-8"} | {
    name: value for name, value in headers.HEADERS.items() if name != "Content-Security-Policy"
}
# What a language's pack holds, in this order, from the language's root. The other pages are kept when visited.
HELD = ("", "guides/", "services/", "villages/", "forms/", "about/contacts/", "about/glossary/", "agencies/", "search/",
        "not-saved/")  # fmt: skip
SHARED_MOST = 8
SMALL = 100  # signs; a shorter part stands in the list itself
NUL = "\0"
_SHARED = re.compile(
    r"(?<=<style>).*?(?=</style>)|(?<=<script>).*?(?=</script>)|</main>.*?</p>(?=<p class=.price)", re.S
)
_ROWS = re.compile(r'(?<="\],)(?=\[")')
_CONTROL = re.compile(r"[\0-\x08]")
_URGENT = '<meta name="urgent"'


def write_packs(site: Path, preview: bool = False, kept: Path = KEPT) -> None:
    """Write offline/ and sw.js for the finished pages under ``site``; csp.txt must be there.

    ``preview``: no packs, and a worker that always asks the network first, so that a saved edit shows at the next
    reload. With ``offline: off`` in data/hub.yaml the worker is one that removes itself and all it kept.
    ``kept`` is where compress.py keeps what it packed.
    """
    hub = yaml.safe_load(HUB.read_text(encoding="utf-8"))
    shutil.rmtree(site / FOLDER, ignore_errors=True)
    if not is_on(hub):
        write_end(site)
        return
    say = all_words().say
    versions, urgent = {}, []
    for language in () if preview else LANGUAGES:
        pages = held(site, language)
        urgent += [path for path, text in pages.items() if _URGENT in text]
        versions[language] = write_pack(site, language, pages)
        pack = (site / FOLDER / f"{language}-pack.{versions[language][0]}.txt").read_bytes()
        write_button(site, language, len(packed(pack, kept)), hub, say)
    write_worker(site, versions, None if preview else urgent, say)


def held(site: Path, language: str) -> dict[str, str]:
    """The texts that a language's pack holds, by their address from the site's root, in the pack's order.

    A page's address is its folder (empty for the home page), another file's its path.
    """
    root = "" if language == LANGUAGES[0] else f"{language}/"
    found = {}
    for begin in HELD:
        places = sorted((site / root / begin).rglob("index.html")) if begin else [site / root / "index.html"]
        for file in places:
            address = file.relative_to(site).as_posix().removesuffix("index.html")
            found[address] = file.read_bytes().decode("utf-8")
    index = site / "search" / f"{language}.json"
    if index.is_file():
        found[f"search/{language}.json"] = index.read_bytes().decode("utf-8")
    return found


def write_pack(site: Path, language: str, pages: dict[str, str]) -> tuple[str, str]:
    """Write one language's pack, its list and each part under ``site``; gives the hashes of pack and list.

    Raises ValueError for a page that holds one of the characters 0 to 8, which HTML does not allow either.
    """
    for address, text in pages.items():
        if _CONTROL.search(text):
            raise ValueError(f"{address or 'the home page'} holds a control character")
    policy = (site / POLICY_FILE).read_text(encoding="utf-8").strip()
    sent = json.dumps(HEADERS | {"Content-Security-Policy": policy}, separators=(",", ":"))
    shared = shared_parts(pages.values())
    cut = {path: parts(without(text, shared)) for path, text in pages.items()}
    own = [each for found in cut.values() for each in found]
    base = [sent, " ".join(" ".join([path, *["."] * (len(found) - 1)]) for path, found in cut.items()), *shared]
    frame = short(NUL.join(base))
    for place, each in enumerate(own):
        if len(each) >= SMALL:
            _write(site, language, each, part_name(each, place))
    pack = NUL.join([frame, *base, *own])
    names = "".join("-" if len(each) < SMALL else short(each)[:DIGITS] for each in own)
    listed = NUL.join([frame, names, *(each for each in own if len(each) < SMALL)])
    return _write(site, f"{language}-pack", pack), _write(site, f"{language}-list", listed)


def shared_parts(texts) -> list[str]:
    """What stands in more than one text, the costliest first; at most eight."""
    times = Counter(found for text in texts for found in set(_SHARED.findall(text)) if found)
    often = [found for found, count in times.items() if count > 1]
    return sorted(often, key=lambda found: -len(found) * times[found])[:SHARED_MOST]


def without(text: str, shared: list[str]) -> str:
    """A page with a character 1 to 8 in the place of what it shares."""
    mark = {found: chr(at) for at, found in enumerate(shared, 1)}
    return _SHARED.sub(lambda found: mark.get(found[0], found[0]), text)


def parts(text: str) -> list[str]:
    """The parts of a page, always as many, so that an edit changes some and moves none: head and menu, four quarters
    that meet at headings, the sources and what follows, and the page's weight. An index of the search is its rows."""
    if text.startswith("{"):
        return _ROWS.split(text)
    rest, tail = _cut(text, '<p class="price">')
    rest, sources = _cut(rest, '<section class="sources"')
    head, body = _cut(rest, "<main")
    headings = [found.start() for found in re.finditer("<h2", body)]
    near = [min(headings, key=lambda place, at=at: abs(place - len(body) * at / 4), default=0) for at in (1, 2, 3)]
    quarters = [body[begin:end] for begin, end in pairwise([0, *near, len(body)])]
    return [head, *quarters, sources, tail]


def _cut(text: str, mark: str) -> tuple[str, str]:
    """What stands before a mark, and from it on; nothing where the mark is missing."""
    before, found, after = text.partition(mark)
    return before, found + after


def unpack(pack: str) -> dict[str, str]:
    """A pack's pages by address, as the worker puts them together."""
    held = pack.split(NUL)
    addresses = held[2].split(" ")
    found, at = {}, ""
    for address, own in zip(addresses, held[len(held) - len(addresses) :], strict=True):
        at = at if address == "." else address
        found[at] = found.get(at, "") + re.sub(r"[\1-\x08]", lambda shared: held[2 + ord(shared[0])], own)
    return found


def part_name(text: str, place: int) -> str:
    """What names a part's file: so few digits may be those of another part too, so its place goes with them."""
    return f"{short(text)[:DIGITS]}{place + 256:x}"


def _write(site: Path, name: str, text: str, digits: str = "") -> str:
    digits = digits or short(text)
    file = site / FOLDER / f"{name}.{digits}.txt"
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(text.encode())
    return digits


def short(text: str) -> str:
    """Eight hexadecimal digits that tell a text from another: with them in its name a file never changes."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]
