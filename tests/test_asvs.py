"""What the security page claims is there: each row of level 1 once, and every test that it names."""

import re

import pytest

from .conftest import ROOT

PAGES = ["asvs.md", "threat-model.md"]


def rows() -> list[list[str]]:
    text = (ROOT / "docs" / "maintain" / "asvs.md").read_text(encoding="utf-8").partition("## Level 2")[0]
    return [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in text.splitlines() if line.startswith("| V")]


def test_every_row_of_level_one_stands_there_once_with_an_answer():
    names = [row[0] for row in rows()]
    assert len(names) == len(set(names)) == 70  # as many as version 5.0.0 has
    assert all(len(row) == 4 and all(row) for row in rows())


@pytest.mark.parametrize("page", PAGES)
def test_every_test_that_is_named_exists(page):
    text = (ROOT / "docs" / "maintain" / page).read_text(encoding="utf-8")
    named = re.findall(r"`(test_\w+\.py)(?:::(test_\w+))?`", text)
    assert len(named) > 15
    for file, test in named:
        code = (ROOT / "tests" / file).read_text(encoding="utf-8")
        assert not test or f"def {test}(" in code, f"{file} has no {test}"
