"""The real site after its limits, in both languages: built late, and built in time but read late in a browser."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from html import unescape

import pytest
from starlette.testclient import TestClient

from forms_api.app import create_app
from forms_api.pages.headers import HEADERS
from forms_api.pages.inline import WAY_POLICY
from scripts.checks.links import faults
from scripts.site.freshness import check_by

from .pages import ROOT, tables

LATE = "2029-01-01"  # past every limit, which is 24 months at most
LISTED = {"id": "Ada di daftar SISKOP2MI per", "en": "On the SISKOP2MI list as of"}
WAS_LISTED = {"id": "Pernah ada di daftar per", "en": "Was on the list as of"}
TITLE = {"id": "lewat masa periksanya", "en": "overdue for checking"}
HINTS = {"id": "lewat masa periksa", "en": "overdue for checking"}
PREFIX = {"id": "", "en": "en/"}
GUIDE = "guides/before/costs/"
ROWS = tables().rows("agencies")
# A row says its state itself when it is not on the list or was ever sanctioned; the others' is said once a letter.
TOLD_BY_ROW = {row["agency"] for row in tables().rows("sanctions")} | {
    row["id"] for row in ROWS if row["listing"] != "listed"
}
LISTED_STATES = len({row["name"][3] for row in ROWS if row["id"] not in TOLD_BY_ROW}) + sum(
    row["listing"] == "listed" for row in ROWS if row["id"] in TOLD_BY_ROW
)
both = pytest.mark.parametrize("language", ["id", "en"])


@pytest.fixture(scope="session")
def late_site(tmp_path_factory):
    """The real site as the build makes it when every limit is past."""
    folder = tmp_path_factory.mktemp("late") / "site"
    command = [sys.executable, "-m", "scripts.build", "--site-dir", str(folder)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "HUB_TODAY": LATE}
    made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=environment)
    assert made.returncode == 0, made.stdout + made.stderr
    return folder


def page(site, language, path):
    return (site / PREFIX[language] / path / "index.html").read_text(encoding="utf-8")


def text(html):
    """What stands in a page, hidden or not."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<script.*?</script>|<[^>]+>", " ", html, flags=re.S)))


@both
def test_no_page_of_a_late_site_calls_anything_listed(late_site, language):
    for path in late_site.rglob("*.html"):
        assert LISTED[language] not in text(path.read_text(encoding="utf-8")), path
    assert text(page(late_site, language, "agencies")).count(WAS_LISTED[language]) == LISTED_STATES > 25


@both
def test_no_entry_of_a_late_list_speaks_of_today(late_site, language):
    entries = re.search(r'<div class="agencies".*?</article>', page(late_site, language, "agencies"), re.S)[0]
    said = text(entries.partition('id="sanctions"')[0]).lower()
    assert not re.search(r"\b(hari ini|sekarang|saat ini|masih berlaku|today|now|currently|is listed)\b", said)


@both
def test_every_page_of_a_late_site_that_shows_a_fact_warns_and_names_the_channel(late_site, language):
    paths = [path for path in late_site.rglob("index.html") if (f"{late_site}/en/" in str(path)) is (language == "en")]
    dated = [html for html in (path.read_text(encoding="utf-8") for path in paths) if 'class="checked"' in html]
    assert len(dated) > 30
    for html in dated:
        box = re.search(rf'<p class="admonition-title">[^<]*{TITLE[language]}</p>.*?</div>', html, re.S)
        assert re.search(r"KP2MI|Disnakertrans", text(box[0]))


def test_a_late_site_is_sound_and_waits_for_no_script(late_site):
    assert faults(late_site) == []
    for path in late_site.rglob("*.html"):
        page_alone = re.sub("<script>.*?</script>", "", path.read_text(encoding="utf-8"), flags=re.S)
        assert not re.search("data-check-by|data-late|data-fresh", page_alone), path


def test_watched_words_belong_to_a_day(built_site):
    """Hidden late wording without a day around it would never be shown."""
    for path in built_site.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        if "agencies" not in path.parts:
            assert html.count("data-late hidden") <= html.count("data-check-by="), path


@both
def test_the_list_is_watched_by_its_own_check_by_day(built_site, language):
    ours = tables()
    listed = [row for row in ours.rows("agencies") if row["listing"] == "listed"]
    day = min(check_by(row, "agency", ours.limits) for row in listed)
    html = page(built_site, language, "agencies")
    assert f'<div class="agencies" data-check-by="{day}">' in html
    assert f'<div class="ask" data-check-by="{day}">' in html
    assert html.count("<span data-fresh>") == html.count("<span data-late hidden>") >= LISTED_STATES


@pytest.fixture
def client(settings, clock, built_site):
    app = create_app(replace(settings, site_dir=built_site, serve_site=True), clock)
    return TestClient(app, base_url="http://hub.test", follow_redirects=False)


@pytest.mark.parametrize("path", ["/", "/en/agencies/", "/forms/help/", "/no/such/page/"])
def test_static_pages_come_under_the_policy_of_the_build(client, built_site, path):
    answer = client.get(path)
    wanted = (built_site / "csp.txt").read_text(encoding="utf-8").strip()
    assert answer.headers.get_list("content-security-policy") == [wanted]
    assert "sha256-" in wanted
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ["/forms/help?page=x", "/desk/sign-in", "/forms/nothing"])
def test_answers_of_the_api_keep_the_strict_policy(client, path):
    strict = WAY_POLICY if path == "/follow-up" else HEADERS["Content-Security-Policy"]
    assert client.get(path).headers.get_list("content-security-policy") == [strict]


def test_a_site_without_a_written_policy_comes_under_the_strict_one(settings, clock, tmp_path):
    (tmp_path / "index.html").write_text("<h1>A</h1>", encoding="utf-8")
    app = create_app(replace(settings, site_dir=tmp_path, serve_site=True), clock)
    answer = TestClient(app, base_url="http://hub.test").get("/")
    assert answer.headers["content-security-policy"] == HEADERS["Content-Security-Policy"]


def test_a_folder_with_a_policy_of_its_own_comes_under_that_one_only(settings, clock, tmp_path):
    for folder, policy in (("", "whole"), ("edit", "own")):
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / "index.html").write_text("<h1>A</h1>", encoding="utf-8")
        (tmp_path / folder / "csp.txt").write_text(policy + "\n", encoding="utf-8")
    client = TestClient(create_app(replace(settings, site_dir=tmp_path, serve_site=True), clock))
    for path, policy in (("/", "whole"), ("/edit/", "own"), ("/edit/index.html", "own"), ("/edit/csp.txt", "own")):
        assert client.get(path).headers.get_list("content-security-policy") == [policy], path
    strict = HEADERS["Content-Security-Policy"]
    for path in ("/desk/sign-in", "/csp.txt"):  # the hashes are of use to pages only
        assert client.get(path).headers["content-security-policy"] == strict


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def scripted(request):
    return request.param


@pytest.fixture
def reader(chromium, address, scripted):
    """Opens a page on a phone whose own date is given. Says what the browser complained of."""
    contexts = []

    def read(path, day, zone="Asia/Jakarta"):
        context = chromium.new_context(
            viewport={"width": 360, "height": 740}, java_script_enabled=scripted, timezone_id=zone
        )
        contexts.append(context)
        opened = context.new_page()
        opened.clock.set_fixed_time(day)
        opened.on("console", lambda message: complaints.append(message.text))
        opened.on("pageerror", lambda error: complaints.append(str(error)))
        opened.goto(address + path)
        return opened

    complaints = []
    yield read
    assert complaints == []
    for context in contexts:
        context.close()


@pytest.mark.browser
@both
def test_a_copy_read_later_than_it_was_built_is_late_by_itself(reader, scripted, language):
    opened = reader(f"/{PREFIX[language]}agencies/", "2027-06-01T12:00:00+07:00")
    now = opened.locator(f".state > :not([hidden]):has-text('{LISTED[language]}')").count()
    then = opened.locator(f".state > :not([hidden]):has-text('{WAS_LISTED[language]}')").count()
    assert (now, then) == ((0, LISTED_STATES) if scripted else (LISTED_STATES, 0))
    assert opened.is_visible(".ask > .warning") is scripted
    assert re.search(r"Periksa lagi sebelum|Check again by", opened.inner_text(".agencies .when"))


@pytest.mark.browser
@both
def test_a_guide_read_late_warns_at_its_facts_and_on_top(reader, scripted, language):
    opened = reader(f"/{PREFIX[language]}{GUIDE}", "2029-01-01T12:00:00+07:00")
    assert (HINTS[language] in opened.inner_text("article")) is scripted
    marks = opened.locator(".overdue").count()
    assert opened.locator(".overdue:not([hidden])").count() == (marks if scripted else 0)
    assert marks > 20
    assert opened.locator(f".admonition-title:visible:has-text('{TITLE[language]}')").count() == scripted
    # Without the script the words that are there are honest by themselves.
    assert re.search(r"periksa lagi sebelum \d+ \w+ \d{4}|check again by \d+ \w+ \d{4}", opened.inner_text(".checked"))


@pytest.mark.browser
def test_a_copy_read_in_time_shows_no_warning(reader):
    opened = reader("/agencies/", "2026-11-24T12:00:00+07:00")
    assert opened.locator("[data-late]:not([hidden])").count() == 0
    assert opened.locator(f".state > :not([hidden]):has-text('{LISTED['id']}')").count() == LISTED_STATES


@pytest.mark.browser
def test_a_clock_that_is_far_behind_changes_nothing(reader):
    opened = reader("/agencies/", "1970-01-02T12:00:00Z")
    assert opened.locator("[data-late]:not([hidden])").count() == 0


@pytest.mark.browser
@pytest.mark.parametrize(
    ("moment", "late"),
    [
        ("T16:59:00Z", False),  # one minute before midnight in Sekayu
        ("T17:01:00Z", True),  # the day after has begun there, though not in Greenwich
    ],
)
def test_the_day_changes_at_midnight_where_the_reader_is(reader, scripted, moment, late):
    ours = tables()
    day: date = min(check_by(row, "agency", ours.limits) for row in ours.rows("agencies") if row["listing"] == "listed")
    opened = reader("/agencies/", f"{day}{moment}")
    assert opened.is_visible(".ask > .warning") is (late and scripted)
