"""A database file is whole after each save: a copy of the one file, made while it is open, holds everything."""

import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.ordinary import LINKS, protected
from tests.store.samples import fill, supplier
from tomsapp.domain.problems import Problem
from tomsapp.reading.held import is_held
from tomsapp.reading.kinds import FileKind, kind_of_file
from tomsapp.reading.source import MEGABYTE, read_bytes
from tomsapp.store import settling
from tomsapp.store.check import check_database
from tomsapp.store.database import Database, open_database
from tomsapp.store.errors import DiskFull
from tomsapp.store.files import check_file, has_log
from tomsapp.store.protected import write_protection

SAVES_ON = """
import sys
from tests.store.samples import supplier
from tomsapp.store.database import open_database
database = open_database(sys.argv[1])
for number in range(10_000):
    with database.work("Ann") as work:
        work.suppliers.add(supplier(f"S{number}"))
        work.commit()
    print(number, flush=True)
"""


def add(database: Database, name: str) -> None:
    with database.work("Ann") as work:
        work.suppliers.add(supplier(name))
        work.commit()


def names_in_a_copy(path: Path) -> list[str]:
    """What a copy of the one file holds, looked at in a folder of its own."""
    folder = path.parent / "elsewhere"
    folder.mkdir(exist_ok=True)
    copied = folder / "copy.toms"
    shutil.copyfile(path, copied)
    with closing(sqlite3.connect(f"file:{copied}?immutable=1", uri=True)) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM supplier ORDER BY id")]


def test_copy_of_the_file_alone_holds_each_save_while_the_database_is_open(path):
    with open_database(path) as database:
        for number in range(3):
            add(database, f"S{number}")
            assert database.is_settled
            assert names_in_a_copy(path) == [f"S{made}" for made in range(number + 1)]


def test_reader_in_the_way_costs_no_save_and_the_log_is_emptied_once_it_has_gone(path):
    with open_database(path) as database, open_database(path) as other:
        with other.read() as reader:
            reader.contracts()
            begun = time.monotonic()
            add(database, "S0")
            assert time.monotonic() - begun < 1
            assert not database.is_settled
            assert not database.settle()
        assert database.settle()
        assert database.is_settled
        assert names_in_a_copy(path) == ["S0"]


def test_somebody_who_writes_is_not_waited_for(path):
    with open_database(path) as database, open_database(path) as other:
        with other.read() as reader:
            reader.contracts()
            add(database, "S0")
        with other.work("Bob") as work:
            work.suppliers.add(supplier("S1"))
            database.settle()
            work.commit()
        assert database.settle()
        assert names_in_a_copy(path) == ["S0", "S1"]


def test_closing_brings_all_into_the_file_though_others_have_it_open(path):
    with open_database(path) as other:
        with open_database(path) as database:
            with other.read() as reader:
                reader.contracts()
                add(database, "S0")
            assert not database.is_settled
        assert other.is_settled
        assert names_in_a_copy(path) == ["S0"]


def test_every_save_that_was_acknowledged_is_in_the_file_after_a_crash(path):
    with subprocess.Popen([sys.executable, "-c", SAVES_ON, str(path)], stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        acknowledged = [next(program.stdout) for _ in range(20)]
        program.kill()
    assert len(acknowledged) == 20
    # The last one is told of before its log is emptied only where it was ended in between.
    assert [f"S{number}" for number in range(19)] == names_in_a_copy(path)[:19]
    with open_database(path) as database:
        assert database.is_settled
        held = names_in_a_copy(path)
    assert held == [f"S{number}" for number in range(len(held))]


def test_log_that_a_crash_left_is_emptied_when_the_database_is_opened(path, tmp_path):
    left = tmp_path / "left" / "council.toms"
    left.parent.mkdir()
    with open_database(path) as database, open_database(path) as other, other.read() as reader:
        reader.contracts()
        fill(database)
        for ending in ("", "-wal"):
            shutil.copyfile(f"{path}{ending}", f"{left}{ending}")
    assert names_in_a_copy(left) == []
    with open_database(left) as opened:
        assert opened.is_settled
        assert names_in_a_copy(left) == ["Bridge Works Ltd"]


def test_save_is_good_though_there_is_no_room_to_empty_the_log(path, monkeypatch):
    def full(*_of: object) -> bool:
        raise DiskFull("There is no room left", "Free some space")

    monkeypatch.setattr("tomsapp.store.database.settle", full)
    with open_database(path) as database:
        add(database, "S0")
        with pytest.raises(DiskFull):
            database.settle()
        with database.look() as look:
            assert [each.record.name for each in look.suppliers.all()] == ["S0"]


@pytest.mark.parametrize("server", ["postgresql"])
def test_server_has_no_file_to_copy(database):
    assert database.is_settled
    assert database.settle()


def test_protected_file_with_a_log_is_said_to_be_not_whole(path):
    with open_database(path) as database, open_database(path) as other, other.read() as reader:
        reader.contracts()
        add(database, "S0")
        log = Path(f"{path}-wal").read_bytes()
    Path(f"{path}-wal").write_bytes(log)
    with protected(path), open_database(path) as database:
        assert database.is_read_only
        assert not database.settle()
    assert settling.is_settled(path) is False


SAVES_AND_CLOSES = """
import sys
from tests.store.samples import supplier
from tomsapp.store.database import open_database
with open_database(sys.argv[1]) as database, database.work("Bob") as work:
    work.suppliers.add(supplier("Of another program"))
    work.commit()
"""


def open_again(path: Path) -> None:
    open_database(path).close()


@pytest.mark.parametrize(
    "look",
    [
        check_database,
        check_file,
        has_log,
        write_protection,
        open_again,
        kind_of_file,
        lambda path: read_bytes(path, MEGABYTE),
    ],
)
def test_file_that_is_looked_at_while_it_is_open_keeps_its_locks(path, look):
    """Closing a file lets go of all locks of the program on it; another would then take the log away under it."""
    with open_database(path) as database:
        add(database, "S0")
        look(path)
        subprocess.run([sys.executable, "-c", SAVES_AND_CLOSES, str(path)], check=True)
        add(database, "S1")
        assert names_in_a_copy(path) == ["S0", "Of another program", "S1"]


@LINKS
def test_file_that_is_open_is_known_by_whatever_name_it_is_reached(path):
    link = path.with_name("link.db")
    with open_database(path) as database:
        link.symlink_to(path)
        assert is_held(link)
        assert kind_of_file(link) is FileKind.DATABASE
        refused = read_bytes(link, MEGABYTE)
        assert isinstance(refused, Problem)
        assert refused.message == "link.db is the database that is open"
        with open_database(link):
            pass
        assert is_held(path), "it is still open the first time"
        database.close()
        assert not is_held(path)
        assert not is_held(path.with_name("none"))
