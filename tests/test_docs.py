"""What maintainers read is true: every command, setting, control, key and placeholder is written down."""

import re
from pathlib import Path

import pytest

from forms_api import config
from scripts.site.blocks import BLOCKS
from scripts.site.resolve import INLINE

ROOT = Path(__file__).resolve().parent.parent
MAINTAIN = ROOT / "docs" / "maintain"


def text(name: str) -> str:
    return (MAINTAIN / name).read_text(encoding="utf-8")


def test_every_setting_is_documented_and_no_other():
    read = set(re.findall(r'"(FORMS_[A-Z_]+)"', Path(config.__file__).read_text(encoding="utf-8")))
    assert len(read) >= 5
    assert set(re.findall(r"`(FORMS_[A-Z_]+)`", text("settings.md"))) == read


def test_every_kind_of_placeholder_is_documented():
    for kind in [*INLINE, *BLOCKS]:
        if kind != "village":  # only in pages that the build writes
            assert f"[[{kind}:" in text("write-a-guide.md"), kind


def test_every_control_and_every_key_of_a_form_is_documented(forms):
    page = text("add-a-form.md")
    for control in {field.control for form in forms.values() for field in form.fields}:
        assert f"`{control}`" in page, control
        assert (ROOT / "forms_api" / "templates" / "controls" / f"{control}.html").exists()
    for key in {key.removesuffix("@en") for form in forms.values() for key in form.spec} - {"name", "missingValues"}:
        assert f"`{key}`" in page, key


@pytest.mark.parametrize("path", [ROOT / "README.md", *sorted(MAINTAIN.rglob("*.md"))], ids=lambda path: path.name)
def test_every_link_between_the_maintainers_pages_leads_somewhere(path):
    for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target


def test_every_decision_is_listed():
    listed = text("decisions/README.md")
    for path in (MAINTAIN / "decisions").glob("2*.md"):
        assert path.name in listed, path.name


def test_what_the_privacy_page_promises_is_what_the_forms_keep(forms):
    import csv

    with open(ROOT / "data" / "facts" / "facts.csv", encoding="utf-8", newline="") as file:
        facts = {row["id"]: row for row in csv.DictReader(file)}
    for name, form in forms.items():
        assert facts[f"pdp-keep-{name}"]["amount"] == str(form.spec["keep_months"])
        assert facts[f"pdp-keep-{name}"]["unit"] == "months"
