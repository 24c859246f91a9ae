"""A build that uses what earlier builds kept gives the same bytes as one that has nothing, after every kind of edit."""

import csv
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from shutil import copy, copytree, ignore_patterns, rmtree

import pytest

from scripts.site.kept import Kept
from scripts.site.village_pages import FEW

from .pages import tables

ROOT = Path(__file__).resolve().parent.parent
BUILD = "import sys; from pathlib import Path; from scripts.build import build_site; faults = build_site(Path('site').resolve(), preview=True); sys.exit(str(faults) if faults else 0)"
STORY = "\n\nSatu kalimat lagi untuk pembaca.\n"


class Pair:
    """Two copies of the hub: one keeps what it made, the other forgets it before each build."""

    def __init__(self, folder: Path):
        self.keeps, self.forgets = folder / "keeps", folder / "forgets"
        for hub in (self.keeps, self.forgets):
            for name in ("data", "docs", "forms_api", "scripts"):
                copytree(ROOT / name, hub / name, ignore=ignore_patterns("__pycache__", "vendor"))
            copy(ROOT / "mkdocs.yml", hub)

    def edit(self, path: str, old: str, new: str) -> None:
        for hub in (self.keeps, self.forgets):
            text = (hub / path).read_text(encoding="utf-8")
            assert old in text
            (hub / path).write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")

    def add_villages(self, count: int) -> None:
        """Rows like that of Ulak Paceh, under other names."""
        for hub in (self.keeps, self.forgets):
            with (hub / "data/villages/villages.csv").open("r+", encoding="utf-8", newline="") as file:
                model, *_ = csv.DictReader(file)
                writer = csv.DictWriter(file, model, lineterminator="\n")
                for number in range(count):
                    writer.writerow(model | {"id": f"v-{number}", "name": f"Desa {number}", "code": f"16.06.99.{number:04}"})

    def sites(self) -> tuple[dict[str, bytes], dict[str, bytes]]:
        """Every file that each copy publishes."""
        rmtree(self.forgets / ".hub", ignore_errors=True)
        with ThreadPoolExecutor() as both:
            return tuple(both.map(_built, (self.keeps, self.forgets)))


def _built(hub: Path) -> dict[str, bytes]:
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "HUB_TODAY": "2026-11-23"}
    made = subprocess.run([sys.executable, "-c", BUILD], cwd=hub, capture_output=True, text=True, env=env)
    assert made.returncode == 0, made.stderr
    site = hub / "site"
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def test_a_build_with_what_was_kept_gives_the_bytes_of_a_whole_one(tmp_path):
    pair = Pair(tmp_path)
    before, _ = pair.sites()
    edits = {
        "nothing": lambda: None,
        "a sentence of a guide": lambda: pair.edit("docs/guides/before/costs.md", "\n## ", STORY + "\n## "),
        "the title of a page": lambda: pair.edit("docs/guides/family/money.md", "\n# ", "\n# Bersama keluarga: "),
        "a source cited anew": lambda: pair.edit(
            "docs/services/education.md", "\n## ", "\n\nBegitu kata sumber.[[source:F9.11]]\n\n## "
        ),
        "a phone number": lambda: pair.edit("data/contacts/numbers.csv", ",1500630,1500630", ",1500631,1500631"),
        "a village's row": lambda: pair.edit("data/villages/villages.csv", "Tebing Bulang", "Tebing Bulang Baru"),
        "a whole regency's villages": lambda: pair.add_villages(FEW),
        "one of many villages": lambda: pair.edit("data/villages/villages.csv", "Desa 7", "Desa Tujuh"),
        "a sentence of the site": lambda: pair.edit("scripts/site/words/pages.toml", "Baca juga", "Baca pula"),
    }
    for what, edit in edits.items():
        edit()
        kept, whole = pair.sites()
        different = {name for name in kept.keys() | whole.keys() if kept.get(name) != whole.get(name)}
        assert not different, (what, different)
        assert (kept == before) == (what == "nothing"), what
        before = kept


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


def test_a_file_that_cannot_be_read_is_only_a_slower_build(kept, tmp_path):
    (tmp_path / "pages.pickle").write_bytes(b"\x80not a pickle")
    known = tables()
    assert [made_of(kept(known), known, "limits") for _ in range(2)] == [True, False]
