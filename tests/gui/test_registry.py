"""The only list of pages: what everything that is made from it needs of it."""

from __future__ import annotations

from importlib import import_module

import pytest

from tomsapp.domain.answers import ANSWER
from tomsapp.domain.delivery.rules import DELIVERY_RULES
from tomsapp.domain.policy_records import LIVING_WAGE, RULE
from tomsapp.domain.supplier import SUPPLIER
from tomsapp.gui.after_paint import PARTS
from tomsapp.gui.page import Page
from tomsapp.gui.registry import ENTRIES, found_on, place_of, searched_kinds, searched_words
from tomsapp.services.record_types import MEASURE, RECORD_TYPES


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.key)
def test_each_page_is_there_and_is_loaded_after_the_first_paint(entry):
    module = import_module(entry.module)
    assert issubclass(getattr(module, f"{entry.title}Page"), Page)
    assert entry is ENTRIES[0] or module.__name__ in PARTS


def test_keys_are_given_once():
    for values in ([entry.key for entry in ENTRIES], [entry.shortcut for entry in ENTRIES]):
        assert len(set(values)) == len(values)


def test_every_kind_of_record_is_shown_somewhere():
    """A change of any kind leads to its record: directly, or through the contract that it belongs to."""
    for kind in RECORD_TYPES:
        assert place_of(kind, 7, None) or place_of(kind, 7, 3)
    assert place_of(ANSWER, 7, 3) == place_of(SUPPLIER, 1, 3)
    assert (place_of(SUPPLIER, 7, None).page, place_of(SUPPLIER, 7, None).target) == ("suppliers", 7)
    assert place_of(RULE, 7, None).target == place_of(LIVING_WAGE, 2, None).target == "policy"
    assert place_of(DELIVERY_RULES, 1, None)[:2] == ("settings", "delivery")
    assert place_of(ANSWER, 7, None) is None
    assert place_of(None, 7, None) is None


def test_every_kind_that_a_page_names_is_one():
    kinds = {kind.key for kind in RECORD_TYPES}
    for entry in ENTRIES:
        assert kinds.issuperset(entry.shows)
        assert {*entry.shows, MEASURE}.issuperset(entry.found)


def test_what_the_search_looks_in_is_said_in_words():
    assert searched_words() == "tenders, contracts, suppliers, neighbourhoods, priorities, saved views and measures"


def test_what_the_search_finds_has_a_heading():
    groups = [found_on(key).heading for key in (*(kind.key for kind in searched_kinds()), MEASURE)]
    assert groups == ["Tenders", "Contracts", "Suppliers", "Neighbourhoods", "Priorities", "Views", "Measures"]
