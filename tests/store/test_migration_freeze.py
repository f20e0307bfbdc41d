"""What a revision makes never changes, and is what the program's rows say.

A new revision needs a line for each server in `frozen_steps.txt`; the test that finds none says which. A line that is
there already is never changed: databases were made by it.
"""

import ast
import hashlib
import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, Engine, UniqueConstraint, event, inspect, text

from tests.store.test_migrate import described, steps
from tomsapp.domain.contract import CONTRACT
from tomsapp.domain.varied import VARIED_FACTS
from tomsapp.store.address import is_server
from tomsapp.store.check import check_database
from tomsapp.store.copying import load_server, no_progress
from tomsapp.store.database import open_database
from tomsapp.store.engine import open_engine
from tomsapp.store.mapping import BOOKKEEPING
from tomsapp.store.migrate import MIGRATIONS, current_version, downgrade_tables, head_version, upgrade_tables
from tomsapp.store.migrations import triggers
from tomsapp.store.migrations.acting import delivery_triggers
from tomsapp.store.migrations.awarding import awarding_triggers
from tomsapp.store.migrations.chaining import STOOD, chain_triggers
from tomsapp.store.migrations.changes import CHAIN, history_secured
from tomsapp.store.migrations.columns import Table
from tomsapp.store.migrations.explaining import explaining_triggers
from tomsapp.store.migrations.freezing import freezing_triggers
from tomsapp.store.migrations.guarding import sealed_triggers
from tomsapp.store.migrations.judging import judging_triggers
from tomsapp.store.migrations.recording import record_triggers
from tomsapp.store.migrations.steps import tables_after
from tomsapp.store.migrations.storing import file_triggers
from tomsapp.store.migrations.tendering import set_up_triggers, tender_triggers
from tomsapp.store.migrations.varying import is_replaced, variation_triggers, varied_triggers
from tomsapp.store.tables import Row
from tomsapp.store.types import ExactDecimal
from tomsapp.store.version import VERSION_TABLE

VERSIONS = MIGRATIONS / "versions"
FROZEN = Path(__file__).with_name("frozen_steps.txt")
RELEASES = Path(__file__).with_name("releases")
VARIED = sorted(VARIED_FACTS, key=[fact.name for fact in CONTRACT.facts].index)
NOT_SAID = {*BOOKKEEPING, "contract_id", "state", "act_id"}
"""Columns of a variation that say how it is kept and where it is in its life."""
STEPS_ONLY = "tomsapp.store.migrations"


@pytest.fixture
def empty(empty_target: str, server: str) -> Iterator[Engine]:
    if server == "sqlite":
        Path(empty_target).touch()
    engine = open_engine(empty_target, checks_keys=False)
    yield engine
    engine.dispose()


# Revisions lean on nothing that changes


def imported(path: Path) -> Iterator[str]:
    """The full names of what a module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, path.name
            yield from (f"{node.module}.{each.name}" for each in node.names)
        elif isinstance(node, ast.Name):
            assert node.id not in {"__import__", "importlib", "eval", "exec"}, path.name


def moving(path: Path, libraries: set[str]) -> set[str]:
    """What a module imports that may change under it."""
    still = sys.stdlib_module_names | libraries
    return {
        name
        for name in imported(path)
        if name.split(".")[0] not in still and not f"{name}.".startswith(f"{STEPS_ONLY}.")
    }


@pytest.mark.parametrize("revision", sorted(VERSIONS.glob("*.py")), ids=lambda path: path.name)
def test_revision_imports_nothing_of_the_program_but_its_steps(revision):
    assert moving(revision, set()) == set()


@pytest.mark.parametrize(
    "module",
    [
        *("acting", "steps", "changes", "chaining", "columns", "guarding", "links", "recording", "server", "storing"),
        *("awarding", "explaining", "freezing", "judging", "parting", "refusing", "tendering", "triggers", "varying"),
    ],
)
def test_steps_import_nothing_of_the_program(module):
    assert moving(MIGRATIONS / f"{module}.py", {"alembic", "sqlalchemy"}) == set()


def test_moving_import_is_found(tmp_path):
    module = tmp_path / "0009_wrong.py"
    module.write_text("from tomsapp.store import types\nimport sqlalchemy as sa\n", encoding="utf-8")
    assert moving(module, set()) == {"tomsapp.store.types", "sqlalchemy"}


# What they make is held to its digest


def statements(engine: Engine, number: str) -> str:
    """All that one revision runs on the way up and on the way down."""
    before = "base" if number == steps()[0] else steps()[steps().index(number) - 1]
    if before != "base":
        upgrade_tables(engine, version=before)
    ran: list[str] = []

    def note(_connection, _cursor, statement: str, *_others: object) -> None:
        if VERSION_TABLE not in statement and not re.match(r"\s*(SELECT|PRAGMA)", statement):
            ran.append(statement.strip())

    event.listen(engine, "before_cursor_execute", note)
    upgrade_tables(engine, version=number)
    ran.append("-- and down")
    downgrade_tables(engine, before)
    return "\n".join(ran)


@pytest.mark.parametrize("number", steps())
def test_what_a_revision_makes_is_frozen(empty, server, number):
    line = f"{number} {server} {hashlib.sha256(statements(empty, number).encode()).hexdigest()}"
    held = [each for each in FROZEN.read_text(encoding="utf-8").splitlines() if each.startswith(f"{number} {server} ")]
    assert held, f"A new revision is frozen when this line is in {FROZEN.name}: {line}"
    assert held == [line], "An old revision makes something else than it did: leave it, and write a new one"


# What they declare and make is what the rows say


def actual(engine: Engine, name: str) -> dict[str, str]:
    """The columns that a table has, with how its history must write them, as far as the server can tell."""
    found = {}
    for column in inspect(engine).get_columns(name):
        kind = str(column["type"])
        exact = re.fullmatch(r"NUMERIC\(18, (\d)\)", kind)
        found[column["name"]] = exact[1] if exact else {"BOOLEAN": "flag", "BIGINT": "exact"}.get(kind, "plain")
    return found


@pytest.mark.parametrize("number", steps())
def test_declared_tables_are_those_that_are_there(empty, number):
    upgrade_tables(empty, version=number)
    declared = tables_after(ScriptDirectory(str(MIGRATIONS)), number)
    assert set(declared) == set(inspect(empty).get_table_names()) - {VERSION_TABLE, "change", "history"}
    for name, table in declared.items():
        if name == CHAIN:
            continue
        there = actual(empty, name)
        # A file is a record with bytes: those can be deleted by the rules.
        assert ("content" in there and "version" not in there) == table.is_kept, name
        told = {column: ("exact" if there[column] == "exact" else how) for column, how in table.columns}
        assert told == {column: how for column, how in there.items() if column not in {"change_id", "content"}}, name


def told_by(declared: Table) -> Table:
    """A table's triggers as its row class would have them; columns stand in the order in which they were made."""
    held = Row.metadata.tables[declared.name].columns
    columns = []
    for column in held:
        if column.name not in {"change_id", "content"}:
            exact = isinstance(column.type, ExactDecimal)
            how = str(column.type.places) if exact else "flag" if str(column.type) == "BOOLEAN" else "plain"
            columns.append((column.name, how))
    made = [name for name, _ in declared.columns]
    columns.sort(key=lambda column: made.index(column[0]) if column[0] in made else len(made))
    return Table(declared.name, tuple(columns), declared.contract, "version" not in held)


def make_from_rows(engine: Engine) -> None:
    """A database as the program's rows describe it, without any revision."""
    declared = tables_after(ScriptDirectory(str(MIGRATIONS)), head_version())
    server = engine.dialect.name
    writers = {
        "sqlite": (triggers.sqlite_record, triggers.sqlite_kept),
        "postgresql": (triggers.postgres_record, triggers.postgres_kept),
    }[server]
    with engine.connect().execution_options(tomsapp_writes=True) as connection, connection.begin():
        Row.metadata.create_all(connection)
        if server == "postgresql":
            connection.execute(
                text(
                    "CREATE FUNCTION tomsapp_refuse() RETURNS trigger LANGUAGE plpgsql AS "
                    "$$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END $$"
                )
            )
        for name in Row.metadata.tables:
            if name == CHAIN:
                continue
            if name in {"change", "history"}:
                made = writers[1](name, (), "NULL")
            else:
                table = told_by(declared[name])
                made = writers[table.is_kept](name, table.columns, table.contract)
            for statement in made:
                connection.exec_driver_sql(statement, execution_options={"no_parameters": True})
        for statement in guards(server, set(Row.metadata.tables) - {"change", "history", CHAIN}):
            connection.exec_driver_sql(statement, execution_options={"no_parameters": True})


def guards(server: str, told: set[str]) -> Iterator[str]:
    """What chains the history and keeps what is sealed: all that signing fixes, as the contract's facts say it."""
    schema = "public" if server == "postgresql" else ""
    yield from chain_triggers(server, schema)
    fixed = [fact.column_name for fact in CONTRACT.facts if fact.is_fixed_by_signing and fact.name != "status"]
    held = Row.metadata.tables["contract"].columns.keys()
    fixed.sort(key=held.index)
    replaced = is_replaced if server == "sqlite" else lambda _statement: False
    yield from (each for each in sealed_triggers(server, schema, fixed) if not replaced(each))
    yield from varied_triggers(server, schema, fixed, [CONTRACT.fact(name).column_name for name in VARIED])
    own = [column.name for column in Row.metadata.tables["variation"].columns if column.name not in NOT_SAID]
    yield from variation_triggers(server, schema, own)
    yield from delivery_triggers(server, schema)
    yield from file_triggers(server, schema, "stored_file")
    yield from record_triggers(server, schema)
    yield from set_up_triggers(server, schema)
    yield from tender_triggers(server, schema)
    yield from judging_triggers(server, schema)
    yield from freezing_triggers(server, schema)
    yield from awarding_triggers(server, schema)
    yield from explaining_triggers(server, schema)
    if server == "postgresql":
        for name in told:
            yield from history_secured(name, schema)


def whole_schema(engine: Engine) -> dict[str, object]:
    """Tables, indexes, constraints and triggers, however the statements that made them were laid out."""
    look = inspect(engine)
    primary, foreign = look.get_multi_pk_constraint(), look.get_multi_foreign_keys()
    checked, uniques = look.get_multi_check_constraints(), look.get_multi_unique_constraints()
    found: dict[str, object] = {}
    for table, columns in look.get_multi_columns().items():
        name = str(table[1])
        if name == VERSION_TABLE:
            continue
        for column in columns:
            default = str(column["default"]).split("::")[0].strip("'")
            kind = (str(column["type"]), column["nullable"], default)
            found[f"{name}.{column['name']}"] = kind
        found[f"{name} key"] = primary[table]["constrained_columns"]
        # SQLAlchemy does not find the name of a key that ALTER TABLE made on SQLite.
        named = engine.dialect.name == "postgresql"
        found[f"{name} keys"] = sorted(
            (key["name"] if named else "", key["constrained_columns"], key["referred_table"], key["referred_columns"])
            for key in foreign[table]
        )
        found[f"{name} checks"] = sorted((check["name"], check["sqltext"]) for check in checked[table])
        found[f"{name} unique"] = sorted((each["name"], each["column_names"]) for each in uniques[table])
    if engine.dialect.name == "sqlite":
        queries = ["SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'index') AND sql IS NOT NULL"]
    else:
        queries = [
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND indexname !~ 'tomsapp_version'",
            "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
            "SELECT proname, concat_ws(' ', prosrc, prosecdef, proconfig, proacl) FROM pg_proc WHERE proname ~ 'toms'",
        ]
    with engine.connect() as connection:
        for query in queries:
            found |= {name: " ".join(sql.split()) for name, sql in connection.execute(text(query))}
    return found


def test_upgraded_database_is_as_the_rows_would_make_it(empty, server, tmp_path, request):
    make_from_rows(empty)
    wanted = whole_schema(empty)
    with empty.connect().execution_options(tomsapp_writes=True) as connection, connection.begin():
        if server == "sqlite":
            for (name,) in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).all():
                connection.execute(text(f"DROP TABLE {name}"))
        else:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
    for number in steps():
        upgrade_tables(empty, version=number)
    made = whole_schema(empty)
    assert {name for name in wanted.keys() | made.keys() if wanted.get(name) != made.get(name)} == set()
    assert len(made) > len(Row.metadata.tables) * 8


def test_difference_between_rows_and_steps_would_be_found(empty):
    upgrade_tables(empty)
    held = whole_schema(empty)
    with empty.connect().execution_options(tomsapp_writes=True) as connection, connection.begin():
        connection.execute(text("DROP INDEX ix_supplier_name"))
    changed = whole_schema(empty)
    assert {name for name in held if held[name] != changed.get(name)} == {"ix_supplier_name"}


def test_every_constraint_of_the_rows_is_counted():
    """Those that `whole_schema` compares are all the kinds there are."""
    kinds = {type(each).__name__ for table in Row.metadata.tables.values() for each in table.constraints}
    known = {CheckConstraint.__name__, UniqueConstraint.__name__, "PrimaryKeyConstraint", "ForeignKeyConstraint"}
    assert kinds <= known


# A database of each release


def released(number: str, folder: Path) -> Path:
    """The file that a program of that version left, filled."""
    path = folder / f"released-{number}.toms"
    path.touch()
    engine = open_engine(path, checks_keys=False)
    upgrade_tables(engine, version=number)
    engine.dispose()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        held = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in held:
            connection.execute(f"DROP TRIGGER {name}")
        connection.executescript((RELEASES / f"{number}.sql").read_text(encoding="utf-8"))
        for _, statement in held:
            connection.execute(statement)
    return path


@pytest.fixture(params=sorted(path.stem for path in RELEASES.glob("*.sql")))
def release(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def old(release: str, empty_target: str, tmp_path: Path) -> str:
    """A filled database of an earlier release, on either server."""
    path = released(release, tmp_path)
    if not is_server(empty_target):
        return str(path)
    load_server(path, empty_target, release, no_progress)
    return empty_target


def rows(engine: Engine, columns: dict[str, list[str]]) -> dict[str, list[tuple]]:
    with engine.connect() as connection:
        return {
            name: [
                tuple(row)
                for row in connection.execute(text(f"SELECT {', '.join(each)} FROM {name} ORDER BY id"))
                # What stood there when the chain began is told beside what was told before.
                if name != "history" or STOOD not in row
            ]
            for name, each in columns.items()
        }


def columns_of(engine: Engine) -> dict[str, list[str]]:
    look = inspect(engine)
    return {
        name: [column["name"] for column in look.get_columns(name)]
        for name in sorted(set(look.get_table_names()) - {VERSION_TABLE})
    }


def test_each_release_goes_up_and_down_with_all_its_rows(old, release):
    engine = open_engine(old, checks_keys=False)
    schema, columns = described(engine), columns_of(engine)
    held = rows(engine, columns)
    assert all(held.values()), [name for name, each in held.items() if not each]
    for number in steps()[steps().index(release) + 1 :]:
        upgrade_tables(engine, version=number)
        assert rows(engine, columns) == held, number
    assert check_database(old) == []
    for number in reversed(steps()[steps().index(release) : -1]):
        downgrade_tables(engine, number)
        assert rows(engine, columns) == held, number
    assert (current_version(old), described(engine)) == (release, schema)
    upgrade_tables(engine)
    assert rows(engine, columns) == held
    engine.dispose()
    assert check_database(old) == []


def test_upgraded_release_is_as_a_new_database_and_can_be_worked_with(old, target):
    engine, new = open_engine(old, checks_keys=False), open_engine(target)
    upgrade_tables(engine)
    assert described(engine) == described(new)
    engine.dispose()
    with open_database(old) as database, database.work("Bob", "After the upgrade") as work:
        (held,) = work.suppliers.all()
        work.suppliers.delete(work.suppliers.add(held.record).id, 1)
        signed = work.contracts.get(1)
        assert (signed.record.reference, signed.record.title) == ("C1", "Roads")
        work.contracts.save(1, signed.version, replace(signed.record, notes="Bridges too"), 1)
        work.commit()
    assert check_database(old) == []
