"""A valuation as its pages need it: the numbers of its lines, in which order they stand, and what of it counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

from tomsapp.domain.area import Area
from tomsapp.domain.contract import Contract, ContractStatus
from tomsapp.domain.forecast import rests_on_forecast, without_forecast, without_years
from tomsapp.domain.menu import EditionStatus, Measure, MenuEdition, Theme
from tomsapp.domain.offer import CheckedOffer
from tomsapp.domain.policy import PolicyCheck, RulesFrom
from tomsapp.domain.problems import Severity
from tomsapp.domain.rules.minimum_share import MINIMUM_SHARE
from tomsapp.domain.rules_origin import RulesOrigin
from tomsapp.domain.valuation import LineValue, Valuation
from tomsapp.domain.wording import listed
from tomsapp.reports.phrases import lines_named

MANY = 60
"""With more lines than these each stands once, close, with its sum under it."""

MOST_CODES = 12
"""Lines of more measures than these are told by their number alone."""

Numbered = tuple[int, LineValue]
"""A line with its number: its place among the commitments of the offer, which the attached files give too."""


@dataclass(frozen=True)
class PrintedValuation:
    """An offer, valued and checked, with what its pages need beside it.

    Attributes:
        checked: the offer with its figures and Problems.
        area: names the wards; None leaves their codes.
        council: whose paper it is, where that is known.
        rules_from: where the policy rules come from.
        signed_on: the day on which the contract was signed, where it is and that is known.
    """

    checked: CheckedOffer
    area: Area | None = None
    council: str = ""
    rules_from: RulesFrom = RulesFrom.UNKNOWN
    signed_on: date | None = None

    @property
    def origin(self) -> RulesOrigin:
        """Whose rules it is held against."""
        return RulesOrigin(self.rules_from, self.council)

    @property
    def valuation(self) -> Valuation:
        """What is claimed: every line."""
        return self.checked.valuation

    @property
    def counted(self) -> Valuation:
        """What can be counted: the lines without errors."""
        return self.checked.admissible

    @property
    def contract(self) -> Contract:
        """The contract's facts."""
        return self.checked.offer.contract

    @property
    def edition(self) -> MenuEdition:
        """The menu edition that the lines are valued with."""
        return self.valuation.edition

    @property
    def is_signed(self) -> bool:
        """Whether the contract is signed, or was and is closed."""
        return self.contract.status is not ContractStatus.DRAFT

    @property
    def is_final(self) -> bool:
        """Whether the figures may not change any more: signed, with an edition that was published."""
        return self.is_signed and self.edition.status is not EditionStatus.DRAFT

    @property
    def is_long(self) -> bool:
        """Whether there are so many lines that they are set close."""
        return len(self.valuation.lines) > MANY

    @property
    def errors(self) -> int:
        """How many errors are to be put right."""
        return sum(problem.severity is Severity.ERROR for problem in self.checked.problems)

    @property
    def open_warnings(self) -> int:
        """How many warnings have no answer yet."""
        return sum(problem.is_open and problem.severity is Severity.WARNING for problem in self.checked.problems)

    @property
    def answered_warnings(self) -> int:
        """How many warnings somebody has answered."""
        return sum(problem.answer is not None for problem in self.checked.problems)

    @property
    def year_factors(self) -> str:
        """What is multiplied to the social value of a year; some measures have factors of the menu besides."""
        factors = "quantity × unit value × share (if under 100%)"
        has_more = bool(self.edition.discount_rate) or any(
            measure.deadweight_share or measure.displacement_share or measure.benefit_years > 1
            for measure in self.measures
        )
        return f"{factors} × the menu’s other factors (where the sum has them)" if has_more else factors

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each line by the key of its commitment."""
        return {commitment.key: number for number, commitment in enumerate(self.checked.offer.commitments, start=1)}

    @cached_property
    def themes(self) -> tuple[tuple[Theme, tuple[Numbered, ...]], ...]:
        """The themes with lines, in the menu's order, each with its lines by number."""
        return self._themes(self.valuation.lines)

    @cached_property
    def counted_themes(self) -> tuple[tuple[Theme, tuple[Numbered, ...]], ...]:
        """The same, of the lines that can be counted."""
        return self._themes(self.counted.lines)

    def _themes(self, lines: Iterable[LineValue]) -> tuple[tuple[Theme, tuple[Numbered, ...]], ...]:
        by_theme: dict[int, list[Numbered]] = {}
        for line in lines:
            by_theme.setdefault(line.place.theme.number, []).append((self.number_of(line), line))
        themes = [theme for theme in self.edition.themes if theme.number in by_theme]
        return tuple((theme, tuple(by_theme[theme.number])) for theme in themes)

    def number_of(self, line: LineValue) -> int:
        """The number of a line."""
        return self.numbers[line.commitment.key]

    @cached_property
    def lines(self) -> tuple[Numbered, ...]:
        """Every line in the order in which it is printed: by theme, then by number."""
        return tuple(numbered for _, lines in self.themes for numbered in lines)

    @cached_property
    def counted_lines(self) -> tuple[Numbered, ...]:
        """The lines that can be counted, in the same order."""
        return tuple(numbered for _, lines in self.counted_themes for numbered in lines)

    @cached_property
    def certain(self) -> Valuation:
        """What can be counted of it without what rests on a forecast of spend."""
        return without_forecast(self.counted) if rests_on_forecast(self.counted) else self.counted

    @cached_property
    def ended(self) -> Valuation | None:
        """What is counted for years that had ended on the day of signing; None where there is none."""
        day = self.signed_on
        if day is None or not self.is_signed:
            return None
        ended = without_years(self.counted, lambda _, year: year.year.ends_on >= day)
        return ended if any(year.quantity for line in ended.lines for year in line.years) else None

    def has_forecast_jobs(self, needed: Fraction) -> bool:
        """Whether the forecast brings some of the fewest jobs, or of the most where the fewest are not enough."""
        counted, certain = self.counted, self.certain
        if counted.employment_outcomes != certain.employment_outcomes:
            return True
        return counted.employment_outcomes < needed and counted.outcomes_left_out != certain.outcomes_left_out

    def is_counted(self, line: LineValue) -> bool:
        """Whether a line can be counted, because it has no error."""
        return line.commitment.key not in self.checked.inadmissible

    def lines_of(self, measure: Measure) -> list[int]:
        """The numbers of the lines that promise a measure."""
        return [number for number, line in self.lines if line.measure.code == measure.code]

    def named(self, numbers: Iterable[int]) -> str:
        """Lines in words, each by its number; where they are too many, by the measures that they are all lines of."""
        chosen = set(numbers)
        words = lines_named(chosen)
        codes = dict.fromkeys(line.measure.code for number, line in self.lines if number in chosen)
        whole = {number for number, line in self.counted_lines if line.measure.code in codes} <= chosen
        is_counted = words[0].isdigit()
        return f"the {words} of {listed(list(codes))}" if is_counted and whole and len(codes) <= MOST_CODES else words

    @property
    def measures(self) -> list[Measure]:
        """The measures that are promised, in the menu's order."""
        used = {line.measure.code for line in self.valuation.lines}
        return [measure for measure in self.edition.measures if measure.code in used]

    @property
    def minimum(self) -> PolicyCheck | None:
        """How the first rule for a minimum share came out, where there is one."""
        return next((check for check in self.checked.policy_checks if check.rule.kind is MINIMUM_SHARE), None)


def line_key(number: int) -> str:
    """What links to the sums of a line lead to."""
    return f"line-{number}"


def numbers_of(lines: Sequence[Numbered]) -> list[int]:
    """The numbers alone."""
    return [number for number, _ in lines]
