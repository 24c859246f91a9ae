"""Tables as the site reads them."""

import pytest

from scripts.site.rows import Tables, is_true

PACKAGE = """
name: small
resources:
  - {name: fish, path: fish/fish.csv, schema: fish/fish.schema.yaml}
"""
SCHEMA = """
primaryKey: [id]
fields:
  - {name: id, type: string}
  - name: water
    type: string
    labels: {river: sungai, sea: laut}
    labels@en: {river: river, sea: sea}
  - {name: name, type: string, title: Nama, title@en: Name}
"""


@pytest.fixture
def data(tmp_path):
    """A data folder of one table."""
    (tmp_path / "fish").mkdir()
    (tmp_path / "datapackage.yaml").write_text(PACKAGE, encoding="utf-8")
    (tmp_path / "fish" / "fish.schema.yaml").write_text(SCHEMA, encoding="utf-8")
    rows = 'id,water,name\ntapah,river,"Tapah, besar"\nbaung,river,Baung\npari,sea,Pari\n'
    (tmp_path / "fish" / "fish.csv").write_text(rows, encoding="utf-8")
    return tmp_path


def test_rows_keep_the_order_and_the_text_of_the_file(data):
    assert [row["name"] for row in Tables(data).rows("fish")] == ["Tapah, besar", "Baung", "Pari"]


def test_rows_are_found_by_their_key(data):
    assert Tables(data).by_id("fish")["baung"]["water"] == "river"
    assert "lele" not in Tables(data).by_id("fish")


def test_rows_are_grouped_by_a_column(data):
    groups = Tables(data).grouped("fish", "water")
    assert {water: [row["id"] for row in rows] for water, rows in groups.items()} == {
        "river": ["tapah", "baung"],
        "sea": ["pari"],
    }


def test_a_table_is_read_once_for_a_build_and_afresh_for_the_next(data):
    tables = Tables(data)
    assert len(tables.rows("fish")) == 3
    (data / "fish" / "fish.csv").write_text("id,water,name\n", encoding="utf-8")
    assert len(tables.rows("fish")) == 3
    assert Tables(data).rows("fish") == []


def test_codes_have_labels_in_both_languages(data):
    assert Tables(data).label("fish", "water", "sea", "id") == "laut"
    assert Tables(data).label("fish", "water", "sea", "en") == "sea"
    with pytest.raises(KeyError, match="lake"):
        Tables(data).label("fish", "water", "lake", "id")


def test_a_table_the_package_does_not_name_is_an_error(data):
    with pytest.raises(KeyError, match="birds"):
        Tables(data).rows("birds")


def test_only_what_a_schema_takes_as_true_is_true():
    assert [is_true(cell) for cell in ("true", "1", "false", "0", "", "yes")] == [
        True,
        True,
        False,
        False,
        False,
        False,
    ]
