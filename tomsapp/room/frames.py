"""The form of what goes into the room and comes out of it: a mark, a head in JSON, and runs of bytes of stated lengths.

What comes out was made beside a stranger's file and is believed no more than the file: each length is held to what
there is, and whatever is not exactly of this form is refused.
"""

import json
import struct
from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

MARK = b"TOMSROOM"
MOST_HEAD = 4_000_000
"""Bytes of a head; what is larger comes as a run of bytes."""
_MOST_RUNS = 20_000
_LENGTH = struct.Struct("<Q")


class WrongForm(Exception):
    """What came out of the room is not of this form."""


def framed(head: Mapping[str, object], runs: Sequence[bytes]) -> Iterator[bytes]:
    """The pieces of what is sent, in their order."""
    told = json.dumps({"head": head, "runs": [len(run) for run in runs]}).encode()
    yield MARK + _LENGTH.pack(len(told))
    yield told
    yield from runs


def read_framed(source: BinaryIO) -> tuple[dict[str, object], list[bytes]]:
    """What the program itself sends, as it comes.

    Raises:
        EOFError: it ends before its end.
    """
    start = _exactly(source, len(MARK) + _LENGTH.size)
    told = json.loads(_exactly(source, _LENGTH.unpack(start[len(MARK) :])[0]))
    return told["head"], [_exactly(source, length) for length in told["runs"]]


def _exactly(source: BinaryIO, length: int) -> bytes:
    data = source.read(length)
    if len(data) < length:
        raise EOFError
    return data


def unframed(data: bytes | bytearray) -> tuple[Mapping[str, object], tuple[memoryview, ...]]:
    """What came out of the room: its head, and its runs of bytes, of which nothing is copied.

    Raises:
        WrongForm: it is anything else.
    """
    begins = len(MARK) + _LENGTH.size
    if len(data) < begins or not data.startswith(MARK):
        raise WrongForm("It does not begin as it should")
    (length,) = _LENGTH.unpack_from(data, len(MARK))
    if length > min(MOST_HEAD, len(data) - begins):
        raise WrongForm("Its head is longer than it may be")
    told = parsed(bytes(data[begins : begins + length]))
    if not isinstance(told, dict) or told.keys() != {"head", "runs"}:
        raise WrongForm("Its head has other parts")
    head, lengths = told["head"], told["runs"]
    if not isinstance(head, dict) or not isinstance(lengths, list) or len(lengths) > _MOST_RUNS:
        raise WrongForm("Its head holds something else")
    if not all(type(each) is int and each >= 0 for each in lengths) or begins + length + sum(lengths) != len(data):
        raise WrongForm("It is not as long as it says")
    view, at, runs = memoryview(data), begins + length, []
    for each in lengths:
        runs.append(view[at : at + each])
        at += each
    return head, tuple(runs)


def parsed(data: bytes | str) -> object:
    """A value in JSON that came out of the room.

    Raises:
        WrongForm: it is no JSON, or too deep.
    """
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise WrongForm("It is no JSON") from error
