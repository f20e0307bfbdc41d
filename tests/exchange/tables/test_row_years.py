"""A table may have a row or a group of rows for each year, a file a sheet: what they promise together is one line."""

from datetime import date
from decimal import Decimal

import pytest

from tests.exchange.examples import AREA, CONTRACT, EDITION
from tests.exchange.tables.offers import READER, book_of_sheets, read, read_rows
from tomsapp.domain.contract_dates import contract_years
from tomsapp.exchange.labelled.known import heads_of
from tomsapp.exchange.labelled.labels import IGNORED, RowKind
from tomsapp.exchange.labelled.uses import EACH, ROW_QUANTITY, ROW_YEAR, WHOLE, uses_for

PROMISED = [("J11", "1", "2"), ("S08", "3", "4")]


def problems_of(offer):
    return [
        (problem.where.row, problem.where.column, problem.code, problem.message)
        for line in offer.lines
        for problem in line.problems
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [["Code", "Year", "Quantity"], ["J11", "2026/27", 1], ["J11", "2027/28", 2], ["S08", "2026/27", 3],
         ["S08", "2027/28", 4]],
        [["Ref", "Measure", "Contract year", "Units offered"], ["J11", "", "Year 1", 1], ["S08", "", "Year 1", 3],
         ["J11", "", "Year 2", 2], ["S08", "", "Year 2", 4]],
        [["Code", "Year", "Qty"], ["J11", 1, 1], ["J11", 2, 2], ["S08", 1, 3], ["S08", 2, 4]],
        [["Code", "Financial year", "Qty"], ["J11", 2026, 1], ["J11", 2027, 2], ["S08", 2026, 3], ["S08", 2027, 4]],
        [["Year", "Code", "Qty"], ["FY27", "J11", 1], ["FY27", "S08", 3], ["FY28", "J11", 2], ["FY28", "S08", 4]],
        [["Code", "Period", "Qty", "Lot"], ["J11", "2026-27", 1, 7], ["J11", "2027-28", 2, 7],
         ["S08", "2026-27", 3, 7], ["S08", "2027-28", 4, 7]],
        [["Code", "Year", "Qty"], ["J11", "2026/27", 1], ["", "2027/28", 2], ["S08", "2026/27", 3],
         ["", "2027/28", 4]],
        [["Code", "Year", "Qty"], ["J11", "2026/27", 1], ["J11", "2027/28", 2], ["J11", "Total", 3],
         ["S08", "2026/27", 3], ["S08", "2027/28", 4], ["", "Total", 7]],
        [["Year", "Code", "Qty"], ["Year 1", "J11", 1], ["", "S08", 3], ["Year 2", "J11", 2], ["", "S08", 4]],
        [["Code", "Measure", "Qty"], ["Year 1"], ["J11", "", 1], ["S08", "", 3], ["Year 2"], ["J11", "", 2],
         ["S08", "", 4]],
    ],
)  # fmt: skip
def test_rows_for_each_year_come_to_one_line_of_each_measure(rows):
    offer = read_rows(*rows)
    assert offer.promised == PROMISED
    assert offer.problems == []
    assert [one for one in offer.left_out if not one.guess] == []


def test_a_blank_year_behind_the_code_is_of_no_year_unless_its_cells_are_merged():
    rows = [["Code", "Year", "Qty"], ["J11", "Year 1", 1], ["S08", "", 3], ["S08", "Year 2", 4]]
    assert problems_of(read_rows(*rows)) == [(3, "B", "row-year-unknown", "The row does not say which year it is of")]
    merged = read(book_of_sheets({"Offer": rows}, lambda _, made: made["Offer"].merge_range(1, 1, 2, 1, "Year 1")))
    assert merged.promised == [("J11", "1", None), ("S08", "3", "4")]


def test_days_say_the_year_of_a_row():
    head = ["Code", "Year starting", "Qty"]
    counted = read_rows(head, ["J11", 46113, 1], ["J11", 46478, 2], ["S08", "2026-04-01", 3])
    assert counted.promised == [("J11", "1", "2"), ("S08", "3", None)]


def test_of_two_columns_of_years_neither_is_read_as_that_of_the_row():
    offer = read_rows(["Ref", "Quantity", "Start year", "End year"], ["J11", 3, 2026, 2027], ["S08", 4, 2026, 2026])
    assert offer.labels.sheet("Offer").columns == {0: "code", 1: "whole"}
    assert [problem.code for problem in offer.problems] == ["year-in-rows", "year-in-rows"]


def test_a_year_that_stands_above_is_said():
    offer = read_rows(["Year", "Code", "Qty"], ["Year 1", "J11", 1], ["", "S08", 3], ["Year 2", "J11", 2])
    assert problems_of(offer) == [(3, "A", "row-year-above", "The year above it is read for this row: Year 1")]
    offer = read_rows(["Code", "Year", "Qty"], ["J11", "2026/27", 1], ["", "2027/28", 2], ["S08", "2027/28", 2])
    assert problems_of(offer) == [(3, "A", "code-guessed", "The code above it is read for this row: J11")]


def test_a_row_of_no_year_of_the_contract_is_kept_out_and_named():
    offer = read_rows(["Year", "Code", "Qty"], ["", "J11", 1], ["2029/30", "J11", 2], ["Year 2 (2026/27)", "J11", 3],
                      ["2027/28", "S08", 4])  # fmt: skip
    assert problems_of(offer) == [
        (2, "A", "row-year-unknown", "The row does not say which year it is of"),
        (3, "A", "row-year-unknown", "“2029/30” is not a year of this contract"),
        (4, "A", "row-year-unknown", "“Year 2 (2026/27)” is not a year of this contract"),
    ]
    assert offer.promised[-1] == ("S08", None, "4")
    under = read_rows(["Code", "Qty"], ["J11", 1], ["Year 1"], ["S08", 3], ["Year 2"], ["S08", 4])
    assert problems_of(under) == [(2, "", "row-year-unknown", "The row does not say which year it is of")]
    assert under.promised[-1] == ("S08", "3", "4")


def test_rows_that_say_one_year_twice_or_differ_stay_apart():
    head = ["Code", "Year", "Qty", "Ward", "Share", "Statement", "Cost"]
    ward = next(iter(AREA.wards)).name
    offer = read_rows(
        head, ["J11", "Year 1", 1, "", "", "a", 5], ["J11", "Year 2", 2, "", "", "b", ""],
        ["J11", "Year 2", 3, "", "", "", ""], ["S08", "Year 1", 4, ward, "", "", ""],
        ["S08", "Year 2", 5, "", "", "", ""], ["V01", "Year 1", 6, "", "50%", "", ""],
        ["V01", "Year 2", 7, "", "", "", ""], ["V02", "Year 1", 8, "", "", "", 1], ["V02", "Year 2", 9, "", "", "", 2],
        ["S06", "Year 1", 8, "", "", "a", ""], ["S06", "Year 2", 9, "", "", "a", 2],
    )  # fmt: skip
    assert offer.promised == [
        ("J11", "1", "2"), ("J11", None, "3"), ("S08", "4", None), ("S08", None, "5"), ("V01", "6", None),
        ("V01", None, "7"), ("V02", "8", None), ("V02", None, "9"), ("S06", "8", "9"),
    ]  # fmt: skip
    first, last = offer.lines[0], offer.lines[-1]
    assert (first.commitment.statement, first.commitment.cost) == ("a\nb", Decimal(5))
    assert (last.commitment.statement, last.commitment.cost) == ("a", Decimal(2))
    assert [row.row.number for row in first.rows] == [2, 3]


def test_a_row_that_cannot_be_read_keeps_out_the_whole_line_and_says_its_year():
    offer = read_rows(["Code", "Year", "Qty"], ["J11", "Year 1", 1], ["J11", "Year 2", "some"],
                      ["S08", "Year 2", 2])  # fmt: skip
    assert len(offer.lines) == 2
    assert offer.lines[0].years_unread == {1}


def test_a_struck_or_hidden_row_of_a_year_is_asked_about_as_every_other():
    book = book_of_sheets(
        {"Offer": [["Code", "Year", "Qty"], ["J11", "Year 1", 1], ["J11", "Year 2", 2], ["S08", "Year 1", 3]]},
        lambda _book, made: made["Offer"].set_row(2, None, None, {"hidden": True}),
    )
    offer = read(book)
    assert offer.promised == [("J11", "1", None), ("S08", "3", None)]
    assert offer.told["Row 3 is hidden"] == ("J11, 2, " + offer.told["Row 3 is hidden"][0].split(", ")[-1], "")
    assert offer.choosing(row_hidden="read").promised == [("J11", "1", None), ("J11", None, "2"), ("S08", "3", None)]


def test_a_hidden_column_of_years_is_asked_about():
    def hide(column):
        rows = [["Code", "Year", "Qty"], ["J11", "Year 1", 1], ["J11", "Year 2", 2]]
        return read(
            book_of_sheets(
                {"Offer": rows},
                lambda _book, made: made["Offer"].set_column(column, column, None, None, {"hidden": True}),
            )
        )

    assert list(hide(1).told) == ["Column B is hidden"]
    assert hide(1).choosing(column_hidden="read").promised == [("J11", "1", "2")]
    assert hide(2).choosing(column_hidden="leave").promised == [("J11", None, None)]


def test_which_column_says_the_year_can_be_chosen():
    offer = read_rows(["Code", "When", "Qty"], ["J11", 1, 5], ["J11", 2, 6])
    assert offer.labels.sheet("Offer").columns == {0: "code", 2: "whole"}
    chosen = offer.relabelled(offer.labels.with_column("Offer", 1, ROW_YEAR))
    assert chosen.labels.sheet("Offer").columns == {0: "code", 1: "row_year", 2: "row_quantity"}
    assert chosen.promised == [("J11", "5", "6")]
    back = chosen.relabelled(chosen.labels.with_column("Offer", 1, IGNORED))
    assert back.labels.sheet("Offer").columns == {0: "code", 2: "whole"}
    again = chosen.relabelled(chosen.labels.with_column("Offer", 2, WHOLE))
    assert again.labels.sheet("Offer").columns == chosen.labels.sheet("Offer").columns
    years = chosen.labels.with_column("Offer", 2, next(use for use in uses_for(CONTRACT.years) if use.key == "year-0"))
    assert years.sheet("Offer").columns == {0: "code", 2: "year-0"}
    assert {ROW_YEAR, ROW_QUANTITY, EACH} <= set(uses_for(CONTRACT.years))


def test_of_several_columns_of_quantities_a_person_says_which_is_meant():
    head = ["Code", "Year", "Quantity", "Qty"]
    offer = read_rows(head, ["J11", "Year 1", 1, 2], ["J11", "Year 2", 3, 4])
    assert list(offer.told) == ["The quantity stands in columns C and D"]
    assert offer.choosing(column_ignored="D").promised == [("J11", "2", "4")]


def test_numbers_are_years_only_under_a_heading_that_says_so():
    for heading in ("Baseline", "Contract years", "Per year"):
        offer = read_rows(["Code", heading, "Quantity"], ["J11", 1, 5], ["S08", 2, 6])
        assert "row_year" not in offer.labels.sheet("Offer").columns.values()
    once = read_rows(["Code", "Year", "Quantity"], ["J11", "2026/27", 5])
    assert "row_year" not in once.labels.sheet("Offer").columns.values()
    alone = read_rows(["Code", "Period"], ["J11", "2026/27"], ["S08", "2027/28"])
    assert alone.labels.sheet("Offer").columns == {0: "code", 1: "whole"}


def test_the_files_own_values_of_rows_for_years_are_held_against_the_line():
    head = ["Code", "Year", "Qty", "Social value"]
    offer = read_rows(head, ["V01", "Year 1", 10, 100], ["V01", "Year 2", 20, 205], ["Total", "", "", 305])
    assert offer.promised == [("V01", "10", "20")]
    assert [(part.label, part.amount) for part in offer.own.parts] == [
        ("V01: they show £305.00, for no reason that the row gives", Decimal("-5.00"))
    ]
    none = read_rows(head, ["V01", "Year 1", 10, ""], ["V01", "Year 2", 20, ""], ["Total", "", "", 35])
    assert none.own.parts[0].label == "V01: they show no value for it"


# A sheet for each year


def by_year(*names, title=False):
    """A book with a sheet for each year, that its name or a title over it says."""
    rows = [[["J11", 1], ["S08", 3]], [["J11", 2], ["S08", 4]]]
    return {
        f"Sheet {place}" if title else name: [*([[name], []] if title else []), ["Code", "Qty"], *rows[place]]
        for place, name in enumerate(names)
    }


@pytest.mark.parametrize("title", [False, True])
@pytest.mark.parametrize("names", [("Year 1", "Year 2"), ("2026-27", "2027-28"), ("FY26-27", "FY27-28")])
def test_a_sheet_for_each_year_comes_to_one_line_of_each_measure(names, title):
    offer = read(book_of_sheets(by_year(*names, title=title)))
    assert offer.promised == PROMISED
    assert offer.problems == []
    assert offer.told == {}
    assert [one.columns[1] for one in offer.labels] == ["year-0", "year-1"]
    assert heads_of(offer.book, offer.labels) == {}


def test_a_single_sheet_called_after_a_year_is_asked_about():
    offer = read(book_of_sheets({"Year 1": [["Code", "Qty"], ["J11", 1]]}))
    assert list(offer.told) == ["Column B has one number for the whole contract"]
    same = read(book_of_sheets(by_year("Year 1", "Year 1 ")))
    assert "whole" in same.labels.sheets[0].columns.values()


def test_a_sheet_of_a_year_that_the_contract_has_not_is_of_no_year():
    offer = read(book_of_sheets(by_year("Year 1", "Year 9")))
    assert offer.labels.sheets[0].columns[1] == "whole"
    years = by_year("Year 1", "Year 2") | {"Year 3": [["Code", "Year 1"], ["V01", 5]]}
    assert read(book_of_sheets(years)).promised == [*PROMISED, ("V01", "5", None)]
    rows = by_year("Year 1", "Year 2") | {"2026/27 ": [["Code", "Year", "Qty"], ["V01", 1, 5], ["V01", 2, 6]]}
    assert read(book_of_sheets({name.replace("/", "-"): held for name, held in rows.items()})).promised == [
        *PROMISED, ("V01", "5", "6")
    ]  # fmt: skip


def test_a_sheet_that_lacks_a_year_which_no_other_has_is_said_to():
    sheets = {"Work": [["Code", "Year 1", "Year 2"], ["J11", 1, 2]], "Schools": [["Code", "Year 1"], ["S08", 3]]}
    assert [(one.where.sheet, one.code) for one in read(book_of_sheets(sheets)).problems] == [
        ("Schools", "year-not-in-file")
    ]


def test_a_line_of_the_programs_own_workbook_is_never_joined_with_another():
    rows = [["Code", "Year", "Qty", "Line in the contract"], ["J11", "Year 1", 1, "5/17.3"], ["J11", "Year 2", 2, ""]]
    assert read_rows(*rows).promised == [("J11", "1", None), ("J11", None, "2")]
    assert RowKind.LINE in read_rows(*rows).labels.sheet("Offer").rows.values()


def test_years_are_those_of_the_contract():
    assert len(contract_years(date(2026, 4, 1), date(2028, 3, 31))) == len(CONTRACT.years)
    assert READER.edition is EDITION
