"""What is kept in the place of a file that is too large."""

import pytest

from tomsapp.domain.tender.left_file import MOST_NOTE, LeftFile, read_left_file

GIANT = LeftFile(104_857_601, "7c20e4f1" * 8)


def test_a_note_says_how_large_the_file_is_and_by_what_it_is_known():
    assert read_left_file(GIANT.note) == GIANT
    assert b"104857601" in GIANT.note
    assert len(LeftFile(999_999_999_999_999, GIANT.sha256).note) <= MOST_NOTE


@pytest.mark.parametrize(
    "bytes_", [b"", b"\xff\xfe", GIANT.note + b" ", GIANT.note.replace(b"7c", b"7C"), GIANT.note.replace(b"1048", b"0")]
)
def test_what_is_otherwise_is_no_note(bytes_):
    assert read_left_file(bytes_) is None
