"""A place in a tender that another page leads to."""

from __future__ import annotations

from typing import NamedTuple

AWARD_TAB = "award"
"""The key of the tab in which lots are awarded."""


class TenderPlace(NamedTuple):
    """What the page of tenders is asked to show of one.

    Attributes:
        tab: the key of a tab (see `tabs`); empty for the one that is shown.
        within: what the tab is asked to go to, see `TenderTab.go_to`; None for nothing.
    """

    tender_id: int
    tab: str = ""
    within: object = None
