"""What is committed as signed or varied beside today's menu, by measure, with the reason for each difference."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from tomsapp.dashboards.selection import Filters
from tomsapp.domain.delivered_portfolio import SignedBesideToday
from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.portfolio import Grouping
from tomsapp.domain.value_factor import pounds_of
from tomsapp.menufiles.diff import compare_editions
from tomsapp.services.edition_effect import measure_changes
from tomsapp.services.garbage import without_looking_for_garbage

if TYPE_CHECKING:
    from tomsapp.dashboards.delivery_cube import DeliveryCube

UNCHANGED = "Values have not changed"


def signed_beside_today(delivered: DeliveryCube, filters: Filters) -> tuple[SignedBesideToday, ...]:
    """Each measure that is committed, the largest difference first; what is signed does not move.

    The difference is that of the values of editions: of contracts that are signed under the edition in force there is
    none. The reasons are the editions' own words, in which they say why a value is another.
    """
    from tomsapp.dashboards.delivery_beside import beside_today

    groups = delivered.cube.groups[Grouping.MEASURE]
    with without_looking_for_garbage():
        found = beside_today(delivered, filters)
    rows = []
    for each in found:
        group = groups.members[each.place]
        later = [(before, after) for before, after in each.editions if after is not None]
        is_same = each.signed == each.today
        rows.append(
            SignedBesideToday(
                group.key,
                group.name,
                group.theme,
                pounds_of(each.signed),
                pounds_of(each.today),
                UNCHANGED if is_same else _each_once(later, each.code, _what),
                "" if is_same else _each_once(later, each.code, _why),
                tuple(sorted({before.name for before, _ in each.editions})),
                tuple(sorted({(after or before).name for before, after in each.editions})),
            )
        )
    return tuple(sorted(rows, key=lambda row: -abs(row.difference)))


def _each_once(
    pairs: Iterable[tuple[MenuEdition, MenuEdition]],
    code: str,
    tell: Callable[[str, MenuEdition, MenuEdition], Iterator[str]],
) -> str:
    return "; ".join(dict.fromkeys(words for before, after in pairs for words in tell(code, before, after)))


def _what(code: str, before: MenuEdition, after: MenuEdition) -> Iterator[str]:
    """What of a measure is counted or valued otherwise in a later edition, in a phrase each."""
    was, now = before.find_measure(code), after.find_measure(code)
    if was is None or now is None:
        yield f"{after.name} does not have it"
    else:
        yield from measure_changes(was, now)


def _why(code: str, before: MenuEdition, after: MenuEdition) -> Iterator[str]:
    """Why its values are others, as the editions say it."""
    for change in compare_editions(before, after).values:
        if change.place.measure.code == code:
            yield change.reason
