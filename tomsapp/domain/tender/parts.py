"""Parts from which a bidder works a quantity out: people × weeks, sessions × hours × people, hours × £ + materials.

They stay beside the quantity, so that whoever judges an offer sees how it was meant.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import assert_never

from tomsapp.domain.full_time import full_time_sum, full_time_years
from tomsapp.domain.money import EXACT, exact_sum
from tomsapp.domain.wording import format_pounds, format_quantity


class PartsForm(Enum):
    """How the parts make the quantity."""

    PEOPLE_WEEKS = "people_weeks"
    PEOPLE_HOURS = "people_hours"
    SESSIONS = "sessions"
    HOURS_POUNDS = "hours_pounds"
    FULL_TIME_JOBS = "full_time_jobs"
    FULL_TIME_YEARS = "full_time_years"

    @property
    def labels(self) -> tuple[str, ...]:
        """What each part is called, in the order in which they are entered."""
        return {
            PartsForm.PEOPLE_WEEKS: ("People", "Weeks each"),
            PartsForm.PEOPLE_HOURS: ("People", "Hours each"),
            PartsForm.SESSIONS: ("Sessions", "Hours each", "People at each"),
            PartsForm.HOURS_POUNDS: ("Hours", "Pounds an hour", "Pounds of materials"),
            PartsForm.FULL_TIME_JOBS: ("Full-time people", "Part-time people", "Part of full time each"),
            PartsForm.FULL_TIME_YEARS: ("People", "Hours a week each", "Weeks"),
        }[self]

    @property
    def words(self) -> str:
        """The form as people read it: "people × weeks"."""
        return {
            PartsForm.PEOPLE_WEEKS: "people × weeks",
            PartsForm.PEOPLE_HOURS: "people × hours",
            PartsForm.SESSIONS: "sessions × hours × people",
            PartsForm.HOURS_POUNDS: "hours × pounds + materials",
            PartsForm.FULL_TIME_JOBS: "full-time people + part-time people × part",
            PartsForm.FULL_TIME_YEARS: "people × hours a week × weeks ÷ a full-time year",
        }[self]

    def quantity(self, numbers: Sequence[Decimal]) -> Decimal:
        """What the parts come to: exact, but for full-time years, which have two decimals.

        Raises:
            ValueError: there are more or fewer numbers than parts.
        """
        if len(numbers) != len(self.labels):
            raise ValueError(numbers)
        first, second = numbers[0], numbers[1]
        match self:
            case PartsForm.PEOPLE_WEEKS | PartsForm.PEOPLE_HOURS:
                return EXACT.multiply(first, second)
            case PartsForm.SESSIONS:
                return EXACT.multiply(EXACT.multiply(first, second), numbers[2])
            case PartsForm.HOURS_POUNDS:
                return exact_sum((EXACT.multiply(first, second), numbers[2]))
            case PartsForm.FULL_TIME_JOBS:
                return exact_sum((first, EXACT.multiply(second, numbers[2])))
            case PartsForm.FULL_TIME_YEARS:
                return full_time_years(*numbers)
            case _:
                assert_never(self)


@dataclass(frozen=True, slots=True)
class YearParts:
    """The parts of one contract year (0 is the first)."""

    year: int
    form: PartsForm
    numbers: tuple[Decimal, ...]

    @property
    def quantity(self) -> Decimal:
        """What they come to."""
        return self.form.quantity(self.numbers)

    @property
    def words(self) -> str:
        """The parts as a sum: "12 sessions × 2 hours × 15 people = 360"."""
        parts = [format_quantity(number) for number in self.numbers]
        result = format_quantity(self.quantity)
        match self.form:
            case PartsForm.PEOPLE_WEEKS:
                told = f"{parts[0]} people × {parts[1]} weeks = {result}"
            case PartsForm.PEOPLE_HOURS:
                told = f"{parts[0]} people × {parts[1]} hours = {result}"
            case PartsForm.SESSIONS:
                told = f"{parts[0]} sessions × {parts[1]} hours × {parts[2]} people = {result}"
            case PartsForm.HOURS_POUNDS:
                rate, materials, pounds = map(format_pounds, (*self.numbers[1:], self.quantity))
                told = f"{parts[0]} hours × {rate} + {materials} = {pounds}"
            case PartsForm.FULL_TIME_JOBS:
                told = f"{parts[0]} full time + {parts[1]} part time × {parts[2]} = {result}"
            case PartsForm.FULL_TIME_YEARS:
                told = full_time_sum(*self.numbers)
            case _:
                assert_never(self.form)
        return told
