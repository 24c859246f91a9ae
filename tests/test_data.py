"""The tables are valid, say where they come from, and keep the rules of what may be published."""

import csv
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
PACKAGE = yaml.safe_load((DATA / "datapackage.yaml").read_text(encoding="utf-8"))
TABLES = {each["name"]: each for each in PACKAGE["resources"]}


def rows(name: str) -> list[dict[str, str]]:
    with open(DATA / TABLES[name]["path"], encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def schema(name: str) -> dict:
    return yaml.safe_load((DATA / TABLES[name]["schema"]).read_text(encoding="utf-8"))


def test_frictionless_validates_the_package_as_anyone_would_run_it():
    command = [sys.executable, "-m", "frictionless", "validate", str(DATA / "datapackage.yaml")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", TABLES)
def test_every_row_says_where_it_comes_from_and_when_it_was_checked(name):
    for row in rows(name):
        assert {"source", "source_link", "source_date", "checked_on"} <= set(row)
        assert date.fromisoformat(row["checked_on"]) <= date.today()
        assert re.fullmatch(r"(\d{4}(-\d{2}(-\d{2})?)?)?", row["source_date"])


@pytest.mark.parametrize("name", TABLES)
def test_every_text_is_there_in_both_languages_or_in_neither(name):
    for row in rows(name):
        for column in row:
            if column.endswith("@en"):
                assert bool(row[column]) == bool(row[column.removesuffix("@en")]), (row, column)


@pytest.mark.parametrize("name", TABLES)
def test_every_column_is_explained_in_both_languages_and_every_code_has_its_label(name):
    for field in schema(name)["fields"]:
        assert field["title"] and field["title@en"], field["name"]
        codes = field.get("constraints", {}).get("enum")
        if codes:
            assert list(field["labels"]) == list(field["labels@en"]) == codes, field["name"]


@pytest.mark.parametrize("folder", sorted({Path(each["path"]).parent for each in PACKAGE["resources"]}), ids=str)
def test_every_folder_has_a_readme(folder):
    assert len((DATA / folder / "README.md").read_text(encoding="utf-8")) > 300


def test_the_package_has_real_keys():
    assert all(schema(name).get("primaryKey") for name in TABLES)
    targets = {(name, key["reference"]["resource"]) for name in TABLES for key in schema(name).get("foreignKeys", [])}
    for pair in [("sanctions", "agencies"), ("numbers", "contacts"), ("indicators", "villages"),
                 ("villages", "regency_villages"), ("conditions", "destinations"), ("facts", "statements"),
                 ("references", "statements")]:  # fmt: skip
        assert pair in targets


def test_the_regency_has_its_242_villages_and_wards():
    found = rows("regency_villages")
    assert len(found) == 242
    assert sum(row["type"] == "kelurahan" for row in found) == 13


def test_a_sanction_names_its_decree_its_day_and_its_page():
    assert rows("sanctions")
    for row in rows("sanctions"):
        assert row["decree_no"] and row["date"] and row["source"], row["id"]


def test_a_company_outside_the_list_is_there_only_for_a_sanction():
    sanctioned = {row["agency"] for row in rows("sanctions")}
    for row in rows("agencies"):
        assert row["listing"] == "listed" or row["id"] in sanctioned or row["removed_on"], row["id"]


def test_no_table_calls_an_agency_legal_or_licensed():
    for row in rows("agencies"):
        told = " ".join(row[column] for column in ("note", "note@en")).lower()
        assert not re.search(r"\b(legal|resmi|berizin|aman|licensed|safe)\b", told), row


def test_a_licence_number_is_text_with_all_its_digits():
    for row in rows("agencies"):
        assert re.fullmatch(r"(\d{13}|\d{17}|\d{21})?", row["licence_no"]), row["id"]
    assert any(row["licence_no"].startswith("0") for row in rows("agencies"))


def test_both_villages_are_proposed_and_not_designated():
    assert {row["id"]: row["status"] for row in rows("villages")} == {
        "ulak-paceh": "proposed",
        "tebing-bulang": "proposed",
    }
    workers = {row["village"]: row["value"] for row in rows("indicators") if row["indicator"] == "workers_abroad"}
    assert workers == {"ulak-paceh": "17", "tebing-bulang": "13"}


def test_the_numbers_for_danger_exist():
    hub = yaml.safe_load((DATA / "hub.yaml").read_text(encoding="utf-8"))
    assert set(hub["danger_numbers"]) <= {row["id"] for row in rows("numbers")}


def test_an_address_of_an_odd_copy_is_never_linked():
    odd = ("106.2.224.58", "feed.ilidea.com", "stg.ntvnews.id", "dev-v4.freemalaysiatoday.com",
           "fbeta.republika.co.id", "souldevice.org")  # fmt: skip
    for name in TABLES:
        for row in rows(name):
            address = row.get("url") or row["source"]
            if any(host in address for host in odd):
                assert row.get("link", row["source_link"]) == "false", row


def test_each_fact_has_exactly_one_value():
    for row in rows("facts"):
        values = [bool(row["amount"] and row["unit"]), bool(row["day"]), bool(row["text"])]
        assert sum(values) == 1, row["id"]


def test_penalties_that_nobody_has_checked_are_not_printed():
    for row in rows("statements"):
        if row["id"] in ("F4.2", "F5.10", "F5.18", "F5.19"):
            assert not re.search(r"Rp|\d+ (tahun|years)", row["text"] + row["text@en"]), row["id"]
