"""Every command says of a damaged database what is wrong and what to do, and never shows a traceback."""

from __future__ import annotations

import argparse
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.store.damaging import DAMAGES, damage
from tests.store.samples import fill
from tomsapp.cli.main import _NAMES_OF_DATABASES, build_parser
from tomsapp.domain.errors import TomsError
from tomsapp.store.check import check_database
from tomsapp.store.database import open_database
from tomsapp.store.rescue import rescue_database

SAMPLE = int(os.environ.get("TOMSAPP_DAMAGED_COMMANDS", "24"))
_MANY = 100
_NEW = {"target", "new", "output"}
"""Arguments that name what a command writes."""
_GIVEN = {"reference": "C1", "sample": "1", "place": "1", "sha256": "ab"}
"""What else a command is given, so that it comes as far as the database."""


_WORDS = "Asked for by the auditor on Monday"


def commands(parser: argparse.ArgumentParser, before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command that is given a database, as it is written, with the names of its arguments."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, verb in action.choices.items():
                yield from commands(verb, (*before, name))
    names = tuple(action.dest for action in parser._actions if not action.option_strings and action.dest != "command")
    if set(names) & set(_NAMES_OF_DATABASES):
        needed = [action for action in parser._actions if action.option_strings and action.required]
        options = (
            word
            for action in needed
            for word in (action.option_strings[0], "1" if action.type is int else _WORDS)[
                : 1 if action.nargs == 0 else 2
            ]
        )
        yield (*before, *(f"<{name}>" for name in names), *options)


COMMANDS = sorted(commands(build_parser()))


def test_commands_that_read_a_database_are_known():
    """A command that comes later is found by itself, and is given damaged databases too."""
    verbs = {" ".join(each) for each in COMMANDS}
    assert verbs >= {
        "db upgrade <database>",
        "db backup <database> <target>",
        "db restore <backup> <target>",
        "db rescue <damaged> <target>",
        "db check <database>",
    }


@pytest.fixture
def whole(path: Path) -> Path:
    with open_database(path) as database:
        fill(database)
        fill(database, "C2")
    return path


def written(command: tuple[str, ...], damaged: Path, target: Path) -> list[str]:
    names = {f"<{name}>": str(target if name in _NEW else damaged) for name in (*_NAMES_OF_DATABASES, *_NEW)}
    names |= {f"<{name}>": value for name, value in _GIVEN.items()}
    return [names.get(word, word) for word in command]


def test_damaged_databases_are_told_by_every_command(whole, tmp_path, call):
    damaged, target = tmp_path / "damaged.db", tmp_path / "target.db"
    for seed in range(0, SAMPLE, 2 if SAMPLE < _MANY else 1):
        for command in COMMANDS:
            told = damage(whole, damaged, seed)
            target.unlink(missing_ok=True)
            called = call(*written(command, damaged, target))
            assert "Traceback" not in called.out + called.err, (told, command)
            assert called.status in {0, 1, 2}, (told, command)
            assert not called.err.startswith("usage:"), (command, called.err)
            assert called.status == 0 or called.out + called.err, (told, command)


def rows(path: Path) -> dict[str, int]:
    with closing(sqlite3.connect(path)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for (name,) in tables}


def test_what_can_be_read_is_in_the_new_database_and_the_rest_is_named(whole, tmp_path):
    before = sum(number for name, number in rows(whole).items() if name != "tomsapp_version")
    damaged, new = tmp_path / "damaged.db", tmp_path / "new.db"
    copied = 0
    for seed in range(SAMPLE):
        told = damage(whole, damaged, seed)
        content = damaged.read_bytes()
        new.unlink(missing_ok=True)
        try:
            found = rescue_database(damaged, new)
        except TomsError:
            assert not new.exists(), told
            continue
        finally:
            assert damaged.read_bytes() == content, told
        copied += 1
        held = sum(number for name, number in rows(new).items() if name != "tomsapp_version")
        assert held == found.rows, told
        assert found.left_out or held >= before, told
        with open_database(new) as database, database.look() as uow:
            uow.lists.contracts()
            uow.lists.suppliers()
            uow.lists.history()
        assert not [each for each in check_database(new) if each.code in {"database-damaged", "database-schema"}], told
    assert copied > SAMPLE * 3 // 4


def test_every_way_of_damaging_is_tried():
    assert 2 * len(DAMAGES) <= SAMPLE


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        ("DROP TABLE supplier", "supplier: the table cannot be read"),
        ("DELETE FROM change WHERE id > 1", "who made it and when is lost"),
        ("UPDATE answer SET deleted = 'perhaps'", ""),
        ("DROP TABLE council", "council: the table cannot be read"),
    ],
)
def test_lost_rows_come_back_from_their_history(whole, tmp_path, spoil, said, call):
    before = rows(whole)
    with closing(sqlite3.connect(whole)) as connection, connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(spoil)
    new = tmp_path / "new.db"
    called = call("db", "rescue", whole, new)
    assert said in called.out
    assert called.status == (1 if said else 0)
    noted = {"change", "history", "chain"} if said else set()
    assert rows(new) == {name: number + (name in noted) for name, number in before.items()}
    lost = {each.code for each in check_database(new)}
    assert lost <= ({"database-history", "database-chain", "database-copied"} if "change" in spoil else set()), lost


def test_what_is_there_already_is_not_written_over(whole, tmp_path, call):
    (tmp_path / "new.db").write_bytes(b"kept")
    called = call("db", "rescue", whole, tmp_path / "new.db")
    said = "There is already a file new.db. Choose another name for the new database.\n"
    assert (called.status, called.err) == (2, said)
    assert (tmp_path / "new.db").read_bytes() == b"kept"


def test_fault_of_the_program_is_not_called_damage(whole, call, monkeypatch):
    def fail(*_: object, **_named: object) -> None:
        raise ValueError("a mistake of ours")

    monkeypatch.setattr("tomsapp.services.databases.open_workspace", fail)
    with pytest.raises(ValueError, match="a mistake of ours"):
        call("db", "upgrade", whole)


def test_fault_that_damage_is_behind_is_told_as_damage(whole, call, monkeypatch):
    with closing(sqlite3.connect(whole)) as connection, connection:
        connection.execute("DROP INDEX ix_supplier_name")

    def fail(*_: object, **_named: object) -> None:
        raise ValueError("nobody foresaw this")

    monkeypatch.setattr("tomsapp.services.databases.open_workspace", fail)
    called = call("db", "upgrade", whole)
    assert called.status == 2
    assert "is damaged" in called.err
    assert "copy what can be read into a new database" in called.err
