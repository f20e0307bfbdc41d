"""Signs that are not seen and change what is: direction marks, signs without width, control signs, line breaks.

A name with one of them reads otherwise than it is kept, and two that look the same are not. So a name that is typed is
refused with the field that holds it; whatever came in otherwise is shown with its direction marks in plain letters, the
same in the window, in workbooks and on paper.
"""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
# Patterns are made ready when they are first used: the window needs none of the larger ones for its first paint.
_MARKS = f"[{_DIRECTION}]"
_FROM_RIGHT = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
"""Letters of Hebrew, Arabic and the scripts that go as they do."""
_BY_ITSELF, _END = "\u2068", "\u2069"
_JOINERS = "\u200c\u200d"
_BREAKS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
# Default_Ignorable_Code_Point (https://www.unicode.org/Public/UCD/latest/ucd/DerivedCoreProperties.txt), as far as they
# are no format signs (Cf), and letters that draw nothing.
_IGNORED = (
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufff8\U000e0000-\U000e0fff]"
)
_PICTURES = {"So", "Sk", "Mn", "Cf"}
"""What a picture is joined of: its parts, the tint of a skin, and what says that it is one."""


_AS_THEY_STAND: ContextVar[bool] = ContextVar("as_they_stand", default=False)


def shown(text: str) -> str:
    """`text` with each sign that turns the direction of reading as its code, such as ‹U+202E›."""
    return text if text.isascii() or _AS_THEY_STAND.get() else re.sub(_MARKS, _code, text)


def in_order(text: str) -> str:
    """A sentence as a screen draws it in the order of its words, also with names of letters that go from right to left.

    Each such name, or part of one, stands by itself between signs that keep it from turning what is around it. A text
    that is of such letters alone stays as it is, and what is kept, copied or printed never has these signs.
    """
    if text.isascii() or not re.search(_FROM_RIGHT, text):
        return text
    around = re.sub(_FROM_RIGHT, "", text)
    if not any(map(str.isalnum, around)):
        return text
    return re.sub(f"{_FROM_RIGHT}+(?:(?:[^\\w\\n]|{_FROM_RIGHT})*{_FROM_RIGHT})?", _by_itself, text)


def _by_itself(name: re.Match[str]) -> str:
    return f"{_BY_ITSELF}{name[0]}{_END}"


def without_order(text: str) -> str:
    """A text that was drawn, without the signs of `in_order`."""
    return text if text.isascii() else text.replace(_BY_ITSELF, "").replace(_END, "")


@contextmanager
def marks_as_they_stand() -> Iterator[None]:
    """Until this ends no sign is shown as its code: for papers that were made before their codes were."""
    token = _AS_THEY_STAND.set(True)
    try:
        yield
    finally:
        _AS_THEY_STAND.reset(token)


def has_direction_marks(text: str) -> bool:
    """Whether a text holds a sign that turns the direction in which it is read."""
    return not text.isascii() and re.search(_MARKS, text) is not None


def _code(sign: re.Match[str]) -> str:
    return f"‹U+{ord(sign[0]):04X}›"


def is_direction_mark(sign: str) -> bool:
    """Whether a sign turns the direction in which text is read."""
    return re.fullmatch(_MARKS, sign) is not None


def name_fault(name: str) -> str:
    """What of a name is not seen, beginning with "It has"; nothing where all of it is.

    A joiner is seen by what it does between letters that are joined, and in a picture of several.
    """
    if name.isprintable() and name.isascii():
        return ""
    for place, sign in enumerate(name):
        if sign in _BREAKS:
            return "It has a line break"
        if _is_hidden(name, place):
            return f"It has a sign that is not seen: {sign_words(sign)}"
    return ""


def sign_words(sign: str) -> str:
    """A sign that is not seen, in words: "U+202E right-to-left override"."""
    name = unicodedata.name(sign, "control sign" if unicodedata.category(sign) == "Cc" else "").lower()
    return f"U+{ord(sign):04X} {name}".strip()


def _is_hidden(name: str, place: int) -> bool:
    sign = name[place]
    if unicodedata.category(sign) in {"Cc", "Cf", "Cs"}:
        return sign not in _JOINERS or not _joins(name, place)
    if re.match(_IGNORED, sign) is None:
        return False
    # The selector after a picture or a sign makes it one; after a letter it does nothing.
    return sign not in "\ufe0e\ufe0f" or place == 0 or name[place - 1].isalpha()


def _joins(name: str, place: int) -> bool:
    """Whether a joiner stands between letters of a script that joins them, or between parts of a picture."""
    around = name[place - 1 : place + 2] if place else ""
    if len(around) < 3:
        return False
    before, after = around[0], around[2]
    if all(unicodedata.category(part) in _PICTURES for part in (before, after)):
        return name[place] == "\u200d"
    return all(part > "\u05ff" and unicodedata.category(part)[0] in "LM" for part in (before, after))
