"""The one reader of numbers that people write, and its question where a number can be read in two ways.

A comma or a point is either a decimal mark, or stands between strict groups of three that never begin with 0. Which of
the two is a decimal mark, a file or a screen says by its `Convention`; where that leaves two readings, it is asked.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import lru_cache

from tomsapp.domain.alike import plain_signs, visible
from tomsapp.domain.money import MOST_DECIMALS, PENNY_PLACES, NumberError, decimal_places, shortened, to_decimal

GROUP = 3
"""Digits between two marks of thousands; a mark before so many may also be a decimal mark."""

_WRITTEN = re.compile(
    r"'?(?P<sign>[-+]?) ?(?:£|(?P<gbp>gbp))? ?(?P<body>[0-9](?:[0-9., ]*[0-9])?) ?(?P<scale>[a-z]*?)"
    r" ?(?P<pounds>£|gbp|pounds?)?",
    re.ASCII,
)
"""An apostrophe before a number is how a spreadsheet is told that it is text."""
_POINT_FIRST = re.compile(r"(?<![0-9.,])\.(?=[0-9])")
_SCALES = {"": 0, "k": 3, "thousand": 3, "million": 6, "billion": 9}
_SCALES_OF_POUNDS = {"m": 6, "mn": 6, "bn": 9}
"""Of anything else, m may stand for metres or miles."""

_SHOWN = 24


class Convention(Enum):
    """Which mark stands before the decimals."""

    POINT = "point"
    COMMA = "comma"
    UNKNOWN = "unknown"
    """Nothing says which; a number that both could have written is asked about."""


class Ambiguous(NumberError):
    """A number that can be read in more than one way, or only in a way that is not used here: what to write."""

    def __init__(self, text: str, readings: Iterable[str]) -> None:
        self.readings = tuple(dict.fromkeys(readings))
        shown = f"“{shortened(visible(text), _SHOWN)}”"
        ways = "two" if len(self.readings) == 2 else "several"
        is_one = len(self.readings) == 1
        message = f"It is not clear what {shown} is" if is_one else f"{shown} can be read in {ways} ways"
        super().__init__(message, f"Write {' or '.join(self.readings)}")


@dataclass(frozen=True, slots=True)
class _Written:
    """The parts of a number as it was written; `scale` counts the noughts that a word stands for."""

    sign: str
    body: str
    scale: int

    def read(self, thousands: str, mark: str) -> Decimal | None:
        """The number where `mark` stands before the decimals; None where it cannot have been written so."""
        whole, _, decimals = self.body.partition(mark)
        if not _is_whole(whole, thousands) or (decimals and not decimals.isdigit()):
            return None
        return self._number(whole, decimals)

    def without_marks(self) -> Decimal:
        """The number where every mark stood between thousands, in its place or not."""
        return self._number(self.body, "")

    def _number(self, whole: str, decimals: str) -> Decimal:
        digits = re.sub(r"[., ]", "", whole)
        number = to_decimal(f"{self.sign}{digits}.{decimals}" if decimals else f"{self.sign}{digits}")
        return to_decimal(Decimal(f"{number.scaleb(self.scale):f}")) if self.scale else number


def _is_whole(text: str, thousands: str) -> bool:
    if text.isdigit():
        return True
    first, *groups = text.split(thousands if thousands in text else " ")
    is_first = first.isdigit() and len(first) <= GROUP and not first.startswith("0")
    return is_first and bool(groups) and all(group.isdigit() and len(group) == GROUP for group in groups)


def read_number(
    text: str,
    convention: Convention = Convention.POINT,
    *,
    places: int = MOST_DECIMALS,
    is_pounds: bool = False,
) -> Decimal:
    """The number that a person wrote: 1,250, £12.50, 250k, "2 million"; of pounds 2.5m too.

    `places` are the decimals that it may have: where they are fewer than three, what stands before three digits is
    hardly a decimal mark, and is asked about.

    Raises:
        Ambiguous: it can be read in more than one way, or only in one that the convention does not have.
        NumberError: it is no number, or has too many digits.
    """
    written = _parts(text, is_pounds=is_pounds)
    most = (PENNY_PLACES if is_pounds else places) + written.scale
    point, comma = written.read(",", "."), written.read(".", ",")
    if point is None and comma is None:
        raise _misplaced(text, written, convention, is_pounds=is_pounds)
    if point == comma and point is not None:
        return point
    found, other = (comma, point) if convention is Convention.COMMA else (point, comma)
    is_plain = convention is Convention.POINT and (most >= GROUP or "." not in written.body)
    if found is not None and (other is None or is_plain):
        return found
    numbers = [number for number in (found, other) if number is not None]
    if found is not None:
        numbers = [number for number in numbers if decimal_places(number) <= most]
    elif not {",", "."} <= set(written.body):
        numbers.append(written.without_marks())
    raise Ambiguous(text, (as_written(number, convention) for number in numbers))


def _misplaced(text: str, written: _Written, convention: Convention, *, is_pounds: bool) -> NumberError:
    """What to write where marks stand between groups that are not of three: 1,25,000."""
    thousands = "." if convention is Convention.COMMA else ","
    if set(written.body) - set("0123456789") != {thousands}:
        return _no_number(plain_signs(text), is_pounds=is_pounds)
    return Ambiguous(text, [as_written(written.without_marks(), convention)])


def as_written(number: Decimal, convention: Convention) -> str:
    """A number as it is read without a question: three decimals could be thousands, so that they get a fourth."""
    places = decimal_places(number)
    text = f"{number:.{places + 1 if places == GROUP and convention is not Convention.POINT else places}f}"
    return text.replace(".", ",") if convention is Convention.COMMA else text


@lru_cache(maxsize=8_192)
def _parts(text: str, *, is_pounds: bool) -> _Written:
    plain = plain_signs(text)
    found = _WRITTEN.fullmatch(_whole(plain.lower()))
    scales = _SCALES | _SCALES_OF_POUNDS if is_pounds else _SCALES
    is_named = found is not None and bool(found["gbp"] or found["pounds"])
    if found is None or found["scale"] not in scales or (is_named and not is_pounds):
        raise _no_number(plain, is_pounds=is_pounds)
    return _Written(found["sign"].replace("+", ""), found["body"], scales[found["scale"]])


def _whole(text: str) -> str:
    """A number that begins or ends with its decimal point, with the nought that it leaves out: .5 as 0.5, 12. as 12."""
    begun = _POINT_FIRST.sub("0.", text)
    return begun[:-1] if begun.endswith(".") and begun[-2:-1].isdigit() else begun


def _no_number(plain: str, *, is_pounds: bool) -> NumberError:
    if re.fullmatch(r"\(.*[0-9].*\)", plain):
        return NumberError("A number in brackets is less than zero", "Enter 0 or more")
    if re.search(r"[$€]", plain):
        return NumberError("It is not in pounds", "Enter the pounds, for example 4200000.00")
    if "%" in plain:
        return NumberError("It is a per cent, and a number is asked for", "Enter the number itself")
    return NumberError(f"Use numbers only, for example {'4200000.00' if is_pounds else '1250 or 12.5'}")


def convention_of(texts: Iterable[str], usual: Convention) -> Convention:
    """What the numbers of a file say about its decimal mark; `usual` where they say nothing, unknown where they differ.

    Only numbers that can be read in one way speak: 12.5 and 0.500 have a point, 2500,00 and 0,500 a comma.
    """
    said: set[Convention] = set()
    for text in texts:
        try:
            written = _parts(text, is_pounds=True)
            point, comma = written.read(",", "."), written.read(".", ",")
        except NumberError:
            continue
        if (point is None) != (comma is None):
            said.add(Convention.COMMA if point is None else Convention.POINT)
    return usual if not said else Convention.UNKNOWN if len(said) > 1 else said.pop()
