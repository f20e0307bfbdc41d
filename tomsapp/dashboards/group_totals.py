"""The totals of drafts and of agreed contracts, each with what of it cannot be admitted and what it is today."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from tomsapp.dashboards.counts import first_of_commitment
from tomsapp.dashboards.exact import Column, sum_exact, total_of
from tomsapp.dashboards.looked_at import LookedAt, changed_pounds
from tomsapp.dashboards.outcomes import Outcomes
from tomsapp.dashboards.policy_counts import PolicySummary
from tomsapp.domain.portfolio import Group, GroupTotals, PartOfGroup
from tomsapp.domain.valuation import pounds_of


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
    at: LookedAt,
    outcomes: Mapping[int, Outcomes],
    today: Mapping[int, Outcomes],
    policies: Mapping[Group, PolicySummary],
) -> tuple[GroupTotals, ...]:
    """Agreed contracts and drafts apart, in this order; a group without a contract is left out."""
    members: dict[Group, list[int]] = {group: [] for group in Group}
    for place in at.standings:
        members[Group.of(at.cube.contracts[place].status)].append(place)
    return tuple(
        _totals(at, group, own, {place: outcomes[place] for place in own}, today, policies.get(group))
        for group, own in members.items()
        if own
    )


def outcomes_anew(outcomes: Mapping[int, Outcomes], today: Mapping[int, Outcomes]) -> Fraction | None:
    """The employment outcomes where the editions that replaced withdrawn ones rule; None where they are the same."""
    anew = sum_exact(today.get(place, own).total for place, own in outcomes.items())
    return None if anew == sum_exact(own.total for own in outcomes.values()) else anew


def _totals(
    at: LookedAt,
    group: Group,
    own: Sequence[int],
    outcomes: Mapping[int, Outcomes],
    today: Mapping[int, Outcomes],
    policy: PolicySummary | None,
) -> GroupTotals:
    sums = _sums_of(at, own)
    left_out = (each.left_out_number(at.cube.contracts[place].length) for place, each in outcomes.items())
    return GroupTotals(
        group,
        contracts=len(own),
        commitments=sums.commitments,
        contract_value=pounds_of(sum(at.cube.value_pence[place] for place in own)),
        social_value=pounds_of(sums.social_value),
        claimed_value=pounds_of(sums.claimed),
        real_pounds=pounds_of(sums.real_pounds),
        employment_outcomes=sum_exact(each.total for each in outcomes.values()),
        left_out=sums.claimed_commitments - sums.commitments,
        forecast_value=pounds_of(sums.forecast),
        policy=policy.counts if policy is not None else (),
        outcomes_left_out=sum_exact(left_out),
        value_today=changed_pounds(sums.social_value, sums.today),
        outcomes_today=outcomes_anew(outcomes, today),
        not_admitted=_not_admitted(at, [place for place in own if not at.is_admissible(place)], outcomes),
    )


def _not_admitted(at: LookedAt, wrong: Collection[int], outcomes: Mapping[int, Outcomes]) -> PartOfGroup | None:
    if not wrong:
        return None
    sums = _sums_of(at, wrong)
    return PartOfGroup(
        len(wrong),
        pounds_of(sum(at.cube.value_pence[place] for place in wrong)),
        pounds_of(sums.social_value),
        pounds_of(sums.real_pounds),
        sum_exact(outcomes[place].total for place in wrong),
    )


def _sums_of(at: LookedAt, places: Collection[int]) -> _Sums:
    """The sums over the rows of some contracts."""
    members = np.zeros(len(at.cube.contracts), dtype=bool)
    members[list(places)] = True
    rows, today = at.rows, at.today
    mask = members[rows["contract"].to_numpy()]
    social = rows["social_value"].to_numpy()
    commitments, claimed = _counted(first_of_commitment(rows), mask), total_of(social[mask])
    claimed_commitments = commitments
    if at.claimed is not rows:
        of_claimed = members[at.claimed["contract"].to_numpy()]
        claimed_commitments = _counted(first_of_commitment(at.claimed), of_claimed)
        claimed = total_of(at.claimed["social_value"].to_numpy()[of_claimed])
    return _Sums(
        commitments,
        total_of(social[mask]),
        total_of(rows["real_pounds"].to_numpy()[mask]),
        total_of(social[mask & rows["forecast"].to_numpy()]),
        claimed,
        claimed_commitments,
        None if today is None else total_of(today[mask]),
    )


def _counted(first: Column, mask: Column) -> int:
    return int(first[mask].sum())
