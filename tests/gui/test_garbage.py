"""Garbage is looked for when the window is there, and seldom enough that no look at all there is holds it up."""

import gc

import pytest
from PySide6.QtCore import Qt

from tomsapp.gui.garbage import collect_garbage, hold_garbage, look_at_all


@pytest.fixture
def as_before():
    pace, is_on = gc.get_threshold(), gc.isenabled()
    yield
    gc.set_threshold(*pace)
    gc.unfreeze()
    if is_on:
        gc.enable()


@pytest.mark.usefixtures("as_before")
def test_a_portfolio_of_records_is_read_without_a_look_at_all_there_is():
    hold_garbage()
    assert not gc.isenabled()
    collect_garbage()
    assert gc.isenabled()
    before = gc.get_stats()[2]["collections"]
    held = [[number] for number in range(1_000_000)]
    assert gc.get_stats()[2]["collections"] == before
    assert len(held) == 1_000_000


@pytest.mark.parametrize(
    ("state", "looks"),
    [
        (Qt.ApplicationState.ApplicationActive, 0),
        (Qt.ApplicationState.ApplicationInactive, 1),
        (Qt.ApplicationState.ApplicationHidden, 1),
    ],
)
def test_all_is_looked_at_while_the_user_is_in_another_program(state, looks):
    before = gc.get_stats()[2]["collections"]
    look_at_all(state)
    assert gc.get_stats()[2]["collections"] == before + looks
