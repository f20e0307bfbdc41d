"""A package is looked into without unpacking it, and not at all where its list of parts is itself too long."""

import io
import struct
import zipfile

import pytest

from tomsapp.reading.packages import DAMAGE, TooManyParts, head_of, open_package, parts_of

MANY = 30_000


def package(*names):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as new:
        for name in names:
            new.writestr(name, "x" * 100)
    return file.getvalue()


def test_parts_are_found_in_any_capitals():
    with open_package(package("XL\\Book.xml", "/a.xml")) as opened:
        parts = parts_of(opened)
        assert set(parts) == {"xl/book.xml", "a.xml"}
        assert head_of(opened, parts["a.xml"], 5) == b"xxxxx"
        assert head_of(opened, parts.get("none"), 5) == b""


def test_a_list_of_parts_that_is_too_long_is_not_read():
    with pytest.raises(TooManyParts):
        open_package(package(*map(str, range(MANY))))


def as_zip_64(data):
    """The same package with its end in the long form, as some programs write it."""
    at = data.rindex(b"PK\x05\x06")
    _, _, _, _, number, size, offset, _ = struct.unpack("<IHHHHIIH", data[at : at + 22])
    far = struct.pack("<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, number, number, size, offset)
    found = struct.pack("<4sIQI", b"PK\x06\x07", 0, at, 1)
    short = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, number, number, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return data[:at] + far + found + short


def test_the_long_form_is_read_too():
    with open_package(as_zip_64(package("a.xml"))) as opened:
        assert set(parts_of(opened)) == {"a.xml"}
    with pytest.raises(TooManyParts):
        open_package(as_zip_64(package(*map(str, range(MANY)))))


@pytest.mark.parametrize("data", [b"PK", b"PK\x05\x06" + b"\xff" * 18, b"PK\x05\x06"])
def test_what_is_no_package_is_damaged(data):
    with pytest.raises(DAMAGE):
        open_package(data)
