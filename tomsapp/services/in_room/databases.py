"""In the room: looks at a database file of unknown origin, and gives its version and what stands in it, or reads it."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from tomsapp.domain.errors import TomsError
from tomsapp.room.child import Answered
from tomsapp.room.plain import plain_bytes
from tomsapp.store.foreign_look import NotOurs, Unreadable, look_at_file, read_through


class Damaged(TomsError):
    """A file that SQLite cannot read."""


class NotOursHere(TomsError):
    """A file that this program did not make."""


def work(values: Mapping[str, object], runs: Sequence[bytes]) -> Answered:  # noqa: ARG001 - as every task is asked
    """Look at the file at `path`, of which nothing is run; with `tables`, read each row of them instead.

    Raises:
        NotOursHere: another program made it, or it holds more than any of ours.
        Damaged: SQLite cannot read it.
    """
    path = Path(str(values["path"]))
    tables = values.get("tables")
    try:
        if isinstance(tables, list):
            return {"rows": read_through(path, [str(each) for each in tables])}, []
        number, rows = look_at_file(path)
    except NotOurs as error:
        message = f"{path.name} is not a database of this program"
        raise NotOursHere(message, "Choose another one, or make a new one") from error
    except Unreadable as error:
        raise Damaged(f"{path.name} is damaged") from error
    return {}, [plain_bytes([number, [list(row) for row in rows]])]
