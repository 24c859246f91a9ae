"""What a real edit of one guide costs its readers: the Markdown is edited, the hub built, the copy brought up to date.

The weight printed at the foot, the index of the search and the line that says that the English is behind change with
the text, so nothing less than a whole build says what an edit costs.
"""

import shutil

import pytest

from .copies import build, copy_of_hub, edit
from .test_offline import UPDATE, VERSION, own, phone, read, until  # noqa: F401 - two of them are fixtures

pytestmark = pytest.mark.browser
EDIT = 5_000  # bytes, headers and all
# A guide of middling length and the longest one; with and without the English text.
SAID = {
    "before/costs": ("Tanyakan rinciannya sebelum membayar kepada perusahaan.", "Ask the company for a breakdown before you pay."),
    "abroad/malaysia": ("Simpan fotokopi paspor di tempat lain yang aman.", "Keep a copy of your passport in another safe place."),
}
EDITS = [("before/costs", True), ("abroad/malaysia", True), ("abroad/malaysia", False)]


@pytest.fixture(scope="module")
def edited(built_site, tmp_path_factory):
    """The site after each of EDITS. ``built_site`` comes first, so that what did not change is found kept."""
    hub, made = copy_of_hub(tmp_path_factory.mktemp("hub"), kept=True), {}
    for guide, both in EDITS:
        files = [hub / f"docs/guides/{guide}{ending}.md" for ending in ("", ".en")[: 1 + both]]
        before = [file.read_text(encoding="utf-8") for file in files]
        for file, sentence in zip(files, SAID[guide], strict=False):
            edit(hub, file, "\n## ", f"\n\n{sentence}\n\n## ")
        made[guide, both] = build(hub, f"site-{len(made)}")
        for file, text in zip(files, before, strict=True):
            file.write_text(text, encoding="utf-8", newline="\n")
    return made


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(("guide", "both"), EDITS)
def test_an_edited_guide_costs_5_kb_and_is_there_at_the_next_reading(own, phone, edited, guide, both, language):  # noqa: F811
    read(phone, own, language)
    version = VERSION.replace("/id", f"/{language}")
    before = phone.evaluate(version)
    # At once, as a release is put in place: the browser may ask for the worker by itself meanwhile.
    new = shutil.copytree(edited[guide, both], own.site.with_name("new"))
    own.site.rename(own.site.with_name("old"))
    new.rename(own.site)
    phone.evaluate(UPDATE)
    until(phone, version, lambda now: now != before)
    answers = own.wire.take()
    assert sum(each.size for each in answers) <= EDIT, [(each.path, each.size) for each in answers]
    own.wire.cut()
    root = "" if language == "id" else "en/"
    said = SAID[guide][language == "en"] if both or language == "id" else "has changed since it was translated"
    assert said in phone.goto(f"{own.address}{root}guides/{guide}/").text()
    other = f"{root}guides/family/money/index.html"
    assert phone.goto(own.address + other.removesuffix("index.html")).body() == (own.site / other).read_bytes()
