"""The receipt: the only key a villager has to a request. Sixteen digits, the last one a check digit."""

import secrets

from argon2.low_level import Type, hash_secret_raw

# The quasigroup of order 10 in H. Michael Damm's dissertation (Marburg 2004): catches every single wrong
# digit and every swap of two neighbours.
DAMM = (
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
)  # fmt: skip
LENGTH = 16


class NotAReceipt(ValueError):
    """The text cannot be a receipt: a digit is missing or wrong."""


def make() -> str:
    """A new receipt: 15 random digits and their check digit."""
    digits = f"{secrets.randbelow(10 ** (LENGTH - 1)):0{LENGTH - 1}d}"
    return digits + _check_digit(digits)


def read(text: str) -> str:
    """The 16 digits in what a person typed, whatever spaces or hyphens stand between. Raises NotAReceipt."""
    digits = "".join(c for c in text if c.isdecimal() and c.isascii())
    if len(digits) != LENGTH or _check_digit(digits) != "0":
        raise NotAReceipt
    return digits


def grouped(digits: str) -> str:
    """``1234567890123456`` as ``1234 5678 9012 3456``, the way it is shown and read aloud."""
    return " ".join(digits[i : i + 4] for i in range(0, LENGTH, 4))


def fingerprint(digits: str, salt: bytes) -> str:
    """What is stored instead of the receipt: argon2id in hex, the same for the same salt, so that it can be
    looked up. Costs about 40 ms (OWASP's second set of figures: 19 MiB, two passes)."""
    return hash_secret_raw(
        digits.encode(), salt, time_cost=2, memory_cost=19456, parallelism=1, hash_len=32, type=Type.ID
    ).hex()


def _check_digit(digits: str) -> str:
    state = "0"
    for digit in digits:
        state = DAMM[int(state)][int(digit)]
    return state
