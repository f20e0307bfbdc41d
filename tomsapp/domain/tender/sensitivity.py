"""What would change the winner of an evaluation, and what would not.

Every trial runs the whole evaluation again, admission included: each line left out, unit values at the low and high of
their sources, weights moved by five points, and for each measure the nearest unit value at which others win. A value
moved for all measures alike cannot change proportional scores, so none is.

Source: docs/method.md, section 11.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from tomsapp.domain.money import exact_difference
from tomsapp.domain.tender.evaluating import Evaluated
from tomsapp.domain.tender.scoring import Evaluation, ScoredBid, score_bids
from tomsapp.domain.tender.scoring_rules import Weights
from tomsapp.domain.tender.scoring_words import sentences_of
from tomsapp.domain.tender.switching import Switching, switching_of
from tomsapp.domain.tender.trial_field import TrialField
from tomsapp.domain.tender.trials import Trial, count_trials, trials_of, with_weight

Progress = Callable[[int, int], None]
"""Takes how many trials of how many are done. What it raises stops the work and is passed on."""


@dataclass(frozen=True, slots=True)
class PriceOfWeight:
    """What the weight of social value does to the price that is paid.

    Attributes:
        weights: those without social value: price and quality share its points in proportion.
        winners: who wins with the weight; `without` who would win without it; each with its price in pounds.
        difference: the price of the winner less that of the winner without the weight, in pounds; None where it cannot
            be told: a price is missing, or bids tie at different prices.
        evaluation: the table without the weight.
    """

    weights: Weights
    winners: tuple[str, ...]
    without: tuple[str, ...]
    difference: Decimal | None
    evaluation: Evaluation

    @property
    def is_same_winner(self) -> bool:
        """Whether the weight did not change who wins."""
        return self.winners == self.without


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """What was tried of an evaluation, and what came of it.

    Attributes:
        because: why nothing could be tried; empty where it was.
        winners: who wins in the evaluation.
        switching: what was found of each measure, moved down and up.
        price: None where all points are social value's, or none are.
        out: who stays out of every trial.
    """

    because: str = ""
    winners: tuple[str, ...] = ()
    trials: tuple[Trial, ...] = ()
    switching: tuple[Switching, ...] = ()
    price: PriceOfWeight | None = None
    out: tuple[str, ...] = ()

    @property
    def changes(self) -> tuple[Trial | Switching, ...]:
        """All that changes the winner, the smallest change first."""
        found: list[Trial | Switching] = [trial for trial in self.trials if trial.is_changed]
        found += [each for each in self.switching if each.is_changed]
        return tuple(sorted(found, key=lambda each: each.size))

    @property
    def count(self) -> int:
        """How many trials there were; a measure moved one way is one."""
        return len(self.trials) + len(self.switching)


def _watch_nothing(_done: int, _all: int) -> None:
    """Nobody watches."""


def sensitivity_of(evaluated: Evaluated, progress: Progress = _watch_nothing) -> Sensitivity:
    """Try all that could change the winner."""
    if not evaluated.evaluation.is_ranked:
        return Sensitivity(" ".join(sentences_of(evaluated.evaluation)))
    field = TrialField(evaluated)
    measures = field.measures
    lines = count_trials(field)
    progress(0, lines + len(measures))
    trials = []
    for trial in trials_of(field):
        trials.append(trial)
        progress(min(len(trials), lines), lines + len(measures))
    switching: list[Switching] = []
    for number, code in enumerate(measures, start=1):
        switching.extend(switching_of(field, code))
        progress(lines + number, lines + len(measures))
    return Sensitivity(
        "",
        field.names(field.winners),
        tuple(trials),
        tuple(switching),
        price_of_weight(evaluated.evaluation),
        field.out,
    )


def price_of_weight(evaluation: Evaluation) -> PriceOfWeight | None:
    """The price of the winner less that of the winner without social value; None where nothing else is scored."""
    weights = evaluation.rules.weights
    if not 0 < weights.social < weights.all:
        return None
    rules = replace(evaluation.rules, weights=with_weight(weights, "social value", Fraction(0)))
    without = score_bids(rules, [row.bid for row in evaluation.rows])
    before, after = _price(evaluation.winners), _price(without.winners)
    difference = None if before is None or after is None else exact_difference(before, after)
    return PriceOfWeight(rules.weights, _names(evaluation.winners), _names(without.winners), difference, without)


def _price(rows: Sequence[ScoredBid]) -> Decimal | None:
    """The price of these bids, where it is one."""
    prices = {row.bid.price for row in rows}
    return prices.pop() if len(prices) == 1 else None


def _names(rows: Sequence[ScoredBid]) -> tuple[str, ...]:
    return tuple(row.supplier for row in rows)
