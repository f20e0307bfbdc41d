from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tomsapp.exchange.numbers import guarded, plain_exact, plain_number, plain_pounds, printable, unguarded


def test_numbers_are_plain_digits():
    assert plain_number(Decimal("1E+3")) == "1000"
    assert plain_number(Decimal("-0.250")) == "-0.25"
    assert plain_pounds(Decimal(1234)) == "1234.00"
    assert plain_pounds(Decimal("0.0812")) == "0.0812"
    assert plain_exact(Fraction(1, 8)) == "0.125"
    assert plain_exact(Fraction(-10000, 3)) == "-3333.333333…"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "'=", "＝"])
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(start):
    assert guarded(start + "1") == "'" + start + "1"


@pytest.mark.parametrize("text", ["", "1", "a=b", "'tis", "£5", "−5"])
def test_other_text_stays_as_it_is(text):
    assert guarded(text) == text


@given(st.text(st.sampled_from("'=+a\t"), max_size=5))
def test_the_apostrophe_can_be_taken_off_again(text):
    assert unguarded(guarded(text)) == text


def test_what_a_workbook_cannot_hold_is_replaced():
    assert printable("a\x00b\ud800\uffffc\n\td") == "a�b��c\n\td"
