from __future__ import annotations

import pytest

from tomsapp.exchange.grid import Grid, GridCell, GridRow
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.exchange.own_sheets import HeadRow, own_sheet
from tomsapp.exchange.sheets.opened import OpenedBook

HEADS = HeadRow({"mark": "Mark", "key": "Key", "note": "Note"}, ("mark", "key"), ("mark", "key"), "Put back", "Again")


def grid(*rows: dict[int, str]) -> Grid:
    cells = ({column: GridCell(text) for column, text in row.items()} for row in rows)
    return Grid("Marks", tuple(GridRow(number, each) for number, each in enumerate(cells, start=1)))


def test_heads_are_found_wherever_they_stand():
    row, columns = HEADS.find(grid({0: "Note"}, {4: "KEY ", 2: "mark", 1: "Note"}), "a.xlsx")
    assert (row.number, columns) == (2, {"key": 4, "mark": 2, "note": 1})


def test_of_two_heads_that_are_the_same_the_left_one_counts():
    _, columns = HEADS.find(grid({5: "Mark", 2: "Mark", 3: "Key"}), "a.xlsx")
    assert columns["mark"] == 2


@pytest.mark.parametrize(
    ("row", "message", "fix"),
    [
        ({1: "Key"}, "a.xlsx, sheet Marks, row 1, has no column “Mark”", "Put back"),
        ({1: "Note"}, "a.xlsx, sheet Marks, has no row of heads", "Again"),
    ],
)
def test_a_head_that_is_not_there_is_told_with_its_row(row, message, fix):
    with pytest.raises(OfferUnreadable) as told:
        HEADS.find(grid(row), "a.xlsx")
    assert (told.value.message, told.value.fix) == (message, fix)


def test_a_sheet_that_is_not_there_is_told_with_those_that_are():
    book = OpenedBook((grid(), Grid("Read me", ())))
    assert own_sheet(book, "Marks", "a.xlsx", "Name it again").name == "Marks"
    with pytest.raises(OfferUnreadable, match="has no sheet “Return”, only “Marks” and “Read me”"):
        own_sheet(book, "Return", "a.xlsx", "Name it again")
