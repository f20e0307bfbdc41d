import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, Connection, Engine, inspect, text

from tests.store.samples import fill
from tomsapp.store.check import check_database
from tomsapp.store.database import create_database, open_database
from tomsapp.store.engine import open_engine
from tomsapp.store.errors import StoreError
from tomsapp.store.migrate import MIGRATIONS, current_version, downgrade_tables, head_version, upgrade_tables
from tomsapp.store.tables import Row
from tomsapp.store.version import VERSION_TABLE

NEXT = """
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "{next}", "{head}", None, None


def upgrade() -> None:
    {up}


def downgrade() -> None:
    {down}
"""


def with_next_step(folder: Path, up: str, down: str = "pass") -> Path:
    """A copy of the migrations with one more step."""
    copy = folder / "migrations"
    versions = copy / "versions"
    versions.mkdir(parents=True)
    for name in ("env.py", "script.py.mako"):
        (copy / name).write_bytes((MIGRATIONS / name).read_bytes())
    for step in (MIGRATIONS / "versions").glob("[0-9]*"):
        (versions / step.name).write_bytes(step.read_bytes())
    head = head_version()
    number = f"{int(head) + 1:04}"
    (versions / f"{number}_next.py").write_text(NEXT.format(next=number, head=head, up=up, down=down), encoding="utf-8")
    return copy


@pytest.fixture
def empty(empty_target: str, server: str) -> Iterator[Engine]:
    if server == "sqlite":
        Path(empty_target).touch()
    engine = open_engine(empty_target, checks_keys=False)
    yield engine
    engine.dispose()


def schema(connection: Connection) -> dict[str, object]:
    """Everything that describes the tables, in a form that can be compared."""
    if connection.dialect.name == "sqlite":
        return {row[0]: row[1] for row in connection.execute(text("SELECT name, sql FROM sqlite_master"))}
    look = inspect(connection)
    # All tables at once: asked table by table, the server takes twenty times as long.
    indexes, keys, checks = look.get_multi_indexes(), look.get_multi_foreign_keys(), look.get_multi_check_constraints()
    tables = {
        table[1]: (
            [(c["name"], str(c["type"]), c["nullable"]) for c in columns],
            sorted(str(index) for index in indexes[table]),
            sorted(str(key) for key in keys[table]),
            sorted(str(check) for check in checks[table]),
        )
        for table, columns in look.get_multi_columns().items()
    }
    queries = "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal"
    functions = "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
    return tables | {row[0]: row[1] for each in (queries, functions) for row in connection.execute(text(each))}


def described(engine: Engine) -> dict[str, object]:
    with engine.connect() as connection:
        return schema(connection)


def steps() -> list[str]:
    return sorted(path.name.split("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def test_head_is_what_the_rows_say(empty):
    upgrade_tables(empty)
    with empty.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"version_table": VERSION_TABLE, "compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, Row.metadata) == []


def test_steps_are_numbered_without_gaps():
    assert steps() == [f"{number:04}" for number in range(1, len(steps()) + 1)]
    assert head_version() == steps()[-1]


@pytest.mark.parametrize("step", steps())
def test_each_step_up_then_down_leaves_the_schema_as_it_was(empty, step):
    before = "base" if step == steps()[0] else steps()[steps().index(step) - 1]
    if before != "base":
        upgrade_tables(empty, version=before)
    else:
        upgrade_tables(empty, version=step)
        downgrade_tables(empty, "base")
    schema_before = described(empty)
    upgrade_tables(empty, version=step)
    schema_after = described(empty)
    assert schema_after != schema_before
    downgrade_tables(empty, before)
    assert described(empty) == schema_before
    upgrade_tables(empty, version=step)
    assert described(empty) == schema_after


def test_down_to_nothing_leaves_nothing(empty):
    upgrade_tables(empty)
    downgrade_tables(empty, "base")
    assert set(described(empty)) <= {VERSION_TABLE, f"sqlite_autoindex_{VERSION_TABLE}_1"}


def test_next_step_keeps_rows_that_name_the_rebuilt_table(target, tmp_path, server):
    with open_database(target) as database:
        filled = fill(database)
    up = (
        'with op.batch_alter_table("supplier") as table: '
        'table.add_column(sa.Column("town", sa.UnicodeText(), nullable=False, server_default=""))'
    )
    if server == "sqlite":
        up = up.replace('"supplier")', '"supplier", recreate="always")')
    migrations = with_next_step(tmp_path, up, 'op.drop_column("supplier", "town")')
    engine = open_engine(target, checks_keys=False)
    upgrade_tables(engine, migrations)
    assert current_version(target) == head_version(migrations)
    with engine.connect() as connection:
        names = "SELECT s.name FROM contract AS c JOIN supplier AS s ON s.id = c.supplier_id"
        assert connection.execute(text(names)).scalar_one() == "Bridge Works Ltd"
        assert connection.execute(text("SELECT count(*) FROM commitment")).scalar_one() == 2
    assert filled.supplier == 1


def test_step_that_leaves_a_key_dangling_is_undone(path, tmp_path):
    with open_database(path) as database:
        fill(database)
    up = 'op.execute("DROP TRIGGER supplier_undeleted"); op.execute("DELETE FROM supplier")'
    engine = open_engine(path, checks_keys=False)
    with pytest.raises(StoreError, match="names a row of supplier"):
        upgrade_tables(engine, with_next_step(tmp_path, up))
    engine.dispose()
    assert check_database(path) == []


def test_new_database_is_whole_and_at_head(empty_target):
    with create_database(empty_target, who="Ann") as database, database.work("Ann") as work:
        assert work.settings.now().saved_by == "Ann"
    assert current_version(empty_target) == head_version()
    assert check_database(empty_target) == []


def test_missing_steps_are_told(tmp_path):
    with pytest.raises(StoreError, match="steps are missing"):
        head_version(tmp_path / "nowhere")


def test_checks_are_what_the_rows_say(empty):
    upgrade_tables(empty)
    look = inspect(empty)
    for table in Row.metadata.sorted_tables:
        wanted = {str(each.name) for each in table.constraints if isinstance(each, CheckConstraint)}
        assert {each["name"] for each in look.get_check_constraints(table.name)} == wanted, table.name


def test_every_table_has_its_guards_at_head(empty, server):
    upgrade_tables(empty)
    names = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    if server == "postgresql":
        names = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    with empty.connect() as connection:
        held = {row[0] for row in connection.execute(text(names))}
    for table in Row.metadata.sorted_tables:
        guard = "signed" if "version" in table.columns else "unchanged"
        assert {f"{table.name}_undeleted", f"{table.name}_{guard}"} <= held


def test_history_tells_of_every_column_at_head(target, raw):
    with open_database(target) as database:
        fill(database)
    for kind, after in dict(raw("SELECT kind, after FROM history WHERE action = 'added'")).items():
        columns = {column.name for column in Row.metadata.tables[kind].columns} - {"change_id", "content"}
        assert set(json.loads(after)) == columns, kind
