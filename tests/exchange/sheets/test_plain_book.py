"""A book comes through the locked room as it was; whatever is not exactly of that form is refused."""

import json
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from tests.exchange.books import book_of
from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.domain.typed_numbers import Convention
from tomsapp.exchange.grid import CellError, Grid, GridCell, GridRow
from tomsapp.exchange.sheets import plain_book as module
from tomsapp.exchange.sheets.opened import OpenedBook
from tomsapp.exchange.sheets.opening import open_table
from tomsapp.exchange.sheets.plain_book import book_in, plain_book
from tomsapp.room.frames import WrongForm

CELLS = {
    0: GridCell("Søn \ud83d\n\x0b", text="Søn \ud83d\n\x0b"),
    1: GridCell("a", text="A"),
    2: GridCell(3, text="3"),
    3: GridCell(Decimal("1.50"), is_percent=True, text="150%", convention=Convention.COMMA),
    4: GridCell(True, text="TRUE"),
    5: GridCell(date(2026, 4, 1), text="01/04/2026"),
    6: GridCell(datetime(2026, 4, 1, 9, 30), text="01/04/2026 09:30"),  # noqa: DTZ001 - cells have no zone
    7: GridCell(time(9, 30), text="09:30"),
    8: GridCell(timedelta(days=-1, seconds=3, microseconds=4), text="x"),
    9: GridCell(CellError("#REF!"), has_formula=True, text="#REF!"),
    10: GridCell(None, lacks_result=True, has_formula=True),
    11: GridCell(None, is_merged=True, note="Ask Ann\nYes", convention=Convention.UNKNOWN),
    12: GridCell("", text=""),
    13: GridCell("x", text="x", is_struck=True, convention=Convention.UNKNOWN),
    14: GridCell("x y", text="x y", is_part_struck=True),
    199: GridCell(Decimal("1E+20")),
}
BOOK = OpenedBook(
    (
        Grid("Offer", (GridRow(1, CELLS), GridRow(9, {}, True, 3, is_struck=True)), frozenset({2, 0}), Convention.COMMA,
             filtered=True, merged=((1, 0, 2, 199),)),
        Grid("", ()),
    ),
    (Grid("Hidden", (GridRow(2, {0: GridCell("x", text="x")}),), is_hidden=True),),
    (Problem("macros-not-run", Severity.NOTE, "It has macros", "Nothing", Where("a.xlsm", "Offer"), key="macros"),),
)  # fmt: skip


def through(book):
    told, rows = plain_book(book)
    return book_in(json.loads(json.dumps(told)), rows)


def test_every_kind_of_cell_row_and_sheet_comes_back_as_it_was():
    found = through(BOOK)
    assert found == BOOK
    assert str(found.sheets[0].rows[0].cells[3].value) == "1.50"
    assert list(found.sheets[0].rows[0].cells) == list(CELLS)
    assert through(OpenedBook(())) == OpenedBook(())


def test_a_workbook_and_a_table_in_text_come_back_as_they_were():
    for data in (book_of(["S08", 40, 1.5, "x"]), "Code;Größe\r\nS08;1,5\r\n".encode("cp1252")):
        book = open_table(data, "bid")
        assert through(book) == book


def test_cells_that_are_one_object_are_told_once_and_come_out_as_one():
    one = GridCell("Housing", text="Housing")
    book = OpenedBook((Grid("R", tuple(GridRow(number, {0: one, 1: GridCell(number)}) for number in (1, 2))),))
    _, rows = plain_book(book)
    assert rows.count(b"Housing") == 1
    found = through(book)
    assert found == book
    first, second = found.sheets[0].rows
    assert first.cells[0] is second.cells[0]


TOLD, ROWS = plain_book(BOOK)
PLAIN = json.loads(json.dumps(TOLD))


def changed(**parts):
    return {**PLAIN, **parts}


def sheet(place, value):
    sheets = json.loads(json.dumps(PLAIN["sheets"]))
    sheets[0][place] = value
    return changed(sheets=sheets)


@pytest.mark.parametrize(
    "told",
    [
        {}, changed(sheets={}), changed(seen=4), changed(seen=-1), changed(seen="2"), changed(problems=3),
        changed(sheets=[[]] * 501), changed(sheets=[3]), sheet(0, 3), sheet(0, "x" * 70_000), sheet(1, 1), sheet(1, 3),
        sheet(1, 10**9), sheet(2, 3), sheet(2, ["x"]), sheet(3, 9), sheet(3, True), sheet(4, 1), sheet(5, None),
        sheet(6, [[1, 2, 3]]), sheet(6, [[0, 0, 0, -1]]), sheet(6, [[0, 0, 0, 0]] * 10_001),
    ],
)  # fmt: skip
def test_a_head_of_another_form_is_refused(told):
    with pytest.raises(WrongForm):
        book_in(told, ROWS)


@pytest.mark.parametrize(
    "row",
    [
        b"", b"nonsense", b"3", b"[1,false,false,null,[]]", b'["1",false,false,null,[],[]]', b"[1,0,false,null,[],[]]",
        b'[1,false,false,"x",[],[]]', b"[1,false,false,null,[],3]", b"[1,false,false,null,3,[]]",
        b"[1,false,false,null,[0],[]]", b"[1,false,false,null,[],[[0,1]]]", b'[1,false,false,null,["x"],[[0,1]]]',
        b"[1,false,false,null,[true],[[0,1]]]", b"[1,false,false,null,[0],[[0]]]", b"[1,false,false,null,[0],[true]]",
        b"[1,false,false,null,[0],[0]]", b"[1,false,false,null,[0],[-1]]", b"[1,false,false,null,[0,1],[[0,1],-1]]",
        b"[1,false,false,null,[-1],[[0,null]]]", b"[1,false,false,null,[0],[[999,null]]]",
        b"[1,false,false,null,[0],[[0,1.5]]]", b'[1,false,false,null,[0],[[0,["n"]]]]',
        b'[1,false,false,null,[0],[[0,["n","x"]]]]', b'[1,false,false,null,[0],[[0,["?","x"]]]]',
        b'[1,false,false,null,[0],[[0,["l","1 2"]]]]', b'[1,false,false,null,[0],[[0,["l","9999999999999 0 0"]]]]',
        b'[1,false,false,null,[0],[[0,["d","2026"]]]]', b'[1,false,false,null,[0],[[0,"x",3]]]',
        b'[1,false,false,null,[0],[[0,"x","x",3]]]', b"[1,false,false,null,[0]," + b"[" * 100_000,
        b'[1,false,false,null,[0],[[0,"' + b"x" * 70_000 + b'"]]]',
    ],
)  # fmt: skip
def test_a_row_of_another_form_is_refused(row):
    told = {"sheets": [["x", 1, [], 0, False, False, []]], "seen": 1, "problems": []}
    with pytest.raises(WrongForm):
        book_in(told, row)


def test_a_row_of_this_form_is_taken():
    told = {"sheets": [["x", 1, [], 0, False, False, []]], "seen": 1, "problems": []}
    row = book_in(told, b'[1,false,false,null,[0,2],[[0,"x"],0]]').sheets[0].rows[0]
    assert row.cells == {0: GridCell("x", text="x"), 2: GridCell("x", text="x")}


def test_more_cells_than_a_file_may_have_are_refused(monkeypatch):
    monkeypatch.setattr(module, "MOST_CELLS", 5)
    with pytest.raises(WrongForm):
        book_in(PLAIN, ROWS)
