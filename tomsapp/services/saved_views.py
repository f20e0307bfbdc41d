"""Views of the Overview that are saved by name in the database, and what of them is no more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tomsapp.dashboards.selection import Filters
from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.keys import Keys, named
from tomsapp.domain.portfolio import FACT_GROUPINGS, PORTFOLIO_FACTS, Grouping
from tomsapp.domain.saved_view import SAVED_VIEW, OverviewView, SavedView
from tomsapp.services.filter_names import filter_names
from tomsapp.services.records import RecordActions, name_looks_taken, name_taken
from tomsapp.services.workspace import Workspace
from tomsapp.store.errors import NotFound

SAVED_VIEWS = RecordActions(
    SAVED_VIEW,
    lambda uow: uow.saved_views,
    name_taken(SAVED_VIEW.noun, lambda uow: uow.saved_views),
    name_looks_taken(SAVED_VIEW.noun, lambda uow: uow.saved_views),
)
"""Opens, checks, adds, saves and deletes views that are saved."""

_UNTIL = "until"
_GROUPINGS = {grouping.value: grouping for grouping in Grouping if grouping not in FACT_GROUPINGS}
_FACTS = frozenset(fact.name for fact in PORTFOLIO_FACTS)
Choices = Mapping[Grouping, Sequence[tuple[str, str]]]
"""What each filter offers: key and words, as `overview_delivered.choices` gives them."""


@dataclass(frozen=True, slots=True)
class OpenedView:
    """A saved view as it is looked at now.

    Attributes:
        until: the day of a delivery view; None where it is the day on which it is opened.
        gone: what the view filtered by and the database has no more, in words; it lets nothing of its kind pass by
            itself, and is left out of `filters`.
    """

    view: OverviewView
    filters: Filters
    until: date | None = None
    gone: tuple[str, ...] = ()

    @property
    def gone_words(self) -> str:
        """What is to be said of it; empty where all of it is there."""
        if not self.gone:
            return ""
        many = "is" if len(self.gone) == 1 else "are"
        return f"{'; '.join(self.gone)} {many} no more, so this view shows more than when it was saved"


def view_of(name: str, view: OverviewView, filters: Filters, until: date | None = None) -> SavedView:
    """A view to be saved; without a day it is always of the day on which it is opened."""
    keys = {f"{kind} {value}" for kind, values in filters.chosen for value in values}
    return SavedView(name, view, frozenset(keys | ({f"{_UNTIL} {until.isoformat()}"} if until else set())))


def opened_view(workspace: Workspace, saved: SavedView, offered: Choices) -> OpenedView:
    """The filters of a saved view, without what the database has no more.

    Args:
        workspace: the open database, by which keys that are gone are named as far as they can be.
        saved: the view.
        offered: what the filters of the Overview offer now.
    """
    chosen, gone = filters_of(saved.filters, offered)
    names = filter_names(workspace) if gone else {}
    return OpenedView(saved.view, chosen, day_of(saved.filters), tuple(named(gone, names)))


def filters_of(keys: Keys, offered: Choices) -> tuple[Filters, Keys]:
    """The filters that keys name, and the keys that name nothing which is offered.

    What a fact of a contract says, a quarter or a year passes whether any contract says it now or not.
    """
    statuses: set[ContractStatus] = set()
    groups: dict[Grouping, set[str]] = {}
    facts: dict[str, set[str]] = {}
    contracts: set[int] = set()
    gone: set[str] = set()
    for key, kind, value in _parts(keys):
        grouping = _GROUPINGS.get(kind)
        if kind == "status" and value in {status.value for status in ContractStatus}:
            statuses.add(ContractStatus(value))
        elif kind == "contract" and value.isdecimal():
            contracts.add(int(value))
        elif kind in _FACTS:
            facts.setdefault(kind, set()).add(value)
        elif grouping is not None and _is_offered(grouping, value, offered):
            groups.setdefault(grouping, set()).add(value)
        else:
            gone.add(key)
    return (
        Filters(
            frozenset(statuses),
            {grouping: frozenset(values) for grouping, values in groups.items()},
            frozenset(contracts),
            {name: frozenset(words) for name, words in facts.items()},
        ),
        frozenset(gone),
    )


def _is_offered(grouping: Grouping, value: str, offered: Choices) -> bool:
    if grouping in {Grouping.QUARTER, Grouping.FINANCIAL_YEAR}:
        return True
    return value in {key for key, _ in offered.get(grouping, ())}


def _parts(keys: Keys) -> Iterator[tuple[str, str, str]]:
    """Each key with what it filters and the value that passes, but for the day."""
    for key in sorted(keys):
        kind, _, value = key.partition(" ")
        if kind != _UNTIL:
            yield key, kind, value


def find_view(workspace: Workspace, name: str) -> SavedView:
    """The saved view with a name, in capitals or not.

    Raises:
        NotFound: there is none.
    """
    with workspace.look() as uow:
        found = uow.saved_views.find_by_name(name.strip())
    if found is None:
        raise NotFound(f"There is no saved view called {name}", "Save it in the Overview first")
    return found.record


def day_of(keys: Keys) -> date | None:
    """The day that a view keeps; None where it is of the day on which it is opened."""
    days = [key.removeprefix(f"{_UNTIL} ") for key in keys if key.startswith(f"{_UNTIL} ")]
    try:
        return date.fromisoformat(max(days)) if days else None
    except ValueError:
        return None
