"""Sensitivity in words: first what changes the winner, then what does not, last the price of the weight."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import assert_never

from tomsapp.domain.money import exact_difference
from tomsapp.domain.tender.scoring import ScoredBid
from tomsapp.domain.tender.scoring_words import lead_words
from tomsapp.domain.tender.sensitivity import PriceOfWeight, Sensitivity
from tomsapp.domain.tender.switching import Switching
from tomsapp.domain.tender.trials import MOVED, Trial, TrialKind, points_words
from tomsapp.domain.tender.unit_path import MOST_TIMES
from tomsapp.domain.wording import format_pounds, listed, plural

MOST_TOLD = 3
"""So many changes are told one by one, the smallest first; of the others how many there are."""

MOST_NAMED = 8
"""So many measures that change nothing are named; of more the number is told."""


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence with what stands beneath it."""

    head: str
    beneath: str = ""


@dataclass(frozen=True, slots=True)
class ToldSensitivity:
    """What is said: `changes` may be empty, and then the first of `stays` says that nothing changes the winner."""

    changes: tuple[Told, ...]
    stays: tuple[Told, ...]
    price: Told | None


def told_sensitivity(found: Sensitivity) -> ToldSensitivity:
    """What is said of a sensitivity."""
    if found.because:
        return ToldSensitivity((), (Told("What would change the winner cannot be said yet.", found.because),), None)
    price = _price(found.price) if found.price is not None else None
    return ToldSensitivity(tuple(_changes(found)), tuple(_stays(found)), price)


def _changes(found: Sensitivity) -> Iterator[Told]:
    changes = found.changes
    for change in changes[:MOST_TOLD]:
        yield Told(f"The winner changes if {changed_words(change)}.", change.then)
    if len(changes) > MOST_TOLD:
        yield Told(f"And {len(changes) - MOST_TOLD:,} more of {plural(found.count, 'trial')}.")


def changed_words(change: Trial | Switching) -> str:
    """What a trial changes, to stand after "if"."""
    if isinstance(change, Trial):
        return change.what
    way = "up" if change.is_up else "down"
    told = f"the unit value of {change.name} goes {way} from {change.now} to"
    if not change.is_changed:
        return f"{told} {change.last_same}"
    return f"{told} {change.first_other}; {way} to {change.last_same} it does not"


def _stays(found: Sensitivity) -> Iterator[Told]:
    winners = listed(found.winners)
    wins = f"{winners} still {'wins' if len(found.winners) == 1 else 'tie'}"
    if not found.changes:
        yield Told("No trial changes the winner.", f"{plural(found.count, 'trial')} in all.")
    for kind in TrialKind:
        trials = [trial for trial in found.trials if trial.kind is kind]
        same = [trial for trial in trials if not trial.is_changed]
        if same:
            yield Told(f"{wins} {_stays_if(kind, is_all=len(same) == len(trials))}.", _tried(kind, same))
    if not any(trial.kind is TrialKind.RANGE for trial in found.trials):
        yield Told("No measure in these bids has a low or a high value in its source.")
    yield from _not_switched(found.switching, wins)
    if found.out:
        yield Told(f"{listed(found.out)} {'stays' if len(found.out) == 1 else 'stay'} out of every trial.")


def _stays_if(kind: TrialKind, *, is_all: bool) -> str:
    other = "" if is_all else "other "
    match kind:
        case TrialKind.LINE_OUT:
            return f"if any {other}line is left out"
        case TrialKind.RANGE:
            return f"at any {other}low or high value"
        case TrialKind.WEIGHT:
            return f"if any {other}weight moves by {MOVED} points" if is_all else "if the other weights move"
        case TrialKind.SPLIT:
            return f"if {MOVED} points move {other and 'the other way '}between quantity and statement"
        case _:
            assert_never(kind)


def _tried(kind: TrialKind, trials: Sequence[Trial]) -> str:
    number = plural(len(trials), "trial")
    match kind:
        case TrialKind.LINE_OUT:
            return f"{number}, one line at a time. Admission is checked again in each."
        case TrialKind.RANGE:
            return f"{number}: each measure that has them by itself, and all at once. No other measure has any."
        case TrialKind.WEIGHT:
            return f"{number}. The other weights share the points in proportion."
        case TrialKind.SPLIT:
            return f"{number}. No weight goes below 0."
        case _:
            assert_never(kind)


def _not_switched(switching: Sequence[Switching], wins: str) -> Iterator[Told]:
    changed = {each.measure for each in switching if each.is_changed}
    narrow = {each.measure for each in switching if not each.is_whole and not each.is_changed}
    same = {each.measure: each.name for each in switching if each.measure not in changed | narrow}
    for each in switching:
        if not each.is_whole and not each.is_changed:
            yield Told(
                f"{wins} with {each.name} from {each.now} to {each.last_same}; beyond it not each value was tried.",
                "The scores lie so near each other that the rounding of a penny decides.",
            )
    if same:
        other = "other " if changed else ""
        yield Told(
            f"{wins} at any unit value of each {other}measure by itself, from nothing to {MOST_TIMES} times its own.",
            f"{plural(len(same), 'measure')}{_named(list(same.values()))}.",
        )


def _named(names: Sequence[str]) -> str:
    """The names of measures, where these are few."""
    return f": {listed(names)}" if len(names) <= MOST_NAMED else ""


def _price(price: PriceOfWeight) -> Told:
    return Told(_price_head(price), _price_beneath(price))


def _price_head(price: PriceOfWeight) -> str:
    if price.is_same_winner:
        return "The weight of social value did not change who wins."
    without = listed(price.without)
    if price.difference is None:
        return f"Without social value {without} would win; what the weight costs cannot be said as one sum."
    if not price.difference:
        return f"Without social value {without} would win, at the same price."
    more = "more" if price.difference > 0 else "less"
    pounds = format_pounds(price.difference.copy_abs())
    return f"The winner costs {pounds} {more} than the bid that would win without social value."


def _price_beneath(price: PriceOfWeight) -> str:
    weights = price.weights
    rows = price.evaluation.admitted
    told = f"Without it (price {points_words(weights.price)}, quality {points_words(weights.quality)})"
    names = listed(price.without)
    if len(price.without) > 1:
        return f"{told} {names} would have exactly the same total."
    if len(rows) == 1:
        return f"{told} {names} would be the only bid that is admitted."
    lead = f"{told} {names} would lead {rows[1].supplier} by {lead_words(rows[0], rows[1])}."
    return f"{lead} {_above_lowest(rows[0], price)}".strip()


def _above_lowest(winner: ScoredBid, price: PriceOfWeight) -> str:
    """How far the price of the winner is above the lowest, where the weight did not change who wins."""
    lowest = price.evaluation.lowest_price
    if not price.is_same_winner or lowest is None or winner.bid.price is None:
        return ""
    above = exact_difference(winner.bid.price, lowest)
    return f"Its price is {format_pounds(above)} above the lowest." if above else "Its price is the lowest."
