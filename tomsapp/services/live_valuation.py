"""What a contract is worth while its commitments are being typed: shown at once, checked right after."""

from collections.abc import Collection, Sequence

from tomsapp.domain.checks.answering import answered
from tomsapp.domain.checks.registry import OF_ONE_LINE, line_problems
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.offer import CheckedOffer, Offer, check_valued, checked_with, value_offer, with_declarations
from tomsapp.domain.problems import Problem, Severity
from tomsapp.domain.valuation import Valuation, valuation_of, value_commitment
from tomsapp.services.contracts import OpenContract


def revalue(opened: OpenContract, shown: CheckedOffer, commitments: Sequence[Commitment]) -> CheckedOffer:
    """The figures and policy checks with `commitments` in place of those shown; only lines that differ are valued.

    Each changed line is checked by itself. The other Problems stay as they were shown until `check_again`, so that no
    row goes and comes back; only an error of a changed line goes at once, because it holds the figures back.
    """
    valuation = _revalued(opened, shown.valuation, commitments)
    before = {commitment.key: commitment for commitment in shown.offer.commitments}
    changed = [commitment for commitment in commitments if before.get(commitment.key) != commitment]
    problems = _problems_of(opened, shown, valuation, commitments, changed)
    offer = Offer(opened.contract, tuple(commitments), opened.answers)
    return checked_with(offer, valuation, problems, opened.surroundings.policy)


def check_again(opened: OpenContract, shown: CheckedOffer) -> CheckedOffer:
    """Every Problem anew, of the lines as they are valued already; pure, so it can run in any thread."""
    if not shown.valuation.lines:
        # Nothing is valued where the contract's dates make no years, which is a Problem too.
        return value_offer(shown.offer, opened.edition, opened.surroundings)
    return check_valued(shown.offer, shown.valuation, opened.surroundings)


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
    kept = [p for p in shown.problems if p.where.commitment in there and not _is_past(p, anew)]
    for commitment in changed:
        kept += line_problems(commitment, valuation, opened.surroundings.area)
    return answered(kept, valuation, opened.answers)


def _is_past(problem: Problem, changed: Collection[str]) -> bool:
    """Whether a Problem is found anew for a changed line by itself, or is an error of it."""
    is_own = problem.code in OF_ONE_LINE or problem.severity is Severity.ERROR
    return is_own and problem.where.commitment in changed
