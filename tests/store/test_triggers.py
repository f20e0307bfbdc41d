"""What the database itself does, for the program and for anybody else who writes to it."""

import json
import sqlite3

import psycopg
import pytest

from tests.store.samples import fill
from tomsapp.store.tables import Row

REFUSED = (sqlite3.IntegrityError, psycopg.errors.RaiseException)
TABLES = sorted(Row.metadata.tables)
RECORDS = [name for name in TABLES if "version" in Row.metadata.tables[name].columns]
KEPT = [name for name in TABLES if name not in RECORDS]
TOUCH = {"history": "kind = 'x'", "change": "who = 'x'", "chain": "digest = 'x'", "act": "reason = 'x'"}


def last(raw) -> tuple:
    return raw("SELECT kind, record_id, contract_id, action, before, after FROM history ORDER BY id DESC LIMIT 1")[0]


def no(server: str) -> str:
    return "0" if server == "sqlite" else "false"


def yes(server: str) -> str:
    return "1" if server == "sqlite" else "true"


def test_each_kind_of_change_by_raw_sql_is_in_the_history(database, raw, server):
    filled = fill(database)
    number = filled.supplier
    change = raw.sign()
    raw(f"UPDATE supplier SET name = 'Raw', version = version + 1, change_id = {change} WHERE id = {number}")
    kind, record, contract, action, before, after = last(raw)
    assert (kind, record, contract, action) == ("supplier", number, None, "changed")
    assert (json.loads(before)["name"], json.loads(after)["name"]) == ("Bridge Works Ltd", "Raw")
    steps = [(yes(server), "deleted"), (no(server), "restored")]
    for mark, action in steps:
        change = raw.sign()
        raw(f"UPDATE supplier SET deleted = {mark}, version = version + 1, change_id = {change} WHERE id = {number}")
        assert last(raw)[3] == action
    change = raw.sign()
    raw(
        "INSERT INTO answer (version, deleted, change_id, contract_id, problem_key, answer) "
        f"VALUES (1, {no(server)}, {change}, {filled.contract}, 'k', 'a')"
    )
    kind, _, contract, action, before, after = last(raw)
    assert (kind, contract, action, json.loads(before)) == ("answer", filled.contract, "added", {})
    assert json.loads(after)["answer"] == "a"
    with database.read() as reader:
        assert reader.history(limit=1)[0].who == "Raw SQL"


def test_history_writes_values_the_same_on_every_server(database, raw):
    filled = fill(database)
    after = {
        kind: json.loads(text)
        for kind, text in raw(f"SELECT kind, after FROM history WHERE contract_id = {filled.contract} ORDER BY id DESC")
    }
    assert after["contract"] == {
        "id": filled.contract,
        "version": 1,
        "deleted": False,
        "reference": "C1",
        "title": "Roads",
        "supplier_id": filled.supplier,
        "value": "2500000.00",
        "start_on": "2026-04-01",
        "end_on": "2028-03-31",
        "menu": "barnet-open",
        "edition": "2026.1",
        "kind": "framework",
        "status": "draft",
        "directorate": "",
        "contract_manager": "",
        "notes": "",
        "value_with_vat": None,
        "latest_end_on": None,
    }
    assert after["commitment"]["contract_share"] == "0.333333"
    assert after["commitment"]["rate_quantity"] is None
    assert after["commitment_year"]["quantity"] == "12.5000"
    assert after["contract_spend"]["amount"] == "10.01"


def test_negative_and_tiny_numbers_are_written_right(database, raw, server):
    filled = fill(database)
    for scaled, exact, written in ((-1, "-0.0001", "-0.0001"), (-10001, "-1.0001", "-1.0001"), (0, "0", "0.0000")):
        value = scaled if server == "sqlite" else exact
        raw(
            f"UPDATE commitment_year SET quantity = {value}, version = version + 1, change_id = {raw.sign()} "
            f"WHERE commitment_id = {filled.commitment} AND year_index = 0"
        )
        assert json.loads(last(raw)[5])["quantity"] == written


def test_every_row_has_its_history(database, raw):
    fill(database)
    for table in RECORDS:
        assert raw(f"SELECT count(*) FROM {table}")[0][0] > 0, table
        entries = raw(f"SELECT count(*) FROM history WHERE kind = '{table}'")
        assert entries == raw(f"SELECT sum(version) FROM {table}"), table


def fill_all(database, raw, server: str) -> None:
    """A row in each table, that of an earlier version too."""
    filled = fill(database)
    raw(
        "INSERT INTO frozen_valuation (change_id, content, content_sha256, contract_id, kind, sha256, reason) VALUES "
        f"({raw.sign()}, CAST('x' AS {'BLOB' if server == 'sqlite' else 'BYTEA'}), '', {filled.contract}, 'k', '', '')"
    )


@pytest.mark.parametrize("table", TABLES)
def test_nothing_is_ever_deleted(database, raw, server, table):
    fill_all(database, raw, server)
    with pytest.raises(REFUSED, match="Nothing is deleted"):
        raw(f"DELETE FROM {table}")


@pytest.mark.parametrize("table", KEPT)
def test_what_is_kept_is_never_changed(database, raw, server, table):
    fill_all(database, raw, server)
    with pytest.raises(REFUSED, match="kept for ever"):
        raw(f"UPDATE {table} SET {TOUCH.get(table, 'content_sha256 = content_sha256')}")


@pytest.mark.parametrize("table", RECORDS)
def test_row_is_not_changed_without_saying_who(database, raw, table):
    fill(database)
    change = raw.sign()
    for unsigned in ("deleted = deleted", "version = version + 1", f"change_id = {change}"):
        with pytest.raises(REFUSED, match="new change and the next version"):
            raw(f"UPDATE {table} SET {unsigned}")


@pytest.mark.parametrize("table", RECORDS)
def test_row_does_not_change_its_number(database, raw, table):
    fill(database)
    with pytest.raises(REFUSED, match="new change and the next version"):
        raw(f"UPDATE {table} SET id = id + 1000, version = version + 1, change_id = {raw.sign()}")


def test_new_row_begins_with_version_one(database, raw, server):
    change = raw.sign()
    for version, deleted in ((2, no(server)), (1, yes(server))):
        with pytest.raises(REFUSED, match="A new row has version 1"):
            raw(
                "INSERT INTO policy (id, version, deleted, change_id, code, title) "
                f"VALUES (1, {version}, {deleted}, {change}, 'a', 'b')"
            )


def test_sqlite_row_is_not_replaced(path):
    with sqlite3.connect(path) as connection, pytest.raises(sqlite3.IntegrityError, match="not replaced"):
        connection.execute("REPLACE INTO change (id, at, who, what) VALUES (1, '2026-01-01 00:00:00', 'x', 'x')")
    connection.close()


@pytest.mark.parametrize("server", ["postgresql"])
@pytest.mark.parametrize("table", ["history", "supplier"])
def test_postgresql_table_is_not_emptied(raw, table):
    with pytest.raises(REFUSED, match="Nothing is deleted"):
        raw(f"TRUNCATE {table} CASCADE")


def test_foreign_keys_are_kept(database, raw, server):
    change = raw.sign()
    statement = (
        "INSERT INTO answer (version, deleted, change_id, contract_id, problem_key, answer) "
        f"VALUES (1, {no(server)}, {change}, 999, 'k', 'a')"
    )
    if server == "sqlite":
        statement = "PRAGMA foreign_keys"
        with database._engine.connect() as connection:
            assert connection.exec_driver_sql(statement).scalar_one() == 1
        return
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        raw(statement)
