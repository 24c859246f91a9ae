"""Pages made from the rows of villages.csv."""

import pytest

from scripts.checks.page_rules import DESCRIPTION
from scripts.site.generate import write_villages
from scripts.site.pages import read_pages

from .pages import WORDS, tables

ULAK = {"id": "ulak-paceh", "name": "Ulak Paceh"}
TEBING = {"id": "tebing-bulang", "name": "Tebing Bulang"}


@pytest.fixture
def docs(tmp_path):
    """A docs folder with the hand-written list of villages."""
    (tmp_path / "villages").mkdir()
    (tmp_path / "villages" / "index.md").write_text("# Dua desa\n", encoding="utf-8")
    return tmp_path


def write(docs, *rows):
    touched = write_villages(docs, tables(villages=list(rows)), WORDS)
    return sorted(path.relative_to(docs).as_posix() for path in touched)


def test_every_village_gets_a_pair_of_pages(docs):
    assert write(docs, ULAK) == ["villages/ulak-paceh.en.md", "villages/ulak-paceh.md"]
    pages = read_pages(docs)
    assert pages["villages/ulak-paceh.md"].headings == [(1, "Desa Ulak Paceh")]
    assert pages["villages/ulak-paceh.en.md"].headings == [(1, "Ulak Paceh village")]
    assert pages["villages/ulak-paceh.en.md"].placeholders == [("village", "ulak-paceh")]


def test_the_descriptions_keep_to_the_length_of_every_page(docs):
    write(docs, ULAK, TEBING)
    made = [page for name, page in read_pages(docs).items() if name != "villages/index.md"]
    assert len(made) == 4
    assert all(len(page.meta["description"]) in DESCRIPTION for page in made)


def test_nothing_is_touched_when_nothing_changed(docs):
    write(docs, ULAK, TEBING)
    assert write(docs, ULAK, TEBING) == []


def test_a_changed_row_changes_its_pages_only(docs):
    write(docs, ULAK, TEBING)
    renamed = TEBING | {"name": "Tebing Bulang Baru"}
    assert write(docs, ULAK, renamed) == ["villages/tebing-bulang.en.md", "villages/tebing-bulang.md"]


def test_pages_of_a_row_that_is_gone_are_removed_and_written_ones_stay(docs):
    write(docs, ULAK, TEBING)
    assert write(docs, ULAK) == ["villages/tebing-bulang.en.md", "villages/tebing-bulang.md"]
    assert (docs / "villages" / "index.md").exists()
    assert not (docs / "villages" / "tebing-bulang.md").exists()
