"""What the import of somebody's table shows: the table as it was opened, its lines beside what is held, the figures."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from tomsapp.domain.problems import Problem
    from tomsapp.exchange.labelled.known import KnownHeads
    from tomsapp.exchange.labelled.labels import ColumnUse, Guessed, LeftOut, Option, TableLabels
    from tomsapp.exchange.sheets.opened import OpenedBook
    from tomsapp.reading.receipt import Receipt
    from tomsapp.services.changes import Done
    from tomsapp.services.progress import Progress
    from tomsapp.services.workspace import Workspace

A_GUESS = "Labels are a guess"
NOTHING_THERE = "–"
"""What stands where there is no figure."""


@dataclass(frozen=True, slots=True)
class OpenedTable:
    """A file or a pasted table, read once."""

    receipt: Receipt
    book: OpenedBook


@dataclass(frozen=True, slots=True)
class TableState:
    """What a person has said about a table so far.

    Attributes:
        choices: the option that was chosen, by the key of what it is about: something left out, or a line. The key
            “answer:” and the key of a question gives the text of its answer.
        labels_from: where the labels come from: "Labels are a guess", "Labels as in their file of 3 February".
        is_beside: the lines come in beside what is held, and replace nothing.
    """

    table: OpenedTable
    labels: TableLabels
    choices: Mapping[str, str] = field(default_factory=dict)
    labels_from: str = A_GUESS
    is_beside: bool = False


class LineGroup(Enum):
    """How a line of the file stands to what is held."""

    CHANGED = "changed"
    NEW = "new"
    NO_LONGER = "no_longer"
    SAME = "same"

    @property
    def words(self) -> str:
        """The group as people read it."""
        return {
            LineGroup.CHANGED: "Changed",
            LineGroup.NEW: "New",
            LineGroup.NO_LONGER: "No longer offered",
            LineGroup.SAME: "Same as now",
        }[self]


@dataclass(frozen=True, slots=True)
class MatchedCell:
    """One figure or fact of a line, beside what it was; `was` is empty where there was none."""

    label: str
    was: str
    offered: str
    is_other: bool


@dataclass(frozen=True, slots=True)
class MatchedLine:
    """A line of the file beside the one that is held, with the choice between them.

    Attributes:
        key: names it in the choices.
        row: where it stands: "row 4", "Offer, row 4", "row 13, struck out"; empty where the file lacks it.
        cells: the quantities by year first, then the facts that differ.
        was_value, offered_value, after_value: social value in pounds; None where there is none.
        problems: what is wrong with it or asked of it; an error keeps it out.
        guess: the key of the option that holds unless a person chooses; empty where nothing is changed until then.
    """

    key: str
    group: LineGroup
    code: str
    title: str
    unit: str
    theme: int
    row: str
    cells: tuple[MatchedCell, ...]
    share: str
    was_value: Decimal | None
    offered_value: Decimal | None
    after_value: Decimal | None
    problems: tuple[Problem, ...]
    options: tuple[Option, ...]
    guess: str


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One row of figures, in words: what was and what is offered."""

    label: str
    was: str
    offered: str


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """A rule of the council before and after the import.

    Attributes:
        now, after: how it stands: "Not enough: short by £9,550.61".
        is_met: whether it is met after the import.
    """

    name: str
    now: str
    after: str
    is_met: bool


@dataclass(frozen=True, slots=True)
class ImportFigures:
    """What the import comes to.

    Attributes:
        headline: what will be held with the choices made: "£222,156.55", "42 contracts".
        headline_words: what that is: "Social value if all is accepted", "Social value with your choices".
        accepted: what would be held if every line of the file were accepted and every line that it lacks ended.
        rows: was and offered, by group and together.
        own_total: the file's own total, what was read, and the difference; empty where the file states none.
        own_parts: what the difference is made of; they add up to it.
        to_change: how many lines will change.
    """

    headline: str
    headline_words: str
    now: str
    difference: str
    accepted: str
    rows: tuple[FigureRow, ...] = ()
    own_total: tuple[FigureRow, ...] = ()
    own_parts: tuple[FigureRow, ...] = ()
    policy: tuple[PolicyRow, ...] = ()
    to_change: int = 0


@dataclass(frozen=True, slots=True)
class ToDecide:
    """One thing that a person must decide before the import, and where it stands.

    Attributes:
        step: 1 while the table is read, 2 while its lines are compared.
        sheet, row, column: the cell, where it is one; the row as the sheet shows it, column 0 is A.
        line: the key of the line, where it is about one.
        key: what a choice about it is kept by.
    """

    step: int
    words: str
    sheet: str = ""
    row: int | None = None
    column: int | None = None
    line: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class TableView:
    """All that is shown of a table with its labels and choices.

    Attributes:
        columns: the labels of the cells that stand under heads of their own; the others are told with their line.
    """

    state: TableState
    left_out: tuple[LeftOut, ...]
    guessed: tuple[Guessed, ...]
    problems: tuple[Problem, ...]
    lines: tuple[MatchedLine, ...]
    figures: ImportFigures
    to_decide: tuple[ToDecide, ...]
    columns: tuple[str, ...] = ()


class TableTarget(Protocol):
    """What a table is imported into."""

    def title(self) -> str:
        """What stands above the import: "Import into C-2026-004 Housing repairs"."""

    @property
    def uses(self) -> tuple[ColumnUse, ...]:
        """What a column can hold, in the order of the menu."""

    def what_follows(self, option: str) -> tuple[tuple[str, str], ...]:
        """What can stand behind the colon of an option that asks for more, with its words: measures by their codes."""

    @property
    def sender(self) -> str:
        """Whose table it is, so that its labels are remembered; empty where that is not known."""

    def parted(self, opened: OpenedTable) -> OpenedTable:
        """A table with a sheet for each of the tables that stand in one."""

    def guess(self, opened: OpenedTable, known: KnownHeads) -> TableLabels:
        """What each sheet, row and column of a table seems to hold, or holds as in heads that are known."""

    def look(self, workspace: Workspace, state: TableState) -> TableView:
        """The table as it is read with these labels and choices."""

    def bring_in(self, workspace: Workspace, state: TableState, progress: Progress) -> Done[int]:
        """Save what was chosen in one transaction; gives how many records changed."""
