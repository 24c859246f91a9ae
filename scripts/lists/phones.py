"""Company phones out of cells that hold two of them, words, and numbers that lean on the one before."""

import re

from forms_api.forms.phones import NotAPhone, normalise

AREA = re.compile(r"^\(?\s*(0\d{2,3})\s*\)?(?=[\s\-–)])")
FAX = re.compile(r"\bfa[xk]s?\w*\b", re.IGNORECASE)
WORDS = re.compile(
    r"\b(telepon|telpon|telp|tlp|tel|phone|hp|wa|whatsapp|mobile|hotline|kantor|no)\b[\s.:]*", re.IGNORECASE
)


def read_phones(value: object) -> list[str]:
    """The numbers of a cell as printed, without words and fax numbers, each once.

    "(061) 8476662, 8476663" gives the second one its area code. Raises NotAPhone for anything that cannot be rung,
    and for a number that a spreadsheet has counted with: its zero in front is gone.
    """
    if not isinstance(value, str):
        raise NotAPhone(str(value))
    found: dict[str, str] = {}
    area = ""
    for part in re.split(r"[,;/|\n]|\b(?:dan|atau|or|and)\b|&|(?=\bfa[xk])", value, flags=re.IGNORECASE):
        if FAX.search(part):
            continue
        number = re.sub(r"\s+", " ", WORDS.sub(" ", part)).strip(" .:-")
        if not number:
            continue
        if with_area := AREA.match(number):
            area = with_area[1]
        elif area and re.fullmatch(r"[1-9][\d\s.-]{4,9}", number):
            number = f"({area}) {number}"
        if not re.match(r"[+(0]|62", number):
            raise NotAPhone(number)
        found.setdefault(normalise(number, "ID"), number)
    return list(found.values())


def same_phones(ours: str, new: str) -> bool:
    """Whether two cells of phones hold the same numbers; ``new`` has been read, ours may be of an older kind."""
    try:
        return {normalise(each, "ID") for each in ours.split("; ")} == {
            normalise(each, "ID") for each in new.split("; ")
        }
    except NotAPhone:
        return ours == new
