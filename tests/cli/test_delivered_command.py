"""`tomsapp report --delivered` as somebody types it."""

import re
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from tests.services.council import begin, open_as
from tests.services.deliveries import begin_signed, claim, enter
from tomsapp.bootstrap import menu_catalogue
from tomsapp.domain.delivery.told import Frozen
from tomsapp.reports.render import printed_text
from tomsapp.services import databases
from tomsapp.services.contracts import list_contracts
from tomsapp.services.delivered_paper import delivered_report


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


def without_time(told):
    """What a command says, but for the minute at which it was looked at."""
    return re.sub(r"\d\d:\d\d UTC", "", told)


def test_a_paper_is_published_listed_copied_and_held_against_its_database(call, council, tmp_path):
    target = tmp_path / "copy.pdf"
    given = ("--database", council, "report", "C1", "--delivered", "--until", "2026-09-30", "--on", "2026-10-20")
    told = call(*given, "--publish", "--role", "Contract manager", "-o", target)
    assert (told.status, told.err) == (0, "")
    first, second = told.out.splitlines()
    digest = sha256(target.read_bytes()).hexdigest()
    assert first.startswith("Published: C1 to 30 September 2026, published on 20 October 2026 by ")
    assert first.endswith(f"SHA-256 {digest}.")
    assert second == f"A copy is in {target}."
    again = call(*given, "--publish")
    assert (again.status, again.out) == (2, "")
    assert "The reason says too little" in again.err
    # The role is the last one, where none is said.
    why = "A return was put right after it was published"
    assert call(*given, "--publish", "--reason", why).status == 0
    folder = tmp_path / "papers"
    folder.mkdir()
    listed = call("delivery", "papers", council, "C1", "-o", folder)
    assert listed.status == 0
    heads, _, one, two, *copies = listed.out.splitlines()
    assert heads.split("  ")[0] == "Delivered to"
    assert one.endswith(f"number 2     {digest}")
    assert two.split()[:4] == ["30", "September", "2026", "2"]
    assert sorted(path.name for path in folder.iterdir()) == [
        "C1 delivered to 30 September 2026, number 2.pdf",
        "C1 delivered to 30 September 2026.pdf",
    ]
    assert len(copies) == 2
    assert call("delivery", "papers", council, "C1", "--until", "2026-06-30").out == "Nothing was published.\n"
    alone = call("verify", target)
    assert alone.status == 0
    assert "this database" not in alone.out
    held = call("--database", council, "verify", target)
    assert held.status == 0
    assert "It is the paper that this database published, byte for byte: to 30 September 2026" in held.out
    for after in (("verify", "--database", council, target), ("verify", target, "--database", council)):
        assert without_time(call(*after).out) == without_time(held.out)
    assert "It was replaced by the one to 30 September 2026, number 2" in held.out
    assert call("db", "check", council, "--against", target).status == 0


def test_a_paper_that_the_database_did_not_publish_does_not_hold_there(call, council, tmp_path):
    workspace = open_as(council, "Ann")
    number = list_contracts(workspace)[0].id
    made = delivered_report(
        workspace, number, date(2026, 9, 30), date(2026, 10, 20), Frozen(1, date(2026, 10, 20), "Ann")
    )
    draft = delivered_report(workspace, number, date(2026, 9, 30), date(2026, 10, 20))
    workspace.close()
    forged, plain = tmp_path / "forged.pdf", tmp_path / "draft.pdf"
    forged.write_bytes(made.data)
    plain.write_bytes(draft.data)
    assert call("verify", forged).status == 0, "the file alone cannot tell"
    held = call("--database", council, "verify", forged)
    assert held.status == 1
    assert "no paper with its bytes is published there" in held.out
    assert call("--database", council, "verify", plain).status == 0
    other = tmp_path / "other.db"
    databases.make_database(other, menu_catalogue(), "Bob", "Another Council").close()
    elsewhere = call("--database", other, "verify", forged)
    assert elsewhere.status == 0
    assert "The open database did not publish it." in elsewhere.out


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("C1", "--delivered", "--role", "Contract manager"), "--role and --reason say who publishes and why."),
        (("C1", "--delivered", "--publish"), "One contract is published at a time, to the last day of a quarter."),
        (("--until", "2026-09-30", "--publish"), "One contract is published at a time"),
        (("C1", "--until", "2026-09-29", "--publish", "--role", "x"), "It is to no last day of a quarter"),
        (("C1", "--until", "2027-03-31", "--publish", "--role", "x"), "which has not come yet"),
    ],
)
def test_what_is_missing_to_publish_is_said(call, council, given, said):
    refused = call("--database", council, "report", *given)
    assert (refused.status, refused.out) == (2, "")
    assert said in refused.err
