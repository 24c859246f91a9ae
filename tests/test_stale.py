"""What readers of an English section are told when the Indonesian has changed."""

import os
import subprocess
import sys
from pathlib import Path
from shutil import copy, copytree, ignore_patterns

from scripts.checks.links import faults
from scripts.pairs.pairs import pairs
from scripts.pairs.stale import anchors, with_notes, without_marks
from scripts.pairs.translate import decide
from scripts.site.article import read

from .pages import view
from .translated import INDONESIAN, page, twin

ROOT = Path(__file__).resolve().parent.parent
HTML = '<h1 id="ask">Ask</h1><p>a</p><h2 id="clear">Clear</h2><p>b</p><h2 id="paid">Paid <b>x</b></h2><p>c</p>'
PLACES = ["yang-sudah-jelas", "kalau-sudah-membayar"]


def told(indonesian: str) -> str:
    english = twin(decide(page(), {"guides/costs.en.md": twin()})[1])
    return with_notes(HTML, pairs(page(indonesian), english), PLACES, view("en", "../../../"))


def test_a_fresh_page_says_nothing():
    assert told(INDONESIAN) == HTML


def test_a_section_that_is_behind_says_so_in_one_line_that_leads_to_the_indonesian():
    html = told(INDONESIAN.replace("Telepon", "Segera telepon"))
    line = html.split('<h2 id="paid">Paid <b>x</b></h2>\n')[1].removesuffix("<p>c</p>")
    assert line == (
        '<p class="admonition warning behind">The Indonesian text of this section has changed since it was translated. '
        '<a href="../../../guides/costs/#kalau-sudah-membayar" hreflang="id">Read that section in Indonesian</a></p>'
    )
    assert html.count("has changed since") == 1


def test_the_line_is_not_a_word_of_the_page_to_the_search():
    """Or an edit of the Indonesian would move the English index."""
    behind = told(INDONESIAN.replace("Telepon", "Segera telepon"))
    assert read(f"<main><article>{behind}") == read(f"<main><article>{HTML}")


def test_an_opening_that_is_behind_says_so_under_the_title():
    html = told(INDONESIAN.replace("Tanya dulu", "Tanyakan"))
    assert html.startswith('<h1 id="ask">Ask</h1>\n<p class="admonition warning behind">')
    assert 'href="../../../guides/costs/" ' in html


def test_a_section_nobody_marked_says_nothing():
    assert with_notes(HTML, pairs(page(), twin()), PLACES, view("en")) == HTML


def test_every_section_that_is_behind_has_its_own_line():
    html = told(INDONESIAN.replace("Tanya dulu", "Tanyakan").replace("Telepon", "Segera telepon"))
    assert html.count("has changed since") == 2


def test_a_section_moved_in_the_indonesian_page_is_found_there():
    opening, clear, paid = INDONESIAN.partition("## Yang")[0], *INDONESIAN.split("## ")[1:]
    html = told(f"{opening}## {paid.strip().replace('Telepon', 'Hubungi')}\n\n## {clear}")
    assert html.index('href="../../../guides/costs/#yang-sudah-jelas"') > html.index('id="paid"')


def test_the_anchors_of_a_page_are_those_of_its_h2_headings():
    assert anchors(HTML + '<h3 id="no">No</h3>') == ["clear", "paid"]


def test_marks_are_taken_out_also_when_they_have_a_slip():
    text = "# A\n<!-- id:1a2b3c4d5e minor: typo -->\n\nText\n\n## B\n<!-- id:zz -->\n\n## C\n<!-- id:12\n\nMore\n"
    assert without_marks(text) == "# A\n\nText\n\n## B\n\n## C\n\nMore\n"


def test_the_built_pages_tell_readers_and_editors_and_the_link_leads_to_the_section(tmp_path):
    for folder in ("data", "docs", "forms_api", "scripts"):
        copytree(ROOT / folder, tmp_path / folder, ignore=ignore_patterns("__pycache__"))
    copy(ROOT / "mkdocs.yml", tmp_path)
    source = tmp_path / "docs/guides/before/costs.md"
    text = source.read_text(encoding="utf-8")
    source.write_text(
        text.replace("## Yang sudah jelas\n", "## Yang sudah jelas\n\nBaca sampai habis.\n"), encoding="utf-8"
    )
    hub = tmp_path / "data/hub.yaml"
    settings = hub.read_text(encoding="utf-8").replace(
        'repository: ""', "repository: https://git.example/hub/edit/main/"
    )
    hub.write_text(settings, encoding="utf-8")
    made = subprocess.run(
        [sys.executable, "-m", "scripts.build", "--site-dir", "site"], cwd=tmp_path, capture_output=True, text=True,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )  # fmt: skip
    assert made.returncode == 0, made.stdout + made.stderr
    english = (tmp_path / "site/en/guides/before/costs/index.html").read_text(encoding="utf-8")
    assert english.count("has changed since it was translated") == 1
    assert 'href="../../../../guides/before/costs/#yang-sudah-jelas" hreflang="id"' in english
    assert "setelah diterjemahkan" not in (tmp_path / "site/guides/before/costs/index.html").read_text(encoding="utf-8")
    editors = (tmp_path / "site/en/editors/index.html").read_text(encoding="utf-8")
    line = (tmp_path / "docs/guides/before/costs.en.md").read_text(encoding="utf-8").split("\n").index(
        "## What is clear"
    ) + 1
    assert f'<a href="https://git.example/hub/edit/main/docs/guides/before/costs.en.md#L{line}">' in editors
    assert faults(tmp_path / "site") == []
