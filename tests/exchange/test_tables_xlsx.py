import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exchange.test_tables import TABLE
from tomsapp.exchange.tables import EXAMPLE_NOTE, ColumnKind, Table, TableColumn
from tomsapp.exchange.tables_xlsx import BookProperties, number_format, sheet_name, write_xlsx

PROPERTIES = BookProperties(
    "Portfolio", datetime(2026, 4, 1, 10, 30, tzinfo=timezone(timedelta(hours=1))), author="=Ann", subject="Contracts"
)
EXAMPLE = BookProperties("Portfolio", datetime(2026, 4, 1, tzinfo=UTC), is_example=True)


def opened(tables, properties=PROPERTIES):
    return openpyxl.load_workbook(io.BytesIO(write_xlsx(tables, properties)))


def test_a_sheet_has_title_head_filters_frozen_rows_and_print_set_up():
    book = opened([TABLE])
    sheet = book["Contracts"]
    assert sheet["A1"].value == "Contracts"
    assert [cell.value for cell in sheet[3]] == ["=Contract", "Value", "Units", "Share", "Start", "Lines"]
    assert sheet["A3"].data_type == "s"
    assert sheet.freeze_panes == "A4"
    assert sheet.auto_filter.ref == "A3:F5"
    assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("landscape", "$3:$3")
    assert (book.properties.title, book.properties.creator) == ("Portfolio", "=Ann")
    assert book.properties.created.isoformat() == "2026-04-01T09:30:00"


def test_numbers_are_numbers_with_their_formats():
    sheet = opened([TABLE])["Contracts"]
    assert sheet["E4"].value.isoformat() == "2026-04-01T00:00:00"
    cells = [(cell.is_date or cell.value, cell.number_format) for cell in sheet[4][1:]]
    assert cells == [
        (1234.5, '"£"#,##0.00;−"£"#,##0.00'),
        (-1.25, "#,##0.00;−#,##0.00"),
        (0.05, "0%"),
        (True, "d mmmm yyyy"),
        (3, "#,##0;−#,##0"),
    ]
    assert [cell.value for cell in sheet[5]] == ["+44", None, "Counted, not valued", None, None, None]


def test_formats_show_every_decimal():
    assert number_format(ColumnKind.POUNDS, 4) == '"£"#,##0.0000;−"£"#,##0.0000'
    assert number_format(ColumnKind.PERCENT, 3) == "0.0%"


def test_the_same_tables_give_the_same_bytes():
    assert write_xlsx([TABLE], PROPERTIES) == write_xlsx([TABLE], PROPERTIES)


def test_an_example_says_so_on_every_sheet():
    book = opened([TABLE, TABLE, Table("Empty", [], [])], EXAMPLE)
    assert book.sheetnames == ["Contracts", "Contracts 2", "Empty"]
    assert [sheet["A2"].value for sheet in book] == [EXAMPLE_NOTE] * 3
    assert book["Contracts"]["A4"].value == "=Contract"


def test_an_example_says_so_once_where_the_table_says_it_too():
    """As that of deliveries does, since its CSV file has no other place for it."""
    told = replace(TABLE, notes=("Until 30 September 2026.", EXAMPLE_NOTE))
    cells = [cell.value for cell in opened([told], EXAMPLE)["Contracts"]["A"]]
    assert cells[1:3] == [EXAMPLE_NOTE, "Until 30 September 2026."]
    assert cells.count(EXAMPLE_NOTE) == 1
    assert EXAMPLE_NOTE in [cell.value for cell in opened([told], PROPERTIES)["Contracts"]["A"]]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("a[b]:*?/\\c", "a b      c"),
        ("", "Sheet"),
        ("'''", "Sheet"),
        ("x" * 40, "x" * 31),
        ("history", "history 2"),
        ("Taken", "Taken 2"),
    ],
)
def test_sheet_names_are_allowed_and_unlike_each_other(title, name):
    assert sheet_name(title, ["TAKEN"]) == name


def test_a_number_of_more_than_15_digits_stays_whole_as_text_with_a_note():
    table = Table("t", [TableColumn("n", ColumnKind.QUANTITY)], [[Decimal("1234567890123.456")], [Decimal(10) ** 20]])
    sheet = opened([table])["t"]
    assert (sheet["A4"].value, sheet["A4"].data_type) == ("1234567890123.456", "s")
    assert "more than the 15 digits" in sheet["A4"].comment.text
    assert sheet["A5"].value == 10**20


def test_text_that_is_too_long_for_a_cell_is_cut_with_a_note():
    sheet = opened([Table("t", [TableColumn("c")], [["x" * 40_000]])])["t"]
    assert len(sheet["A4"].value) == 32_767
    assert sheet["A4"].value.endswith("…")
    assert "32,767" in sheet["A4"].comment.text


HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "http://example.org",
    "mailto:a@b",
    "{=1}",
    "\t=1",
    "_x0041_",
    "a\x00b",
    "\ud800",
]


def test_hostile_text_is_text():
    table = Table("=x", [TableColumn(text) for text in HOSTILE], [HOSTILE])
    sheet = opened([table])["=x"]
    for row in sheet.iter_rows():
        assert all(cell.data_type in {"s", "n"} and cell.hyperlink is None for cell in row)
        assert all(cell.data_type == "s" or cell.value is None for cell in row)
    assert [cell.value for cell in sheet[4]][-2:] == ["a�b", "�"]


@settings(deadline=None, max_examples=40)
@given(
    st.decimals(-(10**11), 10**11, places=3) | st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1)
)
def test_any_cell_keeps_what_it_says(cell):
    sheet = opened([Table("t", [TableColumn("c", ColumnKind.QUANTITY)], [[cell]])])["t"]
    value = sheet["A4"].value
    if isinstance(cell, str):
        assert value == cell or "_x" in cell
    else:
        assert Decimal(repr(value)) == cell


def test_percentages_of_a_column_show_as_many_decimals_and_no_word_of_the_head_is_broken():
    columns = (TableColumn("Share", ColumnKind.PERCENT), TableColumn("Commitments", ColumnKind.WHOLE))
    sheet = opened([Table("By theme", columns, [(Decimal("0.452053"), 5), (Decimal("0.08275"), 6)])])["By theme"]
    assert [cell.number_format for cell in sheet["A"][3:]] == ["0.0000%", "0.0000%"]
    assert sheet.column_dimensions["B"].width > len("Commitments") + 2


def test_notes_stand_between_title_and_head():
    table = Table("t", [TableColumn("a")], [["1"]], ("To 30 September 2026", "=Ward"))
    cells = [sheet[0].value for sheet in opened([table])["t"].iter_rows(max_col=1)]
    assert cells == ["t", "To 30 September 2026", "=Ward", None, "a", "1"]
