"""What was delivered as its pages need it: the numbers of the commitments, and figures in the words of their units."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import assert_never

from tomsapp.domain.area import Area
from tomsapp.domain.contract import Contract
from tomsapp.domain.delivery.figures import Delivered, DeliveredLine
from tomsapp.domain.delivery.paper import DeliveredPaper
from tomsapp.domain.delivery.quarters import ended_by, quarters_of
from tomsapp.domain.delivery.rating import Rating
from tomsapp.domain.menu import Measure, MenuEdition, Theme
from tomsapp.domain.money import decimal_places
from tomsapp.domain.units import UnitForm
from tomsapp.domain.wording import format_date, format_quantity
from tomsapp.reports.marks import Mark
from tomsapp.reports.phrases import lines_named
from tomsapp.reports.styles import CELL_STRONG, SUM_MUTED, TextStyle
from tomsapp.reports.tables import Part

Numbered = tuple[int, DeliveredLine]
"""A commitment with its number, which the attached files give too."""

MARKS = {
    Rating.GOOD: Mark.TICK,
    Rating.APPROACHING_TARGET: Mark.ARROW,
    Rating.REQUIRES_IMPROVEMENT: Mark.TRIANGLE,
    Rating.INADEQUATE: Mark.CROSS,
    Rating.OTHER: Mark.DASH,
}
"""The shape before each word of a rating."""


@dataclass(frozen=True)
class PrintedDelivery:
    """A paper on what was delivered, with what its pages need beside it.

    Attributes:
        area: names the wards; None leaves their codes.
        signed_on: the day on which the contract was signed, where that is known.
    """

    paper: DeliveredPaper
    area: Area | None = None
    signed_on: date | None = None

    @property
    def delivered(self) -> Delivered:
        """The figures."""
        return self.paper.delivered

    @property
    def contract(self) -> Contract:
        """The contract as it stands."""
        return self.paper.contract

    @property
    def edition(self) -> MenuEdition:
        """The menu edition that is pinned to it."""
        return self.paper.edition

    @property
    def is_frozen(self) -> bool:
        """Whether it is published, so that its figures never change."""
        return self.paper.frozen is not None

    @cached_property
    def themes(self) -> tuple[tuple[Theme, tuple[Numbered, ...]], ...]:
        """The themes with commitments, in the menu's order, each with its commitments by number."""
        by_theme: dict[int, list[Numbered]] = {}
        for line in self.delivered.lines:
            by_theme.setdefault(line.place.theme.number, []).append((self.number_of(line), line))
        return tuple(
            (theme, tuple(by_theme[theme.number])) for theme in self.edition.themes if theme.number in by_theme
        )

    @cached_property
    def lines(self) -> tuple[Numbered, ...]:
        """Every commitment in the order in which it is printed: by theme, then by number."""
        return tuple(numbered for _, lines in self.themes for numbered in lines)

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """The labels of the contract's years."""
        return tuple(year.label for year in self.delivered.years)

    def number_of(self, line: DeliveredLine) -> int:
        """The number of a commitment."""
        return self.paper.numbers[line.commitment.key]

    def name_of(self, key: str) -> str:
        """A commitment by its key in words: "line 8"; empty where the contract has it not."""
        number = self.paper.numbers.get(key)
        return "" if number is None else f"line {number}"

    def measure_of(self, key: str) -> Measure | None:
        """The measure of a commitment by its key."""
        line = self._by_key.get(key)
        return None if line is None else line.measure

    @cached_property
    def _by_key(self) -> dict[str, DeliveredLine]:
        return {line.commitment.key: line for line in self.delivered.lines}

    @property
    def measures(self) -> list[Measure]:
        """The measures of its commitments, each once, in the order in which they are printed."""
        found = {line.measure.code: line.measure for _, line in self.lines}
        return list(found.values())

    def lines_of(self, measure: Measure) -> list[int]:
        """The numbers of the commitments of a measure."""
        return [number for number, line in self.lines if line.measure.code == measure.code]

    @property
    def until_words(self) -> str:
        """The day to which it is, with the quarter that ended last: "30 September 2027 (end of Q2 of year 2)"."""
        ended = ended_by(quarters_of(self.contract), self.paper.until)
        day = format_date(self.paper.until)
        if not ended:
            return f"{day} (no quarter has ended yet)"
        last = ended[-1]
        if last.ends_on == self.paper.until:
            return f"{day} (end of {last.quarter.words})"
        return f"{day} (quarters that ended by then: to {last.quarter.words}, {format_date(last.ends_on)})"

    def named(self, lines: Iterable[Numbered]) -> str:
        """Commitments by their numbers: "lines 1, 3 to 5 and 8"."""
        return lines_named(number for number, _ in lines)


def line_key(number: int) -> str:
    """What links to the sums of a commitment lead to."""
    return f"delivered-{number}"


def unit_places(line: DeliveredLine) -> int:
    """The decimals with which the units of a commitment are printed: as many as any figure of it needs."""
    figures = (line.promised, line.units.due, line.returned.claimed, line.returned.evidenced, line.returned.accepted)
    return max(map(decimal_places, (*figures, line.units.surplus)))


def units_text(quantity: Decimal, places: int) -> str:
    """A quantity with so many decimals, so that the figures of a row stand under each other."""
    whole = format_quantity(quantity)
    missing = places - decimal_places(quantity)
    if missing <= 0:
        return whole
    return f"{whole}{'' if decimal_places(quantity) else '.'}{'0' * missing}"


def counted_in(measure: Measure) -> str:
    """One unit of a measure, as its rows name it."""
    match measure.unit.form:
        case UnitForm.YES_NO:
            return "yes is 1"
        case UnitForm.PERCENT:
            return "per cent"
        case UnitForm.NUMBER | UnitForm.POUNDS:
            return measure.each_name
        case _:
            assert_never(measure.unit.form)


def rating_parts(rating: Rating, below: Sequence[str], style: TextStyle = CELL_STRONG) -> list[Part]:
    """A rating as a cell shows it: its mark and word, and under it its sum."""
    mark = MARKS[rating]
    return [Part(rating.words, replace(style, colour=mark.colour), mark), *(Part(text, SUM_MUTED) for text in below)]
