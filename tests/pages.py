"""Pages as the blocks see them, over small tables of a test's own with the real schemas."""

from pathlib import Path

from scripts.site.rows import Tables
from scripts.site.sentences import all_words
from scripts.site.view import View

ROOT = Path(__file__).resolve().parent.parent
WORDS = all_words()
COMMON = {
    "source": "https://berita.example/a",
    "source_link": "true",
    "source_date": "2026-01",
    "checked_on": "2026-11-23",
}


def tables(**rows: list[dict]) -> Tables:
    """The hub's tables, with those named here replaced. A row needs only the cells the test is about."""
    real = Tables(ROOT / "data")
    given = {name: [_whole(real, name, row) for row in few] for name, few in rows.items()}
    return Tables(ROOT / "data", given)


def view(language: str = "id", root: str = "../../", docs: Path = ROOT / "docs", **rows: list[dict]) -> View:
    """A page two folders deep."""
    return View(language, root, tables(**rows), WORDS, docs)


def _whole(real: Tables, name: str, row: dict) -> dict:
    columns = [each["name"] for each in real.schema(name)["fields"]]
    unknown = set(row) - set(columns)
    assert not unknown, f"{name} has no column {unknown}"
    return {column: "" for column in columns} | {key: COMMON[key] for key in COMMON if key in columns} | row
