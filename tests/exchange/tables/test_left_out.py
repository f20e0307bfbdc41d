"""Nothing of a file is left out in silence: each hidden, struck out or noted thing is said, with a choice."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.exchange.examples import CONTRACT
from tests.exchange.tables.offers import HARTWELL, READER, Read, book_of_sheets, hartwell_offer, read, read_rows
from tomsapp.domain.contract_dates import end_after
from tomsapp.domain.problems import Severity
from tomsapp.exchange.labelled.labels import RowKind
from tomsapp.exchange.labelled.rivals import with_rivals
from tomsapp.exchange.labelled.uses import SHARE

HEAD = ["Code", "Year 1", "Year 2", "Value"]


@pytest.fixture(scope="module")
def offer():
    return read(hartwell_offer())


def test_what_is_easily_missed_is_said_with_what_it_comes_to(offer):
    assert offer.told == {
        "Column D is hidden": ("2027/28 in 3 lines, £11,456.50. Their own values count it", "read"),
        "Cell A1 has a note": ("“Sent in March”", "leave"),
        "Row 7 is struck out": ("V01, 5 a year, £100.00. Their own total counts it", "leave"),
        "Row 11 has no code": ("Below the total: “10 refurbished laptops for the youth club”", ""),
        "Cell C6 has a note": ("“Hours still to be agreed”", "add"),
    }


def test_the_lines_come_in_as_the_file_gives_a_ground_for(offer):
    assert offer.promised == [
        ("J11", "1", "1"), ("S08", "40", None), ("S06", "10", "12"), ("V02", None, "5000")
    ]  # fmt: skip
    statements = [line.commitment.statement for line in offer.lines if line.is_read]
    assert statements == ["All staff", "", "Two schools Hours still to be agreed", ""]
    assert [line.how for line in offer.lines] == ["", "", "", "struck out", ""]
    assert offer.lines[1].commitment.contract_share == Decimal("0.25")


def test_a_row_that_says_the_same_as_one_before_it_is_warned_of():
    head = ["Code", "Year 1", "Year 2", "Ward", "Statement"]
    one, twin = ["J11", 1, 2, "", "Cleaners"], ["J11", "1", 2, "", "Cleaners"]
    others = ["J11", 1, 2, "", "Cooks"], ["J11", 1, 3, "", "Cleaners"], ["S08", 1, 2, "", "Cleaners"]
    nothing = ["V04", 0, 0, "", "Hours"], ["V04", 0, 0, "", "Hours"]
    offer = read(book_of_sheets({"Offer": [head, one, *others, *nothing, twin], "More": [head, one, others[0]]}))
    told = [problem for line in offer.lines for problem in line.problems if problem.code == "row-twice"]
    assert [problem.message for problem in told] == [
        "Row 8 says the same as row 2, in every word and number",
        "Row 2 says the same as row 2 of Offer, in every word and number",
        "Row 3 says the same as row 3 of Offer, in every word and number",
    ]
    assert {problem.severity for problem in told} == {Severity.WARNING}


def test_numbers_without_a_code_and_words_are_told():
    offer = read_rows(["Code", "Year 1", "Year 2"], ["J11", 1, 2], ["", 7, ""])
    assert offer.told == {"Row 3 has no code": ("“7”", "")}


def test_each_choice_is_done(offer):
    read_all = offer.choosing(struck_out="read", column_hidden="leave", note="leave", no_key="measure:S40")
    assert read_all.promised == [
        ("J11", "1", None), ("S08", "40", None), ("S06", "10", None), ("V01", "5", None), ("V02", None, None),
        ("S40", None, None),
    ]  # fmt: skip
    assert read_all.lines[2].commitment.statement == "Two schools"
    assert read_all.lines[-1].commitment.statement == "10 refurbished laptops for the youth club"


def test_their_own_total_is_taken_apart_into_parts_that_add_up(offer):
    own = offer.own
    assert (own.where, own.shown) == ("cell F9", Decimal(23872))
    assert [(part.label, part.amount) for part in own.parts] == [("Row 7, struck out", Decimal(-100))]
    assert own.read - own.shown == sum(part.amount for part in own.parts)
    left = offer.choosing(column_hidden="leave").own
    assert [part.label for part in left.parts] == ["Column D, left out", "Row 7, struck out"]
    assert left.read - left.shown == sum(part.amount for part in left.parts)


def test_a_second_copy_starts_unread_and_says_how_it_differs():
    rows = [list(row) for row in HARTWELL]
    rows[3][2] = 7
    offer = read(hartwell_offer(**{"Offer (2)": rows, "Offer (3)": HARTWELL}))
    copies = {sheet.name: (sheet.is_read, sheet.found, sheet.is_doubtful) for sheet in offer.labels}
    assert copies["Offer (2)"] == (False, "a copy of Offer: 1 quantity differs", True)
    assert copies["Offer (3)"] == (False, "a copy of Offer: nothing differs", True)
    assert copies["Read me"] == (False, "no table", False)
    assert copies["Lists"] == (False, "look-up, no quantities, hidden in the file", False)
    assert offer.told["Sheet Offer (2) is a second copy"][1] == "leave"
    both = offer.choosing(second_copy="read")
    assert len(both.promised) == 3 * len(offer.promised) + 2
    ticked = offer.relabelled(offer.labels.with_sheet_read("Offer (2)", is_read=True))
    assert ticked.told["Sheet Offer (2) is a second copy"][1] == "read"


def test_a_hidden_sheet_with_lines_is_asked_about():
    sheets = {"Offer": [HEAD, ["J11", 1, 1]], "Old": [HEAD, ["S08", 2, 2]]}
    offer = read(book_of_sheets(sheets, lambda _book, made: made["Old"].hide()))
    assert offer.told == {"Sheet Old is hidden": ("1 line, £906.00", "")}
    assert offer.choosing(sheet_hidden="read").promised == [("J11", "1", "1"), ("S08", "2", "2")]
    assert offer.promised == [("J11", "1", "1")]


@pytest.mark.parametrize(("total", "guess"), [(11007, "read"), (10101, "leave"), (None, "")])
def test_a_hidden_row_is_read_where_their_own_total_counts_it(total, guess):
    rows = [HEAD, ["J11", 1, 1, 10101], ["S08", 2, 2, 906], ["Total", None, None, total]]
    offer = read(
        book_of_sheets({"Offer": rows}, lambda _book, made: made["Offer"].set_row(2, None, None, {"hidden": 1}))
    )
    assert offer.told["Row 3 is hidden"][1] == guess


def test_rows_hidden_by_a_filter_say_so():
    def filtered(_book, made):
        made["Offer"].autofilter("A1:C3")
        made["Offer"].filter_column(0, "x == J11")
        made["Offer"].set_row(2, None, None, {"hidden": True})

    offer = read(book_of_sheets({"Offer": [HEAD, ["J11", 1, 1], ["S08", 2, 2]]}, filtered))
    assert offer.told == {"Row 3 is hidden by a filter": ("S08, 2 a year, £906.00", "")}


def test_a_line_below_the_total_is_asked_about_and_words_are_said():
    rows = [
        HEAD,
        ["J11", 1, 1, 10101],
        ["Total", "", "", 10101],
        ["S08", 2, 3, 1132.5],
        [],
        ["Without VAT"],
        ["Thank you"],
    ]
    offer = read_rows(*rows)
    assert offer.told == {
        "Row 4 stands below the total": ("S08, 2, 3, £1,132.50", ""),
        "Rows 6 to 7 stand below the table": ("“Without VAT Thank you”", "leave"),
    }
    below = offer.choosing(below_table="read")
    assert below.promised[1] == ("S08", "2", "3")
    assert [(part.label, part.amount) for part in below.own.parts] == [("Row 4, below the total", Decimal("1132.50"))]
    assert offer.own.parts == ()


def test_a_row_without_a_code_that_has_quantities_is_read_for_the_measure_that_is_chosen():
    offer = read_rows(["Code", "Measure", "Year 1", "Year 2"], ["J11", "", 1, 1], ["", "Talks in schools", 3, 4])
    assert offer.told == {"Row 3 has no code": ("“Talks in schools”", "")}
    chosen = offer.choosing(no_key="measure:S08")
    assert chosen.promised[1] == ("S08", "3", "4")
    assert chosen.lines[1].commitment.statement == "Talks in schools"
    assert offer.choosing(no_key="leave").promised == [("J11", "1", "1")]
    not_read = offer.relabelled(offer.labels.with_row("Offer", 3, RowKind.NOT_READ))
    assert not_read.left_out == ()


def test_one_number_for_the_whole_contract_is_asked_about_once():
    rows = [
        ["Code", "Quantity", "Statement"],
        ["J11", 25],
        ["S31", 80],
        ["S30", "Yes"],
        ["X9", 3],
        ["S08", "", "Two schools"],
    ]
    offer = read(book_of_sheets({"Work": rows, "More": [rows[0], ["S41", 3]]}))
    detail = "In 6 lines of Work and More. The contract has 2 years"
    assert offer.told == {"Column B has one number for the whole contract": (detail, "")}
    even = [
        ("J11", "12.50", "12.50"),
        ("S31", "80", "80"),
        ("S30", "1", None),
        ("X9", "1.5000", "1.5000"),
        ("S08", None, None),
    ]
    assert [(code, *_short(numbers)) for code, *numbers in offer.promised] == [
        (code, *_short(numbers)) for code, *numbers in [*even, ("S41", "1.5", "1.5")]
    ]  # fmt: skip
    assert offer.choosing(whole_contract="first").promised[0] == ("J11", "25", None)


def _short(numbers):
    return [number and f"{Decimal(number).normalize():f}" for number in numbers]


def test_a_hidden_column_of_facts_is_left_out_until_it_is_decided():
    head = ["Code", "Year 1", "Share", "Ward", "Statement", "Cost", "Promise per £ of spend", "For every £", "Notes"]
    row = ["J11", 2, "50%", "Old Town", "In May", 5, 1, 1000, "?"]

    def hidden(_book, made):
        made["Offer"].set_column(2, 8, None, None, {"hidden": True})

    offer = read(book_of_sheets({"Offer": [head, row]}, hidden))
    assert list(offer.told) == [f"Column {letter} is hidden" for letter in "CDEFGH"]
    line = offer.lines[0].commitment
    assert (line.contract_share, line.place, line.statement, line.cost, line.rate) == (1, "", "", None, None)
    assert offer.lines[0].tells == {"code", "year-0"}
    line = offer.choosing(column_hidden="read").lines[0].commitment
    assert (line.contract_share, line.place, line.statement) == (Decimal("0.5"), "E05000001", "In May")
    assert line.rate is not None


def test_a_problem_of_a_hidden_column_goes_with_it():
    offer = read(book_of_sheets(
        {"Offer": [["Code", "Year 1", "Year 2"], ["J11", 2, "lots"]]},
        lambda _book, made: made["Offer"].set_column(2, 2, None, None, {"hidden": True}),
    ))  # fmt: skip
    assert offer.lines[0].problems == ()
    assert len(offer.choosing(column_hidden="read").lines[0].problems) == 1


def test_a_hidden_column_that_is_empty_or_that_no_value_counts_is_no_ground():
    def hidden(_book, made):
        made["Offer"].set_column(2, 2, None, None, {"hidden": True})

    empty = read(book_of_sheets({"Offer": [HEAD, ["J11", 1, None, 5050.5]]}, hidden))
    assert empty.left_out == ()
    without = read(book_of_sheets({"Offer": [HEAD, ["J11", 1, 1, 5050.5]]}, hidden))
    assert without.told["Column C is hidden"][1] == "leave"
    neither = read(book_of_sheets({"Offer": [HEAD, ["J11", 1, 1, 7575.75]]}, hidden))
    assert neither.told["Column C is hidden"][1] == ""


def test_the_year_one_contract_takes_its_number_without_a_question():
    one_year = replace(CONTRACT, end_on=end_after(CONTRACT.start_on, 1))
    offer = read(book_of_sheets({"Offer": [["Code", "Quantity"], ["J11", 25]]}), replace(READER, contract=one_year))
    assert [guess for _, guess in offer.told.values()] == ["first"]
    assert offer.promised == [("J11", "25")]


def test_one_line_of_the_same_measure_in_two_sheets_is_no_copy_unless_it_is_the_same():
    one = [HEAD, ["S08", 1, 1]]
    offer = read(book_of_sheets({"North": one, "South": [HEAD, ["S08", 1, 2]], "North again": one}))
    assert [sheet.is_read for sheet in offer.labels] == [True, True, False]


def test_a_column_of_numbers_that_nobody_reads_is_said():
    offer = read_rows(
        ["Code", "Year 1", "Mine", "Total", "", "Colour", "Odd", "Few"],
        ["J11", 1, "50%", 1, 4, "red", True, 9],
        ["S08", 2, 0.25, 2, 4, "red", "2 of them"],
        ["S06", 2, "£3", 2, 4, "red", ""],
        ["V01", 2, 7, 2, 4, "red", ""],
    )
    assert {title: detail for title, (detail, _) in offer.told.items()} == {
        "Column C is not read": "“Mine”, 4 numbers: 50%, 0.25, £3…. To read it, point at its label",
        "Column E is not read": "No heading, 4 numbers: 4, 4, 4…. To read it, point at its label",
        "Column H is not read": "“Few”, 1 number: 9. To read it, point at its label",
    }


# Several columns for one year


def test_of_several_columns_for_one_year_a_person_says_which_is_meant():
    head = ["Code", "Year 1", "Year 2", "Year 1 (revised)", "Year 2 v2", "Draft 2027/28"]
    offer = read_rows(head, ["S08", 10, 11, 20, 21, ""], ["J11", 1, 2, 3, "", 5], ["V04", 1, 1, 7, "", ""])
    assert [problem.message for problem in offer.problems] == []
    assert offer.told == {
        "2026/27 stands in columns B and D": ("“Year 1”: 10, 1, 1; “Year 1 (revised)”: 20, 3, 7", ""),
        "2027/28 stands in columns C, E and F": (
            "“Year 2”: 11, 2, 1; “Year 2 v2”: 21; “Draft 2027/28”: 5",
            "",
        ),
    }
    first, second = offer.left_out
    assert [option.label for option in first.options] == ["Read B, “Year 1”", "Read D, “Year 1 (revised)”"]
    chosen = Read(offer.book, with_rivals(offer.labels, {first.key: "D"}), {first.key: "D"})
    assert chosen.promised == [("S08", "20", "11"), ("J11", "3", "2"), ("V04", "7", "1")]
    assert [one.key for one in chosen.left_out] == [first.key, second.key]
    assert with_rivals(chosen.labels, {first.key: "B"}) == offer.labels
    shared = offer.labels.with_column("Offer", 3, SHARE)
    assert with_rivals(shared, {first.key: "D"}) == shared


def test_of_several_columns_for_the_whole_contract_a_person_says_which_is_meant():
    offer = read_rows(["Code", "Quantity", "Quantity"], *[["S08", place, 3] for place in (10, 20, 30, 40)])
    title = "The whole contract stands in columns B and C"
    assert offer.told[title] == ("“Quantity”: 10, 20, 30…; “Quantity”: 3, 3, 3…", "")
    key = next(one.key for one in offer.left_out if one.title == title)
    assert with_rivals(offer.labels, {key: "C"}).sheet("Offer").columns == {0: "code", 2: "whole"}


def test_a_single_column_may_say_which_version_of_a_year_it_is():
    offer = read_rows(["Code", "Year 1 (final)", "Year 2 (final)"], ["S08", 10, 11])
    assert offer.promised == [("S08", "10", "11")]
    assert offer.told == {}


def test_of_several_columns_for_each_year_a_person_says_which_is_meant_and_a_hidden_one_is_told():
    rows = [["Code", "Annual quantity", "Per year"], ["S08", 10, 3], ["S08", 20, 3]]
    offer = read_rows(*rows)
    title = "Each year stands in columns B and C"
    assert offer.told == {title: ("“Annual quantity”: 10, 20; “Per year”: 3, 3", "")}
    assert offer.choosing(column_ignored="C").promised == [("S08", "3", "3")] * 2
    book = book_of_sheets(
        {"Offer": [row[:2] for row in rows]},
        lambda _book, made: made["Offer"].set_column(1, 1, None, None, {"hidden": True}),
    )
    hidden = read(book)
    assert list(hidden.told) == ["Column B is hidden"]
    assert hidden.choosing(column_hidden="leave").promised == [("S08", None, None)] * 2


def struck_in_part(_book, made):
    """Strikes out the code of row 2, the quantity of row 3, words in row 4, and a value and a title in row 5."""
    sheet, struck = made["Offer"], _book.add_format({"font_strikeout": True})
    sheet.write(1, 0, "J11", struck)
    sheet.write(2, 2, 40, struck)
    sheet.write_rich_string(3, 2, struck, "40", "50")
    sheet.write(4, 1, "Weeks", struck)
    sheet.write(4, 4, 5, struck)


def test_cells_that_are_struck_out_in_a_row_are_asked_about():
    head = ["Code", "Measure", "Year 1", "Year 2", "Value", "Value 2026/27"]
    rows = [head, ["J11", "", 1, 2, 3], ["S08", "", 40, 50, 3], ["S08", "", 0, 60, 3], ["S06", "Weeks", 7, 8, 5]]
    offer = read(book_of_sheets({"Offer": rows}, struck_in_part))
    parts = {title: told for title, told in offer.told.items() if "in part" in title}
    assert {title: (detail.partition(":")[0], guess) for title, (detail, guess) in parts.items()} == {
        "Row 2 is struck out in part": ("Column A", ""), "Row 3 is struck out in part": ("Column C", ""),
        "Row 4 is struck out in part": ("Column C", ""),
    }  # fmt: skip
    assert offer.promised == [("S06", "7", "8")]
    all_read = offer.choosing(struck_out="read")
    assert all_read.promised[:2] == [("J11", "1", "2"), ("S08", "40", "50")]
    assert [(one.code, one.message) for one in all_read.lines[2].problems if one.where.column == "C"] == [
        ("cell-part-struck", "“4050”: Some of it is struck out")
    ]


# Examples

EXAMPLE = [["", "Code", "Measure", "Year 1", "Year 2", "Statement"], ["e.g.", "J11", "Wage", 10, 10, ""],
           ["", "S08", "Example: weeks", 5, 5, ""], ["", "S08", "Weeks", 3, 4, "Example of our work"]]  # fmt: skip


def test_a_row_that_is_called_an_example_is_left_out_unless_somebody_says_otherwise():
    offer = read_rows(*EXAMPLE)
    assert {title: guess for title, (_, guess) in offer.told.items()} == {
        "Row 2 is called an example": "leave", "Row 3 is called an example": "leave"
    }  # fmt: skip
    assert offer.promised == [("S08", "3", "4")]
    assert offer.choosing(example="read").promised[0] == ("J11", "10", "10")
    assert [line.how for line in offer.lines] == ["an example", "an example", ""]


def test_a_sheet_that_is_called_an_example_is_not_read_by_itself():
    rows = [["Code", "Year 1", "Year 2"], ["J11", 1, 2], ["S08", 3, 4]]
    offer = read(book_of_sheets({"Example": rows, "Offer": [rows[0], ["S06", 7, 8]]}))
    assert offer.promised == [("S06", "7", "8")]
    assert offer.labels.sheets[0].found == "2 lines, rows 2 to 3, an example"
    (title, (detail, guess)), *_ = offer.told.items()
    assert (title, detail.partition(",")[0], guess) == ("Sheet Example is called an example", "2 lines", "leave")
    assert offer.choosing(example="read").promised[0] == ("J11", "1", "2")
    alone = read(book_of_sheets({"Worked example": rows}))
    assert [problem.code for problem in alone.problems] == ["no-sheet-read"]
    ticked = alone.relabelled(alone.labels.with_sheet_read("Worked example", is_read=True))
    assert [guess for _, guess in ticked.told.values()] == ["read"]
    assert read(book_of_sheets({"Sampler": rows})).promised == [("J11", "1", "2"), ("S08", "3", "4")]


def test_of_two_versions_of_a_sheet_a_person_says_which_is_read():
    head = ["Code", "Year 1", "Year 2"]
    sheets = {"Offer v1": [head, ["S08", 1, 2], ["J11", 2, 2]], "Offer final": [head, ["S08", 3, 2], ["J11", 2, 2]]}
    offer = read(book_of_sheets(sheets))
    assert offer.promised[0] == ("S08", "1", "2")
    (copy,) = [one for one in offer.left_out if one.title == "Sheet Offer final is a second copy"]
    assert ([option.label for option in copy.options], copy.guess) == (
        ["Leave out", "Read it instead of Offer v1", "Read both"], ""
    )  # fmt: skip
    instead = offer.choosing(second_copy="instead")
    assert instead.promised == [("S08", "3", "2"), ("J11", "2", "2")]
    assert [one.is_read for one in instead.labels] == [False, True]
    assert len(offer.choosing(second_copy="read").promised) == 4
    same = read(book_of_sheets({**sheets, "Offer final": sheets["Offer v1"]}))
    assert same.told["Sheet Offer final is a second copy"][1] == "leave"


def test_a_list_with_noughts_for_the_whole_contract_asks_nothing():
    offer = read_rows(["Code", "Quantity"], ["S08", 0], ["J11", 0])
    assert offer.told == {}
    assert list(read_rows(["Code", "Quantity"], ["S08", 0], ["J11", "1,5"], ["V01", 3]).told) == [
        "Column B has one number for the whole contract"
    ]
