"""The bars from what is due to what is accepted: every one from the same zero, on one scale, with its figure."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from reportlab.pdfgen.pathobject import PDFPathObject

from tomsapp.domain.wording import format_pounds
from tomsapp.reports.fills import fill_series
from tomsapp.reports.styles import (
    ACCEPTED,
    BORDER,
    BORDER_STRONG,
    CHART,
    CHART_MUTED,
    CLAIMED,
    EVIDENCED,
    SURFACE,
    TEXT,
    Colour,
    Pattern,
    Series,
)
from tomsapp.reports.tags import Box, TaggedCanvas
from tomsapp.reports.text import Line, Typesetter

_LABELS: Final = 92.0
_ENDS: Final = 108.0
_BAR: Final = 17.0
_STEP: Final = 21.5
_THIN: Final = 10.0
_APART: Final = 17.0
_GAP: Final = 6.0
_LEAST: Final = 1.0
"""What is more than nothing has a bar of at least so many points."""

_PROVISIONAL: Final = Series(SURFACE, ACCEPTED, Pattern.RISING)


@dataclass(frozen=True, slots=True)
class Apart:
    """What stands under the bars and is in none of them: its name, pounds, and what is said of it."""

    name: str
    pounds: Decimal
    words: str


@dataclass(frozen=True)
class StairBars:
    """Due, claimed, evidenced and accepted, each capped at what is due, so that each contains the next.

    `final` is the part of the accepted that stays, the rest of it is provisional and hatched. `apart` are the surplus
    and what was rejected.
    """

    due: Decimal
    claimed: Decimal
    evidenced: Decimal
    accepted: Decimal
    final: Decimal
    apart: tuple[Apart, ...] = ()

    @property
    def provisional(self) -> Decimal:
        """The part of the accepted that is not earned yet."""
        return self.accepted - self.final

    @property
    def height(self) -> float:
        """Its height in points."""
        return 4 * _STEP + (8 + _APART * len(self.apart) if self.apart else 0)

    @property
    def longest(self) -> Decimal:
        """What the whole length stands for."""
        return max(self.due, *(each.pounds for each in self.apart), Decimal(1))

    def describe(self) -> str:
        """Every figure in words, for those who cannot see the bars."""
        parts = f", {format_pounds(self.final)} for good" if self.final else ""
        parts += f", {format_pounds(self.provisional)} provisionally" if self.provisional else ""
        told = (
            f"due by now {format_pounds(self.due)}; of it claimed {format_pounds(self.claimed)}; of that evidenced "
            f"{format_pounds(self.evidenced)}; of that accepted {format_pounds(self.accepted)}{parts}"
        )
        apart = "".join(
            f". Apart: {each.name.lower()} {format_pounds(each.pounds)}, {each.words}" for each in self.apart
        )
        return f"Bars from the same zero: {told}{apart}."

    def draw(self, canvas: TaggedCanvas, typesetter: Typesetter, left: float, top: float, width: float) -> None:
        """Draw the bars downwards from the top edge, each with its name before and its figure after it."""
        zero, room = left + _LABELS, width - _LABELS - _ENDS
        scale = room / float(self.longest)
        y = top
        for name, pounds, fill in (
            ("Due by now", self.due, SURFACE),
            ("Claimed", self.claimed, CLAIMED),
            ("Evidenced", self.evidenced, EVIDENCED),
        ):
            self._bar(canvas, typesetter, name, pounds, (zero, y, scale), fill)
            y -= _STEP
        self._accepted(canvas, typesetter, (zero, y, scale))
        y -= _STEP
        canvas.upright(zero, y + _STEP - _BAR - 3, top + 2, TEXT, 0.9)
        if self.apart:
            self._draw_apart(canvas, typesetter, (left, y, width), scale)

    def _bar(
        self,
        canvas: TaggedCanvas,
        typesetter: Typesetter,
        name: str,
        pounds: Decimal,
        at: tuple[float, float, float],
        fill: Colour,
    ) -> None:
        zero, top, scale = at
        long = _length(pounds, scale)
        if long:
            box = (zero, top - _BAR, zero + long, top)
            canvas.rectangle(box, fill)
            is_due = fill is SURFACE
            canvas.frame(box, TEXT if is_due else BORDER_STRONG, 1.1 if is_due else 0.6)
        self._words(canvas, typesetter, name, format_pounds(pounds), (zero, top, long))

    def _accepted(self, canvas: TaggedCanvas, typesetter: Typesetter, at: tuple[float, float, float]) -> None:
        zero, top, scale = at
        long = _length(self.accepted, scale)
        solid = min(_length(self.final, scale), long)
        if solid:
            canvas.rectangle((zero, top - _BAR, zero + solid, top), ACCEPTED)
            self._inside(canvas, typesetter, f"for good {format_pounds(self.final)}", zero, top, solid)
        if self.provisional:
            box = (zero + solid, top - _BAR, zero + max(long, solid + _LEAST), top)
            fill_series(canvas, box, _PROVISIONAL)
            canvas.frame(box, ACCEPTED, 0.9)
            _plated(canvas, typesetter, f"p {format_pounds(self.provisional)}", box)
        self._words(canvas, typesetter, "Accepted", format_pounds(self.accepted), (zero, top, long), strong=True)

    @staticmethod
    def _inside(canvas: TaggedCanvas, typesetter: Typesetter, text: str, left: float, top: float, long: float) -> None:
        """A figure on the solid part, where it has room."""
        line = typesetter.one_line(text, replace(CHART, colour=SURFACE), 400)
        if line.width + 2 * _GAP <= long:
            canvas.text([(line, left + _GAP, _baseline(top))])

    @staticmethod
    def _words(
        canvas: TaggedCanvas,
        typesetter: Typesetter,
        name: str,
        figure: str,
        at: tuple[float, float, float],
        *,
        strong: bool = False,
    ) -> None:
        zero, top, long = at
        label = typesetter.one_line(name, CHART if strong else replace(CHART_MUTED, colour=TEXT), _LABELS - _GAP)
        end = typesetter.one_line(figure, CHART, _ENDS)
        canvas.text([(label, zero - _GAP - 2 - label.width, _baseline(top)), (end, zero + long + _GAP, _baseline(top))])

    def _draw_apart(
        self, canvas: TaggedCanvas, typesetter: Typesetter, at: tuple[float, float, float], scale: float
    ) -> None:
        """Short bars under a rule: what is in no bar above."""
        left, top, width = at
        canvas.rule(left + _LABELS, left + width, top - 1, BORDER, 0.6)
        y = top - 8
        zero = left + _LABELS
        canvas.upright(zero, y - _APART * len(self.apart) + 4, y + 2, TEXT, 0.9)
        for each in self.apart:
            long = _length(each.pounds, scale)
            if long:
                box = (zero, y - _THIN, zero + long, y)
                canvas.rectangle(box, SURFACE)
                if long > 2 * _LEAST:
                    _crossed(canvas, box)
                canvas.frame(box, BORDER_STRONG, 0.7)
            self._apart_words(canvas, typesetter, each, (zero, y, long), left + width)
            y -= _APART

    @staticmethod
    def _apart_words(
        canvas: TaggedCanvas, typesetter: Typesetter, each: Apart, at: tuple[float, float, float], right: float
    ) -> None:
        zero, top, long = at
        baseline = top - _THIN / 2 - 0.33 * CHART.size
        name = typesetter.one_line(each.name, replace(CHART_MUTED, colour=TEXT), _LABELS - _GAP)
        figure = typesetter.one_line(format_pounds(each.pounds), CHART, _ENDS)
        placed: list[tuple[Line, float, float]] = [(name, zero - _GAP - 2 - name.width, baseline)]
        x = zero + long + _GAP
        placed.append((figure, x, baseline))
        x += figure.width + _GAP
        if right - x > 40:
            placed.append((typesetter.one_line(each.words, CHART_MUTED, right - x), x, baseline))
        canvas.text(placed)


def _length(pounds: Decimal, scale: float) -> float:
    """A bar's length in points; what is more than nothing is seen."""
    return max(float(pounds) * scale, _LEAST) if pounds > 0 else 0.0


def _baseline(top: float) -> float:
    return top - _BAR / 2 - 0.33 * CHART.size


def _plated(canvas: TaggedCanvas, typesetter: Typesetter, text: str, box: Box) -> None:
    """A figure on a plain plate over the hatching; the letter alone where there is no room for it."""
    left, bottom, right, top = box
    for told in (text, text[:1]):
        line = typesetter.one_line(told, replace(CHART, colour=ACCEPTED), 400)
        if line.width + 10 <= right - left:
            x, y = (left + right) / 2, (bottom + top) / 2
            half = line.width / 2 + 3
            canvas.rectangle((x - half, y - 6, x + half, y + 6), SURFACE, radius=1.5)
            canvas.text([(line, x - line.width / 2, y - 0.33 * CHART.size)])
            return


def _crossed(canvas: TaggedCanvas, box: Box) -> None:
    """Two lines from corner to corner: what does not count."""
    left, bottom, right, top = box

    def draw(path: PDFPathObject) -> None:
        path.moveTo(left, bottom)
        path.lineTo(right, top)
        path.moveTo(left, top)
        path.lineTo(right, bottom)

    canvas.clipped(box, BORDER_STRONG, 0.6, draw)
