"""What every test may stand on: one clock, one real database a test, and the hub over them."""

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from forms_api.app import create_app
from forms_api.config import Settings
from forms_api.forms.tables import load_forms
from forms_api.keys.team import Team
from forms_api.store import open_store

from .filed import cases, send, store, team, write  # noqa: F401 - fixtures of the tests that need no door
from .office import Office, open_office
from .postgres import postgres  # noqa: F401 - a fixture, made once for all tests

ROOT = Path(__file__).resolve().parent.parent


class Clock:
    """A clock whose hands a test turns. It starts on a Monday morning in Sekayu."""

    def __init__(self):
        self.time = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def pass_by(self, **duration) -> None:
        self.time += timedelta(**duration)


def pytest_collection_modifyitems(items):
    """The browser's tests come last: while a browser is open, no other test can run an event loop of its own."""
    items.sort(key=lambda item: "browser" in item.keywords)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def forms():
    return load_forms(ROOT / "data")


@pytest.fixture(scope="session")
def office(tmp_path_factory) -> Office:
    """The hub that was set up once, and its accounts; every test copies from it."""
    return open_office(tmp_path_factory.mktemp("office"), Clock())


@pytest.fixture
def settings(tmp_path, office) -> Settings:
    """A hub that is set up (the team has its keys) and has no officer yet."""
    shutil.copy(office.database, tmp_path / "forms.sqlite")
    return Settings(store_url=f"sqlite:///{tmp_path / 'forms.sqlite'}", secure_cookies=False, openapi=True)


@pytest.fixture
def app(settings, clock):
    return create_app(settings, clock)


@pytest.fixture
def siti(app):
    """Siti, who asks for help: a browser that is nobody's yet."""
    return TestClient(app, base_url="http://hub.test", follow_redirects=False)


@pytest.fixture
def not_set_up(tmp_path) -> Settings:
    """A hub whose team has no keys yet."""
    return Settings(store_url=f"sqlite:///{tmp_path / 'new' / 'forms.sqlite'}", secure_cookies=False, openapi=True)


@pytest.fixture
def hire(settings, office):
    """``hire("budi")`` or ``hire("rina", "en")`` makes their account, with the passphrase of the cast."""

    def hire(name: str, language: str = "id") -> None:
        office.hire(open_store(settings.store_url), name, language)

    return hire


@pytest.fixture
def opener(settings, office):
    """What opens the records of the hub behind ``settings``."""
    return Team(open_store(settings.store_url)).by_paper(office.paper)


@pytest.fixture
def budi(app, settings, office, hire):
    """Budi, an officer who has signed in (when the clock stood where it starts)."""
    hire("budi")
    client = TestClient(app, base_url="http://hub.test", follow_redirects=False)
    office.sign_in(open_store(settings.store_url), client)
    return client


@pytest.fixture(scope="session")
def built_site(tmp_path_factory) -> Path:
    """The real site, built strictly, once for all tests."""
    folder = tmp_path_factory.mktemp("site") / "site"
    command = [sys.executable, "-m", "scripts.build", "--site-dir", str(folder)]
    made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True,
                          env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "HUB_TODAY": "2026-11-23"})  # fmt: skip
    assert made.returncode == 0, made.stdout + made.stderr
    return folder


@pytest.fixture
def whole_hub(settings, clock, built_site):
    """The application that serves the built site too, as ``hub.py serve`` does."""
    return create_app(replace(settings, site_dir=built_site, serve_site=True), clock)


@pytest.fixture(scope="session")
def chromium():
    """One real browser for all tests that need it."""
    from playwright.sync_api import sync_playwright

    from .browsers import open_chromium

    with sync_playwright() as playwright:
        browser = open_chromium(playwright)
        yield browser
        browser.close()


@pytest.fixture
def address(whole_hub):
    """The whole hub behind a real port."""
    from .browsers import Running

    running = Running(whole_hub)
    yield running.address
    running.stop()


@pytest.fixture(params=["id", "en"])
def language(request):
    """Both languages, one after the other."""
    return request.param


@pytest.fixture
def walk(chromium, address, hire, language):
    """A walk past every kind of page, on a phone 360 pixels wide."""
    from .walk import Walk

    context = chromium.new_context(viewport={"width": 360, "height": 740}, service_workers="block")
    yield Walk(context.new_page(), address, language, hire)
    context.close()
