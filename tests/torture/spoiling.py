"""Files that are spoilt as on a bad way: cut, flipped, doubled, mixed; in packages also what is packed in them."""

import io
import random
import zipfile
from collections.abc import Callable, Sequence

_WORDS = (
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"99999999999999999999", b"-1", b"NaN", b"1e999", b"&#0;", b"<!DOCTYPE x>",
    b"]]>", b'"', b"'", b"\r", b"{", b"[[", b"/Kids", b"0 R", b"endobj", b"\xf0\x9f\x8c\xbb", b"=1+1", b"A1:XFD1048576",
)  # fmt: skip


def spoilt(data: bytes, draw: random.Random) -> bytes:
    """The bytes of a file after one to four things happened to them."""
    for _ in range(draw.randint(1, 4)):
        data = draw.choice(_WAYS)(data, draw)
    return data


def spoilt_package(data: bytes, draw: random.Random) -> bytes:
    """A package of which the packed bytes of a part were spoilt, and packed again as if nothing had happened."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as again:
        names = package.namelist()
        chosen = draw.choice(names)
        for name in names:
            held = package.read(name)
            again.writestr(name, spoilt(held, draw) if name == chosen else held)
    return out.getvalue()


def _span(data: bytes, draw: random.Random) -> tuple[int, int]:
    start = draw.randint(0, len(data))
    return start, min(len(data), start + draw.choice((1, 4, 40, 400)))


def _flip(data: bytes, draw: random.Random) -> bytes:
    found = bytearray(data)
    for _ in range(draw.choice((1, 1, 8))):
        if found:
            found[draw.randrange(len(found))] ^= 1 << draw.randrange(8)
    return bytes(found)


def _cut(data: bytes, draw: random.Random) -> bytes:
    return data[: draw.randint(0, len(data))]


def _leave_out(data: bytes, draw: random.Random) -> bytes:
    start, end = _span(data, draw)
    return data[:start] + data[end:]


def _double(data: bytes, draw: random.Random) -> bytes:
    start, end = _span(data, draw)
    return data[:end] + data[start:end] * draw.choice((1, 2, 50)) + data[end:]


def _swap(data: bytes, draw: random.Random) -> bytes:
    start, end = _span(data, draw)
    other, last = _span(data, draw)
    return data[:start] + data[other:last] + data[end:]


def _put_in(data: bytes, draw: random.Random) -> bytes:
    place = draw.randint(0, len(data))
    return data[:place] + draw.choice(_WORDS) + data[place:]


def _overwrite(data: bytes, draw: random.Random) -> bytes:
    start, end = _span(data, draw)
    return data[:start] + draw.randbytes(end - start) + data[end:]


_WAYS: Sequence[Callable[[bytes, random.Random], bytes]] = (
    _flip, _flip, _cut, _leave_out, _double, _swap, _put_in, _put_in, _overwrite,
)  # fmt: skip
