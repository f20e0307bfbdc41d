"""The bars of a printed page: themes by number, colour and pattern, alone or on the scale of a minimum."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from tomsapp.domain.wording import format_pounds
from tomsapp.reports.fills import fill_series
from tomsapp.reports.styles import (
    CHART,
    CHART_MUTED,
    SUM_STRONG,
    TEXT,
    WARNING,
    Pattern,
    Series,
    TextStyle,
    series,
)
from tomsapp.reports.tags import Box, TaggedCanvas
from tomsapp.reports.text import Line, Typesetter

GAP = 2.0
NUMBER_ROOM = 13.0
_LEAST_WIDTH = 2.0
_LABEL_GAP: Final = 8.0
_LABEL: Final = CHART.leading


@dataclass(frozen=True, slots=True)
class Segment:
    """A theme's number and its amount; nothing is drawn for an amount of zero or less."""

    number: int
    amount: Decimal | int


def shared_out(segments: Sequence[Segment], width: float, gap: float = GAP) -> list[tuple[Segment, float]]:
    """Each segment that is drawn, with its width in points; together with the gaps they fill `width`."""
    shown = [segment for segment in segments if segment.amount > 0]
    if not shown:
        return []
    total = sum((Decimal(segment.amount) for segment in shown), Decimal())
    room = width - gap * (len(shown) - 1)
    parts = [max(float(Decimal(segment.amount) / total) * room, _LEAST_WIDTH) for segment in shown]
    scale = room / sum(parts)
    return [(segment, part * scale) for segment, part in zip(shown, parts, strict=True)]


def describe_segments(segments: Sequence[Segment], titles: Mapping[int, str]) -> str:
    """The figures of a bar in words, for those who hear it: "1 Fair work and poverty £137,493.68; …"."""
    told = [
        f"{segment.number} {titles.get(segment.number, 'other')} {format_pounds(Decimal(segment.amount))}"
        for segment in segments
        if segment.amount > 0
    ]
    return "; ".join(told) or "nothing"


@dataclass(frozen=True)
class StackedBar:
    """One bar from left to right in the order given; the table beside it carries the figures.

    `total_label` stands under its end, with £0 under its beginning: "Promised £7,000.00".
    """

    segments: Sequence[Segment]
    total_label: str = ""

    @property
    def height(self) -> float:
        """Its height in points, with the line of labels under it."""
        return _PLAIN_BAR + (4 + _LABEL if self.total_label else 0)

    def widths(self, width: float) -> list[tuple[Segment, float]]:
        """Each segment that is drawn, with its width in points; together with the gaps they fill `width`."""
        return shared_out(self.segments, width)

    def describe(self, titles: Mapping[int, str]) -> str:
        """The words for those who cannot see it; `titles` are those of the themes by number."""
        total = f". {self.total_label}" if self.total_label else ""
        return f"Stacked bar: {describe_segments(self.segments, titles)}{total}."

    def draw(self, canvas: TaggedCanvas, typesetter: Typesetter, left: float, top: float, width: float) -> None:
        """Draw the bar downwards from the top edge."""
        low = top - _PLAIN_BAR
        _draw_segments(canvas, typesetter, self.widths(width), (left, low, left + width, top), GAP)
        if self.total_label:
            total = typesetter.one_line(self.total_label, CHART, width)
            zero, baseline = typesetter.one_line("£0", CHART_MUTED, 30), low - 4 - CHART.baseline
            canvas.text([(zero, left, baseline), (total, left + width - total.width, baseline)])


@dataclass(frozen=True)
class MinimumBar:
    """A stacked bar on the scale of a minimum.

    Below the minimum the bar is as long as the minimum, and a dashed rest is what is short. At or over it the bar is
    as long as the total, and the minimum is a line inside it. `minimum_label` stands over that line ("5% minimum
    £210,000.00"), `total_label` under the end of the parts ("Offered £186,477.79").
    """

    segments: Sequence[Segment]
    minimum: Decimal
    minimum_label: str
    total_label: str

    @property
    def total(self) -> Decimal:
        """All parts together in pounds."""
        return sum((Decimal(segment.amount) for segment in self.segments if segment.amount > 0), Decimal())

    @property
    def short(self) -> Decimal:
        """What is missing to the minimum in pounds; zero where nothing is."""
        return max(self.minimum - self.total, Decimal())

    @property
    def height(self) -> float:
        """Its height in points: the bar with a line of labels over it and two under it."""
        return _BAR + _LABEL + 4 + 2 * _LABEL

    def spans(self, width: float) -> tuple[float, float]:
        """The width of the parts together, and where the line of the minimum stands, in points from the left."""
        scale = max(self.total, self.minimum)
        if scale <= 0:
            return 0.0, 0.0
        return float(self.total / scale) * width, float(self.minimum / scale) * width

    def describe(self, titles: Mapping[int, str]) -> str:
        """The words for those who cannot see it, with every figure; `titles` are those of the themes by number."""
        end = f"short by {format_pounds(self.short)}" if self.short else "the line of the minimum is inside the bar"
        parts = describe_segments(self.segments, titles)
        return f"Stacked bar: {parts}. {self.total_label}; {self.minimum_label}: {end}."

    def draw(self, canvas: TaggedCanvas, typesetter: Typesetter, left: float, top: float, width: float) -> None:
        """Draw labels, bar, dashed rest and line downwards from the top edge."""
        filled, line_at = self.spans(width)
        high = top - _LABEL - 2
        low = high - _BAR
        if self.short:
            canvas.dashed((left + filled, low + 0.4, left + width, high - 0.4), WARNING, 0.8)
            _centred(canvas, typesetter, "short", (left + filled, low, left + width, high))
        _draw_segments(
            canvas, typesetter, shared_out(self.segments, filled, 0.0), (left, low, left + filled, high), 0.0
        )
        canvas.upright(left + line_at, low - 4, high + 4, TEXT, 1.2)
        over = typesetter.one_line(self.minimum_label, CHART, width)
        x = min(max(left + line_at - over.width, left), left + width - over.width)
        canvas.text([(over, x, top - CHART.baseline)])
        self._label_under(canvas, typesetter, (left, low, left + width, high), filled)

    def _label_under(self, canvas: TaggedCanvas, typesetter: Typesetter, box: Box, filled: float) -> None:
        """The total under the end of the parts, what is short under the rest; they give way to each other."""
        left, low, right, _ = box
        total = typesetter.one_line(self.total_label, CHART, right - left)
        start = min(max(left + filled - total.width, left), right - total.width)
        first, second = low - 4 - CHART.baseline, low - 4 - CHART.leading - CHART.baseline
        placed: list[tuple[Line, float, float]] = [(total, start, first)]
        zero = typesetter.one_line("£0", CHART_MUTED, 30)
        if start - left >= zero.width + _LABEL_GAP:
            placed.append((zero, left, first))
        if self.short:
            rest = typesetter.one_line(f"short by {format_pounds(self.short)}", _SHORT, right - left)
            fits = right - rest.width - _LABEL_GAP >= start + total.width
            placed.append((rest, right - rest.width, first if fits else second))
        canvas.text(placed)


_BAR: Final = 26.0
_PLAIN_BAR: Final = 22.0
_SHORT: Final = replace(CHART, colour=WARNING)


def _draw_segments(
    canvas: TaggedCanvas, typesetter: Typesetter, parts: Sequence[tuple[Segment, float]], box: Box, gap: float
) -> None:
    """Draw the parts of a bar from left to right with their numbers."""
    x, bottom, _, top = box
    for segment, part in parts:
        look = series(segment.number)
        place = (x, bottom, x + part, top)
        fill_series(canvas, place, look)
        if part >= NUMBER_ROOM:
            _number(canvas, typesetter, str(segment.number), look, place)
        x += part + gap


def _number(canvas: TaggedCanvas, typesetter: Typesetter, text: str, look: Series, box: Box) -> None:
    """The theme's number on a plain plate over the pattern."""
    left, bottom, right, top = box
    style = replace(SUM_STRONG, colour=look.on_fill)
    line = typesetter.one_line(text, style, right - left)
    x, y = (left + right) / 2, (bottom + top) / 2
    half = line.width / 2 + 2.5
    if look.pattern is not Pattern.SOLID:
        canvas.rectangle((x - half, y - 6, x + half, y + 6), look.fill, radius=1.5)
    canvas.text([(line, x - line.width / 2, y - 0.33 * style.size)])


def _centred(canvas: TaggedCanvas, typesetter: Typesetter, text: str, box: Box) -> None:
    """A word in the middle of a box, if it fits."""
    left, bottom, right, top = box
    style: TextStyle = _SHORT
    line = typesetter.one_line(text, style, 1000)
    if line.width + 6 <= right - left:
        canvas.text([(line, (left + right - line.width) / 2, (bottom + top) / 2 - 0.33 * style.size)])


__all__ = ["GAP", "MinimumBar", "Segment", "StackedBar", "describe_segments", "shared_out"]
