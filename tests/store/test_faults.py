"""What goes wrong while people work: each is told in plain English and loses nothing."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import event, text

from tests.store.samples import fill, supplier
from tomsapp.store import engine as engine_module
from tomsapp.store.check import check_database
from tomsapp.store.database import open_database
from tomsapp.store.errors import DatabaseLocked, DiskFull, StoreError, Unreachable

ROOT = Path(__file__).parents[2]
PAGES_LEFT = 50
"""Pages that a disk has left for a database which is nearly full."""
HOLD = """
import sqlite3, sys
held = sqlite3.connect(sys.argv[1], isolation_level=None)
held.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""
WRITE = """
import sys
from tests.store.samples import supplier
from tomsapp.store.database import open_database

with open_database(sys.argv[1]) as database:
    for number in range(100_000):
        with database.work("Writer") as work:
            work.suppliers.add(supplier(f"Number {number}"))
            work.commit()
        print(number, flush=True)
"""


def start(code: str, *arguments: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, stdin=-1, stdout=-1, stderr=subprocess.DEVNULL, text=True
    )


def test_locked_database_is_told_and_works_again(path, monkeypatch):
    monkeypatch.setattr(engine_module, "BUSY_SECONDS", 0.05)
    other = start(HOLD, str(path))
    try:
        assert other.stdout.readline() == "held\n"
        with open_database(path) as database:
            with pytest.raises(DatabaseLocked, match="Somebody else is saving") as locked, database.work("Ann") as work:
                work.suppliers.add(supplier())
            assert "Nothing was saved" in locked.value.fix
            with database.read() as reader:
                assert reader.suppliers() == []
            other.communicate("")
            with database.work("Ann") as work:
                work.suppliers.add(supplier())
                work.commit()
            with database.read() as reader:
                assert len(reader.suppliers()) == 1
    finally:
        other.kill()
        other.communicate()


@pytest.mark.parametrize("server", ["postgresql"])
def test_locked_record_on_a_server_is_told(database, monkeypatch, cluster):
    filled = fill(database)
    event.listen(database._engine, "checkout", lambda raw, *_: raw.execute("SET lock_timeout = '50ms'"))
    with database.work("Ann") as first, database.work("Bob") as second:
        held = first.suppliers.get(filled.supplier)
        first.suppliers.save(held.id, held.version, supplier("Ann's"))
        with pytest.raises(DatabaseLocked, match="Somebody else is saving"):
            second.suppliers.save(held.id, held.version, supplier("Bob's"))
        first.commit()
    with database.work("Ann") as work:
        assert work.suppliers.get(filled.supplier).record.name == "Ann's"


def fill_up(database) -> int:
    """Save until it fails; gives how many were saved."""
    saved = count()
    with pytest.raises(DiskFull, match="no room left") as full:
        save_for_ever(database, saved)
    assert "Free some space" in full.value.fix
    return next(saved)


def save_for_ever(database, saved: Iterator[int]) -> None:
    while True:
        with database.work("Ann") as work:
            work.suppliers.add(replace(supplier(), notes="x" * 20_000))
            work.commit()
        assert next(saved) < 100_000


def test_full_disk_is_told_and_what_was_saved_stays(path):
    with open_database(path) as database:
        with database._engine.connect() as connection:
            room = int(connection.exec_driver_sql("PRAGMA page_count").scalar_one()) + PAGES_LEFT
        # For the connections that are made from now on.
        database._engine.dispose()
        event.listen(database._engine, "connect", lambda raw, _: raw.execute(f"PRAGMA max_page_count = {room}"))
        saved = fill_up(database)
    assert saved > 0
    assert check_database(path) == []
    with open_database(path) as database, database.work("Ann") as work:
        assert len(work.suppliers.all()) == saved
        work.suppliers.add(supplier())
        work.commit()


def test_full_small_disk_is_told_and_what_was_saved_stays(path, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)]
    if (
        sys.platform != "linux"
        or os.geteuid() != 0
        or subprocess.run(mount, capture_output=True, check=False).returncode
    ):
        pytest.skip("A small disk can only be mounted by root on Linux")
    try:
        small = disk / "council.toms"
        small.write_bytes(path.read_bytes())
        with open_database(small) as database:
            saved = fill_up(database)
            with database.read() as reader:
                assert len(reader.suppliers()) == saved
        assert saved > 0
        assert check_database(small) == []
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.mark.parametrize("acknowledged", [1, 7, 23])
def test_kill_while_writing_loses_nothing_acknowledged(target, acknowledged):
    writer = start(WRITE, target)
    try:
        seen = [int(writer.stdout.readline()) for _ in range(acknowledged)]
    finally:
        writer.send_signal(signal.SIGKILL)
        # Not `communicate`: it would pass over lines that `readline` has taken into its buffer already.
        seen += [int(line) for line in writer.stdout if line.strip()]
        writer.wait()
    assert check_database(target) == []
    with open_database(target) as database, database.work("Ann") as work:
        names = {each.record.name for each in work.suppliers.all()}
    assert {f"Number {number}" for number in seen} <= names
    assert len(names) <= len(seen) + 1


@pytest.mark.parametrize("server", ["postgresql"])
def test_lost_server_is_told(database, raw):
    with database.work("Ann") as work:
        work.suppliers.all()
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> "
        raw(f"{others} pg_backend_pid()")
        with pytest.raises(Unreachable, match="cannot be reached"):
            work.suppliers.add(supplier())
    with database.work("Ann") as work:
        assert work.suppliers.all() == []


def read_all(path: Path) -> None:
    with open_database(path) as database, database.read() as reader:
        reader.contracts()
        reader.history()


def test_damage_found_while_reading_is_told(path):
    with open_database(path) as database:
        fill(database)
    content = bytearray(path.read_bytes())
    content[4096 * 3 :] = b"\xa5" * len(content[4096 * 3 :])
    path.write_bytes(content)
    with pytest.raises(StoreError, match="damaged") as damaged:
        read_all(path)
    assert "backup" in damaged.value.fix


def test_refusal_of_a_trigger_is_told_in_its_own_words(database):
    with database.work("Ann") as work, pytest.raises(StoreError, match="Nothing is deleted from this database"):
        work._session.execute(text("DELETE FROM history"))


def test_records_are_read_while_somebody_saves(path, monkeypatch):
    monkeypatch.setattr(engine_module, "BUSY_SECONDS", 0.05)
    with open_database(path) as database, database.work("Ann") as work:
        work.suppliers.add(supplier())
        with open_database(path) as other, other.look() as look:
            assert look.suppliers.all() == []
            with pytest.raises(StoreError, match="Nobody is named"):
                look.suppliers.add(supplier())
