"""What the keys of facts are called in this database: wards, measures and themes of its menus, deliveries, filters."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from tomsapp.domain.alike import natural
from tomsapp.domain.delivery.quarters import Quarter, contract_quarters
from tomsapp.domain.errors import MenuError
from tomsapp.domain.keys import KeyKind, Names, measure_key, theme_key
from tomsapp.services.filter_names import filter_names

if TYPE_CHECKING:
    from datetime import date

    from tomsapp.domain.council import CouncilSettings
    from tomsapp.domain.menu import MenuEdition
    from tomsapp.services.workspace import Workspace


def key_names(workspace: Workspace, kinds: Collection[KeyKind]) -> Mapping[KeyKind, Names]:
    """The names of the keys of these kinds, in the order of a list."""
    return {kind: _NAMES[kind](workspace) for kind in kinds}


def _wards(workspace: Workspace) -> Names:
    """The wards of the council's area by name; none where no area is set."""
    area = workspace.area()
    wards = area.wards if area else ()
    return {ward.code: ward.name for ward in sorted(wards, key=lambda ward: natural(ward.name))}


def _measures(workspace: Workspace) -> Names:
    """The measures of the menus that the council uses, as the newest edition of each names them.

    One that only an earlier edition has is among them: contracts are still valued by it. A measure of another menu than
    that of new contracts says of which it is.
    """
    found: dict[str, str] = {}
    for edition, menu in _used_editions(workspace):
        for measure in edition.measures:
            found.setdefault(measure_key(edition.code, measure.code), f"{measure.full_name}{menu}")
    return found


def _themes(workspace: Workspace) -> Names:
    """The themes of the menus that the council uses, by number and title, as the newest edition of each names them."""
    found: dict[str, str] = {}
    for edition, menu in _used_editions(workspace):
        for theme in edition.themes:
            found.setdefault(theme_key(edition.code, theme.number), f"{theme.number} {theme.title}{menu}")
    return found


def _used_editions(workspace: Workspace) -> Iterator[tuple[MenuEdition, str]]:
    """The editions that the council uses, each with what is said behind its names where it is of another menu."""
    with workspace.look() as uow:
        settings = workspace.settings_at(uow)
        used = {(row.code, row.edition) for row in uow.editions.all()}
    for edition in _editions(workspace, used, settings):
        yield edition, "" if edition.code == settings.default_menu else f" ({edition.code})"


def _editions(workspace: Workspace, used: set[tuple[str, str]], settings: CouncilSettings) -> list[MenuEdition]:
    """The editions that contracts use and the one for new contracts: its menu first, and of each the newest first."""
    wanted = used | ({(settings.default_menu, settings.default_edition)} if settings.default_menu else set())
    found = []
    newest = sorted(wanted, key=lambda name: name[1], reverse=True)
    for menu, edition in sorted(newest, key=lambda name: (name[0] != settings.default_menu, name[0])):
        try:
            found.append(workspace.edition(menu, edition))
        except MenuError:
            continue  # its page says why; its measures stand for themselves
    return found


def _deliveries(workspace: Workspace) -> Names:
    """Every delivery by its contract, measure and quarter, in the order of contracts, lines and quarters."""
    with workspace.look() as uow:
        placed = uow.deliveries.places()
    return {
        str(place.delivery): f"{place.reference} {place.measure}, {labels[place.quarter]}"
        for place in placed
        if place.quarter in (labels := _quarter_labels(place.start_on, place.end_on))
    }


@lru_cache(maxsize=256)
def _quarter_labels(start_on: date, end_on: date) -> Mapping[Quarter, str]:
    return {each.quarter: each.label for each in contract_quarters(start_on, end_on)}


_NAMES: Mapping[KeyKind, Callable[[Workspace], Names]] = {
    KeyKind.WARD: _wards,
    KeyKind.MEASURE: _measures,
    KeyKind.DELIVERY: _deliveries,
    KeyKind.FILTER: filter_names,
    KeyKind.THEME: _themes,
}
