"""The command palette: one search for pages, contracts, measures, suppliers and commands."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    Qt,
)
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QWidget
from shiboken6 import isValid

from tomsapp.domain.signs import shown
from tomsapp.domain.wording import plural
from tomsapp.gui.jobs import Jobs
from tomsapp.gui.palette_delegate import HEAD_ROLE, RESULT_ROLE, PaletteDelegate
from tomsapp.gui.palette_results import PaletteProvider, PaletteResult
from tomsapp.gui.registry import searched_words
from tomsapp.gui.theme import current_theme
from tomsapp.gui.tokens import SCRIM
from tomsapp.gui.widgets.announce import announce
from tomsapp.gui.widgets.heard import ChoiceList, hear_choices
from tomsapp.gui.widgets.layouts import STRETCH, in_column, in_row
from tomsapp.gui.widgets.pauses import after_a_pause
from tomsapp.gui.widgets.text import IconLabel, Text, hairline

_WIDTH, _TOP, _DEBOUNCE_MS, _MOST = 680, 88, 120, 40
_Index = QModelIndex | QPersistentModelIndex


class _ResultsModel(QAbstractListModel):
    """Heads and results, one below the other."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.query = ""
        self.rows: list[str | PaletteResult] = []

    def set_results(self, query: str, results: Sequence[PaletteResult]) -> None:
        self.beginResetModel()
        self.query, self.rows = query, []
        group = ""
        for result in results:
            if result.group != group:
                group = result.group
                self.rows.append(group)
            self.rows.append(result)
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        row = self.rows[index.row()]
        is_head = isinstance(row, str)
        if role == Qt.ItemDataRole.DisplayRole:
            return row if isinstance(row, str) else shown(row.title)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row if isinstance(row, str) else ", ".join(p for p in (row.title, row.detail, row.group) if p)
        if role == HEAD_ROLE:
            return is_head
        return None if is_head or role != RESULT_ROLE else row

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if isinstance(self.rows[index.row()], str):
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class CommandPalette(QFrame):
    """Opens over the window at Ctrl+K; Down and Up go round, Enter opens, Esc closes."""

    def __init__(self, window: QWidget, jobs: Jobs, providers: Sequence[PaletteProvider]) -> None:
        super().__init__(window)
        self._window, self._jobs, self.providers = window, jobs, list(providers)
        self._fast: list[PaletteResult] = []
        self._came_from: QWidget | None = None
        self._is_finding = self._opens_first = False
        self._model = _ResultsModel(self)
        self._box = QFrame(self)
        self._box.setProperty("k", "palette")
        self._line = QLineEdit()
        self._list = ChoiceList()
        self._nothing = Text("", "body", "text_muted", wrap=True)
        self._count = Text("", "small", "text_muted")
        self._timer = after_a_pause(self, _DEBOUNCE_MS, self._find)
        self._build()
        self.hide()

    def _build(self) -> None:
        self._line.setProperty("k", "bare")
        self._line.setPlaceholderText("Search, or go to a page")
        self._line.setAccessibleName("Search, or go to a page")
        self._line.textChanged.connect(self._on_typed)
        self._line.installEventFilter(self)
        self._list.setModel(self._model)
        self._list.setItemDelegate(PaletteDelegate(self._list))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setAccessibleName("Results")
        self._list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._list.clicked.connect(self._on_clicked)
        hear_choices(self._list, self._on_clicked)
        icon = IconLabel("search", "text_muted", 20)
        top = in_row(icon, (self._line, 1), margins=(21, 10, 20, 10), gap=14)
        self._nothing.setContentsMargins(21, 12, 20, 12)
        parts = top, hairline(), self._nothing, (self._list, 1), self._build_foot()
        in_column(*parts, inside=self._box, margins=(1, 1, 1, 1), gap=0)

    def _build_foot(self) -> QWidget:
        foot = QFrame()
        foot.setProperty("k", "foot")
        foot.setObjectName("palette_foot")
        keys = [Text(words, "small", "text_muted") for words in ("↑↓  move", "Enter  open", "Esc  close")]
        in_row(*keys, STRETCH, self._count, inside=foot, margins=(21, 8, 21, 8), gap=20)
        return foot

    def open(self) -> None:
        """Show the palette with an empty search."""
        self._came_from = self._window.focusWidget()
        self._line.clear()
        self._line.setFont(current_theme().font("lead"))
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        self._find()
        self._line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_palette(self) -> None:
        """Hide the palette and give the keyboard back."""
        self._timer.stop()
        self.hide()
        came_from, self._came_from = self._came_from, None
        # The page that it came from is gone where another database was opened.
        if came_from is not None and isValid(came_from):
            came_from.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that the search line hands to the list."""
        if watched is self._line and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._on_key(event)
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the box closes the palette."""
        if not self._box.geometry().contains(event.position().toPoint()):
            self.close_palette()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the veil over the window."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(SCRIM))
        painter.end()

    def _on_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._move(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_enter()
        elif key == Qt.Key.Key_Escape:
            self.close_palette()
        else:
            return key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
        return True

    def _on_typed(self) -> None:
        self._opens_first = False
        self._timer.start()

    def _on_enter(self) -> None:
        """Open what is marked; one who types faster than is searched gets the first result of what was typed."""
        if self._timer.isActive():
            self._opens_first = True
            self._find()
        elif self._is_finding:
            self._opens_first = True
        else:
            self._open_current()

    def _find(self) -> None:
        self._timer.stop()
        query = self._line.text().strip()
        self._fast = [r for p in self.providers if not p.asks_database for r in p.find(query)]
        self._show_results(query, self._fast)
        slow = [p for p in self.providers if p.asks_database]
        self._is_finding = bool(slow and query)
        if self._is_finding:
            job = self._jobs.run(lambda _progress: [r for p in slow for r in p.find(query)], key="palette")
            job.success(self._on_found).finished(self._end).start()
        else:
            self._end()

    def _on_found(self, found: list[PaletteResult]) -> None:
        self._show_results(self._line.text().strip(), [*found, *self._fast])

    def _end(self) -> None:
        """All was looked for: open the first result where Enter was pressed meanwhile."""
        self._is_finding = False
        if self._opens_first and self.isVisible():
            self._open_current()
        self._opens_first = False

    def _show_results(self, query: str, results: Sequence[PaletteResult]) -> None:
        shown = list(results)[:_MOST]
        self._model.set_results(query, shown)
        self._nothing.setVisible(not shown)
        self._nothing.setText(f"Nothing found for “{query}”. Search looks in {searched_words()}.")
        self._count.setText(plural(len(shown), "result"))
        announce(self._line, self._count.text())
        self._arrange()
        if shown:
            self._list.setCurrentIndex(self._model.index(1))

    def _arrange(self) -> None:
        theme = current_theme()
        rows = sum(self._list.sizeHintForRow(i) for i in range(self._model.rowCount()))
        room = self.height() - 2 * theme.px(_TOP)
        width = min(theme.px(_WIDTH), self.width() - 32)
        self._list.setVisible(self._model.rowCount() > 0)
        said = 0 if rows else self._nothing.heightForWidth(width - 2)
        height = min(rows + said + theme.px(112), max(room, theme.px(200)))
        self._box.setGeometry(QRect((self.width() - width) // 2, theme.px(_TOP), width, height))

    def _move(self, step: int) -> None:
        places = [i for i, row in enumerate(self._model.rows) if not isinstance(row, str)]
        if not places:
            return
        at = self._list.currentIndex().row()
        place = places[(places.index(at) + step) % len(places)] if at in places else places[0]
        self._list.setCurrentIndex(self._model.index(place))
        announce(self._line, str(self._model.index(place).data(Qt.ItemDataRole.AccessibleTextRole)))

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.data(RESULT_ROLE) is not None:
            self._open_current()

    def _open_current(self) -> None:
        result = self._list.currentIndex().data(RESULT_ROLE)
        if not isinstance(result, PaletteResult):
            return
        self.close_palette()
        result.open()
