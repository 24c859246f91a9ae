"""Where there are many villages their pages go another way, and come out the same to the byte."""

import os
import subprocess
import sys

import pytest

from .pages import ROOT

BUILD = """
import sys
from pathlib import Path
from scripts.site import village_pages
village_pages.FEW = 1
from scripts.build import build_site
faults = build_site(Path(sys.argv[1]))
sys.exit(str(faults) if faults else 0)
"""


@pytest.fixture(scope="module")
def many_site(tmp_path_factory):
    """The real site as it is built when its two villages are many."""
    folder = tmp_path_factory.mktemp("many") / "site"
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "HUB_TODAY": "2026-11-23"}
    made = subprocess.run([sys.executable, "-c", BUILD, folder], cwd=ROOT, capture_output=True, text=True, env=env)
    assert made.returncode == 0, made.stdout + made.stderr
    return folder


def files(site):
    return {each.relative_to(site).as_posix(): each.read_bytes() for each in site.rglob("*") if each.is_file()}


def test_every_page_its_packed_copies_the_map_and_the_policy_are_the_same(built_site, many_site):
    few, many = files(built_site), files(many_site)
    pages = [name for name in few if "villages/ulak-paceh/" in name or "villages/tebing-bulang/" in name]
    assert len(pages) == 12
    for name in [*pages, "sitemap.xml", "csp.txt", "index.html", "guides/index.html"]:
        assert few[name] == many[name], name


def test_the_offline_copy_and_the_search_hold_only_their_list(many_site):
    for language, home in (("id", ""), ("en", "en/")):
        [pack] = (many_site / "offline").glob(f"{language}-pack.*.txt")
        addresses = pack.read_text(encoding="utf-8").split("\0")[2].split(" ")
        assert f"{home}villages/" in addresses
        assert f"{home}villages/ulak-paceh/" not in addresses
        assert "ulak-paceh/" not in (many_site / "search" / f"{language}.json").read_text(encoding="utf-8")
