"""The File and Help menus: what is done with whole databases, the guide, the report for IT, and the licences."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from tomsapp.gui.main_window import MainWindow, MenuName
from tomsapp.gui.pages.start_page import StartPage
from tomsapp.gui.session import Session

if TYPE_CHECKING:
    from tomsapp.gui.dialogs.made_paper import PaperShower


class DatabaseActions(QObject):
    """Actions that work from every page; what goes wrong is shown on Start."""

    def __init__(self, session: Session, window: MainWindow, start: StartPage) -> None:
        super().__init__(window)
        self._session, self._window, self._start = session, window, start
        self._papers: PaperShower | None = None
        self.make = self._add("Make a database…", lambda: start.choices.make, "Ctrl+Shift+N")
        self.open = self._add("Open a database…", lambda: start.choices.open_file, "Ctrl+O")
        self.open_server = self._add("Open a database on a server…", lambda: start.choices.open_server)
        self.close = self._add("Close the database", lambda: start.opener.close, "Ctrl+W")
        self._add_separator()
        self.back_up = self._add("Back up the database…", lambda: start.care.back_up)
        self.restore = self._add("Restore a backup…", lambda: start.care.restore)
        self.check = self._add("Check the database", lambda: start.care.check)
        self.check_against = self._add("Check against a paper or backup…", lambda: start.care.check_against)
        self.rescue = self._add("Copy what can be read…", lambda: start.care.rescue)
        self._add_separator()
        self.answer = self._add("Answer a tender…", lambda: self._start.answer_tender)
        self._add("Check a valuation…", lambda: self._on_check_valuation)
        self._add("Check an evaluation…", lambda: self._on_check_evaluation)
        self._add_separator()
        self.new_window = self._add("New window", lambda: self._on_new_window)
        self._add_separator()
        self.guide = self._add("Five-minute guide", lambda: self._on_guide, menu="help")
        self.bidders = self._add("How to answer a tender…", lambda: self._on_bidders, menu="help")
        self.report = self._add("Copy a report for IT", lambda: self._on_report, menu="help")
        self.about = self._add("About and licences", lambda: self._on_about, menu="help")
        start.opener.failed.connect(self._on_failed)
        session.workspace_changed.connect(self._on_workspace_changed)
        self._on_workspace_changed()

    def _add(
        self, words: str, find_slot: Callable[[], Callable[[], object]], keys: str = "", menu: MenuName = "file"
    ) -> QAction:
        """An action; what it does is asked for when it is chosen, for the dialogs are not made before."""
        action = QAction(words, self)
        if keys:
            action.setShortcut(QKeySequence(keys))
        # Triggered brings whether it is checked, which no slot here asks for.
        action.triggered.connect(lambda _checked=False: find_slot()())
        self._window.add_action(menu, action)
        return action

    def _add_separator(self) -> None:
        line = QAction(self)
        line.setSeparator(True)
        self._window.add_action("file", line)

    def _on_workspace_changed(self) -> None:
        is_open = self._session.is_open
        for action in (self.close, self.back_up, self.check, self.check_against):
            action.setEnabled(is_open)

    def _on_failed(self) -> None:
        if self._window.current_key != "start":
            self._window.go_to("start")

    def _on_check_valuation(self) -> None:
        from tomsapp.gui.paper_check import PaperCheck

        PaperCheck(self._session, self._window).ask_for_file()

    def _on_check_evaluation(self) -> None:
        from tomsapp.gui.paper_check import PaperCheck
        from tomsapp.services.documents import Document

        PaperCheck(self._session, self._window).ask_for_file(Document.EVALUATION)

    def _on_new_window(self) -> None:
        from tomsapp.gui.documents import open_new_window

        open_new_window()

    def _on_guide(self) -> None:
        from tomsapp.gui.dialogs.guide import show_guide

        show_guide(self._window)

    def _on_bidders(self) -> None:
        from tomsapp.gui.dialogs.made_paper import PaperShower
        from tomsapp.services.bidder_guide import print_bidder_paper

        if self._papers is None:
            self._papers = PaperShower(self._session, self._window)
        self._papers.show_of_none(print_bidder_paper, "Making “How to answer a tender”")

    def _on_report(self) -> None:
        from tomsapp.gui.dialogs.it_report import copy_it_report

        copy_it_report(self._session, self._window)

    def _on_about(self) -> None:
        from tomsapp.gui.dialogs.about import show_about

        show_about(self._session, self._window)
