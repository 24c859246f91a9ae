"""The files of the offline copy: what is in them, that they are the pages, and what they weigh."""

import hashlib
import json
import re
import shutil
from datetime import date

import pytest

from scripts.site import pack
from scripts.site.scripts import script
from scripts.site.sentences import all_words
from scripts.site.worker import is_on, page_script, write_button, write_end

both = pytest.mark.parametrize("language", ["id", "en"])
# What was reached (docs/maintain/decisions/2026-11-23-offline-budget.md), rounded up: bytes with brotli.
PACK, WORKER, LIST, PART = 104_000, 1_800, 1_300, 1_800
SAY = all_words().say


def weight(file):
    """What goes over the wire of a file: the packed copy beside it, unless it is tiny."""
    packed = file.with_name(file.name + ".br")
    return (packed if packed.exists() else file).stat().st_size


def the(site, pattern):
    (file,) = (site / "offline").glob(pattern)
    return file


@pytest.fixture
def site(tmp_path):
    """A small site of two pages a language."""
    for path in ("", "guides/", "en/", "en/guides/"):
        (tmp_path / path).mkdir(exist_ok=True)
        some = "Baca dulu sebelum tanda tangan. " * 4
        text = f"<head><style>p{{}}</style></head><main><p>{path}{some}</p><h2>a</h2>{some}<h2>b</h2>{some}</main><footer></footer>"
        (tmp_path / path / "index.html").write_text(text, encoding="utf-8")
    (tmp_path / "csp.txt").write_text("default-src 'none'\n", encoding="utf-8")
    return tmp_path


@both
def test_a_pack_holds_the_finished_pages_to_the_byte(built_site, language):
    held = pack.unpack(the(built_site, f"{language}-pack.*.txt").read_bytes().decode())
    for address, text in held.items():
        file = built_site / address / "index.html" if address.endswith("/") or not address else built_site / address
        assert hashlib.sha256(text.encode()).digest() == hashlib.sha256(file.read_bytes()).digest(), address
    assert len(held) >= 50


@both
def test_everything_that_is_to_be_read_offline_is_held_and_nothing_else(built_site, language):
    root = "" if language == "id" else "en/"
    held = set(pack.held(built_site, language))
    there = {file.parent.relative_to(built_site).as_posix() + "/" for file in built_site.rglob("index.html")}
    there = {"" if each == "./" else each for each in there}
    own = {each for each in there if each.startswith("en/") == (language == "en")}
    visited = {f"{root}{name}/" for name in ("about/accessibility", "about/news", "about/privacy", "about/programme",
                                             "about/sources", "editors")}  # fmt: skip
    assert held == (own - visited) | {f"search/{language}.json"}


@both
def test_the_list_names_each_part_and_each_part_is_what_its_name_says(built_site, language):
    parts = the(built_site, f"{language}-pack.*.txt").read_bytes().decode().split("\0")
    frame, names, *small = the(built_site, f"{language}-list.*.txt").read_bytes().decode().split("\0")
    names = re.findall(r"-|[0-9a-f]{6}", names)
    own = parts[len(parts) - len(names) :]
    assert frame == parts[0]
    assert small == [text for text, name in zip(own, names, strict=True) if name == "-"]
    for place, (text, name) in enumerate(zip(own, names, strict=True)):
        if name != "-":
            assert pack.short(text).startswith(name)
            assert (built_site / "offline" / f"{language}.{pack.part_name(text, place)}.txt").read_bytes().decode() == text


@both
def test_a_weight_that_changed_needs_no_request_of_its_own(built_site, language):
    """It stands in the list, as does whatever is so short."""
    _, _, *small = the(built_site, f"{language}-list.*.txt").read_bytes().decode().split("\0")
    assert sum('<p class="price">' in text for text in small) >= 45


def test_the_worker_knows_the_packs_and_the_urgent_pages(built_site):
    text = (built_site / "sw.js").read_text(encoding="utf-8")
    versions, first = re.fullmatch(r'const V=(.*),FIRST=(.*);importScripts\("offline/worker\.\w{8}\.js"\)', text).groups()
    for language, (whole, listed) in json.loads(versions).items():
        assert the(built_site, f"{language}-pack.{whole}.txt")
        assert the(built_site, f"{language}-list.{listed}.txt")
    assert json.loads(first) == ["", "en/"]


def test_what_the_copy_weighs(built_site):
    assert weight(the(built_site, "worker.*.js")) <= WORKER
    assert (built_site / "sw.js").stat().st_size <= 200
    for language in ("id", "en"):
        assert weight(the(built_site, f"{language}-pack.*.txt")) <= PACK
        assert weight(the(built_site, f"{language}-list.*.txt")) <= LIST
        held = pack.held(built_site, language)
        shared = pack.shared_parts(held.values())
        cut = {path: pack.parts(pack.without(text, shared)) for path, text in held.items()}
        every = [(path, own) for path, found in cut.items() for own in found]
        for place, (path, own) in enumerate(every):
            if path.removeprefix("en/").startswith("guides/") and len(own) >= pack.SMALL:
                assert weight(the(built_site, f"{language}.{pack.part_name(own, place)}.txt")) <= PART, path


def test_the_worker_is_written_for_old_phones(built_site):
    text = the(built_site, "worker.*.js").read_text(encoding="utf-8")
    assert not re.search(r"\basync\b|\bawait\b|\bimport\b(?!Scripts)|\?\.|\?\?|\*\*|\.\.\.|\.(includes|finally|flat|at)\(", text)
    for name in ("offline.js", "save.js"):
        assert not re.search(r"\b(let|const|async|await)\b|=>|`", str(script(name)))


def test_the_same_pages_give_the_same_files(site):
    def made():
        pack.write_packs(site)
        return {file.name: file.read_bytes() for file in (site / "offline").iterdir()}, (site / "sw.js").read_bytes()

    assert made() == made()


def test_an_edit_changes_its_part_alone(site):
    def hashes():
        pack.write_packs(site)
        return re.findall("-|.{6}", the(site, "id-list.*.txt").read_text(encoding="utf-8").split("\0")[1])

    before, page = hashes(), site / "guides" / "index.html"
    page.write_text(page.read_text(encoding="utf-8").replace(">b<", ">c<"), encoding="utf-8")
    assert sum(one != other for one, other in zip(before, hashes(), strict=True)) == 1


def test_an_added_page_changes_what_all_stand_on(site):
    pack.write_packs(site)
    before = the(site, "id-list.*.txt").read_text(encoding="utf-8").split("\0")[0]
    shutil.copytree(site / "guides", site / "services")
    pack.write_packs(site)
    assert the(site, "id-list.*.txt").read_text(encoding="utf-8").split("\0")[0] != before


def test_parts_are_as_many_for_every_page_and_make_it_up():
    whole = ('<head></head><main><h2>a</h2><p>long enough</p><h2>b</h2><p>as long</p><h2>c</h2><p>and so</p><section class="sources"></section></main>'
             '<footer><p class="price">7 kB</p></footer>')  # fmt: skip
    for text in (whole, whole.replace("section", "div"), "<p>nothing of it</p>", "", whole.replace("<h2", "<h3")):
        assert len(pack.parts(text)) == 7
        assert "".join(pack.parts(text)) == text
    assert pack.parts(whole)[1].endswith("long enough</p>")


def test_a_search_index_is_parted_by_rows(built_site):
    text = (built_site / "search" / "id.json").read_text(encoding="utf-8")
    rows = pack.parts(text)
    assert len(rows) == len(json.loads(text)["pages"])
    assert "".join(rows) == text


def test_a_page_with_a_character_that_html_forbids_stops_the_build(site):
    (site / "guides" / "index.html").write_text("<p>\x02</p>", encoding="utf-8")
    with pytest.raises(ValueError, match="guides/ holds a control character"):
        pack.write_packs(site)


def test_a_preview_has_a_worker_that_asks_the_network_first_and_no_pack(site):
    pack.write_packs(site)
    pack.write_packs(site, preview=True)
    assert not list((site / "offline").glob("*.txt"))
    assert (site / "sw.js").read_text(encoding="utf-8").startswith("const V={},FIRST=null;")


def test_the_end_of_the_worker_forgets_all_and_goes(site):
    write_end(site)
    text = (site / "sw.js").read_text(encoding="utf-8")
    assert "caches.delete" in text and "unregister" in text and "fetch" not in text
    assert not is_on({"offline": False}) and is_on({}) and is_on({"offline": True})


@pytest.mark.parametrize(("language", "label"), [
    ("id", "Simpan untuk dibaca tanpa internet (101 kB)"), ("en", "Save to read without internet (101 kB)"),
])  # fmt: skip
def test_the_button_names_the_size_rounded_up_and_no_price_nobody_has_sourced(site, language, label):
    write_button(site, language, 100_001, {"data_price": {}}, SAY)
    text = (site / "offline" / f"save-{language}.js").read_text(encoding="utf-8")
    assert label in text
    assert "Rp" not in text


@pytest.mark.parametrize(("language", "price"), [
    ("id", "101 kB, kira-kira Rp2 menurut Tarif Uji, 1 November 2026"),
    ("en", "101 kB, about Rp2 according to Tarif Uji, 1 November 2026"),
])  # fmt: skip
def test_a_sourced_tariff_puts_a_price_on_the_button(site, language, price):
    tariff = {"rupiah_per_mb": 15, "source": "Tarif Uji", "date": date(2026, 11, 1)}
    write_button(site, language, 100_001, {"data_price": tariff}, SAY)
    assert price in (site / "offline" / f"save-{language}.js").read_text(encoding="utf-8")


def test_the_script_of_a_page_is_small_and_the_same_on_every_page(built_site):
    text = page_script("/")
    assert len(text.encode()) <= 1000
    for path in ("guides/index.html", "en/guides/index.html", "not-saved/index.html", "en/villages/ulak-paceh/index.html"):
        assert text in (built_site / path).read_text(encoding="utf-8")
