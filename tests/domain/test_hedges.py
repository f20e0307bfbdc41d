"""Words and marks beside a number are taken off only where they leave one number as it is."""

import pytest

from tomsapp.domain.hedges import without_hedge


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("12*", "12"), ("12 †", "12"), ("12¹", "12"), ("12 [1]", "12"), ("12 (est.)", "12"), ("c. 12", "12"),
        ("ca 12", "12"), ("circa 12", "12"), ("~12", "12"), ("≈ 12", "12"), (">=5", "5"), ("≥5", "5"), ("<12", "12"),
        ("Up to 12", "12"), ("Min. 12", "12"), ("at least 12", "12"), ("no more than 12", "12"), ("12+", "12"),
        ("12 or more", "12"), ("12 approx.", "12"), ("approx £1,000", "£1,000"), ("12 - TBC", "12"), ("12 est.*", "12"),
        ("£250,000 (capped)", "£250,000"), ("about 12 weeks (est.)", "12 weeks"), ("80%*", "80%"), ("-12*", "-12"),
        ("yes - accredited", "yes"), ("Yes (since 2025)", "Yes"), ("No, but soon", "No"),
        ("12 per year", "12"), ("12 p.a.", "12"), ("£5k pa", "£5k"), ("£1,000/yr", "£1,000"), ("12 (each year)", "12"),
        ("12 annually*", "12"),
    ],
)  # fmt: skip
def test_what_leaves_a_number_as_it_is_is_taken_off(text, left):
    assert without_hedge(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "12", "10-12", "10 to 12", "12 / 14", "2 x 6", "TBC", "*", "12 (24 in all)", "12 FTE", "c12", "x12", "Yes",
        "nobody", "12 in total", "12 per month", "12 (weekly)", "3 each week*", "£1,000 + VAT", "(5)", "30 min", "",
        "12 months", "121",
    ],
)  # fmt: skip
def test_another_text_stays_as_it_is(text):
    assert without_hedge(text) == text


def test_of_a_whole_contract_a_number_for_a_year_is_another():
    assert without_hedge("12 per year", is_yearly=False) == "12 per year"
    assert without_hedge("12 (per annum)*", is_yearly=False) == "12 (per annum)*"
    assert without_hedge("12 in total", is_yearly=False) == "12"


def test_no_more_than_a_few_are_taken_off():
    assert without_hedge("12*" + " (a)" * 4) == "12*"
