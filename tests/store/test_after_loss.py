"""A server whose connection is lost in the very moment of a save: the person is told whether the save was kept."""

from __future__ import annotations

import psycopg
import pytest

from tests.store.samples import supplier
from tomsapp.store import after_loss
from tomsapp.store.database import open_database
from tomsapp.store.errors import ConnectionLost

pytestmark = pytest.mark.parametrize("server", ["postgresql"])


def names(target: str) -> list[str]:
    with open_database(target) as database, database.read() as reader:
        return [row.supplier.name for row in reader.suppliers()]


def save(database, name: str) -> None:
    """Save a supplier of this name; without a name, read and save nothing."""
    with database.work("Ann") as work:
        if name:
            work.suppliers.add(supplier(name))
        else:
            work.suppliers.all()
        work.commit()


def cut_off(target: str) -> None:
    """End every other connection to the database, as a restart of the server does."""
    with psycopg.connect(target, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def loses_connection(database, monkeypatch, target, *, after: bool, then=lambda: None) -> None:
    """Let the next commit of `database` never be answered: it is cut off before or after the server keeps it."""
    dialect = database._engine.dialect
    commit = dialect.do_commit

    def lost(connection):
        monkeypatch.setattr(dialect, "do_commit", commit)
        if after:
            commit(connection)
        cut_off(target)
        then()
        raise psycopg.OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(dialect, "do_commit", lost)


def test_save_that_was_kept_goes_on_as_saved(target, monkeypatch):
    with open_database(target) as database:
        loses_connection(database, monkeypatch, target, after=True)
        with database.work("Ann") as work:
            work.suppliers.add(supplier("Kept"))
            work.commit()
            work.suppliers.add(supplier("And the next"))
            work.commit()
        with database.work("Ann") as work:
            work.suppliers.add(supplier("Later"))
            work.commit()
    assert names(target) == ["And the next", "Kept", "Later"]


def test_save_that_was_not_kept_is_told_as_such_and_can_be_made_again(target, monkeypatch):
    with open_database(target) as database:
        loses_connection(database, monkeypatch, target, after=False)
        with pytest.raises(ConnectionLost, match="lost while it was saving") as told:
            save(database, "Lost")
        assert "Nothing was saved" in told.value.fix
        assert names(target) == []
        with database.work("Ann") as work:
            work.suppliers.add(supplier("Again"))
            work.commit()
    assert names(target) == ["Again"]


def test_server_that_answers_no_more_leaves_it_open(target, monkeypatch):
    monkeypatch.setattr(after_loss, "_ASKS", 1)

    def refuse(*_: object, **_named: object) -> None:
        raise psycopg.OperationalError("could not connect")

    with open_database(target) as database:
        gone = lambda: monkeypatch.setattr(psycopg, "connect", refuse)  # noqa: E731 - it is put back with the rest
        loses_connection(database, monkeypatch, target, after=True, then=gone)
        monkeypatch.setattr(database._engine.dialect, "connect", refuse, raising=False)
        with pytest.raises(ConnectionLost) as told:
            save(database, "Unknown")
    assert "It is not known whether it was saved" in told.value.fix


def test_read_that_is_cut_off_asks_nothing(target, monkeypatch):
    monkeypatch.setattr("tomsapp.store.unit_of_work.was_kept", lambda *_: pytest.fail("nothing was saved"))
    with open_database(target) as database:
        loses_connection(database, monkeypatch, target, after=False)
        with pytest.raises(Exception, match="cannot be reached"):
            save(database, "")
