"""`tomsapp report --delivered` as somebody types it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.council import begin, open_as
from tests.services.deliveries import begin_signed, claim, enter
from tomsapp.bootstrap import menu_catalogue
from tomsapp.reports.render import printed_text
from tomsapp.services import databases


@pytest.fixture
def council(tmp_path: Path) -> Iterator[Path]:
    """A database with a signed contract under which something was returned, and a draft."""
    path = tmp_path / "council.db"
    databases.make_database(path, menu_catalogue(), "Ann", "Larkmere Council").close()
    workspace = open_as(path, "Ann")
    made = begin_signed(workspace)
    enter(workspace, made, claim(made.lines[0]))
    begin(workspace, reference="C2")
    workspace.close()
    return path


def test_the_delivered_valuation_of_a_contract_is_written_and_holds(call, council, tmp_path):
    target = tmp_path / "delivered.pdf"
    told = call("--database", council, "report", "c1", "--delivered", "--until", "2026-09-30", "-o", target)
    assert (told.status, told.err) == (0, "")
    assert told.out == f"The delivered valuation is in {target}.\n"
    assert "Delivered to 30 September 2026 (end of Q2 of year 1)" in printed_text(target.read_bytes())
    held = call("verify", target)
    assert held.status == 0
    assert "Agrees with itself: yes." in held.out


def test_all_signed_contracts_go_into_a_folder(call, council, tmp_path):
    folder = tmp_path / "papers"
    folder.mkdir()
    told = call(
        "--database", council, "report", "--delivered", "--until", "2026-06-30", "--on", "2026-07-14", "-o", folder
    )
    assert told.status == 0
    assert [path.name for path in folder.iterdir()] == ["C1 delivered to 30 June 2026.pdf"]
    assert "Made 14 July 2026" in printed_text(next(folder.iterdir()).read_bytes())


def test_what_is_missing_is_said(call, council, tmp_path):
    refused = call("report", "C1", "--delivered")
    assert (refused.status, refused.out) == (2, "")
    assert "What was delivered stands in a database, and none is named." in refused.err
    assert "There is no contract C9." in call("--database", council, "report", "C9", "--until", "2026-09-30").err
    draft = call("--database", council, "report", "C2", "--delivered", "-o", tmp_path)
    assert "C2 is draft, and nothing is delivered before a contract is signed." in draft.err
    assert "No offer is named." in call("report").err


def test_without_a_signed_contract_nothing_is_written(call, tmp_path):
    path = tmp_path / "empty.db"
    databases.make_database(path, menu_catalogue(), "Ann", "Larkmere Council").close()
    told = call("--database", path, "report", "--delivered")
    assert told.status == 2
    assert "No contract is signed, and nothing is delivered before a contract is signed." in told.err
