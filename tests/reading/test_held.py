"""A file that is open as a database is opened by nothing else: closing it would let go of the database's locks."""

from tests.ordinary import LINKS
from tomsapp.domain.problems import Problem
from tomsapp.reading.held import hold, is_held, let_go
from tomsapp.reading.kinds import FileKind, kind_of_file
from tomsapp.reading.source import read_bytes


def test_a_file_is_held_until_every_database_in_it_is_closed(tmp_path):
    path = tmp_path / "council.db"
    path.write_bytes(b"SQLite format 3\x00")
    one, two = hold(path), hold(path)
    let_go(one)
    assert is_held(path)
    let_go(two)
    assert not is_held(path)
    assert not is_held(tmp_path / "gone.db")


@LINKS
def test_a_held_file_is_not_opened_by_its_own_or_another_name(tmp_path):
    path, link = tmp_path / "council.db", tmp_path / "offer.xlsx"
    path.write_text("not read at all", encoding="utf-8")
    link.symlink_to(path)
    held = hold(path)
    try:
        for name in (path, link):
            assert kind_of_file(name) is FileKind.DATABASE
            told = read_bytes(name, 100)
            assert isinstance(told, Problem)
            assert (told.code, told.message) == ("file-in-use", f"{name.name} is the database that is open")
    finally:
        let_go(held)
    assert read_bytes(path, 100) == b"not read at all"
