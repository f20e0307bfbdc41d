"""In the room: opens several offers as sheets of cells or as values; each is opened, or refused with its own words."""

import json
from collections.abc import Mapping, Sequence

from tomsapp.domain.errors import TomsError
from tomsapp.room.child import Answered
from tomsapp.room.each_file import given_files, refused
from tomsapp.services.in_room import tables


def work(values: Mapping[str, object], runs: Sequence[bytes]) -> Answered:
    """Open each file: a line of JSON that says what it is, and under it its rows or values.

    Of a workbook the sheets that are `unread` stay closed: they are there for people alone.
    """
    unread = values.get("unread", ())
    return {}, [_opened(data, name, unread) for data, name in given_files(values, runs)]


def _opened(data: bytes, file: str, unread: object) -> bytes:
    try:
        told, runs = tables.work({"file": file, "offer": True, "unread": unread}, [data])
    except TomsError as error:
        told, runs = refused(error), ()
    return b"\n".join([json.dumps(told).encode(), b"".join(runs)])
