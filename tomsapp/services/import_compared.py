"""An offer in somebody's table read and compared with the contract, as far as no choice about its lines changes it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from tomsapp.exchange.labelled.chosen import Chooser
from tomsapp.exchange.labelled.file_problems import file_problems
from tomsapp.exchange.labelled.left_out import LeftOutFinder
from tomsapp.exchange.labelled.own_figures import own_figures
from tomsapp.services.import_lines import LineComparer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tomsapp.domain.problems import Problem
    from tomsapp.domain.valuation import LineValue
    from tomsapp.exchange.labelled.chosen import OfferedLine
    from tomsapp.exchange.labelled.labels import LeftOut, TableLabels
    from tomsapp.exchange.labelled.own_figures import OwnFigures
    from tomsapp.exchange.labelled.read import OfferReader, RawLine, ReadSheet
    from tomsapp.services.contracts import OpenContract
    from tomsapp.services.import_lines import ComparedLine, LineValuer
    from tomsapp.services.table_types import MatchedLine, OpenedTable, TableState


@dataclass(frozen=True, eq=False)
class ReadTable:
    """A table read whole with its labels: it stays the same while only choices change."""

    table: OpenedTable
    labels: TableLabels
    sheets: tuple[ReadSheet, ...]
    lines: Mapping[str, Sequence[RawLine]]
    problems: tuple[Problem, ...]

    @classmethod
    def read(cls, reader: OfferReader, table: OpenedTable, labels: TableLabels) -> ReadTable:
        """Read every sheet that has lines."""
        sheets = tuple(reader.sheets(table.book, labels))
        lines = {sheet.name: tuple(sheet.lines()) for sheet in sheets}
        problems = tuple(file_problems(reader, table.book, labels, sheets))
        return cls(table, labels, sheets, lines, problems)


@dataclass(frozen=True, eq=False)
class ComparedOffer:
    """A table beside the contract: it stays the same while only the choices about its lines change."""

    opened: OpenContract
    valuer: LineValuer
    read: ReadTable
    choices: Mapping[str, str]
    is_beside: bool

    def still_holds(self, read: ReadTable, state: TableState) -> bool:
        """Whether it is what is to be shown of a table that was read so, with the choices of this moment."""
        is_same = self.read is read and self.is_beside == state.is_beside
        return is_same and all(self.choices.get(one.key) == state.choices.get(one.key) for one in self.left_out)

    @cached_property
    def left_out(self) -> tuple[LeftOut, ...]:
        """What is easily missed."""
        return LeftOutFinder(self.read.sheets, self.read.lines, self.valuer.worth).find()

    @cached_property
    def _chooser(self) -> Chooser:
        return Chooser(self.opened.edition, self.left_out, self.choices)

    @cached_property
    def lines(self) -> tuple[OfferedLine, ...]:
        """The lines of the file."""
        return tuple(self._chooser.lines(self.read.sheets, self.read.lines))

    @cached_property
    def sheets(self) -> tuple[ReadSheet, ...]:
        """The sheets that are read."""
        return tuple(self._chooser.read_sheets(self.read.sheets))

    @cached_property
    def _comparer(self) -> LineComparer:
        return LineComparer(self.opened, self.valuer, self.is_beside, len(self.sheets))

    @cached_property
    def compared(self) -> tuple[ComparedLine, ...]:
        """The lines of the file beside those of the contract."""
        return tuple(self._comparer.compare(self.lines))

    @property
    def noughts(self) -> list[OfferedLine]:
        """The rows of the file that promise nothing and that the contract does not hold: nothing comes of them."""
        return [line for line in self.lines if line.is_read and line.commitment.key not in self._by_key]

    @cached_property
    def shown(self) -> dict[str, MatchedLine]:
        """The lines in words, as they are without any choice."""
        return {line.key: self._comparer.shown(line) for line in self.compared}

    @cached_property
    def own(self) -> OwnFigures | None:
        """The file's own total, taken apart; None where it states none."""
        return own_figures(self.sheets, self.lines, self._value_of)

    def _value_of(self, line: OfferedLine) -> LineValue | None:
        """A line of the file as it is offered, valued; None where it cannot come in."""
        found = self._by_key.get(line.commitment.key)
        if found is None or found.is_wrong or found.offered is None:
            return None
        return self.valuer.line(found.offered)

    @cached_property
    def _by_key(self) -> dict[str, ComparedLine]:
        return {line.key: line for line in self.compared}
