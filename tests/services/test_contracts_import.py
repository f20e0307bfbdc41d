"""Registers of contracts in three councils' shapes come in through the one import, as they are."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.exchange.tables.offers import book_of_sheets
from tests.exchange.tables.registers import COUNTY_REGISTER, borough_register, district_register
from tests.services.council import begin, bridge_works, sign
from tomsapp.domain.contract import ContractKind
from tomsapp.domain.errors import TomsError
from tomsapp.domain.problems import Severity
from tomsapp.domain.supplier import SupplierKind
from tomsapp.services import contracts, edits, suppliers, table_import
from tomsapp.services.progress import Cancelled, NoProgress
from tomsapp.services.table_import import LeftOutKind, LineGroup

ASKED_KIND, ASKED_REFERENCE = "asked:supplier_kind", "asked:reference"


@pytest.fixture(autouse=True)
def own_folder(monkeypatch, tmp_path):
    """What is remembered of senders stands in a folder of the test."""
    monkeypatch.setenv("TOMSAPP_HOME", str(tmp_path / "home"))


@pytest.fixture
def show(ann, tmp_path):
    """The target and the state of a register."""

    def shown(data, name="register.xlsx", **choices):
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        target = table_import.contracts_target(ann)
        state = table_import.begin(ann, target, table_import.open_table_file(path))
        return target, replace(state, choices=choices)

    return shown


def held(workspace):
    return {row.reference: row for row in contracts.list_contracts(workspace)}


def test_a_register_with_title_lines_and_real_days_comes_in(ann, show):
    target, state = show(borough_register(), **{ASKED_KIND: "sme"})
    view = table_import.look(ann, target, state)
    assert [(line.code, line.group, line.row) for line in view.lines] == [
        ("HR-001", LineGroup.NEW, "row 5"), ("HR-002", LineGroup.NEW, "row 6"), ("EN-010", LineGroup.NEW, "row 7")
    ]  # fmt: skip
    assert view.to_decide == ()
    assert [(row.label, row.offered) for row in (*view.figures.own_total, *view.figures.own_parts)] == [
        ("It shows, in cell H8", "£5,750,000.50"), ("Read here", "£5,750,000.50"), ("Difference", "£0.00"),
    ]  # fmt: skip
    done = table_import.bring_in(ann, target, state, NoProgress())
    assert done.result == 3
    found = held(ann)
    first = found["HR-001"]
    assert (first.title, first.value, first.start_on, first.end_on) == (
        "Housing repairs, east", Decimal(4200000), date(2026, 4, 1), date(2029, 3, 31)
    )  # fmt: skip
    assert (first.latest_end_on, first.directorate, first.contract_manager) == (
        date(2031, 3, 31), "Housing", "A. Okafor"
    )  # fmt: skip
    assert (first.supplier, first.edition, first.notes) == ("Hartwell and Doyle Ltd", "2026.2", "Review: 1 June 2028")
    assert found["HR-002"].notes == "Extension: 1+1"
    assert found["EN-010"].value == Decimal(1200000)
    added = {row.supplier.name: row.supplier for row in suppliers.list_suppliers(ann)}
    assert added["Ascend Lifts plc"].registration == "07654321"
    edits.undo(ann, done.edit)
    assert held(ann) == {}
    assert suppliers.list_suppliers(ann) == []


def test_the_same_register_again_changes_nothing(ann, show):
    for data, name in ((borough_register(), "b.xlsx"), (district_register(), "d.xlsx")):
        target, state = show(data, name, **{ASKED_KIND: "sme", ASKED_REFERENCE: "number"})
        assert table_import.bring_in(ann, target, state, NoProgress()).result == 3
        target, state = show(data, name)
        view = table_import.look(ann, target, state)
        assert {line.group for line in view.lines} == {LineGroup.SAME}
        assert table_import.bring_in(ann, target, state, NoProgress()).edit is None


def test_lengths_and_pounds_a_year_are_worked_out_and_said(ann, show):
    target, state = show(COUNTY_REGISTER, "county.csv", **{ASKED_KIND: "large"})
    view = table_import.look(ann, target, state)
    assert "“36” from 1 September 2026 ends on 31 August 2029" in {one.words for one in view.guessed}
    assert view.lines[2].options[0].key == "leave"
    assert "no contract value" in view.lines[2].problems[-1].message
    table_import.bring_in(ann, target, state, NoProgress())
    found = held(ann)
    assert set(found) == {"CC/26/1", "CC/26/2"}
    assert (found["CC/26/1"].value, found["CC/26/1"].end_on) == (Decimal(3600000), date(2029, 8, 31))
    assert found["CC/26/2"].value == Decimal(500000)


def test_a_register_of_several_sheets_without_references_is_numbered_when_somebody_says_so(ann, show):
    target, state = show(district_register())
    view = table_import.look(ann, target, state)
    assert [one.words for one in view.to_decide] == ["Which reference?"]
    with pytest.raises(TomsError, match="Which reference"):
        table_import.bring_in(ann, target, state, NoProgress())
    state = replace(state, choices={ASKED_REFERENCE: "number", "asked:directorate": "sheet"})
    table_import.bring_in(ann, target, state, NoProgress())
    found = held(ann)
    assert {row.title: (row.reference, row.directorate) for row in found.values()} == {
        "Swimming pool": ("C-2026-001", "Leisure"),
        "Playgrounds": ("C-2026-002", "Parks"),
        "Mowing": ("C-2026-003", "Parks"),
    }
    kinds = {row.supplier.name: (row.supplier.kind, row.contracts) for row in suppliers.list_suppliers(ann)}
    assert kinds == {"Splash Trust": (SupplierKind.SME, 2), "Swing Makers LLP": (SupplierKind.SME, 1)}


def test_a_contract_that_is_there_is_changed_by_what_the_register_says_alone(ann, show):
    begun = begin(ann)
    head = "Contract ref,Contract title,Supplier,Contract value,Contract manager,Type of contract\r\n"
    target, state = show(f"{head}c1,Roads and paths,BRIDGE WORKS LIMITED,2600000,J. Reid,Framework\r\n", "r.csv")
    view = table_import.look(ann, target, state)
    line = view.lines[0]
    assert (line.group, line.code, line.was_value, line.after_value) == (
        LineGroup.CHANGED, "C1", Decimal(2500000), Decimal(2600000)
    )  # fmt: skip
    assert [(cell.label, cell.was, cell.offered) for cell in line.cells] == [
        ("Title", "Roads", "Roads and paths"),
        ("Contract value", "£2,500,000.00", "£2,600,000.00"),
        ("Kind", "Standard", "Framework"),
        ("Contract manager", "", "J. Reid"),
    ]
    kept = table_import.look(ann, target, replace(state, choices={line.key: "keep"}))
    assert kept.lines[0].after_value == Decimal(2500000)
    assert kept.figures.to_change == 0
    table_import.bring_in(ann, target, state, NoProgress())
    row = held(ann)["C1"]
    assert (row.id, row.kind, row.end_on, row.supplier) == (
        begun.id, ContractKind.FRAMEWORK, date(2028, 3, 31), bridge_works().name
    )  # fmt: skip


def test_notes_of_the_council_stay_beside_what_the_register_says(ann, show):
    begin(ann, notes="Ask Jo first\nReview: May")
    head = "Contract ref,Title,Notes,Review date,Colour\r\n"
    target, state = show(f"{head}C1,Roads,From the register,May,red\r\n", "r.csv", **{"column_ignored:": "notes"})
    table_import.bring_in(ann, target, state, NoProgress())
    kept = "Ask Jo first\nReview: May\nFrom the register\nColour: red"
    assert held(ann)["C1"].notes == kept
    assert table_import.look(ann, target, state).lines[0].group is LineGroup.SAME


def test_a_signed_contract_keeps_its_facts(ann, show):
    begun = begin(ann)
    sign(ann, begun.id)
    target, state = show("Contract ref,Title,Contract value\r\nC1,Roads,1\r\n", "r.csv")
    line = table_import.look(ann, target, state).lines[0]
    assert "is signed" in line.problems[-1].message
    assert table_import.bring_in(ann, target, state, NoProgress()).result == 0


def test_one_reference_in_two_rows_comes_in_once(ann, show):
    row = "A-1,Roads,Bridge Works Ltd,1000,01/04/2026,31/03/2027\r\n"
    target, state = show(f"Ref,Title,Supplier,Value,Start,End\r\n{row}{row}", "r.csv", **{ASKED_KIND: "sme"})
    view = table_import.look(ann, target, state)
    assert "Row 2 has the same reference" in view.lines[1].problems[0].message
    assert table_import.bring_in(ann, target, state, NoProgress()).result == 1


def test_days_that_contradict_each_other_are_asked_about(ann, show):
    rows = "A-1,Roads,100,03/04/2026,31/03/2027\r\nA-2,Lifts,100,05/06/2026,04/30/2027\r\n"
    rows += "A-3,Trees,100,05/06/2026,02/03/2028\r\n"
    target, state = show(f"Ref,Title,Value,Start,End\r\n{rows}", "r.csv")
    view = table_import.look(ann, target, state)
    question = view.to_decide[0]
    assert question.words == "End date: does the day or the month stand first?"
    chosen = table_import.look(ann, target, replace(state, choices={question.key: "month"}))
    assert chosen.to_decide == ()
    ends = [next(cell.offered for cell in line.cells if cell.label == "End date") for line in chosen.lines]
    assert ends == ["31 March 2027", "30 April 2027", "3 February 2028"]
    starts = [next(cell.offered for cell in line.cells if cell.label == "Start date") for line in chosen.lines]
    assert starts[0] == "3 April 2026"


def test_a_file_without_contracts_says_so(ann, show):
    target, state = show("Just,words\r\nand,more\r\n", "r.csv")
    view = table_import.look(ann, target, state)
    assert view.problems[0].message == "No row looks like a head"
    target, state = show("Ref,Title,Value,Start,End\r\n,,5,1/4/2026,\r\n", "r.csv")
    view = table_import.look(ann, target, state)
    assert view.problems[0].message == "No row under the head is read as a contract"
    assert view.figures.headline == "0 contracts"


def test_a_column_in_thousands_is_said_once_and_marked_at_its_heading(ann, show):
    register = (
        "Ref,Title,Value (£000s),Start,End\r\nK-1,Roads,1.5,1/4/2026,31/3/2027\r\nK-2,Lifts,20,1/4/2026,31/3/2027\r\n"
    )
    view = table_import.look(ann, *show(register, "k.csv"))
    words = "“Value (£000s)” is read as thousands of pounds: 1 is £1,000.00"
    assert [(one.row, one.column, one.words) for one in view.guessed] == [(1, 2, words)]
    assert words in [problem.message for problem in view.problems]
    assert [line.offered_value for line in view.lines] == [Decimal(1500), Decimal(20000)]
    assert [problem for line in view.lines for problem in line.problems] == []


def test_a_contract_without_a_value_names_the_cell_that_could_not_be_read(ann, show):
    register = (
        "Ref,Title,Annual value,Total value,Start,Term\r\n"
        "N-1,Roads,Rates,n/a,1/4/2026,3 years\r\n"
        "N-2,Lifts,,,1/4/2026,3 years\r\n"
        "N-3,Trees,,tbc,1/4/2026,-\r\n"
    )
    first, second, third = table_import.look(ann, *show(register, "n.csv")).lines
    cells = "cell D2 under “Total value” says “n/a” and cell C2 under “Annual value” says “Rates”"
    missing = [[one for one in line.problems if one.code == "value-missing"] for line in (first, second)]
    assert [[(one.where.column, one.message) for one in found] for found in missing] == [
        [("D", f"The contract has no contract value: {cells}")], [("D", "The contract has no contract value")]
    ]  # fmt: skip
    assert [problem.message for problem in third.problems] == [
        "“tbc”: Use numbers only, for example 4200000.00",
        "The contract has no end date: cell F4 under “Term” says “-”",
    ]


def test_a_new_supplier_that_looks_like_one_that_is_there_is_asked_about(ann, show):
    suppliers.add_supplier(ann, bridge_works())
    register = (
        "Ref,Title,Supplier,Total value,Start,Term\r\n"
        "N-1,Roads,Вridge Works Ltd,1000,1/4/2026,3 years\r\n"
        "N-2,Lifts,Bridge Works Limited,1000,1/4/2026,3 years\r\n"
        f"N-3,Trees,{'x' * 300},1000,1/4/2026,3 years\r\n"
        "N-4,Paths,Open Hand\u200b Trust,1000,1/4/2026,3 years\r\n"
    )
    view = table_import.look(ann, *show(register, "n.csv", **{ASKED_KIND: "sme"}))
    (question,) = [one for one in view.left_out if one.kind is LeftOutKind.SUPPLIER]
    assert (question.row, question.column, question.guess) == (2, 2, "")
    assert question.title == "Is Вridge Works Ltd the same as Bridge Works Ltd?"
    assert "it looks the same and is written with other letters" in question.detail
    assert question.title in [one.words for one in view.to_decide]
    _, same, long, clean = view.lines
    assert not [one for one in (*same.problems, *clean.problems) if one.code.startswith(("supplier", "name"))]
    (refused,) = [one for one in long.problems if one.code == "name-too-long"]
    assert (refused.severity, refused.where.column) == (Severity.ERROR, "C")


ANNIVERSARY = (
    "Ref,Title,Value,Start,End\r\nE-1,Roads,1000,1/4/2026,1/4/2028\r\nE-2,Lifts,1000,1/4/2026,31/3/2028\r\n"
    "E-3,Trees,1000,1/4/2026,1/4/2027\r\nE-4,Walls,1000,1/4/2026,1/4/2026\r\nE-5,Tills,1000,1/4/2026,1/4/2025\r\n"
)


def test_an_end_on_the_day_of_the_start_is_asked_about_once(ann, show):
    target, state = show(ANNIVERSARY, "e.csv")
    view = table_import.look(ann, target, state)
    assert [one.words for one in view.to_decide] == ["Which day is the last?"]
    (asked,) = [one for one in view.left_out if one.title == "Which day is the last?"]
    words = "The first ends on 1 April 2028, the day on which it began: its last year has one day, and 1 contract more"
    assert (asked.detail, [one.label for one in asked.options]) == (
        f"{words} likewise", ["The day before", "As the register says"]
    )  # fmt: skip
    before = replace(state, choices={asked.key: "day_before"})
    table_import.bring_in(ann, target, before, NoProgress())
    ends = {reference: row.end_on for reference, row in held(ann).items()}
    assert ends == {
        "E-1": date(2028, 3, 31), "E-2": date(2028, 3, 31), "E-3": date(2027, 3, 31), "E-4": date(2026, 4, 1)
    }  # fmt: skip
    again = table_import.look(ann, *show(ANNIVERSARY, "e.csv"))
    assert {line.group for line in again.lines if line.code != "E-5"} == {LineGroup.SAME}
    assert again.to_decide == ()


def test_the_day_that_a_register_says_stays_where_it_is_meant(ann, show):
    register = ANNIVERSARY.split("E-2", maxsplit=1)[0]
    target, state = show(register, "e.csv")
    (asked,) = [one for one in table_import.look(ann, target, state).left_out if one.title == "Which day is the last?"]
    assert [one.label for one in asked.options] == ["The day before, 31 March 2028", "As the register says"]
    table_import.bring_in(ann, target, replace(state, choices={asked.key: "as_said"}), NoProgress())
    assert held(ann)["E-1"].end_on == date(2028, 4, 1)
    assert [line.group for line in table_import.look(ann, *show(register, "e.csv")).lines] == [LineGroup.SAME]


def test_two_tables_of_a_sheet_are_of_one_directorate(ann, show):
    head = ["Ref", "Title", "Value", "Start", "End"]
    other = ["Ref", "Title", "Start", "End", "Value"]
    days = ["01/04/2026", "31/03/2028"]
    sheets = {
        "Parks": [[*head, "", *other], ["P1", "Trees", 5, *days, "", "P2", "Paths", *days, 6]],
        "Roads": [head, ["R1", "Signs", 7, *days]],
    }
    target, state = show(book_of_sheets(sheets))
    view = table_import.look(ann, target, state)
    (asked,) = [one for one in view.left_out if one.title == "Is each sheet a directorate?"]
    assert asked.detail == "Sheets Parks and Roads"
    table_import.bring_in(ann, target, replace(state, choices={asked.key: "sheet"}), NoProgress())
    assert {reference: row.directorate for reference, row in held(ann).items()} == {
        "P1": "Parks", "P2": "Parks", "R1": "Roads"
    }  # fmt: skip
    alone, again = show(book_of_sheets({"Parks": sheets["Parks"]}))
    titles = [one.title for one in table_import.look(ann, alone, again).left_out]
    assert "Is each sheet a directorate?" not in titles


@pytest.mark.parametrize("server", ["sqlite"])
def test_names_in_a_register_that_look_like_those_that_are_held_are_asked_about(ann, show):
    begin(ann, reference="N-7", title="Coach hire", contract_manager="Ann Lee")
    heads = "Reference,Title,Supplier,Value,Start date,End date,Contract manager\r\n"
    register = (
        f"{heads}\u039d-7,\u0421oach hire,Bridge Works Ltd,1000,1/4/2026,3 years,\u0410nn Lee\r\n"
        "N-9,Coach Hire,Bridge Works Ltd,1000,1/4/2026,3 years,ann lee\r\n"
    )
    asked, same = table_import.look(ann, *show(register, "n.csv", **{ASKED_KIND: "sme"})).lines
    found = {one.code: one for one in asked.problems if one.code.endswith("-look-alike")}
    assert set(found) == {"reference-look-alike", "title-look-alike", "contract-manager-look-alike"}
    assert found["title-look-alike"].message.startswith("There is the title Coach hire, which looks the same")
    assert (found["title-look-alike"].where.column, found["title-look-alike"].where.row) == ("B", 2)
    assert not [one for one in same.problems if one.code.endswith("-look-alike")]


@pytest.mark.parametrize("server", ["sqlite"])
def test_names_that_look_alike_within_a_register_are_asked_about_once(ann, show):
    heads = "Reference,Title,Supplier,Value,Start date,End date,Contract manager\r\n"
    register = (
        f"{heads}N-7,Coach hire,Bridge Works Ltd,1000,1/4/2026,3 years,Ann Lee\r\n"
        "N-8,\u0421oach hire,\u0412ridge Works Limited,1000,1/4/2026,3 years,\u0410nn Lee\r\n"
        "\u039d-7,\u0421oach hire,\u0412ridge Works Limited,1000,1/4/2026,3 years,ann lee\r\n"
        "N-9,Lifts,bridge works,1000,1/4/2026,3 years,\r\n"
    )
    view = table_import.look(ann, *show(register, "n.csv", **{ASKED_KIND: "sme"}))
    lines = view.lines
    (supplier,) = [one for one in view.left_out if one.kind is LeftOutKind.SUPPLIER]
    assert supplier.detail == (
        "rows 3 and 4. Bridge Works Ltd: row 2, it looks the same and is written with other letters"
    )
    alike = "which looks the same and is written with other letters"
    asked = [[one.message for one in line.problems if one.code.endswith("-look-alike")] for line in lines]
    assert asked == [
        [],
        [
            f"Row 2 has the title Coach hire, {alike}",
            f"Row 2 has the contract manager Ann Lee, {alike}",
        ],
        [f"Row 2 has the reference N-7, {alike}"],
        [],
    ]
    assert not [one for line in lines for one in line.problems if one.severity is Severity.ERROR]


@pytest.mark.parametrize("server", ["sqlite"])
def test_name_on_another_sheet_that_looks_alike_says_which(ann, show):
    heads = ("Reference", "Title", "Supplier", "Value", "Start date", "End date")
    row = ("Bridge Works Ltd", 1000, "1/4/2026", "31/3/2029")
    sheets = {"Parks": [heads, ("N-7", "Coach hire", *row)], "Roads": [heads, ("N-8", "\u0421oach hire", *row)]}
    _, other = table_import.look(ann, *show(book_of_sheets(sheets), **{ASKED_KIND: "sme"})).lines
    (asked,) = [one for one in other.problems if one.code == "title-look-alike"]
    assert asked.message.startswith("Row 2 of Parks has the title Coach hire, which looks the same")


def test_a_value_with_parts_of_a_penny_is_told_at_its_row_and_added_up_all_the_same(ann, show):
    head = ["Reference", "Title", "Supplier", "Value", "Start date", "End date"]
    days = ["01/04/2026", "31/03/2027"]
    rows = [["A-1", "Gritting", "Winterway", 33333.333, *days], ["A-2", "Mowing", "Winterway", 100, *days]]
    target, state = show(book_of_sheets({"Register": [head, *rows]}))
    view = table_import.look(ann, target, state)
    assert [one.code for one in view.lines[0].problems] == ["value-too-precise"]
    assert view.figures.rows[-1].offered == "£33,433.33"
    assert table_import.bring_in(ann, target, replace(state, choices={ASKED_KIND: "sme"}), NoProgress()).result == 1


def test_an_import_that_is_stopped_changes_nothing(ann, show):
    class Stopped(NoProgress):
        def report(self, done, total, text=""):
            if done == 2:
                raise Cancelled

    target, state = show(borough_register(), **{ASKED_KIND: "sme"})
    with pytest.raises(Cancelled):
        table_import.bring_in(ann, target, state, Stopped())
    assert (held(ann), suppliers.list_suppliers(ann)) == ({}, [])
    assert table_import.bring_in(ann, target, state, NoProgress()).result == 3
