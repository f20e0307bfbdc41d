"""Registers of three shapes and twenty notices come in through the one import, and a second time change nothing."""

import shutil
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exchange.notices.made import package, release, twenty
from tests.exchange.tables.twins import (
    city_in_the_local_schema,
    county_in_two_rows_of_headings,
    district_in_the_words_of_the_code,
)
from tests.services.council import open_as
from tomsapp.domain.errors import TomsError
from tomsapp.domain.problems import Severity
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.services import contracts, suppliers, table_import
from tomsapp.services.progress import NoProgress
from tomsapp.services.register_suppliers import ANOTHER
from tomsapp.services.table_import import LeftOutKind, LineGroup

pytestmark = pytest.mark.parametrize("server", ["sqlite"])
TWINS = {
    "district.csv": district_in_the_words_of_the_code,
    "county.xlsx": county_in_two_rows_of_headings,
    "city.csv": city_in_the_local_schema,
}


@pytest.fixture(autouse=True)
def own_folder(monkeypatch, tmp_path):
    """What is remembered of senders stands in a folder of the test."""
    monkeypatch.setenv("TOMSAPP_HOME", str(tmp_path / "home"))


def opened(workspace, *paths, **choices):
    target = table_import.contracts_target(workspace)
    state = table_import.begin(workspace, target, table_import.open_table_files(paths))
    return target, replace(state, choices=choices)


def answered(workspace, target, state):
    """The state with an answer to each question: the first option, and that a supplier is another one."""
    for _ in range(10):
        view = table_import.look(workspace, target, state)
        open_ones = [one for one in view.left_out if not one.chosen(state.choices)]
        if not open_ones:
            return state
        chosen = {one.key: ANOTHER.key if one.kind is LeftOutKind.SUPPLIER else one.options[0].key for one in open_ones}
        state = replace(state, choices={**state.choices, **chosen})
    raise AssertionError([one.title for one in open_ones])


def brought_in(workspace, *paths, **choices):
    target, state = opened(workspace, *paths, **choices)
    return table_import.bring_in(workspace, target, answered(workspace, target, state), NoProgress())


def held(workspace):
    return {row.reference: row for row in contracts.list_contracts(workspace)}


def written(folder, files):
    folder.mkdir(exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


@pytest.mark.parametrize(("name", "count"), [("district.csv", 3), ("county.xlsx", 4), ("city.csv", 3)])
def test_a_register_of_each_shape_comes_in_once(ann, tmp_path, name, count):
    path = tmp_path / name
    path.write_bytes(TWINS[name]())
    assert brought_in(ann, path).result == count
    before = held(ann)
    target, state = opened(ann, path)
    state = answered(ann, target, state)
    view = table_import.look(ann, target, state)
    assert view.figures.to_change == 0
    assert LineGroup.NEW not in {line.group for line in view.lines if line.guess == "accept"}
    assert table_import.bring_in(ann, target, state, NoProgress()).edit is None
    assert held(ann) == before


def test_an_open_end_is_asked_about_and_what_is_taken_is_said(ann, tmp_path):
    path = tmp_path / "county.xlsx"
    path.write_bytes(county_in_two_rows_of_headings())
    target, state = opened(ann, path)
    view = table_import.look(ann, target, state)
    (asked,) = [one for one in view.left_out if one.key == "asked:open_end"]
    assert (asked.title, asked.guess, len(asked.options)) == ("1 contract has no end date", "leave", 3)
    (signs,) = [line for line in view.lines if line.code == "NC-5"]
    assert (signs.guess, [one.message for one in signs.problems]) == ("leave", ["The contract has no end date"])
    assert brought_in(ann, path, **{asked.key: "a_year"}).result == 5
    assert held(ann)["NC-5"].end_on == date(2027, 3, 31)
    assert brought_in(ann, path).edit is None
    assert brought_in(ann, path, **{asked.key: "financial_year"}).edit is None


def test_values_of_a_heading_that_says_either_are_asked_about(ann, tmp_path):
    path = tmp_path / "district.csv"
    path.write_bytes(district_in_the_words_of_the_code())
    target, state = opened(ann, path)
    titles = [one.words for one in table_import.look(ann, target, state).to_decide]
    assert "What are the values for?" in titles
    brought_in(ann, path, **{"asked:span:": "year"})
    assert held(ann)["WD/101"].value == Decimal(144000)


def test_twenty_notices_come_in_from_a_folder_once(ann, tmp_path):
    folder = written(tmp_path / "notices", twenty())
    assert brought_in(ann, folder).result == 16
    found = held(ann)
    assert found["EX-3/2"].ocid == "ocds-h6vhtk-0f0003/2"
    assert "EX-12" not in found
    assert {row.ocid for row in found.values()} >= {"ocds-h6vhtk-0f0011/1"}
    assert brought_in(ann, folder).edit is None
    assert brought_in(ann, *sorted(folder.glob("*.json"))[:5]).edit is None
    assert held(ann) == found


def test_where_every_row_waits_for_an_answer_nobody_is_told_to_point_at_rows(ann, tmp_path):
    path = tmp_path / "city.csv"
    path.write_bytes(city_in_the_local_schema())
    target, state = opened(ann, path)
    view = table_import.look(ann, target, state)
    (problem,) = view.problems
    assert problem.message == "Every row that is a contract stays aside"
    assert problem.fix == "Say below what becomes of those that are left out; F8 goes to the first that is open"
    after = table_import.look(ann, target, answered(ann, target, state))
    assert len(after.lines) == 3
    assert problem.message not in [each.message for each in after.problems]


def test_a_newer_notice_shows_what_is_changed(ann, tmp_path):
    brought_in(ann, written(tmp_path / "first", {"1.json": package(release(1))}))
    dearer = {"amount": 150000, "amountGross": 180000, "currency": "GBP"}
    newer = release(1, id="000050-2026", date="2026-05-01T09:00:00Z", value=dearer)
    target, state = opened(ann, written(tmp_path / "second", {"1.json": package(newer)}))
    state = answered(ann, target, state)
    (line,) = table_import.look(ann, target, state).lines
    assert line.group is LineGroup.CHANGED
    changes = {cell.label: (cell.was, cell.offered) for cell in line.cells}
    assert changes["Contract value"] == ("£100,001.00", "£150,000.00")
    assert "Notice 000050-2026 of 1 May 2026, Find a Tender" in changes["Notes"][1]
    assert table_import.bring_in(ann, target, state, NoProgress()).result == 1
    assert held(ann)["EX-1"].value == Decimal(150000)


def test_a_contract_of_a_register_is_known_by_its_notice(ann, tmp_path):
    head = "Reference,Title,Supplier,Value,Start,End,OCID\r\n"
    row = "R-1,Work,Made Up Supplier 1 Ltd,100001,1/4/2026,31/3/2029,ocds-h6vhtk-0f0001\r\n"
    path = tmp_path / "register.csv"
    path.write_text(head + row, encoding="utf-8")
    brought_in(ann, path)
    brought_in(ann, written(tmp_path / "first", {"1.json": package(release(1))}))
    assert {(row.reference, row.ocid) for row in held(ann).values()} == {("R-1", "ocds-h6vhtk-0f0001/1")}
    assert len(suppliers.list_suppliers(ann)) == 1
    target, state = opened(ann, path)
    (line,) = table_import.look(ann, target, state).lines
    assert [cell.label for cell in line.cells] == ["Title"]


def test_files_that_are_no_notices_are_refused_or_said(ann, tmp_path):
    with pytest.raises(OfferUnreadable, match="no notice"):
        table_import.open_table_files([written(tmp_path / "empty", {})])
    with pytest.raises(TomsError, match="table in text"):
        table_import.open_table_files([written(tmp_path / "other", {"a.json": b"a,b\n1,2", "b.json": b"a,b\n1,2"})])
    large = {"a.json": b" " * 15_000_000, "b.json": b" " * 15_000_000}
    with pytest.raises(OfferUnreadable, match="over 20 MB together"):
        table_import.open_table_files([written(tmp_path / "large", large)])


NAMES = st.sampled_from(
    ["Lamp & Sons Ltd", "LAMP AND SONS LIMITED", "Lamp and Son", "Sons & Lamp", "Roads plc", "Roads Ltd", "=1+1", ""]
)
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["A-1", "A-2", "A-3", "PO 12345", ""]),
        st.sampled_from(["Roads", "Grant to Lamp", "Lifts", "Tills"]),
        NAMES,
        st.sampled_from(["1000", "£1,234.56 pa", "tbc", ""]),
        st.sampled_from(["01/04/2026", "46113", "2026-04-01"]),
        st.sampled_from(["31/03/2028", "Ongoing", "", "24 months"]),
        st.sampled_from(["", "01234567", "07654321"]),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS)
def test_whatever_a_register_holds_a_second_import_changes_nothing(council_template, server, tmp_path, rows):
    assert server == "sqlite"
    head = "Reference;Title;Supplier;Value;Start;End;Company number\r\n"
    path = tmp_path / "register.csv"
    path.write_text(head + "".join(f"{';'.join(row)}\r\n" for row in rows), encoding="utf-16")
    workspace = open_as(str(shutil.copy(council_template, tmp_path / "again.db")), "Ann")
    brought_in(workspace, path)
    before, named = held(workspace), suppliers.list_suppliers(workspace)
    assert brought_in(workspace, path).edit is None
    assert (held(workspace), suppliers.list_suppliers(workspace)) == (before, named)
    workspace.close()


def test_contracts_of_one_title_without_references_stay_two(ann, tmp_path):
    head = "Title;Supplier;Value;Start;End\r\n"
    path = tmp_path / "register.csv"
    rows = "Tills;A Ltd;1000;01/04/2026;31/03/2028\r\nTills;B Ltd;2000;01/04/2026;31/03/2028\r\n"
    path.write_text(head + rows, encoding="utf-8")
    assert brought_in(ann, path).result == 2
    assert brought_in(ann, path).edit is None
    assert [row.value for row in held(ann).values()] == [Decimal(1000), Decimal(2000)]


def test_an_end_in_words_is_no_end_and_the_line_says_why_it_stays_out(ann, tmp_path):
    path = tmp_path / "register.csv"
    row = "A-1,Tills,A Ltd,1000,01/04/2026,Ongoing\r\n"
    path.write_text(f"Ref,Title,Supplier,Value,Start,End\r\n{row}", encoding="utf-8")
    (line,) = table_import.look(ann, *opened(ann, path)).lines
    assert [one.message for one in line.problems] == [
        "“Ongoing” is not a day: the register says no end of this contract",
        "The contract has no end date: cell F2 under “End” says “Ongoing”",
    ]


def test_a_row_that_cannot_come_in_takes_no_contract_from_the_next_one_of_its_title(ann, tmp_path):
    path = tmp_path / "register.csv"
    rows = "Tills;A Ltd;1000;01/04/2026;Ongoing\r\nTills;A Ltd;1000;01/04/2026;31/03/2028\r\n"
    path.write_text(f"Title;Supplier;Value;Start;End\r\n{rows}", encoding="utf-8")
    assert brought_in(ann, path).result == 1
    before = held(ann)
    assert brought_in(ann, path).edit is None
    assert held(ann) == before


def test_a_guess_in_a_cell_does_not_hide_what_is_wrong_with_it(ann, tmp_path):
    path = tmp_path / "register.csv"
    row = "A-1,Tills,A Ltd,1000,46113,45000\r\n"
    path.write_text(f"Ref,Title,Supplier,Value,Start,End\r\n{row}", encoding="utf-8")
    (line,) = table_import.look(ann, *opened(ann, path)).lines
    assert line.guess == "leave"
    assert Severity.ERROR in {one.severity for one in line.problems}
