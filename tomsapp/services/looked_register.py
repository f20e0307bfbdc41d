"""A register of contracts as it is looked at: read with its labels, what it lacks asked once, compared, added up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from tomsapp.domain.alike import alike
from tomsapp.domain.contract import CONTRACT, ContractKind
from tomsapp.domain.facts import FactKind
from tomsapp.domain.money import exact_sum, round_pounds, total
from tomsapp.domain.problems import Problem, Severity, Where, problem_at
from tomsapp.domain.supplier import SupplierKind
from tomsapp.domain.wording import format_change, format_pounds, plural
from tomsapp.exchange.labelled.labels import Guessed, LeftOut, LeftOutKind
from tomsapp.exchange.labelled.register_total import register_total
from tomsapp.exchange.workbook_columns import column_index
from tomsapp.services.import_figures import own_part_rows, own_total_rows
from tomsapp.services.import_lines import ACCEPT, KEEP, LEAVE_OUT
from tomsapp.services.import_register import RegisterComparer, Said, day_before_anniversary
from tomsapp.services.register_questions import (
    BY_SHEET,
    DAY_BEFORE,
    DIRECTORATE,
    EDITION,
    KIND,
    LAST_DAY,
    NUMBERED,
    REFERENCE,
    SUPPLIERS,
)
from tomsapp.services.register_suppliers import RegisterSuppliers
from tomsapp.services.table_types import (
    NOTHING_THERE,
    FigureRow,
    ImportFigures,
    LineGroup,
    MatchedCell,
    MatchedLine,
    TableView,
    ToDecide,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from decimal import Decimal

    from tomsapp.domain.contract import Contract
    from tomsapp.domain.history import Stored
    from tomsapp.exchange.labelled.contract_row import ReadContract
    from tomsapp.services.held_contracts import Held
    from tomsapp.services.import_register import RegisterLine
    from tomsapp.services.read_register import ReadRegister
    from tomsapp.services.table_types import TableState

_OPTIONS = {
    LineGroup.NEW: (ACCEPT, LEAVE_OUT),
    LineGroup.CHANGED: (ACCEPT, KEEP),
    LineGroup.SAME: (),
}
_SHOWN = tuple(fact for fact in CONTRACT.facts if fact.kind is not FactKind.OWN)
_COLUMNS = ("supplier", "start_on", "end_on")
"""The facts of a contract that stand under heads of their own."""

_ENDS_IN_DIGITS = re.compile(r"(.*?)([0-9]+)")
_DRAFTS = "They come in as drafts, whatever the register says"


@dataclass(frozen=True, eq=False)
class LookedRegister:
    """A register beside the database, with the choices made so far."""

    state: TableState
    register: ReadRegister
    held: Held

    @cached_property
    def asked(self) -> tuple[LeftOut, ...]:
        """What is asked once for all contracts."""
        return tuple(self._asked())

    def _asked(self) -> Iterator[LeftOut]:
        contracts, asked = self.register.contracts, self.register.asked
        # Which are new hangs on no answer, so that the contracts are compared once, with the answers.
        new = [read for read in contracts if self._held_as(read) is None]
        if not new:
            return
        yield asked.edition()
        if not any("kind" in read.told for read in contracts):
            yield asked.kind()
        added = [self.suppliers.of(read) for read in new]
        unknown = {one.supplier for one in added if one is not None and one.held is None and not one.is_kind_told}
        if unknown:
            yield asked.supplier_kind(len(unknown))
        sheets = list(dict.fromkeys(sheet.grid.sheet for sheet in self.register.sheets))
        if len(sheets) > 1 and not any("directorate" in read.told for read in contracts):
            yield asked.directorate(sheets)
        ends = [read.values["end_on"] for read in new if day_before_anniversary(read.values) is not None]
        if ends:
            yield asked.last_day(ends)
        nameless = self._nameless
        if nameless:
            yield asked.reference(self._year, len(nameless))

    @cached_property
    def _nameless(self) -> list[ReadContract]:
        """The contracts of which the register says no reference, and that the database does not know by their title."""
        return [read for read in self.register.contracts if read.key not in self.references]

    @cached_property
    def references(self) -> Mapping[str, str]:
        """The references that are known, by the keys of the rows."""
        return self.held.references_for(self.register.contracts)

    def _supplier_before(self, read: ReadContract) -> int | None:
        """The supplier that a contract of the register has in the database; None where it has none, or is not there."""
        held = self._held_as(read)
        return None if held is None else held[1]

    def _held_as(self, read: ReadContract) -> tuple[Stored[Contract], int | None] | None:
        """The contract in the database that one of the register is, with its supplier; None where it is new."""
        return self.held.contracts.get(alike(self.references.get(read.key, "")))

    @property
    def _year(self) -> int:
        """The year after which references are numbered: the one in which the first contract without one begins."""
        starts = [read.values["start_on"] for read in self._nameless if "start_on" in read.values]
        return min(starts, default=self.state.table.receipt.received_at.date()).year

    @cached_property
    def said(self) -> Said:
        """What was said once for all of them."""
        chosen = {one.key: one.chosen(self.state.choices) for one in self.asked}
        menu, _, edition = chosen.get(EDITION, "").rpartition(" ")
        kind = chosen.get(SUPPLIERS, "")
        is_numbered = chosen.get(REFERENCE) == NUMBERED
        return Said(
            menu,
            edition,
            ContractKind(chosen.get(KIND) or ContractKind.STANDARD.value),
            SupplierKind(kind) if kind else None,
            dict(self._numbers()) if is_numbered else {},
            has_directorates=chosen.get(DIRECTORATE) == BY_SHEET,
            is_day_before=chosen.get(LAST_DAY) == DAY_BEFORE,
        )

    def _numbers(self) -> Iterator[tuple[str, str]]:
        """A reference for each contract without one, by the key of its row."""
        first = _ENDS_IN_DIGITS.fullmatch(self.register.asked.next_reference(self._year))
        for place, read in enumerate(self._nameless):
            if first is not None:
                yield read.key, f"{first[1]}{int(first[2]) + place:0{len(first[2])}d}"

    @cached_property
    def suppliers(self) -> RegisterSuppliers:
        """The suppliers that the register names."""
        held, choices = self.held, self.state.choices
        return RegisterSuppliers(held.suppliers, self.register.contracts, self._supplier_before, choices)

    @cached_property
    def lines(self) -> tuple[RegisterLine, ...]:
        """The contracts of the register beside those of the database."""
        comparer = RegisterComparer(self.held, self.said, self.suppliers, self.references)
        return tuple(comparer.compare(self.register.contracts))

    # As it is shown

    def view(self) -> TableView:
        """All that is shown."""
        asked = (*self.asked, *self.register.open_ends, *self.suppliers.questions)
        left_out = (*asked, *self.register.left_out)
        return TableView(
            state=self.state,
            left_out=left_out,
            guessed=tuple(self._guessed()),
            problems=tuple(self._problems()),
            lines=tuple(map(self._shown, self.lines)),
            figures=self._figures(),
            to_decide=tuple(
                ToDecide(1, one.title, one.sheet, one.row, one.column, key=one.key)
                for one in left_out
                if not one.chosen(self.state.choices)
            ),
            columns=tuple(CONTRACT.fact(name).label for name in _COLUMNS),
        )

    def _problems(self) -> Iterator[Problem]:
        yield from self._of_columns
        where = Where(self.state.table.receipt.name)
        if not self.lines:
            yield self._no_lines(where)
        elif any(line.was is None for line in self.lines):
            fix = "Sign each with its document, so that what was agreed is sealed"
            yield problem_at("come-as-drafts", _DRAFTS, fix, where, Severity.NOTE)

    def _no_lines(self, where: Where) -> Problem:
        """Why nothing comes in: each row stays aside, or what the table lacks is a head, or a contract under it."""
        if any(one.kind is LeftOutKind.ASIDE for one in self.register.left_out):
            fix = "Say below what becomes of those that are left out; F8 goes to the first that is open"
            return problem_at("no-contract", "Every row that is a contract stays aside", fix, where)
        if any(one.columns for one in self.state.labels):
            message, fix = "No row under the head is read as a contract", "Choose the rows that are, and press L"
            return problem_at("no-contract", message, fix, where)
        return problem_at("no-table", "No row looks like a head", "Point at the row with the headings", where)

    @cached_property
    def _of_columns(self) -> list[Problem]:
        """What is guessed of whole columns."""
        return [problem for sheet in self.register.sheets for problem in sheet.notes()]

    def _guessed(self) -> Iterator[Guessed]:
        of_lines = (problem for line in self.lines for problem in line.problems)
        for problem in (*self._of_columns, *of_lines):
            where = problem.where
            if problem.severity is Severity.NOTE and where.column and where.row is not None:
                yield Guessed(where.sheet, where.row, column_index(where.column), problem.message)

    def _shown(self, line: RegisterLine) -> MatchedLine:
        shown = line.offered or (line.was.record if line.was is not None else None)
        options = _OPTIONS[line.group][1:] if line.is_wrong else _OPTIONS[line.group]
        was_value = line.was.record.value if line.was is not None else None
        offered_value = line.offered.value or None if line.offered is not None else None
        number, sheets = line.read.row.number, self.register.sheets
        return MatchedLine(
            key=line.key,
            group=line.group,
            code=shown.reference if shown is not None else line.read.values.get("reference", ""),
            title=shown.title if shown is not None else line.read.values.get("title", ""),
            unit="",
            theme=0,
            row=f"{line.read.sheet.name}, row {number}" if len(sheets) > 1 else f"row {number}",
            cells=tuple(self._cells(line)),
            share="",
            was_value=was_value,
            offered_value=offered_value,
            after_value=offered_value if line.is_accepted(self.state.choices) else was_value,
            problems=line.problems,
            options=options,
            guess=options[0].key if options else "",
        )

    def _cells(self, line: RegisterLine) -> Iterator[MatchedCell]:
        """The facts that differ; of a new contract those that the register says."""
        told = line.read.values.keys() | line.differing
        for fact in _SHOWN:
            if fact.name not in told:
                continue
            offered = getattr(line.offered, fact.name) if line.offered is not None else None
            was = getattr(line.was.record, fact.name) if line.was is not None else None
            if offered != was:
                yield MatchedCell(fact.label, fact.words(was), fact.words(offered), is_other=True)

    def _figures(self) -> ImportFigures:
        accepted = [line for line in self.lines if line.is_accepted(self.state.choices)]
        able = [line for line in self.lines if line.was is None and not line.is_wrong]
        new = sum(line.was is None for line in accepted)
        is_all = len(accepted) == sum(not line.is_wrong and line.group is not LineGroup.SAME for line in self.lines)
        value = total(line.accepted.value for line in accepted if line.was is None)
        coming = {(line.read.sheet.name, line.read.row.number): line for line in self.lines if not line.is_wrong}
        own = register_total(self.register.sheets, {place: line.accepted.value for place, line in coming.items()})
        return ImportFigures(
            own_total=own_total_rows(own) if own is not None else (),
            own_parts=own_part_rows(own) if own is not None else (),
            headline=plural(self.held.index.count + new, "contract"),
            headline_words="Contracts if all is accepted" if is_all else "Contracts with your choices",
            now=plural(self.held.index.count, "contract"),
            difference=f"+{plural(new, 'contract')}, {format_change(value)}" if new else "0 contracts",
            accepted=plural(self.held.index.count + len(able), "contract"),
            rows=tuple(self._rows()),
            to_change=len(accepted),
        )

    def _rows(self) -> Iterator[FigureRow]:
        for group in (LineGroup.SAME, LineGroup.CHANGED, LineGroup.NEW):
            lines = [line for line in self.lines if line.group is group]
            if lines:
                yield _figure_row(f"{group.words}, {len(lines)}", lines)
        yield _figure_row(f"Together, {len(self.lines)}", self.lines)


def _figure_row(label: str, lines: Sequence[RegisterLine]) -> FigureRow:
    was = [line.was.record.value for line in lines if line.was is not None]
    offered = [line.offered.value for line in lines if line.offered is not None]
    return FigureRow(label, _sum(was), _sum(offered))


def _sum(values: Sequence[Decimal]) -> str:
    """Pounds together, rounded once: a register may say parts of a penny, which is told at its row."""
    return format_pounds(round_pounds(exact_sum(values))) if values else NOTHING_THERE
