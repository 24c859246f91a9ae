"""What a page says it weighs is what it weighs."""

import re

import pytest

from scripts.site.prices import PLACE, priced, sentence
from scripts.site.stand_ins import KINDS

PAGE = f'<html lang="id"><body><p>Teks</p>{PLACE}</body></html>'


@pytest.mark.parametrize(
    ("weight", "language", "said"),
    [
        (7_949, "id", "Halaman ini 7,9 kB."),
        (7_950, "id", "Halaman ini 8 kB."),
        (7_949, "en", "This page is 7.9 kB."),
        (32_300, "en", "This page is 32.3 kB."),
        (49, "id", "Halaman ini 0 kB."),
    ],
)
def test_a_weight_is_said_in_tenths_of_a_thousand_bytes(weight, language, said):
    assert sentence(weight, language) == said


def test_every_page_of_the_real_site_says_the_weight_of_its_packed_copy(built_site):
    said = {}
    for path in set(built_site.rglob("*.html")) - {built_site / f"{name}.html" for name in KINDS}:
        language = "en" if path.relative_to(built_site).parts[0] == "en" else "id"
        found = re.findall(r'<p class="price">([^<]+)</p>', path.read_text(encoding="utf-8"))
        assert found == [sentence(path.with_name(path.name + ".br").stat().st_size, language)], path
        said[found[0]] = path
    assert len(said) > 40


def test_the_sentence_is_weighed_with_the_page():
    made = priced(PAGE, lambda text: 1000 + 10 * len(text))
    assert sentence(1000 + 10 * len(made), "id") in made


def test_a_figure_that_makes_itself_wrong_is_helped_by_a_space_that_nobody_sees():
    """8 is shorter than 7,9: here every figure is wrong until something else moves the weight."""
    made = priced(PAGE, lambda text: 7_952 if "7,9" in text else 7_948 + 9 * len(re.findall(r"</p> *</body>", text)[0][4:-7]))
    weight = 7_952 if "7,9" in made else 7_948 + 9 * len(re.findall(r"</p> *</body>", made)[0][4:-7])
    assert sentence(weight, "id") in made
    assert re.search(r"</p> +</body>", made)


def test_a_weight_that_no_figure_fits_stops_the_build():
    with pytest.raises(ValueError, match="no figure is right"):
        priced(PAGE, lambda text: 2_000 if "Halaman ini 1 kB" in text else 1_000)


def test_what_the_api_answers_says_nothing_of_its_weight(siti):
    assert 'class="price"' not in siti.get("/follow-up").text
