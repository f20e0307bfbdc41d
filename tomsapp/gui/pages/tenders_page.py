"""Tenders: the list, the form of a new one, and the page of the one that is open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from tomsapp.gui.page import NEW, Page
from tomsapp.gui.pages.tenders_list import TendersListPage
from tomsapp.gui.session import Session
from tomsapp.gui.tenders.actions import ChosenTender, TenderActions
from tomsapp.gui.tenders.place import TenderPlace
from tomsapp.gui.widgets.actions import add_action
from tomsapp.gui.widgets.buttons import Button, open_below
from tomsapp.gui.widgets.layouts import stack_of

if TYPE_CHECKING:
    from tomsapp.gui.pages.new_quote import NewQuotePage
    from tomsapp.gui.pages.new_tender import NewTenderPage
    from tomsapp.gui.pages.tender_page import TenderPage

LIST, QUOTE = "list", "quote"
"""What `show_target` takes for the list and for a new quote, beside `NEW`, a tender's number and a `TenderPlace`."""
_KEY = "tenders"


class TendersPage(Page):
    """Shows one of its pages; going from one to another is a step that Alt+Left takes back."""

    def __init__(self, session: Session) -> None:
        super().__init__("Tenders")
        self._session = session
        self.header.hide()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.list = TendersListPage(session)
        self._new: NewTenderPage | None = None
        self._quote: NewQuotePage | None = None
        self._tender: TenderPage | None = None
        self._tender_actions: TenderActions | None = None
        self._stack = stack_of(self.list)
        self.body.addWidget(self._stack, 1)
        add_action(self, "Back to the tenders", "Alt+Left", self._on_back)
        self.list.tender_wanted.connect(self._go_to)
        self.list.new_wanted.connect(lambda: self._go_to(NEW))
        self.list.quote_wanted.connect(lambda: self._go_to(QUOTE))
        self.list.loaded.connect(self._on_list_loaded)
        self._adopt(self.list)
        self.list.refresh(None)

    def _adopt(self, page: Page) -> None:
        page.wants_page.connect(self._on_wants_page)
        page.wants_panel.connect(self.wants_panel)
        page.wants_toast.connect(self.wants_toast)
        page.menu_changed.connect(self.menu_changed)
        page.panel_changed.connect(lambda: self.panel_changed.emit() if self.shown is page else None)
        if self._stack.indexOf(page) < 0:
            self._stack.addWidget(page)

    # What the window asks of a page: the one that is shown answers

    @property
    def shown(self) -> Page:
        """The list, the form or the tender."""
        page = self._stack.currentWidget()
        return page if isinstance(page, Page) else self.list

    @property
    def title(self) -> str:
        """Heading of what is shown."""
        return self.shown.title

    @property
    def menu_words(self) -> str:
        """The menu edition of the tender that is shown."""
        return self.shown.menu_words

    def panel(self) -> QWidget | None:
        """The panel of what is shown."""
        return self.shown.panel()

    def page_actions(self) -> Sequence[QAction]:
        """Its shortcuts and those of what is shown."""
        return [*self.actions(), *self.shown.page_actions()]

    def commands(self) -> Sequence[QAction]:
        """What else can be done on what is shown."""
        return self.shown.commands()

    def find_here(self) -> bool:
        """Move the keyboard to the search of what is shown."""
        return self.shown.find_here()

    def focus_heading(self) -> None:
        """Move the keyboard to where work begins on what is shown."""
        self.shown.focus_heading()

    def refresh(self, changes: object) -> None:
        """Tell every page that was made."""
        for page in (self.list, self._new, self._quote, self._tender):
            if page is not None:
                page.refresh(changes)

    def show_target(self, target: object) -> None:
        """Show a tender by its number, a place in it, the form of a new one, or the list."""
        if isinstance(target, int | TenderPlace):
            page = self.tender_page()
            self._stack.setCurrentWidget(page)
            page.show_target(target)
        elif target == NEW:
            form = self.new_page()
            self._stack.setCurrentWidget(form)
            form.start()
        elif target == QUOTE:
            quote = self.quote_page()
            self._stack.setCurrentWidget(quote)
            quote.start()
        else:
            self._stack.setCurrentWidget(self.list)

    # The other pages, made when first needed

    def new_page(self) -> NewTenderPage:
        """The page of a new tender."""
        if self._new is None:
            from tomsapp.gui.pages.new_tender import NewTenderPage

            self._new = NewTenderPage(self._session)
            self._new.done.connect(lambda number: self._go_to(LIST if number is None else number))
            self._adopt(self._new)
        return self._new

    def quote_page(self) -> NewQuotePage:
        """The page on which a quote is set up and issued."""
        if self._quote is None:
            from tomsapp.gui.pages.new_quote import NewQuotePage

            self._quote = NewQuotePage(self._session)
            self._quote.done.connect(lambda number: self._go_to(LIST if number is None else number))
            self._adopt(self._quote)
        return self._quote

    def tender_page(self) -> TenderPage:
        """The page of the open tender, with its tabs and actions."""
        if self._tender is None:
            from tomsapp.gui.pages.tender_page import TenderPage

            page = TenderPage(self._session)
            self._tender = page
            actions = self._tender_actions = TenderActions(self._session, self._open_tender, page)
            actions.opened.connect(self._go_to)
            self._more = Button("Actions", opens_menu=True, does=self._on_more)
            page.add_header_button(self._more)
            page.loaded.connect(actions.update_state)
            page.add_commands(actions.copy, actions.delete)
            self._adopt(page)
        return self._tender

    def _open_tender(self) -> ChosenTender | None:
        opened = self._tender.opened if self._tender else None
        return None if opened is None else ChosenTender(opened.id, opened.tender.reference, opened.tender.status)

    # Going about

    def _go_to(self, target: object) -> None:
        # Through the window, so that panel, title and focus follow.
        self.wants_page.emit(_KEY, target)

    def _on_wants_page(self, key: str, target: object) -> None:
        self.wants_page.emit(key, LIST if key == _KEY and target is None else target)

    def _on_back(self) -> None:
        if self.shown is not self.list:
            self._go_to(LIST)

    def _on_more(self) -> None:
        if self._tender_actions is not None:
            self._tender_actions.update_state()
            open_below(self._more, self._tender_actions.menu(with_open=False))

    def _on_list_loaded(self) -> None:
        """Leave the page of a tender that was deleted, here or by somebody else."""
        if self._tender is None or self.shown is not self._tender:
            return
        number = self._tender.tender_id
        if number is not None and not self.list.has_tender(number):
            self._go_to(LIST)
