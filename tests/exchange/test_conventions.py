"""A file's numbers are read as the file writes them; nothing is ever a thousand times what was meant."""

import csv
import io
from decimal import Decimal

import pytest

from tests.exchange.books import book_of
from tests.exchange.examples import AREA, CONTRACT, EDITION
from tests.exchange.previews import read_table
from tomsapp.domain.problems import Severity

HEAD = ("Code", "Year 1", "Year 2", "Contract share", "Cost", "Statement")


def rows_of(*rows, delimiter=";"):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows((HEAD, *rows))
    return read_table(text.getvalue().encode(), "offer.csv", EDITION, CONTRACT, AREA).rows


def codes(row):
    return {problem.code for problem in row.problems if problem.severity is Severity.ERROR}


def test_a_decimal_comma_is_understood_in_a_file_whose_numbers_have_one():
    """In a file of semicolons 0,500 is a half, and 1.234,50 is read beside it."""
    first, second = rows_of(("S41", "0,500", "0,250", "25,5%", "1.234,50"), ("S41", "2500,00", "", "100%", ""))
    assert first.commitment.quantities == (Decimal("0.5"), Decimal("0.25"))
    assert first.commitment.contract_share == Decimal("0.255")
    assert first.commitment.cost == Decimal("1234.5")
    assert second.commitment.quantities == (Decimal(2500), None)
    said = "“0,500” has a decimal comma, as the numbers of this file have; it is read as a number"
    assert [problem.fix for problem in first.problems if problem.message == said] == [
        "Check that 0.500 is what is meant"
    ]


def test_a_number_that_has_two_readings_in_its_file_is_asked_about():
    for texts in (("1,500", ""), ("1.500", ""), ("1.500", "0,5"), ("0.5", "0,5")):
        (row,) = rows_of(("S41", *texts))
        assert codes(row) == {"number-unclear"}
        assert row.commitment is None


def test_a_file_whose_numbers_have_a_point_is_read_so():
    (row,) = rows_of(("S41", "1,500", "12.5"))
    assert row.commitment.quantities == (Decimal(1500), Decimal("12.5"))
    (row,) = rows_of(("S41", "0,500", "1.5"), delimiter=",")
    assert codes(row) == {"number-unclear"}


@pytest.mark.parametrize("text", ["0,500", "2500000,00", "1,25,000"])
def test_a_comma_in_a_text_of_a_workbook_is_never_dropped(text):
    (row, _) = read_table(book_of(["S41", text, 1], ["S41", "1.5", 1]), "a.xlsx", EDITION, CONTRACT, AREA).rows
    assert codes(row) == {"number-unclear"}


def test_a_code_with_a_sign_that_cannot_be_seen_is_found_and_told():
    (row,) = rows_of(("S41\u200b", "40\u200b", "1"))
    assert row.commitment.measure == "S41"
    assert row.commitment.quantities == (Decimal(40), Decimal(1))
    assert [problem.code for problem in row.problems] == ["invisible-signs", "number-in-text", "row-width"]


def test_per_cent_yes_and_dashes_come_in_as_the_person_saw_them():
    def as_percent(sheet):
        sheet["B2"].number_format = sheet["C2"].number_format = "0%"

    book = book_of(["S31", 0.8, 1], ["S30", "Yes", "-"], ["S30", True, "N"], change=as_percent)
    found = read_table(book, "a.xlsx", EDITION, CONTRACT, AREA)
    assert [row.commitment.quantities for row in found.rows] == [(80, 100), (1, None), (1, 0)]


def test_a_part_of_one_where_per_cent_are_asked_for_is_answered_before_it_comes_in():
    found = read_table(book_of(["S31", 0.8, 80]), "a.xlsx", EDITION, CONTRACT, AREA)
    (problem,) = found.differences
    assert problem.message == "“0.8” has no % sign; it is read as 0.8%"
    assert problem.fix == "Say that it is meant so, or write 80% or 0.8% in the file"
