"""The text of a file that any program may have written, in the encodings that spreadsheet programs write."""

from dataclasses import dataclass
from enum import Enum


class Encoding(Enum):
    """How a file keeps its text; the value is its name."""

    UTF_8 = "UTF-8"
    UTF_16 = "UTF-16"
    WINDOWS = "Windows-1252"


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, without the mark at its beginning."""

    text: str
    encoding: Encoding


_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_LOOKED_AT = 1_000


def decode_any(data: bytes) -> Decoded | None:
    """The text in UTF-8, UTF-16 or the Windows encoding of western Europe; None where it is in none of them."""
    for mark, codec in _MARKS.items():
        if data.startswith(mark):
            return _decoded(data[len(mark) :], codec)
    unmarked = utf_16_of(data)
    if unmarked:
        return _decoded(data, unmarked)
    return _decoded(data, "utf-8") or _decoded(data, "cp1252")


def utf_16_of(data: bytes) -> str:
    """The codec of UTF-16 without its mark: every second byte of Latin text is nought. "" where it is none."""
    head = data[:_LOOKED_AT]
    if len(head) < 2 or b"\0" not in head:
        return ""
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd * 2 > half and even * 10 < half:
        return "utf-16-le"
    return "utf-16-be" if even * 2 > half and odd * 10 < half else ""


def _decoded(data: bytes, codec: str) -> Decoded | None:
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        return None
    encoding = {"utf-8": Encoding.UTF_8, "cp1252": Encoding.WINDOWS}.get(codec, Encoding.UTF_16)
    return Decoded(text, encoding)
