"""What a contract is worth while its commitments are being typed: shown at once, checked right after."""

from collections.abc import Sequence

from tomsapp.domain.checks.answering import answered
from tomsapp.domain.checks.registry import line_problems
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.offer import CheckedOffer, Offer, checked_with, value_offer, with_declarations
from tomsapp.domain.problems import Problem
from tomsapp.domain.valuation import Valuation, valuation_of, value_commitment
from tomsapp.services.contracts import OpenContract


def revalue(opened: OpenContract, shown: CheckedOffer, commitments: Sequence[Commitment]) -> CheckedOffer:
    """The figures and policy checks with `commitments` in place of those shown; only lines that differ are valued.

    Each changed line is checked by itself. The other Problems stay as they were shown until `check_again`.
    """
    valuation = _revalued(opened, shown.valuation, commitments)
    before = {commitment.key: commitment for commitment in shown.offer.commitments}
    changed = [commitment for commitment in commitments if before.get(commitment.key) != commitment]
    problems = _problems_of(opened, shown, valuation, commitments, changed)
    offer = Offer(opened.contract, tuple(commitments), opened.answers)
    return checked_with(offer, valuation, problems, opened.surroundings.policy)


def check_again(opened: OpenContract, commitments: Sequence[Commitment]) -> CheckedOffer:
    """Every figure and every Problem from scratch; pure, so it can run in any thread."""
    offer = Offer(opened.contract, tuple(commitments), opened.answers)
    return value_offer(offer, opened.edition, opened.surroundings)


def _revalued(opened: OpenContract, shown: Valuation, commitments: Sequence[Commitment]) -> Valuation:
    known = {line.commitment.key: line for line in shown.lines}
    contract, edition, lines = opened.contract, opened.edition, []
    for commitment in commitments:
        place = edition.places.get(commitment.measure)
        if place is None:
            continue
        line = known.get(commitment.key)
        if line is None or line.commitment != commitment:
            line = value_commitment(commitment, place, contract, edition.discount_rate)
        lines.append(line)
    return with_declarations(valuation_of(contract, edition, tuple(lines)), opened.answers)


def _problems_of(
    opened: OpenContract,
    shown: CheckedOffer,
    valuation: Valuation,
    commitments: Sequence[Commitment],
    changed: Sequence[Commitment],
) -> tuple[Problem, ...]:
    there = {commitment.key for commitment in commitments} | {""}
    anew = {commitment.key for commitment in changed}
    kept = [p for p in shown.problems if p.where.commitment in there - anew]
    for commitment in changed:
        kept += line_problems(commitment, valuation, opened.surroundings.area)
    return answered(kept, valuation, opened.answers)
