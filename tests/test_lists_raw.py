"""The untidy rows met in real lists (the project's collection of sixty), each treated as it should be."""

import pytest

from .imports import DAY, bring_in
from .lists_files import as_csv, our_rows

LISTED = {row["siskop_id"]: row for row in our_rows() if row["siskop_id"]}
HEADER = ["id", "nama", "nomor_izin", "direktur"]
PRINTED = [  # as the official list prints them; persons' names are invented, their untidiness is real
    ["866", "AMALIA ROZIKIN JAYA", "", ""], ["910", "ANTAR TENAGA MANDIRI", "", ""],
    ["636", "MOMANDSONS SEJAHTERA", "", ""], ["873", "SINAR BERLIAN MANDIRI", "", ""],
    ["916", "PT. ABUNI`MAH SEJAHTERA UTAMA", "0220009352371", ""],
    ["1024", "PT. BALI PARADISE CITRA DEWATA", "9120303550264", ""],
    ["1042", "PT.AL-HIKMAH JAYA BHAKTI", "9120210150683", ""],
    ["2413", "PT AHWA INTERNATIONAL RESOURCE", "0220102361936", ""],
    ["98978", "PT. ANUGERAH BAHARI PASIFIK", "9120206591455", ""],
    ["573171", "PT ANUGERAH BAHARI PASIFIK", "9120206591455", ""],
    ["28616", "PT DAYA HELDIA ABADI", "1506220000819", ""], ["574572", "DAYA HELDIA ABADI", "15062200008190008", ""],
    ["577400", "ACE INDONESIA SUKSESS", "03082500138530001", ""],
    ["580386", "CAHAYA PENDIDIKAN INTERNASIONAL", "91201028521320028", ""],
    ["581623", "SINGA MANPOWER", "202511111156452546912", ""],
    ["579189", "PT Mulia Mandiri Abadi Tasikmalaya", "12880016302910010", ""],
    ["576655", "Garuda Emas Express", "8120107843204", ""],
    ["572068", "International Pioneer Manpower", "1607250104273", ""],
    ["569674", "KTJ Indonesia", "9120218252505", ""], ["580970", "MOJO Global Talent", "2103250037538", ""],
    ["581708", "NAGA CAHAYA ABADI", "22042600916790001", "ЕРАН CONTOH"],
    ["892", "SARANA INSAN MANDIRI", "9120108953006", "SYAFA’CONTOH"],
    ["609", "DWICITRA TRI PATRIA", "9120705781179", "C O N T"], ["533", "BAHRINDO MAHDI", "3101220053273", "CONTOH. S,KOM"],
    ["981", "BALI DUTA MANDIRI", "2911210017225", "DR.DRS. CONTOH, MPD, CHT.CHA"],
    ["934", "BINAWAN INTI UTAMA", "1234002421499", "CONTOH, BE (Hons), Bcom, MM"],
    ["579", "KURNIA BINA RIZKI", "1220000660846", "CONTOH  GANDA"],
    ["569485", "BINTANG BENUAJAYA MANDIRI", "9120204991413", "contoh"],
    ["73278", "PT GRANDA SAMUDRA UTAMA", "9120001141433", ""], ["567981", "YUKO TESA MIRAI", "1306230069753", ""],
    ["714", "ANDHIKA PUTRA MANDIRI", "0220002190687", ""], ["98426", "MEGA AGUNG SEJAHTRA", "0220101252019", ""],
    ["571644", "JIESCO PRO SPERITY", "2102230098724", ""], ["1032", "SENTOSAKARYA ADITAMA", "0220201172135", ""],
    ["848", "ABUL PRATAMAJAYA", "9120109840487", ""], ["524", "ASAMULIA INDOMANPOWER", "9120206441502", ""],
    ["850", "AL WIHDAH JAYA SENTOSA", "9120405230771", ""], ["569306", "MINORI", "9120106121854", ""],
    ["619", "QAFCO", "9120100100843", ""], ["570358", "LPK BSI INDONESIA", "2408230001777", ""],
]  # fmt: skip
DROP_DOWN = [  # a list of names only: where its own number is not SISKOP2MI's
    ["113", "ABDI BELA PERSADA1"], ["750", "ABU"], ["954", "ANUGRAH GRAHA PERTIWI, PT"], ["909", "Al Husein Putra Mandiri"],
    ["972", "ABUNI'MAH SEJAHTERA UTAMA"], ["777", "AKARINDKA"], ["430", "AKARINKA UTAMA SEJAHTERA"], ["883", "ANGKARINKA"],
    ["1222", "AMRITAS MAHESA PRIMA"], ["170", "ASSALAM KARYA MANUNGGAL"], ["1221", "ASSALAM KARYA MANUNGGAL PUTRA"],
    ["138", "ALMAS CORPORATION"], ["688", "ALHIKMAH JAYA BHAKTI"], ["628", "WARDAH"],
]  # fmt: skip
OLDER_HEADER = ["nama_pptkis", "penanggung_jawab", "nomor_pptkis", "tanggal_izin", "nomor_telepon", "nomor_fax", "alamat_kantor",
                "alamat_penampungan", "email", "website", "kode_provinsi"]  # fmt: skip
OLDER = [
    ["PT. AL - WIHDAH JAYA SENTOSA", "", "KEP. 459/MEN/2006", "2006-11-30", "(061) 821 5444", "Fax. 821 0324",
     "Jl. Setia Budi No. 74 C Medan", "", "", "", "12"],
    ["PT. EKORISTI BERKARYA", "", "KEP. 583/MEN/2006", "2006/11/30", "(061) 8476662, 8476663", "Fax. 8474818",
     "Jl. Kapten Muslim No. 69A - Komp. Ruko Griya Riatur Indah Helvetia - Medan", "", "", "", "12"],
    ["Moza Group Indonesia", "", "", "", "0898-0422-566 | 08980422566", "", "JL Beringin Raya Blok 42 No.75", "", "", "", ""],
]  # fmt: skip


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_the_official_lists_own_oddities_change_nothing(delimiter, tmp_path, capsys):
    path = as_csv(tmp_path / "raw.csv", [HEADER, *PRINTED], delimiter)
    seen = bring_in(tmp_path, capsys, path, on=DAY, part=True)
    assert seen.code == 0, seen.said
    assert [seen.count(part) for part in ("Bertambah", "Berubah", "Perlu diputuskan orang", "Tetap")] == [
        0,
        0,
        0,
        len(PRINTED),
    ]
    assert seen.after == seen.before
    assert "CONTOH" not in seen.saved
    assert "SINGA MANPOWER: nomor 21 angka bukan NIB" in seen.said


def test_the_rows_above_are_the_real_ones():
    for siskop_id, name, number, _ in PRINTED:
        ours = LISTED[siskop_id]
        assert ours["licence_no"] == number
        assert ours["name"].casefold().removeprefix("pt ") in name.casefold()


def test_a_drop_down_of_names_adds_nobody_and_asks_about_what_is_near(tmp_path, capsys):
    path = as_csv(tmp_path / "names.csv", [["value", "label"], *DROP_DOWN])
    seen = bring_in(tmp_path, capsys, path, on=DAY, part=True)
    assert (seen.code, seen.count("Bertambah"), seen.after == seen.before) == (0, 0, True)
    known = ["ABUNI'MAH SEJAHTERA UTAMA", "ALHIKMAH JAYA BHAKTI", "ASSALAM KARYA MANUNGGAL", "ANUGRAH GRAHA PERTIWI"]
    ours = {row["name"].removeprefix("PT ").replace("`", "'") for row in our_rows() if row["listing"] == "listed"}
    kept = sum(name in ours or name == "ALHIKMAH JAYA BHAKTI" for name in known) + ("AL HUSEIN PUTRA MANDIRI" in ours)
    assert seen.count("Tetap") == kept
    for told in ("nama «ABDI BELA PERSADA1» berakhir dengan angka", "AMRITAS MAHESA PRIMA: mungkin maksudnya PT AMRITA MAHESA PRIMA",
                 "AKARINDKA: namanya mirip dengan ANGKARINKA", "AKARINDKA: namanya mirip dengan AKARINKA UTAMA SEJAHTERA",
                 "ASSALAM KARYA MANUNGGAL PUTRA: mungkin maksudnya PT ASSALAM KARYA MANUNGGAL", "ALMAS CORPORATION: tidak ada pada kami"):  # fmt: skip
        assert told in seen.said, told
    assert "ABU: mungkin" not in seen.said and "WARDAH: mungkin" not in seen.said


def test_an_older_list_gives_decree_numbers_phones_and_addresses_but_never_a_nib(tmp_path, capsys):
    path = as_csv(tmp_path / "older.csv", [OLDER_HEADER, *OLDER], ",")
    seen = bring_in(tmp_path, capsys, path, on=DAY, part=True)
    assert (seen.code, seen.count("Perlu diputuskan orang")) == (0, 0)
    for siskop_id, decree, phone in (("850", "KEP. 459/MEN/2006", "(061) 821 5444"),
                                     ("955", "KEP. 583/MEN/2006", "(061) 8476662; (061) 8476663")):  # fmt: skip
        row = seen.rows()[f"p3mi-{siskop_id}"]
        assert (row["decree_no"], row["phone"], row["licence_no"]) == (decree, phone, LISTED[siskop_id]["licence_no"])
    assert seen.rows()["p3mi-576860"]["phone"] == "0898-0422-566"
    assert "kolom yang tidak disimpan: tanggal_izin, nomor_fax, alamat_penampungan, kode_provinsi" in seen.said
    assert "kolom nama orang tidak dibaca dan tidak disimpan: penanggung_jawab" in seen.said


@pytest.mark.parametrize(
    "header",
    [["Nama Perusahaan", "NIB", "SIP3MI", "Status"], ["No. SIP3MI", "Director Name", "Address", "Telephone", "Email", "Company Name"],
     ["No", "Nama P3MI", "Alamat", "No. SIP3MI", "Masa Berlaku", "Penanggung Jawab", "Telepon"],
     [*OLDER_HEADER, "negara penempatan", "anggota asosiasi", "kantor cabang"]],
)  # fmt: skip
def test_every_layout_that_was_met_has_known_headings(header, tmp_path, capsys):
    row = ["" for _ in header]
    row[next(n for n, each in enumerate(header) if ("ama" in each and "enanggung" not in each) or "ompany" in each)] = (
        "MINORI"
    )
    seen = bring_in(tmp_path, capsys, as_csv(tmp_path / "a.csv", [header, row]), on=DAY, part=True)
    assert (seen.code, seen.count("Tetap")) == (0, 1), seen.said
