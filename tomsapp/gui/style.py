"""Fusion with the few marks that a style sheet cannot draw without image files."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QFocusFrame,
    QProxyStyle,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QWidget,
)

from tomsapp.gui.tokens import LIGHT, Colours

_CHECKS = (
    QStyle.PrimitiveElement.PE_IndicatorCheckBox,
    QStyle.PrimitiveElement.PE_IndicatorItemViewItemCheck,
)
_ENABLED = QStyle.StateFlag.State_Enabled
_RING_MARGINS = (QStyle.PixelMetric.PM_FocusFrameHMargin, QStyle.PixelMetric.PM_FocusFrameVMargin)
_RING_OUTSIDE, _RING_INSIDE = 4, -1
_METRICS = {
    QStyle.PixelMetric.PM_IndicatorWidth: 19,
    QStyle.PixelMetric.PM_IndicatorHeight: 19,
    QStyle.PixelMetric.PM_CheckBoxLabelSpacing: 9,
    QStyle.PixelMetric.PM_ExclusiveIndicatorWidth: 19,
    QStyle.PixelMetric.PM_ExclusiveIndicatorHeight: 19,
    QStyle.PixelMetric.PM_RadioButtonLabelSpacing: 9,
}


def draw_check(painter: QPainter, box: QRectF, colours: Colours, state: Qt.CheckState, *, enabled: bool = True) -> None:
    """Draw the house check box of `state` into `box`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    filled = state != Qt.CheckState.Unchecked
    edge = colours.primary if filled else colours.border_strong
    painter.setPen(QPen(QColor(edge if enabled else colours.border), 1.5))
    painter.setBrush(QColor((colours.primary if enabled else colours.border) if filled else colours.surface))
    painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 3, 3)
    painter.setPen(QPen(QColor(colours.on_primary), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    side, left, top = box.width(), box.left(), box.top()
    if state == Qt.CheckState.Checked:
        marks = [(0.27, 0.52), (0.43, 0.68), (0.73, 0.34)]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF([QPointF(left + x * side, top + y * side) for x, y in marks]))
    elif state == Qt.CheckState.PartiallyChecked:
        middle = top + side / 2
        painter.drawLine(QPointF(left + 0.3 * side, middle), QPointF(left + 0.7 * side, middle))
    painter.restore()


def draw_radio(painter: QPainter, box: QRectF, colours: Colours, *, is_set: bool, enabled: bool = True) -> None:
    """Draw the house radio button into `box`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = colours.primary if is_set else colours.border_strong
    painter.setPen(QPen(QColor(edge if enabled else colours.border), 1.5))
    painter.setBrush(QColor(colours.surface))
    side = min(box.width(), box.height()) - 2
    ring = QRectF(0, 0, side, side)
    ring.moveCenter(box.center())
    painter.drawEllipse(ring)
    if is_set:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(edge if enabled else colours.border))
        painter.drawEllipse(ring.center(), side * 0.27, side * 0.27)
    painter.restore()


def draw_focus_edge(painter: QPainter, cell: QRectF, colours: Colours) -> None:
    """Draw the edge of the cell or row that has the keyboard, inside it."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(colours.focus), 2))
    painter.drawRoundedRect(cell.adjusted(2, 2, -2, -3), 3, 3)
    painter.restore()


def draw_chevron(painter: QPainter, centre: QPointF, colour: str, *, down: bool = True, reach: float = 4.0) -> None:
    """Draw an open arrow that points down, or right if `down` is false."""
    points = [(-reach, -reach / 2), (0, reach / 2), (reach, -reach / 2)]
    turned = points if down else [(y, x) for x, y in points]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour), 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawPolyline(QPolygonF([centre + QPointF(x, y) for x, y in turned]))
    painter.restore()


class HouseStyle(QProxyStyle):
    """Fusion with house check boxes, radio buttons, tree branches and focus edges in place of dotted rectangles."""

    def __init__(self) -> None:
        super().__init__("Fusion")
        self.colours = LIGHT

    def pixelMetric(
        self,
        metric: QStyle.PixelMetric,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
    ) -> int:
        """Size of one part in px; those of the house first."""
        own = _METRICS.get(metric)
        return own if own is not None else super().pixelMetric(metric, option, widget)

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Draw one mark; those of the house first."""
        if element in _CHECKS:
            enabled = bool(option.state & _ENABLED)
            draw_check(painter, QRectF(option.rect), self.colours, _check_state(option), enabled=enabled)
        elif element == QStyle.PrimitiveElement.PE_IndicatorRadioButton:
            enabled, is_set = (bool(option.state & each) for each in (_ENABLED, QStyle.StateFlag.State_On))
            draw_radio(painter, QRectF(option.rect), self.colours, is_set=is_set, enabled=enabled)
        elif element == QStyle.PrimitiveElement.PE_IndicatorBranch:
            if option.state & QStyle.StateFlag.State_Children:
                is_open = bool(option.state & QStyle.StateFlag.State_Open)
                draw_chevron(painter, QRectF(option.rect).center(), self.colours.text, down=is_open)
        elif element == QStyle.PrimitiveElement.PE_FrameFocusRect:
            if isinstance(widget, QAbstractItemView):
                draw_focus_edge(painter, QRectF(option.rect), self.colours)
        else:
            super().drawPrimitive(element, option, painter, widget)


class RingStyle(QProxyStyle):
    """The style of the focus ring alone: Qt asks the style of every other widget for hints thousands of times."""

    def __init__(self) -> None:
        super().__init__("Fusion")

    def pixelMetric(
        self,
        metric: QStyle.PixelMetric,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
    ) -> int:
        """Keep the ring away from its control."""
        return _ring_margin(widget) if metric in _RING_MARGINS else super().pixelMetric(metric, option, widget)

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returnData: QStyleHintReturn | None = None,  # noqa: N803 - Qt calls it so
    ) -> int:
        """Lay the focus ring over the window, where no small parent clips it."""
        if hint == QStyle.StyleHint.SH_FocusFrame_AboveWidget:
            return 1
        return super().styleHint(hint, option, widget, returnData)


def _ring_margin(ring: QWidget | None) -> int:
    """Room between a control and the outer edge of its ring; a scroll area reaches to edges that would cut it."""
    inside = isinstance(ring, QFocusFrame) and isinstance(ring.widget(), QAbstractScrollArea)
    return _RING_INSIDE if inside else _RING_OUTSIDE


def _check_state(option: QStyleOption) -> Qt.CheckState:
    if option.state & QStyle.StateFlag.State_On:
        return Qt.CheckState.Checked
    if option.state & QStyle.StateFlag.State_NoChange:
        return Qt.CheckState.PartiallyChecked
    return Qt.CheckState.Unchecked
