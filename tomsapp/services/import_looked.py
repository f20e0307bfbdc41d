"""An offer in somebody's table as it is looked at: read with its labels, compared, checked, and what is to decide."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from tomsapp.domain.checks.registry import OF_ONE_LINE
from tomsapp.domain.checks.repeats import REPEATS
from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.offer import CheckedOffer, Offer, check_valued
from tomsapp.domain.problems import Answer, AnswerChoice, Problem, Severity, Where, problem_at
from tomsapp.domain.valuation import valuation_of
from tomsapp.domain.wording import listed
from tomsapp.exchange.labelled.labels import Guessed
from tomsapp.exchange.workbook_columns import column_index
from tomsapp.services.import_figures import OfferFigures
from tomsapp.services.import_kept import ANSWER_OF
from tomsapp.services.table_types import TableView, ToDecide

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tomsapp.domain.commitment import Commitment
    from tomsapp.services.import_compared import ComparedOffer
    from tomsapp.services.import_lines import ComparedLine
    from tomsapp.services.table_types import MatchedLine, TableState

_MOST_ROWS = 3
_ASKED_OF_LINES = REPEATS | {"number-with-words", "per-cent-unclear"}
_ASKED_OF_FILE = frozenset(
    {"other-contract", "other-dates", "other-edition", "other-menu-bytes", "other-spend", "other-value"}
)


@dataclass(frozen=True, eq=False)
class LookedOffer:
    """An offer beside the contract, with the choices made so far."""

    offer: ComparedOffer
    state: TableState

    @property
    def changing(self) -> list[ComparedLine]:
        """The lines that the import changes."""
        return [line for line in self.offer.compared if line.is_changing(self.state.choices)]

    @cached_property
    def after(self) -> CheckedOffer:
        """The contract as it will be with the choices made."""
        contract, edition = self.offer.opened.contract, self.offer.opened.edition
        commitments = tuple(self._commitments_after())
        valuation = valuation_of(contract, edition, self.offer.valuer.lines(commitments))
        offer = Offer(contract, commitments, self.offer.opened.answers)
        return check_valued(offer, valuation, self.offer.opened.surroundings)

    def _commitments_after(self) -> Iterator[Commitment]:
        """The lines in the contract's order, the new ones behind."""
        choices = self.state.choices
        changed = {line.match.was.id: line.after(choices) for line in self.offer.compared if line.match.was is not None}
        for stored in self.offer.opened.commitments:
            after = changed.get(stored.id, stored.record)
            if after is not None:
                yield after
        new = (line.after(choices) for line in self.offer.compared if line.match.was is None)
        yield from (commitment for commitment in new if commitment is not None)

    @cached_property
    def _asked(self) -> dict[str, list[Problem]]:
        """What the contract as it will be asks of the lines that change, and did not ask before; by their keys."""
        before = {(problem.key, problem.asked) for problem in self.offer.opened.checked.problems if problem.is_open}
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
                choice, reason = _chosen_in(text)
                found[problem.key] = Answer(reason, choice=choice, asked=problem.asked)
        return found

    def _answer(self, problem: Problem) -> str:
        return self.state.choices.get(f"{ANSWER_OF}{problem.key}", "").strip()

    # As it is shown

    def view(self) -> TableView:
        """All that is shown."""
        choices = self.state.choices
        lines = tuple(map(self._shown, self.offer.compared))
        figures = OfferFigures(
            self.offer.opened.checked,
            self.after,
            self.offer.compared,
            self.offer.valuer,
            choices,
            is_beside=self.state.is_beside,
        )
        return TableView(
            state=self.state,
            left_out=self.offer.left_out,
            guessed=tuple(self._guessed()),
            problems=(*self._of_contract(), *self.offer.read.problems, *self._of_noughts()),
            lines=lines,
            figures=figures.figures(self.offer.own),
            to_decide=tuple(self._to_decide()),
            columns=tuple(year.label for year in self.offer.opened.contract.years),
        )

    def _of_contract(self) -> Iterator[Problem]:
        contract = self.offer.opened.contract
        if contract.status is not ContractStatus.DRAFT:
            message = f"{contract.reference} is {contract.status.value}, so its commitments are fixed"
            yield problem_at("contract-fixed", message, "Record a variation from this file", Where())

    def _of_noughts(self) -> Iterator[Problem]:
        """Which rows have noughts alone, and so bring nothing."""
        rows = [line.raw for line in self.offer.noughts]
        if rows:
            places = [f"row {row.row.number}{f' of {row.sheet.name}' if row.sheet.name else ''}" for row in rows]
            more = [f"{len(rows) - _MOST_ROWS} more"] if len(rows) > _MOST_ROWS else []
            message = f"Nothing is promised where 0 stands in every year: {listed([*places[:_MOST_ROWS], *more])}"
            fix = "Nothing, if nothing is offered there"
            where = Where(self.state.table.receipt.name, rows[0].sheet.name)
            yield problem_at("only-noughts", message, fix, where, Severity.NOTE)

    def _shown(self, line: ComparedLine) -> MatchedLine:
        """A line in words, with its value after the choice made and what the contract asks of it."""
        shown, further = self.offer.shown[line.key], self._asked.get(line.key, ())
        after = line.after(self.state.choices)
        if after == (line.offered if line.guess else line.was) and not further:
            return shown
        return replace(shown, after_value=self.offer.valuer.value(after), problems=(*shown.problems, *further))

    def _guessed(self) -> Iterator[Guessed]:
        """The cells that were read with a guess."""
        for line in self.offer.lines:
            for problem in line.problems:
                where = problem.where
                if problem.severity is Severity.NOTE and where.column and where.row is not None:
                    yield Guessed(where.sheet, where.row, column_index(where.column), problem.message)

    def _to_decide(self) -> Iterator[ToDecide]:
        for one in self.offer.left_out:
            if not one.chosen(self.state.choices):
                yield ToDecide(1, one.title, one.sheet, one.row, one.column, key=one.key)
        for problem in self.offer.read.problems:
            if problem.code in _ASKED_OF_FILE and not self._answer(problem):
                yield ToDecide(1, problem.message, problem.where.sheet, key=f"{ANSWER_OF}{problem.key}")
        for line, problem in self._questions():
            if not self._answer(problem):
                yield self._asked_of(line, problem)

    def _asked_of(self, line: ComparedLine, problem: Problem) -> ToDecide:
        source = line.source.raw if line.source is not None else None
        sheet, row = (source.sheet.name, source.row.number) if source is not None else ("", None)
        key = f"{ANSWER_OF}{problem.key}"
        code = line.shown.measure
        words = problem.message if problem.message.startswith(code) else f"{code}: {problem.message}"
        return ToDecide(2, words, sheet, row, line=line.key, key=key)


def _chosen_in(text: str) -> tuple[AnswerChoice, str]:
    """What an answer in words chose, and its reason: "different: each has a contract", "They are the same people"."""
    for choice in (AnswerChoice.DIFFERENT, AnswerChoice.SAME):
        for start in (choice.words, choice.value):
            if text.casefold().startswith(start.casefold()):
                return choice, text[len(start) :].lstrip(" ,:") or text
    return AnswerChoice.RIGHT, text
