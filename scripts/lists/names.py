"""Company names: what is the same name, and what is only near it."""

import re
import unicodedata
from functools import cache

from rapidfuzz import fuzz, process

FORM_BEFORE = re.compile(r"^(P\s*\.\s*T\b\.?|PT\b\.?|C\s*\.\s*V\b\.?|CV\b\.?)[\s.,]*", re.IGNORECASE)
FORM_AFTER = re.compile(r"(,\s*|\s+)(P\s*\.\s*T\.?|PT\.?|C\s*\.\s*V\.?|CV\.?)$", re.IGNORECASE)
TAIL = re.compile(r"[\s,(]+(PERSERO|TBK)\b[\s.)]*$", re.IGNORECASE)
NEAR, NEAR_FIRST_WORD, LONG = 90, 84, 7  # tried on the whole list: no two of its companies are near


def own(name: str) -> str:
    """The printed name without its legal form, wherever that stands."""
    name = TAIL.sub("", re.sub(r"\s+", " ", name).strip(" .,"))
    return FORM_AFTER.sub("", FORM_BEFORE.sub("", name)).strip(" .,")


@cache
def fold(name: str) -> str:
    """The name for comparing: no legal form, no case, no accents, no marks; words apart by one space."""
    plain = unicodedata.normalize("NFKD", own(name)).upper()
    plain = "".join(each for each in plain if not unicodedata.combining(each))
    plain = re.sub(r"['`´‘’ʼ\"“”„.]", "", plain)
    return re.sub(r"[^\w]+|_", " ", plain).strip()


def key(name: str) -> str:
    """The folded name without spaces: SENTOSAKARYA and SENTOSA KARYA are one."""
    return fold(name).replace(" ", "")


def our_form(name: str) -> str:
    """A new company's name as our table writes it: capitals, PT in front unless the list says CV."""
    form = (
        "CV"
        if re.match(r"C\s*\.?\s*V\b", name, re.IGNORECASE) or re.search(r",\s*CV\.?$", name, re.IGNORECASE)
        else "PT"
    )
    return f"{form} {own(name).upper()}"


def oddity(name: str) -> str:
    """What a person must look at before the name may be printed: ``script``, ``mark``, ``digit``, or nothing.

    Letters of another alphabet that look Latin make two names look like one; a question mark stands where a program
    has lost a letter; a lone digit at the end is a slip.
    """
    if any(each.isalpha() and not unicodedata.name(each, "").startswith("LATIN") for each in name):
        return "script"
    if re.search("[?\ufffd]", name):
        return "mark"
    return "digit" if re.search(r"[^\W\d]\d+$", own(name)) else ""


class NearNames:
    """Finds, among many names, those so near to one that a person should compare them. Never a reason to merge."""

    def __init__(self, names: list[str]):
        folded = [fold(name) for name in names]
        self._sorted = [_sorted(each) for each in folded]
        self._joined = [each.replace(" ", "") for each in folded]
        self._first = [each.partition(" ")[0] for each in folded]
        self._lone = ["" if " " in each else each for each in folded]
        self._beginnings: dict[str, list[int]] = {}
        for at, each in enumerate(folded):
            words = each.split()
            for length in range(2, len(words) + 1):
                self._beginnings.setdefault(" ".join(words[:length]), []).append(at)
        self._whole = {each: at for at, each in enumerate(folded)}

    def to(self, name: str) -> list[int]:
        """The places of the names near ``name``, in their order: nearly the same letters, whatever the order of
        the words; the same beginning of two words or more; without what stands in brackets, too.

        A one-word name is never compared with a part of a longer one, except when it is long and nearly its
        first word (AKARINDKA, AKARINKA UTAMA SEJAHTERA).
        """
        found: set[int] = set()
        for each in {fold(name), fold(re.sub(r"\(.*?\)", " ", name))} - {""}:
            words = each.split()
            found |= _like(_sorted(each), self._sorted, NEAR) | _like("".join(words), self._joined, NEAR)
            found |= set(self._beginnings.get(each, [])) if len(words) > 1 else set()
            found |= {self._whole[" ".join(words[:length])] for length in range(2, len(words))
                      if " ".join(words[:length]) in self._whole}  # fmt: skip
            if len(words[0]) >= LONG:
                found |= _like(words[0], self._first if len(words) == 1 else self._lone, NEAR_FIRST_WORD)
        return sorted(found)


def _sorted(folded: str) -> str:
    return " ".join(sorted(folded.split()))


def _like(text: str, texts: list[str], least: int) -> set[int]:
    return {at for _, _, at in process.extract(text, texts, scorer=fuzz.ratio, score_cutoff=least, limit=20)}
