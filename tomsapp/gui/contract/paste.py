"""Blocks of quantities to and from a spreadsheet, as tab-separated text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from tomsapp.domain.commitment import Commitment
from tomsapp.domain.errors import TomsError
from tomsapp.domain.menu import Measure
from tomsapp.domain.typed_numbers import Convention, convention_of
from tomsapp.gui.contract.rows import CellKey
from tomsapp.services.typed_quantities import read_quantity

CODE, UNIT = "Code", "Unit"
"""Heads of what is copied with a title."""
_TITLE = 0
"""The column with the titles, in every grid of quantities."""


class BlockLine(Protocol):
    """A row of a grid that takes quantities."""

    @property
    def commitment(self) -> Commitment:
        """Of which commitment they are."""

    @property
    def measure(self) -> Measure | None:
        """Its measure, if the menu edition has it."""

    @property
    def is_editable(self) -> bool:
        """Whether they can be typed."""


class BlockModel(Protocol):
    """A grid of quantities, of contract years or of quarters."""

    cell_noun: str
    """What a column of quantities is of: "contract year"."""

    def rowCount(self) -> int:
        """Number of rows, also of those that take no quantities."""

    def columnCount(self) -> int:
        """Number of columns, also of those that are no quantities."""

    def head(self, column: int) -> str:
        """The words over a column."""

    def line_at(self, row: int) -> BlockLine | None:
        """The row, or None where it takes no quantities."""

    def cell_of(self, column: int) -> int | None:
        """The number of the contract year or quarter of a column, or None for the other columns."""

    def cell_name(self, cell: int) -> str:
        """A contract year or quarter in words."""

    def text(self, row: Any, column: int) -> str:
        """What a cell of a line shows."""


@dataclass(frozen=True, slots=True)
class BadCell:
    """A pasted cell that cannot be taken: where it would go, its text, and why not."""

    row: int
    column: int
    where: str
    text: str
    message: str


@dataclass(frozen=True, slots=True)
class PasteBlock:
    """What a paste would do: the quantities that fit, and the cells that do not."""

    quantities: dict[CellKey, Decimal | None]
    bad: tuple[BadCell, ...]


def cells_of(text: str) -> list[list[str]]:
    """The cells of tab-separated text; the line break at the end of a spreadsheet's copy is no row."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    while lines and not lines[-1].strip("\t "):
        lines.pop()
    return [[cell.strip().strip('"') for cell in line.split("\t")] for line in lines]


def read_block(text: str, model: BlockModel, row: int, column: int) -> PasteBlock:
    """Read a block whose first cell goes to `row` and `column`; lines follow each other, groups are passed over."""
    cells = cells_of(text)
    heads = {CODE, UNIT, *(model.head(place) for place in range(model.columnCount()))}
    if len(cells) > 1 and all(cell in heads for cell in cells[0]):
        cells = cells[1:]
    lines = [line for place in range(row, model.rowCount()) if (line := model.line_at(place)) is not None]
    quantities: dict[CellKey, Decimal | None] = {}
    bad: list[BadCell] = []
    convention = _convention(cells)
    for down, texts in enumerate(cells):
        line = lines[down] if down < len(lines) else None
        for across, typed in enumerate(texts):
            cell = model.cell_of(column + across)
            try:
                quantities[_key(model, line, cell)] = read_quantity(typed, line.measure if line else None, convention)
            except TomsError as error:
                where = _where(model, line, cell)
                reason = f"{error.message}. {error.fix}".rstrip(". ")
                bad.append(BadCell(down + 1, across + 1, where, typed, reason))
    return PasteBlock(quantities, tuple(bad))


def _convention(cells: Sequence[Sequence[str]]) -> Convention:
    """Of the point, as on screen, unless a number of the block has a comma before its decimals.

    Then every number that could have either is asked about; what is written instead is typed on screen.
    """
    said = convention_of((cell.replace("%", "") for row in cells for cell in row), Convention.POINT)
    return said if said is Convention.POINT else Convention.UNKNOWN


def _key(model: BlockModel, line: BlockLine | None, cell: int | None) -> CellKey:
    if line is None:
        raise TomsError("There is no line for this row")
    if cell is None:
        raise TomsError(f"There is no {model.cell_noun} for this column")
    if not line.is_editable:
        raise TomsError(f"{line.commitment.measure} cannot be typed into here")
    return line.commitment.key, cell


def _where(model: BlockModel, line: BlockLine | None, cell: int | None) -> str:
    name = line.commitment.measure if line else "below the last line"
    return f"{name}, {model.cell_name(cell)}" if cell is not None else f"{name}, beside the last {model.cell_noun}"


def block_text(model: BlockModel, rows: Sequence[int], columns: Sequence[int]) -> Iterator[list[str]]:
    """The cells of a selection with the heads of its columns; a single cell goes without.

    A title brings its code before it and its unit after it, so that each row can be told apart and its numbers read.
    """
    chosen = [line for row in rows if (line := model.line_at(row)) is not None]
    if len(chosen) * len(columns) > 1:
        yield [head for column in columns for head in _heads(model, column)]
    for line in chosen:
        yield [text for column in columns for text in _texts(model, line, column)]


def _heads(model: BlockModel, column: int) -> tuple[str, ...]:
    return (CODE, model.head(column), UNIT) if column == _TITLE else (model.head(column),)


def _texts(model: BlockModel, line: BlockLine, column: int) -> tuple[str, ...]:
    text = model.text(line, column)
    if column != _TITLE:
        return (text,)
    return line.commitment.measure, text, line.measure.each_name if line.measure else ""
