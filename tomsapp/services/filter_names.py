"""What the filters of the Overview are called, by the keys under which a saved view keeps them: "theme 1"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tomsapp.domain.errors import MenuError
from tomsapp.domain.portfolio import Grouping
from tomsapp.domain.supplier import SupplierKind

if TYPE_CHECKING:
    from tomsapp.domain.keys import Names
    from tomsapp.domain.menu import MenuEdition
    from tomsapp.services.workspace import Workspace


def filter_names(workspace: Workspace) -> Names:
    """The names of the filters that the database offers; quarters, years and facts stand for themselves."""
    with workspace.look() as uow:
        used = {(row.code, row.edition) for row in uow.editions.all()}
        suppliers = [(each.id, each.record.name) for each in uow.suppliers.all()]
        own = [(Grouping.PRIORITY, "Priority", each.id, each.record.name) for each in uow.priorities.all()]
        areas = uow.neighbourhoods.all()
        own += [(Grouping.NEIGHBOURHOOD, "Neighbourhood", each.id, each.record.name) for each in areas]
        area = workspace.surroundings(uow).area
    found: dict[str, str] = {}
    for menu, name in sorted(used, reverse=True):
        try:
            edition = workspace.edition(menu, name)
        except MenuError:
            continue  # its page says why; its keys stand for themselves
        for key, words in _of_edition(edition):
            found.setdefault(key, words)
    found |= {f"{Grouping.SUPPLIER.value} {number}": f"Supplier {name}" for number, name in suppliers}
    found |= {f"{Grouping.SUPPLIER_KIND.value} {kind.value}": kind.words for kind in SupplierKind}
    found |= {f"{grouping.value} {number}": f"{noun} {name}" for grouping, noun, number, name in own}
    found |= {f"{Grouping.WARD.value} {ward.code}": f"Ward {ward.name}" for ward in (area.wards if area else ())}
    return found


def _of_edition(edition: MenuEdition) -> Iterator[tuple[str, str]]:
    for place in edition.places.values():
        theme, outcome, measure = place.theme, place.outcome, place.measure
        yield f"{Grouping.THEME.value} {theme.number}", f"Theme {theme.number}, {theme.title}"
        yield f"{Grouping.OUTCOME.value} {outcome.code}", f"Outcome {outcome.code}, {outcome.title}"
        yield f"{Grouping.MEASURE.value} {measure.code}", f"Measure {measure.full_name}"
