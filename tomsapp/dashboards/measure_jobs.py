"""How many jobs each measure brings over contracts, as signed and under the edition that replaced a withdrawn one."""

from collections.abc import Mapping
from fractions import Fraction

from tomsapp.dashboards.looked_at import LookedAt
from tomsapp.dashboards.outcomes import Outcomes, outcomes_by_measure, outcomes_today
from tomsapp.domain.jobs import MeasureJobs


def outcomes_of_today(at: LookedAt, outcomes: Mapping[int, Outcomes]) -> dict[int, Outcomes]:
    """The employment outcomes of each contract whose jobs the edition which replaced its own counts otherwise."""
    found: dict[int, Outcomes] = {}
    for place, signed in outcomes.items():
        contract = at.cube.contracts[place]
        if contract.replaced_by is not None:
            today = outcomes_today(contract, signed, at.standings[place].declared)
            if today is not None:
                found[place] = today
    return found


def jobs_by_measure(
    at: LookedAt, outcomes: Mapping[int, Outcomes], today: Mapping[int, Outcomes]
) -> dict[int, MeasureJobs]:
    """What each measure brings, by its place in the cube; together it is what the contracts bring."""
    length = {place: at.cube.contracts[place].length for place in outcomes}
    signed = outcomes_by_measure((own.counted, length[place]) for place, own in outcomes.items())
    left_out = outcomes_by_measure((own.not_counted, length[place]) for place, own in outcomes.items())
    later = signed
    if today:
        later = outcomes_by_measure((own.counted, length[place]) for place, own in ({**outcomes, **today}).items())
    none = Fraction(0)
    return {
        number: MeasureJobs(signed.get(number, none), later.get(number, none), left_out.get(number, none))
        for number in {*signed, *later, *left_out}
    }
