"""What the database itself does, for the program and for anybody else who writes to it."""

import json
import shutil
import sqlite3
from contextlib import ExitStack

import psycopg
import pytest

from tests.conftest import Raw
from tests.postgres import server_database
from tests.store.samples import fill
from tomsapp.store.database import open_database
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
        "supplier_contact": "",
        "supplier_contact_email": "",
        "supplier_contact_phone": "",
        "extensions_taken": None,
        "extensions_left": None,
        "ocid": "",
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


@pytest.fixture(scope="module")
def once(request, tmp_path_factory):
    """A database on each server that is filled once: all that is tried on it is refused, so that it stays as it is."""
    made = {}
    with ExitStack() as until_the_end:

        def of(server: str, *, signs: bool) -> Raw:
            if (server, signs) in made:
                return Raw(made[server, signs], server)
            if server == "sqlite":
                path = tmp_path_factory.mktemp("filled") / "council.toms"
                target = str(shutil.copy(request.getfixturevalue("sqlite_template"), path))
            else:
                template = request.getfixturevalue("postgres_template")
                target = until_the_end.enter_context(server_database(request.getfixturevalue("cluster"), template))
            raw = Raw(target, server)
            with open_database(target) as database:
                if signs:
                    fill(database, signs=True)
                else:
                    fill_all(database, raw, server)
            made[server, signs] = target
            return raw

        yield of


@pytest.fixture
def full(once, server) -> Raw:
    """Runs SQL on a database with a row in each table."""
    return once(server, signs=False)


@pytest.fixture
def sealed(once, server) -> Raw:
    """Runs SQL on a database with a signed contract."""
    return once(server, signs=True)


@pytest.mark.parametrize("table", TABLES)
def test_nothing_is_ever_deleted(full, table):
    with pytest.raises(REFUSED, match="Nothing is deleted"):
        full(f"DELETE FROM {table}")


@pytest.mark.parametrize("table", KEPT)
def test_what_is_kept_is_never_changed(full, table):
    with pytest.raises(REFUSED, match="kept for ever"):
        full(f"UPDATE {table} SET {TOUCH.get(table, 'content_sha256 = content_sha256')}")


@pytest.mark.parametrize("table", RECORDS)
def test_row_is_not_changed_without_saying_who(full, table):
    change = full.sign()
    for unsigned in ("deleted = deleted", "version = version + 1", f"change_id = {change}"):
        with pytest.raises(REFUSED, match="new change and the next version"):
            full(f"UPDATE {table} SET {unsigned}")


@pytest.mark.parametrize("table", RECORDS)
def test_row_does_not_change_its_number(full, table):
    with pytest.raises(REFUSED, match="new change and the next version"):
        full(f"UPDATE {table} SET id = id + 1000, version = version + 1, change_id = {full.sign()}")


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


# What is sealed


def signed_line(raw, what: str) -> str:
    return f"UPDATE {what}, version = version + 1, change_id = {raw.sign()}"


SEALED = (
    "commitment SET statement = 'Other'",
    "commitment SET deleted = NOT deleted",
    "commitment_year SET quantity = quantity * 10",
    "answer SET answer = 'Other'",
    "contract SET value = value * 10",
    "contract SET title = 'Other'",
    "contract SET end_on = '2030-01-01'",
    "contract SET supplier_id = NULL",
    "contract SET deleted = NOT deleted",
    "contract SET latest_end_on = '2031-01-01'",
)


@pytest.mark.parametrize("what", SEALED)
def test_what_is_sealed_is_not_changed_by_sql(sealed, what):
    with pytest.raises(REFUSED, match="The contract is sealed: reopen it"):
        sealed(signed_line(sealed, what))


def test_nothing_is_added_to_what_is_sealed(database, raw, server):
    filled = fill(database, signs=True)
    for table, columns, values in (
        ("answer", "contract_id, problem_key, answer", f"{filled.contract}, 'k', 'a'"),
        ("commitment_year", "commitment_id, year_index, quantity", f"{filled.commitment}, 9, 1"),
    ):
        change = raw.sign()
        with pytest.raises(REFUSED, match="The contract is sealed: reopen it"):
            raw(
                f"INSERT INTO {table} (version, deleted, change_id, {columns}) "
                f"VALUES (1, {no(server)}, {change}, {values})"
            )


@pytest.mark.parametrize("way", ["into", "out of"])
def test_line_is_not_moved_into_what_is_sealed_nor_out_of_it(database, raw, way):
    sealed, draft = fill(database, signs=True), fill(database, "C2")
    start, end = (draft.contract, sealed.contract) if way == "into" else (sealed.contract, draft.contract)
    moved = signed_line(raw, f"answer SET contract_id = {end}, problem_key = 'other'")
    with pytest.raises(REFUSED, match="The contract is sealed: reopen it"):
        raw(f"{moved} WHERE contract_id = {start}")
    again = signed_line(raw, "answer SET problem_key = 'other'")
    raw(f"{again} WHERE contract_id = {draft.contract}")


@pytest.mark.parametrize(("was", "becomes"), [("draft", "signed"), ("signed", "withdrawn"), ("draft", "withdrawn")])
def test_status_becomes_what_its_act_says(database, raw, server, was, becomes):
    filled = fill(database)
    change = raw.sign()
    said = {
        "change_id": change, "content": f"CAST('x' AS {'BLOB' if server == 'sqlite' else 'BYTEA'})",
        "content_sha256": "''", "contract_id": filled.contract, "kind": "'withdraw'", "was": f"'{was}'",
        "becomes": f"'{becomes}'", "role": "''", "reason": "''", "rules": "''",
    }  # fmt: skip
    act = f"INSERT INTO act ({', '.join(said)}) VALUES ({', '.join(map(str, said.values()))})"
    withdrawn = f"UPDATE contract SET status = 'withdrawn', version = version + 1, change_id = {change}"
    if (was, becomes) == ("draft", "withdrawn"):
        raw(act, withdrawn)
        return
    with pytest.raises(REFUSED, match="status of a contract changes by an act alone"):
        raw(act, withdrawn)


def test_spend_and_notes_go_on_after_signing(database, raw):
    fill(database, signs=True)
    raw(signed_line(raw, "contract_spend SET amount = amount + 1"))
    raw(signed_line(raw, "contract SET notes = 'Spoke to them', contract_manager = 'Ann'"))


@pytest.mark.parametrize("status", ["signed", "withdrawn"])
def test_status_changes_by_an_act_alone(database, raw, status):
    fill(database)
    with pytest.raises(REFUSED, match="status of a contract changes by an act alone"):
        raw(signed_line(raw, f"contract SET status = '{status}'"))
    fill(database, "C2", signs=True)
    with pytest.raises(REFUSED, match="status of a contract changes by an act alone"):
        raw(signed_line(raw, "contract SET status = 'draft'") + " WHERE reference = 'C2'")


def test_new_contract_is_a_draft(database, raw, server):
    said = {
        "version": "1", "deleted": no(server), "change_id": raw.sign(), "reference": "'C9'", "title": "'T'",
        "value": "1", "start_on": "'2026-04-01'", "end_on": "'2027-03-31'", "kind": "'standard'", "status": "'signed'",
    }  # fmt: skip
    with pytest.raises(REFUSED, match="A new contract is a draft"):
        raw(f"INSERT INTO contract ({', '.join(said)}) VALUES ({', '.join(said.values())})")


def test_change_that_was_saved_takes_nothing_more(database, raw):
    fill(database)
    with pytest.raises(REFUSED, match="a further one needs a new change"):
        raw("UPDATE policy SET title = 'x', version = version + 1, change_id = 1")
