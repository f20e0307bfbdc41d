"""Opens a view of the Overview that was saved, and says what of it is no more."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tomsapp.domain.saved_view import OverviewView, SavedView
from tomsapp.gui.overview.filter_bar import FilterBar
from tomsapp.gui.overview.views_button import ViewsButton
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.feedback import Toast
from tomsapp.services.saved_views import OpenedView, opened_view, view_of

if TYPE_CHECKING:
    from tomsapp.gui.page import Page


class ViewsHandling(QObject):
    """What the page asks of saved views; `until` is the day that was chosen for deliveries."""

    opened = Signal(object)
    """The `OpenedView` that is to be shown; its filters hold already."""

    def __init__(self, session: Session, page: Page, bar: FilterBar) -> None:
        super().__init__(page)
        self._session, self._bar = session, bar
        self._toast = page.wants_toast
        self.until: date | None = None
        self.button = ViewsButton(session, self.present)
        self.button.chosen.connect(self.open)
        self.button.manage_wanted.connect(lambda: page.wants_page.emit("views", None))
        self.button.saved.connect(lambda name: self._toast.emit(Toast(f"Saved as view {name}")))

    def present(self) -> SavedView:
        """What is looked at, to be saved under a name."""
        view = OverviewView.DELIVERY if self._bar.is_delivery else OverviewView.COMMITMENTS
        return view_of("", view, self._bar.filters, self.until if self._bar.is_delivery else None)

    def open(self, saved: SavedView) -> None:
        """Show a saved view."""
        offered = self._bar.offered
        job = self._session.read(lambda workspace: opened_view(workspace, saved, offered), key="overview-view")
        job.success(self._on_opened).start()

    def _on_opened(self, opened: OpenedView) -> None:
        self._bar.set_filters(opened.filters)
        self.until = opened.until
        self.opened.emit(opened)
        if opened.gone_words:
            self._toast.emit(Toast(opened.gone_words, icon="info"))
