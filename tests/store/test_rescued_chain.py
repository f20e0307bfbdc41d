"""The chain of a database that was made of what could be read: what of it still proves something, and what does not."""

import sqlite3
from contextlib import closing

import pytest

from tests.store.samples import supplier
from tomsapp.domain.history import NOTED, HistoryHead
from tomsapp.domain.problems import Severity
from tomsapp.store.chain import read_head
from tomsapp.store.check import Earlier, chain_of, check_database
from tomsapp.store.database import open_database
from tomsapp.store.engine import open_engine, reading
from tomsapp.store.rescue import rescue_database


def head(path):
    engine = open_engine(path)
    with reading(engine) as connection:
        found = read_head(connection)
    engine.dispose()
    return found


def add(path, name):
    with open_database(path) as database, database.work("Ann", f"Add {name}") as work:
        work.suppliers.add(supplier(name))
        work.commit()
    return Earlier(head(path), f"{name}.pdf")


def spoil(path, *statements):
    with closing(sqlite3.connect(path)) as connection, connection:
        triggers = connection.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, *_ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for _, table, again in triggers:
            if table in tables:
                connection.execute(again)


@pytest.fixture
def papers(path):
    """Papers of a database, each made after one change more."""
    return [add(path, name) for name in ("A", "B", "C", "D")]


@pytest.fixture
def copy(path, papers, tmp_path):
    """A copy of that database, from which the change of C was lost."""
    place = papers[2].head.place
    spoil(path, f"DELETE FROM change WHERE id = (SELECT change_id FROM chain WHERE id = {place})")
    made = tmp_path / "copy.toms"
    rescue_database(path, made)
    return made


def codes(path, against=None):
    return [problem.code for problem in check_database(path, against)]


def test_what_is_whole_at_the_beginning_of_the_chain_proves_what_it_did(copy, papers):
    for paper in papers[:2]:
        assert codes(copy, paper) == codes(copy)


def test_paper_of_what_was_linked_anew_cannot_be_held_to_it_and_that_is_said(copy, papers):
    for paper in papers[2:]:
        (unsaid,) = [each for each in check_database(copy, paper) if each.code.startswith("database-history-")]
        assert unsaid.code == "database-history-unsaid"
        assert f"Whether {paper.stated_by} came from this history cannot be told" in unsaid.message
        assert f"the chain of its first {papers[1].head.place} alone" in unsaid.message
        assert "copied from a damaged one" in unsaid.message
        assert f"its first {papers[1].head.place} changes" in unsaid.fix


def test_paper_of_another_history_is_told_where_the_chain_can_tell(copy, papers):
    other = Earlier(HistoryHead(papers[0].head.place, "0" * 64), "other.pdf")
    assert "database-history-other" in codes(copy, other)


def test_paper_that_is_made_after_the_copy_is_held_to_it(copy):
    later = add(copy, "E")
    add(copy, "F")
    assert codes(copy, later) == codes(copy)


def test_check_and_history_tell_of_the_copy(copy, papers):
    (copied,) = [each for each in check_database(copy) if each.code == "database-copied"]
    assert f"the first {papers[1].head.place} are chained as they were made" in copied.message
    assert copied.severity is Severity.WARNING
    with open_database(copy) as database, database.read() as reader:
        (told,) = [entry for entry in reader.history() if entry.action == NOTED]
    assert (told.who, told.what) == ("This program", "Copied what could be read of a damaged database")
    assert f"begins anew after change {papers[1].head.place}" in told.after["note"]
    assert chain_of(copy).upgraded == 0


def test_copy_in_which_nothing_is_lost_has_the_chain_that_it_had(path, papers, tmp_path):
    made = tmp_path / "copy.toms"
    assert rescue_database(path, made).left_out == ()
    assert head(made) == papers[-1].head
    assert codes(made, papers[-1]) == []


def test_copy_that_lost_no_change_goes_on_with_its_chain_and_tells_of_the_rest(path, papers, tmp_path):
    spoil(path, "DROP TABLE area")
    made = tmp_path / "copy.toms"
    assert rescue_database(path, made).left_out
    assert codes(made, papers[-1]) == []
    assert head(made).place == papers[-1].head.place + 1
    with open_database(made) as database, database.read() as reader:
        (told,) = [entry for entry in reader.history() if entry.action == NOTED]
    assert told.after["note"] == "1 thing could not be kept as it was"


def test_copy_of_a_copy_says_both(copy, papers, tmp_path):
    add(copy, "E")
    late = add(copy, "F")
    spoil(copy, f"DELETE FROM chain WHERE id = {late.head.place}")
    again = tmp_path / "again.toms"
    rescue_database(copy, again)
    assert codes(again).count("database-copied") == 2
    assert "database-history-unsaid" in codes(again, late)
    assert codes(again, papers[1]) == codes(again)
