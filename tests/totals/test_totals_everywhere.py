"""The total in every report, file, view and command is the total on the screen, over random databases."""

import pytest

from tests.totals import of_committed, of_delivered  # noqa: F401 - each check says which places it holds
from tests.totals.council import Council
from tests.totals.places import CHECKS, KINDS, Check, found
from tests.totals.without_totals import WITHOUT

HELD = frozenset(place for places in CHECKS.values() for place in places)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_total_is_the_one_on_the_screen(council: Council, check: Check) -> None:
    check(council)


@pytest.mark.parametrize("kind", KINDS)
def test_every_place_is_held_or_it_is_said_why_it_tells_no_total(kind: str) -> None:
    left = found(kind) - HELD - WITHOUT.keys()
    assert not left, f"hold them to the screen, or say why they tell no total: {sorted(left)}"


def test_nothing_is_listed_twice_or_is_not_there() -> None:
    there = frozenset[str]().union(*map(found, KINDS))
    assert not HELD & WITHOUT.keys()
    assert not (HELD | WITHOUT.keys()) - there
