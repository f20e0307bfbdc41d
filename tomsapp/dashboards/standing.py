"""How each contract as a whole stands against the council's policy rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

import numpy as np
import pandas as pd

from tomsapp.dashboards.exact import sums_by
from tomsapp.dashboards.facts import PortfolioContract, PortfolioMeasure
from tomsapp.dashboards.outcome_columns import OutcomeColumns, outcome_columns
from tomsapp.dashboards.outcomes import NOTHING_TOLD, Declarations, Outcomes, Told, commitments_left
from tomsapp.domain.people import both_numbers
from tomsapp.domain.policy import PolicyResult, RulesOfDay, RuleStanding
from tomsapp.domain.rules.minimum_share import MINIMUM_SHARE
from tomsapp.domain.rules.rule import Demand, Promise, RuleUnit, pence_of, pence_or_none

_NO_OUTCOMES = Outcomes()


@dataclass(frozen=True, slots=True)
class Standing:
    """A whole contract's figures in pence, its employment outcomes, and its policy checks.

    Attributes:
        outcomes: jobs, the same people counted once.
        told: what is answered of its people.
        reasons: in what it falls short, a sentence each.
        short_by: the pounds that are missing from its minimum.
        on_forecast: by the rule's code what is missing without what rests on a forecast of spend, where it is enough
            with it.
    """

    social_value: int
    real_pounds: int
    outcomes: Outcomes
    checks: tuple[RuleStanding, ...]
    told: Told = NOTHING_TOLD
    reasons: tuple[str, ...] = ()
    short_by: Fraction = Fraction(0)
    on_forecast: Mapping[str, Fraction] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a cube with what their columns stand for, and what was declared of their people."""

    frame: pd.DataFrame
    measures: Sequence[PortfolioMeasure]
    shares: Sequence[int]
    declarations: Declarations


def outcomes_of_lines(
    contracts: Mapping[int, PortfolioContract], lines: Lines, *, has_errors: bool = False
) -> OutcomeColumns:
    """What the lines of these contracts bring in employment outcomes; with `has_errors` they are what is left."""
    return outcome_columns(
        contracts, lines.measures, lines.shares, lines.frame, _told(contracts, lines, has_errors=has_errors)
    )


def _told(contracts: Mapping[int, PortfolioContract], lines: Lines, *, has_errors: bool) -> dict[int, Told]:
    """What is answered of the people of the contracts of which anything is."""
    answered = [place for place in lines.declarations.answers if place in contracts]
    left = commitments_left(lines.frame) if has_errors and answered else {}
    found = {}
    for place in answered:
        rest = left.get(place, set()) if has_errors else None
        if told := lines.declarations.told_of(place, contracts[place], rest):
            found[place] = told
    return found


def standings_of(
    contracts: Mapping[int, PortfolioContract],
    lines: Lines,
    brought: OutcomeColumns | None = None,
    *,
    has_errors: bool = False,
) -> dict[int, Standing]:
    """The standing of each contract, by its place; one without an edition is held against no rule.

    `brought` are the employment outcomes of the lines, where they are known. With `has_errors` the lines are what is
    left of contracts with errors, whose promise is never enough.
    """
    owners, size = lines.frame["contract"].to_numpy(), max(contracts, default=-1) + 1
    social, real = (sums_by(owners, lines.frame[name].to_numpy(), size) for name in ("social_value", "real_pounds"))
    told = _told(contracts, lines, has_errors=has_errors)
    outcomes = (brought or outcomes_of_lines(contracts, lines, has_errors=has_errors)).by_contract()
    found: dict[int, Standing] = {}
    rules: dict[tuple[int, date], RulesOfDay] = {}
    for place, contract in contracts.items():
        held = id(contract.policy), contract.start_on
        if contract.policy is not None and held not in rules:
            rules[held] = RulesOfDay(contract.policy, contract.start_on)
        found[place] = _standing(
            contract,
            (social[place], real[place]),
            outcomes.get(place, _NO_OUTCOMES),
            rules.get(held),
            has_errors=has_errors,
        )
        if place in told:
            found[place] = replace(found[place], told=told[place])
    return found | _resting_on_forecast(found, contracts, lines, has_errors=has_errors)


def _resting_on_forecast(
    standings: Mapping[int, Standing], contracts: Mapping[int, PortfolioContract], lines: Lines, *, has_errors: bool
) -> dict[int, Standing]:
    """Those of the standings that turn over without what rests on a forecast of spend."""
    forecast = lines.frame["forecast"].to_numpy()
    if not forecast.any():
        return {}
    owners = lines.frame["contract"].to_numpy()
    touched = [place for place in np.unique(owners[forecast]).tolist() if place in contracts]
    sure = replace(lines, frame=lines.frame[np.isin(owners, touched) & ~forecast])
    without = standings_of({place: contracts[place] for place in touched}, sure, has_errors=has_errors)
    return {place: _with_forecast(standings[place], without[place]) for place in touched}


def _with_forecast(standing: Standing, without: Standing) -> Standing:
    turned = [
        sure
        for check, sure in zip(standing.checks, without.checks, strict=True)
        if check.result is PolicyResult.MET and sure.result is PolicyResult.SHORT
    ]
    reasons = tuple(
        f"Enough only with the forecast: short by {kind.missing(check.rule, check.shortfall)} without it"
        for check in turned
        if isinstance(kind := check.rule.kind, Demand)
    )
    return replace(
        standing,
        reasons=(*standing.reasons, *reasons),
        on_forecast={check.rule.code: check.shortfall for check in turned},
    )


def _standing(
    contract: PortfolioContract,
    figures: tuple[int, int],
    outcomes: Outcomes,
    rules: RulesOfDay | None,
    *,
    has_errors: bool,
) -> Standing:
    checks: tuple[RuleStanding, ...] = ()
    if contract.edition is not None and rules is not None:
        promise = Promise(
            pence_of(contract.value), *figures, outcomes.total, value_with_vat=pence_or_none(contract.value_with_vat)
        )
        checks = rules.standings(promise, has_errors=has_errors)
    short = [check for check in checks if check.result is PolicyResult.SHORT]
    pounds = sum((check.shortfall for check in short if check.rule.kind is MINIMUM_SHARE), Fraction(0))
    reasons = tuple(
        f"Short by {kind.missing(check.rule, check.shortfall)}{_both_numbers(check, outcomes)}"
        for check in short
        if isinstance(kind := check.rule.kind, Demand)
    )
    return Standing(*figures, outcomes, checks, reasons=reasons, short_by=pounds)


def _both_numbers(check: RuleStanding, outcomes: Outcomes) -> str:
    """How many jobs are asked for and promised; of pounds the rule itself says so."""
    if check.rule.kind.unit is not RuleUnit.OUTCOMES:
        return ""
    asked = f"{RuleUnit.OUTCOMES.words(check.needed)} asked for"
    promised = both_numbers(check.committed, outcomes.left_out, some_same=outcomes.some_same)
    return f" ({asked}; {promised})" if outcomes.left_out else f" ({asked}, {promised} promised)"
