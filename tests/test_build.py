"""What stops the build. Each test spoils one thing in a copy of the hub."""

import os
import subprocess
import sys
from pathlib import Path
from shutil import copy, copytree, ignore_patterns

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def hub(tmp_path):
    """A copy of what the build reads."""
    for folder in ("data", "docs", "forms_api", "scripts"):
        copytree(ROOT / folder, tmp_path / folder, ignore=ignore_patterns("__pycache__"))
    copy(ROOT / "mkdocs.yml", tmp_path)
    return tmp_path


def build(hub, **environment):
    command = [sys.executable, "-m", "scripts.build", "--site-dir", "site"]
    env = {**os.environ, **environment}
    return subprocess.run(command, cwd=hub, capture_output=True, text=True, encoding="utf-8", env=env)


def change(hub, path, old, new):
    file = hub / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def stopped(hub):
    """What the command says when it stops."""
    made = build(hub)
    assert made.returncode == 1, made.stdout
    assert "Traceback" not in made.stderr
    return made.stdout


def test_a_page_without_its_english_half(hub):
    (hub / "docs/guides/family/money.en.md").unlink()
    assert "guides/family/money.md" in stopped(hub)


def test_a_page_without_a_description(hub):
    change(hub, "docs/guides/family/money.md", "description:", "describe:")
    assert "guides/family/money.md: the front matter has no description" in stopped(hub)


def test_a_name_that_no_table_has(hub):
    change(hub, "docs/about/news.md", "[[news:all]]", "[[news:al]]")
    assert "about/news.md: [[news:al]] is not known (perhaps all)" in stopped(hub)


def test_a_related_page_that_does_not_exist(hub):
    change(hub, "docs/about/news.md", "about/programme.md", "about/program.md")
    assert "about/news.md: related names about/program.md, which does not exist" in stopped(hub)


def test_a_link_to_a_page_that_does_not_exist(hub):
    change(hub, "docs/about/news.md", "../forms/mistake.md", "../forms/mistakes.md")
    assert "../forms/mistakes.md" in stopped(hub)


def test_a_section_of_the_menu_without_an_english_name(hub):
    change(hub, "mkdocs.yml", "  - Layanan:", "  - Pelayanan:")
    assert "no English name under nav_translations for Pelayanan" in stopped(hub)


def test_a_published_address_takes_the_place_of_the_example_one(hub):
    made = build(hub, HUB_SITE_URL="https://muba.example/hub")
    assert made.returncode == 0, made.stdout
    html = (hub / "site/en/about/news/index.html").read_text(encoding="utf-8")
    assert '<link rel="canonical" href="https://muba.example/hub/en/about/news/">' in html
    assert "desa-migran-emas.example" not in html
    for name, home in (("404.html", "/hub/"), ("en/404.html", "/hub/en/")):
        missing = (hub / "site" / name).read_text(encoding="utf-8")
        assert f'<a class="button" href="{home}">' in missing
        assert f'href="{home}about/privacy/"' in missing
