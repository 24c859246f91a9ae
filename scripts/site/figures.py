"""Figures written by hand in a page. Every number that can grow old comes from a table, so that it is changed once."""

import re

from forms_api.words import MONTHS
from scripts.site.resolve import PLACEHOLDER

_NUMBER = r"\d+(?:[.,]\d+)*"
_MONTH = "|".join(sorted({*MONTHS["id"], *MONTHS["en"]}))
_UNIT = (
    r"jam|menit|hari|minggu|bulan|tahun|hours?|minutes?|days?|weeks?|months?|years?"
    r"|orang|pekerja|desa|people|persons?|workers?|villages?"
)
PATTERNS = [
    ("date", re.compile(rf"\b\d{{1,2}} (?:{_MONTH}) \d{{4}}\b|\b\d{{4}}-\d\d-\d\d\b", re.I)),
    ("money", re.compile(rf"(?:\b(?:Rp|RM|HK\$|US\$|USD|IDR|MYR|EUR|AED|HKD|TRY|TL|Dh)|€)\.? ?{_NUMBER}", re.I)),
    ("money", re.compile(rf"\b{_NUMBER} ?(?:rupiah|ringgit|lira|euros?|dirhams?|dol[al]ars?)\b", re.I)),
    ("money", re.compile(rf"\b{_NUMBER} ?(?:ribu|juta|miliar|thousand|million|billion)\b", re.I)),
    ("percent", re.compile(rf"\b{_NUMBER} ?(?:%|persen\b|per ?cent\b)", re.I)),
    # "UU 18 tahun 2017" names a law; it is no limit of 18 years.
    ("limit", re.compile(rf"\b{_NUMBER}(?:[ -]| ?[–-] ?{_NUMBER} )(?:{_UNIT})\b(?! \d{{4}})", re.I)),
    ("phone", re.compile(r"\+\d[\d ()./-]{6,}\d|\b0\d{2,4}[ .-]?\d{3,5}(?:[ .-]?\d{2,5})*\b")),
    ("phone", re.compile(r"\b(?:telepon|telp|hubungi|nomor|call|ring|dial|phone)\.? \d{3,}\b", re.I)),
]
_NOT_PROSE = re.compile(rf"{PLACEHOLDER.pattern}|\]\([^()\s]*\)|`[^`\n]*`")


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
