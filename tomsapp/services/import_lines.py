"""The lines of an offer beside those of the contract: in groups, with what differs and what can be chosen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from tomsapp.domain.checks.registry import line_problems
from tomsapp.domain.commitment import COMMITMENT, Commitment
from tomsapp.domain.matching import FACTS, Match, MatchedBy, Offered, match_lines, offered_over
from tomsapp.domain.problems import Problem, Severity, has_errors, problem_at
from tomsapp.domain.unit_words import figure_of
from tomsapp.domain.valuation import LineValue, Valuation, value_commitment, value_contract
from tomsapp.domain.wording import format_percent, format_pounds, format_quantity, listed, plural
from tomsapp.exchange.labelled.labels import Option
from tomsapp.exchange.labelled.uses import COST, PLACE, RATE, SHARE, STATEMENT
from tomsapp.exchange.placed import placed
from tomsapp.services.table_types import NOTHING_THERE, LineGroup, MatchedCell, MatchedLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tomsapp.domain.contract import Contract
    from tomsapp.domain.menu import Measure, MenuEdition
    from tomsapp.exchange.labelled.chosen import OfferedLine
    from tomsapp.exchange.labelled.read import RawLine
    from tomsapp.services.contracts import OpenContract

ACCEPT, KEEP = Option("accept", "Accept"), Option("keep", "Keep was")
LEAVE_OUT = Option("leave", "Leave out")
END = Option("end", "End it")
_OPTIONS = {
    LineGroup.CHANGED: (ACCEPT, KEEP),
    LineGroup.NEW: (ACCEPT, LEAVE_OUT),
    LineGroup.NO_LONGER: (END, KEEP),
    LineGroup.SAME: (),
}
_TOLD = {
    SHARE.key: "contract_share",
    PLACE.key: "place",
    STATEMENT.key: "statement",
    COST.key: "cost",
    RATE.key: "rate",
}
UNREAD = "not read"
_DRAFT_MAY_LACK = frozenset({"statement-missing"})
"""What a line may still lack in a draft: it is asked for before signing, and keeps nothing out now."""


class LineValuer:
    """Values lines of a contract, each once however often it is asked for."""

    def __init__(self, contract: Contract, edition: MenuEdition) -> None:
        self._contract = contract
        self._edition = edition
        self._known: dict[Commitment, LineValue] = {}

    def line(self, commitment: Commitment) -> LineValue | None:
        """A line as it is valued; None where its measure is not in the menu."""
        place = self._edition.places.get(commitment.measure)
        if place is None:
            return None
        if commitment not in self._known:
            rate = self._edition.discount_rate
            self._known[commitment] = value_commitment(commitment, place, self._contract, rate)
        return self._known[commitment]

    def value(self, commitment: Commitment | None) -> Decimal | None:
        """What a line comes to in pounds; None where it is none, or is only counted."""
        valued = self.line(commitment) if commitment is not None else None
        return valued.social_value if valued is not None and valued.measure.is_valued else None

    def worth(self, commitment: Commitment) -> Decimal:
        """What a line comes to in pounds; nothing where its measure is not in the menu."""
        valued = self.line(commitment)
        return valued.social_value if valued is not None else Decimal(0)

    def lines(self, commitments: Iterable[Commitment]) -> tuple[LineValue, ...]:
        """The lines whose measures the menu has."""
        valued = (self.line(commitment) for commitment in commitments)
        return tuple(line for line in valued if line is not None)


@dataclass(frozen=True)
class ComparedLine:
    """A line that is held beside the one that is offered for it.

    Attributes:
        key: names it in the choices.
        offered: what the contract would hold, with what the file cannot say as it was; None where the file lacks it.
        source: the line of the file; None where the file lacks it.
        struck: the row of the file that was left out and names the same measure.
        problems: what is wrong with the offered one, each at its cell.
    """

    key: str
    match: Match
    offered: Commitment | None
    source: OfferedLine | None
    struck: OfferedLine | None
    problems: tuple[Problem, ...]

    @property
    def was(self) -> Commitment | None:
        """The line that is held."""
        return self.match.was.record if self.match.was is not None else None

    @property
    def shown(self) -> Commitment:
        """The line as the file has it, else as it is held.

        Raises:
            ValueError: there is neither.
        """
        found = self.offered or self.was
        if found is None:
            raise ValueError(self.key)
        return found

    @property
    def group(self) -> LineGroup:
        """How the two stand to each other."""
        if self.offered is None:
            return LineGroup.NO_LONGER
        if self.was is None:
            return LineGroup.NEW
        return LineGroup.SAME if self.offered == self.was else LineGroup.CHANGED

    @property
    def is_wrong(self) -> bool:
        """Whether an error keeps it out."""
        return has_errors(self.problems)

    def chosen(self, choices: Mapping[str, str]) -> str:
        """What is done with it; nothing where it stays as it is."""
        if self.group is LineGroup.SAME or self.is_wrong:
            return ""
        return choices.get(self.key, self.guess)

    @property
    def guess(self) -> str:
        """What is done with it until a person chooses; nothing where it stays as it is."""
        return ACCEPT.key if self.group in {LineGroup.CHANGED, LineGroup.NEW} and not self.is_wrong else ""

    def after(self, choices: Mapping[str, str]) -> Commitment | None:
        """What the contract holds of it with the choices made."""
        chosen = self.chosen(choices)
        if chosen == ACCEPT.key:
            return self.offered
        return None if chosen == END.key else self.was

    def is_changing(self, choices: Mapping[str, str]) -> bool:
        """Whether the import changes what the contract holds of it."""
        return self.after(choices) != self.was


@dataclass(frozen=True)
class LineComparer:
    """Compares the lines of a file with those of a contract."""

    opened: OpenContract
    valuer: LineValuer
    is_beside: bool
    sheets: int
    """How many sheets are read."""

    @cached_property
    def _nothing(self) -> Valuation:
        return value_contract(self.opened.contract, self.opened.edition, ())

    def compare(self, lines: Sequence[OfferedLine]) -> list[ComparedLine]:
        """Every line of the file that is read, in its order, then those that the file lacks."""
        read = [line for line in lines if line.is_read]
        left = [line for line in lines if not line.is_read]
        held = () if self.is_beside else self.opened.commitments
        offered = [
            Offered(line.commitment, has_place=PLACE.key in line.tells, line_id=self._named(line)) for line in read
        ]
        sources = {line.commitment.key: line for line in read}
        matches = match_lines(held, offered)
        compared = (self._compared(match, sources, left) for match in matches)
        return [line for line in compared if not is_of_noughts(line)]

    def _named(self, line: OfferedLine) -> int | None:
        """The line of this contract that a row of this program's own workbook names."""
        identity = line.raw.identity
        return identity.line_id if identity is not None and identity.contract_id == self.opened.stored.id else None

    def _compared(self, match: Match, sources: Mapping[str, OfferedLine], left: Sequence[OfferedLine]) -> ComparedLine:
        if match.offered is None:
            was = match.was
            measure, number = (was.record.measure, was.id) if was is not None else ("", 0)
            struck = next((line for line in left if line.commitment.measure == measure), None)
            return ComparedLine(f"held:{number}", match, None, None, struck, ())
        source = sources[match.offered.key]
        offered, kept = match.offered, frozenset[str]()
        if match.was is not None:
            told = {_TOLD[key] for key in source.tells if key in _TOLD}
            offered = offered_over(match.was.record, offered, told, len(self.opened.contract.years))
            kept = frozenset(FACTS) - told
        problems = (*source.problems, *self._checked(source, offered, kept), *_ordered(match, source))
        problems += (*_changed_since(match, source, offered), *self._held_already(source, offered))
        return ComparedLine(match.offered.key, match, offered, source, None, problems)

    def _held_already(self, source: OfferedLine, offered: Commitment) -> Iterable[Problem]:
        """A warning where a line comes in beside itself: its row names it, or says the same word for word."""
        named, said = self._named(source), replace(offered, key="", project="")
        of_measure = (one for one in self.opened.commitments if one.record.measure == offered.measure)
        held = of_measure if self.is_beside else ()
        if any(one.id == named or replace(one.record, key="", project="") == said for one in held):
            message = f"The contract holds this line of {offered.measure} already: beside itself it counts twice"
            where = source.raw.sheet.sheet.where(source.raw.row.number, None, offered.measure)
            fix = "Leave it out, unless the same is promised a second time"
            yield problem_at("line-held-already", message, fix, where, Severity.WARNING)

    def _checked(self, source: OfferedLine, offered: Commitment, kept: frozenset[str]) -> Iterable[Problem]:
        """What the menu and the contract say of a line, at its cells; not what its cells say already.

        A fact that the contract holds, and of which the file does not speak, keeps no line out.
        """
        if not offered.measure:
            return
        sheet, row, edition = source.raw.sheet.sheet, source.raw.row.number, self.opened.edition
        errors = [problem for problem in source.problems if problem.severity is Severity.ERROR]
        unread = {(problem.where.field, problem.where.year) for problem in errors}
        for problem in line_problems(offered, self._nothing, self.opened.area):
            if (problem.where.field, problem.where.year) in unread or problem.where.field in kept:
                continue
            put = placed(problem, sheet, row, edition, self.opened.area)
            is_lack = put.code in _DRAFT_MAY_LACK
            yield replace(put, severity=Severity.WARNING) if is_lack else put

    # As it is shown

    def shown(self, line: ComparedLine) -> MatchedLine:
        """A line with its words and values, as it is until a person chooses."""
        commitment = line.shown
        place = self.opened.edition.places.get(commitment.measure)
        measure = place.measure if place is not None else None
        group = line.group
        options = _OPTIONS[group]
        if line.is_wrong:
            options = options[1:]
        guess = "" if group is LineGroup.NO_LONGER or not options else options[0].key
        return MatchedLine(
            key=line.key,
            group=group,
            code=commitment.measure,
            title=measure.title if measure is not None else "",
            unit=measure.unit.one if measure is not None else "",
            theme=place.theme.number if place is not None else 0,
            row=self._row(line),
            cells=tuple(self._cells(line, measure)),
            share=format_percent(commitment.contract_share),
            was_value=self.valuer.value(line.was),
            offered_value=self.valuer.value(line.offered),
            after_value=self.valuer.value(line.after({})),
            problems=line.problems,
            options=options,
            guess=guess,
        )

    def _row(self, line: ComparedLine) -> str:
        source = line.source or line.struck
        if source is None:
            return ""
        where = listed([self._place_of(one) for one in source.rows])
        return f"{where}, {source.how}" if source.how else where

    def _place_of(self, raw: RawLine) -> str:
        return f"{raw.sheet.name}, row {raw.row.number}" if self.sheets > 1 else f"row {raw.row.number}"

    def _cells(self, line: ComparedLine, measure: Measure | None) -> Iterable[MatchedCell]:
        was, offered = line.was, line.offered
        unread = line.source.years_unread if line.source is not None else frozenset[int]()
        for year in self.opened.contract.years:
            before = was.quantity_in(year.index) if was is not None else None
            after = offered.quantity_in(year.index) if offered is not None else None
            is_other = (before or Decimal(0)) != (after or Decimal(0))
            words = UNREAD if year.index in unread else _figure(after, measure)
            yield MatchedCell(year.label, _figure(before, measure), words, is_other)
        if was is None and offered is not None:
            was = Commitment("", offered.measure)
        if was is not None and offered is not None:
            yield from (cell for cell in self._facts(was, offered) if cell.is_other)

    def _facts(self, was: Commitment, offered: Commitment) -> Iterable[MatchedCell]:
        def cell(fact: str, before: str, after: str) -> MatchedCell:
            return MatchedCell(COMMITMENT.fact(fact).label, before, after, before != after)

        area = self.opened.area
        places = [area.place_name(one.place) if area is not None else one.place for one in (was, offered)]
        yield cell("contract_share", format_percent(was.contract_share), format_percent(offered.contract_share))
        yield cell("place", *places)
        yield cell("statement", was.statement, offered.statement)
        yield cell("cost", *(COMMITMENT.fact("cost").words(one.cost) for one in (was, offered)))
        yield cell("rate", _rate(was), _rate(offered))


def is_of_noughts(line: ComparedLine) -> bool:
    """Whether a line of the file promises nothing new: noughts alone, as a calculator has for what is not offered.

    Where the contract holds the line, its noughts are an offer of nothing; words or a cost are something.
    """
    offered = line.offered
    if offered is None or line.match.was is not None or line.is_wrong:
        return False
    has_more = offered.statement or offered.rate is not None or offered.cost
    return not has_more and not any(offered.quantities)


def _figure(quantity: Decimal | None, measure: Measure | None) -> str:
    if quantity is None:
        return NOTHING_THERE
    return figure_of(measure, quantity) if measure is not None else format_quantity(quantity)


def _rate(commitment: Commitment) -> str:
    rate = commitment.rate
    return f"{format_quantity(rate.quantity)} for every {format_pounds(rate.per_pounds)}" if rate else ""


def _changed_since(match: Match, source: OfferedLine, offered: Commitment) -> Iterable[Problem]:
    """What to say where the line was changed in the contract after the workbook had been made of it."""
    identity, was = source.raw.identity, match.was
    if identity is None or was is None or match.by is not MatchedBy.IDENTITY or identity.version == was.version:
        return
    if offered == was.record:
        return
    message = f"{offered.measure} was changed in the contract after this workbook had been made"
    where = source.raw.sheet.sheet.where(source.raw.row.number, None, offered.measure)
    yield problem_at(
        "line-changed-since", message, "See which of the two holds before you accept it", where, Severity.NOTE
    )


def _ordered(match: Match, source: OfferedLine) -> Iterable[Problem]:
    """A note where several lines could have been meant, and their order decided."""
    if match.by is MatchedBy.ORDER and match.rivals:
        message = (
            f"{plural(match.rivals + 1, 'line')} of {match.offered.measure if match.offered else ''} could be meant"
        )
        where = source.raw.sheet.sheet.where(source.raw.row.number, None, "", "measure")
        yield problem_at("matched-by-order", message, "It is matched by its order", where, Severity.NOTE)
