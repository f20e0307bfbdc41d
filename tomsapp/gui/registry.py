"""The pages of the window, each with the kinds of record that it shows: the only list of them.

Rail, View menu, keys, search, what is loaded after the first paint and where a change in the history leads to are all
made from it. A further kind of record with a page of its own is one entry here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from tomsapp.domain.contract import CONTRACT
from tomsapp.domain.council import COUNCIL
from tomsapp.domain.facts import RecordType
from tomsapp.domain.neighbourhood import NEIGHBOURHOOD
from tomsapp.domain.policy_records import LIVING_WAGE, RULE
from tomsapp.domain.priority import PRIORITY
from tomsapp.domain.supplier import SUPPLIER
from tomsapp.gui.loading import load_module
from tomsapp.gui.page import HISTORY_PAGE, Page, PageSpec, PageWords
from tomsapp.gui.session import Session
from tomsapp.services.record_types import MEASURE, POLICY

_PAGES = "tomsapp.gui.pages"
BY_NUMBER = "by number"
"""A page shows a record of a kind by the record's number."""


@dataclass(frozen=True)
class Entry(PageWords):
    """A page and what it is for.

    Attributes:
        module, page: the module in `gui.pages` and the class of the page in it.
        shows: kinds of record that the page shows, each with what it must be asked for: `BY_NUMBER` or a tab.
        searched: kinds of record that the search field looks in, of those that the page shows.
        found: what the search finds beside records.
        group: heading of what the search finds; the page's title unless it is given.
        further: modules that the page needs when something in it is first opened.
    """

    module: str
    page: str
    shows: Mapping[RecordType[Any], str] = field(default_factory=dict)
    searched: tuple[RecordType[Any], ...] = ()
    found: tuple[str, ...] = ()
    group: str = ""
    further: tuple[str, ...] = ()

    def spec(self, session: Session) -> PageSpec:
        """The page as the window takes it; its module is loaded when it is first opened."""

        def make() -> Page:
            page: Page = getattr(load_module(f"{_PAGES}.{self.module}"), self.page)(session)
            return page

        return PageSpec(factory=make, **{each.name: getattr(self, each.name) for each in fields(PageWords)})


ENTRIES = (
    Entry("start", "Start", "house", "Alt+1", "start_page", "StartPage", needs_database=False, also_found_as="home"),
    Entry(
        "overview",
        "Overview",
        "layout-dashboard",
        "Alt+2",
        "overview_page",
        "OverviewPage",
        also_found_as="dashboard",
    ),
    Entry(
        "contracts",
        "Contracts",
        "file-text",
        "Alt+4",
        "contracts_page",
        "ContractsPage",
        shows={CONTRACT: BY_NUMBER},
        searched=(CONTRACT,),
        further=("contract_page", "new_contract"),
    ),
    Entry(
        "suppliers",
        "Suppliers",
        "building-2",
        "Alt+5",
        "suppliers_page",
        "SuppliersPage",
        shows={SUPPLIER: BY_NUMBER},
        searched=(SUPPLIER,),
    ),
    Entry(
        "neighbourhoods",
        "Neighbourhoods",
        "map-pin",
        "F7",
        "neighbourhoods_page",
        "NeighbourhoodsPage",
        shows={NEIGHBOURHOOD: BY_NUMBER},
        searched=(NEIGHBOURHOOD,),
    ),
    Entry(
        "priorities",
        "Priorities",
        "target",
        "F9",
        "priorities_page",
        "PrioritiesPage",
        shows={PRIORITY: BY_NUMBER},
        searched=(PRIORITY,),
        also_found_as="plan",
    ),
    Entry(
        "menu",
        "Menu",
        "book-open",
        "Alt+7",
        "menu_page",
        "MenuPage",
        also_found_as="measures",
        found=(MEASURE,),
        group="Measures",
    ),
    Entry(
        "settings",
        "Settings",
        "settings",
        "Alt+8",
        "settings_page",
        "SettingsPage",
        needs_database=False,
        at_bottom=True,
        also_found_as="options",
        shows={COUNCIL: "council", POLICY: "policy", RULE: "policy", LIVING_WAGE: "policy"},
    ),
    Entry(
        HISTORY_PAGE,
        "History",
        "history",
        "Alt+9",
        "history_page",
        "HistoryPage",
        in_rail=False,
        also_found_as="changes, who changed what",
    ),
)
"""In the order of the rail and the View menu. Alt+3 and Alt+6 are kept for tenders and community projects."""

SEARCHED = tuple(kind for entry in ENTRIES for kind in entry.searched)
"""The kinds of record that the search field looks in."""

_FURTHER = [entry.group.lower() for entry in ENTRIES if entry.found]
SEARCHED_WORDS = " and ".join((", ".join(kind.plural for kind in SEARCHED), *_FURTHER))
"""What the search field looks in, in words."""

PAGE_MODULES = tuple(f"{_PAGES}.{module}" for entry in ENTRIES[1:] for module in (entry.module, *entry.further))
"""The modules of pages that are not shown at first."""


def page_specs(session: Session) -> list[PageSpec]:
    """The pages in the order of the rail."""
    return [entry.spec(session) for entry in ENTRIES]


@dataclass(frozen=True, slots=True)
class FoundOn:
    """Where what the search found is shown: its page, and the heading and icon over it."""

    key: str
    group: str
    icon: str


def found_on(kind: str) -> FoundOn:
    """Where something of this kind that the search found is shown."""
    entry = next(each for each in ENTRIES if kind in {*(one.key for one in each.searched), *each.found})
    return FoundOn(entry.key, entry.group or entry.title, entry.icon)


@dataclass(frozen=True, slots=True)
class Place:
    """A page, what it must be asked for, and the words of a link that leads there."""

    page: str
    target: object
    words: str


def place_of(kind: RecordType[Any] | None, record_id: int, contract_id: int | None) -> Place | None:
    """Where a record is shown, by its number and that of the contract it belongs to; None where no page shows it."""
    if contract_id is not None:
        kind, record_id = CONTRACT, contract_id
    for entry in ENTRIES:
        target = entry.shows.get(kind) if kind else None
        if kind is not None and target is not None:
            shown = record_id if target == BY_NUMBER else target
            return Place(entry.key, shown, f"Open the {kind.noun}" if target == BY_NUMBER else f"Open {entry.title}")
    return None
