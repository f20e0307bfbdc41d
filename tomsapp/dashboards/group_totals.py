"""The totals of drafts and of agreed contracts, each with what of it cannot be admitted and what it is today."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tomsapp.dashboards.exact import sum_exact
from tomsapp.dashboards.looked_at import LookedAt, changed_pounds
from tomsapp.dashboards.outcomes import PartsOfContract
from tomsapp.dashboards.policy_counts import PolicySummary
from tomsapp.domain.jobs import job_caveats_together
from tomsapp.domain.portfolio import Group, GroupTotals, PartOfGroup
from tomsapp.domain.value_factor import pounds_of


@dataclass(frozen=True, slots=True)
class _Sums:
    """Sums over rows, in pence; `claimed` and `today` of the same contracts."""

    commitments: int
    social_value: int
    real_pounds: int
    forecast: int
    claimed: int
    claimed_commitments: int
    today: int | None


def group_totals(
    at: LookedAt, today: Mapping[int, PartsOfContract], policies: Mapping[Group, PolicySummary]
) -> tuple[GroupTotals, ...]:
    """Agreed contracts and drafts apart, in this order; a group without a contract is left out."""
    return tuple(_totals(at, group, own, today, policies.get(group)) for group, own in at.members.items())


def outcomes_anew(at: LookedAt, places: Collection[int], today: Mapping[int, PartsOfContract]) -> Fraction | None:
    """The employment outcomes of some contracts where the editions that replaced withdrawn ones rule.

    None where they are the same.
    """
    own = [place for place in places if place in today]
    if not own:
        return None
    cube = at.cube
    anew = sum_exact(today[place].total(cube.contracts[place].length) for place in own)
    change = anew - at.outcomes.of_contracts(cube.mask_of(own)).total()
    return at.outcomes.of_contracts(cube.mask_of(places)).total() + change if change else None


def _totals(
    at: LookedAt,
    group: Group,
    own: Sequence[int],
    today: Mapping[int, PartsOfContract],
    policy: PolicySummary | None,
) -> GroupTotals:
    sums, outcomes = _sums_of(at, own), at.outcomes.of_contracts(at.cube.mask_of(own))
    return GroupTotals(
        group,
        contracts=len(own),
        commitments=sums.commitments,
        contract_value=_value(at, own),
        social_value=pounds_of(sums.social_value),
        claimed_value=pounds_of(sums.claimed),
        real_pounds=pounds_of(sums.real_pounds),
        employment_outcomes=outcomes.total(),
        left_out=sums.claimed_commitments - sums.commitments,
        forecast_value=pounds_of(sums.forecast),
        policy=policy.counts if policy is not None else (),
        outcomes_left_out=outcomes.left_out(),
        value_today=changed_pounds(sums.social_value, sums.today),
        outcomes_today=outcomes_anew(at, own, today),
        not_admitted=_not_admitted(at, at.not_admissible(own)),
        job_caveats=job_caveats_together(at.job_caveats[place] for place in own if place in at.job_caveats),
    )


def _value(at: LookedAt, places: Collection[int]) -> Decimal:
    """What the contracts are worth together, in pounds."""
    return pounds_of(int(at.cube.value_pence[at.cube.mask_of(places)].sum()))


def _not_admitted(at: LookedAt, wrong: Collection[int]) -> PartOfGroup | None:
    if not wrong:
        return None
    sums = _sums_of(at, wrong)
    return PartOfGroup(
        len(wrong),
        _value(at, wrong),
        pounds_of(sums.social_value),
        pounds_of(sums.real_pounds),
        at.outcomes.of_contracts(at.cube.mask_of(wrong)).total(),
    )


def _sums_of(at: LookedAt, places: Collection[int]) -> _Sums:
    """The sums of the lines of some contracts."""
    mask = at.cube.mask_of(places)
    social, real, commitments, today = at.sums.contract.of(mask)
    claimed, _, claimed_commitments, _ = at.claimed_sums.contract.of(mask)
    forecast = int(at.sums.forecast[:-1][mask].sum())
    return _Sums(commitments, social, real, forecast, claimed, claimed_commitments, today)
