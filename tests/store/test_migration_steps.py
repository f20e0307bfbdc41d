"""What a step of a migration does, on both servers: tables, triggers and rows, up and down."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

from tests.store.samples import fill
from tests.store.test_migrate import described, with_next_step
from tomsapp.domain.errors import TomsError
from tomsapp.store.database import open_database
from tomsapp.store.engine import changing_tables, open_engine
from tomsapp.store.migrate import MIGRATIONS, downgrade_tables, head_version, upgrade_tables
from tomsapp.store.migrations import steps
from tomsapp.store.migrations.changes import Step
from tomsapp.store.migrations.server import Server

PROJECT = steps.add_record_table(
    "project",
    steps.text("code"),
    steps.text("state", among=("open", "shut")),
    steps.names("contract_id", "contract"),
    steps.pounds("budget"),
    steps.quantity("hours", is_optional=True),
    steps.share("part"),
    steps.flag("is_local"),
    steps.day("due_on"),
    indexes=(steps.index("code", is_unique=True, in_use=True), steps.index("contract_id")),
    unique=(("contract_id", "code"),),
    checks={"code_said": "code <> ''"},
)
PICTURE = steps.add_kept_table("picture", steps.text("caption"), steps.names("contract_id", "contract"))
ADDED = [
    (steps.text("town"), "''", "'Barnet'", "Barnet"),
    (steps.text("town", begins="it's 5% :x"), "'it''s 5% :x'", "'Barnet'", "Barnet"),
    (steps.text("size", among=("", "small")), "''", "'small'", "small"),
    (steps.text("note", is_optional=True), "NULL", "'x'", "x"),
    (steps.whole("staff"), "0", "12", 12),
    (steps.flag("is_charity"), "false", "true", True),
    (steps.flag("is_trusted", begins=True), "true", "false", False),
    (steps.pounds("turnover"), "0", "{125:2}", "1.25"),
    (steps.pounds("turnover", is_optional=True), "NULL", "{-5:2}", "-0.05"),
    (steps.quantity("hours"), "0", "{125:4}", "0.0125"),
    (steps.share("part", is_optional=True), "NULL", "{1:6}", "0.000001"),
    (steps.day("founded_on", is_optional=True), "NULL", "'2001-02-03'", "2001-02-03"),
    (steps.names("parent_id", "supplier", is_optional=True), "NULL", "1", 1),
]


class Bench:
    """A filled database to which single steps are done."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.server = engine.dialect.name
        self.tables = steps.tables_after(ScriptDirectory(str(MIGRATIONS)), head_version())
        self._before: list[str] = []

    def up(self, step: Step) -> None:
        self._take(lambda server: step.up(server, self.tables))
        self.tables = step.after(self.tables)

    def down(self, step: Step) -> None:
        before = step.before(self.tables)
        self._take(lambda server: step.down(server, before))
        self.tables = before

    def _take(self, way: Callable[[Server], None]) -> None:
        with changing_tables(self.engine) as connection, connection.begin():
            way(Server(connection))

    def run(self, *statements: str) -> None:
        before, self._before = self._before, []
        with changing_tables(self.engine) as connection, connection.begin():
            for statement in (*before, *statements):
                connection.exec_driver_sql(statement, execution_options={"no_parameters": True})

    def ask(self, query: str) -> list[tuple]:
        with self.engine.connect() as connection:
            answer = connection.exec_driver_sql(query, execution_options={"no_parameters": True})
            return [tuple(row) for row in answer]

    def refuses(self, statement: str, match: str) -> None:
        with pytest.raises((TomsError, SQLAlchemyError), match=match):
            self.run(statement)

    def sign(self) -> int:
        """The number of a new change, which comes into the transaction of the next statements."""
        number = self.ask("SELECT max(id) + 1 FROM change")[0][0]
        values = f"({number}, '2026-11-22 10:00:00', 'Raw SQL', 'By hand')"
        self._before = [f"INSERT INTO change (id, at, who, what) VALUES {values}"]
        return number

    def number(self, scaled: int, places: int) -> str:
        return str(scaled) if self.server == "sqlite" else f"{scaled} / 1{'0' * places}.0"

    def rows(self) -> dict[str, list[tuple]]:
        with self.engine.connect() as connection:
            return {
                name: [tuple(row) for row in connection.exec_driver_sql(f"SELECT * FROM {name} ORDER BY id")]
                for name in (*self.tables, "change", "history")
            }

    def last(self) -> tuple:
        return self.ask("SELECT kind, contract_id, action, before, after FROM history ORDER BY id DESC LIMIT 1")[0]


@pytest.fixture
def bench(target: str) -> Iterator[Bench]:
    with open_database(target) as database:
        fill(database)
    engine = open_engine(target, checks_keys=False)
    yield Bench(engine)
    engine.dispose()


def sql_value(bench: Bench, value: str) -> str:
    if value.startswith("{"):
        scaled, places = value.strip("{}").split(":")
        return bench.number(int(scaled), int(places))
    return value


@pytest.mark.parametrize(("column", "begins", "said", "told"), ADDED)
def test_column_is_added_and_told_by_the_history_and_taken_away(bench, column, begins, said, told):
    step = steps.add_column("supplier", column)
    schema, rows = described(bench.engine), bench.rows()
    bench.up(step)
    is_not = "IS NOT" if bench.server == "sqlite" else "IS DISTINCT FROM"
    assert bench.ask(f"SELECT count(*) FROM supplier WHERE {column.name} {is_not} {begins}") == [(0,)]
    assert bench.rows()["history"] == rows["history"]
    said = sql_value(bench, said)
    signed = f"version = version + 1, change_id = {bench.sign()}"
    bench.run(f"UPDATE supplier SET {column.name} = {said}, {signed} WHERE id = 1")
    kind, _, action, before, after = bench.last()
    assert (kind, action, json.loads(after)[column.name]) == ("supplier", "changed", told)
    assert json.loads(before)[column.name] != told
    bench.refuses(f"UPDATE supplier SET {column.name} = {said}", "new change and the next version")
    held = described(bench.engine)
    with pytest.raises(steps.StepRefused, match=f"{column.name} of supplier holds something in 1 rows"):
        bench.down(step)
    assert described(bench.engine) == held
    signed = f"version = version + 1, change_id = {bench.sign()}"
    bench.run(f"UPDATE supplier SET {column.name} = {begins}, {signed}")
    bench.down(step)
    assert described(bench.engine) == schema
    bench.up(step)
    assert described(bench.engine) == held


def test_column_that_says_one_of_a_few_words_refuses_others(bench):
    bench.up(steps.add_column("supplier", steps.text("size", among=("", "small"))))
    bench.refuses(
        f"UPDATE supplier SET size = 'huge', version = version + 1, change_id = {bench.sign()}", "ck_supplier_size"
    )


@pytest.mark.parametrize("column", [steps.day("founded_on"), steps.names("parent_id", "supplier")])
def test_column_with_nothing_to_say_of_earlier_rows_must_be_optional(bench, column):
    with pytest.raises(ValueError, match="make it optional"):
        bench.up(steps.add_column("supplier", column))


def test_column_of_what_is_kept_for_ever(bench):
    schema, step = described(bench.engine), steps.add_column("area", steps.text("title"))
    bench.up(step)
    bench.down(step)
    assert described(bench.engine) == schema
    bench.up(step)
    bench.run(
        "INSERT INTO area (change_id, content, content_sha256, code, title) "
        f"VALUES ({bench.sign()}, '', 'ab', 'barnet', 'Barnet')"
    )
    kind, _, action, _, after = bench.last()
    assert (kind, action, json.loads(after)["title"]) == ("area", "added", "Barnet")
    bench.refuses("UPDATE area SET title = 'x'", "kept for ever")
    with pytest.raises(steps.StepRefused, match="title of area"):
        bench.down(step)


def add_project(bench: Bench, **said: str) -> None:
    no = "0" if bench.server == "sqlite" else "false"
    values = {
        "version": "1", "deleted": no, "change_id": str(bench.sign()), "code": "'P1'", "state": "'open'",
        "contract_id": "1", "budget": bench.number(1250, 2), "part": bench.number(1, 6), "is_local": no,
        "due_on": "'2027-01-31'",
    } | said  # fmt: skip
    bench.run(f"INSERT INTO project ({', '.join(values)}) VALUES ({', '.join(values.values())})")


def test_record_table_is_one_step_with_history_and_guards(bench):
    schema, rows = described(bench.engine), bench.rows()
    bench.up(PROJECT)
    held = described(bench.engine)
    bench.down(PROJECT)
    assert described(bench.engine) == schema
    assert bench.rows() == rows
    bench.up(PROJECT)
    assert described(bench.engine) == held
    add_project(bench)
    kind, contract, action, _, after = bench.last()
    assert (kind, contract, action) == ("project", 1, "added")
    assert json.loads(after) == {
        "id": 1, "version": 1, "deleted": False, "code": "P1", "state": "open", "contract_id": 1, "budget": "12.50",
        "hours": None, "part": "0.000001", "is_local": False, "due_on": "2027-01-31",
    }  # fmt: skip
    bench.refuses("DELETE FROM project", "Nothing is deleted")
    bench.refuses("UPDATE project SET code = 'P2'", "new change and the next version")
    for wrong, match in (
        ({"version": "2"}, "A new row has version 1"),
        ({"state": "'lost'", "code": "'P2'"}, "ck_project_state"),
        ({"code": "''"}, "ck_project_code_said"),
        ({}, "already a record"),
    ):
        with pytest.raises((TomsError, SQLAlchemyError), match=match):
            add_project(bench, **wrong)
    with pytest.raises(steps.StepRefused, match="table project holds something in 1 rows"):
        bench.down(PROJECT)


def test_kept_table_is_one_step(bench):
    schema = described(bench.engine)
    bench.up(PICTURE)
    bench.down(PICTURE)
    assert described(bench.engine) == schema
    bench.up(PICTURE)
    bench.run(
        "INSERT INTO picture (change_id, content, content_sha256, caption, contract_id) "
        f"VALUES ({bench.sign()}, '', 'ab', 'A hall', 1)"
    )
    kind, contract, action, _, after = bench.last()
    assert (kind, contract, action) == ("picture", 1, "added")
    assert json.loads(after) == {"id": 1, "content_sha256": "ab", "caption": "A hall", "contract_id": 1}
    bench.refuses("UPDATE picture SET caption = 'x'", "kept for ever")
    bench.refuses("DELETE FROM picture", "Nothing is deleted")


def test_column_of_a_table_that_a_step_added(bench):
    bench.up(PROJECT)
    schema, step = described(bench.engine), steps.add_column("project", steps.text("ward"))
    bench.up(step)
    add_project(bench, ward="'E05013636'")
    assert list(json.loads(bench.last()[4]))[-1] == "ward"
    with pytest.raises(steps.StepRefused, match="ward of project"):
        bench.down(step)
    bench.run(f"UPDATE project SET ward = '', version = 2, change_id = {bench.sign()}")
    bench.down(step)
    assert described(bench.engine) == schema


def test_index_is_added_and_taken_away(bench):
    schema, step = described(bench.engine), steps.add_index("contract", steps.index("start_on", "end_on"))
    bench.up(step)
    assert described(bench.engine) != schema
    bench.down(step)
    assert described(bench.engine) == schema


KIND = steps.change_check(
    "supplier",
    "kind",
    was="kind IN ('large', 'sme', 'vcfse')",
    now="kind IN ('large', 'sme', 'vcfse', 'mutual')",
)


def test_changed_check_keeps_rows_keys_indexes_and_triggers(bench):
    schema, rows = described(bench.engine), bench.rows()
    join = "UPDATE supplier SET kind = 'mutual', version = version + 1, change_id = {}"
    bench.refuses(join.format(bench.sign()), "ck_supplier_kind")
    bench.up(KIND)
    held = described(bench.engine)
    assert {name for name in held if held[name] != schema[name]} == {"supplier"}
    assert held.keys() == schema.keys()
    assert bench.rows() == rows
    bench.down(KIND)
    assert described(bench.engine) == schema
    assert bench.rows() == rows
    bench.up(KIND)
    bench.run(join.format(bench.sign()))
    assert json.loads(bench.last()[4])["kind"] == "mutual"
    bench.refuses("DELETE FROM supplier", "Nothing is deleted")
    if bench.server == "sqlite":
        assert bench.ask("PRAGMA foreign_key_check") == []
        assert bench.ask("PRAGMA integrity_check") == [("ok",)]
    with pytest.raises((TomsError, SQLAlchemyError), match="ck_supplier_kind"):
        bench.down(KIND)
    assert described(bench.engine) == held


def test_check_that_is_not_there_changes_nothing(bench):
    schema = described(bench.engine)
    with pytest.raises((ValueError, TomsError)):
        bench.up(steps.change_check("contract", "colour", was="colour = 1", now="colour = 2"))
    assert described(bench.engine) == schema


def test_dropped_column_and_table_come_back_on_the_way_down(bench):
    schema = described(bench.engine)
    added = steps.add_column("supplier", steps.text("town"))
    bench.up(added)
    with_town = described(bench.engine)
    drop = steps.drop_column("supplier", steps.text("town"))
    bench.up(drop)
    assert described(bench.engine) == schema
    bench.down(drop)
    assert described(bench.engine) == with_town
    bench.down(added)
    bench.up(PROJECT)
    with_project = described(bench.engine)
    drop = steps.drop_record_table(PROJECT)
    bench.up(drop)
    assert described(bench.engine) == schema
    bench.down(drop)
    assert described(bench.engine) == with_project


def test_column_that_says_something_is_not_dropped(bench):
    with pytest.raises(steps.StepRefused, match="notes of supplier"):
        bench.up(steps.drop_column("supplier", steps.text("notes")))


@pytest.mark.parametrize("server", ["sqlite"])
def test_batch_mode_would_lose_the_triggers(bench):
    """Why the steps do not use it: should Alembic ever keep them, the steps can be simpler."""

    def triggers(connection: Connection) -> int:
        query = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'supplier'"
        return connection.execute(text(query)).scalar_one()

    with changing_tables(bench.engine) as connection:
        transaction = connection.begin()
        assert triggers(connection) > 0
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("supplier", recreate="always") as batch:
            batch.drop_column("notes")
        assert triggers(connection) == 0
        transaction.rollback()


def test_revision_takes_its_steps_in_order_and_back(empty_target, server, tmp_path):
    migrations = with_next_step(tmp_path / "steps", "pass")
    (last,) = (migrations / "versions").glob("*_next.py")
    number = last.name.split("_")[0]
    last.write_text(
        "from tomsapp.store.migrations import steps\n"
        f'revision, down_revision, branch_labels, depends_on = "{number}", "{head_version()}", None, None\n'
        "STEPS = (\n"
        '    steps.add_record_table("project", steps.text("code")),\n'
        '    steps.add_column("project", steps.text("ward")),\n'
        '    steps.add_column("supplier", steps.text("town")),\n'
        ")\n"
        "upgrade, downgrade = steps.both_ways(revision, STEPS)\n",
        encoding="utf-8",
    )
    if server == "sqlite":
        Path(empty_target).touch()
    engine = open_engine(empty_target, checks_keys=False)
    upgrade_tables(engine, MIGRATIONS)
    schema = described(engine)
    upgrade_tables(engine, migrations)
    assert "project" in described(engine)
    assert steps.tables_after(ScriptDirectory(str(migrations)), number)["project"].columns[-1] == ("ward", "plain")
    downgrade_tables(engine, head_version(), migrations)
    assert described(engine) == schema
    engine.dispose()
