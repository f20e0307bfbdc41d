"""An audit sample of accepted claims: drawn by a rule that anybody can redo, and what its errors say about all claims.

    drawn     = the claims with the smallest SHA-256 of "seed|key", as many as are wanted
    in counts = wrong ÷ checked, with the score interval of Wilson at 95%
    in pounds = (Σ not shown ÷ Σ checked) × all accepted pounds, ± N × z × s ÷ √n, where s is the standard deviation of
                not shown − (Σ not shown ÷ Σ checked) × pounds of each claim

Sources: E. B. Wilson, Probable inference, Journal of the American Statistical Association 22 (1927), 209-212; ratio
estimation with simple random sampling as in W. G. Cochran, Sampling Techniques, and in the European Commission's
Guidance on sampling methods for audit authorities (EGESIF 16-0014-01). The choices: docs/method.md, section 9.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from hashlib import sha256
from math import isqrt

from tomsapp.domain.money import from_scaled, round_down, round_pounds, to_scaled, total
from tomsapp.domain.wording import format_percent, format_pounds, plural

CONFIDENCE = 95
"""Per cent; 1.959964 standard deviations of a normal distribution."""
LEAST_WRONG = 5
"""With fewer claims that lack pounds, an interval in pounds would say more than the sample shows."""
LEAST_CHECKED = 30
"""Likewise with fewer claims checked."""
_Z = Fraction("1.959964")
_ROOT_PLACES = 12
_PERCENT_PLACES = 1


class Conclusion(Enum):
    """What was found of a claim that was checked."""

    SHOWN = "shown"
    SHOWN_IN_PART = "shown_in_part"
    NOT_SHOWN = "not_shown"

    @property
    def words(self) -> str:
        """The conclusion as people read it."""
        return {
            Conclusion.SHOWN: "Shown",
            Conclusion.SHOWN_IN_PART: "Shown in part",
            Conclusion.NOT_SHOWN: "Not shown",
        }[self]


def draw(keys: Iterable[str], seed: str, size: int) -> list[str]:
    """A random sample of claims, in the order in which they were drawn; all of them where there are not so many.

    Each claim has the SHA-256 of the seed, a stroke and its key in UTF-8, and the smallest ones are drawn: whoever has
    the list and the seed finds the same claims with any program. A longer sample of a seed begins with the shorter.

    Args:
        keys: what names each accepted claim and never changes, such as the contract, the commitment and the quarter.
        seed: chosen by whoever audits, and written down before the list is looked at.
        size: how many are wanted.
    """
    return sorted(set(keys), key=lambda key: (draw_number(seed, key), key))[:size]


def draw_number(seed: str, key: str) -> str:
    """The number by which a claim is drawn, as 64 hexadecimal digits."""
    return sha256(f"{seed}|{key}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Checked:
    """A claim of a sample that was checked, in pounds at the values of the year in which it was claimed.

    Attributes:
        pounds: what was accepted.
        shown: what the evidence shows of it; what is over counts as nothing, so that no error is set off by another.
    """

    conclusion: Conclusion
    pounds: Decimal
    shown: Decimal

    @property
    def not_shown(self) -> Decimal:
        """The pounds that were accepted and are not shown."""
        return max(from_scaled(to_scaled(self.pounds, 2) - to_scaled(self.shown, 2), 2), Decimal("0.00"))


@dataclass(frozen=True, slots=True)
class Interval:
    """Between what and what a number lies with 95% confidence; the bounds are never closer than they come out."""

    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class SampleResult:
    """What a sample says.

    Attributes:
        drawn: how many claims were drawn.
        checked: how many of them have a conclusion.
        wrong: how many of those are not shown, or in part only.
        claims, pounds: all accepted claims of the same period, and what they are worth.
        checked_pounds, not_shown: what the checked ones are worth, and how much of it is not shown.
        wrong_share: the interval of the share of all claims that are wrong; None where all or none were checked.
        projected: the pounds not shown if the rest is like what was checked; None where no pounds were checked.
        projected_between: their interval; None where the sample is too small for one, or all were checked.
    """

    drawn: int
    checked: int
    wrong: int
    claims: int
    pounds: Decimal
    checked_pounds: Decimal
    not_shown: Decimal
    wrong_share: Interval | None
    projected: Decimal | None
    projected_between: Interval | None

    @property
    def words(self) -> tuple[str, ...]:
        """What the sample says, in sentences; what is checked, then counts, then pounds."""
        if not self.checked:
            return (f"None of the {plural(self.drawn, 'claim')} drawn has been checked yet.",)
        return tuple(filter(None, (self._progress(), self._counts(), self._pounds())))

    def _progress(self) -> str:
        if self.checked == self.drawn:
            return ""
        return f"{self.checked:,} of {plural(self.drawn, 'claim')} drawn are checked. The figures are not final."

    def _counts(self) -> str:
        share = format_percent(Fraction(self.wrong, self.checked), _PERCENT_PLACES)
        are = "is" if self.wrong == 1 else "are"
        told = f"{self.wrong:,} of {plural(self.checked, 'claim')} checked {are} not shown or in part only: {share}."
        if self.wrong_share is None:
            return f"{told} These are all the accepted claims."
        low, high = (f"{bound:,}%" for bound in (self.wrong_share.low, self.wrong_share.high))
        return (
            f"{told} Of all {plural(self.claims, 'accepted claim')}, between {low} and {high} are, "
            f"with {CONFIDENCE}% confidence."
        )

    def _pounds(self) -> str:
        if self.projected is None:
            return "None of them has a value in pounds."
        share = format_percent(Fraction(self.not_shown) / Fraction(self.checked_pounds), _PERCENT_PLACES)
        told = (
            f"In pounds {format_pounds(self.not_shown)} of {format_pounds(self.checked_pounds)} is not shown: {share}."
        )
        if self.wrong_share is None:
            return told
        told = f"{told} If the rest is like it, that is {format_pounds(self.projected)} of {format_pounds(self.pounds)}"
        if self.projected_between is None:
            return f"{told}; the sample is too small to say how far it may be off."
        low, high = (format_pounds(bound) for bound in (self.projected_between.low, self.projected_between.high))
        return f"{told}, between {low} and {high} with {CONFIDENCE}% confidence."


def sample_result(drawn: int, checked: Sequence[Checked], claims: int, pounds: Decimal) -> SampleResult:
    """What a sample says about all accepted claims.

    Args:
        drawn: how many claims were drawn.
        checked: those of them that have a conclusion.
        claims: how many accepted claims there are in all.
        pounds: what all of them are worth, each at the values of the year in which it was claimed.
    """
    wrong = sum(each.conclusion is not Conclusion.SHOWN for each in checked)
    checked_pounds, not_shown = total(each.pounds for each in checked), total(each.not_shown for each in checked)
    is_all = len(checked) >= claims
    ratio = Fraction(not_shown) / Fraction(checked_pounds) if checked_pounds else None
    return SampleResult(
        drawn=drawn,
        checked=len(checked),
        wrong=wrong,
        claims=claims,
        pounds=pounds,
        checked_pounds=checked_pounds,
        not_shown=not_shown,
        wrong_share=None if is_all or not checked else wilson(wrong, len(checked)),
        projected=None if ratio is None else round_pounds(ratio * Fraction(pounds)),
        projected_between=None if is_all or ratio is None else _projected(checked, ratio, claims, pounds),
    )


def wilson(wrong: int, checked: int) -> Interval:
    """The score interval of Wilson for wrong ÷ checked at 95%, in per cent; `checked` is over 0.

    (k + z² ÷ 2 ± z × √(k × (n − k) ÷ n + z² ÷ 4)) ÷ (n + z²), the lower bound cut and the upper raised to one decimal.
    """
    square = _Z * _Z
    root = _Z * _root(Fraction(wrong * (checked - wrong), checked) + square / 4)
    centre, divisor = wrong + square / 2, checked + square
    low, high = (centre - root) / divisor, (centre + root) / divisor
    return Interval(round_down(max(low, Fraction(0)) * 100, _PERCENT_PLACES), _raised(min(high, Fraction(1)) * 100))


def _raised(percent: Fraction) -> Decimal:
    cut = round_down(percent, _PERCENT_PLACES)
    return cut if Fraction(cut) == percent else from_scaled(to_scaled(cut, _PERCENT_PLACES) + 1, _PERCENT_PLACES)


def _projected(checked: Sequence[Checked], ratio: Fraction, claims: int, pounds: Decimal) -> Interval | None:
    """The interval of the pounds that are not shown; None where the sample is too small for one.

    Never less than what was found, and never more than all there is.
    """
    found = sum(bool(each.not_shown) for each in checked)
    if len(checked) < LEAST_CHECKED or found < LEAST_WRONG:
        return None
    rests = [Fraction(each.not_shown) - ratio * Fraction(each.pounds) for each in checked]
    # Their mean is 0, as the ratio is that of the sums.
    deviation = sum((rest * rest for rest in rests), Fraction(0)) / (len(rests) - 1)
    half = claims * _Z * _root(deviation / len(rests))
    middle = ratio * Fraction(pounds)
    least = Fraction(total(each.not_shown for each in checked))
    return Interval(round_pounds(max(middle - half, least)), round_pounds(min(middle + half, Fraction(pounds))))


def _root(number: Fraction) -> Fraction:
    """A square root to twelve decimals, raised where it goes on: an interval is never closer than it comes out."""
    scale: int = 10**_ROOT_PLACES
    square = number * scale * scale
    whole = isqrt(square.numerator // square.denominator)
    return Fraction(whole if whole * whole == square else whole + 1, scale)
