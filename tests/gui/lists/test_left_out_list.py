"""What is easily missed of a file, of which a register may have hundreds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tomsapp.gui.importing.left_out_list import LeftOutList
from tomsapp.gui.widgets.layouts import laid_out
from tomsapp.services.table_import import LeftOut, LeftOutKind, Option

OPTIONS = (Option("yes", "Yes, the same"), Option("another", "No, another one"))
MANY = 60


def thing(place: int) -> LeftOut:
    return LeftOut(f"s{place}", LeftOutKind.SUPPLIER, f"Is {place} the same?", f"row {place}", OPTIONS, "Register")


THINGS = [thing(place) for place in range(MANY)]


@pytest.fixture
def listed(qtbot):
    made = LeftOutList()
    qtbot.addWidget(made)
    return made


def order_of(listed: LeftOutList) -> list[str]:
    keys = {row: key for key, row in listed.rows.items()}
    return [keys[row] for row in laid_out(listed._rows) if row in keys]


def test_hundreds_come_in_slices_and_stand_in_their_order(listed, qtbot):
    listed.show_things(THINGS, {})
    assert 0 < len(listed.rows) < MANY
    assert listed.things == tuple(THINGS)
    assert listed._count.text() == f"{MANY} found, {MANY} to decide"
    qtbot.waitUntil(lambda: len(listed.rows) == MANY)
    assert order_of(listed) == [one.key for one in THINGS]


def test_one_that_is_far_below_is_there_when_the_keyboard_goes_to_it(listed, qtbot):
    listed.show_things(THINGS, {})
    listed.go_to("s40")
    assert "s40" in listed.rows
    assert "s50" not in listed.rows
    listed.go_to("nothing")
    qtbot.waitUntil(lambda: len(listed.rows) == MANY)
    assert order_of(listed) == [one.key for one in THINGS]


def test_rows_stay_where_others_come_and_go(listed, qtbot):
    listed.show_things(THINGS[:4], {})
    kept = listed.rows["s2"]
    other = replace(THINGS[3], options=(*OPTIONS, Option("leave", "Leave out")))
    listed.show_things([thing(90), THINGS[0], THINGS[2], other], {"s2": "yes"})
    assert order_of(listed) == ["s90", "s0", "s2", "s3"]
    assert listed.rows["s2"] is kept
    assert kept.accessibleName() == "Is 2 the same?. row 2. "
    assert listed._count.text() == "4 found, 3 to decide"
    listed.show_things([THINGS[2], THINGS[0]], {})
    assert order_of(listed) == ["s2", "s0"]
    assert kept.accessibleName() != listed.rows["s2"].accessibleName()
