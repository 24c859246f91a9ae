"""What the page's own script takes for the same name, for near, and for neither."""

import pytest

from scripts.lists.names import key
from scripts.site.scripts import script

from .lists_files import our_rows
from .misspellings import RULES, misspellings

pytestmark = pytest.mark.browser
ROWS = our_rows()
FIND = """([entries, texts]) => {
  const book = new NameBook();
  entries.forEach(entry => book.add(entry.name, entry.numbers));
  return texts.map(text => (book.find(text) || []).map(hit => [entries[hit.at].name, hit.match]));
}"""


@pytest.fixture(scope="module")
def find(chromium):
    """Looks texts up among names: for each text its hits as [name, same | part | near], best first."""
    page = chromium.new_page()
    page.add_script_tag(content=script("name-book.js"))

    def look(names, *texts):
        entries = [each if isinstance(each, dict) else {"name": each, "numbers": []} for each in names]
        return page.evaluate(FIND, [entries, texts])

    yield look
    page.close()


OURS = [row["name"] for row in ROWS]
ROWS_WITH_NUMBERS = [{"name": row["name"], "numbers": [row["licence_no"]] * bool(row["licence_no"])} for row in ROWS]
WRITTEN = [
    "PT. BALI PARADISE CITRA DEWATA", "PT.AL-HIKMAH JAYA BHAKTI", "P.T. Ahwa International Resource",
    "ANUGRAH GRAHA PERTIWI, PT", "ABUNI’MAH SEJAHTERA UTAMA", "ABUNI MAH SEJAHTERA UTAMA", "SENTOSA KARYA ADITAMA",
    "Al-Wihdah Jaya Sentosa", "Moza  Group\u00a0Indonesia.", "pt. moza gróup indonesia", "PT Asa Djaja", "Asa Jaya Dua",
    "PTASA JAYA",
]  # fmt: skip


def test_the_same_name_is_what_the_importer_takes_for_the_same(find):
    """Over the whole list, and over ways to write its names."""
    texts = OURS + WRITTEN + [typed for _, typed, _ in misspellings()]
    for text, hits in zip(texts, find(OURS, *texts), strict=True):
        same = {name for name, match in hits if match == "same"}
        assert same == {name for name in OURS if key(name) == key(text)}, text


@pytest.mark.parametrize(
    ("typed", "name", "match"),
    [
        ("doeta banten", "PT DUTA BANTEN MANDIRI", "near"),
        ("duta banten", "PT DUTA BANTEN MANDIRI", "part"),
        ("Djasaboe", "PT JASABU PRIMA", "near"),  # dj and oe: 1901, 1947
        ("Yasabu Prima", "PT JASABU PRIMA", "near"),  # old j is new y
        ("Tjipta Njata", "PT CIPTA NYATA", "near"),
        ("Achmad Sjarif", "PT AHMAD SYARIF", "near"),
        ("kalifah", "PT KHALIFFAH FIERDAUS AULIA", "near"),  # h and double letters
        ("P T  Khaliffah Fierdaus Aulia", "PT KHALIFFAH FIERDAUS AULIA", "same"),  # the legal form with a space
        ("guna berkah", "PT BERKAH GUNA SELARAS", "part"),  # words in another order
        ("wihdah", "PT ALWIHDAH JAYA", "part"),  # inside a word
        ("bidar timur indonesia", "PT BIDAR TIMUR", "held"),  # a word more than the printed name
        ("bidar timoer indonesia", "PT BIDAR TIMUR", "near"),
        ("ptbidartimur", "PT BIDAR TIMUR", "near"),
    ],
)
def test_each_rule_of_hearing_and_writing_brings_a_name_near(find, typed, name, match):
    assert find([name, "PT GENTA GUMI SELAPAWIS"], typed) == [[[name, match]]]


@pytest.mark.parametrize("typed", ["", "pt", "P.T. a", "12", "a b"])
def test_less_than_three_letters_or_digits_find_nothing_yet(find, typed):
    assert find(OURS, typed) == [[]]


def test_a_long_name_may_have_one_slip_in_four_letters_and_never_more_than_four(find):
    name = "PT KHALIFFAH FIERDAUS AULIA"
    near, far = find([name], "kaliffa firdaus olia", "kolifo ferdous oliya")
    assert near == [[name, "near"]]
    assert far == []


def test_where_the_letters_are_found_as_typed_no_other_beginning_is_guessed(find):
    assert find(["PT AL WIHDAH JAYA", "PT BIDAR TIMUR"], "wihdah") == [[["PT AL WIHDAH JAYA", "part"]]]


def test_a_number_is_same_part_or_near_and_of_a_decree_too(find):
    entries = [{"name": "PT A", "numbers": ["9120 3077 7274 1", "KEP. 459/MEN/2006"]}]
    found = find(entries, "9120307772741", "91203", "9120307772714", "9120307772", "1203077", "kep 459/men/2006")
    assert [hits[0][1] if hits else None for hits in found] == ["same", "part", "near", "part", None, "same"]


BESIDE = ["{}, telp 0812-3456-7890", "{} 081234567890", "{} 2026", "{} (izin 459/2006)", "{} Jl. Sudirman No 123",
          "{}\nJalan Raya Bekasi Km 28 No. 5, Jakarta 17141", "Lowongan Malaysia: {}, hubungi +62 812 3456 7890"]  # fmt: skip


@pytest.mark.parametrize("beside", BESIDE)
def test_every_name_of_the_list_is_found_beside_a_telephone_an_address_or_a_year(find, beside):
    for name, hits in zip(OURS, find(ROWS_WITH_NUMBERS, *map(beside.format, OURS)), strict=True):
        assert [name, "held"] in hits[:2], name


@pytest.mark.parametrize(
    ("typed", "name", "match"),
    [
        ("bumi mas 0812-3456-7890", "PT BUMI MAS INDONESIA MANDIRI", "part"),
        ("PT Bumi Mas Sudirman 12", "PT BUMI MAS INDONESIA MANDIRI", "part"),  # a street with no word for it
        ("boemi mas indonesa mandiri telp 0812", "PT BUMI MAS INDONESIA MANDIRI", "near"),
        ("saya ditawari PT bumi mas, hub 0812-3456", "PT BUMI MAS INDONESIA MANDIRI", "part"),
        ("lewat PT boemi mas indonesa mandiri", "PT BUMI MAS INDONESIA MANDIRI", "near"),
        ("bidar timur 12", "PT BIDAR TIMUR", "held"),
        ("bidartimur2026", "PT BIDAR TIMUR", "held"),
    ],
)
def test_a_part_of_a_name_and_a_misspelt_one_are_found_beside_other_words_too(find, typed, name, match):
    assert find([name, "PT GENTA GUMI SELAPAWIS"], typed) == [[[name, match]]]


def test_a_number_answers_beside_a_name_and_is_no_reason_to_trust_another_name(find):
    entries = [{"name": "PT ASA JAYA", "numbers": ["9120 3077 7274 1"]}, {"name": "PT BIDAR TIMUR", "numbers": []}]
    texts = ("Asa Jaya, NIB 9120 3077 7274 1, telp 0812-3456-7890", "Bidar Timur 9120307772741", "PT Lain 9120307772741",
             "Bidar Timur 91203", "SIP3MI 9120307772741")  # fmt: skip
    own, both, other, short, label = find(entries, *texts)
    assert own == [["PT ASA JAYA", "same"]] == label
    assert both == [["PT ASA JAYA", "same"], ["PT BIDAR TIMUR", "held"]]
    assert other == [["PT ASA JAYA", "same"]]
    assert short == [["PT BIDAR TIMUR", "held"]]


def test_a_sentence_about_no_company_of_the_list_finds_none(find):
    texts = ["saya ditawari kerja di PT ini: hub 0812-3456-7890", "Apakah PT itu resmi? 2026", "Gajah Terbang Makmur 2026",
             "PT Langit Biru Cemerlang, Jl. Sudirman No 123", "0812-3456-7890"]  # fmt: skip
    assert find(ROWS_WITH_NUMBERS, *texts) == [[]] * len(texts)


def test_the_rules_make_what_they_say():
    made = misspellings()
    assert [sum(rule == each.__name__ for rule, _, _ in made) for each, _ in RULES] == [29, 29, 29, 29, 28, 28, 28]
    assert all("h" not in typed.lower() for rule, typed, _ in made if rule == "no_h")
    assert {typed[:4] for rule, typed, _ in made if rule == "forms"} >= {"PT. ", "P.T."}
    assert not any(set("uy") & set(typed) for rule, typed, _ in made if rule == "old_letters")
