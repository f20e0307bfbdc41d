"""Garbage is looked for when the window is there, and at old things only while nobody waits for it."""

import gc

import pytest

from tomsapp.services.garbage import collect_garbage, hold_garbage, look_at_all, without_looking_for_garbage


@pytest.fixture
def as_before():
    pace, is_on = gc.get_threshold(), gc.isenabled()
    yield
    gc.set_threshold(*pace)
    if is_on:
        gc.enable()


def _looks_at_all():
    return gc.get_stats()[2]["collections"]


@pytest.mark.usefixtures("as_before")
def test_a_portfolio_of_records_is_read_without_a_look_at_all_there_is():
    hold_garbage()
    assert not gc.isenabled()
    collect_garbage()
    assert gc.isenabled()
    before = _looks_at_all()
    held = [[number] for number in range(1_000_000)]
    assert _looks_at_all() == before
    assert len(held) == 1_000_000
    look_at_all()
    assert _looks_at_all() == before + 1


def test_garbage_is_looked_for_afterwards_where_it_was_before():
    with without_looking_for_garbage():
        assert not gc.isenabled()
        with without_looking_for_garbage():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_what_is_left_of_much_work_is_not_looked_at_as_if_it_were_young():
    with without_looking_for_garbage():
        held = [[number] for number in range(50_000)]
    young = {id(each) for generation in (0, 1) for each in gc.get_objects(generation)}
    assert not any(id(each) in young for each in held)
