"""Figures written by hand in a page. Every number that can grow old comes from a table, so that it is changed once.

What is left are names that hold a number (UU 18/2017, ID 407), years, and small numbers that are no limit.
"""

import re

from scripts.site.resolve import PLACEHOLDER

_GAP = r"(?:[ \t\u00a0\u202f*_]|&nbsp;|\n(?!\s*\n))*"  # also the marks of bold text, and a line that goes on
_NUMBER = r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+(?:[.,]\d+)*"
_NUMBER = rf"(?:{_NUMBER})"
_RANGE = rf"{_GAP}(?:[–-]|sampai|to|or|atau){_GAP}{_NUMBER}{_GAP}"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_MONTH = (
    r"(?:Jan(?:uar[iy])?|[FP]eb(?:ruar[iy])?|Mar(?:et|ch)?|Apr(?:il)?|Mei|May|Jun[ie]?|Jul[iy]?|Agustus|Ag[tus]|Aug(?:ust)?"
    r"|Sept?(?:ember)?|O[kc]t(?:ober)?|No[vp](?:ember)?|De[sc](?:ember)?)"
)
_CURRENCY = r"Rp|RM|IDR|MYR|EUR|AED|HKD|USD|SGD|TWD|TRY|TL|Dhs?|BGN|KRW|JPY|SAR"
_COIN = r"rupiah|ringgit|lira|euros?|dirhams?|dol[al]ars?|riyals?|won|yen"
_UNIT = (
    r"jam|menit|hari|minggu|bulan|tahun|hours?|minutes?|days?|weeks?|months?|years?|kali|times|kg|km"
    r"|orang|pekerja|warga|keluarga|desa|negara|perusahaan|kasus|TKI|PMI|CPMI|barang"
    r"|people|persons?|workers?|residents?|famil(?:y|ies)|villages?|countries|compan(?:y|ies)|cases?|items?"
)
_SCALE = r"ribu|rb|juta|jt|mil[iy]ar|triliun|thousand|million|billion|trillion"
_DIGIT_WORD = (
    r"setengah|se(?:puluh|belas|ratus|ribu|juta)|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan"
    r"|half|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty"
    r"|(?:thir|four|fif|six|seven|eigh|nine)teen|sixty|seventy|eighty|ninety|a(?= (?:hundred|thousand|million))"
)
_SPELT = rf"\b(?:{_DIGIT_WORD})(?:[ -](?:{_DIGIT_WORD}|belas|puluh|ratus|hundred|{_SCALE}))*"
_CALL = r"telepon|telp|hubungi|nomor|hotline|darurat|call(?: cent(?:re|er))?|ring|dial|phone|number|WA|WhatsApp|SMS"
_AGE = (
    r"umur|usia|berusia|berumur|aged?|minimal|maksimal|minimum|maximum|at least|at most"
    r"|paling (?:lama|sedikit|banyak|lambat)"
)


def _any(pattern: str) -> re.Pattern:
    return re.compile(pattern, re.I)


PATTERNS = [
    ("phone", re.compile(r"\+\d[\d ()./-]{6,}\d|\(0\d{2,4}\)[ .-]?\d[\d .-]{3,}\d")),
    ("phone", re.compile(r"\b0\d{2,4}[ .-]?\d{3,5}(?:[ .-]?\d{2,5})*\b|\b628\d{7,}\b")),
    # "Keputusan Menteri Nomor 260 Tahun 2022" names a decree.
    ("phone", _any(rf"\b(?:{_CALL})\.?(?: kepada | ke |[ :]){_GAP}\d{{3,}}\b(?! (?:tahun|of) \d{{4}}|/)")),
    ("date", _any(rf"\b{_DAY}{_GAP}(?:of )?{_MONTH}\b\.?(?:,?{_GAP}\d{{4}}\b)?")),
    ("date", _any(rf"\b{_MONTH}\b\.?{_GAP}(?:{_DAY},?{_GAP})?\d{{4}}\b|\btanggal{_GAP}\d{{1,2}}\b")),
    ("date", re.compile(r"\b\d{4}[-/]\d{1,2}[-/]\d{1,2}\b|\b\d{1,2}([/.-])\d{1,2}\1(?:\d{4}|\d{2})\b")),
    ("money", _any(rf"(?:\b(?:{_CURRENCY})|(?:\b[A-Z]{{1,2}})?\$|[€£¥₺₩])\.?{_GAP}{_NUMBER}(?:{_GAP}(?:{_SCALE})\b)?")),
    ("money", _any(rf"\b{_NUMBER}{_GAP}(?:(?:{_CURRENCY}|{_COIN})\b|[€$£¥₺₩])")),
    ("money", _any(rf"\b{_NUMBER}{_GAP}(?:{_SCALE})\b(?:{_GAP}(?:{_COIN})\b)?")),
    ("money", _any(rf"{_SPELT} (?:{_COIN}|{_SCALE})\b")),
    ("percent", _any(rf"(?:\b{_NUMBER}{_GAP}|{_SPELT} )(?:[%‰]|(?:persen|per ?cent|pct|per seratus)\b)")),
    # "UU 18 tahun 2017" names a law; it is no limit of 18 years.
    ("limit", _any(rf"\b(?:\d+ ?[x×] ?)?{_NUMBER}(?: ?\(\w+\))?"
                   rf"(?:-|{_GAP}|{_RANGE}|{_GAP}(?:calendar|working|full){_GAP})(?:{_UNIT})\b(?! \d{{4}})")),
    ("limit", _any(rf"\b(?:{_AGE}){_GAP}\d+\b|\b\d{{2}}(?:\+| ke atas\b)|\b\d+(?:[.,]\d+)? ?[x×](?!\w)")),
    ("limit", _any(r"\b(?:pukul|jam) \d{1,2}\b(?:[.:]\d{2})?|\b\d{1,2}[.:]\d{2} ?(?:WI[BTA]+|[ap]\.?m)\b|\b24/7\b")),
    # Any other long number or one with separators, but not a year, nor the number of a law, a form or a standard.
    ("limit", re.compile(r"(?<![\w/.,-])(?<!\bID )(?<!\bISO )(?<!\bWCAG )(?<!\bNo\. )(?<!\bNomor )(?!(?:19|20)\d\d\b)"
                         r"(?:\d{3,}|\d{1,3}(?:[.,]\d+)+)(?![\w/]|[.,]\d)")),
]  # fmt: skip
_NOT_PROSE = re.compile(rf"{PLACEHOLDER.pattern}|\]\([^()\s]*\)|`[^`\n]*`|<!--.*?-->", re.S)


def literal_figures(text: str) -> list[tuple[int, str, str]]:
    """(place in the text, kind, what stands there) for each figure outside placeholders, addresses and code.

    A figure is reported once, under the first of PATTERNS that fits.
    """
    # Blanked, not removed: the places must stay those of the text.
    prose = _NOT_PROSE.sub(lambda found: "\0" * len(found[0]), text)
    found = []
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(prose):
            found.append((match.start(), kind, match[0]))
            prose = prose[: match.start()] + "\0" * len(match[0]) + prose[match.end() :]
    return sorted(found)
