"""How many jobs each measure brings over contracts, as signed and under the edition that replaced a withdrawn one."""

from collections.abc import Mapping
from fractions import Fraction

from tomsapp.dashboards.looked_at import LookedAt
from tomsapp.dashboards.outcomes import PartsOfContract, outcomes_by_measure, parts_today
from tomsapp.domain.jobs import MeasureJobs


def outcomes_of_today(at: LookedAt) -> dict[int, PartsOfContract]:
    """What brings the jobs of each contract whose edition was replaced by one that counts them otherwise."""
    replaced = {place: contract for place in at.standings if (contract := at.cube.contracts[place]).replaced_by}
    found: dict[int, PartsOfContract] = {}
    for place, signed in at.outcomes.parts_of(replaced).items():
        contract = replaced[place]
        today = parts_today(contract, signed, at.standings[place].told)
        if today.total(contract.length) != signed.total(contract.length):
            found[place] = today
    return found


def jobs_by_measure(at: LookedAt, today: Mapping[int, PartsOfContract]) -> dict[int, MeasureJobs]:
    """What each measure brings, by its place in the cube; together it is what the contracts bring."""
    signed, left_out = at.outcomes.by_measure(), at.outcomes.left_out_by_measure()
    later = signed
    if today:
        later = at.outcomes.of_contracts(~at.cube.mask_of(today)).by_measure()
        anew = outcomes_by_measure((own, at.cube.contracts[place].length) for place, own in today.items())
        later = {number: later.get(number, _NONE) + anew.get(number, _NONE) for number in {*later, *anew}}
    return {
        number: MeasureJobs(signed.get(number, _NONE), later.get(number, _NONE), left_out.get(number, _NONE))
        for number in {*signed, *later, *left_out}
    }


_NONE = Fraction(0)
