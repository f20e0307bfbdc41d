"""In the room: several files, each of which is read by itself; `services/strange_batches.py` asks for them."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence

from tomsapp.domain.errors import TomsError
from tomsapp.room.child import Answered


def given_files(values: Mapping[str, object], runs: Sequence[bytes]) -> Iterator[tuple[bytes, str]]:
    """The bytes of each file with its name, in the order in which they were given."""
    files = values["files"]
    names = list(map(str, files)) if isinstance(files, list) else []
    return zip(runs, names, strict=True)


def each_file(
    values: Mapping[str, object], runs: Sequence[bytes], read: Callable[[bytes, str], Mapping[str, object]]
) -> Answered:
    """What `read` tells of each file, as JSON; what is wrong with one keeps no other from being read."""

    def told(data: bytes, name: str) -> Mapping[str, object]:
        try:
            return read(data, name)
        except TomsError as error:
            return refused(error)

    return {}, [json.dumps(told(data, name)).encode() for data, name in given_files(values, runs)]


def refused(error: TomsError) -> dict[str, object]:
    """That a file is not read, in its own words, and what to do."""
    return {"refused": [error.message, error.fix]}
