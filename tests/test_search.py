"""Search: what the index holds, and the field in a real browser, asked as people ask."""

import csv
import json
import re
from urllib.parse import quote

import brotli
import pytest

from scripts.site.article import Part, read
from scripts.site.search import articles, dialled, index, same, titled, words

from .pages import ROOT
from .test_access import faults

PREFIX = {"id": "", "en": "en/"}
both = pytest.mark.parametrize("language", ["id", "en"])
QUERIES = list(csv.DictReader((ROOT / "tests/queries.csv").read_text(encoding="utf-8").splitlines()))
# What of the queries finds its page among the first three: those written before the ranking was made, and those
# written when it stood.
WANTED = {"before": 0.9, "after": 0.8}
PAGE = """<head><meta name="description" content="Satu kalimat."></head><body><nav>Menu</nav><main>
<nav class="crumbs">Panduan</nav><article><h1 id="a">Judul <b>besar</b></h1><p class="lead">Satu kalimat.</p>
<p>Awal.<sup class="cite"><a>7</a></sup> <small class="overdue" data-late hidden>terlambat</small></p>
<h2 id="uang-kembali">Uang kembali</h2><p>Minta <strong>kuitansi</strong>.</p><script>var rahasia;</script>
<h2 id="x">Lain</h2><svg><path d="M0 0"/></svg><p>Isi.<br>Lagi.</p><h2 id="z">Daftar</h2><ul class="agencies"><li>PT Contoh</li></ul>
<section class="sources"><h2>Sumber</h2><li>berita</li></section></article><footer>Kaki</footer></main></body>"""


def test_an_article_is_read_without_its_furniture():
    article = read(PAGE)
    assert (article.title, article.description) == ("Judul besar", "Satu kalimat.")
    assert [(part.heading, part.anchor) for part in article.parts] == [
        ("", ""), ("Uang kembali", "uang-kembali"), ("Lain", "x")
    ]  # fmt: skip
    assert [part.text for part in article.parts] == ["Satu kalimat. Awal.", "Minta kuitansi.", "Isi. Lagi."]
    assert article.parts[1].loud.split() == ["kuitansi"]


def test_a_page_that_is_not_listed_or_has_no_article_is_not_read():
    assert read(PAGE.replace("<head>", '<head><meta name="robots" content="noindex">')) is None
    assert read("<main><h1>A</h1></main>") is None


def test_words_are_what_the_script_sees():
    assert words("E-KPMI, Türkiye’s «loket» 24 jam") == ["e", "kpmi", "turkiye", "s", "loket", "24", "jam"]


def test_an_anchor_is_written_only_when_the_heading_does_not_tell_it():
    assert titled(Part("Kalau paspor tidak kembali", "kalau-paspor-tidak-kembali")) == "Kalau paspor tidak kembali"
    assert titled(Part("Sanksi menurut tanggal", "sanctions")) == "Sanksi menurut tanggal#sanctions"
    assert titled(Part("Sebelum mengirim", "")) == "Sebelum mengirim#"


def test_a_synonym_leads_only_to_words_that_are_there():
    rows = [{"typed": "tki", "means": "pmi migran"}, {"typed": "unta", "means": "gurun"}]
    assert same(rows, "id", {"migran", "upah"}) == {"tki": "migran"}


def test_a_word_of_the_text_stands_under_its_heading_and_none_that_is_shown_already():
    made = index({"a/": read(PAGE)}, "id", "isi", [], [])
    assert made["pages"] == [
        ["a/", "Judul besar", "Satu kalimat.", "awal", "Uang kembali", "kuitansi minta", "Lain#x", "lagi"]
    ]


def test_a_number_is_known_by_its_digits_where_the_page_shows_it():
    rows = [{"number": "+62 21 2924 4800", "dial": "+622129244800"}, {"number": "0811-1129-129", "dial": "+628111129129"},
            {"number": "129", "dial": "129"}, {"number": "+60 17-668 8032", "dial": "+60176688032"}]  # fmt: skip
    text = "Telepon +62 21 2924 4800 atau 0811-1129-129, dari Malaysia +60 17-668 8032."
    assert dialled(rows, text) == ["02129244800", "08111129129", "60176688032"]


@both
@pytest.mark.browser
def test_every_number_of_the_contacts_is_found_as_it_is_written_and_as_it_is_dialled(reader, language):
    rows = list(csv.DictReader((ROOT / "data/contacts/numbers.csv").read_text(encoding="utf-8").splitlines()))
    asked = [row[column] for row in rows for column in ("number", "dial")]
    three = reader(language).first_three(asked)
    assert [text for text, pages in zip(asked, three, strict=True) if "about/contacts/" not in pages] == []


@both
def test_the_index_leads_to_pages_and_anchors_that_exist(built_site, language):
    root = built_site / PREFIX[language]
    made = json.loads((built_site / f"search/{language}.json").read_text(encoding="utf-8"))
    assert len(made["pages"]) > 45
    for address, article in articles(built_site, language).items():
        html = (root / address / "index.html").read_text(encoding="utf-8")
        for part in article.parts[1:]:
            assert not part.anchor or f'id="{part.anchor}"' in html, (address, part.anchor)
    addresses = {row[0] for row in made["pages"]}
    assert not addresses & {"search/", "editors/", "en/"} and {"", "agencies/", "guides/before/costs/"} <= addresses


@both
def test_the_index_is_small_and_has_nothing_of_the_other_language(built_site, language):
    text = (built_site / f"search/{language}.json").read_text(encoding="utf-8")
    assert len(brotli.compress(text.encode(), quality=11)) <= 7_100
    titles = " ".join(row[1] for row in json.loads(text)["pages"])
    assert ("Siapkan dokumen" in titles, "Get your documents" in titles) == (language == "id", language == "en")


# What Playwright itself says in the place of the page's worker, some time after the load.
BLOCKED = "Service Worker registration blocked by Playwright"


class Reader:
    """Someone on the search page of one language, on a phone."""

    def __init__(self, context, address, language):
        self.asked, self.said = [], []
        self.page = context.new_page()
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: message.text == BLOCKED or self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.url = f"{address}/{PREFIX[language]}search/"
        self.page.goto(self.url)

    def type(self, text):
        self.page.fill("#q", "")
        self.page.type("#q", text)
        # The sentence names the query, so it is the answer to this one.
        self.page.wait_for_function("q => document.querySelector('[role=status]').textContent.includes(q)", arg=text)

    @property
    def found(self):
        return [
            re.sub(r"^[./]*(en/)?", "", link.get_attribute("href")) for link in self.page.query_selector_all(".found a")
        ]

    def first_three(self, queries):
        """The pages that come first for each query, asked by the page's own script in one go."""
        self.page.focus("#q")
        self.type("bpjs")
        links = self.page.evaluate(
            """queries => queries.map(query => {
                const form = document.getElementById('site-search');
                form.querySelector('input').value = query;
                form.dispatchEvent(new Event('submit', { cancelable: true }));
                return [...form.querySelectorAll('.found a')].slice(0, 3).map(link => link.getAttribute('href'));
            })""",
            queries,
        )
        return [{re.sub(r"^[./]*(en/)?|#.*", "", link) for link in three} for three in links]


@pytest.fixture
def reader(chromium, address):
    contexts = []

    def open_search(language, **options):
        contexts.append(
            chromium.new_context(viewport={"width": 360, "height": 740}, service_workers="block", **options)
        )
        return Reader(contexts[-1], address, language)

    yield open_search
    for context in contexts:
        context.close()


@both
@pytest.mark.browser
def test_questions_as_people_ask_them_find_the_right_page_among_the_first_three(reader, language):
    page = reader(language)
    for when, wanted in WANTED.items():
        asked = [row for row in QUERIES if row["language"] == language and row["written"] == when]
        missed = [
            row["query"]
            for row, three in zip(asked, page.first_three([row["query"] for row in asked]), strict=True)
            if not three & set(row["pages"].split())
        ]
        print(f"{language} {when}: {len(asked) - len(missed)} of {len(asked)}; missed: {', '.join(missed) or 'none'}")
        assert len(asked) - len(missed) >= wanted * len(asked)
    assert page.said == []


def test_there_are_sixty_queries_in_each_language_for_pages_that_exist(built_site):
    for language in ("id", "en"):
        assert sum(row["language"] == language and row["written"] == "before" for row in QUERIES) == 60
    for row in QUERIES:
        for page in row["pages"].split():
            assert (built_site / PREFIX[row["language"]] / page / "index.html").exists(), row


@pytest.mark.browser
def test_a_heading_is_found_with_its_page_and_a_line_about_it(reader):
    page = reader("id")
    page.type("gaji terlambat")
    assert page.found[0] == "guides/abroad/contract-trouble/#gaji-terlambat-atau-kurang"
    row = page.page.inner_text(".found li").split("\n")
    assert row[0] == "Gaji terlambat, kerja lain, lembur dipaksa › Gaji terlambat atau kurang"
    assert row[-1].startswith("Langkah bila gaji terlambat")
    assert re.fullmatch(r"\d+ halaman untuk «gaji terlambat».", page.page.inner_text("[role=status]"))


@pytest.mark.browser
@pytest.mark.parametrize(
    "forms", ["berangkat keberangkatan pemberangkatan", "ditipu menipu penipuan", "tki pmi", "calo sponsor"]
)
def test_forms_and_synonyms_find_a_page_in_common(reader, forms):
    page = reader("id")
    found = []
    for form in forms.split():
        page.type(form)
        found.append({each.split("#")[0] for each in page.found})
    assert set.intersection(*found), found


@pytest.mark.browser
def test_half_a_word_and_a_letter_amiss_still_find_it(reader):
    page = reader("id")
    page.type("perpanj")
    assert page.found[0].startswith("guides/abroad/extend-contract/")
    page.type("asurnsi")
    assert any(each.startswith("guides/before/insurance/") for each in page.found)


@both
@pytest.mark.browser
def test_from_three_letters_on_and_by_keyboard_alone(reader, language):
    page = reader(language)
    page.page.focus("#q")
    page.page.keyboard.type("pa")
    page.page.wait_for_timeout(300)
    assert page.found == []
    page.type("bulgaria")
    assert page.found[0] == "guides/abroad/bulgaria/"
    page.page.keyboard.press("Enter")
    assert page.page.evaluate("document.activeElement.closest('.found') !== null")
    page.page.keyboard.press("Enter")
    page.page.wait_for_url(f"**/{PREFIX[language]}guides/abroad/bulgaria/")
    page.page.go_back()
    page.page.wait_for_selector(".found a")
    assert page.page.input_value("#q") == "bulgaria"


@both
@pytest.mark.browser
def test_nothing_but_the_index_is_asked_for_and_only_when_the_field_is_entered(reader, language):
    page = reader(language)
    before = len(page.asked)
    page.page.wait_for_timeout(300)
    assert len(page.asked) == before
    page.type("paspor <b> 100% rahasia $& saya")
    page.type("bulgaria")
    assert [url.rsplit("/", 2)[1:] for url in page.asked[before:]] == [["search", f"{language}.json"]]
    assert page.page.url == page.url  # the list of visited pages shows no word of it to whoever holds the phone next
    assert page.said == []


@both
@pytest.mark.browser
def test_nothing_found_says_what_to_do(reader, language):
    page = reader(language)
    page.type("xyzzyq")
    assert page.found == []
    assert "xyzzyq" in page.page.inner_text("[role=status]")
    links = [
        each.get_attribute("href") for each in page.page.query_selector_all("#site-search div a") if each.is_visible()
    ]
    assert [link.split("/")[-2] for link in links] == ["agencies", "help"]


@both
@pytest.mark.browser
def test_a_language_finds_only_its_own_pages(reader, language):
    page = reader(language)
    page.type("malaysia")
    addresses = page.page.evaluate(
        "[...document.querySelectorAll('.found a')].map(link => new URL(link.href).pathname)"
    )
    assert addresses and all(each.startswith("/en/") is (language == "en") for each in addresses)
    page.type({"id": "overtime", "en": "lembur"}[language])
    assert page.found == []


@both
@pytest.mark.browser
def test_without_scripts_it_is_a_page_of_topics(reader, language):
    page = reader(language, java_script_enabled=False).page
    assert not page.is_visible("#site-search")
    assert len([each for each in page.query_selector_all("article li a") if each.is_visible()]) > 45


@both
@pytest.mark.browser
def test_an_index_that_does_not_come_says_so_and_is_asked_for_again(reader, language):
    page = reader(language)
    page.page.route("**/search/*.json", lambda route: route.abort())
    page.page.fill("#q", "bulgaria")
    page.page.wait_for_function("document.querySelector('[role=status]').textContent !== ''")
    page.page.wait_for_timeout(300)  # longer than the script waits for the next letter
    assert page.page.inner_text("[role=status]") == page.page.get_attribute("[role=status]", "data-fails")
    page.page.unroute("**/search/*.json")
    page.type("bulgaria")
    assert page.found


@both
@pytest.mark.browser
@pytest.mark.parametrize("query", ["bulgaria", "xyzzyq"])
def test_axe_finds_nothing_with_results_and_without(reader, language, query):
    page = reader(language)
    page.type(query)
    assert faults(page.page) == []


@pytest.mark.browser
def test_a_link_may_carry_a_query(reader, address):
    page = reader("id").page
    page.goto("about:blank")
    page.goto(f"{address}/search/#q={quote('paspor ditahan')}")
    page.wait_for_selector(".found a")
    assert page.input_value("#q") == "paspor ditahan"
    assert page.url == f"{address}/search/"


@pytest.mark.browser
def test_a_query_written_into_the_address_by_hand_is_taken_as_it_stands(reader, address):
    reader = reader("id")
    for typed in ("100%", "%E0%A4%A"):
        reader.page.goto("about:blank")
        reader.page.goto(f"{address}/search/#q={typed}")
        reader.page.wait_for_function("q => document.querySelector('[role=status]').textContent.includes(q)", arg=typed)
        assert reader.page.input_value("#q") == typed
    assert reader.said == []
