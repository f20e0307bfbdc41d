"""Columns that are kept in a file come back as they were, or not at all."""

import numpy as np
import pytest

from tomsapp.dashboards import column_file
from tomsapp.dashboards.column_file import PART, read_columns, read_facts, write_columns

FACTS = {"change": 7, "places": ["E05013632", ""]}
COLUMNS = {
    "money": np.array([2**40, -1, 0], dtype=np.int64),
    "ward": np.array([3, 1], dtype=np.int32),
    "ends": np.array([8105], dtype=np.int16),
    "quarter": np.array([0, 199], dtype=np.uint8),
    "year": np.array([-1], dtype=np.int8),
    "is_returned": np.array([True, False]),
    "nothing": np.zeros(0, dtype=np.int64),
}


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "kept.rows"
    assert write_columns(path, FACTS, COLUMNS)
    return path


def test_they_come_back_as_they_were(path):
    facts, columns = read_columns(path)
    assert facts == FACTS == read_facts(path)
    assert list(columns) == list(COLUMNS)
    for name, column in columns.items():
        assert column.dtype == COLUMNS[name].dtype
        assert column.tolist() == COLUMNS[name].tolist()
    assert path.stat().st_mode & 0o077 == 0
    assert [each.name for each in path.parent.iterdir()] == ["kept.rows"]


def test_a_file_of_which_any_byte_is_another_is_none(path):
    whole = path.read_bytes()
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert read_columns(path) is None
    for length in range(0, len(whole), 7):
        path.write_bytes(whole[:length])
        assert read_columns(path) is None
    path.write_bytes(whole + b"\0")
    assert read_columns(path) is None
    path.write_bytes(whole)
    assert read_columns(path) is not None


def test_where_there_is_no_file_there_are_no_facts(tmp_path):
    assert read_columns(tmp_path / "none") is None
    assert read_facts(tmp_path / "none") == {}
    (tmp_path / "other").write_bytes(b"Something else")
    assert read_facts(tmp_path / "other") == {}
    head = b'{"facts": [], "columns": []}'
    begins = column_file._MARK + bytes(column_file._DIGEST) + len(head).to_bytes(8, "little")
    (tmp_path / "other").write_bytes(begins + head)
    assert read_facts(tmp_path / "other") == {}


def test_numbers_of_more_than_64_bits_are_not_kept(tmp_path):
    path = tmp_path / "kept.rows"
    assert not write_columns(path, FACTS, {"money": np.array([2**70], dtype=object)})
    assert not path.exists()


def test_what_cannot_be_written_leaves_what_was_there(path, monkeypatch):
    def fail(*_given):
        raise OSError("The disk is full")

    monkeypatch.setattr(column_file, "_write", fail)
    with pytest.raises(OSError, match="full"):
        write_columns(path, {}, {})
    assert read_facts(path) == FACTS
    assert not list(path.parent.glob(f"*{PART}"))
