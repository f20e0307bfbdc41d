"""A table whose rows are put beside records of a tender: its columns as they are known, and what comes of each row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from tomsapp.config.known_tables import KnownTable, known_tables, note_tables
from tomsapp.domain.alike import alike
from tomsapp.domain.wording import listed
from tomsapp.exchange.labelled.known import head_words
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.exchange.tenders.sheet_head import SheetHead, SheetUse, named_columns
from tomsapp.exchange.workbook_columns import column_letter
from tomsapp.services.offers import read_bytes
from tomsapp.services.strangers import open_any_table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from tomsapp.domain.history import Stored
    from tomsapp.exchange.grid import Grid
    from tomsapp.services.progress import Progress
    from tomsapp.services.workspace import Workspace

__all__ = ["SheetUse"]  # what the window asks about

U = TypeVar("U", bound=SheetUse)


class Numbered(Protocol):
    """A row that was read of a sheet."""

    @property
    def number(self) -> int:
        """Its number, as the sheet shows it."""


Row = TypeVar("Row", bound=Numbered)
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class SheetKind(Generic[U]):
    """A kind of table.

    Attributes:
        name: under which what is said of its columns is kept.
        uses: what its columns may hold.
        find_head: the head of a sheet of this kind; None where it is none.
        lacking, fix: what is said of a file without such a sheet, behind its name, and what to do.
    """

    name: str
    uses: type[U]
    find_head: Callable[[Grid], SheetHead[U] | None]
    lacking: str
    fix: str


@dataclass(frozen=True, slots=True)
class OpenedSheet(Generic[U]):
    """A sheet of a table as it was opened.

    Attributes:
        file: the name of its file.
        columns: what each column holds: as it was said of the last sheet with this head, else a guess.
        is_known: whether it was said before.
    """

    kind: SheetKind[U]
    file: str
    grid: Grid
    head: SheetHead[U]
    columns: Mapping[U, int]
    is_known: bool = False

    @property
    def unsure(self) -> Mapping[U, tuple[int, ...]]:
        """The columns of each use that several may hold, so that a person is asked; none of what was said before."""
        return {} if self.is_known else self.head.unsure

    def called(self, column: int) -> str:
        """A column by its heading and its letter: "“Price” (column C)"."""
        return f"“{self.head.headings[column]}” (column {column_letter(column)})"


class RowState(Enum):
    """How a row stands to the records."""

    NEW = "new"
    OTHER = "other"
    """What it says is there already, and is another."""
    SAME = "same"
    NONE = "none"
    """No record fits."""
    SEVERAL = "several"
    UNREADABLE = "unreadable"

    @property
    def is_taken(self) -> bool:
        """Whether the row says something that is not there."""
        return self in {RowState.NEW, RowState.OTHER}

    @property
    def is_of_no_use(self) -> bool:
        """Whether nothing can come of the row before something is put right."""
        return self in {RowState.NONE, RowState.SEVERAL, RowState.UNREADABLE}


@dataclass(frozen=True, slots=True)
class MatchedRow(Generic[Row, R]):
    """A row beside the records that it fits.

    Attributes:
        row: what it says.
        words: what comes of it: "Receipt 3 gets this time", "No bid fits".
        more: what was there, or what to put right; may be empty.
        said: the records with what is said of them then.
    """

    row: Row
    state: RowState
    words: str
    more: str = ""
    said: tuple[tuple[Stored[R], R], ...] = ()

    @property
    def told(self) -> str:
        """What comes of it, with what was there or what to put right."""
        return f"{self.words}. {self.more}" if self.more else self.words


@dataclass(frozen=True, slots=True)
class MatchedSheet(Generic[Row, R]):
    """All rows of a sheet.

    Attributes:
        note: what is to be looked at before they are taken over; may be empty.
        is_read: whether the columns are chosen without which no row can be read.
        taken: which column was taken as what, and how it is read; may be empty.
    """

    rows: tuple[MatchedRow[Row, R], ...]
    note: str = ""
    is_read: bool = True
    taken: str = ""

    @property
    def said(self) -> tuple[tuple[Stored[R], R], ...]:
        """What is taken over; of two rows about one record the first."""
        told = [each for row in self.rows if row.state.is_taken for each in row.said]
        once = {before.id: (before, record) for before, record in reversed(told)}
        return tuple(reversed(once.values()))

    @property
    def of_no_use(self) -> tuple[int, ...]:
        """The numbers of the rows of which nothing comes."""
        return tuple(row.row.number for row in self.rows if row.state.is_of_no_use)


def open_sheets(
    workspace: Workspace, kind: SheetKind[U], path: Path, progress: Progress | None = None
) -> tuple[OpenedSheet[U], ...]:
    """Open the sheets of this kind in a CSV file or a workbook, in the locked room: one at least.

    Raises:
        OfferUnreadable: it is no table, or has no such head; says what it is and what to do.
        RoomError: it took too much memory or time, or ended what read it.
        Cancelled: nobody waits for it any more.
    """
    _, book = open_any_table(read_bytes(path), path.name, progress)
    heads = [(grid, head) for grid in book.sheets if (head := kind.find_head(grid)) is not None]
    if not heads:
        raise OfferUnreadable(f"{path.name} {kind.lacking}", kind.fix)
    known = {table.head: table for table in known_tables(_sender(workspace, kind))}
    return tuple(_opened(kind, path.name, grid, head, known) for grid, head in heads)


def _opened(
    kind: SheetKind[U], file: str, grid: Grid, head: SheetHead[U], known: Mapping[str, KnownTable]
) -> OpenedSheet[U]:
    before = known.get(_words(grid, head))
    if before is None:
        return OpenedSheet(kind, file, grid, head, head.guessed)
    return OpenedSheet(kind, file, grid, head, named_columns(head, before.columns, kind.uses), is_known=True)


def _sender(workspace: Workspace, kind: SheetKind[Any]) -> str:
    return f"{workspace.database.identity}: {kind.name}"


def _words(grid: Grid, head: SheetHead[Any]) -> str:
    return head_words(row for row in grid.rows if row.number == head.row)


def remember_columns(workspace: Workspace, sheet: OpenedSheet[U], columns: Mapping[U, int]) -> None:
    """Keep what the columns hold for the next sheet with the same head."""
    today = datetime.now().astimezone().date()
    held = {column: use.value for use, column in columns.items()}
    note_tables([KnownTable(_sender(workspace, sheet.kind), _words(sheet.grid, sheet.head), 1, held, today)])


def names_of(sheets: Sequence[OpenedSheet[Any]]) -> list[str]:
    """The names of sheets as they are chosen; a sheet without a name by its number."""
    return [sheet.grid.name or f"Sheet {number}" for number, sheet in enumerate(sheets, start=1)]


def sheet_called(sheets: Sequence[OpenedSheet[U]], name: str) -> OpenedSheet[U]:
    """The sheet with a name, whatever its case; the first where none is named.

    Raises:
        OfferUnreadable: no sheet with such a table is called so.
    """
    found = next((sheet for sheet in sheets if not name or alike(sheet.grid.name) == alike(name)), None)
    if found is None:
        raise OfferUnreadable(f"No sheet “{name}” has such a table", f"Name {listed(names_of(sheets), 'or')}")
    return found


def unsure_words(sheet: OpenedSheet[U], columns: Mapping[U, int]) -> list[str]:
    """What is to be chosen by a person, as several columns may hold it."""
    return [
        f"{listed([sheet.called(column) for column in fitting])} may each be “{use.words}”, and none is taken"
        for use, fitting in sheet.unsure.items()
        if use not in columns
    ]


def taken_words(sheet: OpenedSheet[U], columns: Mapping[U, int]) -> str:
    """Which column is taken as what: "“Received (UTC)” (column C) is taken as “Day, with its time”"."""
    told = [f"{sheet.called(column)} is taken as “{use.words}”" for use, column in columns.items()]
    return ", ".join(told)


def noted(*sentences: str) -> str:
    """Sentences one after the other, without the last full stop; those that are empty are left out."""
    return ". ".join(filter(None, sentences))


def check_chosen(sheet: OpenedSheet[U], matched: MatchedSheet[Row, R]) -> None:
    """Refuse to take a sheet over of which nobody is asked, and which does not say what its columns hold.

    Raises:
        OfferUnreadable: several columns may hold the same, or none is known without which no row can be read.
    """
    unsure = unsure_words(sheet, sheet.columns)
    if unsure:
        fix = "Leave one of them in the file, or choose it in the window, where it is remembered"
        raise OfferUnreadable(f"In {sheet.file} {noted(*unsure)}", fix)
    if not matched.is_read:
        named = listed([sheet.called(column) for column in sheet.head.headings])
        fix = f"{sheet.kind.fix}, or choose them in the window, where it is remembered"
        raise OfferUnreadable(f"In {sheet.file} the headings do not say what is needed: {named}", fix)
