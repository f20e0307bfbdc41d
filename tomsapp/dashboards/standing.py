"""How each contract as a whole stands against the council's policy rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from tomsapp.dashboards.exact import whole_numbers
from tomsapp.dashboards.facts import PortfolioContract, PortfolioMeasure
from tomsapp.dashboards.valuing import QUANTITY_PLACES
from tomsapp.domain.contract import Contract
from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.money import SHARE_PLACES, round_pounds
from tomsapp.domain.policy import Policy, PolicyResult, RuleKind, RuleStanding, policy_standings
from tomsapp.domain.units import Unit
from tomsapp.domain.valuation import Valuation, pounds_of
from tomsapp.domain.wording import format_exact, format_percent, format_pounds

_SCALE = 10 ** (QUANTITY_PLACES + SHARE_PLACES)


@dataclass(frozen=True, slots=True)
class Standing:
    """A whole contract's figures in pence, its employment outcomes, and its policy checks.

    Attributes:
        reasons: in what it falls short, a sentence each.
        short_by: the pounds that are missing from its minimum.
    """

    social_value: int
    real_pounds: int
    employment_outcomes: Fraction
    checks: tuple[RuleStanding, ...]
    reasons: tuple[str, ...] = ()
    short_by: Fraction = Fraction(0)


def standings_of(
    contracts: Sequence[PortfolioContract],
    measures: Sequence[PortfolioMeasure],
    shares: Sequence[int],
    frame: pd.DataFrame,
    policy: Policy | None,
) -> list[Standing]:
    """The standing of each contract; one without an edition is held against no rule."""
    totals = frame[["social_value", "real_pounds"]].groupby(frame["contract"].to_numpy()).sum()
    social = dict(zip(totals.index.tolist(), totals["social_value"].tolist(), strict=True))
    real = dict(zip(totals.index.tolist(), totals["real_pounds"].tolist(), strict=True))
    outcomes = outcomes_by_contract(contracts, measures, shares, frame)
    return [
        _standing(contract, social.get(place, 0), real.get(place, 0), outcomes.get(place, Fraction(0)), policy)
        for place, contract in enumerate(contracts)
    ]


def _standing(
    contract: PortfolioContract, social: int, real: int, outcomes: Fraction, policy: Policy | None
) -> Standing:
    checks: tuple[RuleStanding, ...] = ()
    if policy is not None and contract.edition is not None:
        checks = policy_standings(_as_valuation(contract, contract.edition, social, real, outcomes), policy)
    short = [check for check in checks if check.result is PolicyResult.SHORT]
    pounds = sum((check.shortfall for check in short if check.rule.kind is RuleKind.MINIMUM_SHARE), Fraction(0))
    return Standing(social, real, outcomes, checks, tuple(map(_short_words, short)), pounds)


def _short_words(check: RuleStanding) -> str:
    if check.rule.kind is RuleKind.MINIMUM_SHARE:
        share = format_percent(check.rule.share)
        return f"Short by {format_pounds(round_pounds(check.shortfall))} of the {share} minimum"
    number = format_exact(check.shortfall, 2)
    return f"Short by {number} employment {'outcome' if check.shortfall == 1 else 'outcomes'}"


def _as_valuation(
    contract: PortfolioContract, edition: MenuEdition, social: int, real: int, outcomes: Fraction
) -> Valuation:
    """The totals as the policy rules read them; no rule looks at single lines."""
    facts = Contract(contract.reference, contract.value, contract.start_on, contract.end_on)
    return Valuation(facts, edition, (), pounds_of(social), pounds_of(real), outcomes)


def outcomes_by_contract(
    contracts: Sequence[PortfolioContract],
    measures: Sequence[PortfolioMeasure],
    shares: Sequence[int],
    frame: pd.DataFrame,
) -> dict[int, Fraction]:
    """Employment outcomes of each contract's rows, as `valuation.employment_outcomes` counts them, exact.

    The sums run over quantity × share in whole numbers; full-time years are divided by the contract's years at the end.
    """
    weights = [Fraction(each.measure.employment_outcome) for each in measures]
    scale = _common_denominator(weights)
    whole = [int(weight * scale) for weight in weights]
    in_years = [each.measure.unit is Unit.FTE_YEARS for each in measures]
    counting = whole_numbers(whole)[frame["measure"].to_numpy()] != 0 if whole else frame["measure"].to_numpy() > 0
    chosen = frame[counting]
    jobs: dict[int, int] = {}
    job_years: dict[int, int] = {}
    columns = (chosen[name].tolist() for name in ("contract", "measure", "share", "quantity"))
    for contract, measure, share, quantity in zip(*columns, strict=True):
        sums = job_years if in_years[measure] else jobs
        sums[contract] = sums.get(contract, 0) + quantity * shares[share] * whole[measure]
    found = {contract: Fraction(amount, _SCALE * scale) for contract, amount in jobs.items()}
    for contract, amount in job_years.items():
        share_of_year = Fraction(amount, _SCALE * scale * contracts[contract].years)
        found[contract] = found.get(contract, Fraction(0)) + share_of_year
    return found


def _common_denominator(numbers: Sequence[Fraction]) -> int:
    common = 1
    for number in numbers:
        common *= (Fraction(common) * number).denominator
    return common
