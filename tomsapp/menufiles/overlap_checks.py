"""What a reviewer should look at between two measures: whether they may count the same thing twice.

Two values may hold the same component, two jobs be one person, and two counts hold the same tonne.
"""

from collections.abc import Iterable, Iterator
from itertools import combinations

from tomsapp.domain.menu import Measure, MenuEdition
from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.domain.units import Unit
from tomsapp.menufiles.errors import problem_at
from tomsapp.menufiles.files import MENU_FILE
from tomsapp.menufiles.review import Checked

COUNTED_THINGS = frozenset(
    {
        Unit.TONNES,
        Unit.MILES,
        Unit.HOURS,
        Unit.WEEKS,
        Unit.HOUSEHOLDS,
        Unit.HOUSEHOLD_WEEKS,
        Unit.COMPLETIONS,
        Unit.FTE_JOBS,
        Unit.MEALS,
        Unit.DEVICES,
        Unit.TREES,
        Unit.SQUARE_METRES,
        Unit.CHARGING_POINTS,
        Unit.BIODIVERSITY_UNITS,
    }
)
"""Units of things that can be pointed at, of which two measures may count the same one. People gain in many ways, so
they count twice only as jobs; pounds, events, shares and yes or no are not the same thing by their unit alone."""


def overlaps(checked: Checked) -> Iterable[Problem]:
    """One Problem for each measure that shares something countable with others that nothing tells apart."""
    rivals: dict[str, dict[str, list[str]]] = {}
    for one, other, shared in unargued_pairs(checked.edition):
        rivals.setdefault(one, {}).setdefault(shared, []).append(other)
    for code, by_shared in rivals.items():
        told = "; ".join(f"{shared} as {', '.join(others)}" for shared, others in by_shared.items())
        message = f"It counts the same {told}, and no exclusion group or [[apart]] table names the two"
        fix = "Add the two to an [[exclusion_group]], or say in an [[apart]] table why nothing is counted twice"
        where = checked.where(code, "proxy.components")
        yield problem_at("overlap-unargued", message, fix, where, Severity.WARNING)


def unargued_pairs(edition: MenuEdition) -> Iterable[tuple[str, str, str]]:
    """Pairs of measures, in the menu's order, that may count the same thing, in no group and no apart table."""
    for one, other in combinations(edition.measures, 2):
        shared = list(shared_by(one, other))
        if shared and not _is_argued(edition, one.code, other.code):
            yield one.code, other.code, " and ".join(shared).replace("_", " ")


def shared_by(one: Measure, other: Measure) -> Iterator[str]:
    """What two measures may both count: the components of their values, a job, or the things that a record counts."""
    if one.proxy and other.proxy:
        yield from (component.value for component in one.proxy.components if component in other.proxy.components)
    if one.employment_outcome and other.employment_outcome:
        yield "employment outcomes"
    elif one.unit is other.unit and one.unit in COUNTED_THINGS and not (one.is_valued and other.is_valued):
        yield one.unit.many


def _is_argued(edition: MenuEdition, one: str, other: str) -> bool:
    return any(group.clashes(one, other) for group in edition.exclusion_groups) or any(
        apart.parts(one, other) for apart in edition.apart
    )


def idle_aparts(checked: Checked) -> Iterable[Problem]:
    """[[apart]] tables none of whose measures count the same thing: they argue against nothing."""
    measures = {measure.code: measure for measure in checked.edition.measures}
    for number, apart in enumerate(checked.edition.apart, start=1):
        named = dict.fromkeys((*apart.measures, *apart.against))
        pairs = [pair for pair in combinations(named, 2) if apart.parts(*pair)]
        if not any(list(shared_by(measures[one], measures[other])) for one, other in pairs):
            where = Where(file=MENU_FILE, field=f"apart {number}")
            message = f"{' and '.join(apart.measures)} count nothing that the others that it names count"
            yield problem_at("apart-idle", message, "Remove the table", where, Severity.NOTE)


def overlapping_sides(checked: Checked) -> Iterable[Problem]:
    """Groups with a measure on both sides: what is asked of it cannot be said in one sentence, nor answered once."""
    for group in checked.edition.exclusion_groups:
        both = [code for code in group.measures if code in group.against]
        if both:
            message = f"{' and '.join(both)} stand on both sides of {group.code}"
            fix = "Split the group, so that no measure is on both sides"
            where = Where(file=MENU_FILE, field=f"exclusion group {group.code}, against")
            yield problem_at("group-sides-overlap", message, fix, where, Severity.WARNING)


OVERLAP_RULES = (overlaps, idle_aparts, overlapping_sides)
"""Every rule of this module, in the order in which their Problems are told."""
