"""The heads of a shown sheet: above, what each column holds and its letter; at the left, what each row is."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QWidget

from tomsapp.gui.importing.sheet_model import SheetModel
from tomsapp.gui.row_paint import RIGHT_WORDS, draw_words, fill, hairline_below, words_width
from tomsapp.gui.style import draw_chevron
from tomsapp.gui.theme import current_theme
from tomsapp.services.table_import import RowKind, column_letter

_CHIP, _LETTER, _GAP = 26, 24, 5
_ROW_HEAD = 108
_MIDDLE = Qt.AlignmentFlag.AlignHCenter


class ColumnHeads(QHeaderView):
    """A chip with what the column holds, over its letter; a click opens the choice."""

    wanted = Signal(int)
    """The column whose use is to be chosen."""

    def __init__(self, model: SheetModel, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._sheet = model
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(72)
        self.setMaximumSectionSize(420)
        self.setAccessibleName("What each column holds")
        self.sectionClicked.connect(self.wanted)
        current_theme().theme_changed.connect(self.viewport().update)

    def sizeHint(self) -> QSize:
        """Room for the chip and the letter."""
        return QSize(72, current_theme().px(_CHIP + _LETTER) + 3 * _GAP)

    def chip_width(self, column: int) -> int:
        """The room that the chip of a column asks for."""
        words = int(words_width(self._sheet.use_of(column).label, "small_strong"))
        return words + current_theme().px(40) + 2 * _GAP

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint the chip and the letter of one column."""
        theme, colours = current_theme(), current_theme().colours
        use, is_hidden = self._sheet.use_of(section), self._sheet.is_hidden(section)
        is_open = self._sheet.is_open(None, section)
        painter.save()
        fill(painter, rect, colours.surface_alt)
        hairline_below(painter, rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chip = QRectF(rect.left() + _GAP, rect.top() + _GAP, rect.width() - 2 * _GAP, theme.px(_CHIP))
        edge = colours.warning_mark if is_open or is_hidden else colours.primary if use.key else colours.border_strong
        painter.setPen(QPen(QColor(edge), 2 if is_open or is_hidden else 1))
        painter.setBrush(QColor(colours.primary_soft if use.key else colours.surface))
        painter.drawRoundedRect(chip.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        tone = colours.on_primary_soft if use.key else colours.text_muted
        words = chip.adjusted(9, 0, -24, 0)
        draw_words(painter, words, use.label, "small_strong" if use.key else "small", tone)
        draw_chevron(painter, QPointF(chip.right() - 14, chip.center().y()), tone)
        letter = QRectF(rect.left(), chip.bottom(), rect.width(), theme.px(_LETTER))
        self._paint_letter(painter, letter, section, is_hidden=is_hidden)
        painter.restore()

    def _paint_letter(self, painter: QPainter, place: QRectF, section: int, *, is_hidden: bool) -> None:
        colours = current_theme().colours
        words = column_letter(section) + (" hidden" if is_hidden else "")
        draw_words(painter, place, words, "small_strong", colours.warning if is_hidden else colours.text_muted, _MIDDLE)


class RowHeads(QHeaderView):
    """What each row is, and its number in the sheet; a click opens the choice."""

    wanted = Signal(int)
    """The place of the row whose kind is to be chosen."""

    def __init__(self, model: SheetModel, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._sheet = model
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setAccessibleName("What each row is")
        self.sectionClicked.connect(self.wanted)
        current_theme().theme_changed.connect(self.viewport().update)

    def sizeHint(self) -> QSize:
        """Room for the longest kind and a number of four digits."""
        return QSize(current_theme().px(_ROW_HEAD), 24)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint the kind and the number of one row."""
        colours = current_theme().colours
        kind, number = self._sheet.kind_at(section), self._sheet.number_of(section)
        is_open = self._sheet.is_open(number, None)
        words = self._sheet.kind_words(section)
        is_strong = kind in (RowKind.HEAD, RowKind.TOTAL) or words == "Struck out" or is_open
        tone = colours.warning if words == "Struck out" or is_open else _TONES[kind](colours)
        painter.save()
        fill(painter, rect, colours.primary_soft if kind is RowKind.HEAD else colours.surface_alt)
        hairline_below(painter, rect)
        inner = QRectF(rect).adjusted(10, 0, -8, -1)
        draw_words(painter, inner, words, "small_strong" if is_strong else "small", tone)
        draw_words(painter, inner, str(number), "small", colours.text_muted, RIGHT_WORDS)
        if is_open:
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(), QColor(colours.warning_mark))
        painter.restore()


_TONES = {
    RowKind.NOT_READ: lambda colours: colours.text_muted,
    RowKind.HEAD: lambda colours: colours.on_primary_soft,
    RowKind.LINE: lambda colours: colours.text,
    RowKind.TOTAL: lambda colours: colours.text,
}


class Corner(QWidget):
    """The words over the heads of the rows."""

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        current_theme().theme_changed.connect(self.update)

    def paintEvent(self, _event: object) -> None:
        """Paint the words."""
        colours = current_theme().colours
        painter = QPainter(self)
        fill(painter, self.rect(), colours.surface_alt)
        hairline_below(painter, self.rect())
        inner = QRectF(self.rect()).adjusted(10, _GAP, -4, 0)
        inner.setHeight(current_theme().px(_CHIP))
        draw_words(painter, inner, "What it holds", "small_strong", colours.text_muted)
        painter.end()
