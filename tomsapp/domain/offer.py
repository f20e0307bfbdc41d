"""An offer: what a supplier promises in one contract under one menu edition, as it travels in a file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from tomsapp.domain.area import Area
from tomsapp.domain.checks import check_offer
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract import Contract, ContractError
from tomsapp.domain.limits import TenderLimits
from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.policy import Policy, PolicyCheck, check_policy
from tomsapp.domain.problems import Answer, Problem, Severity, Where, has_errors
from tomsapp.domain.valuation import NOTHING, Valuation, value_contract


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
    """

    policy: Policy | None = None
    area: Area | None = None
    limits: TenderLimits = field(default_factory=TenderLimits)
    medians: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CheckedOffer:
    """An offer valued and checked: the figures, the policy checks and every Problem."""

    offer: Offer
    valuation: Valuation
    policy_checks: tuple[PolicyCheck, ...]
    problems: tuple[Problem, ...]

    @property
    def has_errors(self) -> bool:
        """Whether it cannot be submitted."""
        return has_errors(self.problems)

    @property
    def open_problems(self) -> tuple[Problem, ...]:
        """Errors and unanswered warnings."""
        return tuple(problem for problem in self.problems if problem.is_open)


def value_offer(offer: Offer, edition: MenuEdition, surroundings: Surroundings) -> CheckedOffer:
    """Value and check an offer; Problems are part of the result, never raised."""
    try:
        valuation = value_contract(offer.contract, edition, offer.commitments)
    except ContractError as error:
        return _without_years(offer, edition, error)
    checks = check_policy(valuation, surroundings.policy) if surroundings.policy else ()
    problems = check_offer(
        valuation,
        offer.commitments,
        answers=offer.answers,
        policy=surroundings.policy,
        area=surroundings.area,
        limits=surroundings.limits,
        medians=surroundings.medians,
    )
    return CheckedOffer(offer, valuation, checks, problems)


def _without_years(offer: Offer, edition: MenuEdition, error: ContractError) -> CheckedOffer:
    """An offer whose contract dates make no years: nothing is valued until they are put right."""
    problem = Problem(
        "contract-dates", Severity.ERROR, error.message, error.fix, Where(field="end_on"), key="contract-dates"
    )
    return CheckedOffer(offer, Valuation(offer.contract, edition, (), NOTHING, NOTHING, Fraction(0)), (), (problem,))
