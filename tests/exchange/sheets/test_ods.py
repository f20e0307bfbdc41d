"""An OpenDocument spreadsheet gives what the same workbook gives, as LibreOffice writes both."""

import shutil
import subprocess
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font

from tests.exchange.sheets.odf import cell, number, ods, row, table, text_cell
from tomsapp.exchange.grid import CellError
from tomsapp.exchange.sheets.opening import open_workbook

MANY = 'table:number-columns-repeated="16384"'
TO_THE_END = 'table:number-rows-repeated="1048570"'


def opened(tables, automatic="", **more):
    return open_workbook(ods(tables, automatic, **more), "bid.ods")


def grid_of(*rows, automatic="", before="", **more):
    (grid,) = opened(table(before + "".join(rows)), automatic, **more).sheets
    return grid


def one(made, automatic="", **more):
    return grid_of(row(made), automatic=automatic, **more).rows[0].cell(0)


@pytest.mark.parametrize(
    ("made", "value", "text"),
    [
        (number("40", "40.00"), 40, "40.00"),
        (number("40.5"), Decimal("40.5"), "40.5"),
        (number("0.8", "80%", "percentage"), Decimal("0.8"), "80%"),
        (number("5000", "£5,000.00", "currency"), 5000, "£5,000.00"),
        (cell('office:value-type="date" office:date-value="2026-04-01"', "<text:p>01/04/26</text:p>"),
         datetime(2026, 4, 1), "01/04/26"),  # noqa: DTZ001
        (cell('office:value-type="time" office:time-value="PT09H30M00S"', "<text:p>09:30</text:p>"),
         time(9, 30), "09:30"),
        (cell('office:value-type="time" office:time-value="PT30H00M00S"', "<text:p>30:00</text:p>"),
         timedelta(hours=30), "30:00"),
        (cell('office:value-type="time" office:time-value="-PT01H00M00S"'), -timedelta(hours=1), ""),
        (cell('office:value-type="time" office:time-value="P999999999DT99H"'), CellError("#VALUE!"), ""),
        (cell('office:value-type="time" office:time-value="nine"'), "nine", ""),
        (cell('office:value-type="boolean" office:boolean-value="true"', "<text:p>TRUE</text:p>"), True, "TRUE"),
        (cell('office:value-type="string" office:string-value="kept"', "<text:p>shown</text:p>"), "kept", "shown"),
        (cell("", "<text:p>no type</text:p>"), "no type", "no type"),
        (cell('calcext:value-type="error"', "<text:p>Err:502</text:p>"), CellError("Err:502"), "Err:502"),
        (cell('table:formula="of:=1/0" office:value-type="string"', "<text:p>#DIV/0!</text:p>"),
         CellError("#DIV/0!"), "#DIV/0!"),
        (text_cell("#DIV/0!"), "#DIV/0!", "#DIV/0!"),
    ],
)  # fmt: skip
def test_a_value_is_read_by_its_type(made, value, text):
    found = one(made)
    assert (found.value, type(found.value), found.text) == (value, type(value), text)


def test_a_per_cent_is_known():
    assert one(number("0.8", "80%", "percentage")).is_percent
    assert not one(number("0.8")).is_percent


def test_a_formula_has_a_result_or_was_never_worked_out():
    bare, empty = one(cell('table:formula="of:=1"')), one(cell('table:formula="of:=&quot;&quot;"', "<text:p/>"))
    assert (bare.has_formula, bare.lacks_result, bare.value) == (True, True, None)
    assert (empty.has_formula, empty.lacks_result, empty.value) == (True, False, "")


def test_spaces_tabs_and_lines_are_kept_as_they_are_seen():
    words = (
        '<text:p>a<text:s text:c="2"/>b<text:tab/>c<text:s/>\n  <text:span>d</text:span><text:line-break/>e</text:p>'
    )
    assert one(cell('office:value-type="string"', f"{words}<text:p>f</text:p>")).value == "a  b\tc  d\ne\nf"


def test_what_is_repeated_stands_in_each_place_and_what_is_empty_in_none():
    wide = cell('office:value-type="string" table:number-columns-repeated="2"', "<text:p>x</text:p>")
    grid = grid_of(
        row(cell(MANY), attributes='table:number-rows-repeated="3"'),
        row(
            cell('table:number-columns-repeated="2"'), wide, text_cell("y"), attributes='table:number-rows-repeated="2"'
        ),
        row(cell(MANY), attributes=TO_THE_END),
    )
    assert [(one.number, {at: each.value for at, each in one.cells.items()}) for one in grid.rows] == [
        (4, {2: "x", 3: "x", 4: "y"}), (5, {2: "x", 3: "x", 4: "y"}),
    ]  # fmt: skip


def test_hidden_columns_rows_and_sheets_are_told():
    columns = (
        '<table:table-column table:number-columns-repeated="2"/>'
        '<table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
        f'<table:table-column table:visibility="filter"/><table:table-column {MANY}/>'
    )
    rows = (
        row("a"), row("b", attributes='table:visibility="collapse"'), row("c", attributes='table:visibility="filter"'),
        row(cell(MANY), attributes=f'table:visibility="collapse" {TO_THE_END}'),
    )  # fmt: skip
    style = '<style:style style:name="{}" style:family="table"><style:table-properties {}/></style:style>'
    styles = style.format("h", 'table:display="false"') + style.format("s", "")
    book = opened(
        table(columns + "".join(rows), attributes='table:style-name="s"')
        + table(row("z"), attributes='table:style-name="h"'),
        styles,
    )  # fmt: skip
    (grid,), (secret,) = book.sheets, book.hidden
    assert grid.hidden_columns == {2, 3, 4}
    assert [(one.number, one.is_hidden) for one in grid.rows] == [(1, False), (2, True), (3, True)]
    assert (grid.filtered, secret.filtered) == (True, False)
    assert (secret.name, secret.is_hidden) == ("Offer (2)", True)


LINE = '<style:text-properties style:text-line-through-style="{}"/>'
STYLES = (
    f'<style:style style:name="off" style:family="table-cell">{LINE.format("solid")}</style:style>'
    '<style:style style:name="as-off" style:family="table-cell" style:parent-style-name="off">'
    '<style:text-properties/></style:style>'
    '<style:style style:name="on" style:family="table-cell" style:parent-style-name="off">'
    f"{LINE.format('none')}</style:style>"
    '<style:style style:name="round" style:family="table-cell" style:parent-style-name="round"/>'
    f'<style:style style:name="w" style:family="text">{LINE.format("solid")}</style:style>'
)  # fmt: skip
WORDS = '<text:p><text:span text:style-name="w">a<text:span>b</text:span></text:span>{}</text:p>'


@pytest.mark.parametrize(
    ("made", "is_struck"),
    [
        (cell('table:style-name="off" office:value-type="string"', "<text:p>a</text:p>"), True),
        (cell('table:style-name="as-off" office:value-type="string"', "<text:p>a</text:p>"), True),
        (cell('table:style-name="on" office:value-type="string"', "<text:p>a</text:p>"), False),
        (cell('table:style-name="round" office:value-type="string"', "<text:p>a</text:p>"), False),
        (cell('table:style-name="none" office:value-type="string"', "<text:p>a</text:p>"), False),
        (cell('office:value-type="string"', WORDS.format("")), True),
        (cell('office:value-type="string"', WORDS.format(" and on")), False),
    ],
)
def test_struck_out_by_the_cell_or_by_its_words(made, is_struck):
    assert grid_of(row(made), automatic=STYLES).rows[0].is_struck is is_struck


def test_words_that_are_struck_out_beside_others_are_told():
    made = [cell('office:value-type="string"', WORDS.format(more)) for more in ("", " and on")]
    made.append(cell('table:style-name="off" office:value-type="string"', WORDS.format(" and on")))
    (found,) = grid_of(row(*made), automatic=STYLES).rows
    assert [(one.is_struck, one.is_part_struck) for one in found.cells.values()] == [
        (True, False), (False, True), (True, False)
    ]  # fmt: skip


def test_struck_out_by_the_style_of_the_row_or_column():
    column = '<table:table-column table:default-cell-style-name="off"/><table:table-column/>'
    rows = row("a"), row("", "b"), row("", "c", attributes='table:default-cell-style-name="off"')
    grid = grid_of(*rows, before=column, common=STYLES)
    assert [one.is_struck for one in grid.rows] == [True, False, True]


def test_merged_cells_and_notes():
    words = "<dc:creator>Sam</dc:creator><text:p>Ask Jo</text:p><text:p>first</text:p>"
    note = f"<office:annotation>{words}</office:annotation>"
    wide = cell(
        'table:number-columns-spanned="2" table:number-rows-spanned="2" office:value-type="string"',
        f"{note}<text:p>Offer</text:p>",
    )
    covered = '<table:covered-table-cell office:value-type="string"><text:p>old</text:p></table:covered-table-cell>'
    grid = grid_of(row(wide, covered), row(covered, covered), row(cell("", note)))
    assert grid.merged == ((1, 0, 2, 1),)
    first, second, third = grid.rows
    assert (first.cell(0).value, first.cell(0).note, first.cell(1).value) == ("Offer", "Ask Jo\nfirst", None)
    assert second.cell(1).is_merged
    assert (third.cell(0).value, third.cell(0).note) == (None, "Ask Jo\nfirst")


def test_pictures_and_tables_in_cells_are_passed_over():
    inner = table(row("inner"))
    picture = "<draw:frame><draw:text-box><text:p>in a box</text:p></draw:text-box></draw:frame>"
    shapes = f"<table:shapes>{picture}</table:shapes>"
    grid = grid_of(row(cell('office:value-type="string"', f"{picture}<text:p>seen</text:p>{inner}")), before=shapes)
    assert [one.cell(0).value for one in grid.rows] == ["seen"]


def test_macros_are_told():
    book = opened(table(row("a")), Basic__Standard__Module1="Sub Main")
    assert [problem.code for problem in book.problems] == ["macros-not-run"]
    assert opened(table(row("a"))).problems == ()


def workbook():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Offer"
    for cells in (
        ["Our offer"], ["Code", "Year 1", "Year 2", "Share", "From"], ["S08", 40, 40.5, 0.8, date(2026, 4, 1)],
        ["S09", "=B3*2", "=1/0", "x", time(9, 30)], ["S10", 1, 2, 0.25, "y"], [None, 1234.5], [], ["two\nlines", '=""'],
    ):  # fmt: skip
        sheet.append(cells)
    sheet.merge_cells("A1:D1")
    for place, shown in {"D3": "0%", "E3": "dd/mm/yyyy", "E4": "hh:mm", "B6": "£#,##0.00"}.items():
        sheet[place].number_format = shown
    for each in sheet[5]:
        each.font = Font(strike=True)
    sheet["B3"].comment, sheet["H3"].comment = Comment("ask Jo", "A"), Comment("on empty", "A")
    sheet.row_dimensions[6].hidden = True
    sheet.column_dimensions["C"].hidden = True
    book.create_sheet("Secret")["A1"] = "hid"
    book["Secret"].sheet_state = "hidden"
    return book


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_writes_both_and_both_are_read_alike(tmp_path):
    workbook().save(tmp_path / "offer.xlsx")
    for kind, folder in (("ods", "a"), ("xlsx", "b")):
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", kind,
             "--outdir", str(tmp_path / folder), str(tmp_path / "offer.xlsx")],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip
    from_ods = open_workbook((tmp_path / "a" / "offer.ods").read_bytes(), "offer.ods")
    from_xlsx = open_workbook((tmp_path / "b" / "offer.xlsx").read_bytes(), "offer.xlsx")
    assert from_ods == from_xlsx
    assert from_ods.sheets[0].rows[2].cell(3).text == "80%"


def test_words_before_any_line_are_none():
    assert one(cell("", "stray<text:s/><text:p>a</text:p>")).value == "a"


@pytest.mark.parametrize(
    ("position", "text"),
    [("super 58%", "12¹"), ("33% 58%", "12¹"), ("sub 58%", "121"), ("0% 100%", "121"), ("-33% 58%", "121")],
)
def test_digits_above_the_line_are_told_from_those_on_it(position, text):
    styles = (
        f'<style:style style:name="up" style:family="text"><style:text-properties style:text-position="{position}"/>'
        '</style:style><style:style style:name="as" style:family="text" style:parent-style-name="up"/>'
    )
    words = '<text:p>12<text:span text:style-name="as">1</text:span></text:p>'
    grid = grid_of(row(cell('office:value-type="string"', words)), automatic=styles)
    assert grid.rows[0].cells[0].value == text
