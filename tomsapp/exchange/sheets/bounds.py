"""How much of a stranger's file is read: it is counted while the file streams past, before anything is built of it."""

from dataclasses import dataclass

from tomsapp.exchange.offer_file import OfferUnreadable

MOST_LINES = 5_000
MOST_ROWS = MOST_LINES + 100
"""Rows with anything in them: so many lines, with a title, a head, totals and words around them."""
MOST_COLUMNS = 200
MOST_CELLS = 300_000
MOST_UNPACKED = 60 * 1024 * 1024
MOST_TAGS = 2_000_000
"""An element has a tag where it begins and mostly another where it ends."""
MOST_LISTED = 200_000
"""The tags of a part that lists sheets, names, or other parts."""
MOST_TEXT = 32_767
"""The characters of a cell, as Excel has it."""
MOST_TEXTS = 300_000
MOST_STYLES = 65_500
MOST_MERGED = 100_000
MOST_RANGES = 10_000
MOST_NOTES = 10_000
MOST_COLUMN_RANGES = 20_000
MOST_SHEETS = 500

_NOT_NEEDED = "Delete the rows and columns that are not needed, empty ones too"
_SAVE_AS = "Open it in a spreadsheet program and save it as Excel workbook (.xlsx)"


class SheetTooLarge(OfferUnreadable):
    """One sheet that is too much: such as a list of postcodes, which the others may be read without."""

    def __init__(self, file: str, sheet: str, what: str, fix: str) -> None:
        super().__init__(f"{file}, sheet {sheet}, {what}" if sheet else f"{file} {what}", fix)
        self.sheet = sheet
        self.what = what


@dataclass(slots=True)
class Bounds:
    """What has been read of one file so far; each call raises OfferUnreadable where it is too much.

    Attributes:
        name: of the file, for what is said.
    """

    name: str
    unpacked: int = 0
    tags: int = 0
    cells: int = 0
    texts: int = 0
    styles: int = 0
    notes: int = 0
    ranges: int = 0
    merged: int = 0
    columns: int = 0

    def count_bytes(self, number: int) -> None:
        """Bytes that came out of the package."""
        self.unpacked += number
        if self.unpacked > MOST_UNPACKED:
            what = f"unpacks to more than {MOST_UNPACKED // 1024 // 1024} MB"
            raise self.refused(what, "Delete rows and sheets that the offer does not need")

    def count_tags(self, number: int, most: int) -> None:
        """Tags that are read next; the part may bring them to `most`."""
        self.tags += number
        if self.tags > most:
            raise self.refused("is too large to be read", "Delete the sheets, rows and columns that are not needed")

    def count_cells(self, number: int) -> None:
        """Cells of any sheet, empty ones that have a style too."""
        self.cells += number
        if self.cells > MOST_CELLS:
            raise self.refused(f"has more than {MOST_CELLS:,} cells", _NOT_NEEDED)

    def count_text(self) -> None:
        """One text of the list that cells share."""
        self.texts += 1
        if self.texts > MOST_TEXTS:
            raise self.refused(f"has more than {MOST_TEXTS:,} texts", _NOT_NEEDED)

    def count_style(self) -> None:
        """One font, format of a number or style of cells."""
        self.styles += 1
        if self.styles > MOST_STYLES:
            raise self.refused(f"has more than {MOST_STYLES:,} styles", "Copy the table into a new workbook")

    def count_note(self) -> None:
        """One note on a cell."""
        self.notes += 1
        if self.notes > MOST_NOTES:
            raise self.refused(f"has more than {MOST_NOTES:,} notes", "Delete the notes that are not needed")

    def count_columns(self) -> None:
        """One range of columns that has a width or is hidden."""
        self.columns += 1
        if self.columns > MOST_COLUMN_RANGES:
            raise self.refused(
                f"has more than {MOST_COLUMN_RANGES:,} ranges of columns", "Copy the table into a new workbook"
            )

    def count_merged(self, top: int, left: int, bottom: int, right: int) -> None:
        """One range of merged cells. A title is often merged to the far end of its row, beyond what is read."""
        self.ranges += 1
        if self.ranges > MOST_RANGES:
            raise self.refused(f"has more than {MOST_RANGES:,} merged ranges", "Split the merged cells")
        height = bottom - top + 1
        self.merged += height * max(0, min(right, MOST_COLUMNS - 1) - left + 1)
        if self.merged > MOST_MERGED:
            raise self.refused(f"has {height * (right - left + 1):,} merged cells", "Split the merged cells")

    def check_rows(self, sheet: str, filled: int) -> None:
        """How many rows of a sheet hold anything."""
        if filled > MOST_ROWS:
            what = f"has more than {MOST_ROWS:,} rows"
            fix = f"Delete those that are not needed: {MOST_LINES:,} lines fit, with what stands around them"
            raise SheetTooLarge(self.name, sheet, what, fix)

    def check_last(self, sheet: str, row: int, column: int) -> None:
        """The last row and column of a sheet (from 1) that hold anything."""
        if column > MOST_COLUMNS or row * column > MOST_CELLS:
            raise SheetTooLarge(self.name, sheet, f"has its last cell in row {row:,}, column {column:,}", _NOT_NEEDED)

    def check_text(self, length: int) -> None:
        """How many characters a cell or note has."""
        if length > MOST_TEXT:
            raise self.refused(f"has a text of more than {MOST_TEXT:,} characters", "Shorten it")

    def strange(self) -> OfferUnreadable:
        """The error for XML that no spreadsheet program writes."""
        return self.refused("has parts that no spreadsheet program writes", _SAVE_AS)

    def refused(self, what: str, fix: str) -> OfferUnreadable:
        """The error that says what is too much, and what to do."""
        return OfferUnreadable(f"{self.name} {what}", fix)
