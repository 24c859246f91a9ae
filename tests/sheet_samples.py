"""What a person may type wrong into the template of the table ``fish``, and what is said of it."""

from datetime import datetime

# One wrong thing typed into a cell of the template: what is said, at the cell's own address. Row 4 is "belida".
TYPED = {
    "formula": ("E4", "=2*2", "sel E4 (Berat)", "sel ini berisi rumus; tabel hanya menerima isi. Ketik isinya, atau "
                "salin lalu Tempel Spesial → Nilai"),
    "number-in-a-text": ("B4", 812, "sel B4 (Nama)", "sel ini berisi bilangan (812), padahal kolomnya teks; nol di "
                         "depan mungkin sudah hilang. Jadikan selnya Teks, lalu ketik ulang"),
    "phone-as-number": ("L4", 8001000, "sel L4 (Telepon)", "sel ini berisi bilangan (8001000), padahal kolomnya teks; "
                        "nol di depan mungkin sudah hilang. Jadikan selnya Teks, lalu ketik ulang"),
    "digits-past-15": ("J4", 12345678901234567, "sel J4 (Nomor izin)", "sel ini berisi bilangan lebih dari 15 angka; "
                       "Excel sudah membuang angka-angka terakhirnya. Jadikan selnya Teks, lalu salin lagi nomornya "
                       "dari sumber"),
    "lost-zero": ("J4", 220100231234, "sel J4 (Nomor izin)", "«220100231234» hanya 12 angka, seharusnya 13: Excel "
                  "membuang nol di depan. Cocokkan dengan sumbernya, tulis 0220100231234, dan jadikan kolomnya Teks "
                  "di Excel"),
    "month-as-day": ("K4", datetime(2026, 1, 1), "sel K4 (Terlihat)", "Excel menjadikan sel ini tanggal atau jam "
                     "(2026-01-01). Jadikan selnya Teks, lalu ketik ulang"),
    "yes-in-a-text": ("B4", True, "sel B4 (Nama)", "Excel menjadikan sel ini TRUE. Jadikan selnya Teks, lalu ketik "
                      "ulang"),
    "unclear-date": ("G4", "1/2/2027", "sel G4 (Ditangkap pada)", "«1/2/2027» bukan bentuk tanggal di sini. Kalau "
                     "maksudnya 1 Februari 2027, tulis 2027-02-01"),
    "unknown-code": ("I4", "grilled", "sel I4 (Keadaan)", "«grilled» bukan kode kolom ini. Tulis salah satu: fresh "
                     "(segar), smoked (asap)"),
    "points-nowhere": ("D4", "ogan", "sel D4 (Sungai)", "«ogan» tidak ada di tabel Sungai (data/rivers.csv, kolom A). "
                       "Tulis kode yang ada di sana, atau tambahkan dulu barisnya di sana"),
    "key-used-twice": ("A4", "tapah", "sel A4 (Kode)", "«tapah» sudah dipakai di baris 3. Kalau barisnya sama, hapus "
                       "salah satu; kalau berbeda, tulis yang lain di sini"),
    "english-missing": ("C4", None, "sel C4 (Nama (Inggris))", "teks Indonesianya ada di kolom B («Ikan belida»), "
                        "bahasa Inggrisnya belum. Tulis bahasa Inggrisnya di sel ini"),
    "heading-unknown": ("J2", "izin", "J2", "tabel ini tidak punya kolom «izin». Hapus kolomnya"),
    "heading-twice": ("J2", "id", "J2", "judul «id» sudah ada di kolom A. Hapus salah satu dari kedua kolom itu"),
}  # fmt: skip
