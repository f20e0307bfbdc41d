"""Turns of phrase that several reports share."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from tomsapp.domain.menu import Measure
from tomsapp.domain.units import Unit
from tomsapp.domain.wording import format_exact, format_percent, format_quantity, listed

MOST_SPANS = 12
"""More spans of line numbers than these are told by their number alone."""


def sentence(text: str) -> str:
    """The text with a full stop at its end."""
    return text if text.endswith((".", "…")) else f"{text}."


def capital(text: str) -> str:
    """The text with its first letter as a capital."""
    return text[:1].upper() + text[1:]


def promised(measure: Measure, quantity: Decimal) -> str:
    """A quantity as it stands in a sum: "yes" for a thing done or not, with its sign for per cent."""
    if measure.unit is Unit.YES_NO:
        return "yes" if quantity == 1 else format_quantity(quantity)
    return f"{format_quantity(quantity)}{'%' if measure.unit is Unit.PERCENT else ''}"


def outcomes_text(number: Fraction) -> str:
    """A number of employment outcomes, cut after two decimals with an ellipsis where it goes on."""
    return format_exact(number, 2)


def share_of(part: Decimal, whole: Decimal) -> str:
    """A part of a whole as per cent, cut to one decimal; a dash where there is no whole."""
    if not whole:
        return "–"
    return format_percent(Fraction(part) / Fraction(whole), 1)


def lines_named(numbers: Iterable[int], most: int = MOST_SPANS) -> str:
    """Line numbers in words: "line 3", "lines 1, 3 to 5 and 8"; more spans than `most` are counted: "120 lines"."""
    ordered, spans = _spans(numbers)
    if len(spans) > most:
        return f"{len(ordered)} lines"
    return _named(ordered, spans)


def all_lines_named(numbers: Iterable[int]) -> str:
    """Line numbers in words, however many there are."""
    return _named(*_spans(numbers))


def _spans(numbers: Iterable[int]) -> tuple[list[int], list[list[int]]]:
    """The numbers in order, and those that follow each other together."""
    ordered = sorted(set(numbers))
    spans: list[list[int]] = []
    for number in ordered:
        if spans and spans[-1][-1] == number - 1:
            spans[-1].append(number)
        else:
            spans.append([number])
    return ordered, spans


def _named(ordered: Sequence[int], spans: Sequence[Sequence[int]]) -> str:
    told = [text for span in spans for text in _span(span)]
    return f"{'line' if len(ordered) == 1 else 'lines'} {listed(told)}"


def _span(span: Sequence[int]) -> list[str]:
    """Two neighbours stand apart, more are told from the first to the last."""
    return [str(number) for number in span] if len(span) < 3 else [f"{span[0]} to {span[-1]}"]
