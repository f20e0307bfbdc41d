"""Charts that can be read by eye, by keyboard and by a screen reader."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import ClassVar

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QImage,
    QImageWriter,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolTip

from tomsapp.gui.theme import Theme, current_theme
from tomsapp.gui.widgets.announce import announce
from tomsapp.gui.widgets.axis_marks import mark_pounds
from tomsapp.gui.widgets.chart_paint import (
    STACKED_ROW,
    Bar,
    Segment,
    Spot,
    axis_steps,
    paint_columns,
    paint_rows,
    paint_stacked_bar,
    paint_stacked_rows,
)
from tomsapp.gui.widgets.chart_picture import paint_picture

__all__ = ["Bar", "BarRows", "Chart", "Segment", "StackedBar", "StackedRows", "YearColumns"]

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class Chart(QLabel):
    """A chart of bars; arrows move through segments, Enter or a click opens the lines behind one."""

    segment_chosen = Signal(object)
    """Key of the segment that the user chose."""

    least: ClassVar[tuple[int, int]]
    """The room in px that it needs at 100 % text size."""
    grows = QSizePolicy.Policy.Expanding
    """Whether it takes more height than that where there is some."""
    paint_bars: ClassVar[staticmethod[[QPainter, Theme, QRectF, Sequence[Bar]], list[Spot]]]
    """Paints the bars into an area; returns where each segment is."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._bars: tuple[Bar, ...] = ()
        self._spots: list[Spot] = []
        self._at = 0
        self._be_a_graphic()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, self.grows)
        self.setAccessibleName(name)
        current_theme().theme_changed.connect(self.update)

    def _be_a_graphic(self) -> None:
        """Qt tells a screen reader "graphic" of a label with a picture alone; the chart paints over it."""
        blank = QPixmap(1, 1)
        blank.fill(Qt.GlobalColor.transparent)
        self.setPixmap(blank)

    def set_bars(self, bars: Sequence[Bar], description: str) -> None:
        """Show other figures; `description` says in one sentence what the chart tells."""
        self._bars = tuple(bars)
        self._at = 0
        self.setAccessibleDescription(description)
        self.update()

    def paint_chart(self, painter: QPainter, area: QRectF) -> list[Spot]:
        """Paint the chart into `area`; returns where each segment is."""
        return self.paint_bars(painter, current_theme(), area, self._bars)

    def to_image(self, width: int, height: int, ratio: float = 2.0) -> QImage:
        """Picture for a report: title and legend round a chart of `width` × `height` px, `ratio` device pixels each."""
        return paint_picture(self._name, self._bars, self.paint_chart, (width, height), ratio)

    def to_png(self, width: int, height: int) -> bytes:
        """The picture of `to_image` as the bytes of a PNG file."""
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"PNG")).write(self.to_image(width, height))
        return bytes(data.data())

    @property
    def current_segment(self) -> Segment | None:
        """The segment under the keyboard."""
        segments = self._segments()
        return segments[self._at][1] if segments else None

    def minimumSizeHint(self) -> QSize:
        """Least room in px at the present text size."""
        return QSize(*map(current_theme().px, self.least))

    def sizeHint(self) -> QSize:
        """As the least room."""
        return self.minimumSizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the chart and, if it has the keyboard, an edge round the current segment."""
        painter = QPainter(self)
        self._spots = self.paint_chart(painter, QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        if self.hasFocus():
            here = self.current_segment
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(current_theme().colours.focus), 2))
            for rect, _bar, segment in self._spots:
                if segment is here:
                    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 3, 3)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move through the segments, or open the lines behind one."""
        segments = self._segments()
        key = Qt.Key(event.key())
        if not segments:
            super().keyPressEvent(event)
        elif key in _STEPS:
            self._go(max(0, min(self._at + _STEPS[key], len(segments) - 1)))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go(0 if key == Qt.Key.Key_Home else len(segments) - 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.segment_chosen.emit(segments[self._at][1].key)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens the lines behind a segment."""
        spot = self._spot_at(event.position().toPoint())
        if spot is not None and event.button() == Qt.MouseButton.LeftButton:
            self.segment_chosen.emit(spot[2].key)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show the hand over segments."""
        hit = self._spot_at(event.position().toPoint()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if hit else Qt.CursorShape.ArrowCursor)

    def event(self, event: QEvent) -> bool:
        """Tell name and pounds of the segment under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            spot = self._spot_at(event.pos())
            QToolTip.showText(event.globalPos(), _words(spot[1], spot[2]) if spot else "", self)
            return True
        return super().event(event)

    def _segments(self) -> list[tuple[Bar, Segment]]:
        return [(bar, segment) for bar in self._bars for segment in bar.segments if segment.value > 0]

    def _spot_at(self, point: object) -> Spot | None:
        return next((spot for spot in self._spots if spot[0].contains(point)), None)  # type: ignore[call-overload]

    def _go(self, place: int) -> None:
        self._at = place
        bar, segment = self._segments()[place]
        words = _words(bar, segment)
        self.setAccessibleName(f"{self._name}: {words}")
        announce(self, words)
        self.update()


def _words(bar: Bar, segment: Segment) -> str:
    return ", ".join(part for part in (segment.name, bar.caption, segment.value_text) if part)


def _paint_years(painter: QPainter, theme: Theme, area: QRectF, bars: Sequence[Bar]) -> list[Spot]:
    largest = max((bar.total for bar in bars), default=Decimal(0))
    steps = axis_steps(largest)
    return paint_columns(painter, theme, area, bars, list(zip(steps, mark_pounds(steps), strict=True)))


class StackedBar(Chart):
    """One bar of all themes side by side."""

    least = (200, 31)
    grows = QSizePolicy.Policy.Fixed
    paint_bars = staticmethod(paint_stacked_bar)


class YearColumns(Chart):
    """A stacked column a year, with an axis in pounds."""

    least = (260, 180)
    paint_bars = staticmethod(_paint_years)


class BarRows(Chart):
    """A horizontal bar each, as suppliers by social value."""

    least = (260, 140)
    paint_bars = staticmethod(paint_rows)


class StackedRows(Chart):
    """A stacked horizontal bar each on one shared scale, as bids by theme."""

    least = (260, 40)
    grows = QSizePolicy.Policy.Fixed
    paint_bars = staticmethod(paint_stacked_rows)

    def minimumSizeHint(self) -> QSize:
        """As high as its bars."""
        theme = current_theme()
        return QSize(theme.px(self.least[0]), max(len(self._bars), 1) * theme.px(STACKED_ROW))
