"""What the workbook of a quarterly return is made for: its lines with their figures, and its columns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from tomsapp.domain.area import Area
from tomsapp.domain.commitment import WHOLE_AREA
from tomsapp.domain.contract import Contract
from tomsapp.domain.delivery.delivery import Delivery, DeliveryState
from tomsapp.domain.delivery.figures import Delivered, DeliveredLine, QuarterFigures
from tomsapp.domain.delivery.people import DeliveryPerson, has_person_numbers
from tomsapp.domain.delivery.quarters import ContractQuarter
from tomsapp.domain.history import Stored
from tomsapp.domain.menu import Measure, MenuEdition
from tomsapp.domain.money import exact_sum
from tomsapp.domain.units import UnitForm
from tomsapp.exchange.line_identity import LineIdentity
from tomsapp.exchange.return_layout import FORMAT, HEAD_ROW, HEADS, OF_PEOPLE, Head
from tomsapp.exchange.workbook_columns import column_letter


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the sheet Return."""

    role: Head
    title: str
    width: int


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """One row of a return: a commitment, and what was returned of it.

    Attributes:
        figures: of the commitment, to the end of the quarter.
        delivery: what was returned for this quarter already; None where nothing was.
        people: the person numbers that were returned for this quarter already.
        references: where its evidence is kept, as far as that was returned already.
        reserved: units that were agreed as a substitute for another commitment by the end of the quarter.
    """

    figures: DeliveredLine
    identity: LineIdentity
    called: str
    quarter: QuarterFigures
    delivery: Stored[Delivery] | None = None
    people: tuple[DeliveryPerson, ...] = ()
    references: tuple[str, ...] = ()
    reserved: Decimal = Decimal(0)

    @property
    def measure(self) -> Measure:
        """The measure of the line."""
        return self.figures.measure

    @property
    def is_fixed(self) -> bool:
        """Whether all of the claim was decided or withdrawn, so that a return does not change it."""
        return self.delivery is not None and self.delivery.record.state is not DeliveryState.CLAIMED

    @property
    def asks_for_jobs(self) -> bool:
        """Whether it is asked how many of the people are new, retained or transferred."""
        return bool(self.measure.employment_outcome)

    @property
    def seen(self) -> str:
        """The claim that the workbook was made from, as it stands in the hidden column: "12.3"."""
        return "" if self.delivery is None else f"{self.delivery.id}.{self.delivery.version}"

    def before(self, *, in_year: bool) -> Decimal:
        """What was claimed in the quarters before that ended: in this contract year, or in all of them."""
        now = self.quarter.quarter.quarter
        return exact_sum(
            each.delivery.standing
            for each in self.figures.quarters
            if each.delivery is not None
            and each.quarter.quarter < now
            and (not in_year or each.quarter.quarter.year == now.year)
        )


@dataclass(frozen=True)
class ReturnForm:
    """What the workbook of a return is made for.

    Attributes:
        quarter: that is returned.
        delivered: the figures to the end of the quarter.
        database: names the database for good, so that a return of another one is told.
        plan_version: how often a plan was accepted.
        variations: how many variations were signed.
        due_on: the day on which the return is due.
    """

    contract: Contract
    contract_id: int
    edition: MenuEdition
    quarter: ContractQuarter
    delivered: Delivered
    lines: tuple[ReturnLine, ...]
    database: str
    plan_version: int
    variations: int
    made_on: date
    due_on: date
    area: Area | None = None
    _letters: dict[Head, str] = field(default_factory=dict, repr=False, compare=False)

    @property
    def year_label(self) -> str:
        """The contract year of the quarter: "2026/27"."""
        return self.delivered.years[self.quarter.quarter.year].label

    @property
    def footer(self) -> str:
        """What stands at the foot of each page."""
        return f"{self.contract.reference} {self.quarter.label}"

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """The measures of the lines, each once."""
        return tuple({line.measure.code: line.measure for line in self.lines}.values())

    @cached_property
    def with_numbers(self) -> tuple[ReturnLine, ...]:
        """The lines whose person numbers are asked for."""
        return tuple(line for line in self.lines if has_person_numbers(line.measure, self.edition))

    def place_name(self, line: ReturnLine) -> str:
        """Where a line happens."""
        place = line.figures.commitment.place
        return self.area.place_name(place) if self.area else place

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns from left to right."""
        return tuple(self._columns())

    def _columns(self) -> Iterator[Column]:
        quarter = self.quarter
        yield Column(Head.CALLED, HEADS[Head.CALLED], 11)
        yield Column(Head.TITLE, "Measure", 32)
        if any(line.figures.commitment.place != WHOLE_AREA for line in self.lines):
            yield Column(Head.WHERE, "Where", 18)
        yield Column(Head.UNIT, "Counted in", 16)
        yield Column(Head.PLANNED, f"Planned, {quarter.short_label}", 12)
        yield Column(Head.BEFORE_YEAR, f"Returned before, {self.year_label}", 12)
        if quarter.quarter.year:
            yield Column(Head.BEFORE_ALL, "Returned before, all years", 12)
        if any(line.delivery for line in self.lines):
            yield Column(Head.SO_FAR, "This quarter so far", 20)
        yield from self._inputs()
        yield Column(Head.UNIT_VALUE, "Value of one", 14)
        if any(line.figures.commitment.contract_share != 1 for line in self.lines):
            yield Column(Head.SHARE, "Contract share", 11)
        yield Column(Head.VALUE_CLAIMED, "Value claimed", 16)
        yield Column(Head.VALUE_EVIDENCED, "Value shown by evidence", 16)
        yield Column(Head.LINE, HEADS[Head.LINE], 12)
        yield Column(Head.SEEN, HEADS[Head.SEEN], 12)

    def _inputs(self) -> Iterator[Column]:
        yield Column(Head.CLAIMED, HEADS[Head.CLAIMED], 13)
        yield Column(Head.EVIDENCED, HEADS[Head.EVIDENCED], 13)
        if any(line.asks_for_jobs for line in self.lines):
            yield from (Column(role, HEADS[role], 13) for role in OF_PEOPLE)
        yield Column(Head.NOTE, HEADS[Head.NOTE], 38)
        yield Column(Head.EVIDENCE, HEADS[Head.EVIDENCE], 38)

    def has(self, role: Head) -> bool:
        """Whether there is a column of this role."""
        return any(column.role is role for column in self.columns)

    def index(self, role: Head) -> int:
        """The column of `role`, counted from 0."""
        return next(index for index, column in enumerate(self.columns) if column.role is role)

    def cell(self, role: Head, row: int) -> str:
        """The name of a cell, "F7"; `row` is counted from 0."""
        if role not in self._letters:
            self._letters[role] = column_letter(self.index(role))
        return f"{self._letters[role]}{row + 1}"

    @property
    def rows(self) -> range:
        """The rows of the lines, counted from 0."""
        return range(HEAD_ROW + 1, HEAD_ROW + 1 + len(self.lines))

    def column_range(self, role: Head) -> str:
        """The cells of a column over all lines, as in SUM."""
        return f"{self.cell(role, HEAD_ROW + 1)}:{self.cell(role, max(HEAD_ROW + 1, self.rows.stop - 1))}"

    @property
    def stamp(self) -> dict[str, str]:
        """What the hidden sheet says of the workbook, by name."""
        quarter = self.quarter.quarter
        return {
            "format": FORMAT,
            "database": self.database,
            "contract": self.contract.reference,
            "contract_id": str(self.contract_id),
            "year": str(quarter.year + 1),
            "quarter": str(quarter.number),
            "start": self.contract.start_on.isoformat(),
            "end": self.contract.end_on.isoformat(),
            "menu": self.edition.code,
            "edition": self.edition.edition,
            "sha256": self.edition.sha256,
            "plan": str(self.plan_version),
            "variations": str(self.variations),
            "made": self.made_on.isoformat(),
            "people": "yes" if self.with_numbers else "no",
        }


def called(measures: Sequence[str]) -> list[str]:
    """What each line is called on the sheets: its code, and which of several lines of that measure it is."""
    seen: dict[str, int] = {}
    names = []
    for code in measures:
        seen[code] = seen.get(code, 0) + 1
        names.append(code if measures.count(code) == 1 else f"{code} ({seen[code]})")
    return names


def counted_in(measure: Measure) -> str:
    """What a line is counted in, as the sheet says it."""
    return "1 for yes, 0 for no" if measure.unit.form is UnitForm.YES_NO else measure.many_name
