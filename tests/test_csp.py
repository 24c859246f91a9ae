"""The policy of the built site names its own scripts and styles by hash, and nothing else that the API forbids."""

import hashlib
import re
from base64 import b64encode

import pytest

from forms_api.pages import inline
from forms_api.pages.headers import HEADERS
from forms_api.pages.inline import WAY_SCRIPTS
from scripts.site import late
from scripts.site.csp import POLICY, sources, write_policy

STRICT = HEADERS["Content-Security-Policy"]


def name(text):
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@pytest.fixture
def site(tmp_path):
    (tmp_path / "en").mkdir()
    (tmp_path / "index.html").write_text("<p>a<script>one()</script><script src='x.js'></script>", encoding="utf-8")
    (tmp_path / "en" / "index.html").write_text("<script>one()</script><p><script>é\n</script>", encoding="utf-8")
    return tmp_path


def test_a_site_without_inline_scripts_has_the_policy_of_the_api():
    assert POLICY.format(script="", style="") == STRICT


def test_each_script_is_named_once_wherever_it_stands(site):
    policy = write_policy(site)
    assert set(re.findall(r"'sha256-[^']+'", policy)) == {name("one()"), name("é\n")}
    assert policy.count(name("one()")) == 1
    assert (site / "csp.txt").read_text(encoding="utf-8") == policy + "\n"


def test_the_policy_differs_from_that_of_the_api_by_the_hashes_only(site):
    policy = write_policy(site)
    assert re.sub(r" 'sha256-[^']+'", "", policy) == STRICT
    assert "unsafe" not in policy


def test_a_script_that_is_loaded_has_no_hash():
    assert sources("<script src='a.js'></script>") == {"script": set(), "style": set()}


def test_a_style_inside_a_page_is_named_too():
    assert sources("<style>p{}</style><p>text</p>")["style"] == {name("p{}")}


def test_text_after_a_script_is_no_script():
    assert sources("<script>a</script>b<p>c</p>")["script"] == {name("a")}


def test_the_real_site_names_what_stands_in_its_pages_and_no_more(built_site):
    """Three sheets, the same few scripts, those of the way from the form to the answer: sent with every page."""
    policy = (built_site / "csp.txt").read_text(encoding="utf-8")
    named = re.search(r"script-src ([^;]+)", policy)[1].split()
    assert named[0] == "'self'"
    assert name(late.script()) in named
    assert {name(inline.script(each)) for each in WAY_SCRIPTS} <= set(named)
    # the late rows', the worker's, the agency answer's, each language's search, the forms' token, and the way's own
    assert len(named) == len(["'self'"]) + 6 + len(WAY_SCRIPTS)
    assert len(re.search(r"style-src ([^;]+)", policy)[1].split()) == 4
    assert len(policy) < 1200
