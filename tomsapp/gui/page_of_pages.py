"""A page that is one of several: a list of records, the form of a new one, the page of the one that is open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from tomsapp.gui.page import Page
from tomsapp.gui.widgets.actions import add_action
from tomsapp.gui.widgets.layouts import stack_of

LIST = "list"
"""What `show_target` takes for the list."""


class PageOfPages(Page):
    """Shows one of its pages, the list at first; going from one to another is a step that Alt+Left takes back.

    What the window asks of a page is answered by the one that is shown.
    """

    def __init__(self, title: str, key: str, first: Page) -> None:
        """`key` is that of the registry; `first` is the list."""
        super().__init__(title)
        self._key, self._first = key, first
        self.header.hide()
        self.body.setContentsMargins(0, 0, 0, 0)
        self._stack = stack_of(first)
        self.body.addWidget(self._stack, 1)
        add_action(self, f"Back to the {title.lower()}", "Alt+Left", self._on_back)
        self.adopt(first)

    def adopt(self, page: Page) -> None:
        """Take a page in, with what it asks of the window."""
        page.wants_page.connect(self._on_wants_page)
        page.wants_panel.connect(self.wants_panel)
        page.wants_toast.connect(self.wants_toast)
        page.menu_changed.connect(self.menu_changed)
        page.panel_changed.connect(lambda: self.panel_changed.emit() if self.shown is page else None)
        if self._stack.indexOf(page) < 0:
            self._stack.addWidget(page)

    def show_page(self, page: Page) -> None:
        """Show one of the pages."""
        self._stack.setCurrentWidget(page)

    @property
    def pages(self) -> Iterator[Page]:
        """The pages that were made."""
        return (page for page in map(self._stack.widget, range(self._stack.count())) if isinstance(page, Page))

    # What the window asks of a page

    @property
    def shown(self) -> Page:
        """The list, the form or the record."""
        page = self._stack.currentWidget()
        return page if isinstance(page, Page) else self._first

    @property
    def title(self) -> str:
        """Heading of what is shown."""
        return self.shown.title

    @property
    def menu_words(self) -> str:
        """The menu edition of what is shown."""
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
        for page in list(self.pages):
            page.refresh(changes)

    # Going about

    def go_to(self, target: object) -> None:
        """Show something through the window, so that panel, title and focus follow."""
        self.wants_page.emit(self._key, target)

    def go_to_made(self, number: object) -> None:
        """Show a record that was made, or the list where none was."""
        self.go_to(LIST if number is None else number)

    def _on_wants_page(self, key: str, target: object) -> None:
        self.wants_page.emit(key, LIST if key == self._key and target is None else target)

    def _on_back(self) -> None:
        if self.shown is not self._first:
            self.go_to(LIST)
