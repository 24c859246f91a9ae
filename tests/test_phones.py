"""Numbers of any country, as people write them, become E.164; what cannot be rung is refused."""

import pytest

from forms_api.forms.phones import NotAPhone, normalise


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("0812-3456 7890", "+6281234567890"),
        ("62 812 3456 7890", "+6281234567890"),
        ("+62 812-3456-7890", "+6281234567890"),
        ("(0714) 321093", "+62714321093"),
        ("+60 12-345 6789", "+60123456789"),
        ("0060 12 345 6789", "+60123456789"),
        ("+852 5242 2240", "+85252422240"),
        ("+90 532 135 22 98", "+905321352298"),
        ("+359 2 905 70 60", "+35929057060"),
        ("+971 56 332 2611", "+971563322611"),
    ],
)
def test_it_is_kept_as_e164(written, kept):
    assert normalise(written, "ID") == kept


@pytest.mark.parametrize(
    "written", ["abc", "+62", "12345", "0123456789", "+60", "081", "+62 812-3456-7890 ext 5", "++"]
)
def test_what_cannot_be_rung_is_refused(written):
    with pytest.raises(NotAPhone):
        normalise(written, "ID")
