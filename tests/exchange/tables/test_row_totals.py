"""A number for all years beside columns of single years: it adds them up, or is all that a row has."""

import pytest

from tests.exchange.tables.offers import book_of_sheets, read, read_rows
from tomsapp.exchange.labelled.labels import IGNORED
from tomsapp.exchange.labelled.uses import year_use

HEAD = ["Code", "Year 1", "Year 2", "Total quantity"]


def warned(offer):
    codes = [(problem.where.row, problem.message) for line in offer.lines for problem in line.problems]
    return [one for one in codes if one[1].startswith("Column D shows")]


def test_a_total_that_the_years_do_not_come_to_is_warned_of():
    offer = read_rows(
        HEAD, ["J11", 1, 2, 7], ["S08", 3, 4, 7], ["V01", 5, 6, "£11"], ["S06", 1, 1, "two"], ["V02", 5, "", ""],
        ["X99", 1, 1, 9],
    )  # fmt: skip
    assert warned(offer) == [(2, "Column D shows 7 in all, and the years come to 3")]
    assert offer.promised[0] == ("J11", "1", "2")


@pytest.mark.parametrize("heading", ["Total target", "Year 9", "Quantity", "Score"])
def test_what_adds_up_no_years_is_no_total(heading):
    assert warned(read_rows([*HEAD[:3], heading], ["J11", 1, 2, 7])) == []
    outside = read_rows([*HEAD, "Year 3"], ["J11", 1, 2, 7, 4])
    assert warned(outside) == []


def test_a_row_that_has_its_only_number_in_the_total_is_read_with_it():
    offer = read_rows(HEAD, ["J11", 1, 2, 3], ["S08", "", "", 8], ["V01", "", "", 0])
    assert offer.labels.sheet("Offer").columns == {0: "code", 1: "year-0", 2: "year-1", 3: "whole"}
    detail = "In 1 line. The contract has 2 years"
    assert offer.told == {"Column D has one number for the whole contract": (detail, "")}
    assert offer.promised == [("J11", "1", "2"), ("S08", "4.0", "4")]
    assert offer.choosing(whole_contract="first").promised == [("J11", "1", "2"), ("S08", "8", None)]
    assert [problem.message for problem in offer.problems] == [
        "Column D has one number for all years: it counts only in rows that have none for a single year"
    ]


def test_a_row_that_has_its_only_number_for_each_year_is_read_with_it():
    offer = read_rows(["Code", "Year 1", "Year 2", "Annual quantity"], ["J11", 1, 2, 10], ["S08", "", "", 8])
    assert offer.promised == [("J11", "1", "2"), ("S08", "8", "8")]
    assert len(offer.problems) == 1


def test_a_hidden_total_is_left_out_only_of_rows_that_have_nothing_else():
    book = book_of_sheets(
        {"Offer": [HEAD, ["J11", 1, 2, 3], ["S08", "", "", 8]]},
        lambda _book, made: made["Offer"].set_column(3, 3, None, None, {"hidden": True}),
    )
    assert read(book).choosing(column_hidden="leave").promised == [("J11", "1", "2"), ("S08", None, None)]


def test_a_total_that_is_not_read_and_is_all_that_a_row_has_is_to_decide():
    offer = read_rows(HEAD, ["J11", 1, 2, 3], *[["S08", "", "", number] for number in (8, 9)])
    ignored = offer.relabelled(offer.labels.with_column("Offer", 3, IGNORED))
    assert ignored.told["Column D is not read"] == (
        "“Total quantity”, 3 numbers: 3, 8, 9. To read it, point at its label. Rows 3 and 4 have no other number", ""
    )  # fmt: skip
    chosen = offer.labels.with_column("Offer", 1, year_use(0))
    assert chosen.sheet("Offer").columns == {0: "code", 1: "year-0", 2: "year-1"}
    many = read_rows(HEAD, ["J11", 1, 2, 3], *[["S08", "", "", number] for number in (7, 8, 9, 10)])
    told = many.relabelled(many.labels.with_column("Offer", 3, IGNORED)).told["Column D is not read"]
    assert told[0].endswith("Rows 3, 4 and 5 and others have no other number")
    one = read_rows(HEAD, ["J11", 1, 2, 3], ["S08", "", "", 7])
    told = one.relabelled(one.labels.with_column("Offer", 3, IGNORED)).told["Column D is not read"]
    assert told[0].endswith("Row 3 has no other number")
