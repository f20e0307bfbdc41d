"""A number that is written in words is read as a whole, or not at all."""

import pytest

from tomsapp.domain.number_words import number_in_words


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("two", 2), ("Twenty-one", 21), ("eighteen", 18), ("nought", 0), ("five hundred and twelve", 512),
        ("one million six hundred thousand", 1_600_000), ("two billion one", 2_000_000_001), ("ninety", 90),
        ("one two", None), ("twenty ten", None), ("twenty nought", None), ("hundred", None), ("twelve hundred", None),
        ("thousand", None), ("one thousand million", None), ("", None), ("and", None), ("total", None),
        ("two2", None), ("two 2", None), ("one " * 25, None),
    ],
)  # fmt: skip
def test_a_number_in_words_is_read_whole_or_not_at_all(text, number):
    assert number_in_words(text) == number
