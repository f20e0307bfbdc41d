"""The middle of the window: the page, the right-hand panel, and what floats above them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QRect, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QStackedWidget, QWidget

from tomsapp.gui.jobs import Job
from tomsapp.gui.theme import current_theme
from tomsapp.gui.tokens import LEAST_PAGE_HEIGHT, LEAST_PAGE_WIDTH, PANEL_NARROW, PANEL_WIDTH
from tomsapp.gui.widgets.layouts import in_column
from tomsapp.gui.widgets.stack import Stack

if TYPE_CHECKING:
    from tomsapp.gui.widgets.feedback import ProgressCard, Toast, UndoBar
    from tomsapp.gui.widgets.scroll_area import ScrollArea

_CARD_AFTER_MS = 500
_CARD_WIDTH = 420
_GAP = 16


class SidePanel(QFrame):
    """The panel at the right of a page; as a sheet it lies over the page until Esc closes it."""

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("k", "panel")
        self.setAccessibleName("Details")
        self._stack = Stack()
        in_column(self._stack, inside=self, margins=(1, 0, 0, 0))

    def set_content(self, widget: QWidget | None) -> None:
        """Show a page's panel."""
        if widget is not None:
            if self._stack.indexOf(widget) < 0:
                self._stack.addWidget(widget)
            self._stack.setCurrentWidget(widget)

    def forget(self) -> None:
        """Let go of every page's panel."""
        while (widget := self._stack.currentWidget()) is not None:
            self._stack.removeWidget(widget)
            widget.hide()
            widget.deleteLater()

    def focus_inside(self) -> None:
        """Move the keyboard to the first control of the panel."""
        shown = self._stack.currentWidget()
        if shown is None:
            return
        stops = (w for w in shown.findChildren(QWidget) if w.focusPolicy() & QtCore.Qt.FocusPolicy.TabFocus)
        first = next((w for w in stops if w.isVisibleTo(shown) and not _scrolls_a_form(w)), shown)
        if first is shown:
            shown.setFocusPolicy(QtCore.Qt.FocusPolicy.ClickFocus)
        first.setFocus(QtCore.Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the panel."""
        if event.key() == QtCore.Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def _scrolls_a_form(widget: QWidget) -> bool:
    """Whether it is no control but the area around those of a form: typing begins in the first of them."""
    from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QScrollArea

    fields = (QLineEdit, QPlainTextEdit, QComboBox)
    return isinstance(widget, QScrollArea) and any(widget.findChildren(kind) for kind in fields)


class _Held(QWidget):
    """Holds the pages at the size that they are drawn for, whatever they would like."""

    def __init__(self, pages: QWidget) -> None:
        super().__init__()
        self._pages = pages
        pages.setParent(self)
        self.setMinimumSize(LEAST_PAGE_WIDTH, LEAST_PAGE_HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the pages all of it."""
        super().resizeEvent(event)
        self._pages.setGeometry(self.rect())


class Stage(QWidget):
    """Lays out page and panel, and the undo bar and progress cards over them."""

    def __init__(self) -> None:
        super().__init__()
        # Not a `Stack`: its pages come into it when the window holds it, and are dressed once.
        self.pages = QStackedWidget(self)
        self.panel = SidePanel(self)
        self.panel.hide()
        self.panel.closed.connect(self.close_panel)
        self._scroller: ScrollArea | None = None
        self._cards: list[ProgressCard] = []
        self._narrow = False
        self._has_panel = False
        self._sheet_open = False
        self._came_from: QWidget | None = None
        current_theme().theme_changed.connect(self.arrange)

    # Page

    def show_nothing(self) -> None:
        """Show no page until the next is shown: as pages go, each of the others would be laid out in turn."""
        self.pages.setCurrentWidget(self._nothing)

    @cached_property
    def _nothing(self) -> QWidget:
        nothing = QWidget()
        self.pages.addWidget(nothing)
        return nothing

    # Panel

    def set_panel(self, widget: QWidget | None) -> None:
        """Show the panel of the page that was opened, or none."""
        self._has_panel = widget is not None
        self._sheet_open = False
        self.panel.set_content(widget)
        self.arrange()

    def forget_panels(self) -> None:
        """Let go of the panels of pages that are gone."""
        self.set_panel(None)
        self.panel.forget()

    def set_narrow(self, narrow: bool) -> None:
        """Make the panel a sheet over the page, or set it beside the page."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self._sheet_open = False
        self.arrange()

    @property
    def has_panel(self) -> bool:
        """Whether the page that is shown has a panel."""
        return self._has_panel

    @property
    def panel_is_shown(self) -> bool:
        """Whether the panel can be seen."""
        return self._has_panel and (not self._narrow or self._sheet_open)

    @property
    def sheet_is_open(self) -> bool:
        """Whether the panel lies over the page."""
        return self._has_panel and self._narrow and self._sheet_open

    def open_panel(self) -> None:
        """Show the panel and move the keyboard into it."""
        if not self._has_panel:
            return
        if not self.panel.isAncestorOf(QApplication.focusWidget() or self):
            self._came_from = QApplication.focusWidget()
        self._sheet_open = True
        self.arrange()
        self.panel.focus_inside()

    def close_panel(self) -> None:
        """Close the sheet, or leave the panel, and give the keyboard back."""
        self._sheet_open = False
        self.arrange()
        if self._came_from is not None:
            self._came_from.setFocus(QtCore.Qt.FocusReason.ShortcutFocusReason)
        self._came_from = None

    # What floats

    @cached_property
    def undo_bar(self) -> UndoBar:
        """The bar over the page; it is made for the first toast."""
        from tomsapp.gui.widgets.feedback import UndoBar

        bar = UndoBar(self)
        bar.shown_changed.connect(self.arrange)
        return bar

    def show_toast(self, toast: Toast) -> None:
        """Show what was done, with Undo."""
        self.undo_bar.show_toast(toast)

    def dismiss_toast(self) -> None:
        """Close the undo bar: what it tells of is no longer the last that was done."""
        if "undo_bar" in self.__dict__:
            self.undo_bar.dismiss()

    def follow_job(self, job: Job[object]) -> None:
        """Show a progress card if a job with a title is still on its way after half a second."""
        if job.title:
            watch = _JobWatch(job, self)
            QTimer.singleShot(_CARD_AFTER_MS, watch, watch.show_card)

    def add_card(self, card: ProgressCard) -> None:
        """Show a progress card at the lower right."""
        card.setParent(self)
        self._cards.append(card)
        card.show()
        self.arrange()

    def remove_card(self, card: ProgressCard) -> None:
        """Take a progress card away."""
        self._cards.remove(card)
        card.hide()
        card.deleteLater()
        self.arrange()

    # Geometry

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay everything out anew."""
        super().resizeEvent(event)
        self.arrange()

    def showEvent(self, event: QShowEvent) -> None:
        """Lay out what only now has the room that it is shown in."""
        super().showEvent(event)
        self.arrange()

    def arrange(self) -> None:
        """Place page, panel and what floats."""
        width, height = self.width(), self.height()
        panel_width = min(current_theme().px(PANEL_NARROW if self._narrow else PANEL_WIDTH), width)
        beside = panel_width if self._has_panel and not self._narrow else 0
        self._place_page(QRect(0, 0, width - beside, height - self._toast_height()))
        # Beside the page the bar lies under the page alone; a sheet over it keeps its buttons above the bar.
        panel_height = height - (self._toast_height() if self._narrow else 0)
        self.panel.setGeometry(width - panel_width, 0, panel_width, panel_height)
        self.panel.setVisible(self.panel_is_shown)
        self.panel.raise_()
        self._place_floating(width - beside, height)

    def _place_page(self, room: QRect) -> None:
        """Lay the page into its room; in less than pages are drawn for it keeps its size and is scrolled."""
        is_little = room.width() < LEAST_PAGE_WIDTH or room.height() < LEAST_PAGE_HEIGHT
        # Before it is shown, it has some size that nobody ever sees.
        if self._scroller is None and is_little and self.isVisible():
            self._scroll_page()
        (self._scroller or self.pages).setGeometry(room)

    def _scroll_page(self) -> None:
        """Make what scrolls the page, once somebody has so little room."""
        from tomsapp.gui.widgets.scroll_area import ScrollArea

        at = self.window().focusWidget()
        has_keyboard = at if at is not None and self.pages.isAncestorOf(at) else None
        self._scroller = ScrollArea("The page", _Held(self.pages))
        self._scroller.setParent(self)
        self._scroller.show()
        self._scroller.lower()
        if has_keyboard is not None:
            has_keyboard.setFocus()  # to come to another parent takes it away
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow_keyboard)

    def _follow_keyboard(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Bring what has the keyboard into view."""
        if self._scroller is not None and now is not None and self.pages.isAncestorOf(now):
            self._scroller.ensureWidgetVisible(now)

    def _toast_height(self) -> int:
        """The room that the undo bar takes from the page, so that it never covers the last line."""
        if "undo_bar" not in self.__dict__ or self.undo_bar.isHidden():
            return 0
        return self.undo_bar.sizeHint().height() + _GAP

    def _place_floating(self, width: int, height: int) -> None:
        bottom = height - _GAP
        if "undo_bar" in self.__dict__:
            self.undo_bar.adjustSize()
            bar = self.undo_bar.size()
            bar_width = min(bar.width(), width - 2 * _GAP)
            self.undo_bar.setGeometry((width - bar_width) // 2, bottom - bar.height(), bar_width, bar.height())
            self.undo_bar.raise_()
            bottom -= bar.height() + _GAP if self.undo_bar.isVisible() else 0
        for card in self._cards:
            size = card.sizeHint()
            card_width = min(_CARD_WIDTH, width - 2 * _GAP)
            card.setGeometry(width - card_width - _GAP, bottom - size.height(), card_width, size.height())
            card.raise_()
            bottom -= size.height() + 8


class _JobWatch(QWidget):
    """Ties one job to its card; gone when the job has ended."""

    def __init__(self, job: Job[object], stage: Stage) -> None:
        super().__init__(stage)
        self.hide()
        self._job, self._stage = job, stage
        self._card: ProgressCard | None = None
        self._is_over = False
        job.ended.connect(self._on_ended)

    def show_card(self) -> None:
        """Show the card, for the job has taken its time; not if it ended while the window was busy."""
        from tomsapp.gui.widgets.feedback import ProgressCard

        if self._is_over:
            return
        self._card = ProgressCard(self._job.title)
        self._card.cancelled.connect(self._job.cancel)
        self._job.progressed.connect(self._card.report)
        self._stage.add_card(self._card)

    def _on_ended(self) -> None:
        self._is_over = True
        if self._card is not None:
            self._stage.remove_card(self._card)
        self.deleteLater()
