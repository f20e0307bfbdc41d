"""Tables as an XLSX workbook: real numbers with their formats, ready to filter and to print."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, assert_never

from tomsapp.domain.money import decimal_places
from tomsapp.exchange.colours import BORDER, BORDER_STRONG, PRIMARY, SURFACE_ALT, TEXT, WARNING
from tomsapp.exchange.numbers import plain_number, printable
from tomsapp.exchange.tables import EXAMPLE_NOTE, Cell, ColumnKind, Table, TableColumn

MOST_DIGITS = 15
"""A workbook keeps 15 digits of a number; one with more is written as text."""

MOST_CELL_TEXT = 32_767
_MOST_SHEET_NAME = 31
_NARROWEST, _WIDEST = 10, 60
_BOLD_AND_ARROW = 3
"""Characters that a word of the head takes more than its letters, so that it is not broken."""
A4, A3 = 9, 8
_LINE_HEIGHT, _PADDING, _TALLEST = 15, 5, 400
_TITLE_HEIGHT = 26
_MOST_FOOTER = 100
"""The characters of a footer’s left part: a footer has 255 in all."""
_LETTERS = 112
"""Letters of running text that fit into a column of width 100: they are narrower than digits."""


@dataclass(frozen=True, slots=True)
class BookProperties:
    """What a workbook says about itself.

    Attributes:
        created: with its time zone; fixed by the caller, so that the same tables give the same bytes.
        is_example: every sheet says that the council is not real.
    """

    title: str
    created: datetime
    author: str = ""
    subject: str = ""
    is_example: bool = False


def write_xlsx(tables: Sequence[Table], properties: BookProperties) -> bytes:
    """The tables as a workbook, one sheet each, with a title, a frozen head and filters."""
    file = io.BytesIO()
    book = new_book(file, properties)
    formats = Formats(book)
    names: list[str] = []
    for table in tables:
        names.append(sheet_name(table.title, names))
        write_table(book.add_worksheet(names[-1]), table, formats, is_example=properties.is_example)
    book.close()
    return file.getvalue()


def new_book(file: io.BytesIO, properties: BookProperties) -> Any:
    """An empty XlsxWriter workbook that takes every text as text."""
    import xlsxwriter

    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(file, options)
    book.set_properties(
        {
            "title": printable(properties.title),
            "subject": printable(properties.subject),
            "author": printable(properties.author),
            "created": properties.created.astimezone(UTC),
        }
    )
    return book


class Formats:
    """The cell formats of one workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Any] = {}

    def get(self, **looks: object) -> Any:
        """The format with these XlsxWriter properties on top of the common ones."""
        wanted = {"font_name": "Arial", "font_size": 11, "valign": "vcenter", "font_color": TEXT, **looks}
        key = tuple(sorted(wanted.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(wanted)
        return self._made[key]

    def conditional(self, **looks: object) -> Any:
        """A format that lies over that of a cell while a condition holds."""
        return self._book.add_format(looks)

    def number(self, kind: ColumnKind, number: Decimal, places: int, **looks: object) -> Any:
        """The format in which `number` shows all its decimals, and at least `places`."""
        return self.get(num_format=number_format(kind, max(places, decimal_places(number))), **looks)


def number_format(kind: ColumnKind, places: int) -> str:
    """The number format of a column of this kind for a number with so many decimals."""
    match kind:
        case ColumnKind.POUNDS:
            digits = "#,##0." + "0" * max(2, places)
            return f'"£"{digits};−"£"{digits}'
        case ColumnKind.PERCENT:
            return "0" + _decimals(places - 2) + "%"
        case ColumnKind.QUANTITY | ColumnKind.WHOLE | ColumnKind.TEXT | ColumnKind.DATE:
            # A number may stand in a column of another kind.
            digits = "#,##0" + _decimals(places)
            return f"{digits};−{digits}"
        case _:
            assert_never(kind)


def _decimals(places: int) -> str:
    return "." + "0" * places if places > 0 else ""


def sheet_name(title: str, taken: Sequence[str]) -> str:
    """A sheet name that workbooks allow, made from `title`, and unlike those taken."""
    clean = "".join(" " if sign in "[]:*?/\\" else sign for sign in printable(title)).strip("' ")
    clean = clean[:_MOST_SHEET_NAME].strip("' ") or "Sheet"
    name, count = clean, 1
    folded = {other.casefold() for other in (*taken, "History")}
    while name.casefold() in folded:
        count += 1
        ending = f" {count}"
        name = clean[: _MOST_SHEET_NAME - len(ending)] + ending
    return name


def row_height(texts_and_widths: Iterable[tuple[str, int]]) -> int:
    """A row's height in points that shows these texts, wrapped in columns of so many characters."""
    lines = [
        sum(-(-max(1, len(part)) * 100 // (max(1, width) * _LETTERS)) for part in text.splitlines() or [""])
        for text, width in texts_and_widths
    ]
    return min(_LINE_HEIGHT * max(lines, default=1) + _PADDING, _TALLEST)


def write_text(sheet: Any, row: int, column: int, text: str, cell_format: Any) -> None:
    """Write `text` as text, whatever it starts with; what a cell cannot hold is cut, and a comment says so."""
    clean = printable(text)
    if len(clean) > MOST_CELL_TEXT:
        sheet.write_comment(row, column, f"Cut: a cell holds {MOST_CELL_TEXT:,} characters")
        clean = clean[: MOST_CELL_TEXT - 1] + "…"
    sheet.write_string(row, column, clean, cell_format)


def write_exact(sheet: Any, row: int, column: int, number: Decimal, cell_format: Any) -> None:
    """Write `number` so that every digit stays: as a number, or as text when it has more than 15 digits."""
    if len(number.normalize().as_tuple().digits) <= MOST_DIGITS:
        sheet.write_number(row, column, number, cell_format)
        return
    sheet.write_string(row, column, plain_number(number), cell_format)
    sheet.write_comment(row, column, f"Text, because it has more than the {MOST_DIGITS} digits that a cell keeps")


def set_up_page(sheet: Any, head_row: int, paper: int = A4, footer: str = "") -> None:
    """Print landscape, one page wide, with the head on each page and page numbers, and what it is of at the left."""
    sheet.set_landscape()
    sheet.set_paper(paper)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head_row)
    # A sign of & begins a code, and digits right behind &9 would be read as its size.
    named = printable(footer)[:_MOST_FOOTER].replace("&", "&&")
    sheet.set_footer(f"&L&9 {named}&R&9Page &P of &N" if named else "&R&9Page &P of &N")


def write_table(
    sheet: Any, table: Table, formats: Formats, *, is_example: bool, widths: Sequence[int] | None = None
) -> None:
    """Write one table into an empty sheet: title, note of an example, its own notes, head, rows."""
    write_text(sheet, 0, 0, table.title, formats.get(bold=True, font_size=16, font_color=PRIMARY))
    sheet.set_row(0, _TITLE_HEIGHT)
    head_row = 2
    if is_example:
        sheet.write_string(1, 0, EXAMPLE_NOTE, formats.get(font_color=WARNING))
        head_row = 3
    # A note that a CSV file needs too, which has no other place for it, is not said twice here.
    for note in (each for each in table.notes if not (is_example and each == EXAMPLE_NOTE)):
        write_text(sheet, head_row - 1, 0, note, formats.get())
        head_row += 1
    used = widths or [_width(column, [row[index] for row in table.rows]) for index, column in enumerate(table.columns)]
    for index, (column, width) in enumerate(zip(table.columns, used, strict=True)):
        sheet.set_column(index, index, width)
        write_text(sheet, head_row, index, column.title, _head_format(formats, column, index))
    sheet.set_row(head_row, row_height(zip((column.title for column in table.columns), used, strict=True)))
    places = [_percent_places(column, [row[index] for row in table.rows]) for index, column in enumerate(table.columns)]
    for row_index, row in enumerate(table.rows, start=head_row + 1):
        for index, (cell, column) in enumerate(zip(row, table.columns, strict=True)):
            _write_cell(sheet, row_index, index, cell, column.kind, formats, places[index])
        texts = [(cell, width) for cell, width in zip(row, used, strict=True) if isinstance(cell, str)]
        sheet.set_row(row_index, row_height(texts))
    if table.columns:
        sheet.autofilter(head_row, 0, head_row + max(len(table.rows), 1), len(table.columns) - 1)
    sheet.freeze_panes(head_row + 1, 0)
    sheet.hide_gridlines(2)
    set_up_page(sheet, head_row)


def _head_format(formats: Formats, column: TableColumn, index: int) -> Any:
    align = "left" if column.kind is ColumnKind.TEXT else "right"
    edge = {"bottom": 1, "bottom_color": BORDER_STRONG}
    indent = _indent(index, align)
    looks: dict[str, object] = {"align": align, "valign": "bottom", "indent": indent, "bg_color": SURFACE_ALT, **edge}
    return formats.get(bold=True, text_wrap=True, **looks)


def _indent(index: int, align: str) -> int:
    """A gap before a text, so that it stands apart from the column to its left."""
    return 1 if index and align == "left" else 0


def _write_cell(sheet: Any, row: int, column: int, cell: Cell, kind: ColumnKind, formats: Formats, places: int) -> None:
    line: dict[str, object] = {"bottom": 1, "bottom_color": BORDER}
    if cell is None:
        sheet.write_blank(row, column, None, formats.get(**line))
    elif isinstance(cell, str):
        align = "left" if kind is ColumnKind.TEXT else "right"
        looks = formats.get(text_wrap=True, align=align, indent=_indent(column, align), **line)
        write_text(sheet, row, column, cell, looks)
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, cell, formats.get(num_format="d mmmm yyyy", align="right", **line))
    else:
        number = Decimal(cell)
        write_exact(sheet, row, column, number, formats.number(kind, number, places, align="right", **line))


def _percent_places(column: TableColumn, cells: Sequence[Cell]) -> int:
    """The decimals that every percentage of a column shows, so that their points stand below each other."""
    if column.kind is not ColumnKind.PERCENT:
        return 0
    return max((decimal_places(cell) for cell in cells if isinstance(cell, Decimal)), default=0)


def _width(column: TableColumn, cells: Sequence[Cell]) -> int:
    """A column width in characters that shows most of its cells on one line."""
    shown = max((_shown_length(cell) for cell in cells), default=0)
    word = max(map(len, column.title.split()), default=0) + _BOLD_AND_ARROW
    return min(max(_NARROWEST, len(column.title) // 2, word, shown + 2), _WIDEST)


def _shown_length(cell: Cell) -> int:
    if cell is None:
        return 0
    if isinstance(cell, str):
        return max(map(len, cell.splitlines()), default=0)
    if isinstance(cell, date):
        return len("30 September 2026")
    number = Decimal(cell)
    return len(f"£{number:,.{max(2, decimal_places(number))}f}")
