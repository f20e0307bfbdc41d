"""In the room: opens several offers as sheets of cells or as values; each is opened, or refused with its own words."""

import json
from collections.abc import Mapping, Sequence

from tomsapp.domain.errors import TomsError
from tomsapp.room.child import Answered
from tomsapp.services.in_room import tables


def work(values: Mapping[str, object], runs: Sequence[bytes]) -> Answered:
    """Open each file: a line of JSON that says what it is, and under it its rows or values.

    Of a workbook the sheets that are `unread` stay closed: they are there for people alone.
    """
    files, unread = values["files"], values.get("unread", ())
    names = list(map(str, files)) if isinstance(files, list) else []
    return {}, [_opened(data, name, unread) for data, name in zip(runs, names, strict=True)]


def _opened(data: bytes, file: str, unread: object) -> bytes:
    try:
        told, runs = tables.work({"file": file, "offer": True, "unread": unread}, [data])
    except TomsError as error:
        told, runs = {"refused": [error.message, error.fix]}, ()
    return b"\n".join([json.dumps(told).encode(), b"".join(runs)])
