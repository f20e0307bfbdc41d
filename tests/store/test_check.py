import sqlite3
from contextlib import closing

import psycopg
import pytest

from tests.store.samples import fill
from tomsapp.domain.problems import Severity
from tomsapp.store.check import check_database
from tomsapp.store.database import open_database


def break_by_hand(target: str, server: str, table: str, statement: str) -> None:
    """Change a row behind the back of its triggers, and put them back."""
    if server == "postgresql":
        with psycopg.connect(target) as connection:
            for each in (
                f"ALTER TABLE {table} DISABLE TRIGGER ALL",
                statement,
                f"ALTER TABLE {table} ENABLE TRIGGER ALL",
            ):
                connection.execute(each)
        return
    with closing(sqlite3.connect(target)) as connection, connection:
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?"
        triggers = connection.execute(query, (table,)).fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(statement)
        for _, again in triggers:
            connection.execute(again)


@pytest.fixture
def filled(target):
    with open_database(target) as database:
        fill(database)
    return target


def test_whole_database_has_no_problems(filled):
    assert check_database(filled) == []


@pytest.mark.parametrize(
    ("table", "statement", "code", "words"),
    [
        ("contract", "UPDATE contract SET title = 'Quietly'", "database-history", "contract 1: title was changed"),
        ("contract", "UPDATE contract SET value = 1", "database-history", "value was changed without its history"),
        ("supplier", "UPDATE supplier SET version = 5", "database-history", "does not have every version"),
        ("edition", "UPDATE edition SET content = content_sha256::bytea", "database-bytes", "edition 1"),
    ],
)
def test_what_was_done_behind_its_back_is_found(filled, server, table, statement, code, words):
    break_by_hand(filled, server, table, statement.replace("::bytea", "" if server == "sqlite" else "::bytea"))
    problems = check_database(filled)
    assert [(problem.code, problem.severity) for problem in problems] == [(code, Severity.ERROR)]
    assert words in problems[0].message
    assert "backup" in problems[0].fix
    assert problems[0].where.file


def test_missing_trigger_is_found(filled, raw, server):
    raw("DROP TRIGGER history_undeleted" + (" ON history" if server == "postgresql" else ""))
    (problem,) = check_database(filled)
    assert (problem.code, "history_undeleted" in problem.message) == ("database-schema", True)


@pytest.mark.parametrize("server", ["postgresql"])
def test_trigger_that_is_off_is_found(filled, raw):
    raw("ALTER TABLE supplier DISABLE TRIGGER supplier_signed")
    (problem,) = check_database(filled)
    assert "supplier_signed on supplier is missing, off" in problem.message


def test_changed_table_is_found(filled, raw):
    raw("ALTER TABLE supplier ADD COLUMN extra INTEGER")
    assert {problem.code for problem in check_database(filled)} == {"database-schema"}


def test_key_that_names_nothing_is_found(path):
    with open_database(path) as database:
        fill(database)
    break_by_hand(str(path), "sqlite", "answer", "UPDATE answer SET contract_id = 77")
    assert {problem.code for problem in check_database(path)} == {"database-key", "database-history"}


def test_inexact_number_is_found(path):
    with open_database(path) as database:
        fill(database)
    break_by_hand(str(path), "sqlite", "contract_spend", "UPDATE contract_spend SET amount = 10.5 WHERE id = 1")
    problems = check_database(path)
    assert ("database-number", "contract_spend 1: amount is not an exact number") in [
        (problem.code, problem.message) for problem in problems
    ]


def test_damaged_file_is_one_problem_and_no_exception(path):
    with open_database(path) as database:
        fill(database)
    content = bytearray(path.read_bytes())
    content[4096 * 8 : 4096 * 9] = b"\xa5" * 4096
    path.write_bytes(content)
    problems = check_database(path)
    assert problems
    assert {problem.code for problem in problems} <= {"database-damaged", "database-unusable", "database-schema"}
    path.write_bytes(b"")
    (problem,) = check_database(path)
    assert (problem.code, "is empty" in problem.message) == ("database-unusable", True)


def test_version_that_is_not_ours_is_told(filled, raw):
    raw("UPDATE tomsapp_version SET version_num = '9999'")
    (problem,) = check_database(filled)
    assert problem.code == "database-version"
