"""Telephone numbers of any country, as people write them, kept as E.164 (ITU-T E.164: plus sign, digits)."""

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat


class NotAPhone(ValueError):
    """The text is not a telephone number that can be rung from abroad."""


def normalise(text: str, region: str) -> str:
    """``text`` as E.164, e.g. ``0812-3456 7890`` with region ``ID`` gives ``+6281234567890``.

    A number with a country code (+60…, 0060…) needs only a possible length, because number plans change
    faster than any list. A number without one must be valid in ``region`` (ISO 3166), else a Malaysian
    012… would silently become an Indonesian number. Raises NotAPhone.
    """
    written = text.strip()
    abroad = written.startswith(("+", "00"))
    if written.startswith("00"):
        written = "+" + written[2:]
    try:
        number = phonenumbers.parse(written, region)
    except NumberParseException as error:
        raise NotAPhone(text) from error
    fits = phonenumbers.is_possible_number if abroad else phonenumbers.is_valid_number
    if number.extension or not fits(number):
        raise NotAPhone(text)
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)
