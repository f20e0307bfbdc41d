"""The trials of an evaluation: a line left out, a unit value at its low or high, a weight moved by five points.

Each trial runs the whole evaluation, admission included, and says who wins then.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction

from tomsapp.domain.menu import Measure
from tomsapp.domain.money import from_scaled, to_scaled
from tomsapp.domain.tender.scoring import Evaluation
from tomsapp.domain.tender.scoring_rules import ScoringRules, Weights, show_points
from tomsapp.domain.tender.scoring_words import lead_words
from tomsapp.domain.tender.trial_bid import UNIT_PLACES, UnitValues
from tomsapp.domain.tender.trial_field import TrialField, unit_values_of
from tomsapp.domain.valuation import LineValue
from tomsapp.domain.wording import format_exact, format_pounds, listed, small_first

MOVED = Fraction(5)
"""The points by which a weight is moved."""

_NONE = Fraction(0)


class TrialKind(Enum):
    """What a trial changes."""

    LINE_OUT = "line_out"
    RANGE = "range"
    """A unit value, at the low or the high that its source gives."""
    WEIGHT = "weight"
    SPLIT = "split"
    """The points of social value between quantity and statement."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One trial.

    Attributes:
        what: what is otherwise, to stand after "if": "the line J11 … of Calder, £40,404.00, is left out".
        size: how large the change is, as a part of what is changed, so that trials can be put in an order.
        winners: who wins then; more than one where they tie, none where nobody is admitted.
        is_changed: whether others win than in the evaluation.
        then: where it is, who wins instead and by what.
        bid, line, measure: the keys of what is changed, where it is one of these.
    """

    kind: TrialKind
    what: str
    size: Fraction
    winners: tuple[str, ...]
    is_changed: bool
    then: str = ""
    bid: str = ""
    line: str = ""
    measure: str = ""


def trials_of(field: TrialField) -> Iterator[Trial]:
    """Every trial of an evaluation that ranks its bids, in the order in which they are told."""
    yield from _lines_out(field)
    yield from _ranges(field)
    yield from _weights(field)


def count_trials(field: TrialField) -> int:
    """How many line trials there are: nearly all of them."""
    return sum(len(bid.lines) for bid in field.bids)


def _trial(
    field: TrialField,
    kind: TrialKind,
    what: str,
    size: Fraction,
    winners: tuple[int, ...],
    evaluation: Callable[[], Evaluation],
    **keys: str,
) -> Trial:
    is_changed = winners != field.winners
    then = then_words(field, evaluation()) if is_changed else ""
    return Trial(kind, what, size, field.names(winners), is_changed, then, **keys)


def then_words(field: TrialField, evaluation: Evaluation) -> str:
    """Who wins in a trial that changes the winner, and by what."""
    winners = evaluation.winners
    before = [evaluation.row(field.bids[number].bid.key) for number in field.winners]
    gone = [f"{row.supplier} is then not admitted ({small_first(listed(row.fails))})" for row in before if row.fails]
    if not winners:
        return f"{listed([*gone, 'no bid is left'])}."
    names = listed([row.supplier for row in winners])
    if len(winners) > 1:
        told = f"{names} {'' if gone else 'then '}have exactly the same total, {winners[0].shown_total}"
        return f"{listed([*gone, told])}."
    told = f"{names} {'' if gone else 'then '}wins with {winners[0].shown_total}"
    beaten = next((row for row in before if not row.fails and row.rank != 1), None)
    if beaten is not None:
        told = f"{told} and leads {beaten.supplier} by {lead_words(winners[0], beaten)}"
    return f"{listed([*gone, told])}."


# Lines


def _lines_out(field: TrialField) -> Iterator[Trial]:
    for number, bid in enumerate(field.bids):
        for line in bid.lines:
            yield _line_out(field, number, line)


def _line_out(field: TrialField, number: int, line: LineValue) -> Trial:
    bid = field.bids[number]
    pence, reasons = field.without(number, line)
    worth = to_scaled(line.social_value, 2)
    return _trial(
        field,
        TrialKind.LINE_OUT,
        f"the line {line.measure.full_name} of {bid.bid.supplier}, {format_pounds(line.social_value)}, is left out",
        abs(Fraction(worth, bid.pence)) if bid.pence else _NONE,
        field.winners_of(pence, reasons),
        lambda: field.evaluation(pence, reasons),
        bid=bid.bid.key,
        line=line.commitment.key,
        measure=line.measure.code,
    )


# Low and high


@dataclass(frozen=True, slots=True)
class _Range:
    """The unit values of a measure at one end of what its source gives."""

    measure: Measure
    unit_values: UnitValues

    @property
    def size(self) -> Fraction:
        """How far the value moves, as a part of it; of values by year the largest part."""
        now = unit_values_of(self.measure)
        return max(abs(Fraction(value - now[year], now[year] or 1)) for year, value in self.unit_values.items())

    def what(self, end: str) -> str:
        """The change in words."""
        now, then = unit_values_of(self.measure), self.unit_values
        if len(then) > 1:
            return f"{self.measure.full_name} counts its {end} values"
        (year,) = then
        told = f"{pounds_of_unit(then[year])} instead of {pounds_of_unit(now[year])}"
        return f"{self.measure.full_name} counts its {end} value, {told}"


def pounds_of_unit(value: int) -> str:
    """A unit value, as a count of 10^−4 pounds, in pounds."""
    return format_pounds(from_scaled(value, UNIT_PLACES))


def _ranges(field: TrialField) -> Iterator[Trial]:
    measures = [field.measure(code) for code in field.measures]
    for end in ("low", "high"):
        moved = [each for measure in measures if (each := _range(measure, end)) is not None]
        for each in moved:
            changed = {each.measure.code: each.unit_values}
            yield _range_trial(field, each.what(end), each.size, changed, each.measure.code)
        if len(moved) > 1:
            every = {each.measure.code: each.unit_values for each in moved}
            what = f"all {len(moved)} measures that have a {end} value count it"
            yield _range_trial(field, what, max(each.size for each in moved), every)


def _range(measure: Measure, end: str) -> _Range | None:
    """The values of a measure at one end; None where its source gives none, or gives the value itself."""
    ends = {each.year: each.low if end == "low" else each.high for each in measure.unit_values}
    now = unit_values_of(measure)
    moved = {year: now[year] if value is None else to_scaled(value, UNIT_PLACES) for year, value in ends.items()}
    return None if moved == now else _Range(measure, moved)


def _range_trial(
    field: TrialField, what: str, size: Fraction, changed: Mapping[str, UnitValues], code: str = ""
) -> Trial:
    pence = field.with_unit_values(changed)
    reasons = field.reasons(pence)
    winners = field.winners_of(pence, reasons)
    return _trial(field, TrialKind.RANGE, what, size, winners, lambda: field.evaluation(pence, reasons), measure=code)


# Weights


def _weights(field: TrialField) -> Iterator[Trial]:
    weights = field.rules.weights
    for kind, moved, what in (
        *((TrialKind.WEIGHT, *each) for each in _moved_weights(weights)),
        *((TrialKind.SPLIT, *each) for each in _moved_split(weights)),
    ):
        yield _weight_trial(field, kind, replace(field.rules, weights=moved), what)


def _weight_trial(field: TrialField, kind: TrialKind, rules: ScoringRules, what: str) -> Trial:
    winners = field.scores_of(rules).winners(field.pence, field.admitted)
    size = MOVED / field.rules.weights.all
    return _trial(field, kind, what, size, winners, lambda: field.evaluation(field.pence, rules=rules))


def points_words(points: Fraction) -> str:
    """Points of a weight: all decimals where these are two at most, else two."""
    told = format_exact(points, 2)
    return show_points(points) if told.endswith("…") else told


def _main_weights(weights: Weights) -> dict[str, Fraction]:
    """The three weights of a tender, with what they are called."""
    return {"price": weights.price, "quality": weights.quality, "social value": weights.social}


def _moved_weights(weights: Weights) -> Iterator[tuple[Weights, str]]:
    """Each weight up and down; one that is all or nothing stays, as there is nothing to share with."""
    for name, own in _main_weights(weights).items():
        for by in (-MOVED, MOVED) if 0 < own < weights.all else ():
            moved = with_weight(weights, name, min(max(own + by, _NONE), weights.all))
            yield moved, _moved_words(name, weights, moved)


def with_weight(weights: Weights, name: str, points: Fraction) -> Weights:
    """The weights with other points for price, quality or social value; the others take the rest in proportion."""
    main = _main_weights(weights)
    own = main[name]
    others = (weights.all - points) / (weights.all - own)
    price, quality, social = (points / own if name == each else others for each in ("price", "quality", "social value"))
    return Weights(
        weights.price * price, weights.quality * quality, weights.quantity * social, weights.statement * social
    )


def _moved_words(name: str, weights: Weights, moved: Weights) -> str:
    now, then = _main_weights(weights), _main_weights(moved)
    others = [f"{each} {points_words(then[each])}" for each in now if each != name and now[each]]
    told = f"{name} gives {points_words(then[name])} points instead of {points_words(now[name])}"
    return listed([told, *others])


def _moved_split(weights: Weights) -> Iterator[tuple[Weights, str]]:
    """The points of quantity up and down, against those of the statement."""
    for by in (-MOVED, MOVED) if weights.quantity and weights.statement else ():
        quantity = min(max(weights.quantity + by, _NONE), weights.social)
        moved = replace(weights, quantity=quantity, statement=weights.social - quantity)
        told = f"{points_words(moved.quantity)} and {points_words(moved.statement)}"
        was = f"{points_words(weights.quantity)} and {points_words(weights.statement)}"
        yield moved, f"quantity and statement give {told} points instead of {was}"
