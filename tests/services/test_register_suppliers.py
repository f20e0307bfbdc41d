"""The suppliers of a register: taken for one that is held, asked about, or new; never merged unasked and unsaid."""

from dataclasses import replace

import pytest

from tomsapp.domain.supplier import Supplier, SupplierKind
from tomsapp.services import contracts, suppliers, table_import
from tomsapp.services.progress import NoProgress
from tomsapp.services.register_suppliers import ANOTHER
from tomsapp.services.table_import import LeftOutKind, LineGroup

HARTWELL = Supplier("Hartwell & Doyle Ltd", SupplierKind.LARGE, registration="01234567")
HEAD = "Ref,Title,Supplier,Company number,Value,Start,End\r\n"
pytestmark = pytest.mark.parametrize("server", ["sqlite"])


@pytest.fixture(autouse=True)
def own_folder(monkeypatch, tmp_path):
    """What is remembered of senders stands in a folder of the test."""
    monkeypatch.setenv("TOMSAPP_HOME", str(tmp_path / "home"))


@pytest.fixture
def show(ann, tmp_path):
    """The target and the state of a register whose rows name these suppliers, each with a number or none."""

    def shown(choices):
        lines = [f'R-{row},Work {row},"{name}",{number},1000,1/4/2026,31/3/2028' for row, (name, number) in named_rows]
        path = tmp_path / "register.csv"
        path.write_text(HEAD + "\r\n".join(lines), encoding="utf-8")
        target = table_import.contracts_target(ann)
        state = table_import.begin(ann, target, table_import.open_table_file(path))
        return target, replace(state, choices={"asked:supplier_kind": "sme", **(choices or {})})

    def with_rows(*named, choices=None):
        nonlocal named_rows
        named_rows = list(enumerate(named, 1))
        return shown(choices)

    named_rows = []
    return with_rows


def questions(view):
    return [one for one in view.left_out if one.kind is LeftOutKind.SUPPLIER]


def held(workspace):
    return {row.supplier.name: row.contracts for row in suppliers.list_suppliers(workspace)}


FIVE = [
    ("Hartwell & Doyle Ltd", ""),
    ("HARTWELL AND DOYLE LIMITED", ""),
    ("Hartwel and Doyle Ltd", ""),
    ("Doyle & Hartwell", ""),
    ("H&D Repairs", "1234567"),
]


def test_a_supplier_in_five_writings_is_one_once_a_person_says_so(ann, show):
    suppliers.add_supplier(ann, HARTWELL)
    view = table_import.look(ann, *show(*FIVE))
    assert [one.title for one in questions(view)] == [
        "Is Hartwel and Doyle Ltd the same as Hartwell & Doyle Ltd?",
        "Is Doyle & Hartwell the same as Hartwell & Doyle Ltd?",
    ]
    assert questions(view)[0].detail == "row 4. Hartwell & Doyle Ltd: 96% alike"
    assert [one.step for one in view.to_decide] == [1, 1]
    notes = [[one.message for one in line.problems] for line in view.lines]
    assert notes == [
        [],
        ["“HARTWELL AND DOYLE LIMITED” is taken for Hartwell & Doyle Ltd: the same name, written otherwise"],
        [],
        [],
        ["“H&D Repairs” is taken for Hartwell & Doyle Ltd: the same registration number, 01234567"],
    ]
    same = {one.key: one.options[0].key for one in questions(view)}
    target, state = show(*FIVE, choices=same)
    view = table_import.look(ann, target, state)
    assert "you said that it is the same" in view.lines[2].problems[0].message
    assert table_import.bring_in(ann, target, state, NoProgress()).result == 5
    assert held(ann) == {"Hartwell & Doyle Ltd": 5}


def test_nothing_is_asked_again_of_what_was_brought_in(ann, show):
    suppliers.add_supplier(ann, HARTWELL)
    asked = questions(table_import.look(ann, *show(*FIVE)))
    target, state = show(*FIVE, choices={asked[0].key: asked[0].options[0].key, asked[1].key: ANOTHER.key})
    table_import.bring_in(ann, target, state, NoProgress())
    assert held(ann) == {"Doyle & Hartwell": 1, "Hartwell & Doyle Ltd": 4}
    target, state = show(*FIVE)
    view = table_import.look(ann, target, state)
    assert (questions(view), view.to_decide) == ([], ())
    assert {line.group for line in view.lines} == {LineGroup.SAME}
    assert "it is the supplier of the contract already" in view.lines[2].problems[0].message
    assert table_import.bring_in(ann, target, state, NoProgress()).edit is None


def test_other_companies_of_one_name_are_asked_about_and_told_apart(ann, show):
    suppliers.add_supplier(ann, HARTWELL)
    rows = [("Hartwell & Doyle Ltd", "07654321"), ("Hartwell & Doyle plc", "")]
    asked = questions(table_import.look(ann, *show(*rows)))
    same, plc = "Hartwell & Doyle Ltd: the same name, but it", "ends in Ltd, and this one in plc"
    assert [one.detail for one in asked] == [
        f"row 2, registration number 07654321. {same} has the registration number 01234567",
        f"row 3. {same} {plc}; Hartwell & Doyle Ltd (07654321): row 2, the same name, but it {plc}",
    ]
    target, state = show(*rows, choices=dict.fromkeys((one.key for one in asked), ANOTHER.key))
    table_import.bring_in(ann, target, state, NoProgress())
    assert held(ann) == {"Hartwell & Doyle Ltd": 0, "Hartwell & Doyle Ltd (07654321)": 1, "Hartwell & Doyle plc": 1}


def test_new_suppliers_of_one_register_are_one_where_they_are_the_same(ann, show):
    rows = [("Winterway Ltd", ""), ("Winterway Limited", "04444444"), ("Winterways", ""), ("Nordway", "4444444")]
    view = table_import.look(ann, *show(*rows))
    (asked,) = questions(view)
    assert asked.detail == "row 4. Winterway Ltd: row 2, 94% alike"
    assert [option.label for option in asked.options] == ["Yes, the same", "No, another one"]
    target, state = show(*rows, choices={asked.key: asked.options[0].key})
    table_import.bring_in(ann, target, state, NoProgress())
    (row,) = suppliers.list_suppliers(ann)
    assert (row.supplier.name, row.supplier.registration, row.contracts) == ("Winterway Ltd", "04444444", 4)


def test_what_is_a_formula_elsewhere_is_a_name(ann, show):
    name = "=cmd|' /C calc'!A0"
    target, state = show((name, ""), ("Roads Ltd", ""))
    table_import.bring_in(ann, target, state, NoProgress())
    assert set(held(ann)) == {name, "Roads Ltd"}
    assert {row.supplier for row in contracts.list_contracts(ann)} == {name, "Roads Ltd"}
