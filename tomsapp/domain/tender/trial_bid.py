"""One bid as trials change it: what it is worth in pence, and why it is not admitted then.

What people decided on the facts stays decided in a trial: which lines have errors or were left out, and which people
are declared to be different. All that figures decide is worked out again: each value, rounded as the valuation rounds
it, the minima, and the limits of the tender.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from tomsapp.domain.checks.check import OfferToCheck
from tomsapp.domain.checks.whole import limit_problems
from tomsapp.domain.money import PENNY_PLACES, divide_half_away, to_scaled
from tomsapp.domain.offer import CheckedOffer
from tomsapp.domain.policy import RulesOfDay, promise_of
from tomsapp.domain.tender.admission import LIMITS, NotAdmitted, of_whole_offer, short_of
from tomsapp.domain.tender.choices import MinimumRule
from tomsapp.domain.tender.evaluating import BidToEvaluate, ToEvaluate
from tomsapp.domain.tender.whole_scores import PENCE
from tomsapp.domain.valuation import LineValue, valuation_of
from tomsapp.domain.value_factor import value_factor

UNIT_PLACES = 4
"""Unit values have at most so many decimals of a pound."""

UNIT_SCALE = 10**UNIT_PLACES

UnitValues = Mapping[int | None, int]
"""The unit value of a measure for each calendar year (None: for any), as a count of 10^−4 pounds."""


@dataclass(frozen=True, slots=True)
class Term:
    """One year of a line: the exact pence that it is worth for 10^−4 pounds of the unit value, as a fraction.

    Attributes:
        year: the calendar year of its unit value; None for a value of any year.
    """

    year: int | None
    top: int
    bottom: int

    def pence(self, unit_values: UnitValues) -> int:
        """What it is worth at these unit values, rounded as the valuation rounds it."""
        return divide_half_away(unit_values[self.year] * self.top, self.bottom)


class TrialBid:
    """A bid with an offer that nothing keeps out but what figures can change."""

    def __init__(self, bid: BidToEvaluate, checked: CheckedOffer, given: ToEvaluate) -> None:
        self.bid = bid
        self.lines = checked.admissible.lines
        self.pence = to_scaled(checked.admissible.social_value, PENNY_PLACES)
        self._checked = checked
        self._limits = given.limits
        self._minimum = given.minimum
        policy = given.policy if given.minimum is MinimumRule.NOT_ADMITTED else None
        self._rules = RulesOfDay(policy, checked.offer.contract.start_on) if policy is not None else None
        self._promise = promise_of(checked.admissible)
        errors = tuple(of_whole_offer(checked.problems))
        self._steady = tuple(each for each in errors if each.code not in LIMITS)
        self._of_limits = tuple(each for each in errors if each.code in LIMITS)
        self.terms = self._terms_by_measure()

    @property
    def is_kept_out(self) -> bool:
        """Whether it is out whatever the figures are."""
        return bool(self.bid.fails or self._steady)

    def _terms_by_measure(self) -> dict[str, Counter[Term]]:
        found: dict[str, Counter[Term]] = {}
        rate = self._checked.valuation.edition.discount_rate
        for line in self.lines:
            terms = _terms_of(line, rate)
            if terms:
                found.setdefault(line.measure.code, Counter()).update(terms)
        return found

    def worth(self, measure: str, unit_values: UnitValues) -> int:
        """What its lines of a measure are worth at these unit values, in pence."""
        return sum(term.pence(unit_values) * count for term, count in self.terms[measure].items())

    def reasons_at(self, pence: int) -> tuple[NotAdmitted, ...]:
        """Why it is not admitted where it is worth so much; nothing where it is."""
        return (*self._of_limits, *self._short_at(pence, self._promise.employment_outcomes, self._promise.real_pounds))

    def _short_at(self, pence: int, outcomes: Fraction, real_pence: int) -> tuple[NotAdmitted, ...]:
        if self._rules is None:
            return ()
        promise = replace(self._promise, social_value=pence, employment_outcomes=outcomes, real_pounds=real_pence)
        return tuple(short_of(self._rules.standings(promise), self._minimum))

    def least_pence(self) -> int | None:
        """From how many pence on it is admitted, where the more it is worth the less keeps it out.

        None where it is not, however much it is worth; a number below all that it could be where it always is.
        """
        if not self.reasons_at(-_FAR):
            return -_FAR
        if self.reasons_at(_FAR):
            return None
        out, admitted = -_FAR, _FAR
        while admitted - out > 1:
            middle = (out + admitted) // 2
            out, admitted = (middle, admitted) if self.reasons_at(middle) else (out, middle)
        return admitted

    def without(self, line: LineValue) -> tuple[int, tuple[NotAdmitted, ...]]:
        """What it is worth without one of its lines, in pence, and why it is not admitted then."""
        pence = self.pence - to_scaled(line.social_value, PENNY_PLACES)
        return pence, (*self._limits_without(line), *self._short_without(line, pence))

    def _limits_without(self, line: LineValue) -> Iterator[NotAdmitted]:
        """What of the tender's limits it does not keep to; they look at all that is claimed."""
        if self._limits.most_measures is None and not self._limits.mandatory_themes:
            return
        valuation, key = self._checked.valuation, line.commitment.key
        left = replace(valuation, lines=tuple(each for each in valuation.lines if each.commitment.key != key))
        yield from of_whole_offer(limit_problems(OfferToCheck(left, (), limits=self._limits)))

    def _short_without(self, line: LineValue, pence: int) -> tuple[NotAdmitted, ...]:
        outcomes, real = self._promise.employment_outcomes, self._promise.real_pounds
        if self._rules is not None and line.employment_outcomes:
            counted = self._checked.admissible
            lines = tuple(each for each in counted.lines if each is not line)
            left = valuation_of(counted.contract, counted.edition, lines, counted.declared, counted.same_people)
            outcomes = left.employment_outcomes
        return self._short_at(pence, outcomes, real - to_scaled(line.real_pounds, PENNY_PLACES))


_FAR = 10**18
"""More pence than any bid is worth."""


def _terms_of(line: LineValue, discount_rate: Decimal) -> list[Term]:
    """The years of a line that have a quantity and a unit value."""
    return [
        Term(year.unit_value.year, *exact.as_integer_ratio())
        for year in line.years
        if year.unit_value is not None and year.quantity
        for exact in [_pence_of_part(line, year.quantity, year.year.index, discount_rate)]
    ]


def _pence_of_part(line: LineValue, quantity: Decimal, year: int, discount_rate: Decimal) -> Fraction:
    """The exact pence of a quantity for 10^−4 pounds of the unit value."""
    factor: Fraction = value_factor(line.measure, Decimal(1), line.commitment.contract_share, year, discount_rate)
    return Fraction(quantity) * factor * Fraction(PENCE, UNIT_SCALE)
