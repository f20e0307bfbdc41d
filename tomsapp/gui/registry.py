"""The pages of the window, each with the kinds of record that it shows: the only list of them.

Rail, View menu, keys, search, what is loaded after the first paint and where a change in the history leads to are all
made from it. A further kind of record with a page of its own is one entry here. Kinds are named by their keys: what a
record is need not be known before the first paint.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from tomsapp.gui.loading import load_module
from tomsapp.gui.page import HISTORY_PAGE, Page, PageSpec
from tomsapp.gui.session import Session

if TYPE_CHECKING:
    from tomsapp.domain.record_type import RecordType

_PAGES = "tomsapp.gui.pages"
BY_NUMBER = "by number"
"""A page shows a record of a kind by the record's number."""


class Entry(NamedTuple):
    """A page and what it is for; its module in `gui.pages` is called after its key, its class after its title.

    Attributes:
        shows: kinds of record that the page shows, each with what it must be asked for: `BY_NUMBER` or a tab.
        also_finds: what the search field looks in beside the kinds that the page shows by number.
        group: heading of what the search finds; the page's title unless it is given.
        parts: what the page can be asked for by its words: each with what it must be asked for.
        further: modules that the page needs when something in it is first opened.
    """

    key: str
    title: str
    icon: str
    shortcut: str
    needs_database: bool = True
    at_bottom: bool = False
    in_rail: bool = True
    also_found_as: str = ""
    shows: Mapping[str, str] = MappingProxyType({})
    also_finds: tuple[str, ...] = ()
    group: str = ""
    further: tuple[str, ...] = ()
    parts: Mapping[str, str] = MappingProxyType({})

    @property
    def module(self) -> str:
        """The full name of its module."""
        return f"{_PAGES}.{self.key}_page"

    @property
    def found(self) -> tuple[str, ...]:
        """What the search field looks in."""
        return (*(kind for kind, by in self.shows.items() if by == BY_NUMBER), *self.also_finds)

    @property
    def heading(self) -> str:
        """What stands over what the search found."""
        return self.group or self.title

    def spec(self, session: Session) -> PageSpec:
        """The page as the window takes it; its module is loaded when it is first opened."""

        def make() -> Page:
            page: Page = getattr(load_module(self.module), f"{self.title}Page")(session)
            return page

        # What an entry says first, a page says in the same order.
        return PageSpec(*self[:4], make, *self[4:8], self.module)


ENTRIES = (
    Entry("start", "Start", "house", "Alt+1", needs_database=False, also_found_as="home"),
    Entry("overview", "Overview", "layout-dashboard", "Alt+2", also_found_as="dashboard"),
    Entry(
        "tenders",
        "Tenders",
        "inbox",
        "Alt+3",
        shows={"tender": BY_NUMBER},
        also_found_as="procurements, quotes, bids",
        further=("tender_page", "new_tender", "new_quote"),
    ),
    Entry(
        "contracts",
        "Contracts",
        "file-text",
        "Alt+4",
        shows={"contract": BY_NUMBER},
        further=("contract_page", "new_contract"),
    ),
    Entry("suppliers", "Suppliers", "building-2", "Alt+5", shows={"supplier": BY_NUMBER}),
    Entry("neighbourhoods", "Neighbourhoods", "map-pin", "F7", shows={"neighbourhood": BY_NUMBER}),
    Entry("priorities", "Priorities", "target", "F9", shows={"priority": BY_NUMBER}, also_found_as="plan"),
    Entry(
        "views",
        "Views",
        "layout-dashboard",
        "Alt+0",
        in_rail=False,
        also_found_as="saved views of the Overview",
        shows={"saved_view": BY_NUMBER},
    ),
    Entry("menu", "Menu", "book-open", "Alt+7", also_found_as="measures", also_finds=("measure",), group="Measures"),
    Entry(
        "settings",
        "Settings",
        "settings",
        "Alt+8",
        needs_database=False,
        at_bottom=True,
        also_found_as="options",
        shows={
            "council": "council",
            "policy": "policy",
            "policy_rule": "policy",
            "living_wage": "policy",
            "delivery_rules": "delivery",
            "stored_file": "deletion",
            "signer": "signature",
            "pack_key": "signature",
        },
        parts={
            "Council": "council",
            "Policy rules": "policy",
            "Delivery rules: returns, ratings, files of evidence": "delivery",
            "Deletion of evidence": "deletion",
            "Signature": "signature",
        },
    ),
    Entry(HISTORY_PAGE, "History", "history", "Alt+9", in_rail=False, also_found_as="changes, who changed what"),
)
"""In the order of the rail and the View menu."""

KEPT_KEYS = (("Alt+6", "community projects"),)
"""Keys of pages that are still to come, so that no other page gets them meanwhile."""

PAGE_MODULES = tuple(
    name for entry in ENTRIES[1:] for name in (entry.module, *(f"{_PAGES}.{further}" for further in entry.further))
)
"""The modules of pages that are not shown at first."""


def page_specs(session: Session) -> list[PageSpec]:
    """The pages in the order of the rail."""
    return [entry.spec(session) for entry in ENTRIES]


def searched_kinds() -> tuple[RecordType[Any], ...]:
    """The kinds of record that the search field looks in."""
    from tomsapp.services.record_types import RECORD_TYPES

    kinds = {kind.key: kind for kind in RECORD_TYPES}
    return tuple(kinds[key] for entry in ENTRIES for key in entry.found if key in entry.shows)


def searched_words() -> str:
    """What the search field looks in, in words."""
    further = [entry.group.lower() for entry in ENTRIES if entry.group]
    return " and ".join((", ".join(kind.plural for kind in searched_kinds()), *further))


def found_on(kind: str) -> Entry:
    """The page on which something of this kind that the search found is shown."""
    return next(entry for entry in ENTRIES if kind in entry.found)


class Place(NamedTuple):
    """A page, what it must be asked for, and the words of a link that leads there."""

    page: str
    target: object
    words: str


def place_of(kind: RecordType[Any] | None, record_id: int, contract_id: int | None) -> Place | None:
    """Where a record is shown, by its number and that of the contract it belongs to; None where no page shows it."""
    if contract_id is not None:
        from tomsapp.domain.contract import CONTRACT

        kind, record_id = CONTRACT, contract_id
    for entry in ENTRIES:
        target = entry.shows.get(kind.key) if kind else None
        if kind is not None and target is not None:
            shown = record_id if target == BY_NUMBER else target
            return Place(entry.key, shown, f"Open the {kind.noun}" if target == BY_NUMBER else f"Open {entry.title}")
    return None
