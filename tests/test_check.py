"""What an editor is told. Every sample under broken/ is named for its one fault."""

from pathlib import Path
from shutil import copytree

import pytest

from scripts import check
from scripts.checks.page_rules import Judge
from scripts.site.pages import Page, read_pages

from .pages import WORDS, tables

BROKEN = Path(__file__).parent / "broken"
OTHER = {"guides/other.md": "# Lain\n", "guides/other.en.md": "# Other\n"}

PAGES = {
    "literal-money": "jumlah uang «Rp350.000» ditulis langsung; pakai [[fact:…]]",
    "literal-percent": "persentase «6 persen» ditulis langsung; pakai [[fact:…]]",
    "literal-date": "tanggal «25 November 2025» ditulis langsung; pakai [[fact:…]]",
    "literal-limit": "angka «8 jam» ditulis langsung; pakai [[fact:…]]",
    "literal-phone": "nomor telepon «0800-1000» ditulis langsung; pakai [[phone:…]]",
    "unknown-fact": "[[fact:law-worker-min-aeg]] tidak dikenal; mungkin maksudnya law-worker-min-age",
    "unknown-phone": "[[phone:zzz]] tidak dikenal; nama-nama yang ada di data/contacts/numbers.csv, kolom pertama",
    "unknown-kind": "[[fakta:law-worker-min-age]] tidak dikenal; mungkin maksudnya fact:law-worker-min-age",
    "placeholder-in-heading": "tanda [[…]] tidak boleh di dalam judul",
    "placeholder-in-link": "tanda [[…]] tidak boleh di dalam teks tautan ke other.md",
    "box-without-title": "kotak tanpa judul; tulis judulnya dalam tanda kutip",
    "html": "HTML tidak dipakai di halaman: <b>",
    "web-address": "alamat web ditulis langsung: https://contoh.example/; pakai [[contact:…]] atau [[source:…]]",
    "two-titles": "halaman harus punya tepat satu judul dengan satu tanda #",
    "no-front-matter": "bagian di antara dua garis --- di awal halaman tidak ada atau salah tulis",
    "unreadable-front-matter": "bagian di antara dua garis --- di awal halaman tidak ada atau salah tulis",
    "short-description": "description sepanjang 15 huruf; tulis 60 sampai 155",
    "related-nowhere": "related menyebut guides/gone.md, yang tidak ada; tulis nama berkas Indonesianya",
    "unknown-action": "action «dance» tidak dikenal; tulis help, training, atau none",
}
PAIRS = {
    "placeholder-left-out": "[[phone:polri-110]] stands in guides/sample.md, but not here",
    "other-link": "other.md stands in guides/sample.md, but not here",
    "other-heading-level": "its headings differ from those of guides/sample.md (2 and 2, or other levels)",
    "other-action": "action differs from guides/sample.md",
}


def sample(name):
    return (BROKEN / name).read_text(encoding="utf-8")


def told(texts, language="id", about="guides/sample.md"):
    """The sentences about one page among these."""
    pages = {name: Page(name, text) for name, text in texts.items()}
    facts = [{"id": "law-worker-min-age", "kind": "law", "amount": "18", "unit": "years", "statement": "F3.1"}]
    judge = Judge(pages, tables(facts=facts), WORDS, language)
    return [what for file, _, what in judge.faults() if file == f"docs/{about}"]


def test_every_broken_sample_is_named_here():
    assert {path.stem for path in (BROKEN / "pages").glob("*.md")} == set(PAGES)
    assert {path.name.split(".")[0] for path in (BROKEN / "pairs").glob("*.en.md")} == {"good", *PAIRS}


@pytest.mark.parametrize("name", PAGES)
def test_a_broken_page_gives_one_sentence(name):
    text = sample(f"pages/{name}.md")
    assert told({"guides/sample.md": text, "guides/sample.en.md": text, **OTHER}) == [PAGES[name]]


def test_a_good_pair_gives_none():
    pair = {"guides/sample.md": sample("pairs/good.md"), "guides/sample.en.md": sample("pairs/good.en.md")}
    assert told(pair) == told(pair, about="guides/sample.en.md") == []


@pytest.mark.parametrize("name", PAIRS)
def test_a_pair_that_differs_is_named_at_the_english_page(name):
    pair = {"guides/sample.md": sample("pairs/good.md"), "guides/sample.en.md": sample(f"pairs/{name}.en.md")}
    assert PAIRS[name] in told(pair, "en", "guides/sample.en.md")


def test_a_page_without_its_twin_is_named():
    alone = {"guides/sample.md": sample("pairs/good.md")}
    assert told(alone) == ["pasangannya tidak ada: guides/sample.en.md"]
    assert told(alone, "en") == ["its twin is missing: guides/sample.en.md"]


@pytest.mark.parametrize(
    "name", ["guides/lap.kb.md", "guides/Biaya.md", "guides/biaya kirim.md", "guides/biaya_kirim.md"]
)
def test_a_file_name_that_the_generator_would_lose_is_refused(name):
    text = sample("pairs/good.md")
    what = told({name: text, Page(name, text).twin: text}, about=name)
    assert what == ["nama berkas hanya boleh huruf kecil, angka, dan tanda hubung, lalu .md atau .en.md"]


def test_a_fault_says_its_line():
    text = sample("pages/literal-limit.md")
    pages = {"guides/sample.md": Page("guides/sample.md", text)}
    places = [place for _, place, what in Judge(pages, tables(), WORDS, "id").faults() if "8 jam" in what]
    assert places == ["baris 8"]


def test_a_page_that_is_not_utf8_is_named_and_a_byte_order_mark_is_forgiven(tmp_path):
    (tmp_path / "sample.md").write_bytes(b"\xef\xbb\xbf" + sample("pairs/good.md").encode())
    (tmp_path / "sample.en.md").write_bytes(sample("pairs/good.en.md").encode("utf-16"))
    texts = {name: page.text for name, page in read_pages(tmp_path).items()}
    assert told(texts, about="sample.md") == []
    assert "this page is not saved as UTF-8; save it again as UTF-8" in told(texts, "en", "sample.en.md")


def test_a_description_that_cannot_be_read_is_a_sentence_and_no_crash(tmp_path):
    package = copytree(BROKEN / "tables", tmp_path / "data")
    (package / "fish.schema.yaml").write_text("fields: [", encoding="utf-8")
    assert len(check.check_data(package, WORDS, "id")) >= 1
    (package / "datapackage.yaml").unlink()
    assert [file for file, _, _ in check.check_data(package, WORDS, "id")] == ["data/datapackage.yaml"]


def test_the_command_ends_with_what_to_do_next(monkeypatch, capsys):
    monkeypatch.setattr(check, "check_data", lambda *_: [("data/x.csv", "baris 2", "salah")])
    monkeypatch.setattr("sys.argv", ["check"])
    assert check.main() == 1
    assert capsys.readouterr().out.splitlines() == [
        "Tabel: 1",
        "  data/x.csv: baris 2: salah",
        "Halaman: belum diperiksa, perbaiki yang di atas dulu",
        "Situs: belum diperiksa, perbaiki yang di atas dulu",
        "1 hal harus diperbaiki. Perbaiki, lalu jalankan lagi perintah yang sama.",
    ]


def test_a_slip_of_the_check_itself_is_a_sentence_too(monkeypatch, capsys):
    monkeypatch.setattr(check, "check_data", lambda *_: {}["nothing"])
    monkeypatch.setattr("sys.argv", ["check", "--en"])
    assert check.main() == 1
    assert "the check itself stumbled (KeyError: 'nothing'); tell a developer" in capsys.readouterr().out


def test_the_command_is_content_when_nothing_is_wrong(monkeypatch, capsys):
    for step in ("check_data", "check_pages", "check_site"):
        monkeypatch.setattr(check, step, lambda *_: [])
    monkeypatch.setattr("sys.argv", ["check", "--en"])
    assert check.main() == 0
    assert capsys.readouterr().out.splitlines()[-1] == "All is well. Next: save your changes."
