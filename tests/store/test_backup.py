import sqlite3
import threading
from contextlib import closing

import pytest

from tests.store.samples import fill, supplier
from tomsapp.store import backup as backup_module
from tomsapp.store.backup import backup_database, restore_database
from tomsapp.store.check import check_database
from tomsapp.store.database import create_database, open_database
from tomsapp.store.errors import DatabaseLocked, NewerDatabase, NotADatabase, StoreError, Unreachable


class Stopped(Exception):
    pass


def contents(target) -> list:
    with open_database(target) as database, database.read() as reader:
        lines = [*reader.commitment_columns(), *reader.quantity_columns(), *reader.rate_lines()]
        history = [(each.at, each.who, each.kind, each.action, dict(each.after)) for each in reader.history()]
        return [reader.contracts(), reader.suppliers(), lines, history]


def test_backup_is_whole_and_restores_everywhere(target, database, tmp_path, empty_target):
    filled = fill(database)
    told = []
    backup = tmp_path / "monday.toms-backup"
    backup_database(database, backup, lambda done, total: told.append((done, total)))
    assert told
    assert told[-1][0] == told[-1][1]
    assert check_database(backup) == []
    assert restore_database(backup, empty_target) is None
    assert check_database(empty_target) == []
    assert contents(empty_target) == contents(target)
    with open_database(empty_target) as restored, restored.work("Bob") as work:
        assert work.suppliers.add(supplier("After")).id == filled.supplier + 1
        work.commit()
    assert check_database(empty_target) == []
    assert sorted(each.name for each in tmp_path.iterdir() if "part" in each.name) == []


@pytest.mark.parametrize("server", ["postgresql"])
def test_backup_of_a_server_becomes_a_file(target, database, tmp_path):
    fill(database)
    backup_database(database, tmp_path / "copy.toms")
    assert contents(tmp_path / "copy.toms") == contents(target)


def test_backup_while_others_write_is_one_moment(target, database, tmp_path):
    done = threading.Event()
    saved = []

    def write() -> None:
        with open_database(target) as mine:
            while not done.is_set():
                with mine.work("Writer") as work:
                    work.suppliers.add(supplier("x" * 200))
                    work.commit()
                saved.append(1)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            before = len(saved)
            backup_database(database, tmp_path / f"{number}.toms")
            assert check_database(tmp_path / f"{number}.toms") == []
            with open_database(tmp_path / f"{number}.toms") as copy, copy.read() as reader:
                assert before <= len(reader.suppliers()) <= len(saved) + 1
    finally:
        done.set()
        writer.join()
    assert saved


def test_backup_of_a_file_holds_the_moment_at_which_it_began(path, tmp_path, monkeypatch):
    monkeypatch.setattr(backup_module, "_PAGES_AT_ONCE", 5)
    told = []

    def write(done: int, _total: int) -> None:
        if len(told) < 10:
            with database.work("Writer") as work:
                work.suppliers.add(supplier())
                work.commit()
        told.append(done)

    with open_database(path) as database:
        backup_database(database, tmp_path / "backup.toms", write)
    assert len(told) > 2
    with open_database(tmp_path / "backup.toms") as copy, copy.read() as reader:
        assert reader.suppliers() == []


def test_stopped_backup_leaves_the_earlier_one(database, tmp_path):
    backup = tmp_path / "backup.toms"
    backup.write_bytes(b"earlier")

    def stop(_done: int, _total: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        backup_database(database, backup, stop)
    assert backup.read_bytes() == b"earlier"
    assert not list(tmp_path.glob("*.part*"))


def test_backup_needs_a_folder(database, tmp_path):
    with pytest.raises(Unreachable, match="cannot be written"):
        backup_database(database, tmp_path / "no" / "backup.toms")


def test_backup_does_not_replace_its_own_database(path):
    with open_database(path) as database, pytest.raises(StoreError, match="is the database itself"):
        backup_database(database, path)


@pytest.mark.parametrize("spoil", ["text", "empty", "cut", "damaged", "newer", "missing"])
def test_bad_backup_is_refused_and_the_target_left(target, path, tmp_path, raw, spoil):
    with open_database(target) as database:
        fill(database)
        backup = tmp_path / "backup.toms"
        backup_database(database, backup)
    before = contents(target)
    whole = backup.read_bytes()
    if spoil == "newer":
        with closing(sqlite3.connect(backup)) as connection, connection:
            connection.execute("UPDATE tomsapp_version SET version_num = '9999'")
    elif spoil == "missing":
        backup.unlink()
    else:
        page = 4096 * 5
        spoiled = {
            "text": b"not a backup" * 20,
            "empty": b"",
            "cut": whole[:-4096],
            "damaged": whole[:page] + b"\xa5" * 4096 + whole[page + 4096 :],
        }
        backup.write_bytes(spoiled[spoil])
    with pytest.raises((NotADatabase, NewerDatabase, Unreachable)) as refused:
        restore_database(backup, target)
    assert refused.value.fix
    assert contents(target) == before


def test_restore_keeps_the_file_that_was_there(path, tmp_path):
    with open_database(path) as database:
        backup_database(database, tmp_path / "backup.toms")
        fill(database)
    before = contents(path)
    kept = restore_database(tmp_path / "backup.toms", path)
    assert contents(path)[0] == []
    assert kept is not None
    assert contents(kept) == before


def test_restore_over_a_damaged_file_keeps_it(path, tmp_path):
    with open_database(path) as database:
        backup_database(database, tmp_path / "backup.toms")
    path.write_bytes(b"damaged")
    kept = restore_database(tmp_path / "backup.toms", path)
    assert kept.read_bytes() == b"damaged"
    assert check_database(path) == []


def test_restore_waits_for_nobody_who_has_it_open(path, tmp_path):
    with open_database(path) as database:
        backup_database(database, tmp_path / "backup.toms")
        with database.work("Ann") as work:
            work.suppliers.add(supplier())
            work.commit()
            with pytest.raises(DatabaseLocked, match="open elsewhere"):
                restore_database(tmp_path / "backup.toms", path)
        with database.read() as reader:
            assert len(reader.suppliers()) == 1


@pytest.mark.parametrize("server", ["postgresql"])
def test_server_that_holds_a_database_is_not_overwritten(target, path):
    with pytest.raises(StoreError, match="already holds a database"):
        restore_database(path, target)


@pytest.mark.parametrize("server", ["postgresql"])
def test_failed_load_leaves_the_server_empty(empty_target, path):
    def stop(_done: int, _total: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        restore_database(path, empty_target, stop)
    create_database(empty_target, who="Ann").close()
