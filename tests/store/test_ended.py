"""A program that is ended in the middle of an upgrade, a restore or a backup, and two that begin one at once."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import signal
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.store.ended import NEVER, ended_at, spread
from tests.store.samples import fill, supplier
from tests.store.test_migrate import with_next_step
from tests.store.test_upgrade import GOOD
from tomsapp.config.whole_files import fresh_name
from tomsapp.store import alone
from tomsapp.store.alone import note_of, under_way
from tomsapp.store.backup import backup_database, restore_database
from tomsapp.store.check import check_database
from tomsapp.store.database import open_database
from tomsapp.store.errors import DatabaseLocked
from tomsapp.store.files import companions
from tomsapp.store.migrate import current_version, head_version
from tomsapp.store.upgrade import upgrade_database

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a program is ended here by a signal")
MOST = int(os.environ.get("TOMSAPP_STEPS", "8"))
"""So many steps of each work are ended at; all of them in the long run."""


def with_suppliers(path: Path, number: int) -> None:
    with open_database(path) as database, database.work("Ann") as work:
        for each in range(number):
            work.suppliers.add(supplier(f"Supplier {each}"))
        work.commit()


def suppliers(path: Path, **how: object) -> int:
    with open_database(path, **how) as database, database.read() as reader:
        return len(reader.suppliers())


def in_delete_mode(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


def is_tidy(folder: Path) -> bool:
    return not [each for each in folder.iterdir() if each.name.startswith(".")]


@pytest.mark.parametrize("journal", ["WAL", "DELETE"])
def test_upgrade_that_is_ended_anywhere_leaves_a_whole_database(path, tmp_path, journal):
    with open_database(path) as database:
        fill(database)
    if journal == "DELETE":
        in_delete_mode(path)
    migrations = with_next_step(tmp_path / "steps", GOOD)
    whole = path.read_bytes()
    folder = tmp_path / "work"
    copy = folder / path.name

    def begin() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        copy.write_bytes(whole)

    begin()
    steps = ended_at(NEVER, folder, lambda: upgrade_database(copy, migrations))
    assert steps > 40
    versions = set()
    for step in spread(steps, MOST):
        begin()
        assert ended_at(step, folder, lambda: upgrade_database(copy, migrations)) is None
        versions.add(current_version(copy))
        with open_database(copy, upgrade=True, migrations=migrations) as database, database.read() as reader:
            assert [row.reference for row in reader.contracts()] == ["C1"], step
        assert current_version(copy) == head_version(migrations)
        for kept in folder.glob("*.before-*"):
            assert kept.read_bytes() == whole, step
        assert is_tidy(folder), step
    assert versions == {head_version(), head_version(migrations)}


@pytest.mark.parametrize("state", ["whole", "open log", "damaged", "none"])
def test_restore_that_is_ended_anywhere_leaves_the_old_or_the_new(path, tmp_path, state):
    backup, folder = tmp_path / "backup.toms", tmp_path / "work"
    target = folder / "council.toms"
    with_suppliers(path, 2)
    shutil.copy(path, backup)
    with_suppliers(path, 3)
    before = {path.name: path.read_bytes()}
    if state == "open log":
        before |= _with_log(path, tmp_path)
    elif state == "damaged":
        before = {name: b"damaged" + content for name, content in (before | _with_log(path, tmp_path)).items()}

    def begin() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        if state != "none":
            for name, content in before.items():
                (folder / name).write_bytes(content)

    begin()
    steps = ended_at(NEVER, folder, lambda: restore_database(backup, target))
    old = {"whole": 5, "open log": 6}.get(state)
    seen, checked = set(), set()
    for step in spread(steps, MOST):
        begin()
        assert ended_at(step, folder, lambda: restore_database(backup, target)) is None
        if (state == "damaged" and _is_as_before(target, before)) or (state == "none" and not target.exists()):
            seen.add("old")
        else:
            found = suppliers(target)
            assert found in {2, old}, step
            if (content := target.read_bytes()) not in checked:  # after most steps it is the old or the new to the byte
                assert check_database(target) == []
                checked.add(content)
            seen.add("old" if found == old else "new")
        restore_database(backup, target)
        assert suppliers(target) == 2
        assert is_tidy(folder), step
        for kept in folder.glob("council.replaced-*.toms"):
            assert state == "damaged" or suppliers(kept) in {2, old}, step
    assert seen == {"old", "new"}


def ended_at_its_rename(backup: Path, target: Path) -> None:
    """A restore that is ended when all is ready, and the old file still stands at its name."""

    def restore() -> None:
        alone.replace_patiently = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
        restore_database(backup, target)

    assert ended_at(NEVER, target.parent, restore) is None


@pytest.fixture
def ended_restore(path, tmp_path) -> Path:
    """A damaged file whose log a restore had already taken away when it was ended; the log stands beside its copy."""
    shutil.copy(path, tmp_path / "backup.toms")
    (tmp_path / "work").mkdir()
    target = tmp_path / "work" / path.name
    for name, content in _with_log(path, tmp_path).items():
        target.with_name(name).write_bytes(b"damaged" + content)
    ended_at_its_rename(tmp_path / "backup.toms", target)
    assert not log_of(target).exists()
    assert list(target.parent.glob(f"{path.stem}.replaced-*-wal"))
    return target


def log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def looked_at(path: Path) -> None:
    with pytest.raises(Exception, match="damaged"):
        open_database(path)


def test_log_that_an_ended_restore_took_away_is_put_back(ended_restore):
    looked_at(ended_restore)
    assert log_of(ended_restore).read_bytes().startswith(b"damaged")
    assert is_tidy(ended_restore.parent)


@pytest.mark.parametrize("other", [None, 0, 1, 2, 3])
def test_log_is_put_back_beside_no_other_file(path, tmp_path, other):
    """It would be brought in there: a log does not say to which file it belongs."""
    before = path.read_bytes()
    kept = path.with_name("kept.toms-wal")
    kept.write_bytes(_with_log(path, tmp_path)[f"{path.name}-wal"])
    path.write_bytes(before)
    which = [each + (place == other) for place, each in enumerate(alone._which(path))]
    line = {"file": which, "moved": {log_of(path).name: kept.name}}
    note_of(path).write_text(json.dumps(line), encoding="utf-8")
    assert suppliers(path) == (1 if other is None else 0)


def test_log_that_was_begun_since_is_left(ended_restore):
    log_of(ended_restore).write_bytes(b"begun since")
    looked_at(ended_restore)
    assert log_of(ended_restore).read_bytes() == b"begun since"


def test_restore_that_is_ended_twice_puts_back_what_it_took_the_second_time(ended_restore, tmp_path):
    first = set(ended_restore.parent.glob("*.replaced-*"))
    ended_at_its_rename(tmp_path / "backup.toms", ended_restore)
    for each in first:
        each.unlink()
    looked_at(ended_restore)
    assert log_of(ended_restore).read_bytes().startswith(b"damaged")


def test_what_was_being_written_is_gone_with_its_log_once_somebody_opens(ended_restore):
    part = fresh_name(ended_restore)
    for left in (part, *companions(part)):
        left.write_bytes(b"half")
    looked_at(ended_restore)
    assert is_tidy(ended_restore.parent)


def test_what_was_being_written_is_gone_with_its_log_once_somebody_restores(path, tmp_path):
    (tmp_path / "work").mkdir()
    part = fresh_name(tmp_path / "work" / "next.toms")
    for left in (part, *companions(part)):
        left.write_bytes(b"half")
    restore_database(path, tmp_path / "work" / "next.toms")
    assert is_tidy(tmp_path / "work")


def _with_log(path: Path, tmp_path: Path) -> dict[str, bytes]:
    """The file, and the log of a program that was ended before it could bring it in."""
    copy = tmp_path / "logged" / path.name
    copy.parent.mkdir()
    shutil.copy(path, copy)

    def save() -> None:
        with closing(sqlite3.connect(copy)) as connection, connection:
            connection.execute("PRAGMA wal_autocheckpoint = 0")
            database = open_database(copy)
            with database.work("Ann") as work:
                work.suppliers.add(supplier("In the log"))
                work.commit()
            database.try_to_settle = lambda: None
            (tmp_path / "logged" / "done").touch()

    with closing(sqlite3.connect(copy)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM supplier").fetchone()
        save()
        found = {each.name: each.read_bytes() for each in (copy, copy.with_name(f"{copy.name}-wal"))}
    assert found[f"{copy.name}-wal"]
    return found


def _is_as_before(target: Path, before: dict[str, bytes]) -> bool:
    """Whether the damaged file, or what is left of it, is there with what was beside it, once somebody looked."""
    if target.read_bytes() != before[target.name]:
        return False
    with pytest.raises(Exception, match="damaged"):
        open_database(target)
    assert all(target.with_name(name).read_bytes() == content for name, content in before.items())
    return True


def test_backup_that_is_ended_anywhere_leaves_the_earlier_one(path, tmp_path):
    with_suppliers(path, 2)
    folder = tmp_path / "work"
    backup = folder / "monday.toms"

    def back_up() -> None:
        with open_database(path) as database:
            backup_database(database, backup)

    folder.mkdir()
    back_up()
    with_suppliers(path, 3)
    earlier = backup.read_bytes()
    steps = ended_at(NEVER, folder, back_up)
    for step in spread(steps, MOST):
        backup.write_bytes(earlier)
        assert ended_at(step, folder, back_up) is None
        assert suppliers(backup) in {2, 5}
    back_up()
    assert suppliers(backup) == 5
    assert [each.name for each in folder.iterdir()] == [backup.name]


def _upgrade(path: Path, migrations: Path, told: multiprocessing.SimpleQueue) -> None:
    try:
        open_database(path, upgrade=True, migrations=migrations).close()
        told.put("opened")
    except Exception as error:  # noqa: BLE001 - the test says what it was
        told.put(repr(error))


@pytest.mark.parametrize("number", [2, 4])
def test_upgrades_that_begin_at_once_all_succeed(target, server, tmp_path, monkeypatch, number):
    monkeypatch.setenv("TOMSAPP_HOME", str(tmp_path / "home"))
    migrations = with_next_step(tmp_path / "steps", GOOD)
    programs = multiprocessing.get_context("fork")
    told = programs.SimpleQueue()
    all_of_them = [programs.Process(target=_upgrade, args=(target, migrations, told)) for _ in range(number)]
    for each in all_of_them:
        each.start()
    for each in all_of_them:
        each.join()
    assert [told.get() for _ in all_of_them] == ["opened"] * number
    assert current_version(target) == head_version(migrations)
    copies = [*tmp_path.glob("*.before-*"), *(tmp_path / "home").rglob("*.before-*")]
    assert len(copies) == 1, "whoever comes second finds it done, and copies nothing"


def _restore(backup: Path, target: Path, told: multiprocessing.SimpleQueue) -> None:
    try:
        restore_database(backup, target)
        told.put("restored")
    except Exception as error:  # noqa: BLE001 - the test says what it was
        told.put(repr(error))


def test_restores_that_begin_at_once_all_succeed(path, tmp_path):
    backup = tmp_path / "backup.toms"
    with_suppliers(path, 2)
    shutil.copy(path, backup)
    with_suppliers(path, 3)
    programs = multiprocessing.get_context("fork")
    told = programs.SimpleQueue()
    both = [programs.Process(target=_restore, args=(backup, path, told)) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert [told.get() for _ in both] == ["restored"] * 2
    assert suppliers(path) == 2
    assert sorted(map(suppliers, tmp_path.glob("*.replaced-*.toms"))) == [2, 5]


@pytest.mark.parametrize("left", ["-journal", "-wal"])
@pytest.mark.parametrize("content", [b"", b"\0" * 4096, b"not a journal" * 400])
def test_dead_journal_keeps_nobody_from_upgrading(path, tmp_path, left, content):
    with_suppliers(path, 2)
    if left == "-journal":
        in_delete_mode(path)
    path.with_name(path.name + left).write_bytes(content)
    migrations = with_next_step(tmp_path / "steps", GOOD)
    assert suppliers(path, upgrade=True, migrations=migrations) == 2


def test_log_of_a_file_that_is_gone_is_not_taken_for_that_of_the_restored_one(path, tmp_path):
    backup = tmp_path / "backup.toms"
    shutil.copy(path, backup)
    log = _with_log(path, tmp_path)[f"{path.name}-wal"]
    path.unlink()
    path.with_name(f"{path.name}-wal").write_bytes(log)
    restore_database(backup, path)
    assert suppliers(path) == 0
    assert (tmp_path / f"{path.stem}.left{path.suffix}-wal").read_bytes() == log


@pytest.mark.parametrize(
    ("name", "beside"),
    [("../new", "{0}"), ("new", "{0}"), ("{0}-wal", "../theirs"), ("/new", "{0}")],
)
def test_note_names_only_what_belongs_to_the_file(path, tmp_path, name, beside):
    theirs = tmp_path / "theirs"
    theirs.write_bytes(b"kept")
    moves = {name.format(path.name): beside.format(path.name)}
    note_of(path).write_text(json.dumps({"file": alone._which(path), "moved": moves}), encoding="utf-8")
    open_database(path).close()
    assert theirs.read_bytes() == b"kept"
    assert {each.name for each in tmp_path.iterdir()} == {path.name, "theirs"}


@pytest.mark.parametrize("content", ["", "{", "[1]", '{"file": 3}', "[" * 100_000, "\0"])
def test_odd_note_stands_in_nobodys_way(path, tmp_path, content):
    note_of(path).write_text(content, encoding="utf-8")
    open_database(path).close()
    assert not note_of(path).exists()


def test_who_works_on_a_file_is_alone(path, monkeypatch):
    monkeypatch.setattr("tomsapp.store.alone._OPENER_PATIENCE", 0)
    with under_way(path, 0):
        with pytest.raises(DatabaseLocked, match="Another program is upgrading"), under_way(path, 0):
            pass
        with pytest.raises(DatabaseLocked, match="Another program is upgrading"):
            open_database(path)
        assert note_of(path).exists()
    assert not note_of(path).exists()


def test_no_name_that_was_put_there_first_is_followed(path, tmp_path):
    theirs = tmp_path / "theirs"
    theirs.write_bytes(b"kept")
    migrations = with_next_step(tmp_path / "steps", GOOD)
    head = head_version(migrations)
    backup = tmp_path / "backup.toms"
    names = [f"council.before-{head}.toms", "backup.toms.part", "council.toms.part", "backup.toms", ".council.toms"]
    for name in (*names, f"council.before-{head}-2.toms"):
        (tmp_path / name).symlink_to(theirs)
    shutil.copy(path, tmp_path / "whole.toms")
    with open_database(path, upgrade=True, migrations=migrations):
        pass
    assert (tmp_path / f"council.before-{head}-3.toms").is_file()
    note_of(backup).symlink_to(theirs)
    with pytest.raises(Exception, match="cannot be written"):
        restore_database(tmp_path / "whole.toms", backup)
    note_of(backup).unlink()
    with open_database(tmp_path / "whole.toms") as database:
        backup_database(database, backup)
    assert not backup.is_symlink()
    assert theirs.read_bytes() == b"kept"


def test_databases_and_copies_are_for_their_owner_only(path, tmp_path):
    from tomsapp.store.database import create_database

    before = os.umask(0)
    try:
        made = tmp_path / "made.toms"
        create_database(made, who="Ann").close()
        with open_database(made) as database:
            with database.work("Ann") as work:
                work.suppliers.add(supplier())
                work.commit()
            backup_database(database, tmp_path / "backup.toms")
        restore_database(tmp_path / "backup.toms", tmp_path / "restored.toms")
        restore_database(tmp_path / "backup.toms", made)
        upgrade_database(made, with_next_step(tmp_path / "steps", GOOD))
    finally:
        os.umask(before)
    modes = {each.name: each.stat().st_mode & 0o777 for each in tmp_path.glob("*.toms") if each != path}
    assert len(modes) == 5
    assert set(modes.values()) == {0o600}, modes


def test_restored_file_is_for_those_for_whom_the_one_before_was(path, tmp_path):
    backup = tmp_path / "backup.toms"
    shutil.copy(path, backup)
    path.chmod(0o660)
    kept = restore_database(backup, path)
    assert path.stat().st_mode & 0o777 == 0o660
    assert kept.stat().st_mode & 0o777 == 0o600
