"""A sheet may hold several tables, one below another or side by side: each is read with its own head."""

from datetime import UTC, datetime

import pytest

from tests.exchange.examples import AREA, CONTRACT, EDITION
from tests.exchange.tables.offers import READER, Read, book_of_sheets, read
from tomsapp.exchange.labelled.contract_guess import ContractGuesser
from tomsapp.exchange.labelled.contract_read import ContractSheet
from tomsapp.exchange.labelled.contract_row import contracts_in
from tomsapp.exchange.labelled.parts import parted
from tomsapp.exchange.sheets.opening import open_table
from tomsapp.exchange.tables_xlsx import BookProperties
from tomsapp.exchange.workbook_layout import Template
from tomsapp.exchange.workbook_write import write_workbook

HEAD = ["Code", "Year 1", "Year 2"]
FIRST = [HEAD, ["J11", 1, 2], ["S08", 3, 4]]
LINES = [("J11", "1", "2"), ("S08", "3", "4")]


def names_of(book):
    return [grid.name for grid in book.all_sheets]


def read_parts(*rows, change=None, name="Offer"):
    """The offer in a sheet of these rows, each of its tables read."""
    book = parted(open_table(book_of_sheets({name: rows}, change), "offer.xlsx"), READER.guesser)
    return Read(book, READER.guesser.guess(book), {})


def beside(*tables, gap=1):
    """Rows with tables side by side."""
    height = max(map(len, tables))
    width = [max(map(len, table)) for table in tables]
    rows = []
    for number in range(height):
        row = []
        for table, cells in zip(tables, width, strict=True):
            held = table[number] if number < len(table) else []
            row += [*held, *[""] * (cells - len(held) + gap)]
        rows.append(row)
    return rows


def test_a_table_below_another_is_read_with_its_own_head():
    other = [["Offered by our partner"], ["", "", "Quantity", "Quantity"], ["Measure", "Code", "Year 1", "Year 2"],
             ["Cash", "V01", 5, 6], ["", "", "", ""], ["Total", "", 5, 6]]  # fmt: skip
    third = [[], ["Title", "Quantity", "Code"], ["Hours", 9, "V02"]]
    offer = read_parts(*FIRST, [], *other, *third)
    assert names_of(offer.book) == ["Offer", "Offer, rows 5 to 10", "Offer, rows 12 to 13"]
    assert offer.promised == [*LINES, ("V01", "5", "6"), ("V02", "4.5", "4.5")]
    assert offer.lines[2].raw.row.number == 8
    assert [title for title in offer.told if "another table" in title] == []


def test_a_table_that_cannot_be_read_stays_with_the_one_above_it_and_is_asked_about():
    offer = read_parts(*FIRST, [], ["Title", "Value", "Who"], ["S08", 5, "us"])
    assert names_of(offer.book) == ["Offer"]
    assert offer.promised == LINES
    lone = read_parts([HEAD[0], "Year 1 value"], ["J11", 5], [], ["Title", "Year 1"], ["S08", 5])
    assert names_of(lone.book) == ["Offer"]


def test_the_same_head_again_begins_no_other_table():
    offer = read_parts(*FIRST, [], HEAD, ["V01", 5, 6])
    assert names_of(offer.book) == ["Offer"]
    assert offer.promised == [*LINES, ("V01", "5", "6")]


@pytest.mark.parametrize("gap", [0, 1, 2])
def test_tables_side_by_side_are_each_read(gap):
    offer = read_parts(["Offer of Hartwell"], *beside(FIRST, [HEAD, ["V01", 5, 6]], gap=gap))
    letters = "DEFGH"[gap], "FGHIJ"[gap]
    assert names_of(offer.book) == ["Offer", f"Offer, columns {letters[0]} to {letters[1]}"]
    assert offer.promised == [*LINES, ("V01", "5", "6")]
    assert offer.problems == []
    assert [one for one in offer.left_out if not one.guess] == []


def test_tables_side_by_side_may_have_other_headings_and_a_merged_head():
    rows = beside(FIRST, [["Measure ref", "Yr 1 Qty", "Yr 2 Qty"], ["V01", 5, 6]])
    assert read_parts(*rows).promised == [*LINES, ("V01", "5", "6")]

    def merge(_book, made):
        made["Offer"].merge_range(0, 1, 0, 2, "Quantity")
        made["Offer"].merge_range(0, 5, 0, 6, "Quantity")

    offer = read_parts([], *beside(FIRST, [HEAD, ["V01", 5, 6]]), change=merge)
    assert [grid.merged for grid in offer.book.sheets] == [((1, 1, 1, 2),), ((1, 5, 1, 6),)]
    assert offer.promised == [*LINES, ("V01", "5", "6")]


def test_tables_side_by_side_for_each_year_come_to_one_line_of_each_measure():
    years = [[[f"Year {year}"], ["Code", "Qty"], ["J11", year], ["S08", year + 2]] for year in (1, 2)]
    assert read_parts(*beside(*years)).promised == LINES


def test_tables_with_a_year_over_each_come_to_one_line_of_each_measure():
    rows = [["Year 1"], ["Code", "Qty"], ["J11", 1], ["S08", 3], [], ["Year 2"], ["Code", "Qty"], ["J11", 2],
            ["S08", 4]]  # fmt: skip
    assert read_parts(*rows).promised == LINES


def test_the_same_table_again_beside_it_is_a_second_copy():
    offer = read_parts(*beside(FIRST, [HEAD, ["J11", 1, 3], ["S08", 3, 4]]))
    assert offer.promised == LINES
    assert list(offer.told) == ["Sheet Offer, columns E to G is a second copy"]


def test_columns_behind_a_gap_that_are_no_table_stay_with_it():
    offer = read_parts(*beside(FIRST, [["Statement"], ["All staff"]], [["Code", "Score"], ["J11", 5]]))
    assert names_of(offer.book) == ["Offer"]
    assert offer.lines[0].commitment.statement == "All staff"
    first = read_parts(*beside([["Code", "Score"], ["J11", 5]], [["Ref", "Year 1", "Year 2"], ["S08", 3, 4]]))
    assert names_of(first.book) == ["Offer"]
    lists = read_parts(*beside([["Lot", "Owner"], ["A", "B"]], [["Name", "Owner"], ["C", "D"]]))
    assert names_of(lists.book) == ["Offer"]


def test_more_tables_than_are_looked_for_stay_together():
    rows = [[f"Code {place}" for place in range(14) for _ in range(2)], ["x", "", *["y"] * 26]]
    assert len(names_of(read_parts(*rows).book)) == 1
    many = beside(*[[["Code", "Year 1"], ["J11", 1]] for _ in range(13)])
    assert len(names_of(read_parts(*many).book)) == 1
    below = [row for place in range(14) for row in ([], [*[""] * place, "Code", "Year 1"], [*[""] * place, "J11", 1])]
    assert len(names_of(read_parts(*below).book)) == 13


def test_a_part_never_takes_the_name_of_another_sheet():
    sheets = {"Offer": beside(FIRST, [HEAD, ["V01", 5, 6]]), "Offer, columns E to G": [["Notes"]]}
    book = parted(open_table(book_of_sheets(sheets), "offer.xlsx"), READER.guesser)
    assert names_of(book) == ["Offer", "Offer, columns E to G ", "Offer, columns E to G"]


def test_a_hidden_sheet_and_a_table_in_text_are_parted_too():
    text = "Code,Year 1,Year 2,,Code,Year 1,Year 2\nJ11,1,2,,V01,5,6\nS08,3,4\n"
    book = parted(open_table(text.encode(), "offer.csv"), READER.guesser)
    assert names_of(book) == ["", "columns E to G"]
    offer = Read(book, READER.guesser.guess(book), {})
    assert offer.promised == [*LINES, ("V01", "5", "6")]
    assert [problem.code for line in offer.lines for problem in line.problems] == []
    data = book_of_sheets(
        {"Read me": [["Hello"]], "Offer": beside(FIRST, [HEAD, ["V01", 5, 6]])},
        lambda _book, made: made["Offer"].hide(),
    )
    hidden = parted(open_table(data, "offer.xlsx"), READER.guesser)
    assert [grid.name for grid in hidden.hidden] == ["Offer", "Offer, columns E to G"]


def test_the_programs_own_workbook_is_never_parted():
    template = Template(EDITION, (), CONTRACT, AREA)
    made = write_workbook(template, BookProperties("Offer", datetime(2026, 4, 1, tzinfo=UTC)))
    book = open_table(made, "offer.xlsx")
    assert parted(book, READER.guesser) is book


# Registers

REGISTER = [["Ref", "Title", "Supplier", "Start", "End", "Value"],
            ["A1", "Roads", "X Ltd", "01/04/2026", "31/03/2028", 1000]]  # fmt: skip
OTHER = [["Ref", "Title", "Supplier", "Value", "Start", "End"],
         ["F1", "Bricks", "Z Ltd", 7000, "01/04/2026", "31/03/2029"]]  # fmt: skip


def read_register(*rows):
    book = parted(open_table(book_of_sheets({"Register": rows}), "r.xlsx"), ContractGuesser())
    labels = ContractGuesser().guess(book)
    sheets = [ContractSheet(book.by_name[one.name], one, "r.xlsx") for one in labels if one.is_read]
    return [
        (sheet.name, line.values["reference"], line.values["value"], line.problems)
        for sheet in sheets
        for line in contracts_in(sheet)
    ]


def test_contracts_below_and_beside_others_are_read_with_their_own_head():
    below = read_register(*REGISTER, [], ["Frameworks"], *OTHER)
    assert below == [("Register", "A1", 1000, ()), ("Register, rows 4 to 6", "F1", 7000, ())]
    beside_it = read_register(*beside(REGISTER, OTHER))
    assert beside_it == [("Register", "A1", 1000, ()), ("Register, columns H to M", "F1", 7000, ())]


def test_a_head_in_other_words_is_no_contract():
    again = [["Reference", "Contract title", "Contractor", "Start date", "End date", "Total value"],
             ["A2", "Parks", "Y Ltd", "01/04/2026", "31/03/2028", 3]]  # fmt: skip
    assert [one[:3] for one in read_register(*REGISTER, *again)] == [("Register", "A1", 1000), ("Register", "A2", 3)]
    assert read_register(["Notes"]) == []


def test_a_file_of_single_tables_stays_as_it_is():
    offer = read(book_of_sheets({"Offer": FIRST}))
    assert parted(offer.book, READER.guesser).sheets == offer.book.sheets
