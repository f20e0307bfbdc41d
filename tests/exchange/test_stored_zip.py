"""A zip folder of which every byte is held to something: any program reads it, and each change is found and named."""

import io
import re
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tomsapp.exchange import stored_zip
from tomsapp.exchange.stored_zip import LIST, first_part, is_stored, read_stored, write_stored

PARTS = {"a.json": b'{"x": 1}', "offers/receipt-1.xlsx": b"PK\x03\x04 a workbook", "empty": b""}
DATA = write_stored(PARTS)
NAMES = st.from_regex(r"[a-z0-9][a-z0-9._/-]{0,20}", fullmatch=True)
FOLDERS = st.dictionaries(NAMES, st.binary(max_size=60), max_size=5)


def test_any_program_can_look_into_it():
    with zipfile.ZipFile(io.BytesIO(DATA)) as package:
        assert package.testzip() is None
        assert {name: package.read(name) for name in package.namelist()} == PARTS
    assert is_stored(DATA)
    assert not is_stored(b"%PDF")


@given(FOLDERS)
def test_what_is_written_is_read(parts):
    found = read_stored(write_stored(parts))
    assert (dict(found.parts), found.changed) == (parts, ())
    assert list(found.parts) == list(parts)


def part_of(place: int) -> str:
    """What a byte of `DATA` belongs to."""
    at = 0
    for name, data in PARTS.items():
        begins = at + 30
        if place < begins:
            return f"what stands before its part {name}"
        if place < begins + len(name):
            return f"the name of its part {name}"
        at = begins + len(name) + len(data)
        if place < at:
            return f"its part {name}"
    return LIST


def test_every_byte_that_is_changed_is_found_and_named():
    for place in range(len(DATA)):
        for bits in (1, 0x20, 0x80, 0xFF):
            changed = bytearray(DATA)
            changed[place] ^= bits
            (found,) = read_stored(bytes(changed)).changed
            # A name stands in two places: which of them was changed, nothing says.
            is_name_in_list = found.startswith("the name of its part") and part_of(place) == LIST
            assert found == part_of(place) or is_name_in_list, (place, bits)


@given(FOLDERS, st.data())
@settings(max_examples=60)
def test_a_byte_that_is_changed_taken_out_or_put_in_is_found(parts, draw):
    data = write_stored(parts)
    place = draw.draw(st.integers(0, len(data) - 1))
    bits = draw.draw(st.integers(1, 255))
    changed = data[:place] + bytes([data[place] ^ bits]) + data[place + 1 :]
    for other in (changed, data[:place] + data[place + 1 :], data[:place] + bytes([bits]) + data[place:]):
        assert other == data or read_stored(other).changed


@pytest.mark.parametrize(
    "data", [b"", b"PK\x05\x06", DATA[:-1], DATA + b"x", DATA[:-22], DATA[1:], b"\x00" * 22, b"x" * 100]
)
def test_what_is_no_such_folder_has_no_list(data):
    assert read_stored(data).changed == (LIST,)


def end_of(count: int, size: int, at: int) -> bytes:
    return stored_zip._end(count, size, at)


def test_a_list_that_does_not_fit_is_none():
    entry = stored_zip._entry(stored_zip._Listed("a", 0, 0, 0))
    head = stored_zip._head("a", 0, 0)
    assert read_stored(head + entry + end_of(1, len(entry), len(head))).changed == ()
    assert read_stored(entry + end_of(1, len(entry), 0)).changed == (LIST,), "the part is missing"
    assert read_stored(head + entry + end_of(2, len(entry), len(head))).changed == (LIST,), "one is missing"
    assert read_stored(head + end_of(0, 0, len(head))).changed == (LIST,), "a part is in no list"
    twice = stored_zip._entry(stored_zip._Listed("a", 0, 0, len(head)))
    data = head + head + entry + twice + end_of(2, 2 * len(entry), 2 * len(head))
    assert read_stored(data).changed == (LIST,), "two have one name"


def test_two_changes_are_both_named():
    changed = bytearray(DATA)
    changed[30 + len("a.json")] ^= 1
    changed[16] ^= 1
    assert read_stored(bytes(changed)).changed == ("its part a.json",)


@pytest.mark.parametrize("name", ["", "A", "a b", "/a", "ä", "a" * 101])
def test_names_that_some_system_reads_otherwise_are_refused(name):
    with pytest.raises(ValueError, match=f"^{re.escape(name)}$"):
        write_stored({name: b""})


def test_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(stored_zip, "MOST_BYTES", 3)
    with pytest.raises(ValueError, match="too much"):
        write_stored({"a": b"1234"})
    monkeypatch.setattr(stored_zip, "MOST_PARTS", 1)
    with pytest.raises(ValueError, match="too much"):
        write_stored({"a": b"", "b": b""})
    assert read_stored(DATA).changed == (LIST,)


def test_the_first_part_is_named_by_the_first_bytes():
    data = write_stored({"checksums.json": b"{}", "b.txt": b"b"})
    assert first_part(data[:60]) == "checksums.json"
    assert first_part(data[:40]) == "checksums."
    assert first_part(data[:20]) == ""
    assert first_part(b"%PDF-1.7" + data) == ""
