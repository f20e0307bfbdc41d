"""Characters that no text of a file may have: they hide what it says, or no page can print them."""

import re
import unicodedata

_SPACES = re.compile(r"[ \t\n]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# Control, invisible, private and unassigned characters: they hide what a text says.
_REFUSED = {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}


def on_one_line(text: str) -> str:
    """`text` without spaces at its ends, with one space for each run of spaces and line ends."""
    return _SPACES.sub(" ", text).strip()


def invisible_in(text: str) -> str | None:
    """The first character of `text` that hides what it says; None when there is none."""
    if text.isprintable():  # nearly every text, and a letter at a time takes long
        return None
    return next((char for char in text if unicodedata.category(char) in _REFUSED), None)


def with_plain_breaks(text: str) -> str:
    """`text` with a line end for each break of a line or page that a word processor writes in its own way."""
    return text.replace("\x0b", "\n").replace("\x0c", "\n")


def unprintable_in(text: str) -> str | None:
    """The first character of `text` that no page can print; None where there is none."""
    found = _CONTROL.search(text)
    return found[0] if found else None


def without_control_characters(text: str) -> str:
    """`text` without characters that cannot be printed; tabs and line ends stay."""
    return _CONTROL.sub("", text)
