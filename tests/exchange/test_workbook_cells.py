"""The one pass over a workbook gives what two passes of openpyxl give, cell by cell."""

import io
from datetime import UTC, date, datetime, time

import openpyxl
import pytest

from tests.exchange.books import book_of, edited
from tests.exchange.examples import AREA, COMMITMENTS, CONTRACT, EDITION
from tomsapp.domain.checks import repeats
from tomsapp.exchange import workbook_read
from tomsapp.exchange.grid import CellError, GridCell
from tomsapp.exchange.tables_xlsx import BookProperties
from tomsapp.exchange.workbook_cells import read_sheets
from tomsapp.exchange.workbook_layout import Template
from tomsapp.exchange.workbook_write import write_workbook

TEMPLATE = write_workbook(
    Template(EDITION, tuple(EDITION.places), CONTRACT, AREA, COMMITMENTS),
    BookProperties("Commitments", datetime(2026, 4, 1, tzinfo=UTC)),
)
PERCENTS = {"0%", "0.00%", "0.0###%"}


def odd(sheet):
    """Every kind of cell."""
    sheet["B3"], sheet["C3"], sheet["D3"], sheet["E3"] = "=1/0", "#REF!", True, date(2026, 4, 1)
    sheet["A4"], sheet["B4"], sheet["C4"], sheet["D4"] = time(9, 30), datetime(2026, 4, 1, 9, 30), 1.5, "  text "  # noqa: DTZ001
    sheet["A6"] = "=A4"
    sheet.merge_cells("A6:B7")
    sheet["D9"] = 12
    sheet.merge_cells("D9:E9")
    sheet["H12"].number_format = "0.00"
    for row, shown in enumerate(("0%", "0.00%", "0.0###%", '0.0" % of staff"', "0.0\\%", "General"), 14):
        sheet.cell(row, 2, 0.8).number_format = shown
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions.group("F", "H", hidden=True)
    sheet.parent.create_sheet("Secret").sheet_state = "veryHidden"


def with_a_chart(sheet):
    """A sheet that is a chart stands between the two."""
    sheet.parent.create_chartsheet("Chart")
    odd(sheet)


def twice(data):
    """The cells by sheet as two passes of openpyxl give them."""
    values = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    formulas = openpyxl.load_workbook(io.BytesIO(data))
    for sheet in values.worksheets:
        merged = {spot for part in sheet.merged_cells.ranges for row in part.rows for spot in row}
        cells = {}
        for row in sheet.iter_rows():
            for cell in row:
                spot, has_formula = (cell.row, cell.column), formulas[sheet.title][cell.coordinate].data_type == "f"
                value = CellError(cell.value) if cell.data_type == "e" else cell.value
                lacks = has_formula and cell.value is None
                if value is not None or lacks or spot in merged:
                    is_percent = value is not None and cell.number_format in PERCENTS
                    cells[spot] = GridCell(value, lacks, spot in merged, has_formula, is_percent)
        yield sheet.title, cells, (sheet.max_row, sheet.max_column)


@pytest.mark.parametrize("data", [TEMPLATE, book_of(["S08", 40, 0.5], ["S06"], change=odd)])
def test_one_pass_gives_what_two_give(data):
    found = [
        (
            sheet.name,
            {(row.number, column + 1): cell for row in sheet.rows() for column, cell in row.cells.items()},
            sheet.last,
        )
        for sheet in read_sheets(data)
    ]
    assert found == list(twice(data))


def test_what_is_hidden_is_told():
    first, secret = read_sheets(book_of(["S08", 40], change=with_a_chart))
    assert (first.is_visible, secret.is_visible) == (True, False)
    assert first.hidden_columns == [(6, 8)]
    assert [row.number for row in first.rows() if row.is_hidden] == [4]


def test_a_sheet_that_the_package_lacks_is_passed_over():
    data = edited(
        book_of(["S08", 40]), "xl/_rels/workbook.xml.rels", lambda xml: xml.replace(b"sheet1.xml", b"gone.xml")
    )
    assert read_sheets(data) == []


def test_the_lines_are_held_against_each_other_once_and_not_for_each_row(monkeypatch):
    asked, find = [], repeats.repeat_problems
    monkeypatch.setattr(workbook_read, "repeat_problems", lambda valuation: asked.append(valuation) or find(valuation))
    data = book_of(*(["J01", 1, 1] for _ in range(5)))
    preview = workbook_read.read_workbook(data, "bid.xlsx", EDITION, CONTRACT, AREA)
    assert len(preview.rows) == 5
    assert len(asked) == 1
