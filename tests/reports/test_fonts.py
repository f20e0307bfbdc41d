import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reports.sample import fonts
from tomsapp.reports.errors import ReportError
from tomsapp.reports.fonts import (
    BOLD,
    REGULAR,
    REPLACEMENT,
    SEMIBOLD,
    clean_text,
    describe_character,
    load_fonts,
)

COVERED = fonts().covered


def test_the_signs_of_the_field_are_in_every_weight() -> None:
    assert COVERED.issuperset("£€×÷−–≥≤→½·₂²•…’ŵŷẁẃẅ□")


def test_replaced_characters_are_reported_once_and_in_order() -> None:
    result = clean_text("ab\u05e9\u05dc\u05e9 \U0001f600", COVERED)
    assert result.text == "ab" + REPLACEMENT * 3 + " " + REPLACEMENT
    assert result.missing == ("\u05e9", "\u05dc", "\U0001f600")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x00b\x1bc\x7f", "abc"),
        ("a\tb", "a b"),
        ("a\r\nb\u2028c\x0bd", "a\nb\nc\nd"),
        ("a\u202eb\u200bc\ufeffd\u00ade", "a‹U+202E›bcde"),
        ("e\u0301", "é"),
        ("a\u3000b", "a b"),
        ("£1 − 2 × 3", "£1 − 2 × 3"),
    ],
)
def test_signs_that_print_nothing_go_and_spaces_become_plain(text: str, shown: str) -> None:
    result = clean_text(text, COVERED)
    assert result.text == shown
    assert not result.missing


def test_a_lone_surrogate_is_replaced_and_reported() -> None:
    assert clean_text("a\ud800b", COVERED).text == f"a{REPLACEMENT}b"
    assert clean_text("a\ud800b", COVERED).missing == ("\ud800",)
    assert describe_character("\ud800") == "U+D800"
    assert describe_character("\u05e9") == "U+05E9 Hebrew letter shin"


@settings(deadline=None)
@given(st.text(st.characters()))
def test_cleaned_text_is_always_covered_and_clean_again(text: str) -> None:
    result = clean_text(text, COVERED)
    assert set(result.text) <= COVERED | {"\n"}
    assert clean_text(result.text, COVERED).text == result.text
    assert not any(unicodedata.category(char) in {"Cc", "Cf", "Cs"} for char in result.text if char != "\n")
    if result.missing:
        assert REPLACEMENT in result.text


def test_a_digit_has_one_width_in_a_weight() -> None:
    for name in (REGULAR, SEMIBOLD, BOLD):
        assert len({fonts().faces[name].width(digit, 10) for digit in "0123456789£"}) == 1


def test_a_missing_font_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match=r"SourceSans3-Regular\.ttf is missing"):
        load_fonts(tmp_path)
