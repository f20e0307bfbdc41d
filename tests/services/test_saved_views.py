"""Views of the Overview that are saved by name: what comes back, what is undone, and what of one is no more."""

from datetime import date

import pytest

from tests.services.council import begin
from tomsapp.dashboards.selection import Filters
from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.neighbourhood import Neighbourhood
from tomsapp.domain.portfolio import Grouping
from tomsapp.domain.saved_view import SAVED_VIEW, OverviewView, SavedView
from tomsapp.services import overview
from tomsapp.services.edits import undo
from tomsapp.services.neighbourhoods import NEIGHBOURHOODS
from tomsapp.services.saved_views import SAVED_VIEWS, filters_of, opened_view, view_of

UNTIL = date(2026, 12, 31)


@pytest.fixture
def server() -> str:
    return "sqlite"


def chosen(place: int) -> Filters:
    """Filters of every sort."""
    return (
        Filters(frozenset({ContractStatus.SIGNED}), contracts=frozenset({1}))
        .choosing(Grouping.NEIGHBOURHOOD, (str(place),))
        .choosing(Grouping.MEASURE, ("V01",))
        .choosing(Grouping.DIRECTORATE, ("Adults", ""))
        .choosing(Grouping.FINANCIAL_YEAR, ("2026/27",))
    )


def test_a_view_comes_back_as_it_was_saved_until_something_of_it_is_gone(ann):
    begin(ann)
    place = NEIGHBOURHOODS.add(ann, Neighbourhood("Lakeside", frozenset({"E05013628"}))).result
    cube = overview.load_cube(ann)
    saved = SAVED_VIEWS.add(ann, view_of("Lakeside", OverviewView.DELIVERY, chosen(place.id), UNTIL)).result
    held = SAVED_VIEWS.get(ann, saved.id).record
    again = opened_view(ann, held, overview.choices(cube))
    assert again.filters.choosing(Grouping.MEASURE, ("V01",)) == chosen(place.id)
    assert (again.view, again.until, again.gone, again.gone_words) == (OverviewView.DELIVERY, UNTIL, (), "")
    NEIGHBOURHOODS.delete(ann, place)
    after = opened_view(ann, held, overview.choices(overview.load_cube(ann, last=cube)))
    assert after.filters.of(Grouping.NEIGHBOURHOOD) == frozenset()
    assert after.gone == (f"neighbourhood {place.id}",)
    assert after.gone_words == f"neighbourhood {place.id} is no more, so this view shows more than when it was saved"


def test_a_view_of_what_is_there_is_named_in_the_history(ann):
    begin(ann)
    view = view_of("Work", OverviewView.COMMITMENTS, Filters().choosing(Grouping.THEME, ("1",)))
    SAVED_VIEWS.add(ann, view)
    (row,) = SAVED_VIEWS.named(ann)
    told = SAVED_VIEW.fact("filters").words(row.record.filters, next(iter(row.names.values())))
    assert told == "Theme 1, Fair work and poverty"


def test_a_name_is_used_once_and_adding_is_undone(ann):
    done = SAVED_VIEWS.add(ann, SavedView("Colindale"))
    assert [problem.code for problem in SAVED_VIEWS.check(ann, SavedView("colindale"))] == ["name-taken"]
    undo(ann, done.edit)
    assert SAVED_VIEWS.all(ann) == []
    assert SAVED_VIEWS.check(ann, SavedView("colindale")) == []


def test_keys_that_name_nothing_are_told_and_let_nothing_pass():
    keys = frozenset({"status sold", "contract x", "sort of 3", "ward X01", "until never", "quarter 2026/27 Q3"})
    filters, gone = filters_of(keys, {Grouping.WARD: [("X02", "Hendon")]})
    assert filters == Filters().choosing(Grouping.QUARTER, ("2026/27 Q3",))
    assert gone == {"status sold", "contract x", "sort of 3", "ward X01"}
