"""Sentences, dates and amounts in the hub's two languages.

Indonesian stands under the plain key and English under the key with ``@en``, in every file of the hub.
"""

import tomllib
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

LANGUAGES = ("id", "en")

MONTHS = {
    "id": ("Januari", "Februari", "Maret", "April", "Mei", "Juni",
           "Juli", "Agustus", "September", "Oktober", "November", "Desember"),
    "en": ("January", "February", "March", "April", "May", "June",
           "July", "August", "September", "October", "November", "December"),
}  # fmt: skip
SYMBOLS = {"IDR": "Rp", "MYR": "RM", "TRY": "TL ", "EUR": "€", "HKD": "HK$", "AED": "Dh", "USD": "US$"}
NOUNS = {
    "hours": ("jam", "hour", "hours"),
    "minutes": ("menit", "minute", "minutes"),
    "days": ("hari", "day", "days"),
    "weeks": ("minggu", "week", "weeks"),
    "months": ("bulan", "month", "months"),
    "years": ("tahun", "year", "years"),
    "people": ("orang", "person", "people"),
    "villages": ("desa", "village", "villages"),
    "items": ("", "", ""),
    "times": ("kali", "time", "times"),
    "none": ("", "", ""),
    "km2": ("km²", "km²", "km²"),
    "km": ("km", "km", "km"),
    "percent": ("persen", "per cent", "per cent"),
}


class Words:
    """The sentences of one or more TOML files of flat keys."""

    def __init__(self, *paths: Path):
        self._sentences: dict[str, str] = {}
        for path in paths:
            self._sentences |= tomllib.loads(path.read_text(encoding="utf-8"))

    def say(self, language: str, key: str, **values) -> str:
        """The sentence ``key`` in ``language`` ("id" or "en") with ``values`` put in.

        Raises KeyError when the sentence is not written in that language.
        """
        return self._sentences[key if language == "id" else f"{key}@{language}"].format(**values)


def one_or_many(count: int) -> str:
    """How the key of a sentence about ``count`` things ends: Indonesian has one form, English two."""
    return "one" if count == 1 else "many"


def pick(row: dict, key: str, language: str) -> str:
    """The text of ``row[key]`` in ``language``; empty where it is not written."""
    return row.get(key if language == "id" else f"{key}@{language}") or ""


def language_of(wanted: str | None, accepted: str = "") -> str:
    """The language to answer in: ``wanted`` if it is ours, else the first of ours that an Accept-Language
    header names, else Indonesian. Old Android phones send ``in`` for Indonesian."""
    if wanted in LANGUAGES:
        return wanted
    for part in accepted.lower().split(","):
        code = part.split(";")[0].strip().split("-")[0]
        if code in ("id", "in", "ms"):
            return "id"
        if code == "en":
            return "en"
    return "id"


def long_date(day: str | date, language: str) -> str:
    """``2027-01-12`` as "12 Januari 2027" / "12 January 2027"; ``2027-01`` and ``2027`` keep what is known."""
    if isinstance(day, datetime):
        day = day.date()
    parts = str(day).split("-") if day else []
    if len(parts) < 2:
        return "".join(parts)
    month = MONTHS[language][int(parts[1]) - 1]
    return f"{int(parts[2])} {month} {parts[0]}" if len(parts) == 3 else f"{month} {parts[0]}"


def number(value, language: str) -> str:
    """A number with Indonesian (1.234,5) or English (1,234.5) separators, decimals as they were given."""
    value = Decimal(str(value))
    text = f"{value.quantize(1) if value == value.to_integral() else value:,}"
    return text if language == "en" else text.translate(str.maketrans(",.", ".,"))


def money(value, unit: str, language: str) -> str:
    """``value`` in the currency ``unit`` (ISO 4217); round millions of rupiah are written with the word,
    as in Rp100 juta / Rp100 million. Raises KeyError for a currency the hub does not know."""
    value = Decimal(str(value))
    for size, word in ((10**9, ("miliar", "billion")), (10**6, ("juta", "million"))):
        if unit == "IDR" and size <= value < 1000 * size and value % (size // 10) == 0:
            return f"Rp{number(value / size, language)} {word[language == 'en']}"
    return SYMBOLS[unit] + number(value, language)


def amount(value, unit: str, language: str) -> str:
    """``value`` with its unit: money for a currency, else "8 jam" / "8 hours". Raises KeyError for an unknown unit."""
    if unit in SYMBOLS:
        return money(value, unit, language)
    indonesian, one, many = NOUNS[unit]
    noun = indonesian if language == "id" else (one if Decimal(str(value)) == 1 else many)
    return f"{number(value, language)} {noun}".strip()
