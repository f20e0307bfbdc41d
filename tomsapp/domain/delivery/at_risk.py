"""What is at risk: signs that a promise may not be kept, each with its reason in words.

A return that does not come is a sign at once. What was accepted is judged after two quarters in which something was
due, as one is no pace: a word below Approaching target, or a rest that would have to come much faster than so far.
The bounds are settings; see `DeliveryRules`. Source: docs/method.md, section 9.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from fractions import Fraction

from tomsapp.domain.delivery.delivery import adds_up
from tomsapp.domain.delivery.due import is_over_at_signing, over_at_signing, return_due_on
from tomsapp.domain.delivery.figures import Delivered, DeliveredLine, QuarterFigures
from tomsapp.domain.delivery.quarters import ContractQuarter
from tomsapp.domain.delivery.rules import DeliveryRules
from tomsapp.domain.delivery.years_apart import rating_sum_words
from tomsapp.domain.wording import format_date, format_exact, format_quantity, plural

LEAST_QUARTERS = 2
"""So many quarters must have been due before what was accepted is judged."""
_PLACES = 2


class Sign(Enum):
    """What a risk is seen by."""

    RATING = "rating"
    LATE_RETURN = "late_return"
    PACE = "pace"

    @property
    def words(self) -> str:
        """The sign as people read it."""
        return {Sign.RATING: "Rating", Sign.LATE_RETURN: "Late return", Sign.PACE: "Pace"}[self]


@dataclass(frozen=True, slots=True)
class Risk:
    """One sign that a commitment may not be kept.

    Attributes:
        commitment: its key.
        words: why, in a sentence with its sum.
        quarter: of a late return, the quarter that it is for.
    """

    commitment: str
    sign: Sign
    words: str
    quarter: ContractQuarter | None = None


def late_from(quarter: ContractQuarter, rules: DeliveryRules, signed_on: date | None = None) -> date:
    """The last day on which a return of a quarter is no sign of risk yet."""
    return return_due_on(quarter, rules, signed_on) + timedelta(days=int(rules.late_days))


def risks(delivered: Delivered, rules: DeliveryRules, today: date, signed_on: date | None = None) -> tuple[Risk, ...]:
    """Every sign of risk of a contract, in the order of its commitments.

    Args:
        delivered: its figures; what is late is told of the quarters that ended by their day.
        rules: the bounds.
        today: the day on which it is asked.
        signed_on: the day on which the contract was signed; None where that is not known.
    """
    return tuple(risk for line in delivered.lines for risk in line_risks(line, rules, today, signed_on))


def line_risks(line: DeliveredLine, rules: DeliveryRules, today: date, signed_on: date | None = None) -> Iterable[Risk]:
    """The signs of one commitment."""
    key = line.commitment.key
    due = [each for each in line.quarters if each.is_due and each.planned > 0]
    yield from _late(key, due, rules, today, signed_on)
    if len(due) >= LEAST_QUARTERS:
        if line.rated.rating.is_below_approaching:
            yield Risk(key, Sign.RATING, f"{line.rated.rating.words}: {rating_sum_words(line)}")
        words = _pace(line, due, rules)
        if words:
            yield Risk(key, Sign.PACE, words)


def _late(
    key: str, due: Iterable[QuarterFigures], rules: DeliveryRules, today: date, signed_on: date | None
) -> Iterable[Risk]:
    """Returns that have not come, and the last one where it came late: earlier ones that came are no risk any more."""
    quarters = list(due)
    for each in quarters:
        last_day = late_from(each.quarter, rules, signed_on)
        returned_on = None if each.delivery is None else each.delivery.returned_on
        is_last = each is quarters[-1]
        if (today if returned_on is None else returned_on) <= last_day or not (returned_on is None or is_last):
            continue
        due_on = return_due_on(each.quarter, rules, signed_on)
        days = plural(((returned_on or today) - due_on).days, "day")
        came = f"came on {format_date(returned_on)}, {days} late" if returned_on else f"has not come, {days} late"
        words = f"The return for {each.quarter.label} was due on {format_date(due_on)} and {came}"
        if signed_on is not None and is_over_at_signing(each.quarter, signed_on):
            words = f"{words}. {over_at_signing(signed_on)}"
        yield Risk(key, Sign.LATE_RETURN, words, each.quarter)


def _pace(line: DeliveredLine, due: list[QuarterFigures], rules: DeliveryRules) -> str:
    """Why what is left of the plan asks for another pace; "" where it does not.

    Only quarters in which something is planned count, so far and to come, so that a promise that falls due once a year
    is not told as stopped in between. A per cent or a yes has no pace.
    """
    left = line.promised - line.units.accepted
    to_come = sum(not each.is_due and each.planned > 0 for each in line.quarters)
    if left <= 0 or not to_come or not adds_up(line.measure):
        return ""
    needed, so_far = Fraction(left) / to_come, Fraction(line.units.accepted) / len(due)
    if needed <= so_far * Fraction(rules.pace):
        return ""
    return (
        f"{format_quantity(left)} {line.measure.many_name} are left for {plural(to_come, 'quarter')}: "
        f"{format_exact(needed, _PLACES)} each, and so far it was {format_exact(so_far, _PLACES)} "
        f"({format_quantity(line.units.accepted)} ÷ {len(due)})"
    )
