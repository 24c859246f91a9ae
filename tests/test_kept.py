"""A build that uses what earlier builds kept gives the same bytes as one that has nothing, after every kind of edit."""

import csv
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from shutil import copytree

import pytest

from scripts.site import kept as module
from scripts.site.kept import Kept
from scripts.site.village_pages import FEW

from .copies import KEPT, ROOT, build, copy_of_hub, edit, files
from .pages import tables

STORY = "\n\nSatu kalimat lagi untuk pembaca.\n"
COSTS = "          - guides/before/costs.md\n"
HOUSE = "guides/before/house"
PAGE = "---\ndescription: {}\n---\n\n# {}\n\n{}\n"


class Pair:
    """Two copies of the hub: one keeps what it made; the other begins with nothing, and forgets before each build all
    but the packed copies of files, which are found by the hash of what they hold."""

    def __init__(self, folder: Path):
        self.keeps, self.forgets = copy_of_hub(folder / "keeps", kept=True), copy_of_hub(folder / "forgets")

    def edit(self, path: str, old: str, new: str) -> None:
        for hub in (self.keeps, self.forgets):
            edit(hub, path, old, new)

    def add_page(self, name: str) -> None:
        """In both languages, and into the menu."""
        self.edit("mkdocs.yml", COSTS, f"{COSTS}          - {name}.md\n")
        for hub in (self.keeps, self.forgets):
            (hub / f"docs/{name}.md").write_text(PAGE.format("Untuk tetangga.", "Titip rumah", "Bicarakan dulu."), encoding="utf-8")
            (hub / f"docs/{name}.en.md").write_text(PAGE.format("For those next door.", "Your house", "Talk it over."), encoding="utf-8")

    def remove_page(self, name: str) -> None:
        self.edit("mkdocs.yml", f"          - {name}.md\n", "")
        for hub in (self.keeps, self.forgets):
            for ending in (".md", ".en.md"):
                (hub / f"docs/{name}{ending}").unlink()

    def add_villages(self, count: int) -> None:
        """Rows like that of Ulak Paceh, under other names."""
        for hub in (self.keeps, self.forgets):
            with (hub / "data/villages/villages.csv").open("r+", encoding="utf-8", newline="") as file:
                model, *_ = csv.DictReader(file)
                writer = csv.DictWriter(file, model, lineterminator="\n")
                for number in range(count):
                    writer.writerow(model | {"id": f"v-{number}", "name": f"Desa {number}", "code": f"16.06.99.{number:04}"})

    def sites(self, preview: bool = False) -> tuple[dict[str, bytes], dict[str, bytes]]:
        """Every file that each copy publishes."""
        for file in (self.forgets / KEPT).rglob("*.pickle"):
            file.unlink()
        with ThreadPoolExecutor() as both:
            return tuple(files(site) for site in both.map(partial(build, preview=preview), (self.keeps, self.forgets)))


def content(pair: Pair) -> None:
    """A sentence of one guide (whose English is then behind), the title of another, a source cited anew; on other pages
    a phone number and a village's name, which stand in rows; and a rule for forms."""
    pair.edit("docs/guides/before/costs.md", "\n## ", STORY + "\n## ")
    pair.edit("docs/guides/family/money.md", "\n# ", "\n# Bersama keluarga: ")
    pair.edit("docs/services/education.md", "\n## ", "\n\nBegitu kata sumber.[[source:F9.11]]\n\n## ")
    pair.edit("data/contacts/numbers.csv", ",1500630,1500630", ",1500631,1500631")
    pair.edit("data/villages/villages.csv", "Tebing Bulang", "Tebing Bulang Baru")
    pair.edit("docs/assets/hub.css", ".choices input { width: 24px", ".choices input { width: 26px")


def more_pages(pair: Pair) -> None:
    """A page, and so many villages that their pages go another way."""
    pair.add_page(HOUSE)
    pair.add_villages(FEW)


def a_page_less(pair: Pair) -> None:
    """That page goes; a sentence of the site is another, on a page that is kept."""
    pair.remove_page(HOUSE)
    pair.edit("scripts/site/words/pages.toml", "; not designated", "; not yet")


# Whatever changes our code or the menu makes everything again: an edit that may hide another stands alone.
EDITS = {
    "nothing": lambda pair: None,
    "texts of pages, rows of tables, the stylesheet": content,
    "a template": lambda pair: pair.edit("scripts/site/theme/blocks/glossary.html", "<dd>", '<dd dir="ltr">'),
    "a page added, and a regency's villages": more_pages,
    "one of many villages": lambda pair: pair.edit("data/villages/villages.csv", "Desa 7", "Desa Tujuh"),
    "a page removed, a sentence of the site": a_page_less,
}


def different(kept: dict[str, bytes], whole: dict[str, bytes]) -> set[str]:
    return {name for name in kept.keys() | whole.keys() if kept.get(name) != whole.get(name)}


def test_a_build_with_what_was_kept_gives_the_bytes_of_a_whole_one(tmp_path):
    """Every file that is published: pages with their weights, packed copies, the offline copy, search, map, policy."""
    pair = Pair(tmp_path)
    before = files(build(pair.keeps))
    assert {"index.html.br", "index.html.gz", "sw.js", "csp.txt", "sitemap.xml", "search/id.json"} <= before.keys()
    for what, change in EDITS.items():
        change(pair)
        kept, whole = pair.sites()
        assert different(kept, whole) == set(), what
        assert (kept == before) == (what == "nothing"), what
        assert (f"{HOUSE}/index.html.br" in kept) == (pair.keeps / f"docs/{HOUSE}.md").exists(), what
        before = kept
    kept, whole = pair.sites(preview=True)
    assert different(kept, whole) == set()
    assert not any(name.endswith((".br", ".gz")) for name in kept)
    assert b'<dd dir="ltr">' in kept["about/glossary/index.html"]
    assert b"; not yet" in kept["en/villages/ulak-paceh/index.html"] + kept["en/villages/tebing-bulang/index.html"]


@pytest.fixture
def kept(tmp_path):
    """Makes a Kept as each build does, over one file."""
    return lambda known, frame="same": Kept(known, tmp_path / "docs", frame, tmp_path / "pages.pickle")


def made_of(kept, known, table, text="<p>"):
    """Whether a page that reads ``table`` was made again."""
    again = []
    kept.made("page", text, lambda: again.append(1) or str(known.rows(table)))
    kept.save()
    return bool(again)


def test_a_page_is_made_again_when_its_text_or_the_frame_changes(kept):
    known = tables()
    assert [made_of(kept(known), known, "limits") for _ in range(2)] == [True, False]
    assert made_of(kept(known), known, "limits", "<p>other")
    assert made_of(kept(known, frame="another day"), known, "limits", "<p>other")


def test_a_page_is_made_again_when_a_table_that_it_read_changes_and_not_for_another(kept, tmp_path):
    data = copytree(ROOT / "data", tmp_path / "data")
    known = tables()
    known.data = data
    assert [made_of(kept(known), known, "limits") for _ in range(2)] == [True, False]
    (data / known.resources["news"]["path"]).write_text("id\n", encoding="utf-8")
    assert not made_of(kept(known), known, "limits")
    limits = data / known.resources["limits"]["path"]
    limits.write_text(limits.read_text(encoding="utf-8").replace("6", "5", 1), encoding="utf-8")
    assert made_of(kept(known), known, "limits")


OURS = ("scripts/pairs/stale.py", "scripts/site/theme/blocks/ask.html", "scripts/site/theme/late.js",
        "scripts/site/words/pages.toml", "forms_api/words.py", "forms_api/templates/shell.html", "mkdocs.yml")  # fmt: skip


def test_another_version_of_any_library_or_a_line_of_any_of_our_files_makes_everything_again(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "ROOT", tmp_path)
    for name in OURS:
        assert (ROOT / name).is_file(), name
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("one", encoding="utf-8")
    (tmp_path / "snowballstemmer-3.1.1.dist-info").mkdir()
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])
    made = [module.frame(), module.frame()]
    assert made[0] == made[1]
    for name in OURS:
        (tmp_path / name).write_text("two", encoding="utf-8")
        made.append(module.frame())
    (tmp_path / "snowballstemmer-3.1.1.dist-info").rename(tmp_path / "snowballstemmer-3.2.0.dist-info")
    made.append(module.frame())
    assert len(set(made)) == len(OURS) + 2


def test_every_library_of_the_lock_is_among_those_looked_at():
    """Names as installers write them into folders (PEP 503 and the wheel's own spelling)."""
    there = {re.sub("[-_.]+", "-", each.rsplit(".", 1)[0].rpartition("-")[0]).lower() for each in module.libraries()}
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    named = {re.sub("[-_.]+", "-", each) for each in re.findall(r"^(\S+)==\S+ \\$", lock, re.M)}  # those for any machine
    assert {"snowballstemmer", "brotli", "mkdocs-static-i18n"} <= named <= there


def test_a_file_that_cannot_be_read_is_only_a_slower_build(kept, tmp_path):
    (tmp_path / "pages.pickle").write_bytes(b"\x80not a pickle")
    known = tables()
    assert [made_of(kept(known), known, "limits") for _ in range(2)] == [True, False]
