"""Tables as councils and suppliers write them are read as they are meant, or say what a person should point at."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests.exchange.books import book_of
from tests.exchange.examples import AREA, CONTRACT, EDITION, OFFER
from tests.exchange.tables.calculators import county_calculator
from tests.exchange.tables.offers import READER, book_of_sheets, hartwell_offer, read, read_rows
from tomsapp.domain.contract_dates import contract_years, end_after
from tomsapp.exchange.grid import GridCell, GridRow
from tomsapp.exchange.headings import Headings
from tomsapp.exchange.labelled.codes import CodeBook
from tomsapp.exchange.labelled.known import find_known, heads_of
from tomsapp.exchange.labelled.labels import IGNORED, RowKind
from tomsapp.exchange.labelled.uses import (
    CODE,
    EACH,
    WHOLE,
    is_code_heading,
    is_year_outside,
    use_of,
    uses_for,
    year_use,
)
from tomsapp.exchange.row_reader import RowReader, Sheet, ward_codes
from tomsapp.exchange.sheets.opening import open_table
from tomsapp.exchange.tables_xlsx import BookProperties
from tomsapp.exchange.workbook_columns import Role, column_index, column_letter
from tomsapp.exchange.workbook_layout import Template
from tomsapp.exchange.workbook_write import write_workbook
from tomsapp.exchange.year_words import is_about_quantities, tidy, year_in

YEARS = contract_years(date(2026, 4, 1), date(2029, 3, 31))
TITLE_OF_J11 = EDITION.places["J11"].measure.title
PROMISED = [("J11", "1", "2"), ("S08", "3", "4")]


@pytest.mark.parametrize(
    ("heading", "year"),
    [
        ("Year 1 (2026/27)", 0), ("FY26/27", 0), ("2026-27", 0), ("2027/2028", 1), ("Yr 1 Qty", 0), ("Y3", 2),
        ("Year ending March 2028", 1), ("Year ending 31 March 2027", 0), ("Year to 31/03/2028", 1),
        ("01/04/2027 - 31/03/2028", 1), ("April 2027 - March 2028", 1), ("Apr 26 - Mar 27", 0), ("Year one", 0),
        ("Second year", 1), ("2nd year", 1), ("2027-04-01 00:00:00", 1), ("Units offered Year 3", 2), ("26/27", 0),
        ("Contract year 2 units", 1), ("Year 1 (Apr 2026 - Mar 2027)", 0), ("Financial Year 2027/28", 1), ("2026", 0),
        ("Year 2 number of units", 1), ("Fill in: quantity 2027/28", 1), ("Year 2028", 2), ("1 Sept 2026", 0),
        ("Year 9", 8), ("2019/20", None), ("Year 60", None), ("Year ending March 2020", None), ("01/13/2026", None),
        ("June 2027", 1), ("year ending 30/06/2027", 1), ("Total 2027/28", 1), ("QuantityYear1", 0),
        ("Year 1 (FTE)", 0), ("Year 2 hours", 1), ("Year 1 (01/04/26-31/03/27)", 0), ("1/4/27", 1),
        ("2027/28 forecast", 1), ("Year 26/27", 0), ("Year 1 26/27", 0), ("Estimated weeks 2026/27", 0),
        ("Your offer Year 2", 1),
    ],
)  # fmt: skip
def test_a_heading_names_a_year_in_every_form(heading, year):
    found = year_in(tidy(heading), YEARS)
    assert found is not None
    assert found.year == year


@pytest.mark.parametrize("heading", ["Quantity", "Q1", "Year 1 value", "Total", "Year 1 comments", "Statement", ""])
def test_another_heading_names_no_year(heading):
    assert year_in(tidy(heading), YEARS) is None


def test_a_heading_may_say_that_quantities_stand_under_it():
    assert is_about_quantities(tidy("Quantity offered"))
    assert not is_about_quantities(tidy("Quantity in tonnes"))
    assert not is_about_quantities("")


@pytest.mark.parametrize(
    ("heading", "use"),
    [
        ("Yr 1 Qty", "year-0"), ("Units offered", "whole"), ("Total over contract", "whole"), ("Number", "whole"),
        ("Units", "unit"), ("For each", "unit"), ("Unit value 2027/28", "unit_value-1"), ("Proxy (£)", "unit_value"),
        ("Value 2026/27", "value-0"), ("Social value, all years", "value"), ("SV £", "value"), ("Total (£)", "value"),
        ("% for LC", "share"),
        ("% this contract", "share"), ("Evidence / method", "statement"),
        ("How you will do it", "statement"), ("Fill in: cost to you (£)", "cost"),
        ("Fill in: promise per £ of spend", "rate"), ("Fill in: for every £", "rate_per"), ("Measure", "title"),
        ("Year 1 £", "value-0"), ("Ward", "place"), ("Theme", ""), ("Real pounds", "real_pounds"),
        ("Employment outcomes", "outcomes"), ("Units counted 2026/27", ""), ("Year 1 delivered", ""),
        ("Quantity over contract term", "whole"), ("Your offer", "whole"), ("Bidder’s commitment", "whole"),
        ("Years 1-3", "whole"), ("Year 1, 2 and 3", "whole"), ("Total (Y1+Y2+Y3)", "whole"), ("Years 1-2", ""),
        ("Year 2 & 3", ""), ("Years", "whole"), ("Your name", ""), ("2026/27 actual", ""),
        ("Total (Y1+Y2)", ""), ("National TOMs proxy value", "unit_value"), ("Year 9", ""),
        ("Value 2039/40", ""), ("Value of what", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_heading_names_what_stands_under_it(heading, use):
    assert use_of(heading, YEARS) == use


def test_every_use_that_a_heading_can_name_can_be_chosen():
    keys = [use.key for use in uses_for(YEARS)]
    assert len(keys) == len(set(keys))
    assert {"code", "title", "year-0", "year-2", "whole", "value", "value-2", "unit_value-0"} <= set(keys)
    assert is_code_heading("TOM Ref")
    assert is_year_outside("Year 9", YEARS)
    assert not is_year_outside("Year 1", YEARS)


@pytest.mark.parametrize(
    ("text", "code", "is_guess"),
    [
        ("J11", "J11", False), ("j11 ", "J11", False), ("S\u200b08", "S08", False), ("S 08", "S08", True),
        ("S-08", "S08", True), ("SO8", "S08", True), ("Jll", "J11", True),
        ("S8", "S08", True), ("s 8", "S08", True), ("TOM S08", "S08", True),
        ("Ref: S08", "S08", True), ("Measure no. J11", "J11", True), ("Y1", "", False), ("TOM", "", False),
        ("J11 / S08", "", False), ("J11, S08", "", False), ("J11 and S08", "", False), ("J11/J11", "J11", True),
        ("J11: living wage", "J11", True),
        ("J11 Living wage for everybody who works here", "J11", True), ("J99", "", False), ("wage", "", False),
        ("A long text in which no code stands at all", "", False), (TITLE_OF_J11, "J11", True),
    ],
)  # fmt: skip
def test_a_code_is_found_however_it_is_written(text, code, is_guess):
    found = CodeBook(EDITION).find(text)
    assert (found.code if found else "") == code
    assert bool(found and found.words) == is_guess


def test_a_title_that_two_measures_share_names_neither():
    place = EDITION.places["S08"]
    edition = type("Menu", (), {"places": {"A1": place, "A2": place}})
    assert CodeBook(edition).find(place.measure.title) is None


def test_a_table_of_titles_without_codes_is_read():
    offer = read_rows(["Measure", "Year 1", "Year 2"], [TITLE_OF_J11.upper(), 1, 2])
    assert offer.promised == [("J11", "1", "2")]


def test_a_letter_for_a_digit_is_said():
    assert CodeBook(EDITION).find("SO8").words == "“SO8” is read as S08: it has a letter where the menu has a digit"
    assert CodeBook(EDITION).find("S 08").words == "“S 08” is read as S08"
    assert CodeBook(EDITION).find("S8").words == "“S8” is read as S08"


def test_codes_that_differ_only_by_such_a_letter_are_not_guessed():
    places = {"S0": EDITION.places["S08"], "SO": EDITION.places["S06"]}
    edition = type("Menu", (), {"places": places})
    assert CodeBook(edition).find("S-0") is None
    assert CodeBook(edition).find("SO").code == "SO"


@pytest.mark.parametrize(
    "rows",
    [
        [["Ref", "Measure", "Units", "Year 1", "Year 2"], ["J11", "Wage", "FTE", 1, 2], ["S08", "Weeks", "no.", 3, 4]],
        [["Measure", "2026/27", "2027/28"], ["J11", 1, 2], ["S08", 3, 4]],
        [["", "Quantity", "Quantity"], ["Code", "Year 1", "Year 2"], ["J11", 1, 2], ["S08", 3, 4]],
        [["Offer of Hartwell"], [], ["Code", "Y1", "Y2"], ["Theme 1: Jobs"], ["J11", 1, 2], ["S08", 3, 4]],
        [["Code", "Y1", "Y2"], ["J11", 1, 2], ["Code", "Y1", "Y2"], ["Schools"], ["S08", 3, 4], ["Total", 4, 6]],
        [["Code", "Year 1 target", "Year 1 offer", "Year 2 offer"], ["J11", 9, 1, 2], ["S08", 9, 3, 4]],
        [["J11", 1, 2], ["S08", 3, 4]],
        [["No.", "Code", "FY27", "FY28"], [1, "J11", 1, 2], [2, "S08", 3, 4]],
        [["Code", "Year 1", "Year 2", "Total"], ["J11", 1, 2, 3], ["S08", 3, 4, 7], ["", "", "", 10]],
    ],
)  # fmt: skip
def test_tables_of_many_shapes_come_to_the_same(rows):
    offer = read_rows(*rows)
    assert offer.promised == PROMISED
    assert [sheet.is_read for sheet in offer.labels] == [True]


def test_every_sheet_with_lines_is_read_and_no_list():
    offer = read(county_calculator())
    assert {sheet.name: (sheet.is_read, sheet.found) for sheet in offer.labels} == {
        "Instructions": (False, "no table"),
        "Jobs": (True, "2 lines, rows 5 to 6"),
        "Growth": (True, "1 line, row 5"),
        "Social": (True, "2 lines, rows 5 to 6"),
        "Summary": (False, "no table"),
        "Lists": (False, "look-up, no quantities, hidden in the file"),
    }
    assert [code for code, *_ in offer.promised] == ["J01", "J11", "V01", "S08", "SO9"]


def test_a_head_over_joined_columns_is_joined_with_what_stands_under_it():
    rows = [
        ["", "Year 1", "", "Year 2", ""],
        ["Ref", "Units", "Value £", "Units", "Value £"],
        ["J11", 1, 5050, 2, 10101],
    ]

    def joined(_book, made):
        made["Offer"].merge_range("B1:C1", "Year 1")
        made["Offer"].merge_range("F1:G1", "")
        made["Offer"].merge_range("D1:E1", "Year 2")

    offer = read(book_of_sheets({"Offer": rows}, joined))
    columns = offer.labels.sheet("Offer").columns
    assert columns == {0: "code", 1: "year-0", 2: "value-0", 3: "year-1", 4: "value-1"}
    assert offer.promised == [("J11", "1", "2")]


PARTS = ["Q1", "Q2", "Q3", "Q4"]


@pytest.mark.parametrize(
    "parts",
    [
        PARTS, ["Qtr 1", "Qtr 2", "Qtr 3", "Qtr 4"], ["Apr - Jun", "Jul - Sep", "Oct - Dec", "Jan - Mar"],
        ["First quarter", "Second quarter", "Third quarter", "Fourth quarter"], ["April", "May", "June", "July"],
    ],
)  # fmt: skip
def test_a_quarter_is_never_read_as_its_year(parts):
    rows = [["Ref", "2026/27", "", "", "", ""], ["", *parts, "Total"], ["J11", 1, 2, 3, 4, 10]]

    def joined(_book, made):
        made["Offer"].merge_range("B1:F1", "2026/27")

    assert read(book_of_sheets({"Offer": rows}, joined)).promised == [("J11", "10", None)]
    offer = read(book_of_sheets({"Offer": [row[:5] for row in rows]}))
    assert offer.promised == []
    assert [problem.message for problem in offer.problems] == ["No column is known to hold quantities"]


def test_the_years_of_a_number_that_is_not_read_are_known():
    by_year = read_rows(["Ref", "Year 1", "Year 2"], ["J11", 1, "some"], ["S08", 1, -2])
    assert [line.years_unread for line in by_year.lines] == [{1}, set()]
    whole = read_rows(["Ref", "Quantity"], ["J11", "some"], ["S08", 4], ["V01", 5])
    assert [line.years_unread for line in whole.lines] == [{0, 1}, set(), set()]


def test_months_that_each_have_a_column_are_not_the_year():
    days = ["2026-04-01", "2026-05-01", "2027-04-01"]
    assert read_rows(["Ref", *days[:2]], ["J11", 1, 2]).promised == []
    assert read_rows(["Ref", *days], ["J11", 1, 2, 3]).promised == [("J11", None, "3")]
    assert read_rows(["Ref", days[0], days[2]], ["J11", 1, 2]).promised == [("J11", "1", "2")]


def test_a_merged_code_belongs_to_every_row_that_it_is_merged_over():
    rows = [
        ["Code", "Year 1", "Year 2", "Ward"],
        ["S08", 1, 2, "Old Town"],
        ["", 3, 4, "Harbour & Quays"],
        ["J11", 1, 1],
    ]
    offer = read(book_of_sheets({"Offer": rows}, lambda _book, made: made["Offer"].merge_range("A2:A3", "S08")))
    assert offer.promised == [("S08", "1", "2"), ("S08", "3", "4"), ("J11", "1", "1")]
    assert offer.lines[1].problems[0].message == "The merged code above it is read for this row: S08"


@pytest.mark.parametrize(
    "total",
    [
        ["S08 total", "", 3, 4], ["S08 - Subtotal", "", 3, 4], ["S08: total", "", 3, 4], ["S08", "Total", 3, 4],
        ["S08", "Sub-total for S08:", 3, 4], ["S08", "S08 Grand total", 3, 4], ["Total S08", "", 3, 4],
    ],
)  # fmt: skip
def test_the_total_of_one_measure_is_no_promise_of_it(total):
    head, lines = ["Code", "Measure", "Year 1", "Year 2"], [["S08", "Ours", 1, 1], ["S08", "Theirs", 2, 3]]
    offer = read_rows(head, *lines, total, ["J11", "Wage", 1, 1], ["Total", "", 4, 5])
    assert offer.promised == [("S08", "1", "1"), ("S08", "2", "3"), ("J11", "1", "1")]
    assert offer.labels.sheet("Offer").kind_of(4) is RowKind.TOTAL


@pytest.mark.parametrize("title", ["Total weeks of placements", "Weeks, total of all schools", "For schools", ""])
def test_a_line_whose_words_have_a_total_among_them_is_a_line(title):
    offer = read_rows(["Code", "Measure", "Year 1", "Year 2"], ["S08", title, 3, 4], ["J11", "Wage", 1, 2])
    assert offer.promised == [("S08", "3", "4"), ("J11", "1", "2")]


def test_an_unknown_code_with_quantities_is_a_line_and_one_without_is_a_heading():
    offer = read_rows(["Code", "Year 1"], ["J11", 1], ["X99", "lots"], ["Y01", 2], ["Schools", ""], ["S08", 3])
    assert [line.commitment.measure for line in offer.lines] == ["J11", "Y01", "S08"]
    none = read_rows(["Ref", "Year 1"], ["A1", 2], ["A2", 3])
    assert [line.commitment.measure for line in none.lines] == ["A1", "A2"]
    assert read_rows(["Ref", "Colour"], ["A1", "red"]).labels.sheet("Offer").found == "no table"


def test_another_table_below_is_not_read_with_the_head_of_the_first():
    first = [["Code", "Measure", "Year 1", "Year 2"], ["J11", "Wage", 1, 2], ["S08", "Weeks", 3, 4]]
    second = [[], ["Ref", "Total SV (£)", "Unit value"], ["J11", 5000, 7], ["S08", 1000, 8], ["Total", 6000]]
    offer = read_rows(*first, *second)
    assert offer.promised == PROMISED
    assert offer.labels.sheet("Offer").rows_of(RowKind.LINE) == (2, 3)
    assert list(offer.told) == ["Rows 5 to 8 stand below the table"]
    again = read_rows(*first[:2], *second, *first[::2])
    assert again.promised == PROMISED


def test_another_table_that_promises_something_is_for_a_person_to_decide():
    first = [["Code", "Measure", "Year 1", "Year 2"], ["J11", "Wage", 1, 2]]
    second = [["Code", "Measure", "Year 2", "Year 1"], ["S08", "Weeks", 4, 3], ["V04", "Hours", "-", ""]]
    offer = read_rows(*first, *second, [], ["", "Thank you"], *first, ["Code", "Total value (£)"], ["J11", 70])
    held = "“Code Measure Year 2 Year 1 S08 Weeks 4 3 V04 Hours - Thank you”"
    assert offer.promised == [("J11", "1", "2")] * 2
    assert offer.told == {
        "Rows 3 to 7 are another table": (
            f"1 line. To read it, put it on a sheet of its own: {held}",
            "",
        ),
        "Rows 10 to 11 stand below the table": ("“Code Total value (£) J11 70”", "leave"),
    }
    as_line = offer.relabelled(offer.labels.with_row("Offer", 4, RowKind.LINE))
    assert [line.commitment.measure for line in as_line.lines] == ["J11", "S08", "J11"]
    assert "Rows 3 to 7 are another table" not in as_line.told


def test_a_head_in_other_words_over_the_same_columns_is_the_same_table():
    rows = [["Code", "Measure", "Year 1", "Year 2"], ["J11", "Wage", 1, 2], ["Ref", "Title", "2026/27", "2027/28"]]
    assert read_rows(*rows, ["S08", "Weeks", 3, 4]).promised == PROMISED


def test_a_long_sheet_without_a_head_is_no_table():
    rows = [["word", "more"]] * 61
    assert read_rows(*rows, ["Ref", "Year 1"]).labels.sheet("Offer").found == "no table"


def test_nothing_that_is_filled_in_is_said():
    offer = read_rows(["Code", "Year 1"], ["J11", ""])
    assert offer.labels.sheet("Offer").is_read
    assert [problem.code for problem in offer.problems] == ["nothing-filled-in", "year-not-in-file"]


def test_a_title_of_another_measure_is_a_warning():
    head = ["Code", "Measure", "Year 1"]
    rows = (
        ["S08", "weeks of work experience", 1],
        ["J11", "Weeks at school", 2],
        ["S06", "Our own words", 3],
        ["V01", "", 4],
    )
    offer = read_rows(head, *rows)
    found = [
        [(problem.code, problem.message, problem.where.column) for problem in line.problems] for line in offer.lines
    ]
    assert found == [[], [("title-of-another", "“Weeks at school” is S06 in the menu", "B")], [], []]


@pytest.mark.parametrize(
    ("heading", "is_told"),
    [
        ("Year 1 (2026/27)", False), ("Year 1 (2027/28)", True), ("Year 1 (Apr 2027 - Mar 2028)", True),
        ("Year 1 (2019/20)", True), ("Yr 1 FY27", False), ("Yr 1 FY28", True), ("Year 1 (year 1)", False),
        ("Year 1", False), ("2026/27", False),
    ],
)  # fmt: skip
def test_a_heading_that_names_two_years_at_once_is_a_warning(heading, is_told):
    offer = read_rows(["Code", heading, "Year 2"], ["J11", 1, 2])
    assert offer.promised == [("J11", "1", "2")]
    message = f"“{heading}” stands over column B, which is read for 2026/27"
    told = [(problem.code, problem.message, problem.where.column) for problem in offer.problems]
    assert told == ([("year-named-otherwise", message, "B")] if is_told else [])


def test_a_unit_in_which_the_measure_is_not_counted_is_a_warning():
    head = ["Code", "Unit", "Year 1"]
    rows = [["S08", unit, 1] for unit in ("Week", "weeks", "wks", "no.", "per placement", "Hours", "£")]
    offer = read_rows(head, *rows, ["V01", "hrs", 5], ["J11", "FTE", 5], ["Y01", "hours", 5], ["S30", "", 1])
    found = [(line.row.number, one.code, one.message) for line in offer.raw["Offer"] for one in line.problems]
    assert found == [
        (7, "unit-of-another", "The unit is “Hours”, and in the menu S08 is for each week"),
        (8, "unit-of-another", "The unit is “£”, and in the menu S08 is for each week"),
        (9, "unit-of-another", "The unit is “hrs”, and in the menu V01 is for each £1"),
    ]


def test_a_quantity_may_have_its_unit_behind_it_and_that_is_said():
    offer = read_rows(
        ["Code", "Year 1", "Year 2"], ["S08", "40 weeks", "5 days"], ["J11", "2", "x"], ["X1", "3 FTE", 1]
    )
    assert [(problem.code, problem.message) for problem in offer.lines[0].problems] == [
        ("number-in-text", "“40 weeks” is read as 40"),
        ("number-unreadable", "“5 days”: Use numbers only, for example 1250 or 12.5"),
    ]
    assert offer.promised[0][:2] == ("S08", "40")
    assert [problem.code for problem in offer.lines[2].problems] == ["number-unreadable"]


def test_a_single_financial_year_is_named_by_its_first_or_its_last_year():
    assert read_rows(["Code", "FY26", "FY27"], ["J11", 1, 2], ["S08", 3, 4]).promised == PROMISED
    late = read_rows(["Code", "FY27", "FY28", "FY31"], ["J11", 1, 2, 5], ["S08", 3, 4, 5])
    assert late.promised == PROMISED


def test_units_may_be_words_or_numbers():
    words = read_rows(["Code", "Units", "Year 1"], ["J11", "FTE", 2]).labels.sheet("Offer")
    assert words.columns[1] == "unit"
    numbers = read_rows(["Code", "Units"], ["J11", 2], ["S08", 3]).labels.sheet("Offer")
    assert numbers.columns[1] == "whole"
    neither = read_rows(["Code", "Number", "Year 1"], ["J11", "one", 2]).labels.sheet("Offer")
    assert 1 not in neither.columns


# As a person corrects it


def test_lines_follow_the_columns_that_somebody_points_at():
    offer = read_rows(["My offer", "early", "late", "?"], ["J11", 1, 2, 9], ["S08", 3, 4, 9])
    assert offer.promised == []
    assert [problem.message for problem in offer.problems] == ["No column is known to hold quantities"]
    labels = offer.labels.with_row("Offer", 1, RowKind.HEAD)
    labels = labels.with_column("Offer", 1, year_use(0)).with_column("Offer", 2, year_use(1))
    pointed = offer.relabelled(labels)
    assert pointed.promised == PROMISED
    assert pointed.labels.sheet("Offer").found == "2 lines, rows 2 to 3"


@pytest.mark.parametrize(("use", "promised"), [(EACH, ("7", "7")), (WHOLE, ("3.50", "3.5"))])
def test_no_column_for_all_years_is_read_beside_columns_for_single_years(use, promised):
    offer = read_rows(["Code", "Year 1", "Year 2", "?"], ["V01", 1, 2, 7])
    chosen = offer.relabelled(offer.labels.with_column("Offer", 3, use))
    assert chosen.labels.sheet("Offer").columns == {0: "code", 3: use.key}
    assert chosen.promised == [("V01", *promised)]
    assert {"Column B is not read", "Column C is not read"} <= set(chosen.told)
    other = WHOLE if use is EACH else EACH
    assert chosen.labels.with_column("Offer", 2, other).sheet("Offer").columns == {0: "code", 2: other.key}
    back = chosen.relabelled(chosen.labels.with_column("Offer", 1, year_use(0)))
    assert back.labels.sheet("Offer").columns == {0: "code", 1: "year-0"}
    assert back.promised == [("V01", "1", None)]
    assert {"Column C is not read", "Column D is not read"} <= set(back.told)


def test_a_head_alone_is_enough_where_its_headings_say_the_rest():
    far = [["x"]] * 20
    offer = read_rows(["Code", "Year 1", "Year 2", "?"], *far, ["J11", 1, 2, 9], ["S08", 3, 4, 9])
    assert offer.promised == []
    assert offer.relabelled(offer.labels.with_row("Offer", 1, RowKind.HEAD)).promised == PROMISED
    none = read_rows(["a", "b"], ["c", "d"])
    assert none.relabelled(none.labels.with_row("Offer", 1, RowKind.HEAD)).promised == []
    ticked = none.relabelled(none.labels.with_sheet_read("Offer", is_read=True))
    assert [problem.code for problem in ticked.problems] == ["no-quantity-column"]


def test_a_column_can_be_ignored_and_a_row_read_as_something_else():
    offer = read_rows(["Code", "Year 1", "Year 2"], ["J11", 1, 2], ["S08", 3, 4])
    ignored = offer.relabelled(offer.labels.with_column("Offer", 2, IGNORED))
    assert ignored.promised == [("J11", "1", None), ("S08", "3", None)]
    without = offer.relabelled(offer.labels.with_row("Offer", 3, RowKind.TOTAL))
    assert without.promised == PROMISED[:1]


def _known_of(head, columns):
    """A table with this head of one row or two, read once with these uses of its columns."""
    offer = read_rows(*head, ["J11", 1, 2])
    labels = offer.labels
    for number in range(1, len(head) + 1):
        labels = labels.with_row("Offer", number, RowKind.HEAD)
    for column, use in columns.items():
        labels = labels.with_column("Offer", column, use)
    return heads_of(offer.book, labels)


def _known_again(head, known, starts_on=date(2026, 4, 1), years=2):
    """How the same sender's table is read for a contract of other years."""
    guesser = replace(READER.guesser, known=known, years=contract_years(starts_on, end_after(starts_on, years)))
    return guesser.guess(open_table(book_of_sheets({"Offer": [*head, ["J11", 1, 2]]}), "a.xlsx")).sheet("Offer").columns


@pytest.mark.parametrize(
    ("head", "starts_on", "years", "columns"),
    [
        (["Ref", "2026/27", "2027/28"], date(2026, 4, 1), 3, {1: "year-0", 2: "year-1"}),
        (["Ref", "2026/27", "2027/28"], date(2027, 4, 1), 2, {2: "year-0"}),
        (["Ref", "2026/27", "2027/28"], date(2025, 4, 1), 3, {1: "year-1", 2: "year-2"}),
        (["Ref", "2026/27", "2027/28"], date(2030, 4, 1), 2, {}),
        (["Ref", "2026/27", "2027/28"], date(2026, 4, 1), 1, {1: "year-0"}),
        (["Ref", "FY27", "FY28"], date(2026, 4, 1), 2, {1: "year-0", 2: "year-1"}),
        (["Ref", "FY27", "FY28"], date(2029, 4, 1), 2, {}),
        (["Ref", "Year 1", "Year 2"], date(2030, 4, 1), 2, {1: "year-0", 2: "year-1"}),
        (["Ref", "Year 1", "Year 2"], date(2030, 4, 1), 1, {1: "year-0"}),
        (["Ref", "early", "late"], date(2030, 4, 1), 2, {1: "year-0", 2: "year-1"}),
    ],
)  # fmt: skip
def test_a_known_head_is_of_the_years_of_the_contract_that_is_read_for(head, starts_on, years, columns):
    known = _known_of([head], {0: CODE, 1: year_use(0), 2: year_use(1)})
    assert _known_again([head], known, starts_on, years) == {0: "code", **columns}


def test_a_head_that_was_known_with_two_kinds_of_years_is_guessed_anew():
    head = ["Ref", "Year 1", "Per year"]
    known = {
        words: replace(one, columns={0: "code", 1: "year-0", 2: "each"})
        for words, one in _known_of([head], {0: CODE, 1: year_use(0)}).items()
    }
    assert _known_again([head], known) == {0: "code", 1: "year-0"}
    assert _known_again(
        [head], {words: replace(one, columns={1: "year-0", 2: "each"}) for words, one in known.items()}
    ) == {1: "year-0"}


def test_a_head_whose_years_stand_above_is_known_by_them_too():
    lower = ["Ref", "Units offered", "Units offered"]
    known = _known_of([["", "Year 1", "Year 2"], lower], {0: CODE, 1: year_use(0), 2: year_use(1)})
    assert _known_again([["", "YEAR 1", "Year 2"], lower], known) == {0: "code", 1: "year-0", 2: "year-1"}
    assert _known_again([["", "Year 2", "Year 1"], lower], known) == {0: "code", 1: "year-1", 2: "year-0"}


def test_a_head_that_is_known_is_read_as_before():
    rows = ["Ref", "early", "late"], ["J11", 1, 2], ["S08", 3, 4]
    first = read_rows(*rows)
    labels = first.labels.with_column("Offer", 1, year_use(0)).with_column("Offer", 2, year_use(1))
    known = heads_of(first.book, labels)
    later = open_table(book_of_sheets({"March": [[], ["REF ", "Early", "late"], ["S08", 3, 4]]}), "later.xlsx")
    labels = replace(READER.guesser, known=known).guess(later)
    assert labels.sheet("March").columns == {0: "code", 1: "year-0", 2: "year-1"}
    assert find_known(first.book.sheets[0], {}) is None
    assert find_known(open_table(book_of_sheets({"A": [["x"]] * 70}), "a.xlsx").sheets[0], known) is None
    assert heads_of(later, READER.guesser.guess(open_table(book_of_sheets({"March": [["x"]]}), "b.xlsx"))) == {}


# What is said of the file


def test_years_that_are_not_the_contracts_and_headings_twice_are_said():
    offer = read_rows(["Code", "Year 1", "Year 2", "Year 3", "Ward", "Year 4", "Place"], ["J11", 1, 2, 3, 4, "", 5])
    assert [problem.message for problem in offer.problems] == [
        "Year 3 is not a year of this contract", "“Place” stands over column E and over column G"
    ]  # fmt: skip
    assert offer.promised == [("J11", "1", "2")]


def test_a_year_in_each_row_that_is_not_read_is_said():
    offer = read_rows(["Code", "Year", "Quantity", "Lot"], ["J11", "2026/27", 1, 2], ["J11", 2027, 2, 2])
    labels = offer.labels.with_column("Offer", 1, IGNORED)
    assert [problem.message for problem in offer.relabelled(labels).problems] == [
        "Column B says of each row which year it is of, and is not read"
    ]


@pytest.mark.parametrize(
    ("shares", "told"),
    [
        ([100, 1, "50"], "Column C has shares above 1 and up to 1: 1 is read as 100%"),
        ([25, "0.5", "x"], "Column C has shares above 1 and up to 1: 0.5 is read as 50%"),
        ([1, 0.5, ""], ""), ([100, 50, 0], ""), (["1%", "100%", 1], ""), (["", "", ""], ""),
    ],
)  # fmt: skip
def test_shares_of_1_beside_shares_of_100_are_said(shares, told):
    rows = [[code, 1, share] for code, share in zip(("J11", "S08", "V01"), shares, strict=True)]
    offer = read_rows(["Code", "Year 1", "Attribution"], *rows)
    found = [problem.message for problem in offer.problems if problem.code == "shares-of-two-kinds"]
    assert found == ([told] if told else [])


def test_a_share_that_a_workbook_shows_as_per_cent_is_of_one_kind():
    def signed(book, made):
        made["Offer"].write(2, 2, 0.5, book.add_format({"num_format": "0%"}))

    rows = [["Code", "Year 1", "Share"], ["J11", 1, 100], ["S08", 1, ""]]
    offer = read(book_of_sheets({"Offer": rows}, signed))
    assert [problem.code for problem in offer.problems] == ["year-not-in-file"]


def test_a_year_that_the_file_lacks_is_said():
    three = replace(READER, contract=replace(CONTRACT, end_on=end_after(CONTRACT.start_on, 3)))
    offer = read_rows(["Code", "Year 1", "Year 2"], ["J11", 1, 2], reader=three)
    assert [problem.message for problem in offer.problems] == [
        "There is no column for 2028/29: nothing is promised in it"
    ]
    assert offer.promised == [("J11", "1", "2", None)]


def test_the_programs_own_workbook_is_read_and_what_it_was_made_for_is_held_against_the_contract():
    template = Template(EDITION, ("J11", "S08"), CONTRACT, AREA, OFFER.commitments)
    data = write_workbook(template, BookProperties("Offer", datetime(2026, 4, 1, tzinfo=UTC)))
    offer = read(data)
    assert offer.problems == []
    assert sorted(one.commitment.measure for one in offer.lines) == sorted(one.measure for one in OFFER.commitments)
    other = replace(READER, contract=replace(CONTRACT, reference="C-2"))
    assert [problem.code for problem in read(data, other).problems] == ["other-contract"]


def test_what_is_known_of_the_file_itself_is_said():
    data = b"Code,Year 1,Year 2,Statement\r\nJ11,1,2,Caf\xe9\r\n"
    offer = read(data)
    assert offer.promised == [("J11", "1", "2")]
    assert [problem.code for problem in offer.problems] == ["encoding-guessed"]


def test_a_total_that_was_never_worked_out_is_said_to_be_unknown():
    rows = ["Total", "", "", "=SUM(D2:D2)"], ["Total", "", "", 3]
    for row, codes in zip(rows, (["own-total-unknown"], []), strict=True):
        data = book_of(["J11", 1, 2, 3], row, head=["Code", "Year 1", "Year 2", "Value"])
        offer = read(data)
        assert [problem.code for problem in offer.problems] == codes
        assert (offer.own is None) == bool(codes)


def test_a_column_has_one_letter_and_one_place():
    assert [column_index(column_letter(place)) for place in (0, 25, 26, 701, 702)] == [0, 25, 26, 701, 702]


def test_labels_have_words_and_only_names_that_are_there():
    offer = read_rows(["Code", "Year 1"], ["J11", 1])
    assert [kind.words for kind in RowKind] == ["Not read", "Head", "Line", "Total"]
    with pytest.raises(KeyError):
        offer.labels.sheet("Other")


def test_nothing_stands_below_a_sheet_without_lines():
    offer = read_rows(["Code", "Year 1"], ["J11", ""])
    labels = offer.labels.with_row("Offer", 2, RowKind.NOT_READ)
    assert offer.relabelled(labels).left_out == ()


def test_a_file_of_the_pictures_is_read_without_a_problem():
    assert read(hartwell_offer()).problems == []


# One number for each year


@pytest.mark.parametrize(
    "heading",
    ["Annual quantity", "Quantity per year", "Per annum", "Each year", "No. p.a.", "Yearly target", "Units every year"],
)
def test_a_number_for_each_year_counts_in_every_year_and_is_said_once(heading):
    offer = read_rows(["Code", "Measure", heading], ["J11", "Wage", 10], ["S08", "Weeks", 5])
    assert offer.labels.sheet("Offer").columns[2] == "each"
    assert offer.promised == [("J11", "10", "10"), ("S08", "5", "5")]
    assert offer.told == {}
    assert [problem.message for problem in offer.problems] == [
        "Column C has one number for each year: it counts in every year of the contract"
    ]


def test_a_number_for_each_year_can_be_chosen_and_beside_years_is_not_read():
    offer = read_rows(["Code", "Wanted"], ["J11", 10], ["S08", "5 or 6"])
    chosen = offer.relabelled(offer.labels.with_column("Offer", 1, next(u for u in uses_for(YEARS) if u.key == "each")))
    assert chosen.promised == [("J11", "10", "10"), ("S08", "0", "0")]
    assert [sorted(line.years_unread) for line in chosen.lines] == [[], [0, 1]]
    beside = read_rows(["Code", "Year 1", "Year 2", "Annual quantity"], ["J11", 1, 2, 10])
    assert beside.promised == [("J11", "1", "2")]
    assert [*beside.told] == ["Column D is not read"]
    total = read_rows(["Code", "Total quantity", "Annual quantity"], ["J11", 20, 10])
    assert total.promised == [("J11", "10", "10")]
    counting = read_rows(["Code", "Annual number"], ["J11", 1], ["S08", 2])
    assert counting.labels.sheet("Offer").columns == {0: "code", 1: "each"}
    yes = read_rows(["Code", "Annual quantity"], ["S30", 1], ["S08", 3])
    assert yes.promised == [("S30", "1", None), ("S08", "3", "3")]


def test_which_years_a_number_for_each_year_is_for_is_to_decide():
    offer = read_rows(["Code", "Annual quantity", "Years delivered"], ["J11", 10, "1-2"], ["S08", 5, "2 only"])
    assert offer.told == {
        "Column C is not read": (
            "“Years delivered”, 2 cells: 1-2, 2 only. The numbers count in every year: correct those that do not", ""
        )
    }  # fmt: skip


# Words and marks beside a number


def test_a_number_with_words_or_marks_beside_it_is_asked_about():
    texts = ["12*", "c. 12", "12 weeks (est.)", "12 per year", "at least 12"]
    offer = read_rows(["Code", "Year 1", "Year 2"], ["S08", 1, 2], *(["S08", text, 2] for text in texts))
    asked = [problem for line in offer.lines for problem in line.problems if problem.code == "number-with-words"]
    assert [(problem.where.row, problem.where.column, problem.message) for problem in asked] == [
        (3, "B", "“12*” is read as 12"), (4, "B", "“c. 12” is read as 12"),
        (5, "B", "“12 weeks (est.)” is read as 12"), (6, "B", "“12 per year” is read as 12"),
        (7, "B", "“at least 12” is read as 12"),
    ]  # fmt: skip
    assert {problem.severity.value for problem in asked} == {"warning"}
    assert offer.promised[1:] == [("S08", "12", "2")] * 5


def test_two_numbers_or_other_words_are_never_read_as_one():
    texts = ["10-12", "12 (24 in all)", "TBC", "12 hours", "12 per month", "12 hours*", "12 in total", "30 min"]
    offer = read_rows(["Code", "Year 1", "Year 2"], ["S08", 1, 2], *(["S08", text, 2] for text in texts))
    wrong = [problem for line in offer.lines for problem in line.problems if problem.where.column == "B"]
    assert [(problem.where.row, problem.code) for problem in wrong] == [
        (row, "number-unreadable") for row in range(3, 11)
    ]


def test_a_number_for_a_year_is_none_of_a_whole_contract():
    offer = read_rows(["Code", "Quantity"], ["S08", 1], ["S08", 2], ["S08", "12 per year"], ["S08", "12 in total"])
    assert [problem.code for line in offer.lines for problem in line.problems if problem.where.column == "B"] == [
        "number-unreadable", "number-with-words"
    ]  # fmt: skip


def test_per_cent_and_yes_with_words_keep_their_own_questions():
    offer = read_rows(
        ["Code", "Year 1"], ["S30", "Yes - accredited"], ["S31", "0.8*"], ["S31", "80%*"], ["S30", 1], ["S31", 50],
        ["S30", 1]
    )  # fmt: skip
    found = [(problem.where.row, problem.code) for line in offer.lines for problem in line.problems]
    assert found[:3] == [(2, "number-with-words"), (3, "per-cent-unclear"), (4, "number-with-words")]


def test_measures_that_stand_beside_each_other_are_said_to_and_nothing_is_read():
    offer = read_rows(["Year", "J11", "S08"], ["2026/27", 1, 3], ["2027/28", 2, 4])
    assert offer.labels.sheet("Offer").found == "measures side by side"
    assert offer.promised == []
    assert [(problem.where.sheet, problem.message) for problem in offer.problems] == [
        ("Offer", "The measures stand beside each other, and each needs a row of its own")
    ]
    beside = read_rows(["Code", "Year 1", "Year 2"], ["J11", 1, 2], ["S08", 3, 4], ["", "see J11", "S08"])
    assert beside.promised == PROMISED


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Whole borough", ""), ("Borough-wide", ""), ("boroughwide", ""), ("All wards", ""), ("n/a", ""), ("-", ""),
        ("Outside the borough", "outside"), ("outside area", "outside"), ("Brackwater Ward", "X01"),
        ("Brackwater", "X01"),
        ("Brackwater and more", "Brackwater and more"),
    ],
)  # fmt: skip
def test_a_place_is_found_as_people_write_it(text, place):
    wards = ward_codes({"Brackwater": "X01"})
    sheet = Sheet("o", "Offer", Headings(1, {Role.CODE: 0, Role.WARD: 2}, {0: 1}), wards, EDITION, 2)
    row = GridRow(2, {0: GridCell("J11"), 1: GridCell(1), 2: GridCell(text)})
    assert RowReader(sheet, row).read().commitment.place == place


def test_pounds_for_what_is_not_counted_in_pounds_are_asked_about():
    offer = read_rows(["Code", "Year 1"], ["S08", "£40"], ["V01", "£40"], ["S08", "£0"], ["S08", 3])
    asked = [
        (one.where.row, one.message) for line in offer.lines for one in line.problems if one.severity.value == "warning"
    ]
    assert asked == [(2, "“£40” is in pounds, and S08 is for each week")]
