"""How each contract as a whole stands against the council's policy rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from tomsapp.dashboards.facts import PortfolioContract, PortfolioMeasure
from tomsapp.dashboards.outcomes import Declarations, Part, claimed_codes, outcome_parts, total_outcomes
from tomsapp.domain.contract import Contract
from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.policy import PolicyResult, RuleStanding, policy_standings
from tomsapp.domain.rules.minimum_share import MINIMUM_SHARE
from tomsapp.domain.rules.rule import Demand
from tomsapp.domain.valuation import Valuation, pounds_of


@dataclass(frozen=True, slots=True)
class Standing:
    """A whole contract's figures in pence, its employment outcomes, and its policy checks.

    Attributes:
        employment_outcomes: jobs, the same people counted once.
        parts: what they are the sum of.
        declared: the exclusion groups whose people are declared to be different.
        reasons: in what it falls short, a sentence each.
        short_by: the pounds that are missing from its minimum.
    """

    social_value: int
    real_pounds: int
    employment_outcomes: Fraction
    checks: tuple[RuleStanding, ...]
    parts: tuple[Part, ...] = ()
    declared: frozenset[str] = frozenset()
    reasons: tuple[str, ...] = ()
    short_by: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a cube with what their columns stand for, and what was declared of their people."""

    frame: pd.DataFrame
    measures: Sequence[PortfolioMeasure]
    shares: Sequence[int]
    declarations: Declarations


def standings_of(
    contracts: Mapping[int, PortfolioContract], lines: Lines, *, has_errors: bool = False
) -> dict[int, Standing]:
    """The standing of each contract, by its place; one without an edition is held against no rule.

    With `has_errors` the lines are what is left of contracts with errors, whose promise is never enough.
    """
    totals = lines.frame[["social_value", "real_pounds"]].groupby(lines.frame["contract"].to_numpy()).sum()
    social = dict(zip(totals.index.tolist(), totals["social_value"].tolist(), strict=True))
    real = dict(zip(totals.index.tolist(), totals["real_pounds"].tolist(), strict=True))
    parts = outcome_parts(lines.measures, lines.shares, lines.frame)
    left = claimed_codes(lines.frame, lines.measures) if has_errors and lines.declarations.answered else {}
    found: dict[int, Standing] = {}
    for place, contract in contracts.items():
        own = parts.get(place, [])
        declared = _declared(contract, place, lines.declarations, left if has_errors else None) if own else frozenset()
        figures = social.get(place, 0), real.get(place, 0)
        found[place] = _standing(contract, figures, own, declared, has_errors=has_errors)
    return found


def _declared(
    contract: PortfolioContract, place: int, declarations: Declarations, left: Mapping[int, frozenset[str]] | None
) -> frozenset[str]:
    if contract.edition is None:
        return frozenset()
    without = None if left is None else left.get(place, frozenset())
    return declarations.groups_of(place, contract.edition, without)


def _standing(
    contract: PortfolioContract,
    figures: tuple[int, int],
    parts: Sequence[Part],
    declared: frozenset[str],
    *,
    has_errors: bool,
) -> Standing:
    outcomes = Fraction(0)
    checks: tuple[RuleStanding, ...] = ()
    if contract.edition is not None:
        outcomes = total_outcomes(contract.edition, parts, contract.length, declared)
        if contract.policy is not None:
            valuation = _as_valuation(contract, contract.edition, *figures, outcomes)
            checks = policy_standings(valuation, contract.policy, has_errors=has_errors)
    short = [check for check in checks if check.result is PolicyResult.SHORT]
    pounds = sum((check.shortfall for check in short if check.rule.kind is MINIMUM_SHARE), Fraction(0))
    reasons = tuple(
        f"Short by {kind.missing(check.rule, check.shortfall)}"
        for check in short
        if isinstance(kind := check.rule.kind, Demand)
    )
    return Standing(*figures, outcomes, checks, tuple(parts), declared, reasons, pounds)


def _as_valuation(
    contract: PortfolioContract, edition: MenuEdition, social: int, real: int, outcomes: Fraction
) -> Valuation:
    """The totals as the policy rules read them; no rule looks at single lines."""
    facts = Contract(contract.reference, contract.value, contract.start_on, contract.end_on)
    return Valuation(facts, edition, (), pounds_of(social), pounds_of(real), outcomes)
