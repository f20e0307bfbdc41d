"""Tenders: the list, the form of a new one, and the page of the one that is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tomsapp.gui.page import NEW
from tomsapp.gui.page_of_pages import LIST, PageOfPages
from tomsapp.gui.pages.tenders_list import TendersListPage
from tomsapp.gui.session import Session
from tomsapp.gui.tender_place import TenderPlace
from tomsapp.gui.tenders.actions import ChosenTender, TenderActions
from tomsapp.gui.widgets.buttons import Button, open_below

if TYPE_CHECKING:
    from tomsapp.gui.pages.new_quote import NewQuotePage
    from tomsapp.gui.pages.new_tender import NewTenderPage
    from tomsapp.gui.pages.tender_page import TenderPage

QUOTE = "quote"
"""What `show_target` takes for a new quote, beside `LIST`, `NEW`, a tender's number and a `TenderPlace`."""
_KEY = "tenders"


class TendersPage(PageOfPages):
    """The list of tenders, the forms of a new tender and of a quote, and the page of the tender that is open."""

    def __init__(self, session: Session) -> None:
        listed = TendersListPage(session)
        super().__init__("Tenders", _KEY, listed)
        self.list = listed
        self._session = session
        self._new: NewTenderPage | None = None
        self._quote: NewQuotePage | None = None
        self._tender: TenderPage | None = None
        self._tender_actions: TenderActions | None = None
        self.list.tender_wanted.connect(self.go_to)
        self.list.new_wanted.connect(lambda: self.go_to(NEW))
        self.list.quote_wanted.connect(lambda: self.go_to(QUOTE))
        self.list.loaded.connect(self._on_list_loaded)
        self.list.refresh(None)

    def show_target(self, target: object) -> None:
        """Show a tender by its number, a place in it, the form of a new one, or the list."""
        if isinstance(target, int | TenderPlace):
            page = self.tender_page()
            self.show_page(page)
            page.show_target(target)
        elif target == NEW:
            form = self.new_page()
            self.show_page(form)
            form.start()
        elif target == QUOTE:
            quote = self.quote_page()
            self.show_page(quote)
            quote.start()
        else:
            self.show_page(self.list)

    # The other pages, made when first needed

    def new_page(self) -> NewTenderPage:
        """The page of a new tender."""
        if self._new is None:
            from tomsapp.gui.pages.new_tender import NewTenderPage

            self._new = NewTenderPage(self._session)
            self._new.done.connect(self.go_to_made)
            self.adopt(self._new)
        return self._new

    def quote_page(self) -> NewQuotePage:
        """The page on which a quote is set up and issued."""
        if self._quote is None:
            from tomsapp.gui.pages.new_quote import NewQuotePage

            self._quote = NewQuotePage(self._session)
            self._quote.done.connect(self.go_to_made)
            self.adopt(self._quote)
        return self._quote

    def tender_page(self) -> TenderPage:
        """The page of the open tender, with its tabs and actions."""
        if self._tender is None:
            from tomsapp.gui.pages.tender_page import TenderPage

            page = TenderPage(self._session)
            self._tender = page
            actions = self._tender_actions = TenderActions(self._session, self._open_tender, page)
            actions.opened.connect(self.go_to)
            self._more = Button("Actions", opens_menu=True, does=self._on_more)
            page.add_header_button(self._more)
            page.loaded.connect(actions.update_state)
            page.add_commands(actions.copy, actions.delete)
            self.adopt(page)
        return self._tender

    def _open_tender(self) -> ChosenTender | None:
        opened = self._tender.opened if self._tender else None
        return None if opened is None else ChosenTender(opened.id, opened.tender.reference, opened.tender.status)

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
            self.go_to(LIST)
