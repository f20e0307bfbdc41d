"""The bytes of a named file and its text, or why there are none."""

from pathlib import Path

import pytest

from tomsapp.domain.problems import Problem
from tomsapp.reading import source
from tomsapp.reading.held import hold, let_go
from tomsapp.reading.source import decode, pieces_of, read_bytes

MOST = 5_000_000


def told(problem):
    assert isinstance(problem, Problem)
    assert problem.fix
    return problem.code, problem.message


def test_bytes_that_are_not_utf8_are_named():
    problem = decode(b"a = 1\nb = 'caf\xe9'\n", "x.toml", MOST)
    assert told(problem) == ("wrong-encoding", "The file is not in UTF-8: byte 15 (0xE9)")
    assert (problem.where.file, problem.where.field) == ("x.toml", "line 2")
    assert problem.fix == "Save it again with the encoding UTF-8"
    assert "byte 1 (0xFF)" in decode("a = 1".encode("utf-16"), "x.toml", MOST).message


def test_byte_order_mark_and_line_ends_do_not_matter():
    assert decode("\ufeffa = 1\r\nb = 2\r\n".encode(), "x.toml", MOST) == "a = 1\nb = 2\n"
    assert "byte 5 (0xE9)" in decode(b"\xef\xbb\xbfa\xe9", "x.toml", MOST).message


def test_an_enormous_file_is_not_read_to_its_end(tmp_path):
    path = tmp_path / "menu.toml"
    with path.open("wb") as file:
        file.truncate(10**12)
    problem = read_bytes(path, MOST)
    assert told(problem) == ("file-too-large", "The file is larger than 5 MB")
    assert problem.fix == "Check that menu.toml is the file you meant"
    assert told(decode(b"#" * (MOST + 1), "", MOST))[0] == "file-too-large"
    assert decode(b"#" * MOST, "", MOST) == "#" * MOST


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="There are no devices here")
def test_a_device_without_end_is_too_large():
    assert told(read_bytes(Path("/dev/zero"), MOST))[0] == "file-too-large"


def test_missing_and_unreadable_files(tmp_path, monkeypatch):
    path = tmp_path / "menu.toml"
    problem = read_bytes(path, MOST)
    assert told(problem) == ("missing-file", f"There is no file {path}")
    assert problem.where.file == "menu.toml"
    assert told(read_bytes(tmp_path, MOST)) == ("unreadable-file", f"{tmp_path} is a folder")
    monkeypatch.setattr(Path, "open", _refuse)
    problem = read_bytes(path, MOST)
    assert told(problem) == ("unreadable-file", "The file cannot be read: Permission denied")
    assert str(path) in problem.fix


def _refuse(*_):
    raise PermissionError(13, "Permission denied")


def test_what_can_be_read_is_read_even_if_it_is_empty(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"")
    assert read_bytes(path, MOST) == b""
    path.write_bytes(b"abc")
    assert read_bytes(path, 3) == b"abc"


def test_a_file_of_any_size_is_read_in_pieces(tmp_path, monkeypatch):
    monkeypatch.setattr(source, "_PIECE", 4)
    path = tmp_path / "giant"
    path.write_bytes(b"123456789")
    assert list(pieces_of(path)) == [b"1234", b"5678", b"9"]
    held = hold(path)
    assert list(pieces_of(path)) == [], "the database that is open is left alone"
    let_go(held)
    with pytest.raises(FileNotFoundError):
        list(pieces_of(tmp_path / "none"))
