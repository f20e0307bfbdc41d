"""No body text under 9.5 points in a menu book, and small type of every kind on a broken page."""

from dataclasses import replace

import pytest

from tests.reports.page_reader import read_pages
from tests.reports.page_sizes import size_faults
from tests.reports.sample import new_document
from tests.reports.valuations import CONTEXT, MENUS, fonts
from tomsapp.reports.charts import Segment, StackedBar
from tomsapp.reports.flowables import Bullets, Figure, Heading, Panel, Paragraph
from tomsapp.reports.menu_book import build_menu_book
from tomsapp.reports.styles import BODY, CELL, NOTE, SUM_MUTED
from tomsapp.reports.tables import Cell, Column, Part, Row, Table, TableLook

TINY = replace(CELL, size=8.2)
COLUMNS = [Column("Name", 30, row_head=True), Column("Value", 70)]


@pytest.mark.parametrize("name", ["barnet-open 2026.1", "barnet-open 2026.2", "barnet-council 2023"])
def test_a_menu_book_has_no_body_text_under_nine_and_a_half_points(name: str):
    book = build_menu_book(MENUS.load(*name.split()), CONTEXT, fonts())
    assert list(size_faults(read_pages(book.data))) == []


def faults(*blocks: object) -> str:
    document = new_document()
    document.add(Heading("Title", 1), *blocks)
    return "\n".join(size_faults(read_pages(document.build().data)))


def table(*parts: Part, look: TableLook | None = None) -> Table:
    return Table(COLUMNS, [Row(["Line", Cell(parts)])], look or TableLook())


def test_body_text_and_notes_of_the_sizes_that_they_need_have_no_fault():
    bar = Figure(StackedBar([Segment(1, 4)]), "Stacked bar")
    notes = Paragraph("A note.", NOTE), Paragraph("And one more.", NOTE)
    cells = table(Part("£1.00"), Part("as of 2026", SUM_MUTED))
    assert faults(Paragraph("Text."), Bullets(["One"], BODY), cells, *notes, bar, notes[0]) == ""


@pytest.mark.parametrize(
    "block",
    [
        Paragraph("Small words", NOTE),
        Bullets(["Small words"], NOTE),
        Panel([Paragraph("Small words", NOTE)]),
        table(Part("Small words", SUM_MUTED)),
        table(Part("Small words", SUM_MUTED), Part("then large")),
        Table(COLUMNS, [Row(["Small words", "£1.00"])], TableLook(SUM_MUTED)),
    ],
)
def test_small_body_text_is_found(block: object):
    found = faults(Paragraph("Text."), block)
    assert found.startswith("page 1: body text of 8.8 points, under 9.5: “")
    assert "Small words" in found


def test_a_note_too_small_to_read_is_found():
    assert "a note of 8.2 points, under 8.8: “note" in faults(table(Part("£1.00"), Part("note", TINY)))
    assert "a note of 8.2 points" in faults(table(Part("£1.00")), Paragraph("note", TINY))


def test_a_note_belongs_under_a_table_a_chart_or_another_note():
    assert "body text of 8.8 points" in faults(Paragraph("Text."), Paragraph("Parted.", NOTE))
    assert "body text of 8.8 points" in faults(Heading("Attribution"), Paragraph("Whose figures.", NOTE))
