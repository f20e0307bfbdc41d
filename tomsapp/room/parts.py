"""The parts of plain data that the room hands out, each held to what it must be: the room may have been taken over."""

from collections.abc import Sequence

from tomsapp.room.frames import WrongForm

_MOST_ROWS, _MOST_TEXT = 20_000, 40_000


def lists_in(plain: object, length: int) -> list[Sequence[object]]:
    """A list of lists of one length.

    Raises:
        WrongForm: it is none.
    """
    return [list_in(each, length) for each in list_in(plain)]


def list_in(plain: object, length: int | None = None) -> list[object]:
    """A list, of a length where one is named.

    Raises:
        WrongForm: it is none, of another length, or longer than any.
    """
    if not isinstance(plain, list) or len(plain) > _MOST_ROWS or (length is not None and len(plain) != length):
        raise WrongForm("A part is no list, or of another length")
    return plain


def text_in(plain: object) -> str:
    """A text.

    Raises:
        WrongForm: it is none, or longer than any.
    """
    if not isinstance(plain, str) or len(plain) > _MOST_TEXT:
        raise WrongForm("A part is no text, or too long")
    return plain


def whole_in(plain: object) -> int:
    """A whole number that is not below 0.

    Raises:
        WrongForm: it is none.
    """
    if type(plain) is not int or not 0 <= plain < 10**18:
        raise WrongForm("A part is no whole number")
    return plain
