"""A workbook is read as openpyxl reads it, cell by cell; and what openpyxl does not tell is told too."""

import io
import zipfile
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.table import Table

from tests.exchange.books import book_of, edited, saved
from tests.exchange.examples import AREA, COMMITMENTS, CONTRACT, EDITION
from tomsapp.exchange.grid import CellError, GridCell
from tomsapp.exchange.sheets.opening import open_workbook
from tomsapp.exchange.tables_xlsx import BookProperties
from tomsapp.exchange.workbook_layout import Template
from tomsapp.exchange.workbook_write import write_workbook

SHEET, BOOK, LINKS = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
TEMPLATE = write_workbook(
    Template(EDITION, tuple(EDITION.places), CONTRACT, AREA, COMMITMENTS),
    BookProperties("Commitments", datetime(2026, 4, 1, tzinfo=UTC)),
)
PERCENTS = {"0%", "0.00%", "0.0###%"}
MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
THREADS = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"


def odd(sheet):
    """Every kind of cell."""
    sheet["B3"], sheet["C3"], sheet["D3"], sheet["E3"] = "=1/0", "#REF!", True, date(2026, 4, 1)
    sheet["A4"], sheet["B4"], sheet["C4"], sheet["D4"] = time(9, 30), datetime(2026, 4, 1, 9, 30), 1.5, "  text "  # noqa: DTZ001
    sheet["A5"], sheet["B5"], sheet["C5"] = timedelta(hours=30), -1e-7, 10**12
    sheet["A5"].number_format = "[h]:mm"
    sheet["A6"] = "=A4"
    sheet.merge_cells("A6:B7")
    sheet["D9"] = 12
    sheet.merge_cells("D9:E9")
    sheet["H12"].number_format = "0.00"
    for row, shown in enumerate(("0%", "0.00%", "0.0###%", '0.0" % of staff"', "0.0\\%", "General"), 14):
        sheet.cell(row, 2, 0.8).number_format = shown
    for row, days in enumerate((0, 0.25, 1, 59, 60, 61, 44000.999999999, -5, 1e9), 21):
        sheet.cell(row, 2, days).number_format = "dd/mm/yyyy"
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions.group("F", "H", hidden=True)
    sheet.parent.create_sheet("Secret").sheet_state = "veryHidden"


def with_a_chart(sheet):
    """A sheet that is a chart stands between the two."""
    sheet.parent.create_chartsheet("Chart")
    odd(sheet)


def from_1904(sheet):
    """A workbook of an old Mac."""
    odd(sheet)
    sheet.parent.epoch = datetime(1904, 1, 1)  # noqa: DTZ001


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
                    cells[spot] = None if value == "" else value, lacks, spot in merged, has_formula, is_percent
        yield sheet.title, cells


def told(cell):
    """What openpyxl knows of a cell; it does not part an empty result from none."""
    value = None if cell.value == "" else cell.value
    value = float(value) if isinstance(value, Decimal) else value
    lacks = cell.has_formula and value is None
    return value, lacks, cell.is_merged, cell.has_formula, cell.is_percent and value is not None


def opened(*rows, change=None, **options):
    return open_workbook(book_of(*rows, change=change, **options), "bid.xlsx")


def cells_of(grid):
    return {(row.number, column + 1): cell for row in grid.rows for column, cell in row.cells.items()}


@pytest.mark.filterwarnings("ignore:Cell B29 is marked as a date")
@pytest.mark.parametrize(
    "data",
    [TEMPLATE, book_of(["S08", 40, 0.5], ["S06"], change=odd), book_of(["S08", 40], change=from_1904)],
    ids=["template", "odd", "1904"],
)
def test_the_cells_are_those_that_openpyxl_gives(data):
    book = open_workbook(data, "bid.xlsx")
    grids = {grid.name: grid for grid in (*book.sheets, *book.hidden)}
    for name, cells in twice(data):
        assert {spot: told(cell) for spot, cell in cells_of(grids.pop(name)).items()} == cells
    assert grids == {}


def test_what_is_hidden_is_told():
    book = opened(["S08", 40], change=with_a_chart)
    (first,), (secret,) = book.sheets, book.hidden
    assert (first.name, secret.name, secret.is_hidden, first.is_hidden) == ("Sheet1", "Secret", True, False)
    assert first.hidden_columns == {5, 6, 7}
    assert [row.number for row in first.rows if row.is_hidden] == [4]
    assert book.find("Secret") is secret
    assert book.find("Other") is None


def test_rows_and_columns_without_any_size_are_hidden_too():
    def change(sheet):
        sheet.row_dimensions[2].height = 0.01
        sheet.column_dimensions["B"].width = 0.01

    data = edited(
        book_of(["S08", 40], ["S09", 1], change=change), SHEET,
        lambda xml: xml.replace(b'"0.01"', b'"0"'),
    )  # fmt: skip
    (grid,) = open_workbook(data, "bid.xlsx").sheets
    assert grid.hidden_columns == {1}
    assert [row.number for row in grid.rows if row.is_hidden] == [2]


def test_the_text_is_what_the_sheet_shows():
    def change(sheet):
        for row, shown in enumerate(("0%", "£#,##0.00", "General"), 3):
            sheet.cell(row, 2, 0.8).number_format = shown
        sheet["B6"] = date(2026, 4, 1)
        sheet["B6"].number_format = "dd/mm/yyyy"
        sheet["B7"], sheet["B8"] = True, "#N/A"

    (grid,) = opened(["S08", "  £5k "], change=change).sheets
    texts = ["  £5k ", "80%", "£0.80", "0.8", "01/04/2026", "TRUE", "#N/A"]
    assert [row.cell(1).text for row in grid.rows[1:]] == texts


def test_merged_ranges_are_told_and_the_first_cell_shows_the_value():
    (grid,) = opened(["S08", 40], change=odd).sheets
    assert grid.merged == ((6, 0, 7, 1), (9, 3, 9, 4))
    assert (cells_of(grid)[9, 4].value, cells_of(grid)[9, 5]) == (12, GridCell(None, is_merged=True))


def test_rows_that_are_struck_out_are_told_by_their_cells_or_their_words():
    def change(sheet):
        for cell in sheet[2]:
            cell.font = Font(strike=True)
        sheet["A3"].font = Font(strike=True)

    data = book_of(["S08", 40], ["S09", 40], ["S10"], [""], change=change)
    rich = b'<is><r><rPr><strike/></rPr><t>S1</t></r><r><rPr><strike val="1"/></rPr><t>0</t></r></is>'
    half = b"<is><r><rPr><strike/></rPr><t>S1</t></r><r><t>0</t></r></is>"

    def struck(inline):
        def change_sheet(xml):
            start = xml.index(b'<c r="A4"')
            return xml[:start] + b'<c r="A4" t="inlineStr">' + inline + xml[xml.index(b"</c>", start) :]

        (grid,) = open_workbook(edited(data, SHEET, change_sheet), "bid.xlsx").sheets
        return [row.number for row in grid.rows if row.is_struck]

    assert struck(rich) == [2, 4]
    assert struck(half) == [2]


def test_a_cell_tells_whether_all_or_some_of_it_is_struck_out():
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet, struck = book.add_worksheet(), book.add_format({"font_strikeout": True})
    sheet.write(0, 0, "S08", struck)
    sheet.write(0, 1, 40)
    sheet.write_rich_string(0, 2, struck, "40", "50")
    sheet.write_rich_string(0, 3, struck, "40", struck, " 50")
    sheet.write_rich_string(0, 4, struck, "40", " 50", struck)
    sheet.write_blank(0, 5, None, struck)
    book.close()
    (row,) = open_workbook(file.getvalue(), "bid.xlsx").sheets[0].rows
    told = {column: (cell.value, cell.is_struck, cell.is_part_struck) for column, cell in row.cells.items()}
    assert told == {
        0: ("S08", True, False), 1: (40, False, False), 2: ("4050", False, True), 3: ("40 50", True, False),
        4: ("40 50", True, False),
    }  # fmt: skip


def test_notes_are_told_on_empty_cells_too():
    def change(sheet):
        sheet["B2"].comment = Comment("Ask Jo\nfirst", "Sam")
        sheet["D9"].comment = Comment("Why empty?", "Sam")

    (grid,) = opened(["S08", 40], change=change).sheets
    assert cells_of(grid)[2, 2].note == "Ask Jo\nfirst"
    assert cells_of(grid)[9, 4] == GridCell(None, note="Why empty?")


def test_a_thread_stands_for_the_note_that_was_made_of_it():
    def change(sheet):
        sheet["B2"].comment = Comment("[Threaded comment] Your version of Excel …", "Sam")

    data = book_of(["S08", 40], change=change)
    link = b'<Relationship Id="t1" Type="x/threadedComment" Target="../threadedComments/threadedComment1.xml"/>'
    data = edited(
        data,
        "xl/worksheets/_rels/sheet1.xml.rels",
        lambda xml: xml.replace(b"</Relationships>", link + b"</Relationships>"),
    )
    thread = (
        f'<ThreadedComments xmlns="{THREADS}"><threadedComment ref="B2"><text>Is this 40?</text></threadedComment>'
        '<threadedComment ref="B2" parentId="1"><text>Yes</text></threadedComment></ThreadedComments>'
    )
    data = edited(data, "xl/threadedComments/threadedComment1.xml", lambda _: thread.encode())
    (grid,) = open_workbook(data, "bid.xlsx").sheets
    assert cells_of(grid)[2, 2].note == "Is this 40?\nYes"


@pytest.mark.parametrize("is_table", [False, True])
def test_a_filter_is_told(is_table):
    def change(sheet):
        if is_table:
            table = Table(displayName="Offer", ref="A1:C3")
            sheet.add_table(table)
        sheet.row_dimensions[2].hidden = True
        sheet.auto_filter.ref = None if is_table else "A1:C3"
        if not is_table:
            sheet.auto_filter.add_filter_column(0, ["S09"])

    data = book_of(["S08", 40], ["S09", 40], change=change)
    if is_table:
        data = edited(
            data,
            "xl/tables/table1.xml",
            lambda xml: xml.replace(
                b"<tableColumns", b'<autoFilter ref="A1:C3"><filterColumn colId="0"/></autoFilter><tableColumns'
            ),
        )
    (grid,) = open_workbook(data, "bid.xlsx").sheets
    assert grid.filtered
    assert [row.number for row in grid.rows if row.is_hidden] == [2]
    assert not opened(["S08"]).sheets[0].filtered


def strict(xml):
    """A part in the namespaces of Strict Open XML."""
    for old, new in {
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    }.items():
        xml = xml.replace(old, new)
    return xml


def test_strict_open_xml_is_read_as_any_other():
    data = TEMPLATE
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = [name for name in package.namelist() if name.endswith((".xml", ".rels"))]
    for name in names:
        data = edited(data, name, strict)
    assert open_workbook(data, "bid.xlsx") == open_workbook(TEMPLATE, "bid.xlsx")


def test_parts_may_have_any_name():
    """Capitals, other folders, and addresses from the root."""
    file = io.BytesIO()
    moved = {
        BOOK: "Book/My Book.xml",
        LINKS: "Book/_rels/My Book.xml.rels",
        SHEET: "Sheets/EINS.XML",
        "xl/styles.xml": "XL/Styles.xml",
    }
    with zipfile.ZipFile(io.BytesIO(book_of(["S08", 0.8]))) as old, zipfile.ZipFile(file, "w") as new:
        for entry in old.infolist():
            xml = old.read(entry)
            for before, after in (
                (b'Target="xl/workbook.xml"', b'Target="Book/My%20Book.xml"'),
                (b'"/xl/worksheets/sheet1.xml"', b'"../sheets/eins.xml"'),
            ):
                xml = xml.replace(before, after)
            new.writestr(moved.get(entry.filename, entry.filename), xml)
    (grid,) = open_workbook(file.getvalue(), "bid.xlsx").sheets
    assert [row.cell(0).value for row in grid.rows] == ["Code", "S08"]


def test_parts_may_be_in_any_encoding_of_xml():
    data = edited(book_of(["S08", 40]), SHEET, lambda xml: xml.decode().encode("utf-16"))
    assert cells_of(open_workbook(data, "bid.xlsx").sheets[0])[2, 2].value == 40


def test_parts_that_are_not_read_are_not_judged():
    data = book_of(["S08", 40])
    data = edited(data, "customXml/item1.xml", lambda _: "<!DOCTYPE x><x/>".encode("utf-16"))
    data = edited(data, "docMetadata/LabelInfo.xml", lambda _: b"not XML at all")
    data = edited(data, "docProps/thumbnail.jpeg", lambda _: b"<!DOCTYPE in a picture")
    book = open_workbook(data, "bid.xlsx")
    assert (len(book.sheets), book.problems) == (1, ())


def test_macros_are_told_and_not_looked_at():
    data = edited(book_of(["S08", 40]), "xl/vbaProject.bin", lambda _: b"Sub Auto_Open")
    book = open_workbook(data, "bid.xlsm")
    assert [(problem.code, str(problem.where)) for problem in book.problems] == [("macros-not-run", "bid.xlsm")]
    assert book.sheets[0].rows[1].cell(0).value == "S08"


def test_a_formula_that_came_to_an_empty_text_is_not_one_that_was_never_worked_out():
    cells = b'<c r="C2" t="str"><f>IF(1,"")</f><v></v></c><c r="D2"><f>1+1</f><v></v></c><c r="E2"><f>1+1</f></c></row>'
    data = edited(book_of(["S08", 40]), SHEET, lambda xml: xml.replace(b"</row></sheetData>", cells + b"</sheetData>"))
    row = open_workbook(data, "bid.xlsx").sheets[0].rows[1]
    assert [(row.cell(place).value, row.cell(place).lacks_result) for place in (2, 3, 4)] == [
        ("", False), (None, True), (None, True),
    ]  # fmt: skip


def sheet_with(cells, texts=b""):
    """A sheet of which the second row is given as XML, with the texts that its cells share."""

    def change(xml):
        start = xml.index(b'<row r="2"')
        return xml[:start] + b"<row>" + cells + xml[xml.index(b"</row>", start) :]

    link = b'<Relationship Id="t1" Type="x/sharedStrings" Target="texts.xml"/></Relationships>'
    data = edited(edited(book_of(["S08"]), SHEET, change), LINKS, lambda xml: xml.replace(b"</Relationships>", link))
    return edited(data, "xl/texts.xml", lambda _: b'<sst xmlns="%s">%s</sst>' % (MAIN, texts))


def test_an_empty_value_is_no_cell():
    data = sheet_with(b"<c><v>1</v></c><c><v></v></c><c><v>3</v></c>")
    row = open_workbook(data, "bid.xlsx").sheets[0].rows[1]
    assert {column: cell.value for column, cell in row.cells.items()} == {0: 1, 2: 3}


def test_a_long_sheet_is_read_to_its_end_and_in_order():
    def change(xml):
        more = b"".join(b'<row><c t="str"><v>%d %s</v></c></row>' % (number, b"x" * 300) for number in range(3, 2_000))
        return xml.replace(b"</sheetData>", more + b"</sheetData>")

    grid = open_workbook(edited(book_of(["S08"]), SHEET, change), "bid.xlsx").sheets[0]
    assert [row.number for row in grid.rows] == list(range(1, 2_000))
    assert all(row.cell(0).value.startswith(f"{row.number} ") for row in grid.rows[2:])


def test_what_a_later_program_wraps_around_rows_and_cells_hides_none_of_them():
    wrapped = b'<x:may xmlns:x="x"><row><x:be><c><v>7</v></c></x:be></row></x:may>'
    data = edited(book_of(["S08"]), SHEET, lambda xml: xml.replace(b"</sheetData>", wrapped + b"</sheetData>"))
    row = open_workbook(data, "bid.xlsx").sheets[0].rows[2]
    assert (row.number, row.cell(0).value) == (3, 7)


def test_cells_without_their_places_follow_each_other():
    data = sheet_with(b"<c><v>1</v></c><c/><c><v>3</v></c>")
    row = open_workbook(data, "bid.xlsx").sheets[0].rows[1]
    assert (row.number, {column: cell.value for column, cell in row.cells.items()}) == (2, {0: 1, 2: 3})


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (b'<c t="d"><v>2026-04-01</v></c>', datetime(2026, 4, 1)),  # noqa: DTZ001
        (b'<c t="d"><v>2026-04-01T09:30:00</v></c>', datetime(2026, 4, 1, 9, 30)),  # noqa: DTZ001
        (b'<c t="d"><v>2026-04-01T09:30:00Z</v></c>', datetime(2026, 4, 1, 9, 30, tzinfo=UTC)),
        (b'<c t="d"><v>09:30:00</v></c>', time(9, 30)),
        (b'<c t="d"><v>someday</v></c>', "someday"),
        (b'<c t="b"><v>true</v></c>', True),
        (b'<c t="b"><v>0</v></c>', False),
        (b'<c t="str"><v>a_x000D_b_x005F_x000D_</v></c>', "a\rb_x000D_"),
        (b'<c t="inlineStr"><is><r><t>a</t></r><r><t> b</t></r><rPh><t>no</t></rPh></is></c>', "a b"),
        (b'<c t="inlineStr"><is/></c>', ""),
        (b'<c s="99"><v>5</v></c>', 5),
        (b"<c><v> 1.50 </v></c>", Decimal("1.5")),
        (b"<c><v>1E3</v></c>", Decimal(1000)),
    ],
)
def test_a_value_is_read_by_its_type(cell, value):
    row = open_workbook(sheet_with(cell), "bid.xlsx").sheets[0].rows[1]
    assert row.cell(0).value == value
    assert type(row.cell(0).value) is type(value)


def test_shared_texts_keep_what_is_struck_out_in_them():
    texts = b"<si><r><rPr><strike/></rPr><t>S09</t></r></si><si><t>plain</t></si>"
    data = sheet_with(b'<c t="s"><v>0</v></c>', texts)
    (_, row) = open_workbook(data, "bid.xlsx").sheets[0].rows
    assert (row.cell(0).value, row.is_struck) == ("S09", True)


def test_two_sheets_of_one_name_are_told_apart():
    def change(sheet):
        sheet.parent.create_sheet("Other")["A1"] = 1
        sheet.parent.create_sheet("Third")["A1"] = 2

    data = edited(
        book_of(["S08"], change=change), BOOK, lambda xml: xml.replace(b"Other", b"SHEET1").replace(b"Third", b"Sheet1")
    )
    assert [grid.name for grid in open_workbook(data, "bid.xlsx").sheets] == ["Sheet1", "SHEET1 (2)", "Sheet1 (3)"]


def test_a_sheet_that_the_package_lacks_is_passed_over():
    data = edited(book_of(["S08", 40]), LINKS, lambda xml: xml.replace(b"sheet1.xml", b"gone.xml"))
    assert open_workbook(data, "bid.xlsx").sheets == ()


def test_what_a_cell_has_beside_its_value_is_passed_over():
    data = edited(book_of(["S08", 40]), SHEET, lambda xml: xml.replace(b"</v></c>", b"</v><extLst/></c>"))
    assert open_workbook(data, "bid.xlsx").sheets[0].rows == open_workbook(book_of(["S08", 40]), "").sheets[0].rows


def test_an_empty_workbook_has_no_rows():
    assert open_workbook(saved(openpyxl.Workbook()), "").sheets[0].rows == ()


def test_digits_above_the_line_are_told_from_those_on_it():
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    raised, lowered = (book.add_format({"font_script": script}) for script in (1, 2))
    sheet = book.add_worksheet()
    sheet.write_rich_string(0, 0, "12", raised, "1")
    sheet.write_rich_string(0, 1, "CO", lowered, "2", " 4")
    sheet.write(0, 2, "plain 1")
    book.close()
    (row,) = open_workbook(file.getvalue(), "bid.xlsx").sheets[0].rows
    assert [cell.value for cell in row.cells.values()] == ["12¹", "CO2 4", "plain 1"]
