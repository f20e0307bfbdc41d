"""The example council: made anew, never over anything else, and never half."""

import sqlite3
from contextlib import closing
from datetime import date
from decimal import Decimal

import pytest

from tests.ordinary import MARKED_FOLDERS, protected
from tests.services.council import open_as, sealed_documents, shipped
from tests.store.earlier import make_earlier
from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.errors import TomsError
from tomsapp.domain.menu import EditionStatus
from tomsapp.domain.policy import PolicyResult
from tomsapp.services import checking, contracts, databases, overview
from tomsapp.services.example import make_example
from tomsapp.services.failures import StoreError
from tomsapp.services.neighbourhoods import NEIGHBOURHOODS
from tomsapp.services.overview import Filters
from tomsapp.services.priorities import PRIORITIES
from tomsapp.services.progress import Cancelled
from tomsapp.services.sealed_view import sealed_view
from tomsapp.services.signed_valuations import signed_valuations

TODAY = date(2026, 3, 2)


class StopsAfter:
    """A user who stops the work at its n-th report."""

    def __init__(self, reports: int) -> None:
        self.left = reports

    def report(self, done: int, total: int, text: str = "") -> None:
        self.left -= 1
        if not self.left:
            raise Cancelled


def make(folder, progress=None, today=TODAY):
    return make_example(folder, shipped(), today, progress, with_documents=False)


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_example_is_as_the_readme_says(tmp_path):
    made = make(tmp_path / "new" / "example")
    assert names(made.folder) == ["council.tomsdb"]
    workspace = open_as(made.database, "Ann")
    rows = contracts.list_contracts(workspace)
    assert workspace.settings.is_example
    assert (len(rows), sum(row.commitments for row in rows), len({row.supplier for row in rows})) == (12, 194, 8)
    assert {row.status for row in rows} == set(ContractStatus) - {ContractStatus.WITHDRAWN}
    assert (min(row.value for row in rows), max(row.value for row in rows)) == (24_500, 39_800_000)
    assert (len(NEIGHBOURHOODS.all(workspace)), len(PRIORITIES.all(workspace))) == (3, 3)
    assert not [
        each for row in NEIGHBOURHOODS.all(workspace) for each in NEIGHBOURHOODS.check(workspace, row.record, row.id)
    ]
    assert not [each for row in PRIORITIES.all(workspace) for each in PRIORITIES.check(workspace, row.record, row.id)]
    signed = [row for row in rows if row.status is not ContractStatus.DRAFT]
    for row in signed:
        page = contracts.open_contract(workspace, row.id)
        assert not page.checked.has_errors
        assert [problem for problem in page.checked.problems if problem.is_open] == []
    workspace.close()
    assert checking.check(made.database) == []


def test_every_measure_and_each_result_of_a_policy_rule_occurs(tmp_path, examples):
    workspace = open_as(examples.copy(tmp_path, TODAY), "Ann")
    pages = [contracts.open_contract(workspace, row.id) for row in contracts.list_contracts(workspace)]
    used = {line.record.measure for page in pages for line in page.commitments}
    editions = {page.edition.name: page.edition for page in pages}
    assert sorted(editions) == ["barnet-council 2023", "barnet-open 2026.1", "barnet-open 2026.2"]
    assert {measure.code for edition in editions.values() for measure in edition.measures} == used
    newest = {line.record.measure for page in pages if page.edition.edition == "2026.2" for line in page.commitments}
    assert {measure.code for measure in editions["barnet-open 2026.2"].measures} == newest
    results = {check.result for page in pages for check in page.checked.policy_checks}
    assert results == set(PolicyResult) - {PolicyResult.NOT_CHECKED}
    workspace.close()


def test_contracts_of_2026_1_were_signed_before_it_was_withdrawn_and_show_both_values(tmp_path, examples):
    workspace = open_as(examples.copy(tmp_path, date(2026, 11, 28)), "Ann")
    signed = {}
    for row in contracts.list_contracts(workspace):
        if row.edition == "2026.1":
            page = contracts.open_contract(workspace, row.id)
            assert page.edition.status is EditionStatus.WITHDRAWN
            (signed[row.reference],) = signed_valuations(workspace, row.id, date(2026, 11, 28))
    assert sorted(signed) == ["L-2025-007", "L-2026-006"]
    days = {"L-2025-007": "24 September 2025", "L-2026-006": "24 November 2026"}
    for reference, one in signed.items():
        assert one.act.words == f"Signed on {days[reference]} by A. Okafor, Procurement lead"
        assert (one.edition, one.edition_today) == ("barnet-open 2026.1", "barnet-open 2026.2")
    # 64 years of raises at £5,050.50 as signed, £4,075.50 today
    assert signed["L-2025-007"].difference == Decimal("-62400.00")
    # 27 years of raises; 36 weeks at £226.50, now £240.00; 0.75 units at £43,636.05, now £23,354.72
    assert signed["L-2026-006"].difference == Decimal("-41050.00")
    assert [words.split(" ")[0] for words in signed["L-2026-006"].by_line] == ["J11", "S08", "G04", "G09"]
    # J07 and S01 were declared different in a group of 2026.1, and stay so in the groups of 2026.2
    rows = overview.figures(overview.load_cube(workspace), Filters(), with_contracts=True).portfolio.contract_rows
    (row,) = [each for each in rows if each.reference == "L-2025-007"]
    assert (row.menu_today, row.jobs_today.total, row.jobs_today.not_counted) == ("barnet-open 2026.2", 28, "")
    old = [row.id for row in contracts.list_contracts(workspace) if row.edition == "2026.1"]
    # The page of a contract and the portfolio tell the same number of jobs
    page = contracts.open_contract(
        workspace, next(each.id for each in contracts.list_contracts(workspace) if each.reference == "L-2025-007")
    )
    (jobs,) = [rule for rule in sealed_view(workspace, page, date(2026, 11, 28)).rules if "needed" in rule.amounts]
    # 12 as signed for £12.6 million, and 13 for the £13.0 million as varied, at today's values
    assert (jobs.amounts, jobs.today_amounts) == ("12 needed, 44 committed", "13 needed, 28 committed")
    assert all(b'"status": "published"' in sealed_documents(workspace, number)[0] for number in old)
    workspace.close()


def test_second_time_in_the_same_folder_makes_it_anew(tmp_path, examples):
    workspace = open_as(examples.copy(tmp_path, TODAY), "Ann")
    rows = contracts.list_contracts(workspace)
    page = contracts.open_contract(workspace, next(row.id for row in rows if row.status is ContractStatus.DRAFT))
    contracts.delete_contract(workspace, page)
    workspace.close()
    second = make(tmp_path)
    workspace = open_as(second.database, "Ann")
    assert len(contracts.list_contracts(workspace)) == 12
    workspace.close()
    assert names(tmp_path) == ["council.tomsdb"]


def test_example_of_an_earlier_version_is_made_anew(tmp_path, examples):
    make_earlier(examples.copy(tmp_path, TODAY))
    workspace = open_as(make(tmp_path).database, "Ann")
    assert len(contracts.list_contracts(workspace)) == 12
    workspace.close()
    assert names(tmp_path) == ["council.tomsdb"]


def test_database_of_a_real_council_of_an_earlier_version_is_left_as_it_is(tmp_path):
    path = tmp_path / "council.tomsdb"
    databases.make_database(path, shipped(), "Ann", "Real Council").close()
    make_earlier(path)
    before = path.read_bytes()
    with pytest.raises(StoreError, match="is not the example council"):
        make(tmp_path)
    assert (path.read_bytes(), names(tmp_path)) == (before, ["council.tomsdb"])


def test_example_that_is_open_elsewhere_is_left(tmp_path, examples):
    path = examples.copy(tmp_path, TODAY)
    workspace = open_as(path, "Ann")
    contracts.list_contracts(workspace)
    with pytest.raises(StoreError, match="open elsewhere") as told:
        make(tmp_path)
    assert "Close it" in told.value.fix
    assert len(contracts.list_contracts(workspace)) == 12
    workspace.close()
    assert names(tmp_path) == ["council.tomsdb"]
    assert checking.check(path) == []


def test_database_of_a_real_council_is_never_written_over(tmp_path):
    path = tmp_path / "council.tomsdb"
    databases.make_database(path, shipped(), "Ann", "Real Council").close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="is not the example council") as told:
        make(tmp_path)
    assert told.value.fix == "Choose another folder for the example"
    assert path.read_bytes() == before
    path.write_bytes(b"something else")
    with pytest.raises(StoreError):
        make(tmp_path)
    assert path.read_bytes() == b"something else"
    assert names(tmp_path) == ["council.tomsdb"]


@pytest.mark.parametrize("reports", [1, 7])
def test_example_that_is_stopped_leaves_what_was_there(tmp_path, reports, examples):
    with pytest.raises(Cancelled):
        make(tmp_path, StopsAfter(reports))
    assert names(tmp_path) == []
    before = examples.copy(tmp_path, TODAY).read_bytes()
    with pytest.raises(Cancelled):
        make(tmp_path, StopsAfter(reports))
    assert names(tmp_path) == ["council.tomsdb"]
    assert (tmp_path / "council.tomsdb").read_bytes() == before


def test_folder_of_the_user_is_not_touched(tmp_path):
    (tmp_path / "making").mkdir()
    (tmp_path / "making" / "mine.txt").write_text("mine", encoding="utf-8")
    make(tmp_path)
    assert (tmp_path / "making" / "mine.txt").read_text(encoding="utf-8") == "mine"


@MARKED_FOLDERS
def test_folder_that_cannot_be_written_is_told(tmp_path):
    folder = tmp_path / "closed"
    folder.mkdir()
    refused = pytest.raises(TomsError, match=r"cannot be written to .*Permission denied")
    with protected(folder), refused as told:
        make(folder)
    assert "Choose a folder that you may write to" in told.value.fix
    assert names(folder) == []


def test_disk_that_fills_up_leaves_nothing_half_made(tmp_path, monkeypatch):
    from tomsapp.store import engine

    prepare = engine._prepare_sqlite

    def small(connection: sqlite3.Connection, *rest: object) -> None:
        prepare(connection, *rest)
        connection.execute("PRAGMA max_page_count = 90")

    monkeypatch.setattr(engine, "_prepare_sqlite", small)
    with pytest.raises(StoreError, match="no room left"):
        make(tmp_path)
    assert names(tmp_path) == []


def test_example_has_a_whole_history(tmp_path, examples):
    with closing(sqlite3.connect(examples.copy(tmp_path, TODAY))) as connection:
        (people,) = connection.execute("SELECT count(DISTINCT who) FROM change").fetchone()
        (nameless,) = connection.execute("SELECT count(*) FROM change WHERE trim(what) = ''").fetchone()
    assert (people > 0, nameless) == (True, 0)
