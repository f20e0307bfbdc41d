"""Bands: how they are read strictly, and what a share gets."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tomsapp.domain.tender.bands import Band, BandsError, bands_fault, part_of, read_bands, write_bands

TYPED = "0% 0; 5% 2; 10% 5"


def test_bands_are_read_and_written():
    bands = read_bands(TYPED)
    assert bands == (
        Band(Fraction(0), Fraction(0)),
        Band(Fraction(1, 20), Fraction(2, 5)),
        Band(Fraction(1, 10), Fraction(1)),
    )
    assert write_bands(bands) == TYPED
    assert read_bands("0% 0\n5% 2 ;10% 5;") == bands
    assert [band.words for band in bands[1:]] == ["from 5%: 2 of 5", "from 10%: 5 of 5"]
    assert read_bands("  ") == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("5% 2", "Nothing is said of shares under 5%"),
        ("0% 0; 5% 2; 5% 3", "“from 5%: 3 of 5” does not rise above “from 5%: 2 of 5”"),
        ("0% 0; 5% 2; 10% 2", "does not rise above"),
        ("0% 0; 10% 2; 5% 3", "does not rise above"),
        ("0% 6", "The mark of “0% 6” is over 5"),
        ("0 0", "“0 0” is no band"),
        ("0%", "“0%” is no band"),
        ("0% 0 0", "“0% 0 0” is no band"),
        ("-1% 0", "“-1% 0” is no band"),
        ("0% 1,5", "“0% 1,5” is no band"),
        ("٠% 0", "is no band"),
        ("; ".join(f"{n}% {n}" for n in range(21)), "There are more than 20 bands"),
    ],
)
def test_what_is_no_band_is_refused(text, said):
    with pytest.raises(BandsError) as caught:
        read_bands(text)
    assert said in caught.value.message
    assert caught.value.fix
    assert bands_fault(text).message == f"It cannot be used: {caught.value.message}"
    assert bands_fault(TYPED) is None


@pytest.mark.parametrize(
    ("share", "part"),
    [("0", "0"), ("0.0499", "0"), ("0.05", "2/5"), ("0.099999", "2/5"), ("0.1", "1"), ("3", "1"), ("-1", "0")],
)
def test_a_share_gets_the_mark_of_the_last_band_that_it_reaches(share, part):
    assert part_of(read_bands(TYPED), Fraction(share)) == Fraction(part)


@given(st.sets(st.integers(1, 9_999), max_size=19), st.data())
def test_bands_come_back_from_their_text(shares, data):
    marks = data.draw(st.sets(st.integers(1, 500), min_size=len(shares), max_size=len(shares)))
    rising = zip(sorted(shares), sorted(marks), strict=True)
    bands = (Band(Fraction(0), Fraction(0)), *(Band(Fraction(s, 10_000), Fraction(m, 500)) for s, m in rising))
    assert read_bands(write_bands(bands)) == bands
