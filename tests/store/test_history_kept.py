"""What somebody alters behind the program, with the triggers out of the way, is found and named."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from tests.store.samples import fill, supplier
from tomsapp.domain.errors import TomsError
from tomsapp.domain.history import HistoryHead
from tomsapp.store.chain import link_changes, read_head
from tomsapp.store.check import Earlier, check_database
from tomsapp.store.check_history import against_problems, history_problems
from tomsapp.store.database import open_database
from tomsapp.store.engine import open_engine
from tomsapp.store.kept import sha256_of
from tomsapp.store.migrations.links import MOMENT, Link, moment
from tomsapp.store.tables import FrozenValuationRow
from tomsapp.store.version import VERSION_TABLE

OF_HISTORY = {"change", "history", "chain"}


@pytest.fixture
def engine(target) -> Iterator[Engine]:
    """A database with a row in each table, whose keys and checks nobody holds."""
    with open_database(target) as database:
        filled = fill(database, signs=True)
        with database.work("Ann", "As an earlier version did") as work:
            kept = {"content": b"x", "content_sha256": sha256_of(b"x"), "sha256": "", "kind": "k", "reason": ""}
            change = work._scope.change_id()
            work._session.add(FrozenValuationRow(change_id=change, contract_id=filled.contract, **kept))
            work.commit()
    engine = open_engine(target, checks_keys=False)
    yield engine
    engine.dispose()


@contextmanager
def behind(engine: Engine, *, is_kept: bool = False) -> Iterator[Connection]:
    """A transaction in which the triggers are out of the way; what is done in it is taken back."""
    with engine.connect().execution_options(tomsapp_writes=True) as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
            held = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
            for name, _ in held:
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
        else:
            held = []
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        yield connection
        for _, statement in held:
            connection.exec_driver_sql(statement)
        connection.commit() if is_kept else connection.rollback()


def columns(engine: Engine) -> list[tuple[str, str, str]]:
    look = inspect(engine)
    return [
        (table, column["name"], str(column["type"]))
        for table in sorted(look.get_table_names())
        for column in look.get_columns(table)
    ]


def altered(server: str, column: str, kind: str, value: object) -> str:
    """The SQL of another value of a column's own kind."""
    if kind in {"BLOB", "BYTEA"}:
        return "CAST('other' AS BLOB)" if server == "sqlite" else "'other'::bytea"
    if kind == "BOOLEAN":
        return f"NOT {column}"
    if kind.startswith(("DATETIME", "TIMESTAMP")):
        return "'2001-02-03 04:05:06.000007'"
    if kind == "DATE":
        return "'2001-02-03'"
    if kind == "TEXT":
        return "'x'" if value is None else f"{column} || 'x'"
    return "77" if value is None else f"{column} + 1000"


def found(connection: Connection) -> list[str]:
    return [problem.message for problem in history_problems(connection, "council")]


def test_every_cell_of_every_table_that_is_altered_is_found_and_named(engine, server):
    with engine.connect() as connection:
        assert found(connection) == [], "what is as it was saved is no problem"
    unnoticed, refused, seen = [], [], 0
    for table, column, kind in columns(engine):
        if table == VERSION_TABLE:
            continue
        with behind(engine) as connection:
            held = connection.exec_driver_sql(f'SELECT id, "{column}" FROM {table} ORDER BY id LIMIT 1').one()
            value = altered(server, f'"{column}"', kind, held[1])
            try:
                connection.exec_driver_sql(f'UPDATE {table} SET "{column}" = {value} WHERE id = {held[0]}')
            except (SQLAlchemyError, TomsError):
                refused.append(f"{table}.{column}")
                continue
            named = ("change ", "chain") if table in OF_HISTORY else (f"{table} {held[0]}",)
            if not any(name in message for message in found(connection) for name in named):
                unnoticed.append(f"{table}.{column}")
            seen += 1
    assert unnoticed == []
    assert seen > 150
    # Words of a list and the one row of a table: checks of the table refuse others even so.
    assert server == "sqlite" or 0 < len(refused) < 80


def test_version_of_the_tables_is_held(target, raw):
    raw(f"UPDATE {VERSION_TABLE} SET version_num = '0001'")
    assert [problem.code for problem in check_database(target)] == ["database-version"]


@pytest.mark.parametrize(
    ("statements", "words"),
    [
        (["DELETE FROM commitment_year WHERE id = 1"], "commitment_year 1: the history tells of it, and it is not"),
        (["DELETE FROM act WHERE id = 1"], "act 1: the history tells of it, and it is not there"),
        (["DELETE FROM history WHERE id = 3"], "or its link in the chain was altered"),
        (["DELETE FROM change WHERE id = 2"], "change 2: the chain of the history tells of it, and it is not there"),
        (["DELETE FROM chain WHERE id = 2"], "The chain of the history has no link 2"),
        (["DELETE FROM chain WHERE id = 2"], "change 2 stands outside the chain"),
        (
            ["INSERT INTO history SELECT max(id) + 1, 2, 'supplier', 1, NULL, 'changed', '{}', '{}' FROM history"],
            "or its link in the chain was altered",
        ),
        (
            ["INSERT INTO commitment_year SELECT 99, 1, deleted, change_id, 1, 7, 0 FROM commitment_year WHERE id = 1"],
            "commitment_year 99: its history does not have every version",
        ),
        (
            ["UPDATE history SET id = 901 WHERE id = 4", "UPDATE history SET id = 4 WHERE id = 5",
             "UPDATE history SET id = 5 WHERE id = 901"],
            "or its link in the chain was altered",
        ),
        (
            ["UPDATE commitment SET id = 901 WHERE id = 1", "UPDATE commitment SET id = 1 WHERE id = 2",
             "UPDATE commitment SET id = 2 WHERE id = 901"],
            "commitment 2: ",
        ),
        (
            ["UPDATE change SET id = 901 WHERE id = 2", "UPDATE change SET id = 2 WHERE id = 3",
             "UPDATE change SET id = 3 WHERE id = 901"],
            "change 3",
        ),
        (["UPDATE history SET \"after\" = 'no JSON'"], "everything was changed without its history"),
    ],
)  # fmt: skip
def test_rows_that_were_deleted_added_or_swapped_are_found(engine, statements, words):
    with behind(engine) as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
        assert any(words in message for message in found(connection)), found(connection)


# The best that somebody with SQL can do


def head_of(engine: Engine) -> HistoryHead:
    with engine.connect() as connection:
        head = read_head(connection)
    assert head is not None
    return head


def link_anew(connection: Connection) -> None:
    """Make the whole chain again over what stands there now."""
    server, before = connection.dialect.name, ""
    at, linked_at = MOMENT[server].format("c.at"), MOMENT[server].format("k.linked_at")
    query = (
        f"SELECT k.id, c.id AS change, {at} AS at, c.who, c.what, {linked_at} AS linked_at, k.linked_by, k.how "
        "FROM chain AS k JOIN change AS c ON c.id = k.change_id ORDER BY k.id"
    )
    for row in connection.execute(text(query)).all():
        told = connection.execute(
            text(
                'SELECT id, kind, record_id, contract_id, action, "before", "after" FROM history '
                "WHERE change_id = :change ORDER BY id"
            ),
            {"change": row.change},
        )
        moments = (moment(row.at), moment(row.linked_at)) if server == "sqlite" else (row.at, row.linked_at)
        link = Link(row.id, row.change, moments[0], row.who, row.what, moments[1], row.linked_by, row.how)
        before = link.digest(before, told)
        connection.execute(
            text("UPDATE chain SET digest = :digest WHERE id = :place"), {"digest": before, "place": row.id}
        )


def test_chain_that_was_made_anew_is_whole_and_not_the_one_of_an_earlier_paper(engine, target):
    head = head_of(engine)
    assert check_database(target, Earlier(head, "C1.pdf")) == []
    with behind(engine, is_kept=True) as connection:
        connection.exec_driver_sql("UPDATE change SET who = 'Somebody else' WHERE id = 2")
        assert found(connection) != []
        link_anew(connection)
        assert found(connection) == []
        (problem,) = against_problems(connection, head, "C1.pdf", "council")
    (same,) = check_database(target, Earlier(head, "C1.pdf"))
    assert same.message == problem.message
    assert (
        problem.code,
        f"C1.pdf was made after {head.place} changes, and those are not the ones" in problem.message,
    ) == (
        "database-history-other",
        True,
    )


def test_changes_that_were_taken_away_at_the_end_are_missed(target, engine):
    with open_database(target) as database, database.work("Ann", "Add") as work:
        work.suppliers.add(supplier("The last"))
        work.commit()
    head = head_of(engine)
    with behind(engine, is_kept=True) as connection:
        for table, where in (
            ("history", f"change_id = {head.place}"),
            ("supplier", f"change_id = {head.place}"),
            ("chain", f"id = {head.place}"),
            ("change", f"id = {head.place}"),
        ):
            connection.exec_driver_sql(f"DELETE FROM {table} WHERE {where}")
    assert check_database(target) == []
    (problem,) = check_database(target, Earlier(head, "C1.pdf"))
    assert problem.code == "database-history-cut"
    assert f"the history has {head.place - 1} of them: 1 change at its end" in problem.message
    with open_database(target) as database, database.work("Ann", "Add another") as work:
        work.suppliers.add(supplier("The last"))
        work.commit()
    (problem,) = check_database(target, Earlier(head, "C1.pdf"))
    assert problem.code == "database-history-other"


def test_what_another_program_saved_by_the_rules_is_told(target, raw, server):
    number = raw.sign()
    raw(
        "INSERT INTO policy (id, version, deleted, change_id, code, title) "
        f"VALUES (1, 1, {'0' if server == 'sqlite' else 'false'}, {number}, 'a', 'b')"
    )
    if server == "postgresql":
        (problem,) = check_database(target)
        assert (problem.code, "says “Raw SQL” at 2026-11-22 10:00 UTC; the server took it" in problem.message) == (
            "database-clock",
            True,
        )
        assert raw("SELECT linked_by FROM chain ORDER BY id DESC LIMIT 1") == [("postgres",)]
        return
    for reference in ("C1", "C2"):
        (problem,) = check_database(target)
        assert (problem.code, number in problem.message) == ("database-foreign-change", True)
        with open_database(target) as database, database.work("Ann", "Add") as work:
            work.suppliers.add(supplier(reference))
            work.commit()


@pytest.mark.parametrize("server", ["sqlite"])
def test_linking_twice_links_once(target):
    with open_database(target) as database:
        fill(database)
    engine = open_engine(target)
    with engine.connect().execution_options(tomsapp_writes=True) as connection:
        head = read_head(connection)
        link_changes(connection, [])
        assert read_head(connection) == head
    engine.dispose()
