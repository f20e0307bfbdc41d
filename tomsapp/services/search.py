"""What the search field finds: contracts, suppliers and measures."""

from dataclasses import dataclass
from enum import Enum

from tomsapp.domain.council import CouncilSettings
from tomsapp.domain.menu import Measure
from tomsapp.domain.wording import format_pounds
from tomsapp.services.workspace import Workspace

_MOST_OF_A_KIND = 6


class FoundKind(Enum):
    """What sort of thing was found."""

    CONTRACT = "contract"
    SUPPLIER = "supplier"
    MEASURE = "measure"


@dataclass(frozen=True, slots=True)
class Found:
    """One result: what it is, how it is called, and what it leads to.

    `target` is a contract's or supplier's number, or (menu, edition, measure code).
    """

    kind: FoundKind
    title: str
    detail: str
    target: object


def search(workspace: Workspace, text: str) -> list[Found]:
    """The contracts, suppliers and measures of the default menu that contain every word of `text`."""
    wanted = text.strip()
    if not wanted:
        return []
    with workspace.look() as uow:
        hits = uow.lists.search(wanted, _MOST_OF_A_KIND)
        settings = workspace.settings_at(uow)
    found = [Found(FoundKind(hit.kind), hit.title, hit.detail, hit.id) for hit in hits]
    return [*found, *_measures(workspace, settings, wanted.casefold().split())]


def _measures(workspace: Workspace, settings: CouncilSettings, words: list[str]) -> list[Found]:
    if not settings.default_menu:
        return []
    edition = workspace.edition(settings.default_menu, settings.default_edition)
    found: list[Found] = []
    for measure in edition.measures:
        text = f"{measure.code} {measure.title}".casefold()
        if all(word in text for word in words):
            target = (edition.code, edition.edition, measure.code)
            found.append(Found(FoundKind.MEASURE, f"{measure.code} {measure.title}", _worth(measure), target))
    return found[:_MOST_OF_A_KIND]


def _worth(measure: Measure) -> str:
    """What one unit counts, in a few words; a dated value is another in each year."""
    if not measure.unit_values:
        return "counted, not valued"
    first = measure.unit_values[0]
    return f"{format_pounds(first.value) if first.year is None else 'by year,'} for each {measure.each_name}"
