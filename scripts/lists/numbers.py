"""Licence numbers: text with every digit, told apart by their shape (sources: data/agencies/README.md)."""

import re

KINDS = {13: "nib", 17: "oss_permit", 21: "oss_reference"}
DECREE = "decree"
SHORT = "short"


class NotANumber(ValueError):
    """The cell holds something else than a licence number."""


class DigitsLost(NotANumber):
    """A spreadsheet has made a number of it: zeros in front and digits at the end may be gone."""


def read_number(value: object) -> tuple[str, str]:
    """(kind, number) of a cell: ``nib``, ``oss_permit``, ``oss_reference`` by 13, 17, 21 digits, ``decree`` for the
    number of a decision such as KEP. 459/MEN/2006, ``short`` for digits that may lack one zero in front, and two
    empty texts for a bare word such as SIUP. Raises DigitsLost and NotANumber.
    """
    if isinstance(value, int | float):
        raise DigitsLost(shown(value))
    text = re.sub(r"\s+", " ", str(value)).strip().removeprefix("'").strip()
    if re.fullmatch(r"\d+([.,]\d+)?\s*[eE]\s*\+?\s*\d+|\d{5,}[.,]0*|\d{1,3}([.,]\d{3}){2,}([.,]\d+)?", text):
        raise DigitsLost(text)
    digits = re.sub(r"^(NIB|No|Nomor|Nomer)\b[\s.:]*", "", text, flags=re.IGNORECASE)
    digits = re.sub(r"[\s-]", "", digits)
    if digits.isascii() and digits.isdigit():
        return _by_length(digits)
    if re.match(r"[A-Za-z]", text):
        return (DECREE, text) if re.search(r"\d", text) else ("", "")
    raise NotANumber(text)


def _by_length(digits: str) -> tuple[str, str]:
    if len(digits) in KINDS:
        return KINDS[len(digits)], digits
    if len(digits) + 1 in KINDS:
        return SHORT, digits
    raise NotANumber(digits)


def key(number: str) -> str:
    """A number as it is compared: KEP. 459/MEN/2006 and KEP 459/MEN/2006 are one."""
    return re.sub(r"[^0-9A-Z]", "", number.upper())


def same_nib(one: str, other: str) -> bool:
    """Whether two numbers are of one NIB: an OSS permit number begins with it."""
    return bool(one and other) and one[:13].isdigit() and len(one) != len(other) and one[:13] == other[:13]


def shown(value: float) -> str:
    """A number as a spreadsheet shows it when the column is narrow, so that the editor recognises it."""
    return f"{value:.2E}".replace("E+0", "E+") if abs(value) >= 1e11 else f"{value:.15g}"
