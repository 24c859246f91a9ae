"""What an editor is told about a table. Every sample under broken/tables/ is named for its one fault."""

import tomllib
from pathlib import Path
from shutil import copytree
from types import SimpleNamespace

import pytest
from frictionless import Error, Package
from frictionless.checks import baseline

from forms_api.words import Words
from scripts.checks import data_rules
from scripts.checks.table_faults import SENTENCES, Reader
from scripts.checks.table_files import BadFile, Table, read_rows
from scripts.checks.table_hints import example, meant_day
from scripts.checks.table_said import Teller
from scripts.site import sentences

from .pages import ROOT, WORDS
from .table_samples import SAMPLES

BROKEN = Path(__file__).parent / "broken" / "tables"
GOOD = {"fish", "rivers", "good-byte-order-mark", "good-windows-line-ends"}
# Said where the schema or the package is changed, not the table; (file, old text, new text): sentence.
DESCRIBED = {
    ("fish.schema.yaml", "{required: true, unique: true, pattern:", "{pattern:"): (
        "key-used-twice",
        "kunci baris ini (id) kosong atau sudah dipakai baris lain. Tulis kunci yang belum dipakai",
    ),
    ("fish.schema.yaml", "name: number, type: string", "name: number, type: time"): (
        "fish",
        "«0812-9007-0027» bukan isi yang diminta kolom ini (jenisnya time). Lihat "
        "keterangan kolomnya di berkas .schema.yaml",
    ),
    ("fish.schema.yaml", "maxLength: 20", "minLength: 11"): (
        "fish",
        "«Ikan tapah» terlalu pendek (10 huruf). Paling sedikit 11 huruf",
    ),
    ("fish.schema.yaml", "title@en: Weight, ", ""): (
        "fish",
        "kolom weight di skema belum punya title@en. Tulis title@en di berkas .schema.yaml-nya",
    ),
    ("fish.schema.yaml", "smoked: asap", "grilled: bakar"): (
        "fish",
        "kode smoked di kolom state belum punya sebutan. Tulis di bawah labels pada berkas .schema.yaml-nya",
    ),
    ("fish.schema.yaml", "name: name,", "name: nama,"): (
        "fish",
        "skema punya kolom name@en, tetapi tidak punya name. Tambahkan kolom Indonesianya, di skema dan di tabel",
    ),
    ("datapackage.yaml", "path: fish.csv,", "path: fish.csv, hash: 'sha256:0',"): (
        "fish",
        "isinya bukan lagi salinan yang dicatat data/datapackage.yaml (expected is \"0\" and actual is",
    ),
}
# Sentences for errors that no table of ours can meet today; their classes are told in a test of their own.
NOT_MET = {"data.other", "data.size", "data.format", "data.headings", "data.not-utf8", "data.constraint"}


class Listening(Words):
    """Remembers which sentences were said."""

    def __init__(self):
        self.__dict__ = dict(sentences.all_words().__dict__)
        self.said: set[str] = set()

    def say(self, language, key, **values):
        self.said.add(key)
        return super().say(language, key, **values)


@pytest.fixture
def package(tmp_path):
    """A good package of two small tables."""
    return copytree(BROKEN, tmp_path / "data")


def told(package, sample, words=WORDS, language="id"):
    """What is said when the table ``fish`` is this sample."""
    (package / "fish.csv").write_bytes((package / f"{sample}.csv").read_bytes())
    return data_rules.data_faults(package, words, language)


def told_of_description(package, change, words=WORDS):
    file, old, new = change
    text = (package / file).read_text(encoding="utf-8")
    assert old in text
    (package / file).write_text(text.replace(old, new), encoding="utf-8")
    return told(package, DESCRIBED[change][0], words)


def every_class(above=Error):
    """All classes of errors that frictionless has."""
    yield above
    for below in above.__subclasses__():
        yield from every_class(below)


def test_every_sample_is_named_here():
    assert {path.stem for path in BROKEN.glob("*.csv")} == GOOD | {"whole-column", *SAMPLES}


@pytest.mark.parametrize("name", sorted(GOOD - {"rivers"}))
def test_a_good_table_gives_no_sentence(package, name):
    assert told(package, name) == []


@pytest.mark.parametrize("name", SAMPLES)
def test_a_broken_table_gives_its_one_sentence(package, name):
    assert told(package, name) == [("data/fish.csv", *SAMPLES[name])]


@pytest.mark.parametrize("change", DESCRIBED, ids=lambda change: DESCRIBED[change][1][:40])
def test_a_broken_description_gives_its_sentence(package, change):
    assert any(what.startswith(DESCRIBED[change][1]) for _, _, what in told_of_description(package, change))


def test_a_table_that_is_gone_is_said_once(package):
    (package / "rivers.csv").unlink()
    assert data_rules.data_faults(package, WORDS, "id") == [
        ("data/rivers.csv", "", "berkas ini tidak ada. Kembalikan dari simpanan sebelumnya")
    ]


def test_what_a_broken_table_does_to_those_that_point_to_it_is_not_told(package):
    (package / "rivers.csv").write_bytes(b"id\nm\xfcsi\n")
    assert [file for file, _, _ in data_rules.data_faults(package, WORDS, "id")] == ["data/rivers.csv"]
    (package / "rivers.csv").write_bytes(b"id\n")
    assert [file for file, _, _ in data_rules.data_faults(package, WORDS, "id")] == ["data/rivers.csv"]


def test_a_description_that_is_no_yaml_is_told_at_its_file_without_this_machines_folders(package):
    (package / "fish.schema.yaml").write_text("fields: [", encoding="utf-8")
    ((file, place, what),) = data_rules.data_faults(package, WORDS, "id")
    assert (file, place) == ("data/fish.schema.yaml", "")
    assert what.startswith("keterangan tabel salah tulis: ")
    assert str(package) not in what


def test_a_package_without_its_list_of_tables_is_told(package):
    (package / "datapackage.yaml").write_text("name: fish\n", encoding="utf-8")
    ((file, _, what),) = data_rules.data_faults(package, WORDS, "en")
    assert file == "data/datapackage.yaml"
    assert what.startswith("a table's description has a slip: 'resources' is a required property.")


def test_every_class_of_error_has_a_sentence_in_both_languages():
    classes = {each.type for each in every_class()}
    assert len(classes) > 50
    assert classes - set(SENTENCES) == set(), "a new class of frictionless: give it a sentence in words/tables.toml"
    assert set(SENTENCES) - classes == set(), "frictionless has no such class any more"
    known = tomllib.loads((sentences.FOLDER / "tables.toml").read_text(encoding="utf-8"))
    for key in SENTENCES.values():
        assert {key, f"{key}@en"} <= set(known)


def test_no_class_that_frictionless_raises_by_itself_is_left_to_the_last_sentence():
    assert {each.type for each in baseline.Errors if SENTENCES[each.type] == "data.other"} == set()


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("kind", sorted(set(SENTENCES) - set(Reader({}, None).cells)))
def test_an_error_that_says_only_its_class_becomes_a_fault(kind, language):
    error = SimpleNamespace(type=kind, note="expected\nis 3", row_number=4, field_number=1)
    fault = Reader({}, Teller(WORDS, language)).fault(Table("fish", "data/fish.csv", {"fields": []}), error)
    assert (fault.row, fault.column) == (4, 0)
    assert fault.what and "{" not in fault.what and "\n" not in fault.what


def test_a_class_that_frictionless_gets_later_is_told_and_does_not_stumble():
    error = SimpleNamespace(type="comet-error", note="a comet")
    fault = Reader({}, Teller(WORDS, "id")).fault(Table("fish", "data/fish.csv", {}), error)
    assert fault.what == "pemeriksa menolaknya (comet-error: a comet). Kirim baris ini kepada pengembang"


def test_a_rule_of_a_column_that_has_no_sentence_of_its_own_is_told(package):
    table = Table("fish", "data/fish.csv", {"fields": [{"name": "id", "type": "string", "title": "Kode"}]})
    error = SimpleNamespace(type="constraint-error", note='constraint "jsonSchema" is "{}"', cell="x", row_number=2,
                            field_number=1)  # fmt: skip
    fault = Reader({}, Teller(WORDS, "id")).fault(table, error)
    assert fault.what.startswith("«x» melanggar aturan kolom ini (jsonSchema: {})")


def test_every_sentence_about_tables_has_a_sample(tmp_path):
    words = Listening()
    for number, name in enumerate([*SAMPLES, "whole-column"]):
        told(copytree(BROKEN, tmp_path / str(number)), name, words)
    for number, change in enumerate(DESCRIBED):
        told_of_description(copytree(BROKEN, tmp_path / f"described{number}"), change, words)
    broken = copytree(BROKEN, tmp_path / "gone")
    (broken / "rivers.csv").unlink()
    data_rules.data_faults(broken, words, "id")
    (broken / "fish.schema.yaml").unlink()
    data_rules.data_faults(broken, words, "id")
    known = tomllib.loads((sentences.FOLDER / "tables.toml").read_text(encoding="utf-8"))
    wanted = {key for key in known if key.startswith("data.") and not key.endswith("@en")}
    assert wanted - words.said == NOT_MET


@pytest.mark.parametrize("name", SAMPLES)
def test_the_same_fault_is_told_in_english_at_the_same_place(package, name):
    ((_, place, what),) = told(package, name, language="en")
    assert ("Excel row" in place) == ("baris Excel" in SAMPLES[name][0])
    assert what and what != SAMPLES[name][1]


def test_a_column_that_is_wrong_throughout_is_told_in_four_lines(package):
    lines = told(package, "whole-column")
    assert [place for _, place, _ in lines] == [
        f"baris Excel {row}, kolom G (Ditangkap pada)" for row in (2, 3, 4, 8)
    ]
    assert lines[-1][2] == "dan 4 sel lain di kolom ini salah dengan cara yang sama; yang terakhir di sini"


def test_codes_are_told_with_their_labels_in_the_editors_language(package):
    ((_, _, what),) = told(package, "unknown-code", language="en")
    assert what == "“grilled” is no code of this column. Write one of: fresh, smoked"


@pytest.mark.parametrize("cell, day", [
    ("12/01/2027", "2027-01-12"), ("1/31/2027", "2027-01-31"), ("12-1-2027", "2027-01-12"), ("1.2.2027", "2027-02-01"),
    ("12 Nopember 2026", "2026-11-12"), ("46399", "2027-01-12"), ("12/1/27", "None"), ("31/02/2027", "None"),
    ("2026", "None"), ("besok", "None"),
])  # fmt: skip
def test_a_day_is_guessed_only_where_it_is_sure_to_be_one(cell, day):
    assert str(meant_day(cell)) == day


def test_a_long_file_with_an_open_quote_is_told_by_its_cell(tmp_path):
    path = tmp_path / "long.csv"
    path.write_text('id,name\na,"b\n' + "c,d\n" * 200_000, encoding="utf-8")
    with pytest.raises(BadFile) as bad:
        read_rows(path, ["id", "name"])
    assert (bad.value.key, bad.value.row, bad.value.column) == ("data.quote", 2, 1)


def test_every_column_with_a_shape_has_an_example_to_show():
    tables = data_rules.package_tables(Package(str(ROOT / "data" / "datapackage.yaml")))
    for table in tables.values():
        table.rows = read_rows(ROOT / table.file, table.names)
        for field in table.fields:
            if field.get("constraints", {}).get("pattern"):
                assert example(table, field), f"{table.name}.{field['name']} needs an example: in its schema"


def test_a_table_that_may_be_empty_gives_no_sentence(package):
    schema = package / "fish.schema.yaml"
    schema.write_text("may_be_empty: true\n" + schema.read_text(encoding="utf-8"), encoding="utf-8")
    assert told(package, "only-headings") == []
