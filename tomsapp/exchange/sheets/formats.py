"""Formats of cells in a workbook: what kind of value they show, and the text that the sheet shows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from tomsapp.exchange.grid import CellError, CellValue

GENERAL = "General"
_ACCOUNTS = '_-* #,##0{0}_-;-* #,##0{0}_-;_-* "-"{1}_-;_-@_-'
_POUNDS = '_-£* #,##0{0}_-;-£* #,##0{0}_-;_-£* "-"{1}_-;_-@_-'
BUILT_IN = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    5: "£#,##0;-£#,##0", 6: "£#,##0;-£#,##0", 7: "£#,##0.00;-£#,##0.00", 8: "£#,##0.00;-£#,##0.00",
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "dd/mm/yyyy h:mm",
    37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
    41: _ACCOUNTS.format("", ""), 42: _POUNDS.format("", ""), 43: _ACCOUNTS.format(".00", "??"),
    44: _POUNDS.format(".00", "??"), 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
"""The formats that a workbook names by number alone, as a British computer shows them."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.?)|_(?P<space>.?)|\*(?P<fill>.?)|\[(?P<bracket>[^\]]*)\]?'
    r"|(?P<half>AM/PM|A/P)|(?P<date>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+(?:\.0+)?)|(?P<digits>[0#?][0#?.,]*|\.[0#?]+)"
    r"|(?P<power>[eE][+-]0+)|(?P<other>.)",
    re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?[0-9.]+)")
_COMPARED = {
    "<": Decimal.__lt__, "<=": Decimal.__le__, ">": Decimal.__gt__, ">=": Decimal.__ge__,
    "=": Decimal.__eq__, "<>": Decimal.__ne__,
}  # fmt: skip
_GENERAL_DIGITS = 10
_HUGE, _TINY = 11, -5
_HOURS = 12


@dataclass(frozen=True, slots=True)
class CellFormat:
    """A format as it is looked up for each cell."""

    code: str
    is_date: bool
    is_length: bool
    """A length of time, "[h]:mm"."""
    is_percent: bool


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class _Section:
    tokens: tuple[_Token, ...]
    condition: tuple[str, Decimal] | None

    def has(self, kind: str) -> bool:
        return any(token.kind == kind for token in self.tokens)


@lru_cache(maxsize=4_096)
def format_of(code: str) -> CellFormat:
    """What a format shows."""
    first = _sections(code)[0]
    is_length = first.has("length")
    is_percent = any(token == _Token("other", "%") for section in _sections(code) for token in section.tokens)
    return CellFormat(code, is_length or first.has("date"), is_length, is_percent)


def shown(value: CellValue, code: str) -> str:
    """The text that a sheet shows for a value."""
    if value is None:
        return ""
    if isinstance(value, CellError):
        return value.text
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return _text(value, code)
    if isinstance(value, int | Decimal):
        # Most cells are such, so that this saves half of the time.
        plain = _plain(value) if code == GENERAL else ""
        return plain or _number(Decimal(value), code)
    return _moment(value, code)


@lru_cache(maxsize=4_096)
def _sections(code: str) -> tuple[_Section, ...]:
    """The parts of a format, for numbers above, below and at nought, and for text."""
    parts: list[list[_Token]] = [[]]
    conditions: list[tuple[str, Decimal] | None] = [None]
    if code.lower() == GENERAL.lower():
        return (_Section((_Token("general", ""),), None),)
    for match in _TOKEN.finditer(code):
        kind, text = match.lastgroup or "other", match[match.lastgroup or 0]
        if kind == "other" and text == ";":
            parts.append([])
            conditions.append(None)
        elif kind == "bracket":
            if condition := _CONDITION.fullmatch(text):
                conditions[-1] = (condition[1], Decimal(condition[2]))
            parts[-1].extend(_bracket(text))
        elif kind == "other" and code[match.start() :].lower().startswith(GENERAL.lower()):
            parts[-1].append(_Token("general", ""))
        elif kind != "fill":
            parts[-1].append(_Token(kind, text))
    return tuple(
        _Section(_without_general(tokens), condition) for tokens, condition in zip(parts, conditions, strict=True)
    )


def _without_general(tokens: Sequence[_Token]) -> tuple[_Token, ...]:
    """The tokens without the letters that follow the G of General."""
    kept: list[_Token] = []
    skipped = 0
    for token in tokens:
        if skipped:
            skipped -= len(token.text)
            continue
        kept.append(token)
        if token.kind == "general":
            skipped = len(GENERAL) - 1
    return tuple(kept)


def _bracket(text: str) -> list[_Token]:
    """What stands in square brackets: a currency is shown, a colour or language is not."""
    if text.startswith("$"):
        return [_Token("quoted", text[1:].partition("-")[0])]
    if text and set(text.lower()) <= {text[0].lower()} and text[0].lower() in "hms":
        return [_Token("length", text.lower())]
    return []


def _text(value: str, code: str) -> str:
    sections = _sections(code)
    own = (one for one in sections if _Token("other", "@") in one.tokens)
    section = sections[3] if len(sections) > 3 else next(own, None)
    if section is None:
        return value
    return "".join(value if token == _Token("other", "@") else _literal(token) for token in section.tokens)


def _literal(token: _Token) -> str:
    if token.kind == "space":
        return " "
    return token.text if token.kind in {"quoted", "escaped", "other"} else ""


def _number(number: Decimal, code: str) -> str:
    section, is_signed = _section_for(number, _sections(code))
    if is_signed:
        number = abs(number)
    digits = next((token.text for token in section.tokens if token.kind == "digits"), None)
    if section.has("power") or (digits is not None and _Token("other", "/") in section.tokens):
        return _general(number)
    percents = sum(token == _Token("other", "%") for token in section.tokens)
    number = number.scaleb(2 * percents)
    out: list[str] = []
    is_written = False
    for token in section.tokens:
        if token.kind == "general" or token == _Token("other", "@"):
            out.append(_general(abs(number)))
        elif token.kind == "digits":
            if not is_written:
                out.append(_digits(abs(number), token.text))
            is_written = True
        else:
            out.append(_literal(token))
    told = "".join(out).strip()
    is_minus = number < 0 and bool(out) and any(sign in "123456789" for sign in told)
    return f"-{told}" if is_minus else told


def _section_for(number: Decimal, sections: Sequence[_Section]) -> tuple[_Section, bool]:
    """The part of a format for a number, and whether the part itself says that it is below nought."""
    for section in sections:
        if section.condition is not None and _COMPARED[section.condition[0]](number, section.condition[1]):
            return section, False
    free = [section for section in sections if section.condition is None] or list(sections)
    if len(sections) != len(free):
        return free[-1], False
    if number < 0 and len(sections) > 1:
        return sections[1], True
    return (sections[2] if number == 0 and len(sections) > 2 else sections[0]), False


def _digits(number: Decimal, pattern: str) -> str:
    """A number above nought as its pattern says: 1234.5 by "#,##0.00" is 1,234.50."""
    whole, _, part = pattern.partition(".")
    thousands = len(whole) - len(whole.rstrip(","))
    part_digits = part.rstrip(",")
    thousands += len(part) - len(part_digits)
    number = number.scaleb(-3 * thousands)
    most, least = len(part_digits), part_digits.count("0")
    rounded = number.quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP) if number.adjusted() < _DIGITS_SHOWN else number
    integer, _, decimals = f"{rounded:f}".partition(".")
    integer = integer.lstrip("0").rjust(whole.count("0"), "0")
    if "," in whole.rstrip(","):
        integer = re.sub(r"(?<=\d)(?=(\d{3})+$)", ",", integer)
    kept = decimals[:least] + decimals[least:].rstrip("0")
    return f"{integer}.{kept}" if "." in pattern else integer


_DIGITS_SHOWN = 20


def _plain(value: int | Decimal) -> str:
    """A number that is shown as it is kept; "" where it has too many digits."""
    text = str(value)
    if not value or len(text) > _GENERAL_DIGITS or "E" in text:
        return ""
    return text.rstrip("0").rstrip(".") if "." in text else text


def _general(number: Decimal) -> str:
    """A number as it is shown where no format is given: to ten digits."""
    if number == 0:
        return "0"
    if not _TINY < number.adjusted() < _HUGE:
        mantissa, _, power = f"{number:.5E}".partition("E")
        tidy = mantissa.rstrip("0").rstrip(".")
        return f"{tidy}E{power[0]}{power[1:].rjust(2, '0')}"
    places = max(0, _GENERAL_DIGITS - 1 - max(number.adjusted(), 0))
    text = f"{number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True, slots=True)
class _Moments:
    """What a format shows of a date or time: worked out once for the thousands of cells that have it.

    Attributes:
        pieces: each with whether it is of minutes.
        is_shown: it shows something of one.
        is_half: its hours are counted to twelve.
    """

    pieces: tuple[tuple[_Token, bool], ...]
    is_shown: bool
    is_half: bool


@lru_cache(maxsize=4_096)
def _moments(code: str) -> _Moments:
    section = _sections(code)[0]
    pieces = tuple((token, _is_minute(section.tokens, place)) for place, token in enumerate(section.tokens))
    return _Moments(pieces, section.has("date") or section.has("length"), section.has("half"))


def _moment(value: date | datetime | time | timedelta, code: str) -> str:
    """A date or time by its format."""
    moments = _moments(code)
    if not moments.is_shown:
        return str(value)
    out = []
    for token, is_minute in moments.pieces:
        if token.kind == "date":
            out.append(_piece(value, token.text, is_half=moments.is_half, is_minute=is_minute))
        elif token.kind == "length":
            out.append(_length(value, token.text))
        elif token.kind == "half":
            out.append("PM" if _parts(value)[0] % 24 >= _HOURS else "AM")
        else:
            out.append(_literal(token))
    return "".join(out).strip()


def _is_minute(tokens: Sequence[_Token], place: int) -> bool:
    """Whether an m stands for minutes: an h stands before it, or an s behind it."""
    timed = [token.text.lower()[:1] for token in tokens[:place] if token.kind in {"date", "length"}]
    after = [token.text.lower()[:1] for token in tokens[place + 1 :] if token.kind in {"date", "length"}]
    return (bool(timed) and timed[-1] == "h") or (bool(after) and after[0] == "s")


def _parts(value: date | datetime | time | timedelta) -> tuple[int, int, int]:
    """Hours, minutes and seconds; a length of time may have more hours than a day."""
    if isinstance(value, timedelta):
        seconds = round(value.total_seconds())
        return seconds // 3600, seconds // 60 % 60, seconds % 60
    if isinstance(value, datetime | time):
        return value.hour, value.minute, value.second
    return 0, 0, 0


def _length(value: date | datetime | time | timedelta, text: str) -> str:
    hours, minutes, seconds = _parts(value)
    total = {"h": hours, "m": hours * 60 + minutes, "s": (hours * 60 + minutes) * 60 + seconds}[text[0]]
    return str(total).rjust(len(text), "0")


def _piece(value: date | datetime | time | timedelta, text: str, *, is_half: bool, is_minute: bool) -> str:
    """One piece of a date or time: "yyyy", "mmm", "dd", "hh"."""
    letter, width = text[0].lower(), len(text)
    if isinstance(value, date) and (letter in "yd" or (letter == "m" and not is_minute)):
        return _day_piece(value, letter, width)
    hours, minutes, seconds = _parts(value)
    if letter == "h":
        hour = (hours % _HOURS or _HOURS) if is_half else hours
        return str(hour).rjust(min(width, 2), "0")
    if letter == "s":
        return str(seconds).rjust(2 if width > 1 else 1, "0")
    return str(minutes).rjust(min(width, 2), "0") if letter == "m" and is_minute else ""


def _day_piece(value: date, letter: str, width: int) -> str:
    if letter == "y":
        return f"{value.year:04d}" if width > 2 else f"{value.year % 100:02d}"
    if width < 3:
        return str(value.month if letter == "m" else value.day).rjust(width, "0")
    name = _MONTHS[value.month - 1] if letter == "m" else _DAYS[value.weekday()]
    if width == 3:
        return name[:3]
    return name[:1] if width == 5 else name


_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
