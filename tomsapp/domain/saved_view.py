"""A view of the Overview that was saved under a name: which view it is, and what is looked at in it."""

from dataclasses import dataclass
from enum import Enum

from tomsapp.domain.facts import Fact, FactKind, Listed
from tomsapp.domain.keys import KeyKind, Keys
from tomsapp.domain.record_type import RecordType


class OverviewView(Enum):
    """The two views of the Overview."""

    DELIVERY = "delivery"
    COMMITMENTS = "commitments"

    @property
    def words(self) -> str:
        """What the view is called."""
        return self.value.capitalize()


@dataclass(frozen=True, slots=True)
class SavedView:
    """A view with its filters, for everybody who opens the database.

    `filters` are keys of what is filtered and the value that passes: "theme 1", "ward E05013628"; see
    `services.saved_views`.
    """

    name: str
    view: OverviewView = OverviewView.DELIVERY
    filters: Keys = frozenset()


SAVED_VIEW = RecordType(
    "saved_view",
    "saved view",
    "saved views",
    SavedView,
    (
        Fact(
            "name",
            "Name",
            needed="Enter a name by which the view is found again",
            listed=Listed.SHOWN,
            is_name=True,
            revision="0014",
        ),
        Fact(
            "view",
            "View",
            FactKind.CHOICE,
            choices=OverviewView,
            listed=Listed.SHOWN,
            is_typed=False,
            revision="0014",
        ),
        Fact(
            "filters",
            "Filters",
            FactKind.SEVERAL,
            "What passes. Choose it in the Overview, and save the view there.",
            keys=KeyKind.FILTER,
            listed=Listed.SHOWN,
            is_typed=False,
            revision="0014",
        ),
    ),
    name_of=lambda view: view.name,
)
"""What is recorded of a view that was saved."""
