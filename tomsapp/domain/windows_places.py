"""Paths under which Windows keeps no file of its own: what is written there is lost, hidden or called otherwise."""

from pathlib import PureWindowsPath

from tomsapp.domain.errors import TomsError
from tomsapp.domain.file_names import is_device
from tomsapp.domain.signs import sign_words

MOST_OF_A_PATH = 259
"""The most characters of a path on a Windows that was not told to take longer ones."""

_REFUSED = '*?"<>|'
_OF_ANY_LENGTH = "\\\\?\\"
"""What begins a path that Windows takes however long it is."""
_OTHER_NAME = "Choose another name"


class UnusablePlace(TomsError):
    """Nothing was written, for nobody would find it there."""


def check_windows_place(path: str) -> None:
    """Whether a path, as somebody wrote it, names one file on Windows.

    Raises:
        UnusablePlace: it does not; says why.
    """
    place = PureWindowsPath(path)
    if place.drive and not place.root:
        drive, rest = place.drive.upper(), "\\".join(place.parts[1:]) or "council.tomsdb"
        said = f"“{path}” is a file in whatever folder was used last on drive {drive}"
        raise UnusablePlace(said, f"Write the whole path, such as {drive}\\{rest}")
    for name in place.parts[1:] if place.anchor else place.parts:
        _check_name(name)


def _check_name(name: str) -> None:
    if name == "..":
        return
    if is_device(name):
        said = f"Windows keeps the name “{name}” for a device, whatever its ending, and would write no file"
        raise UnusablePlace(said, _OTHER_NAME)
    if ":" in name:
        said = f"“{name}” has a colon: Windows would hide what is written in a part of another file that nobody sees"
        raise UnusablePlace(said, "Choose a name without a colon")
    if refused := next((sign for sign in name if sign in _REFUSED or sign < " "), ""):
        shown = "".join(sign if sign.isprintable() else "□" for sign in name)
        what = refused if refused.isprintable() else sign_words(refused)
        raise UnusablePlace(f"“{shown}” has {what}, which Windows takes in no name", _OTHER_NAME)
    if name.rstrip(" .") != name:
        said = f"“{name}” ends in a dot or a blank, which Windows leaves out, and the file would be called otherwise"
        raise UnusablePlace(said, _OTHER_NAME)


def check_length(whole: str) -> None:
    """Whether a Windows that takes no long paths takes this one, written from its drive or server on.

    Raises:
        UnusablePlace: it is too long; says by how much.
    """
    number = len(whole.encode("utf-16-le", "surrogatepass")) // 2
    if whole.startswith(_OF_ANY_LENGTH) or number <= MOST_OF_A_PATH:
        return
    said = f"The path is {number - MOST_OF_A_PATH} characters too long for this Windows, which takes {MOST_OF_A_PATH}"
    fix = "Choose a shorter name, or a folder nearer to the top of the disk. Your IT team can allow long paths"
    raise UnusablePlace(said, fix)
