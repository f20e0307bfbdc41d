"""A database file of unknown origin: what acts by itself in it is this program's, or it is not opened."""

import ast
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.store.samples import supplier
from tomsapp.room.errors import RoomError
from tomsapp.store import foreign
from tomsapp.store.backup import restore_database
from tomsapp.store.check import check_database, head_of
from tomsapp.store.database import open_database
from tomsapp.store.engine import open_engine, reading, writing
from tomsapp.store.errors import Altered, NotADatabase
from tomsapp.store.faults import faults_translated
from tomsapp.store.foreign import look_at_stranger
from tomsapp.store.foreign_look import NotOurs, Unreadable, as_it_lies, connect, look_at_file, read_through
from tomsapp.store.mending import mend_guards
from tomsapp.store.rescue import rescue_database

PACKAGE = Path(foreign.__file__).parents[1]
FOREIGN = {
    "trigger": "CREATE TRIGGER spy AFTER INSERT ON supplier BEGIN UPDATE contract SET title = 'x'; END",
    "trigger that reads": "CREATE TRIGGER slow AFTER UPDATE ON supplier BEGIN SELECT sum(id) FROM contract; END",
    "view": "CREATE VIEW endless AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n",
    "generated column": "CREATE TABLE more (a TEXT, b TEXT AS (hex(a)))",
    "table with a check": "CREATE TABLE more (a TEXT CHECK (length(randomblob(1000000000)) > 0))",
    "index on an expression": "CREATE INDEX heavy ON supplier (hex(name))",
    "full-text table": "CREATE VIRTUAL TABLE words USING fts5(a)",
}


def changed(path, statement):
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(statement)
    return path


@pytest.mark.parametrize("statement", FOREIGN.values(), ids=FOREIGN)
def test_what_another_put_in_is_refused_before_anything_runs(path, statement):
    changed(path, statement)
    with pytest.raises(Altered, match="not as this program made it"):
        look_at_stranger(path)
    with pytest.raises(Altered, match="not as this program made it"):
        open_database(path, is_known=False)
    if "TRIGGER" not in statement:
        with pytest.raises(Altered, match="not as this program made it"):
            open_database(path, is_known=True)


@pytest.mark.parametrize("statement", FOREIGN.values(), ids=FOREIGN)
def test_backup_with_what_another_put_in_is_not_restored(path, tmp_path, statement):
    backup, target = changed(shutil.copy(path, tmp_path / "backup.toms"), statement), tmp_path / "restored.toms"
    with pytest.raises(Altered, match="not as this program made it"):
        restore_database(backup, target)
    assert not target.exists()
    before = path.read_bytes()
    with pytest.raises(Altered, match="not as this program made it"):
        restore_database(backup, path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("statement", FOREIGN.values(), ids=FOREIGN)
def test_check_names_what_another_put_in_and_runs_nothing_of_it(path, statement):
    with open_database(path) as database, database.work("Ann") as work:
        work.suppliers.add(supplier("S"))
        work.commit()
    changed(path, statement)
    before = path.read_bytes()
    found = check_database(path)
    assert {problem.code for problem in found} == {"database-schema"}
    assert path.read_bytes() == before


@pytest.mark.parametrize("statement", FOREIGN.values(), ids=FOREIGN)
def test_what_can_be_read_is_copied_without_what_another_put_in(path, tmp_path, statement):
    with open_database(path) as database, database.work("Ann") as work:
        work.suppliers.add(supplier("S"))
        work.commit()
    changed(path, statement)
    rescue_database(path, tmp_path / "new.toms")
    look_at_stranger(tmp_path / "new.toms")
    assert check_database(tmp_path / "new.toms") == []
    with open_database(tmp_path / "new.toms") as database, database.read() as reader:
        assert len(reader.suppliers()) == 1


def test_every_file_is_opened_in_one_place_where_nothing_in_it_is_trusted(path):
    found = [
        module.relative_to(PACKAGE).as_posix()
        for module in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and (getattr(node.value, "id", ""), node.attr) == ("sqlite3", "connect")
    ]
    assert found == ["store/foreign_look.py"]
    with closing(connect(as_it_lies(path))) as connection:
        assert connection.execute("PRAGMA trusted_schema").fetchone() == (0,)
        assert connection.execute("PRAGMA cell_size_check").fetchone() == (1,)


@pytest.mark.parametrize("mends_schema", [True, False])
def test_defences_of_sqlite_are_up_where_python_reaches_them(path, monkeypatch, mends_schema):
    """From Python 3.12 on a connection can be told so; the copy of a damaged file has its list of tables written."""
    told = {}

    class Told(sqlite3.Connection):
        def setconfig(self, name, value):
            told[name] = value

    monkeypatch.setattr(sqlite3, "SQLITE_DBCONFIG_DEFENSIVE", "defensive", raising=False)
    monkeypatch.setattr(sqlite3, "SQLITE_DBCONFIG_ENABLE_VIEW", "views", raising=False)
    connect(as_it_lies(path), mends_schema=mends_schema, factory=Told).close()
    assert told == {"defensive": not mends_schema, "views": False}


def altered(path):
    with closing(sqlite3.connect(path)) as connection:
        (name, sql) = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' LIMIT 1"
        ).fetchone()
        connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute(sql.replace("BEGIN", "BEGIN SELECT 1;", 1))
    return name


def missing(path):
    with closing(sqlite3.connect(path)) as connection:
        (name,) = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' LIMIT 1").fetchone()
        connection.execute(f'DROP TRIGGER "{name}"')
    return name


@pytest.mark.parametrize("spoil", [altered, missing])
def test_file_from_elsewhere_with_a_trigger_altered_or_missing_is_refused_everywhere(path, tmp_path, spoil):
    name = spoil(path)
    for bring_in in (
        look_at_stranger,
        lambda file: open_database(file, is_known=False),
        lambda file: restore_database(file, tmp_path / "restored.toms"),
        head_of,
    ):
        with pytest.raises(Altered, match=f"the trigger {name}") as refused:
            bring_in(path)
        assert "tomsapp db mend" in refused.value.fix
    assert check_database(path)[0].code == "database-schema"


@pytest.mark.parametrize("table", ["tomsapp_version", "contract"])
def test_view_in_the_place_of_a_table_keeps_nobody_busy(path, table):
    endless = FOREIGN["view"].replace("endless", table)
    changed(path, f"PRAGMA foreign_keys = OFF; DROP TABLE {table}; {endless}")
    for is_known in (True, False):
        with pytest.raises(NotADatabase):
            open_database(path, is_known=is_known)


def test_what_stands_in_the_log_alone_is_seen_too(path):
    keeper = sqlite3.connect(path)
    keeper.execute("PRAGMA journal_mode = WAL")
    keeper.execute(FOREIGN["view"])
    keeper.commit()
    look_at_stranger(path)
    with pytest.raises(NotADatabase, match="the view endless"):
        open_database(path, is_known=False)
    keeper.close()


def test_our_own_files_are_opened_whether_they_are_known_or_not(path):
    with open_database(path, is_known=False) as database, database.work("Ann") as work:
        work.suppliers.add(supplier("S"))
        work.commit()
    with open_database(path, is_known=False) as database:
        with database.read() as reader:
            assert len(reader.suppliers()) == 1
        # It is open: the room looks at the file as it lies there.
        look_at_stranger(path)


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        (lambda data: data[:68] + b"\0\0\0\1" + data[72:], NotOurs),
        (lambda data: data[:100] + b"\xff" * 3_996 + data[4_096:], Unreadable),
        (lambda data: data[:50], NotOurs),
        (lambda data: b"nonsense" * 100, Unreadable),
    ],
)
def test_file_of_another_program_or_a_damaged_one_is_told_apart(path, spoil, error):
    path.write_bytes(spoil(path.read_bytes()))
    with pytest.raises(error):
        look_at_file(path)
    with pytest.raises(NotADatabase):
        look_at_stranger(path)


def test_file_that_is_not_there_cannot_be_read(tmp_path):
    with pytest.raises(Unreadable):
        look_at_file(tmp_path / "gone.toms")


def test_more_tables_than_any_of_ours_has_are_refused(path):
    changed(path, "".join(f"CREATE TABLE t{number} (a);" for number in range(2_100)))
    with pytest.raises(NotOurs):
        look_at_file(path)


def test_long_statement_is_refused(path):
    changed(path, f"CREATE TABLE long (a TEXT DEFAULT '{'x' * 300_000}')")
    with pytest.raises(NotOurs):
        look_at_file(path)


def test_answer_of_another_form_is_called_damaged(path, monkeypatch):
    monkeypatch.setattr(foreign, "value_in", lambda _run: [1, [["table", "x"]]])
    with pytest.raises(NotADatabase, match="damaged"):
        look_at_stranger(path)


def test_damaged_file_with_a_log_beside_it_is_left_to_sqlite(path):
    data = path.read_bytes()
    path.write_bytes(data[:100] + b"\xff" * 3_996 + data[4_096:])
    path.with_name(f"{path.name}-wal").touch()
    look_at_stranger(path)


def test_nothing_in_a_file_is_trusted_while_it_is_only_read(path):
    engine = open_engine(path)
    for _ in range(2):
        with reading(engine) as connection:
            assert connection.execute(text("PRAGMA trusted_schema")).scalar_one() == 0
            assert connection.execute(text("PRAGMA cell_size_check")).scalar_one() == 1
        with writing(engine) as connection:
            assert connection.execute(text("SELECT 1")).scalar_one() == 1
            assert connection.execute(text("PRAGMA trusted_schema")).scalar_one() == 1


def test_room_that_breaks_down_is_said_before_this_process_opens_a_file(path, tmp_path, monkeypatch):
    monkeypatch.setattr("tomsapp.room.starting._ENTER", "import os; os.abort()")
    copied = shutil.copy(path, path.with_name("other.toms"))
    for bring_in in (
        lambda: open_database(copied, is_known=False),
        lambda: restore_database(copied, tmp_path / "new.toms"),
        lambda: rescue_database(copied, tmp_path / "new.toms"),
        lambda: mend_guards(copied, "Ann"),
        lambda: head_of(copied),
    ):
        with pytest.raises(RoomError, match="ended unexpectedly"):
            bring_in()
    assert not (tmp_path / "new.toms").exists()
    assert [problem.code for problem in check_database(copied)] == ["database-unusable"]


def test_rows_of_a_damaged_file_are_read_in_the_room_first(path, tmp_path, monkeypatch):
    asked = []
    ask = foreign.ask

    def noted(question):
        asked.append(question.values.get("tables"))
        return ask(question)

    monkeypatch.setattr(foreign, "ask", noted)
    rescue_database(path, tmp_path / "new.toms")
    assert asked[0] is None
    assert {"supplier", "contract", "history", "change"} <= set(asked[1])


def test_reading_through_counts_what_can_be_read(path):
    with open_database(path) as database, database.work("Ann") as work:
        work.suppliers.add(supplier("S"))
        work.commit()
    assert read_through(path, ["supplier", "no_such_table"]) == 1
    path.write_bytes(b"nonsense" * 100)
    with pytest.raises(Unreadable):
        read_through(path, ["supplier"])


def test_names_that_are_no_text_are_read_as_what_they_are(path):
    data = path.read_bytes()
    at = data.index(b"CREATE TABLE supplier")
    path.write_bytes(data[: at + 13] + b"\xff" + data[at + 14 :])
    with pytest.raises(NotADatabase):
        look_at_stranger(path)


def test_words_of_sqlite_that_are_no_text_are_called_damage(path):
    with pytest.raises(NotADatabase, match="damaged"), faults_translated(path.name):
        b"\xff".decode()
