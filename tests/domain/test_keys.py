"""Facts of several keys: how they are written, kept, told with names, and what came and went."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tomsapp.domain.facts import Fact, FactKind, Fault
from tomsapp.domain.keys import (
    KeyKind,
    change_in_words,
    in_words,
    measure_key,
    read_keys,
    read_theme_key,
    theme_key,
    write_keys,
)

WARDS = Fact("wards", "Wards", FactKind.SEVERAL, keys=KeyKind.WARD, needed="Tick at least one ward")
NAMES = {"X02": "Hendon", "X01": "Mill Hill", "X03": "Edgware"}


def test_keys_are_told_by_their_names_in_the_order_of_the_names_and_unknown_ones_last():
    keys = frozenset({"X09", "X01", "X02"})
    assert in_words(keys, NAMES) == "Hendon; Mill Hill; X09"
    assert WARDS.words(keys, NAMES) == "Hendon; Mill Hill; X09"
    assert WARDS.words(keys) == WARDS.words(keys, {}) == "X01; X02; X09"


def test_nothing_chosen_is_no_word_and_a_fault_where_one_is_needed():
    assert WARDS.words(None) == WARDS.words(frozenset()) == WARDS.words(frozenset(), NAMES) == ""
    assert WARDS.read("  ") == WARDS.of_kept("") == frozenset()
    assert (WARDS.kept(frozenset()), WARDS.kept(None), WARDS.of_kept(None), WARDS.text(None)) == ("", None, None, "")
    assert WARDS.fault(frozenset()) == Fault("", "Tick at least one ward", "missing")
    assert WARDS.fault(frozenset({"X01"})) is None
    assert Fact("a", "A", FactKind.SEVERAL).fault(frozenset()) is None


@given(st.frozensets(st.text(st.characters(whitelist_categories=["Lu", "Nd"]), min_size=1), max_size=8))
def test_keys_come_back_from_their_row_and_from_what_is_typed_the_same_in_any_order(keys):
    assert WARDS.of_kept(WARDS.kept(keys)) == WARDS.read(WARDS.text(keys)) == read_keys(write_keys(keys)) == keys
    assert write_keys(keys) == write_keys(sorted(keys, reverse=True))


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ({"X01"}, {"X01", "X02"}, "added Hendon"),
        ({"X01", "X03"}, {"X02"}, "added Hendon; removed Mill Hill and Edgware"),
        ({"X01", "X02", "X03"}, set(), "removed Hendon, Mill Hill and Edgware"),
        ({"X01"}, {"X01"}, ""),
    ],
)
def test_a_change_says_what_came_and_what_went(before, after, words):
    assert change_in_words(frozenset(before), frozenset(after), NAMES) == words


def test_a_fact_says_what_its_keys_name_and_one_without_keys_says_so():
    assert WARDS.key_kind is KeyKind.WARD
    with pytest.raises(TypeError, match="a"):
        _ = Fact("a", "A").key_kind


def test_a_measure_is_named_with_its_menu_and_a_kind_of_key_has_words():
    assert measure_key("barnet-open", "S07") == "barnet-open S07"
    assert [kind.words for kind in KeyKind] == [
        ("ward", "wards"),
        ("measure", "measures"),
        ("delivery", "deliveries"),
        ("filter", "filters"),
        ("theme", "themes"),
    ]


def test_a_theme_is_named_with_its_menu_by_its_number():
    assert theme_key("barnet-open", 1) == "barnet-open 1"
    assert read_theme_key("barnet-open 12") == ("barnet-open", 12)
    for key in ("", "barnet-open", "barnet-open J01", "barnet-open ²"):
        assert read_theme_key(key) == ("", 0)
