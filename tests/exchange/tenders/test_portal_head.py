"""What a column of a portal's export is taken as: only what its heading surely says, and of several none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exchange.tenders.heading_cases import PORTAL_HEADINGS, STACKED_PORTAL_HEADINGS
from tests.exchange.tenders.test_portal_export import grid_of
from tomsapp.exchange.tenders.portal_head import PortalUse, find_head

FILE, BIDDER, WHEN, TIME, LOT, ZONE = PortalUse
OF_DAYS = [heading for heading, use in PORTAL_HEADINGS.items() if use == "when"]
OF_NOTHING = [heading for heading, use in PORTAL_HEADINGS.items() if use is None]


def use_at(head, column):
    return next((use.value for use, place in head.guessed.items() if place == column), None)


@pytest.mark.parametrize("heading", PORTAL_HEADINGS)
def test_a_heading_is_taken_as_what_it_says_and_no_more(heading):
    for row in (("x", heading), ("x", heading.upper()), ("x", f"  {heading} ")):
        assert use_at(find_head(grid_of(row)), 1) == PORTAL_HEADINGS[heading], row


@pytest.mark.parametrize("stack", STACKED_PORTAL_HEADINGS)
def test_a_group_over_a_heading_counts_as_well(stack):
    group, heading = stack
    head = find_head(grid_of(("Bid", group, "Notes"), ("Supplier name", heading, "Text")))
    assert use_at(head, 1) == STACKED_PORTAL_HEADINGS[stack]


@given(st.lists(st.sampled_from(OF_DAYS), min_size=2, max_size=3), st.lists(st.sampled_from(OF_NOTHING), max_size=3))
def test_of_several_columns_that_fit_none_is_taken(days, others):
    head = find_head(grid_of(("Supplier", *others, *days)))
    assert WHEN not in head.guessed
    first = 1 + len(others)
    assert head.unsure == {WHEN: tuple(range(first, first + len(days)))}
    assert find_head(grid_of(("Supplier", *others, days[0]))).guessed[WHEN] == first


def test_a_head_that_speaks_of_other_days_alone_is_still_shown():
    grid = grid_of(("Reference", "T-2026-003"), ("Supplier", "Deadline", "Opened"), ("Lamp", "1/7/2026", "2/7/2026"))
    head = find_head(grid)
    assert (head.row, head.guessed, head.unsure) == (2, {BIDDER: 0}, {})
    titled = grid_of(("Tender closes 1 July, 12:00 UTC",), ("Received", "Supplier"))
    assert find_head(titled).guessed == {WHEN: 0, BIDDER: 1}, "a title is no group"
