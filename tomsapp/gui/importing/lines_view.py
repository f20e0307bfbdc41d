"""The comparison of lines: was, offered and after, with a choice for each line."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from tomsapp.gui.importing import lines_paint as paint
from tomsapp.gui.importing.changed_meanwhile import Changed
from tomsapp.gui.importing.lines_model import ROW_ROLE, LinesModel
from tomsapp.gui.importing.lines_rows import GroupRow, LineRow, NoteRow, Row, rows_of
from tomsapp.gui.row_paint import current_bar, fill, hairline_below, words_width
from tomsapp.gui.style import draw_focus_edge
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.table_header import TableHeader
from tomsapp.services.table_types import LineGroup, MatchedLine, TableView

_KEYS = {Qt.Key.Key_A: "accept", Qt.Key.Key_K: "keep", Qt.Key.Key_L: "leave", Qt.Key.Key_E: "end"}
_GROUP, _LEAST_TITLE, _CHOICE, _MOST = 37, 180, 180, 170
_Index = QModelIndex | QPersistentModelIndex


class _LinesDelegate(QStyledItemDelegate):
    """Paints groups, lines and notes; a group and a note take the whole width."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one cell."""
        row, colours = index.data(ROW_ROLE), current_theme().colours
        has_focus = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        if isinstance(row, GroupRow):
            paint.paint_group(painter, option.rect, row, link_of(row))
        elif isinstance(row, NoteRow):
            paint.paint_note(painter, option.rect, row, link_of(row))
        elif isinstance(row, LineRow):
            self._paint_line(painter, option, index, row)
        if has_focus and not (isinstance(row, LineRow) and index.column() == _model(index).choice_column):
            draw_focus_edge(painter, option.rect.toRectF(), colours)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """The height of a row."""
        row = index.data(ROW_ROLE)
        if isinstance(row, GroupRow):
            return QSize(100, current_theme().px(_GROUP))
        if isinstance(row, NoteRow):
            view = option.widget
            width = view.viewport().width() if isinstance(view, QTableView) else 800
            return QSize(100, paint.note_height(row, QRect(0, 0, width, 40), link_of(row)))
        return paint.line_size()

    def _paint_line(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index, row: LineRow) -> None:
        rect, column, model = option.rect, index.column(), _model(index)
        colours = current_theme().colours
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        fill(painter, rect, colours.selection if is_chosen else colours.surface)
        hairline_below(painter, rect)
        if is_chosen and column == 0:
            current_bar(painter, rect)
        if column == 0:
            paint.paint_line_title(painter, rect, row)
        elif column < model.share_column:
            paint.paint_cell(painter, rect, row, column - 1)
        elif column == model.choice_column:
            paint.paint_choice(painter, rect, row, has_focus=bool(option.state & QStyle.StateFlag.State_HasFocus))
        else:
            is_result = column == model.choice_column - 1
            paint.paint_amount(painter, rect, str(index.data()), is_result=is_result)


class LinesView(QTableView):
    """A accepts, K keeps what was, L leaves out, E ends; Space changes it, Enter shows both texts, answers or folds."""

    chosen = Signal(object, str)
    """The keys of lines, and what is chosen for them."""
    answer_wanted = Signal(object)
    """The `NoteRow` that is to be answered."""
    details_wanted = Signal(object)
    """The `MatchedLine` whose texts are to be read side by side."""

    def __init__(self) -> None:
        super().__init__()
        self.lines = LinesModel()
        self._folded: set[LineGroup] = {LineGroup.SAME}
        self._shown: Sequence[MatchedLine] = ()
        self._choices: Mapping[str, str] = {}
        self._asked: Collection[str] = ()
        self._changed: Changed = {}
        self._columns: tuple[str, ...] = ()
        self.setModel(self.lines)
        self.setItemDelegate(_LinesDelegate(self))
        head = TableHeader(self)
        head.setSectionsMovable(False)
        head.setSectionsClickable(False)
        self.setHorizontalHeader(head)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setProperty("ring_radius", 4)
        self.setAccessibleName("Lines of the file beside what is held")
        current_theme().theme_changed.connect(self._lay_out)

    def show_lines(self, shown: TableView, asked: Collection[str], changed: Changed) -> None:
        """Show the lines with the choices made.

        `asked` are the keys of the problems that need an answer, `changed` the cells that somebody changed meanwhile.
        """
        self._changed = changed
        self._shown, self._choices, self._asked = shown.lines, shown.state.choices, asked
        self._columns = shown.columns
        self._refresh()

    def _refresh(self) -> None:
        rows = list(rows_of(self._shown, self._choices, self._folded, self._asked, self._columns, self._changed))
        if not self.lines.show(rows, self._columns, self._shown):
            self._lay_out()

    def go_to(self, line: str) -> None:
        """Move to the choice of a line; its group opens."""
        found = next((one for one in self._shown if one.key == line), None)
        if found is not None and found.group in self._folded:
            self._folded.discard(found.group)
            self._refresh()
        place = self.lines.place_of(line)
        if place is not None:
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.selectionModel().setCurrentIndex(self.lines.index(place, self.lines.choice_column), flags)
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with one letter for the chosen lines, or for a whole group."""
        key, index = Qt.Key(event.key()), self.currentIndex()
        row = index.data(ROW_ROLE) if index.isValid() else None
        is_all = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in _KEYS and (is_all or not event.modifiers() & Qt.KeyboardModifier.AltModifier) and row is not None:
            if is_all and key is not Qt.Key.Key_A:
                super().keyPressEvent(event)
                return
            self._choose(self._group_of(row) if is_all else self._selected(row), _KEYS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(row, LineRow) and not is_all:
            self.details_wanted.emit(row.line)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and row is not None and not is_all:
            self._press(row)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a choice chooses, on a link does what it says, on a group folds it."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        row = index.data(ROW_ROLE) if index.isValid() else None
        if event.button() == Qt.MouseButton.LeftButton and row is not None:
            self._on_click(row, index, event.position().toPoint())

    def viewportEvent(self, event: QEvent) -> bool:
        """A hand over what can be pressed."""
        if event.type() == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            index = self.indexAt(event.position().toPoint())
            row = index.data(ROW_ROLE) if index.isValid() else None
            can_press = isinstance(row, GroupRow) or (isinstance(row, NoteRow) and row.answer is not None)
            if isinstance(row, LineRow):
                can_press = self._option_at(row, index, event.position().toPoint()) is not None
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if can_press else Qt.CursorShape.ArrowCursor)
        return super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The title takes the room that the figures leave."""
        super().resizeEvent(event)
        self._fit()

    def _on_click(self, row: Row, index: QModelIndex, at: QPoint) -> None:
        rect = self.visualRect(index)
        if isinstance(row, GroupRow):
            on_link = link_of(row) and paint.link_rect(rect, link_of(row)).contains(at)
            self._press_link(row) if on_link else self._fold(row)
        elif isinstance(row, NoteRow):
            if row.answer is not None:
                self.answer_wanted.emit(row)
        elif (option := self._option_at(row, index, at)) is not None:
            self._choose([row.line.key], option)

    def _option_at(self, row: LineRow, index: QModelIndex, at: QPoint) -> str | None:
        if index.column() != self.lines.choice_column:
            return None
        labels = tuple(option.label for option in row.line.options)
        places = paint.choice_rects(self.visualRect(index), labels)
        pairs = zip(row.line.options, places, strict=True)
        return next((option.key for option, place in pairs if place.contains(at)), None)

    def _press(self, row: Row) -> None:
        if isinstance(row, GroupRow):
            self._fold(row)
        elif isinstance(row, NoteRow):
            if row.answer is not None:
                self.answer_wanted.emit(row)
        else:
            keys = [option.key for option in row.line.options]
            if keys:
                place = keys.index(row.chosen) + 1 if row.chosen in keys else 0
                self._choose([row.line.key], keys[place % len(keys)])

    def _press_link(self, row: GroupRow) -> None:
        accept, accept_words, other, _ = paint.GROUP_LINKS[row.group]
        self._choose(self._group_of(row), accept if link_of(row) == accept_words else other)

    def _choose(self, keys: Sequence[str], option: str) -> None:
        able = {line.key for line in self._shown if option in {one.key for one in line.options}}
        if found := [key for key in keys if key in able]:
            self.chosen.emit(found, option)

    def _selected(self, row: Row) -> list[str]:
        rows = [self.lines.row_at(index.row()) for index in self.selectionModel().selectedRows()]
        keys = [one.line.key for one in rows if isinstance(one, LineRow)]
        return keys or ([row.line.key] if isinstance(row, LineRow | NoteRow) else self._group_of(row))

    def _group_of(self, row: Row) -> list[str]:
        group = row.group if isinstance(row, GroupRow) else row.line.group
        return [line.key for line in self._shown if line.group is group]

    def _fold(self, row: GroupRow) -> None:
        self._folded ^= {row.group}
        place = self.currentIndex().row()
        self._refresh()
        self.setCurrentIndex(self.lines.index(max(place, 0), 0))

    def _lay_out(self) -> None:
        """Measure the columns and place the rows anew, as when there are other rows or other letters."""
        model, theme = self.lines, current_theme()
        for column in range(1, model.choice_column):
            self.showColumn(column)
            self.setColumnWidth(column, self._width(column))
        labels = {tuple(one.label for one in line.options) for line in self._shown}
        self.setColumnWidth(model.choice_column, max(map(paint.choice_width, labels), default=theme.px(_CHOICE)))
        self.clearSpans()
        heads = [place for place in range(model.rowCount()) if not isinstance(model.row_at(place), LineRow)]
        for place in heads:
            self.setSpan(place, 0, 1, model.columnCount())
        self.verticalHeader().setDefaultSectionSize(paint.line_size().height())
        self._fit()

    def _fit(self) -> None:
        """Give the title the room that is left, and every row its height."""
        model, least = self.lines, current_theme().px(_LEAST_TITLE)
        share, *amounts = range(model.share_column, model.choice_column)
        self.setColumnHidden(share, not model.has_shares)
        for column in amounts:
            self.setColumnHidden(column, not model.has_values)
        for column in range(1, share):
            self.showColumn(column)
        for column in (share, *amounts[:-1], *reversed(range(1, share))):
            # What stands in the details of a line too makes room for its choice.
            if self._taken > self.viewport().width() - least:
                self.hideColumn(column)
        self.setColumnWidth(0, max(self.viewport().width() - self._taken, least))
        option = QStyleOptionViewItem()
        option.widget = self
        plain = paint.line_size().height()
        for place in range(model.rowCount()):
            # A line too: Qt keeps the height of what stood at its place in the table before.
            is_plain = isinstance(model.row_at(place), LineRow)
            height = plain if is_plain else self.itemDelegate().sizeHint(option, model.index(place, 0)).height()
            if height != self.rowHeight(place):
                self.setRowHeight(place, height)

    @property
    def _taken(self) -> int:
        """What the columns beside the title take."""
        return sum(self.columnWidth(column) for column in range(1, self.lines.columnCount()))

    def _width(self, column: int) -> int:
        """The room that the widest text of a column needs."""
        widest = words_width(self.lines.heads[column], "small_strong")
        if column < self.lines.share_column:
            was, offered = self.lines.longest_in(column)
            widths = (*(words_width(words, "small") for words in was), *(words_width(one, "strong") for one in offered))
            widest = max(widest, *widths, 0)
        else:
            widest = max([widest, *(words_width(words, "strong") for words in self.lines.amounts_in(column))])
        room = max(int(widest) + 2 * paint.PADDING, self.horizontalHeader().minimumSectionSize())
        return min(room, current_theme().px(_MOST))


def link_of(row: Row) -> str:
    """The words of the link of a group or a note."""
    if isinstance(row, GroupRow) and row.group in paint.GROUP_LINKS:
        return paint.GROUP_LINKS[row.group][3]
    if isinstance(row, NoteRow) and row.answer is not None:
        return "Change the answer" if row.answer else "Answer"
    return ""


def _model(index: _Index) -> LinesModel:
    model = index.model()
    if not isinstance(model, LinesModel):
        raise TypeError("The comparison has its own model")
    return model
