"""The samples under broken/tables/, each with the place and the sentence that an editor reads for it."""

SAMPLES = {
    # the whole file
    "empty-file": ("", "berkas ini kosong. Kembalikan isinya dari simpanan sebelumnya"),
    "only-headings": (
        "",
        "hanya judul kolom, tidak ada satu baris pun. Kembalikan baris-barisnya; kalau memang belum ada "
        "isinya, tulis may_be_empty: true di berkas .schema.yaml-nya",
    ),
    "semicolons": (
        "",
        "kolom-kolomnya dipisah dengan «;», bukan koma; Excel memilihnya menurut setelan komputer. Jalankan "
        "python3 scripts/hub.py table fish data/fish.csv, yang menyimpannya sebagai CSV yang benar",
    ),
    "tabs": (
        "",
        "kolom-kolomnya dipisah dengan «tab», bukan koma; Excel memilihnya menurut setelan komputer. "
        "Jalankan python3 scripts/hub.py table fish data/fish.csv, yang menyimpannya sebagai CSV yang benar",
    ),
    "windows-encoding": (
        "baris Excel 3, kolom C (Nama (Inggris))",
        "huruf «è» tersimpan dengan pengodean Windows (cp1252), bukan UTF-8; ada 1 baris seperti ini. "
        "Jalankan python3 scripts/hub.py table fish data/fish.csv, yang menyimpannya sebagai CSV yang benar",
    ),
    "utf16": (
        "",
        "disimpan Excel sebagai «Unicode Text» (UTF-16). Jalankan python3 scripts/hub.py table fish "
        "data/fish.csv, yang menyimpannya sebagai CSV yang benar",
    ),
    "workbook": (
        "",
        "isinya buku kerja Excel, bukan CSV; namanya saja yang .csv. Jalankan python3 scripts/hub.py table "
        "fish data/fish.csv, yang menyimpannya sebagai CSV yang benar",
    ),
    "nul-byte": (
        "baris Excel 3, kolom B (Nama)",
        "sel ini memuat bita kosong (NUL); berkasnya rusak saat disimpan atau disalin. Ketik ulang sel ini, "
        "atau kembalikan berkasnya dari simpanan sebelumnya",
    ),
    "unclosed-quote": (
        "baris Excel 2, kolom B (Nama)",
        'tanda kutip di sel ini tidak berpasangan, jadi sel-sel sesudahnya ikut tertelan. Tulis " di awal '
        'dan di akhir teksnya; tanda kutip di dalam teks ditulis dua kali ("")',
    ),
    "quote-closed-later": (
        "baris Excel 2, kolom C (Nama (Inggris))",
        'tanda kutip di sel ini tidak berpasangan, jadi sel-sel sesudahnya ikut tertelan. Tulis " di awal '
        'dan di akhir teksnya; tanda kutip di dalam teks ditulis dua kali ("")',
    ),
    "stray-quote": (
        "baris Excel 2, kolom B (Nama)",
        'tanda kutip di sel ini tidak berpasangan, jadi sel-sel sesudahnya ikut tertelan. Tulis " di awal '
        'dan di akhir teksnya; tanda kutip di dalam teks ditulis dua kali ("")',
    ),
    # headings
    "headings-gone": (
        "baris Excel 1",
        "baris pertama bukan judul kolom. Tulis di baris 1: "
        "id,name,name@en,river,weight,pieces,caught_on,for_sale,state,permit,seen,number,dial",
    ),
    "heading-blank": ("baris Excel 1, kolom N", "kolom ini tidak berjudul. Hapus kolomnya, atau kembalikan judulnya"),
    "heading-twice": (
        "baris Excel 1, kolom N",
        "judul «id» sudah ada di kolom A. Hapus salah satu dari kedua kolom itu",
    ),
    "heading-renamed": ("baris Excel 1, kolom J (Nomor izin)", "judul «Nomor izin» tidak dikenal. Tulis permit"),
    "heading-with-space": ("baris Excel 1, kolom E (Berat)", "judul «weight » tidak dikenal. Tulis weight"),
    "heading-unknown": ("baris Excel 1, kolom N", "tabel ini tidak punya kolom «colour». Hapus kolomnya"),
    "heading-missing": ("baris Excel 1", "kolom river (Sungai) tidak ada. Sisipkan lagi sebagai kolom D"),
    "columns-swapped": (
        "baris Excel 1",
        "kolom-kolom tertukar tempat: kolom A berisi name, seharusnya id; kolom B berisi id, seharusnya "
        "name. Urutan yang benar: "
        "id,name,name@en,river,weight,pieces,caught_on,for_sale,state,permit,seen,number,dial",
    ),
    # rows and keys
    "blank-row": ("baris Excel 3", "baris ini kosong. Hapus barisnya"),
    "blank-row-of-commas": ("baris Excel 3", "baris ini kosong. Hapus barisnya"),
    "too-few-cells": (
        "baris Excel 3",
        "baris ini hanya punya 2 sel, seharusnya 13. Periksa koma dan tanda kutipnya; sel kosong pun perlu "
        "koma",
    ),
    "too-many-cells": (
        "baris Excel 3",
        'baris ini punya 14 sel, seharusnya 13. Teks yang memuat koma harus diapit tanda kutip ("…")',
    ),
    "key-used-twice": (
        "baris Excel 3, kolom A (Kode)",
        "«tapah» sudah dipakai di baris Excel 2. Kalau barisnya sama, hapus salah satu; kalau berbeda, tulis "
        "yang lain di sini",
    ),
    "key-empty": ("baris Excel 3, kolom A (Kode)", "sel ini harus diisi. Nama tetap baris ini."),
    "points-nowhere": (
        "baris Excel 3, kolom D (Sungai)",
        "«ogan» tidak ada di tabel Sungai (data/rivers.csv, kolom A). Tulis kode yang ada di sana, atau "
        "tambahkan dulu barisnya di sana",
    ),
    "points-nearly": (
        "baris Excel 3, kolom D (Sungai)",
        "«komeirng» tidak ada di tabel Sungai (data/rivers.csv, kolom A); mungkin maksudnya komering. Tulis "
        "kode yang ada di sana, atau tambahkan dulu barisnya di sana",
    ),
    "english-missing": (
        "baris Excel 3, kolom C (Nama (Inggris))",
        "teks Indonesianya ada di kolom B («Ikan belida»), bahasa Inggrisnya belum. Tulis bahasa Inggrisnya "
        "di sel ini",
    ),
    "indonesian-missing": (
        "baris Excel 3, kolom B (Nama)",
        "teks Inggrisnya ada di kolom C («Knifefish»), bahasa Indonesianya belum. Tulis bahasa Indonesianya "
        "di sel ini",
    ),
    # cells
    "required-empty": ("baris Excel 3, kolom D (Sungai)", "sel ini harus diisi. Kode sungai."),
    "required-code-empty": (
        "baris Excel 3, kolom I (Keadaan)",
        "sel ini harus diisi. Tulis salah satu: fresh (segar), smoked (asap)",
    ),
    "unknown-code": (
        "baris Excel 3, kolom I (Keadaan)",
        "«grilled» bukan kode kolom ini. Tulis salah satu: fresh (segar), smoked (asap)",
    ),
    "label-for-code": (
        "baris Excel 3, kolom I (Keadaan)",
        "«Asap» bukan kode kolom ini; mungkin maksudnya smoked. Tulis salah satu: fresh (segar), smoked "
        "(asap)",
    ),
    "nearly-a-code": (
        "baris Excel 3, kolom I (Keadaan)",
        "«smokd» bukan kode kolom ini; mungkin maksudnya smoked. Tulis salah satu: fresh (segar), smoked "
        "(asap)",
    ),
    "wrong-shape": (
        "baris Excel 3, kolom A (Kode)",
        "«Ikan_Belida» tidak berbentuk seperti isi kolom ini. Tulis seperti tapah. Nama tetap baris ini.",
    ),
    "shape-without-example": (
        "baris Excel 2, kolom J (Nomor izin)",
        "«belum ada» tidak berbentuk seperti isi kolom ini. Tiga belas angka.",
    ),
    "lost-zero": (
        "baris Excel 3, kolom J (Nomor izin)",
        "«220100231234» hanya 12 angka, seharusnya 13: Excel membuang nol di depan. Cocokkan dengan "
        "sumbernya, tulis 0220100231234, dan jadikan kolomnya Teks di Excel",
    ),
    "digits-past-15": (
        "baris Excel 3, kolom J (Nomor izin)",
        "«12345678901234500» berakhir dengan nol karena Excel hanya menyimpan 15 angka pertama. Salin lagi "
        "nomornya dari sumber ke kolom berbentuk Teks",
    ),
    "scientific": (
        "baris Excel 3, kolom J (Nomor izin)",
        "«9.12E+12» adalah nomor panjang yang disingkat Excel; angka-angkanya sudah hilang. Salin lagi "
        "nomornya dari sumber ke kolom berbentuk Teks",
    ),
    "scientific-with-comma": (
        "baris Excel 3, kolom J (Nomor izin)",
        "«9,12E+12» adalah nomor panjang yang disingkat Excel; angka-angkanya sudah hilang. Salin lagi "
        "nomornya dari sumber ke kolom berbentuk Teks",
    ),
    "excel-error": (
        "baris Excel 3, kolom E (Berat)",
        "«#N/A» adalah tanda galat Excel, bukan isi. Tulis isinya, atau kosongkan sel ini",
    ),
    "too-narrow": (
        "baris Excel 3, kolom G (Ditangkap pada)",
        "«########» adalah tanda galat Excel, bukan isi. Tulis isinya, atau kosongkan sel ini",
    ),
    "slashed-date": (
        "baris Excel 3, kolom G (Ditangkap pada)",
        "«12/01/2027» bukan bentuk tanggal di sini. Kalau maksudnya 12 Januari 2027, tulis 2027-01-12",
    ),
    "american-date": (
        "baris Excel 3, kolom G (Ditangkap pada)",
        "«1/31/2027» bukan bentuk tanggal di sini. Kalau maksudnya 31 Januari 2027, tulis 2027-01-31",
    ),
    "written-date": (
        "baris Excel 3, kolom G (Ditangkap pada)",
        "«12 Januari 2027» bukan bentuk tanggal di sini. Kalau maksudnya 12 Januari 2027, tulis 2027-01-12",
    ),
    "date-as-number": (
        "baris Excel 3, kolom G (Ditangkap pada)",
        "«46399» bukan bentuk tanggal di sini. Kalau maksudnya 12 Januari 2027, tulis 2027-01-12",
    ),
    "no-such-day": (
        "baris Excel 3, kolom G (Ditangkap pada)",
        "tanggal «2027-02-31» tidak ada di kalender. Periksa bulan dan harinya",
    ),
    "not-a-date": ("baris Excel 3, kolom G (Ditangkap pada)", "«besok» bukan tanggal. Tulis seperti 2027-01-12"),
    "slashed-month": (
        "baris Excel 3, kolom K (Terlihat)",
        "«01/03/2026» bukan bentuk tanggal di sini. Kalau maksudnya 1 Maret 2026, tulis 2026-03-01",
    ),
    "yes-in-words": ("baris Excel 3, kolom H (Dijual)", "«BENAR» ditulis true di tabel ini"),
    "not-a-boolean": ("baris Excel 3, kolom H (Dijual)", "«mungkin» bukan jawaban. Tulis true (ya) atau false (tidak)"),
    "not-a-number": (
        "baris Excel 3, kolom E (Berat)",
        "«berat» bukan bilangan. Tulis angkanya saja, dengan titik untuk desimal, seperti 1500 atau 620.20",
    ),
    "comma-for-point": (
        "baris Excel 3, kolom E (Berat)",
        "«12,5» ditulis 12.5: tanpa titik ribuan, tanpa mata uang, dan dengan titik untuk desimal",
    ),
    "thousands": (
        "baris Excel 3, kolom F (Jumlah)",
        "«1.500» ditulis 1500: tanpa titik ribuan, tanpa mata uang, dan dengan titik untuk desimal",
    ),
    "not-whole": ("baris Excel 3, kolom F (Jumlah)", "«dua» bukan bilangan bulat. Tulis angkanya saja, seperti 1500"),
    "money-for-number": (
        "baris Excel 3, kolom F (Jumlah)",
        "«Rp1.500.000» ditulis 1500000: tanpa titik ribuan, tanpa mata uang, dan dengan titik untuk desimal",
    ),
    "too-small": ("baris Excel 3, kolom E (Berat)", "«-1» terlalu kecil. Paling sedikit 0"),
    "too-large": ("baris Excel 3, kolom E (Berat)", "«301» terlalu besar. Paling banyak 300"),
    "too-long": (
        "baris Excel 3, kolom B (Nama)",
        "«Ikan belida yang besar sekali» terlalu panjang (29 huruf). Paling banyak 20 huruf",
    ),
    "spaces-around": ("baris Excel 3, kolom B (Nama)", "ada spasi di awal atau akhir. Tulis «Ikan belida» saja"),
    "space-of-the-web": (
        "baris Excel 3, kolom B (Nama)",
        "ada spasi dari halaman web (NBSP) di «Ikan belida»; kelihatannya sama tetapi tidak ditemukan saat "
        "dicari. Hapus dan ketik spasi biasa",
    ),
    "hidden-letter": (
        "baris Excel 3, kolom B (Nama)",
        "ada huruf yang tidak kelihatan (U+200B). Ketik ulang: «Ikanbelida»",
    ),
    "bare-phone": (
        "baris Excel 3, kolom L (Telepon)",
        "«81290070027» kehilangan 0 atau + di depannya. Tulis seperti +6281290070027 atau 0812-9007-0027, "
        "dan jadikan kolomnya Teks di Excel",
    ),
    "dial-differs": (
        "baris Excel 3, kolom M (Nomor putar)",
        "«8001000» tidak sama dengan nomor di sampingnya. Tulis 08001000, atau nomor internasionalnya dengan "
        "+ di depan",
    ),
    "text-of-two-lines": (
        "baris Excel 3, kolom E (Berat)",
        "«berat» bukan bilangan. Tulis angkanya saja, dengan titik untuk desimal, seperti 1500 atau 620.20",
    ),
}
