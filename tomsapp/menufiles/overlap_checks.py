"""What a reviewer should look at between two measures: values that hold the same component and may count it twice."""

from collections.abc import Iterable
from itertools import combinations

from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.menufiles.errors import problem_at
from tomsapp.menufiles.files import MENU_FILE
from tomsapp.menufiles.review import Checked


def overlaps(checked: Checked) -> Iterable[Problem]:
    """One Problem for each measure whose value shares a component with others that nothing tells apart."""
    rivals: dict[str, dict[str, list[str]]] = {}
    for one, other, shared in unargued_pairs(checked.edition):
        rivals.setdefault(one, {}).setdefault(shared, []).append(other)
    for code, by_components in rivals.items():
        told = "; ".join(f"{components} as {', '.join(others)}" for components, others in by_components.items())
        message = f"Its value holds the same {told}, and no exclusion group or [[apart]] table names the two"
        fix = "Add the two to an [[exclusion_group]], or say in an [[apart]] table why nothing is counted twice"
        where = checked.where(code, "proxy.components")
        yield problem_at("overlap-unargued", message, fix, where, Severity.WARNING)


def unargued_pairs(edition: MenuEdition) -> Iterable[tuple[str, str, str]]:
    """Pairs of valued measures, in the menu's order, that share components and stand in no group and no apart table."""
    valued = [(measure.code, measure.proxy) for measure in edition.measures if measure.proxy]
    for (one, first), (other, second) in combinations(valued, 2):
        shared = [component.value for component in first.components if component in second.components]
        if shared and not _is_argued(edition, one, other):
            yield one, other, " and ".join(shared).replace("_", " ")


def _is_argued(edition: MenuEdition, one: str, other: str) -> bool:
    return any(group.clashes(one, other) for group in edition.exclusion_groups) or any(
        apart.parts(one, other) for apart in edition.apart
    )


def idle_aparts(checked: Checked) -> Iterable[Problem]:
    """[[apart]] tables none of whose measures share a component: they argue against nothing."""
    components = {measure.code: set(measure.proxy.components) for measure in checked.edition.measures if measure.proxy}
    for number, apart in enumerate(checked.edition.apart, start=1):
        named = dict.fromkeys((*apart.measures, *apart.against))
        pairs = [pair for pair in combinations(named, 2) if apart.parts(*pair)]
        if not any(components.get(one, set()) & components.get(other, set()) for one, other in pairs):
            where = Where(file=MENU_FILE, field=f"apart {number}")
            message = f"{' and '.join(apart.measures)} share no component with the others that it names"
            yield problem_at("apart-idle", message, "Remove the table", where, Severity.NOTE)


OVERLAP_RULES = (overlaps, idle_aparts)
"""Every rule of this module, in the order in which their Problems are told."""
