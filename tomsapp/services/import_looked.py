"""An offer in somebody's table as it is looked at: read with its labels, compared, checked, and what is to decide."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from tomsapp.domain.checks.registry import OF_ONE_LINE
from tomsapp.domain.checks.repeats import REPEATS
from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.offer import CheckedOffer, Offer, check_valued
from tomsapp.domain.problems import Answer, AnswerChoice, Problem, Severity, Where, problem_at
from tomsapp.domain.valuation import valuation_of
from tomsapp.exchange.labelled.chosen import Chooser
from tomsapp.exchange.labelled.file_problems import file_problems
from tomsapp.exchange.labelled.labels import Guessed
from tomsapp.exchange.labelled.left_out import LeftOutFinder
from tomsapp.exchange.labelled.own_figures import own_figures
from tomsapp.exchange.workbook_layout import column_index
from tomsapp.services.import_figures import OfferFigures
from tomsapp.services.import_kept import ANSWER_OF
from tomsapp.services.import_lines import LineComparer
from tomsapp.services.table_types import TableView, ToDecide

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tomsapp.domain.commitment import Commitment
    from tomsapp.domain.valuation import LineValue
    from tomsapp.exchange.labelled.chosen import OfferedLine
    from tomsapp.exchange.labelled.labels import LeftOut, TableLabels
    from tomsapp.exchange.labelled.read import OfferReader, RawLine, ReadSheet
    from tomsapp.services.contracts import OpenContract
    from tomsapp.services.import_lines import ComparedLine, LineValuer
    from tomsapp.services.table_types import OpenedTable, TableState

_ASKED_OF_LINES = REPEATS | {"per-cent-unclear"}
_ASKED_OF_FILE = frozenset(
    {"other-contract", "other-dates", "other-edition", "other-menu-bytes", "other-spend", "other-value"}
)


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
class LookedOffer:
    """An offer beside the contract, with the choices made so far."""

    opened: OpenContract
    valuer: LineValuer
    state: TableState
    read: ReadTable

    @cached_property
    def left_out(self) -> tuple[LeftOut, ...]:
        """What is easily missed."""
        return LeftOutFinder(self.read.sheets, self.read.lines, self.valuer.worth).find()

    @cached_property
    def _chooser(self) -> Chooser:
        return Chooser(self.opened.edition, self.left_out, self.state.choices)

    @cached_property
    def lines(self) -> tuple[OfferedLine, ...]:
        """The lines of the file."""
        return tuple(self._chooser.lines(self.read.sheets, self.read.lines))

    @cached_property
    def _sheets(self) -> tuple[ReadSheet, ...]:
        """The sheets that are read."""
        return tuple(self._chooser.read_sheets(self.read.sheets))

    @cached_property
    def _comparer(self) -> LineComparer:
        return LineComparer(self.opened, self.valuer, self.state.is_beside, len(self._sheets))

    @cached_property
    def compared(self) -> tuple[ComparedLine, ...]:
        """The lines of the file beside those of the contract."""
        return tuple(self._comparer.compare(self.lines))

    @property
    def changing(self) -> list[ComparedLine]:
        """The lines that the import changes."""
        return [line for line in self.compared if line.after(self.state.choices) != line.was]

    @cached_property
    def after(self) -> CheckedOffer:
        """The contract as it will be with the choices made."""
        contract, edition = self.opened.contract, self.opened.edition
        commitments = tuple(self._commitments_after())
        valuation = valuation_of(contract, edition, self.valuer.lines(commitments))
        offer = Offer(contract, commitments, self.opened.answers)
        return check_valued(offer, valuation, self.opened.surroundings)

    def _commitments_after(self) -> Iterator[Commitment]:
        """The lines in the contract's order, the new ones behind."""
        choices = self.state.choices
        changed = {line.match.was.id: line.after(choices) for line in self.compared if line.match.was is not None}
        for stored in self.opened.commitments:
            after = changed.get(stored.id, stored.record)
            if after is not None:
                yield after
        new = (line.after(choices) for line in self.compared if line.match.was is None)
        yield from (commitment for commitment in new if commitment is not None)

    @cached_property
    def _asked(self) -> dict[str, list[Problem]]:
        """What the contract as it will be asks of the lines that change, and did not ask before; by their keys."""
        before = {(problem.key, problem.asked) for problem in self.opened.checked.problems if problem.is_open}
        names = {(line.was.key if line.was is not None else line.key): line.key for line in self.changing}
        found: dict[str, list[Problem]] = {}
        for problem in self.after.problems:
            key = names.get(problem.where.commitment)
            if key is not None and problem.code not in OF_ONE_LINE and (problem.key, problem.asked) not in before:
                found.setdefault(key, []).append(problem)
        return found

    def _questions(self) -> Iterator[tuple[ComparedLine, Problem]]:
        """What is asked of the lines that change, answered or not."""
        for line in self.changing:
            for problem in (*line.problems, *self._asked.get(line.key, ())):
                if problem.code in _ASKED_OF_LINES and problem.is_open:
                    yield line, problem

    def answers(self) -> dict[str, Answer]:
        """What was answered to questions of the contract, by the keys of their Problems."""
        found = {}
        for _, problem in self._questions():
            text = self._answer(problem)
            if problem.code in REPEATS and text:
                choice, _, reason = text.partition(":")
                known = {one.value: one for one in AnswerChoice}
                is_choice = choice in known
                said = reason.strip() if is_choice else text
                found[problem.key] = Answer(said, choice=known.get(choice, AnswerChoice.RIGHT), asked=problem.asked)
        return found

    def _answer(self, problem: Problem) -> str:
        return self.state.choices.get(f"{ANSWER_OF}{problem.key}", "").strip()

    # As it is shown

    def view(self) -> TableView:
        """All that is shown."""
        choices = self.state.choices
        lines = tuple(self._comparer.shown(line, choices, self._asked.get(line.key, ())) for line in self.compared)
        figures = OfferFigures(
            self.opened.checked, self.after, self.compared, self.valuer, choices, is_beside=self.state.is_beside
        )
        own = own_figures(self._sheets, self.lines, self._value_of)
        return TableView(
            state=self.state,
            left_out=self.left_out,
            guessed=tuple(self._guessed()),
            problems=(*self._of_contract(), *self.read.problems),
            lines=lines,
            figures=figures.figures(own),
            to_decide=tuple(self._to_decide()),
            columns=tuple(year.label for year in self.opened.contract.years),
        )

    def _of_contract(self) -> Iterator[Problem]:
        contract = self.opened.contract
        if contract.status is not ContractStatus.DRAFT:
            message = f"{contract.reference} is {contract.status.value}, so its commitments are fixed"
            yield problem_at("contract-fixed", message, "Record a variation from this file", Where())

    def _value_of(self, line: OfferedLine) -> LineValue | None:
        """A line of the file as it is offered, valued; None where it cannot come in."""
        found = self._by_key.get(line.commitment.key)
        if found is None or found.is_wrong or found.offered is None:
            return None
        return self.valuer.line(found.offered)

    @cached_property
    def _by_key(self) -> dict[str, ComparedLine]:
        return {line.key: line for line in self.compared}

    def _guessed(self) -> Iterator[Guessed]:
        """The cells that were read with a guess."""
        for line in self.lines:
            for problem in line.problems:
                if problem.severity is Severity.NOTE and problem.where.column:
                    row, column = line.raw.row.number, column_index(problem.where.column)
                    yield Guessed(line.raw.sheet.name, row, column, problem.message)

    def _to_decide(self) -> Iterator[ToDecide]:
        for one in self.left_out:
            if not one.chosen(self.state.choices):
                yield ToDecide(1, one.title, one.sheet, one.row, one.column, key=one.key)
        for problem in self.read.problems:
            if problem.code in _ASKED_OF_FILE and not self._answer(problem):
                yield ToDecide(1, problem.message, problem.where.sheet, key=f"{ANSWER_OF}{problem.key}")
        for line, problem in self._questions():
            if not self._answer(problem):
                yield self._asked_of(line, problem)

    def _asked_of(self, line: ComparedLine, problem: Problem) -> ToDecide:
        source = line.source.raw if line.source is not None else None
        sheet, row = (source.sheet.name, source.row.number) if source is not None else ("", None)
        key = f"{ANSWER_OF}{problem.key}"
        return ToDecide(2, f"{line.shown.measure}: {problem.message}", sheet, row, line=line.key, key=key)
