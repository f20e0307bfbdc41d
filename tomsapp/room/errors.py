"""What is said of a file that did more than be wrong: it took too much, or ended what read it."""

from tomsapp.domain.errors import TomsError
from tomsapp.room.limits import MEGABYTE, Limits

_LESS = "Take out of it what is not needed, or ask for a smaller file"


class RoomError(TomsError):
    """A file that could not be read within its limits; the program itself goes on as before."""


class TooMuchMemory(RoomError):
    """A file that needs more memory than one may take."""

    def __init__(self, file: str, limits: Limits) -> None:
        super().__init__(f"{file} needs more than {limits.memory // MEGABYTE} MB of memory to be read", _LESS)


class TookTooLong(RoomError):
    """A file that needs more time than one may take."""

    def __init__(self, file: str, limits: Limits) -> None:
        super().__init__(f"{file} takes more than {limits.seconds} seconds to be read", _LESS)


class TooMuchInIt(RoomError):
    """A file that would become too much when it is read."""

    def __init__(self, file: str, limits: Limits) -> None:
        super().__init__(f"{file} becomes more than {limits.answer // MEGABYTE} MB when it is read", _LESS)


class EndedUnexpectedly(RoomError):
    """A file that ended what read it.

    Attributes:
        detail: what the child said last, for the log; may be empty.
    """

    def __init__(self, file: str, detail: str = "") -> None:
        super().__init__(
            f"{file} cannot be read: what reads it ended unexpectedly",
            "Open it in the program that made it, save it again and try once more. Nothing else was touched",
        )
        self.detail = detail
