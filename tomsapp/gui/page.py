"""What a page of the window is, and how it is declared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from tomsapp.gui.jobs import Job
from tomsapp.gui.tokens import BODY_GAP, PAGE_MARGIN
from tomsapp.gui.widgets.layouts import in_column
from tomsapp.gui.widgets.page_header import PageHeader

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

T = TypeVar("T")

HISTORY_PAGE = "history"
"""The key of the page of changes, which other pages lead to with what is wanted of it."""
NEW = "new"
"""What a page is asked to show for the form of a new record."""


class NewContract(NamedTuple):
    """What the contracts are asked to show for the form of a new contract with a supplier."""

    supplier: str


class Page(QFrame):
    """A page: its header stands at the top, the rest goes into `body`.

    A page never calls another page: it emits `wants_page`, and learns of changes through `refresh`.
    """

    wants_page = Signal(str, object)
    """Key of another page and what it should show there, or None."""
    wants_panel = Signal(bool)
    """Open (True) or close the right-hand panel; opening moves the focus into it."""
    wants_toast = Signal(object)
    """A `Toast` to show."""
    panel_changed = Signal()
    """Another panel belongs to what is shown now, or none any more."""
    menu_changed = Signal()
    """What is shown is under another menu edition: `menu_words` say which."""

    def __init__(self, title: str, *, header_on_surface: bool = False) -> None:
        super().__init__()
        self.setProperty("k", "canvas")
        self.setAccessibleName(title)
        self.header = PageHeader(title, on_surface=header_on_surface)
        top = BODY_GAP if header_on_surface else 0
        self.body = in_column(margins=(PAGE_MARGIN, top, PAGE_MARGIN, BODY_GAP), gap=BODY_GAP)
        in_column(self.header, (self.body, 1), inside=self, gap=0)
        self._menu_words = ""
        self._panel: QWidget | None = None
        self._jobs_while_shown: list[Job[Any]] = []
        self._commands: list[QAction] = []

    @property
    def title(self) -> str:
        """Heading of the page."""
        return self.header.title

    def set_title(self, title: str) -> None:
        """Change the heading."""
        self.header.set_title(title)
        self.setAccessibleName(title)

    @property
    def menu_words(self) -> str:
        """Which menu edition rules what is shown; "" where the page shows no one edition."""
        return self._menu_words

    def say_menu(self, words: str) -> None:
        """Say which menu edition rules what is shown now."""
        self._menu_words = words
        self.menu_changed.emit()

    def panel(self) -> QWidget | None:
        """What stands in the right-hand panel while this page is shown, or None."""
        return self._panel

    def set_panel(self, widget: QWidget | None) -> None:
        """Set what stands in the right-hand panel; later than in the constructor, say `panel_changed`."""
        self._panel = widget

    def page_actions(self) -> Sequence[QAction]:
        """Actions with shortcuts that work while this page is shown."""
        return self.actions()

    def commands(self) -> Sequence[QAction]:
        """What else can be done on this page and has no key; the search over the window finds it."""
        return self._commands

    def add_commands(self, *actions: QAction) -> None:
        """Take in what can be done with what is shown; what has a key works by it while this page is shown."""
        for action in actions:
            if action.shortcut().isEmpty():
                self._commands.append(action)
            else:
                self.addAction(action)

    def find_here(self) -> bool:
        """Move the keyboard to the search of this page; False where it has none."""
        return False

    def show_target(self, target: object) -> None:
        """Show one thing, as another page or the search asked; pages that can, override this."""

    def refresh(self, changes: object) -> None:
        """Load anew what `changes` says was changed, or all for None."""

    def set_enabled_for_database(self, is_open: bool) -> None:
        """Take note that a database was opened or closed."""

    def set_narrow(self, *, is_narrow: bool) -> None:
        """Take note that the panel is folded away, or that it stands beside the page again."""

    def while_shown(self, job: Job[T]) -> Job[T]:
        """A job that is of use only while this page is shown: `stop_jobs` stops it when the page is left."""
        # A handler of the job that names the job would keep it, its handlers and this page for good.
        self._jobs_while_shown = [*self._running, job]
        return job

    @property
    def _running(self) -> list[Job[Any]]:
        """Jobs that are of use only while this page is shown, and are not over."""
        return [each for each in self._jobs_while_shown if not each.is_over]

    def stop_jobs(self) -> bool:
        """Stop what is of use only while this page is shown, so that nothing else waits for it; whether any ran."""
        running = self._running
        for job in running:
            job.cancel()
        return bool(running)

    def first_field(self) -> QWidget | None:
        """Where typing begins, on a page that shows a form to fill in; None where there is something to read first."""
        return None

    def focus_heading(self) -> None:
        """Move the keyboard to where typing begins, else to the heading, so that a screen reader says where we are."""
        (self.first_field() or self.header.heading).setFocus()


class PageSpec(NamedTuple):
    """A page in the rail; it is made when it is first opened."""

    key: str
    title: str
    icon: str
    shortcut: str
    factory: Callable[[], Page]
    needs_database: bool = True
    at_bottom: bool = False
    in_rail: bool = True
    """Whether the rail shows it; the others are in the View menu and found by the search."""
    also_found_as: str = ""
    """Other words by which the search finds the page."""
    module: str = ""
    """The module that `factory` loads."""
