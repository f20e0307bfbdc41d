"""The bids of a lot that trials can change, and who wins when they do."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from tomsapp.domain.menu import Measure
from tomsapp.domain.money import PENNY_PLACES, from_scaled, to_scaled
from tomsapp.domain.tender.admission import NotAdmitted
from tomsapp.domain.tender.evaluating import Evaluated, bid_to_score
from tomsapp.domain.tender.scoring import Evaluation, score_bids
from tomsapp.domain.tender.scoring_rules import BidToScore, ScoringRules, missing_of
from tomsapp.domain.tender.trial_bid import UNIT_PLACES, TrialBid, UnitValues
from tomsapp.domain.tender.whole_scores import WholeScores
from tomsapp.domain.valuation import LineValue


class TrialField:
    """The bids, each by its number in `bids`, with what they are worth and who of them is admitted.

    Attributes:
        out: who stays out of every trial: whoever has no offer, is excluded, or is not admitted and not marked.
        pence: what each bid is worth.
        admitted: the numbers of those that are admitted.
        winners: the numbers of those that win.
    """

    def __init__(self, evaluated: Evaluated) -> None:
        given = evaluated.given
        self.rules = given.rules
        self.edition = given.edition
        prepared = [TrialBid(bid, bid.checked, given) for bid in given.bids if bid.checked is not None]
        self.bids = tuple(bid for bid in prepared if not bid.is_kept_out and not _lacks(given.rules, bid))
        kept = {bid.bid.key for bid in self.bids}
        self.out = tuple(bid.supplier for bid in given.bids if bid.key not in kept)
        self.pence = tuple(bid.pence for bid in self.bids)
        self._reasons = tuple(bid.reasons_at(bid.pence) for bid in self.bids)
        self.admitted = _numbers(self._reasons)
        self.scores = self.scores_of(self.rules)
        self.winners = self.scores.winners(self.pence, self.admitted)
        self.measures = tuple(code for code in self.edition.places if any(code in bid.terms for bid in self.bids))
        """The measures with a value of which any bid has something that counts, in the menu's order."""

    @cached_property
    def least_pence(self) -> tuple[int | None, ...]:
        """From how many pence on each bid is admitted; None where it is not, however much it is worth."""
        return tuple(bid.least_pence() for bid in self.bids)

    def scores_of(self, rules: ScoringRules) -> WholeScores:
        """The scores under these rules."""
        return WholeScores(rules, [_to_score(bid, bid.pence, ()) for bid in self.bids])

    def measure(self, code: str) -> Measure:
        """The measure of this code."""
        return self.edition.places[code].measure

    def with_unit_values(self, changed: Mapping[str, UnitValues]) -> list[int]:
        """What each bid is worth when the unit values of some measures are others."""
        pence = list(self.pence)
        for code, unit_values in changed.items():
            now = unit_values_of(self.measure(code))
            for number, bid in enumerate(self.bids):
                if code in bid.terms:
                    pence[number] += bid.worth(code, unit_values) - bid.worth(code, now)
        return pence

    def reasons(self, pence: Sequence[int]) -> list[tuple[NotAdmitted, ...]]:
        """Why each bid is not admitted where they are worth so much."""
        return [
            own if worth == bid.pence else bid.reasons_at(worth)
            for bid, own, worth in zip(self.bids, self._reasons, pence, strict=True)
        ]

    def without(self, number: int, line: LineValue) -> tuple[list[int], list[tuple[NotAdmitted, ...]]]:
        """What each bid is worth, and why it is not admitted, when one of them has one line less."""
        pence, reasons = list(self.pence), list(self._reasons)
        pence[number], reasons[number] = self.bids[number].without(line)
        return pence, reasons

    def winners_of(self, pence: Sequence[int], reasons: Sequence[tuple[NotAdmitted, ...]]) -> tuple[int, ...]:
        """Who wins where the bids are worth so much, and are not admitted for these reasons."""
        return self.scores.winners(pence, _numbers(reasons))

    def evaluation(
        self,
        pence: Sequence[int],
        reasons: Sequence[tuple[NotAdmitted, ...]] | None = None,
        rules: ScoringRules | None = None,
    ) -> Evaluation:
        """The whole table of a trial."""
        told = self._reasons if reasons is None else reasons
        bids = [_to_score(*each) for each in zip(self.bids, pence, told, strict=True)]
        return score_bids(rules or self.rules, bids)

    def names(self, numbers: Iterable[int]) -> tuple[str, ...]:
        """The suppliers of some bids."""
        return tuple(self.bids[number].bid.supplier for number in numbers)


def unit_values_of(measure: Measure) -> UnitValues:
    """The unit values of a measure as they are."""
    return {each.year: to_scaled(each.value, UNIT_PLACES) for each in measure.unit_values}


def _to_score(bid: TrialBid, pence: int, reasons: tuple[NotAdmitted, ...]) -> BidToScore:
    return bid_to_score(bid.bid, from_scaled(pence, PENNY_PLACES), reasons)


def _lacks(rules: ScoringRules, bid: TrialBid) -> bool:
    """Whether it could not be ranked if it were admitted."""
    return bool(missing_of(rules, _to_score(bid, bid.pence, ())))


def _numbers(reasons: Sequence[tuple[NotAdmitted, ...]]) -> tuple[int, ...]:
    """The numbers of the bids that nothing keeps out."""
    return tuple(number for number, own in enumerate(reasons) if not own)
