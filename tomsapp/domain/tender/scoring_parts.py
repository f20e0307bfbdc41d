"""The points of each part of a score, exact, with the steps by which a bidder redoes them on a pocket calculator."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from tomsapp.domain.money import round_half_away
from tomsapp.domain.steps import Step, factor_text
from tomsapp.domain.tender.bands import BEST_MARK, part_of
from tomsapp.domain.tender.choices import QuantityMethod
from tomsapp.domain.tender.scoring_rules import SHOWN_PLACES, BidToScore, Part, ScoringRules, show_points
from tomsapp.domain.wording import format_exact, format_percent, format_pounds

EXACT_PLACES = 6
"""Points that do not end are cut after so many decimals in a working."""

_NONE = Fraction(0)


@dataclass(frozen=True, slots=True)
class PartScore:
    """The points of one part.

    Attributes:
        weight: the most points that it can give.
        points: exact; None while they cannot be told.
        steps: the working. A step that begins with × or ÷ goes on from the one before.
        note: why it is nothing, or all, where a formula alone would not show it.
    """

    part: Part
    weight: Fraction
    points: Fraction | None
    steps: tuple[Step, ...] = ()
    note: str = ""

    @property
    def shown(self) -> str:
        """The points with two decimals; a dash while they cannot be told."""
        return "–" if self.points is None else show_points(self.points)

    @property
    def equations(self) -> tuple[str, ...]:
        """The working, one sum each: "£1,118,000.00 ÷ £1,164,000.00 × 40 = 38.419243…, shown as 38.42"."""
        chains: list[list[Step]] = []
        for step in self.steps:
            if step.text[:2] in {"× ", "÷ "}:
                chains[-1].append(step)
            else:
                chains.append([step])
        sums = [_equation(" ".join(step.text for step in chain), chain[-1].result) for chain in chains]
        return (*sums[:-1], f"{sums[-1]}{_shown_as(self.steps[-1].result)}") if sums else ()


def exact_text(points: Fraction) -> str:
    """Points as a working writes them: all decimals, or cut after six with an ellipsis."""
    return format_exact(points, EXACT_PLACES)


def _equation(text: str, result: Fraction) -> str:
    """A sum with its result; a figure alone stands by itself."""
    told = exact_text(result)
    return text if text == told else f"{text} = {told}"


def _shown_as(points: Fraction) -> str:
    """How points are shown, where that is another number than they are."""
    return "" if Fraction(round_half_away(points, SHOWN_PLACES)) == points else f", shown as {show_points(points)}"


@dataclass(frozen=True, slots=True)
class Highest:
    """What the admitted bids are held against: their lowest price and their highest social value, in pounds.

    Attributes:
        price: None while the price of one of them is not known.
        value: nothing where none of them is worth anything.
    """

    price: Decimal | None
    value: Decimal

    @staticmethod
    def among(bids: Sequence[BidToScore]) -> "Highest":
        """The lowest price and the highest value of these bids, all of which are admitted."""
        prices = [bid.price for bid in bids if bid.price is not None and bid.has_price]
        is_whole = bool(prices) and len(prices) == len(bids)
        highest = max((bid.value for bid in bids), default=Decimal(0))
        return Highest(min(prices) if is_whole else None, max(highest, Decimal(0)))


def parts_of(rules: ScoringRules, bid: BidToScore, highest: Highest) -> tuple[PartScore, ...]:
    """The points of an admitted bid, part by part."""
    return (
        _price(rules, bid, highest),
        _quality(rules, bid),
        _quantity(rules, bid, highest),
        _statement(rules, bid),
    )


def _chain(part: Part, weight: Fraction, steps: Iterable[Step], note: str = "") -> PartScore:
    """The points that the steps come to, times the weight of the part."""
    begun = tuple(steps)
    result = begun[-1].result * weight
    last = Step("weight", f"× {factor_text(weight, begun[-1].result)}", result, "the tender’s weights")
    return PartScore(part, weight, result, (*begun, last), note)


def _nothing(part: Part, weight: Fraction, note: str) -> PartScore:
    return PartScore(part, weight, _NONE, note=note)


_WITHOUT_POINTS = "The tender gives no points for it"


def _price(rules: ScoringRules, bid: BidToScore, highest: Highest) -> PartScore:
    weight = rules.weights.price
    if not weight:
        return _nothing(Part.PRICE, weight, _WITHOUT_POINTS)
    if highest.price is None or bid.price is None:
        return PartScore(Part.PRICE, weight, None)
    lowest = Fraction(highest.price)
    steps = (
        Step("lowest_price", format_pounds(highest.price), lowest, "the lowest price of an admitted bid"),
        Step("price", f"÷ {format_pounds(bid.price)}", lowest / Fraction(bid.price), "its price"),
    )
    return _chain(Part.PRICE, weight, steps)


def _quality(rules: ScoringRules, bid: BidToScore) -> PartScore:
    weight = rules.weights.quality
    if not weight:
        return _nothing(Part.QUALITY, weight, _WITHOUT_POINTS)
    if bid.quality is None or not rules.quality_of:
        return PartScore(Part.QUALITY, weight, None)
    score = Step("quality", exact_text(bid.quality), bid.quality, "its quality score")
    if rules.quality_of == weight:
        return PartScore(Part.QUALITY, weight, bid.quality, (score,))
    divided = Step("of", f"÷ {exact_text(rules.quality_of)}", bid.quality / rules.quality_of, "the best score")
    return _chain(Part.QUALITY, weight, (score, divided))


def _quantity(rules: ScoringRules, bid: BidToScore, highest: Highest) -> PartScore:
    weight = rules.weights.quantity
    if not weight:
        return _nothing(Part.QUANTITY, weight, _WITHOUT_POINTS)
    match rules.method:
        case QuantityMethod.PROPORTIONAL:
            return _of_whole(weight, bid, highest.value, "the highest social value of an admitted bid")
        case QuantityMethod.TARGET:
            return _of_whole(weight, bid, rules.whole_target, "the tender’s target")
        case QuantityMethod.BANDS:
            return _of_bands(rules, bid)
        case _:
            assert_never(rules.method)


def _of_whole(weight: Fraction, bid: BidToScore, whole: Decimal, source: str) -> PartScore:
    """Value ÷ whole × weight, where what is over the whole gives no more."""
    if not whole:
        return _nothing(Part.QUANTITY, weight, f"There is nothing to divide by: {source} is not over zero")
    if bid.value <= 0:
        return _nothing(Part.QUANTITY, weight, f"Its social value, {format_pounds(bid.value)}, is not over zero")
    if bid.value > whole:
        note = f"{format_pounds(bid.value)} is over {format_pounds(whole)}, {source}: all points"
        return _chain(Part.QUANTITY, weight, (Step("all", "1", Fraction(1), source),), note)
    value = Fraction(bid.value)
    steps = (
        Step("value", format_pounds(bid.value), value, "its social value"),
        Step("whole", f"÷ {format_pounds(whole)}", value / Fraction(whole), source),
    )
    return _chain(Part.QUANTITY, weight, steps)


def _of_bands(rules: ScoringRules, bid: BidToScore) -> PartScore:
    weight = rules.weights.quantity
    if bid.share_base is None or bid.share_base <= 0:
        return PartScore(Part.QUANTITY, weight, None)
    share = Fraction(bid.value) / Fraction(bid.share_base)
    mark = part_of(rules.bands, share) * BEST_MARK
    reached = [band for band in rules.bands if band.share_from <= share]
    band = f"the band {reached[-1].words}" if reached else "below every band"
    note = f"{format_pounds(bid.value)} ÷ {format_pounds(bid.share_base)} = {format_percent(share)}: {band}"
    return _chain(
        Part.QUANTITY,
        weight,
        (
            Step("mark", exact_text(mark), mark, band),
            Step("of", f"÷ {BEST_MARK}", mark / BEST_MARK, "the best mark"),
        ),
        note,
    )


def _statement(rules: ScoringRules, bid: BidToScore) -> PartScore:
    weight = rules.weights.statement
    asked = rules.asked
    if not weight:
        return _nothing(Part.STATEMENT, weight, _WITHOUT_POINTS)
    if not asked:
        return _nothing(Part.STATEMENT, weight, "The tender asks no question that has a weight")
    marks = {number: bid.marks[number] for number in asked if number in bid.marks}
    if len(marks) < len(asked):
        return PartScore(Part.STATEMENT, weight, None)
    steps = [
        Step(
            f"question_{number}",
            f"{exact_text(mark)} × {exact_text(asked[number])}",
            mark * asked[number],
            f"question {number}: its mark × its weight",
        )
        for number, mark in marks.items()
    ]
    marked, best = sum((step.result for step in steps), _NONE), sum(asked.values(), _NONE) * BEST_MARK
    if len(steps) > 1:
        text = " + ".join(exact_text(step.result) for step in steps)
        steps.append(Step("marks", text, marked, "all questions"))
        steps.append(Step("marked", exact_text(marked), marked, "all questions"))
    steps.append(Step("best", f"÷ {exact_text(best)}", marked / best, f"{BEST_MARK} for each question × its weight"))
    return _chain(Part.STATEMENT, weight, steps)
