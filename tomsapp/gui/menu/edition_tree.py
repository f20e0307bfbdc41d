"""The themes, outcomes and measures of an edition as a tree that can be searched."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from tomsapp.domain.measure_words import worth_words
from tomsapp.domain.menu import Measure, MenuEdition, Outcome, Theme
from tomsapp.domain.wording import plural
from tomsapp.gui.row_paint import RIGHT_WORDS, draw_words
from tomsapp.gui.style import draw_focus_edge
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.announce import announce
from tomsapp.gui.widgets.chart_paint import paint_segment
from tomsapp.gui.widgets.edges import LEFT
from tomsapp.gui.widgets.heard import hear_choices
from tomsapp.gui.widgets.layouts import in_column
from tomsapp.gui.widgets.search_line import SearchLine
from tomsapp.gui.widgets.text import Text
from tomsapp.services.measure_search import MeasureSearch

NODE_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""The `Theme`, `Outcome` or `Measure` of an item."""
VALUE_ROLE = NODE_ROLE + 1
_Index = QModelIndex | QPersistentModelIndex
_ROW, _SWATCH, _GAP, _INDENT = 30, 18, 6, 18


class EditionTree(QFrame):
    """Search field over a tree; the measure that is current is shown beside it."""

    measure_chosen = Signal(str)
    """Code of the measure that became current."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("k", "card")
        self._edition: MenuEdition | None = None
        self._search: MeasureSearch | None = None
        self.search = SearchLine(name="Search the measures of this edition")
        self.search.textChanged.connect(lambda text: self._fill(text.strip()))
        self.model = QStandardItemModel(self)
        self.view = _TreeView()
        self.view.setModel(self.model)
        hear_choices(self.view)
        self.view.setItemDelegate(_TreeDelegate(self.view))
        self.view.selectionModel().currentChanged.connect(self._on_current)
        self._nothing = Text("", "body", "text_muted", wrap=True)
        self._nothing.hide()
        parts = self.search, self._nothing, (self.view, 1)
        self._column = in_column(*parts, inside=self, margins=(12, 12, 6, 12), gap=8)
        current_theme().follow(self._dress)

    @property
    def current_code(self) -> str:
        """Code of the measure that is current, or nothing."""
        node = self.view.currentIndex().data(NODE_ROLE)
        return node.code if isinstance(node, Measure) else ""

    def show_edition(self, edition: MenuEdition) -> None:
        """Show another edition; the search is emptied and the first theme opened."""
        self._edition = edition
        self._search = MeasureSearch(edition)
        self.search.setPlaceholderText(f"Search {plural(len(edition.places), 'measure')}")
        self.search.clear()
        self.view.setAccessibleName(f"Measures of {edition.name}")
        self._fill("")

    def add_below(self, widget: QWidget) -> None:
        """Add a control under the tree."""
        self._column.addWidget(widget, 0, LEFT)

    def clear(self) -> None:
        """Show no edition: it cannot be read."""
        self._edition = self._search = None
        self.search.setPlaceholderText("")
        self.model.clear()

    def select(self, code: str) -> bool:
        """Make a measure current and bring it into view; False if the edition does not have it."""
        if self.search.text():
            self.search.clear()
        found = self._index_of(code)
        if found is None:
            return False
        if found == self.view.currentIndex():
            return True
        self.view.collapseAll()
        self.view.expandRecursively(found.parent().parent())
        self.view.setCurrentIndex(found)
        self.view.scrollTo(found)
        return True

    def _fill(self, query: str) -> None:
        edition, search = self._edition, self._search
        if edition is None or search is None:
            return
        wanted = search.find(query) if query else set(edition.places)
        blocked = self.view.selectionModel().blockSignals(True)
        self.model.clear()
        for theme in edition.themes:
            item = _theme_item(theme, wanted)
            if item is not None:
                self.model.appendRow(item)
        self.view.selectionModel().blockSignals(blocked)
        self._nothing.setVisible(not wanted)
        if not wanted:
            meant = search.meant(query)
            self._nothing.setText(f"No measure matches “{query}”." + (f" Did you mean {meant}?" if meant else ""))
        if query:
            self.view.expandAll()
            announce(self.search, f"{len(wanted)} of {plural(len(edition.places), 'measure')}")
        else:
            self.view.expandToDepth(-1)
            self.view.expandRecursively(self.model.index(0, 0))

    def _index_of(self, code: str) -> QModelIndex | None:
        themes = (self.model.item(row) for row in range(self.model.rowCount()))
        measures = (measure for theme in themes for outcome in _inside(theme) for measure in _inside(outcome))
        found = next((measure for measure in measures if measure.data(NODE_ROLE).code == code), None)
        return None if found is None else self.model.indexFromItem(found)

    def _on_current(self, index: QModelIndex) -> None:
        node = index.data(NODE_ROLE)
        if isinstance(node, Measure):
            self.measure_chosen.emit(node.code)

    def _dress(self) -> None:
        self.view.setIndentation(current_theme().px(_INDENT))
        self.view.doItemsLayout()


class _TreeView(QTreeView):
    """Enter folds a theme or outcome; the arrow keys move and fold as in any tree."""

    def __init__(self) -> None:
        super().__init__()
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setExpandsOnDoubleClick(False)
        self.clicked.connect(self._on_clicked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Fold with Enter and Space, too."""
        index = self.currentIndex()
        fold = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if fold and index.isValid() and self.model().hasChildren(index):
            self.setExpanded(index, not self.isExpanded(index))
            return
        super().keyPressEvent(event)

    def _on_clicked(self, index: QModelIndex) -> None:
        if self.model().hasChildren(index):
            self.setExpanded(index, not self.isExpanded(index))


class _TreeDelegate(QStyledItemDelegate):
    """Paints a theme with its number, an outcome, or a measure with its unit value at the right."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Every row is of one height."""
        theme = current_theme()
        return QSize(200, theme.px(_ROW if theme.density_name == "comfortable" else 26))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one row."""
        theme = current_theme()
        colours = theme.colours
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(colours.selection))
        rect = QRectF(option.rect).adjusted(_GAP, 0, -_GAP, 0)
        node = index.data(NODE_ROLE)
        if isinstance(node, Theme):
            side = theme.px(_SWATCH)
            swatch = QRectF(rect.left(), round(rect.center().y() - side / 2), side, side)
            paint_segment(painter, theme, swatch, node.number if node.number <= len(colours.series) else 0)
            rect.setLeft(swatch.right() + _GAP)
            draw_words(painter, rect, str(index.data()), "strong", colours.text)
        elif isinstance(node, Outcome):
            draw_words(painter, rect, str(index.data()), "body", colours.text_muted)
        elif isinstance(node, Measure):
            value = str(index.data(VALUE_ROLE))
            tone = colours.text if node.is_valued else colours.text_muted
            used = draw_words(painter, rect, value, "body" if node.is_valued else "note", tone, RIGHT_WORDS)
            rect.setRight(rect.right() - used - 2 * _GAP)
            draw_words(painter, rect, str(index.data()), "body", colours.text)
        if option.state & QStyle.StateFlag.State_HasFocus:
            draw_focus_edge(painter, QRectF(option.rect), colours)
        painter.restore()


def _inside(item: QStandardItem) -> list[QStandardItem]:
    return [item.child(row) for row in range(item.rowCount())]


def _item(words: str, node: object, said: str) -> QStandardItem:
    item = QStandardItem(words)
    item.setData(node, NODE_ROLE)
    item.setAccessibleText(said)
    item.setToolTip(words)
    return item


def _theme_item(theme: Theme, wanted: set[str]) -> QStandardItem | None:
    outcomes = [item for outcome in theme.outcomes if (item := _outcome_item(outcome, wanted)) is not None]
    if not outcomes:
        return None
    number = sum(outcome.rowCount() for outcome in outcomes)
    words = f"{theme.title} ({number})"
    item = _item(words, theme, f"Theme {theme.number}, {theme.title}, {plural(number, 'measure')}")
    item.appendRows(outcomes)
    return item


def _outcome_item(outcome: Outcome, wanted: set[str]) -> QStandardItem | None:
    measures = [_measure_item(measure) for measure in outcome.measures if measure.code in wanted]
    if not measures:
        return None
    words = f"{outcome.code} {outcome.title}"
    item = _item(words, outcome, f"Outcome {words}, {plural(len(measures), 'measure')}")
    item.appendRows(measures)
    return item


def _measure_item(measure: Measure) -> QStandardItem:
    value = worth_words(measure, "Counted, not valued")
    words = f"{measure.code}  {measure.title}"
    item = _item(words, measure, f"{measure.code} {measure.title}, {value} for each {measure.each_name}")
    item.setData(value, VALUE_ROLE)
    return item
