"""What each row and column of a sheet is: guessed first, then corrected by the person who looks at it.

Nothing here changes the sheet: labels stand beside it, and reading it again with other labels gives other lines.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum


class RowKind(Enum):
    """What a row of a sheet is read as."""

    NOT_READ = "not_read"
    HEAD = "head"
    LINE = "line"
    TOTAL = "total"

    @property
    def words(self) -> str:
        """What stands beside the row."""
        return {
            RowKind.NOT_READ: "Not read",
            RowKind.HEAD: "Head",
            RowKind.LINE: "Line",
            RowKind.TOTAL: "Total",
        }[self]


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """What a column can hold, as it can be chosen.

    Attributes:
        key: names it in labels; "year-0" is the first year.
        label: what people call it.
        is_compared: its figures are only held against those of the program, and never read.
        rules_out: the keys of uses that say the same in another way, and never stand in a sheet beside it.
    """

    key: str
    label: str
    is_compared: bool = False
    rules_out: frozenset[str] = frozenset()


IGNORED = ColumnUse("", "Ignored")


@dataclass(frozen=True, slots=True)
class SheetLabels:
    """What one sheet holds.

    Attributes:
        is_read: whether its lines come in.
        rows: by the number that the sheet shows; a row that is not named is not read.
        columns: the key of a use by column (0 is A); a column that is not named is ignored.
        found: what was found in it, for its tab: "12 lines, rows 4 to 15", "no table", "a copy: 2 quantities differ".
        is_doubtful: what was found should be looked at.
    """

    name: str
    is_read: bool = False
    rows: Mapping[int, RowKind] = field(default_factory=dict)
    columns: Mapping[int, str] = field(default_factory=dict)
    found: str = ""
    is_doubtful: bool = False

    def kind_of(self, row: int) -> RowKind:
        """What a row is read as."""
        return self.rows.get(row, RowKind.NOT_READ)

    def rows_of(self, kind: RowKind) -> tuple[int, ...]:
        """The rows of a kind, top to bottom."""
        return tuple(sorted(number for number, one in self.rows.items() if one is kind))

    def column_of(self, use: str) -> int | None:
        """The first column of a use."""
        return min((column for column, key in self.columns.items() if key == use), default=None)


@dataclass(frozen=True, slots=True)
class TableLabels:
    """What a file holds, sheet by sheet, in its order."""

    sheets: tuple[SheetLabels, ...]

    def __iter__(self) -> Iterator[SheetLabels]:
        return iter(self.sheets)

    def sheet(self, name: str) -> SheetLabels:
        """The labels of a sheet.

        Raises:
            KeyError: there is no such sheet.
        """
        found = next((sheet for sheet in self.sheets if sheet.name == name), None)
        if found is None:
            raise KeyError(name)
        return found

    def with_sheet_read(self, name: str, *, is_read: bool) -> "TableLabels":
        """With a sheet read, or left out."""
        return self._with(replace(self.sheet(name), is_read=is_read))

    def with_row(self, name: str, row: int, kind: RowKind) -> "TableLabels":
        """With a row read as something else."""
        return self.with_rows(name, (row,), kind)

    def with_rows(self, name: str, rows: Iterable[int], kind: RowKind) -> "TableLabels":
        """With several rows read as something else."""
        sheet = self.sheet(name)
        return self._with(replace(sheet, rows={**sheet.rows, **dict.fromkeys(rows, kind)}))

    def with_column(self, name: str, column: int, use: ColumnUse) -> "TableLabels":
        """With a column that holds something else; others that held it, or what it rules out, are ignored from then on.

        One number for each year and columns for single years say two things of the same quantities.
        """
        sheet = self.sheet(name)
        gone = {use.key, *use.rules_out}
        columns = {place: key for place, key in sheet.columns.items() if place != column and key not in gone}
        if use.key:
            columns[column] = use.key
        return self._with(replace(sheet, columns=columns))

    def _with(self, sheet: SheetLabels) -> "TableLabels":
        return TableLabels(tuple(sheet if one.name == sheet.name else one for one in self.sheets))


class LeftOutKind(Enum):
    """Why something of a file might be left out without anybody seeing it."""

    COLUMN_HIDDEN = "column_hidden"
    COLUMN_IGNORED = "column_ignored"
    ROW_HIDDEN = "row_hidden"
    SHEET_HIDDEN = "sheet_hidden"
    STRUCK_OUT = "struck_out"
    NOTE = "note"
    BELOW_TABLE = "below_table"
    NO_KEY = "no_key"
    SECOND_COPY = "second_copy"
    EXAMPLE = "example"
    WHOLE_CONTRACT = "whole_contract"
    ASIDE = "aside"
    """Rows that are no contracts: grants, orders, notices of tenders."""
    SUPPLIER = "supplier"
    """A name of a supplier that is like another one."""
    ASKED = "asked"
    """A fact that the file lacks, asked once for all of its lines."""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be done; `key` stands in the choices."""

    key: str
    label: str


READ, LEAVE = Option("read", "Read it"), Option("leave", "Leave out")
INSTEAD = "instead"
"""The key of the option that reads a second copy of a sheet in place of the first."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One thing that is hidden, struck out, below the table or otherwise easily missed, with what can be done.

    Attributes:
        key: names it in the choices.
        title: "Column E is hidden".
        detail: what it holds and what it comes to: "2027/28 in 11 lines, £84,488.33. Their own total counts it".
        sheet, row, column: where it stands; None where it is the whole of them.
        guess: the key of the option that the file gives a ground for; empty where it gives none and a person decides.
    """

    key: str
    kind: LeftOutKind
    title: str
    detail: str
    options: tuple[Option, ...]
    sheet: str
    row: int | None = None
    column: int | None = None
    guess: str = ""

    def chosen(self, choices: Mapping[str, str]) -> str:
        """The option that holds: the person's, else the guess; empty where it is still to decide."""
        return choices.get(self.key, self.guess)


@dataclass(frozen=True, slots=True)
class Guessed:
    """A cell that was read with a guess: "SO9" as S09, "£5k" as £5,000.

    Attributes:
        row: the number that the sheet shows.
        column: 0 is A.
        words: how it was read, as a whole sentence.
    """

    sheet: str
    row: int
    column: int
    words: str
