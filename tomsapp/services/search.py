"""What the search field finds: records by their facts, and measures."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tomsapp.domain.alike import alike
from tomsapp.domain.council import CouncilSettings
from tomsapp.domain.facts import FactKind
from tomsapp.domain.menu import Measure
from tomsapp.domain.record_type import RecordType
from tomsapp.domain.wording import format_pounds
from tomsapp.services.record_types import MEASURE
from tomsapp.services.workspace import Workspace
from tomsapp.store.finding import SearchHit

_MOST_OF_A_KIND = 6


@dataclass(frozen=True, slots=True)
class Found:
    """One result: the key of its kind, how it is called, and what it leads to.

    `target` is a record's number, or (menu, edition, measure code).
    """

    kind: str
    title: str
    detail: str
    target: object


def search(workspace: Workspace, text: str, kinds: Iterable[RecordType[Any]]) -> list[Found]:
    """The records of these kinds, and the measures of the default menu, that contain every word of `text`."""
    wanted = text.strip()
    if not wanted:
        return []
    with workspace.look() as uow:
        hits = [(kind, hit) for kind in kinds for hit in uow.lists.search(kind, wanted, _MOST_OF_A_KIND)]
        settings = workspace.settings_at(uow)
    found = [_found(kind, hit) for kind, hit in hits]
    return [*found, *_measures(workspace, settings, alike(wanted).split())]


def _found(kind: RecordType[Any], hit: SearchHit[Any]) -> Found:
    """A record by its first fact; beside it its name, what it is linked to, and where else a word was found."""
    main = kind.facts[0]
    name = kind.name_of(hit.record)
    title = main.words(getattr(hit.record, main.name)) or name
    links = [getattr(hit.record, fact.name) for fact in kind.facts if fact.kind is FactKind.LINK]
    said = [name if name != title else "", *links]
    for fact in hit.found_in:
        value = getattr(hit.record, fact.name)
        if fact.kind is not FactKind.LINK and value not in {title, name}:
            said.append(f"{fact.label.lower()} {fact.words(value)}")
    return Found(kind.key, title, ", ".join(filter(None, said)), hit.id)


def _measures(workspace: Workspace, settings: CouncilSettings, words: list[str]) -> list[Found]:
    if not settings.default_menu:
        return []
    edition = workspace.edition(settings.default_menu, settings.default_edition)
    found: list[Found] = []
    for measure in edition.measures:
        text = alike(measure.full_name)
        if all(word in text for word in words):
            target = (edition.code, edition.edition, measure.code)
            found.append(Found(MEASURE, measure.full_name, _worth(measure), target))
    return found[:_MOST_OF_A_KIND]


def _worth(measure: Measure) -> str:
    """What one unit counts, in a few words; a dated value is another in each year."""
    if not measure.unit_values:
        return "counted, not valued"
    first = measure.unit_values[0]
    return f"{format_pounds(first.value) if first.year is None else 'by year,'} for each {measure.each_name}"
