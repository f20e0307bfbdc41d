"""An offer: what a supplier promises in one contract under one menu edition, as it travels in a file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from tomsapp.domain.area import Area
from tomsapp.domain.bulk import value_to_check
from tomsapp.domain.checks.clashes import blocked_commitments
from tomsapp.domain.checks.declared import declared_pairs, same_pairs
from tomsapp.domain.checks.findings import found
from tomsapp.domain.checks.registry import check_offer
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract import Contract
from tomsapp.domain.contract_dates import ContractError
from tomsapp.domain.limits import TenderLimits
from tomsapp.domain.menu import MenuEdition, Pair
from tomsapp.domain.policy import Policy, PolicyCheck, check_policy
from tomsapp.domain.problems import Answer, Problem, Severity, Where, has_errors
from tomsapp.domain.valuation import NOTHING, Valuation, valuation_of, value_contract


@dataclass(frozen=True, slots=True)
class Offer:
    """The commitments of one supplier for one contract, with the answers given to warnings."""

    contract: Contract
    commitments: tuple[Commitment, ...]
    answers: Mapping[str, Answer] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an offer is held against beside its menu edition: rules, area, the tender's limits and other bids.

    `medians` gives the median quantity of the other bids for each measure code, where there are other bids.
    `declared` gives the pairs of measures that were declared to be different under another edition of the menu.
    """

    policy: Policy | None = None
    area: Area | None = None
    limits: TenderLimits = field(default_factory=TenderLimits)
    medians: Mapping[str, Decimal] = field(default_factory=dict)
    declared: frozenset[Pair] = frozenset()


@dataclass(frozen=True, slots=True)
class CheckedOffer:
    """An offer valued and checked: the figures, the policy checks and every Problem.

    Attributes:
        valuation: what is claimed, every line of it.
        admissible: what can be counted: the lines without errors. The policy checks rest on it.
        inadmissible: the keys of the commitments that have errors.
    """

    offer: Offer
    valuation: Valuation
    policy_checks: tuple[PolicyCheck, ...]
    problems: tuple[Problem, ...]
    admissible: Valuation
    inadmissible: frozenset[str] = frozenset()

    @property
    def has_errors(self) -> bool:
        """Whether it cannot be submitted."""
        return has_errors(self.problems)

    @property
    def open_problems(self) -> tuple[Problem, ...]:
        """Errors and unanswered warnings."""
        return tuple(problem for problem in self.problems if problem.is_open)


def value_offer(
    offer: Offer, edition: MenuEdition, surroundings: Surroundings, further: Iterable[Problem] = ()
) -> CheckedOffer:
    """Value and check an offer; Problems are part of the result, never raised.

    `further` are Problems that were found beside the checks of every offer.
    """
    try:
        valuation = value_contract(offer.contract, edition, offer.commitments)
    except ContractError as error:
        return _without_years(offer, edition, error)
    return check_valued(offer, valuation, surroundings, further)


@dataclass(frozen=True, slots=True)
class FoundProblems:
    """What the checks find in an offer, and the keys of the commitments that count nowhere until put right."""

    problems: tuple[Problem, ...]
    inadmissible: frozenset[str] = frozenset()


def find_problems(offer: Offer, edition: MenuEdition, surroundings: Surroundings) -> FoundProblems:
    """The Problems of an offer as `value_offer` finds them, for thousands: words when asked for, no policy checks."""
    try:
        valuation = value_to_check(offer.contract, edition, offer.commitments)
    except ContractError as error:
        return FoundProblems(_without_years(offer, edition, error).problems)
    problems = _problems_of(offer, valuation, surroundings)
    return FoundProblems(problems, inadmissible_commitments(valuation, problems))


def check_valued(
    offer: Offer, valuation: Valuation, surroundings: Surroundings, further: Iterable[Problem] = ()
) -> CheckedOffer:
    """Check an offer whose lines are valued already, and tell what is claimed from what can be counted.

    `further` are as `value_offer` has them.
    """
    valuation = with_declarations(valuation, offer.answers, surroundings.declared)
    problems = (*_problems_of(offer, valuation, surroundings), *further)
    return checked_with(offer, valuation, problems, surroundings.policy, surroundings.declared)


def _problems_of(offer: Offer, valuation: Valuation, surroundings: Surroundings) -> tuple[Problem, ...]:
    return check_offer(
        valuation,
        offer.commitments,
        answers=offer.answers,
        policy=surroundings.policy,
        area=surroundings.area,
        limits=surroundings.limits,
        medians=surroundings.medians,
    )


def with_declarations(
    valuation: Valuation, answers: Mapping[str, Answer], before: frozenset[Pair] = frozenset()
) -> Valuation:
    """The valuation with people told apart, or known to be the same, where that is answered in writing.

    `before` are pairs that were declared under another edition.
    """
    declared = declared_pairs(valuation, answers) | before
    same = same_pairs(valuation, answers)
    if not declared and not same:
        return valuation
    return valuation_of(valuation.contract, valuation.edition, valuation.lines, declared, same)


def checked_with(
    offer: Offer,
    valuation: Valuation,
    problems: tuple[Problem, ...],
    policy: Policy | None,
    declared: frozenset[Pair] = frozenset(),
) -> CheckedOffer:
    """An offer with Problems that are known: what of it can be counted, and how that stands against the rules.

    `declared` are pairs that were declared to be different under another edition.
    """
    inadmissible = inadmissible_commitments(valuation, problems)
    admissible = _admissible(offer, valuation, inadmissible, declared)
    checks = check_policy(admissible, policy, has_errors=has_errors(problems)) if policy else ()
    return CheckedOffer(offer, valuation, checks, problems, admissible, inadmissible)


def inadmissible_commitments(valuation: Valuation, problems: Iterable[Problem]) -> frozenset[str]:
    """The commitments that count nowhere as admitted: those with an error, and every side of a clash that blocks."""
    wrong = {
        problem.where.commitment
        for problem in problems
        if problem.severity is Severity.ERROR and problem.where.commitment
    }
    return frozenset(wrong) | blocked_commitments(valuation)


def _admissible(offer: Offer, valuation: Valuation, inadmissible: frozenset[str], before: frozenset[Pair]) -> Valuation:
    if not inadmissible:
        return valuation
    lines = tuple(line for line in valuation.lines if line.commitment.key not in inadmissible)
    left = valuation_of(valuation.contract, valuation.edition, lines)
    declared = declared_pairs(left, offer.answers) | declared_pairs(valuation, offer.answers) | before
    same = same_pairs(left, offer.answers) | same_pairs(valuation, offer.answers)
    if not declared and not same:
        return left
    return valuation_of(valuation.contract, valuation.edition, lines, declared, same)


def _without_years(offer: Offer, edition: MenuEdition, error: ContractError) -> CheckedOffer:
    """An offer whose contract dates make no years: nothing is valued until they are put right."""
    problem = found("contract-dates", error.message, error.fix, Where(field="end_on"))
    nothing = Valuation(offer.contract, edition, (), NOTHING, NOTHING, Fraction(0))
    return CheckedOffer(offer, nothing, (), (problem,), nothing)
