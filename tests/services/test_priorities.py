"""Priorities of a plan: which measures serve one can change, and the history keeps what it was."""

from dataclasses import replace

from tests.services.council import begin, bridge_works, promise, roads
from tomsapp.domain.keys import KeyKind
from tomsapp.domain.priority import PRIORITY, Priority
from tomsapp.services import contracts, edits, suppliers
from tomsapp.services.history import record_history
from tomsapp.services.keys import key_names
from tomsapp.services.priorities import PRIORITIES

WORK = Priority("Good work for all", "Corporate Plan 2026 to 2030", frozenset({"barnet-open J01", "barnet-open S11"}))
J01, S11, V01 = (
    "J01 Unemployed resident into sustained work",
    "S11 Apprenticeship begun",
    "V01 Cash given to local VCFSE organisations",
)


def test_its_measures_are_told_by_code_and_title(ann):
    PRIORITIES.add(ann, WORK)
    (row,) = PRIORITIES.named(ann)
    assert PRIORITY.fact("measures").words(row.record.measures, row.names[KeyKind.MEASURE]) == f"{J01}; {S11}"
    assert row.record == WORK


def test_what_serves_it_changes_and_its_history_says_how(ann):
    before = PRIORITIES.add(ann, WORK).result
    done = PRIORITIES.save(ann, before, replace(WORK, measures=frozenset({"barnet-open S11", "barnet-open V01"})))
    told = [line.text for line in record_history(ann, PRIORITY, before.id)]
    assert told == [
        f"Measures that serve it: added {V01}; removed {J01}",
        f"Added: name Good work for all; plan Corporate Plan 2026 to 2030; measures that serve it {J01}; {S11}",
    ]
    edits.undo(ann, done.edit)
    assert PRIORITIES.get(ann, before.id).record == WORK


def test_measures_of_every_menu_in_use_are_offered_and_those_of_another_menu_say_so(ann):
    assert all(key.startswith("barnet-open ") for key in key_names(ann, {KeyKind.MEASURE})[KeyKind.MEASURE])
    made = begin(ann, promise("V01", "1"))
    contracts.add_contract(ann, roads("C9", menu="barnet-council", edition="2023"), made.supplier.id)
    names = key_names(ann, {KeyKind.MEASURE})[KeyKind.MEASURE]
    assert names["barnet-open J01"] == J01
    assert {key.split()[0] for key in names} == {"barnet-open", "barnet-council"}
    assert all(name.endswith(" (barnet-council)") == key.startswith("barnet-council ") for key, name in names.items())


def test_themes_of_every_menu_in_use_are_named_by_number_and_title_and_those_of_another_menu_say_so(ann):
    made = begin(ann, promise("V01", "1"))
    contracts.add_contract(ann, roads("C9", menu="barnet-council", edition="2023"), made.supplier.id)
    names = key_names(ann, {KeyKind.THEME})[KeyKind.THEME]
    assert names["barnet-open 1"] == "1 Fair work and poverty"
    assert all(name.endswith(" (barnet-council)") == key.startswith("barnet-council ") for key, name in names.items())
    assert any(key.startswith("barnet-council ") for key in names)


def test_what_is_missing_is_said_fact_by_fact(ann):
    found = PRIORITIES.check(ann, Priority(" "))
    assert [(each.where.field, each.message) for each in found] == [
        ("name", "The priority has no name"),
        ("plan", "The priority has no plan"),
        ("measures", "The priority has no measures"),
    ]
    suppliers.add_supplier(ann, bridge_works())
    PRIORITIES.add(ann, WORK)
    assert [each.code for each in PRIORITIES.check(ann, WORK)] == ["name-taken"]
