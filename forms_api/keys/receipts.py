"""The receipt: the only key a villager has to a request. Sixteen digits, the last one a check digit.

One secret stands behind each request: it is made from the sender's own token and the answers, so that the same
form sent again gives the same row and the same receipt, and it is kept nowhere. What the store keeps of a
receipt is a slow salted mark and the public half of a key pair; nothing there leads back to the digits.
"""

import hashlib
import json
import re

from argon2.low_level import Type, hash_secret_raw

# The quasigroup of order 10 in H. Michael Damm's dissertation (Marburg 2004): catches every single wrong
# digit and every swap of two neighbours.
DAMM = (
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
)  # fmt: skip
LENGTH = 16
TOKEN = re.compile(r"[0-9A-Za-z_-]{22,64}")  # 128 bits or more, as hex or base64url


class NotAReceipt(ValueError):
    """The text cannot be a receipt: a digit is missing or wrong."""


def content_of(form: str, values: dict) -> bytes:
    """The checked answers to ``form`` as bytes that are the same whenever the answers are."""
    return json.dumps([form, values], ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def secret_of(token: str, content: bytes) -> bytes:
    """The 32 bytes behind a request. Other answers under an old token make another secret: a new request."""
    return _half(hashlib.blake2b(token.encode(), digest_size=32).digest() + content, b"request", 32)


def row_id(secret: bytes) -> str:
    """The id of the request's row: 32 hexadecimal digits from which the secret cannot be found."""
    return _half(secret, b"row", 16).hex()


def digits_of(secret: bytes) -> str:
    """The receipt of a request: 15 digits and their check digit."""
    number = int.from_bytes(_half(secret, b"receipt", 32), "big") % 10 ** (LENGTH - 1)
    text = f"{number:0{LENGTH - 1}d}"
    return text + _check_digit(text)


def read(text: str) -> str:
    """The 16 digits in what a person typed, whatever spaces or hyphens stand between. Raises NotAReceipt."""
    digits = "".join(c for c in text if c.isdecimal() and c.isascii())
    if len(digits) != LENGTH or _check_digit(digits) != "0":
        raise NotAReceipt
    return digits


def grouped(digits: str) -> str:
    """``1234567890123456`` as ``1234 5678 9012 3456``, the way it is shown and read aloud."""
    return " ".join(digits[i : i + 4] for i in range(0, LENGTH, 4))


def derive(digits: str, salt: bytes) -> tuple[str, bytes]:
    """What a receipt opens: its fingerprint (hex, by which its row is found) and the 32 bytes of its key pair's seed.

    One argon2id with OWASP's second set of figures (19 MiB, two passes; Password Storage Cheat Sheet): 20 to 40 ms of
    one core. Its two halves are made apart with BLAKE2b, so that the stored fingerprint says nothing about the seed.
    """
    slow = hash_secret_raw(
        digits.encode(), salt, time_cost=2, memory_cost=19456, parallelism=1, hash_len=32, type=Type.ID
    )
    return _half(slow, b"fingerprint", 32).hex(), _half(slow, b"key pair", 32)


def _half(secret: bytes, person: bytes, size: int) -> bytes:
    return hashlib.blake2b(secret, digest_size=size, person=person).digest()


def _check_digit(digits: str) -> str:
    state = "0"
    for digit in digits:
        state = DAMM[int(state)][int(digit)]
    return state
