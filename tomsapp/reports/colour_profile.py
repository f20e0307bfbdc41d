"""The sRGB colour profile that an archive asks for, made from the published figures of IEC 61966-2-1.

An ICC profile of version 4.2: the primaries and the white of sRGB, adapted to D50 as the ICC wants them, and the sRGB
curve as a formula. It is written here, so that no file of another licence has to be shipped.
"""

import struct
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

NAME: Final = "sRGB IEC61966-2.1"

_WHITE: Final = (0.9642, 1.0, 0.8249)
_PRIMARIES: Final = {
    b"rXYZ": (0.436066, 0.222488, 0.013916),
    b"gXYZ": (0.385147, 0.716873, 0.097076),
    b"bXYZ": (0.143066, 0.060608, 0.714096),
}
_ADAPTATION: Final = (1.047882, 0.022919, -0.050217, 0.029587, 0.990479, -0.017059, -0.009232, 0.015076, 0.751678)
_CURVE: Final = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
"""Above the last number a sample is (a × sample + b) to the power g, below it sample × c: g, a, b, c, d."""

_MADE: Final = (2026, 1, 1, 0, 0, 0)


def _fixed(numbers: Sequence[float]) -> bytes:
    """Numbers as the ICC writes them, 16 bits before and 16 after the point."""
    return b"".join(struct.pack(">i", round(number * 65536)) for number in numbers)


def _text(text: str) -> bytes:
    """A text in one language, as the profile wants it."""
    data = text.encode("utf-16-be")
    return b"mluc" + bytes(4) + struct.pack(">II2s2sII", 1, 12, b"en", b"GB", len(data), 28) + data


def _tags() -> list[tuple[bytes, bytes]]:
    curve = b"para" + bytes(4) + struct.pack(">HH", 3, 0) + _fixed(_CURVE)
    return [
        (b"desc", _text(NAME)),
        (b"cprt", _text("No copyright: figures of a standard.")),
        (b"wtpt", b"XYZ " + bytes(4) + _fixed(_WHITE)),
        (b"chad", b"sf32" + bytes(4) + _fixed(_ADAPTATION)),
        *((name, b"XYZ " + bytes(4) + _fixed(numbers)) for name, numbers in _PRIMARIES.items()),
        *((name, curve) for name in (b"rTRC", b"gTRC", b"bTRC")),
    ]


@lru_cache(maxsize=1)
def srgb_profile() -> bytes:
    """The profile; the same bytes on every machine."""
    tags = _tags()
    places: dict[bytes, int] = {}
    body = b""
    start = 128 + 4 + 12 * len(tags)
    table = struct.pack(">I", len(tags))
    for name, data in tags:
        if data not in places:
            places[data] = start + len(body)
            body += data + bytes(-len(data) % 4)
        table += struct.pack(">4sII", name, places[data], len(data))
    size = 128 + len(table) + len(body)
    header = struct.pack(">I4sI4s4s4s", size, bytes(4), 0x04200000, b"mntr", b"RGB ", b"XYZ ")
    header += struct.pack(">6H", *_MADE) + b"acsp" + bytes(28) + _fixed(_WHITE)
    return header + bytes(128 - len(header)) + table + body
