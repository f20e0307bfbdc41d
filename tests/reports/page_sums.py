"""Redoes the sums that stand in a printed text, with exact fractions and nothing from the program."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

NUMBER = r"[−-]?£?(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?…?%?"
_TOKEN = re.compile(rf"\s*(?:(?P<number>{NUMBER})|(?P<sign>[×÷−+=()^])|(?P<word>\S))")
_WORDS_BETWEEN = re.compile(
    rf"({NUMBER})(?:(?: at [\d/-]+ prices|(?: [A-Za-z’-]+){{1,4}})(?= [×÷] )|(?: recorded| forecast)(?= [+=] ))"
)
_NAMED = re.compile(r" \((?:lines? \d+(?:(?:,| and) \d+)*|[A-Z]\d\d)\)|\b[A-Z]\d\d (?=[\d(])")
"""The lines or the measure that a term of a sum comes from, after it or before it."""

_RANGE = re.compile(rf"({NUMBER}) to ({NUMBER})((?: at [\d/-]+ prices)?(?: [×÷] {NUMBER})+) = ({NUMBER}) to ({NUMBER})")
"""A low and a high that are worked out alike."""

_SIGNED = re.compile(r"^[−-]")


class NoSumError(Exception):
    """What stands there cannot be read as a sum."""


@dataclass(frozen=True)
class Number:
    """A printed number: every value it may stand for, and how many decimals it shows."""

    low: Fraction
    high: Fraction
    places: int
    is_money: bool
    is_percent: bool
    is_cut: bool

    @property
    def value(self) -> Fraction:
        return self.low


def number_of(text: str) -> Number:
    """A printed number; one with an ellipsis stands for all that begin so."""
    digits = _SIGNED.sub("", text).strip("£%…").replace("£", "").replace(",", "")
    places = len(digits.partition(".")[2])
    value = Fraction(digits) * (-1 if _SIGNED.match(text) else 1)
    is_percent, is_cut = text.endswith("%"), "…" in text
    more = Fraction(1, 10**places) if is_cut else Fraction(0)
    scale = 100 if is_percent else 1
    return Number(value / scale, (value + more) / scale, places, "£" in text, is_percent, is_cut)


Span = tuple[Fraction, Fraction]


class _Reader:
    """Reads what stands on one side of an equals sign."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._at = 0

    def whole(self) -> Span:
        value = self._sum()
        if self._at < len(self._tokens):
            raise NoSumError
        return value

    def _next(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _take(self) -> str:
        token = self._next()
        self._at += 1
        return token

    def _sum(self) -> Span:
        value = self._product()
        while self._next() in {"+", "−"}:
            plus = self._take() == "+"
            low, high = self._product()
            value = (value[0] + low, value[1] + high) if plus else (value[0] - high, value[1] - low)
        return value

    def _product(self) -> Span:
        value = self._factor()
        while self._next() in {"×", "÷"}:
            times = self._take() == "×"
            other = self._factor()
            if not times and 0 in other:
                raise NoSumError
            ends = [one * two if times else one / two for one in value for two in other]
            value = min(ends), max(ends)
        return value

    def _factor(self) -> Span:
        part = self._take()
        if part == "(":
            value = self._sum()
            if self._take() != ")":
                raise NoSumError
        elif _is_number(part):
            number = number_of(part)
            value = number.low, number.high
        else:
            raise NoSumError
        if self._next() == "^":
            self._take()
            power = int(self._take())
            value = value[0] ** power, value[1] ** power
        return value


def rounded(value: Fraction, places: int) -> Fraction:
    """Half away from zero."""
    scaled = abs(value) * 10**places
    whole = (scaled + Fraction(1, 2)).__floor__()
    return Fraction(whole, 10**places) * (1 if value >= 0 else -1)


def cut(value: Fraction, places: int) -> Fraction:
    """The decimals after the last that is shown fall away."""
    whole = (abs(value) * 10**places).__floor__()
    return Fraction(whole, 10**places) * (1 if value >= 0 else -1)


def agrees(found: Span, printed: str) -> bool:
    """Whether a printed result is what the sum gives: money rounded, percentages and ellipses cut, the rest exact."""
    number = number_of(printed)
    low, high = found
    if number.is_cut:
        return cut(low, number.places) <= number.value <= cut(high, number.places)
    if number.is_percent:
        return cut(low * 100, number.places) <= number.value * 100 <= cut(high * 100, number.places)
    if number.is_money:
        return rounded(low, number.places) <= number.value <= rounded(high, number.places)
    return low <= number.value <= high


def _runs(text: str) -> Iterator[list[str]]:
    """Runs of numbers and signs with an equals sign in them, cut at every word."""
    run: list[str] = []
    for match in _TOKEN.finditer(text + " ."):
        if match["word"]:
            if "=" in run:
                yield run
            run = []
        else:
            run.append(match["number"] or match["sign"])
            # Two numbers side by side belong to two things: a sum ends with the first.
            if len(run) > 1 and match["number"] and run[-2][-1] in "0123456789%…":
                if "=" in run:
                    yield run[:-1]
                run = run[-1:]


@lru_cache(maxsize=10_000)
def sums_in(text: str) -> tuple[tuple[str, bool | None], ...]:
    """Each sum in a text, with whether it holds; None where words stand inside it, so that it cannot be redone."""
    return tuple(_sums_in(text))


def _sums_in(text: str) -> Iterator[tuple[str, bool | None]]:
    plain = _RANGE.sub(r"\1\3 = \4; \2\3 = \5", _NAMED.sub("", text))
    while (shorter := _WORDS_BETWEEN.sub(r"\1", plain)) != plain:
        plain = shorter
    for run in _runs(plain):
        sides: list[list[str]] = [[]]
        for part in run:
            if part == "=":
                sides.append([])
            else:
                sides[-1].append(part)
        for left, right in pairwise(sides):
            if not left or not any(map(_is_number, right)):
                continue
            # Of "3 × £5 = £15 = 5 × £3" the second half is a sum that is worked backwards.
            shown, worked = (left, right) if len(left) == 1 and len(right) > 1 else (right, left)
            said = f"{' '.join(worked)} = {shown[0]}"
            found = _read(worked) if _is_number(shown[0]) else None
            if found is None:
                yield said, None
            elif len(worked) > 1 or len(sides) > 2:
                yield said, agrees(found, shown[0])


def worked(text: str) -> Fraction:
    """What a product or a quotient such as "2 × 50%" or "15 ÷ 3" comes to, from left to right."""
    found = Fraction(1)
    for sign, number in re.findall(rf"([×÷]?) ?({NUMBER})", text):
        value = number_of(number).value
        found = found / value if sign == "÷" else found * value
    return found


def _is_number(part: str) -> bool:
    return part[-1:].isdigit() or part[-1:] in {"%", "…"}


def _read(parts: list[str]) -> Span | None:
    """What one side of a sum comes to; None where it is no whole sum."""
    try:
        return _Reader(parts).whole()
    except NoSumError:
        return None
