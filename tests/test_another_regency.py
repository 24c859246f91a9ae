"""A second regency gets its own hub by swapping data/ and docs/: no name of the first one is left in it."""

import os
import re
import shutil
import subprocess
import sys

import pytest
import yaml

from .conftest import ROOT

OURS = re.compile(r"Musi Banyuasin|\bMuba\b|Ulak Paceh|Tebing Bulang|Sumatera Selatan", re.I)


def test_the_code_names_no_place():
    for folder in ("forms_api", "scripts"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in (".py", ".html", ".toml", ".js"):
                assert not OURS.search(path.read_text(encoding="utf-8")), path


@pytest.fixture(scope="module")
def other_hub(tmp_path_factory):
    """A copy of the project whose data and pages speak of the made-up regency of Contoh."""
    hub = tmp_path_factory.mktemp("other") / "hub"
    for name in ("data", "docs", "forms_api", "scripts"):
        shutil.copytree(ROOT / name, hub / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", hub)
    for path in [*hub.rglob("data/**/*"), *hub.rglob("docs/**/*.md")]:
        if path.suffix in (".csv", ".yaml", ".md"):
            text = path.read_text(encoding="utf-8")
            text = text.replace("Musi Banyuasin", "Contoh Jaya").replace("Muba", "Contoh")
            text = text.replace("Ulak Paceh", "Desa Satu").replace("Tebing Bulang", "Desa Dua")
            text = text.replace("Sumatera Selatan", "Provinsi Contoh")
            path.write_text(text, encoding="utf-8")
    settings = yaml.safe_load((hub / "data" / "hub.yaml").read_text(encoding="utf-8"))
    (hub / "data" / "hub.yaml").write_text(yaml.safe_dump(settings | {"name": "Desa Contoh", "name@en": "Contoh Hub"}))
    return hub


def test_its_site_builds_and_says_its_own_name(other_hub):
    command = [sys.executable, "-m", "scripts.build", "--site-dir", str(other_hub / "site")]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=other_hub, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    home = (other_hub / "site" / "en" / "index.html").read_text(encoding="utf-8")
    assert "Contoh Hub</title>" in home
    visible = re.sub(r'(?:href|content)="[^"]*"', "", home)
    assert not OURS.search(visible), OURS.search(visible)


def test_its_desk_and_forms_say_its_own_name(other_hub, tmp_path):
    from starlette.testclient import TestClient

    from forms_api.app import create_app
    from forms_api.config import Settings

    app = create_app(Settings(store_url=f"sqlite:///{tmp_path / 'f.sqlite'}", data_dir=other_hub / "data"))
    page = TestClient(app).get("/desk/sign-in").text
    assert "Desa Contoh" in page
    assert not OURS.search(page)
