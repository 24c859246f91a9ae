"""Pages as the blocks see them, over small tables of a test's own with the real schemas."""

from datetime import date
from pathlib import Path

from scripts.site.rows import Tables
from scripts.site.sentences import all_words
from scripts.site.view import View

ROOT = Path(__file__).resolve().parent.parent
WORDS = all_words()
TODAY = date(2026, 11, 23)
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
    if given.get("contacts") and "limits" not in given:  # whom the limits name must be a contact
        given["limits"] = [row | {"ask": given["contacts"][0]["id"]} for row in real.rows("limits")]
    return Tables(ROOT / "data", given)


def view(
    language: str = "id", root: str = "../../", docs: Path = ROOT / "docs", today: date = TODAY, **rows: list[dict]
) -> View:
    """A page two folders deep, on the day our rows were checked."""
    return View(language, root, tables(**rows), WORDS, docs, today)


def _whole(real: Tables, name: str, row: dict) -> dict:
    columns = [each["name"] for each in real.schema(name)["fields"]]
    unknown = set(row) - set(columns)
    assert not unknown, f"{name} has no column {unknown}"
    return {column: "" for column in columns} | {key: COMMON[key] for key in COMMON if key in columns} | row
