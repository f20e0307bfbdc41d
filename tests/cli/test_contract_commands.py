"""`tomsapp due` and `tomsapp report --hand-over`."""

from datetime import date

import pytest
from icalendar import Calendar

from tests.services.council import open_as, promise, roads
from tests.services.deliveries import begin_signed
from tomsapp.reports.render import printed_text
from tomsapp.services import contracts
from tomsapp.store.database import create_database


@pytest.fixture
def council(tmp_path):
    path = tmp_path / "council.db"
    create_database(path, who="Ann").close()
    workspace = open_as(path, "Ann")
    begin_signed(workspace, promise("V01", *["100"] * 30), title="Roads", end_on=date(2056, 3, 31))
    workspace.close()
    return path


def test_what_is_due_is_told_and_written_as_a_calendar(call, council, tmp_path):
    told = call("due", council)
    assert told.status == 0
    assert "Return for Q4 (Jan to Mar 2056)" in told.out
    assert "C1" in told.out
    target = tmp_path / "due.ics"
    written = call("due", council, "C1", "-o", target)
    assert written.status == 0
    assert written.out == f"What is due is in {target}: 121 entries.\n"
    assert len(Calendar.from_ical(target.read_bytes()).walk("VEVENT")) == 121
    every = tmp_path / "all.ics"
    assert call("due", council, "-o", every).status == 0
    assert len(Calendar.from_ical(every.read_bytes()).walk("VEVENT")) == 121


def test_a_contract_that_is_not_there_or_not_signed_is_told(call, council):
    assert call("due", council, "C9").err == (
        "There is no contract with the reference C9. Check it in the list of contracts.\n"
    )
    workspace = open_as(council, "Ann")
    contracts.add_contract(workspace, roads("C2"), None)
    workspace.close()
    assert call("due", council, "C2").err.startswith("C2 is draft, and what is due is that of signed contracts.")


def test_a_hand_over_sheet_is_written(call, council, tmp_path):
    target = tmp_path / "sheet.pdf"
    told = call("--database", council, "report", "--hand-over", "C1", "-o", target, "--on", "2026-11-29")
    assert told.status == 0
    assert told.out == f"The hand-over sheet is in {target}.\n"
    assert "For whoever manages this contract" in printed_text(target.read_bytes())


def test_what_a_report_lacks_is_told(call, council):
    assert call("report").err == (
        "No offer is named. Name its file, or add --hand-over or --delivered with a contract.\n"
    )
    assert call("report", "--hand-over", "C1").err.startswith("No database is named.")
    assert call("--database", council, "report", "x.json", "--hand-over", "C1").status == 2
