"""The window: rail, top bar, pages with their panel, status bar."""

from __future__ import annotations

from binascii import Error, a2b_base64, b2a_base64
from collections.abc import Sequence
from contextlib import suppress
from functools import cached_property, partial
from typing import TYPE_CHECKING, Literal

from PySide6 import QtCore
from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow, QMenu

from tomsapp.config.preferences import Preferences
from tomsapp.domain.alike import alike
from tomsapp.domain.signs import shown
from tomsapp.gui.jobs import Jobs
from tomsapp.gui.loading import is_loaded, load_module
from tomsapp.gui.page import Page, PageSpec
from tomsapp.gui.palette_results import PaletteProvider, PaletteResult
from tomsapp.gui.rail import Rail
from tomsapp.gui.stage import Stage
from tomsapp.gui.status_bar import StatusBar
from tomsapp.gui.theme import current_theme, restore_looks
from tomsapp.gui.tokens import NARROW_BELOW
from tomsapp.gui.top_bar import TopBar
from tomsapp.gui.widgets.layouts import holding, in_column, in_row
from tomsapp.gui.window_size import first_size, least_size

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from tomsapp.gui.palette import CommandPalette
    from tomsapp.gui.widgets.feedback import EmptyState, Toast

MenuName = Literal["file", "edit", "view", "help"]
_MENUS: tuple[tuple[MenuName, str], ...] = (
    ("file", "&File"),
    ("edit", "&Edit"),
    ("view", "&View"),
    ("help", "&Help"),
)
_GEOMETRY = "window_geometry"
_PROGRAM = "Social value calculator"


class MainWindow(QMainWindow):
    """Holds declared pages, made when first opened; pages reach each other only through it.

    One that is to be painted soon is not made wholly: it has the titles of its menus, and `fill_menus` brings the rest.
    """

    went_to = Signal(str)
    """Key of the page that is shown now."""
    came_to_front = Signal()

    def __init__(self, pages: Sequence[PageSpec], *, jobs: Jobs, preferences: Preferences, wholly: bool = True) -> None:
        super().__init__()
        restore_looks(preferences)
        self.setWindowTitle(_PROGRAM)
        self._fit_to_screen()
        self._specs = {spec.key: spec for spec in pages}
        self._jobs, self._preferences = jobs, preferences
        self._made: dict[str, Page] = {}
        self._database: str | None = None
        self._menu_words = ""
        self._is_narrow = self._follows_screen = False
        self._current = ""
        self.rail = Rail(pages, _PROGRAM)
        self.top_bar = TopBar()
        self.stage = Stage()
        self.status = StatusBar()
        self._menus = {name: self.top_bar.menu_bar.addMenu(title) for name, title in _MENUS}
        self._build_layout()
        if wholly:
            self.fill_menus()
        self.providers = [PaletteProvider(self._find_pages), PaletteProvider(self._find_commands)]
        self._palette_box: CommandPalette | None = None
        self._connect()
        self.set_database(None)
        self._restore_geometry()
        self.page(pages[0].key)  # at once, and not when another thread has loaded it
        self.go_to(pages[0].key)

    # Building

    def _build_layout(self) -> None:
        column = in_column(self.top_bar, (self.stage, 1), self.status, gap=0)
        self.setCentralWidget(holding(in_row(self.rail, (column, 1), gap=0)))

    def fill_menus(self) -> None:
        """Put into the menus what the window itself can do, and listen to the keys that go round its parts."""
        from PySide6.QtGui import QAction, QKeySequence, QShortcut

        from tomsapp.gui.view_menu import ViewMenu

        view = ViewMenu(self.menu("view"), self._preferences)
        view.add_pages(list(self._specs.values()), self.go_to)
        self.menu("view").addAction("Search, or go to a page…", "Ctrl+K", self._on_search)
        self.menu("view").addSeparator()
        view.add_looks()
        self.menu("help").addAction("Keyboard shortcuts…", "F1", self.show_shortcuts)
        self._leave = self.menu("file").addAction("Close the program", QKeySequence.StandardKey.Quit, self.close)
        self._leave.setMenuRole(QAction.MenuRole.QuitRole)
        for keys, step in (("F6", 1), ("Shift+F6", -1)):
            QShortcut(QKeySequence(keys), self).activated.connect(partial(self._step_part, step))

    @cached_property
    def _closed_page(self) -> EmptyState:
        """What stands in place of a page that needs a database."""
        from tomsapp.gui.widgets.buttons import Button
        from tomsapp.gui.widgets.feedback import EmptyState

        start = Button("Go to Start", "primary", does=lambda: self.go_to(next(iter(self._specs))))
        sentence = "This page shows what is in a database."
        page = EmptyState("database", "Open or make a database first", sentence, start)
        self.stage.pages.addWidget(page)
        return page

    def _connect(self) -> None:
        self.rail.page_chosen.connect(self.go_to)
        current_theme().theme_changed.connect(self._fit)
        self.top_bar.search.clicked.connect(self._on_search)
        self._jobs.started.connect(self.stage.follow_job)

    # Pages

    @property
    def current_key(self) -> str:
        """Key of the page that is shown."""
        return self._current

    def page(self, key: str) -> Page:
        """The page with a key; it is made if this is the first call."""
        if key not in self._made:
            page = self._specs[key].factory()
            page.wants_page.connect(self.go_to)
            page.wants_panel.connect(self._on_wants_panel)
            page.wants_toast.connect(self.show_toast)
            page.menu_changed.connect(self._say_menu)
            page.panel_changed.connect(self._on_panel_changed)
            page.set_enabled_for_database(self._database is not None)
            page.set_narrow(is_narrow=self._is_narrow)
            self.stage.pages.addWidget(page)
            self._made[key] = page
        return self._made[key]

    def go_to(self, key: str, target: object = None) -> None:
        """Show a page, and on it what `target` says; without a database it says what to do first."""
        self._current = key
        self.rail.set_current(key)
        if self._specs[key].needs_database and self._database is None:
            self.stage.pages.setCurrentWidget(self._closed_page)
            self.stage.set_panel(None)
            self._say_menu()
            return
        module = self._specs[key].module
        if module and key not in self._made and not is_loaded(module):
            # To load it here would hold up the window, and wait for what another thread loads.
            load = self._jobs.run(lambda _progress: load_module(module))
            load.success(lambda _: self.go_to(key, target) if self._current == key else None).start()
            return
        self._jobs.give_way()
        page = self.page(key)
        self.stage.pages.setCurrentWidget(page)
        # Before the target: a page that shows its panel for it finds its own panel there.
        panel = page.panel()
        self.stage.set_panel(panel)
        if target is not None:
            page.show_target(target)
        if page.panel() is not panel:
            self.stage.set_panel(page.panel())
        self.setWindowTitle(shown(f"{page.title} – {_PROGRAM}"))
        self._say_menu()
        focused = self.focusWidget()
        if not self.stage.sheet_is_open or focused is None or not self.stage.panel.isAncestorOf(focused):
            page.focus_heading()  # else the sheet that was opened for the target has the keyboard, and lies over it
        self.went_to.emit(key)

    def forget_pages(self) -> None:
        """Let go of all pages but the first, which opens databases: the next database's are made anew.

        So nothing that was typed, chosen or arranged in one database is left for the next.
        """
        if self._palette_box is not None:
            self._palette_box.close_palette()
        first = next(iter(self._specs))
        if self._current != first:
            self.stage.show_nothing()
        for key in [key for key in self._made if key != first]:
            page = self._made.pop(key)
            self.stage.pages.removeWidget(page)
            page.hide()
            page.deleteLater()
        # When they are gone: a page that gets the room of its panel lays itself out anew.
        self.stage.forget_panels()

    def refresh(self, changes: object = None) -> None:
        """Tell every page that was made what has changed, or that all may have."""
        self.stage.dismiss_toast()
        for page in self._made.values():
            page.refresh(changes)

    # What the rest of the program tells

    def menu(self, name: MenuName) -> QMenu:
        """One of the four menus."""
        return self._menus[name]

    def add_action(self, name: MenuName, action: QAction) -> None:
        """Add an action to a menu; it appears in the shortcuts and among the commands of the search."""
        if name == "file":
            self.menu(name).insertAction(self._leave, action)
        else:
            self.menu(name).addAction(action)

    def set_database(
        self, name: str | None, *, council: str | None = None, tooltip: str = "", caution: str = ""
    ) -> None:
        """Say which database is open, or that none is; `caution` is what is not as safe as it could be."""
        self._database = name
        self._menu_words = self._menu_words if name else ""
        self.rail.set_council(council if name else None)
        self.rail.set_database_open(name is not None)
        self.status.set_database(name, tooltip, caution)
        for page in self._made.values():
            page.set_enabled_for_database(name is not None)
        if self._current:
            self.go_to(self._current)

    def set_menu(self, words: str) -> None:
        """Say which menu edition new contracts take; a page that shows another one says so while it is shown."""
        self._menu_words = words
        self._say_menu()

    def _say_menu(self) -> None:
        shown = self.stage.pages.currentWidget()
        own = shown.menu_words if isinstance(shown, Page) else ""
        self.status.set_menu(own or self._menu_words)

    def show_toast(self, toast: Toast) -> None:
        """Show what was done, with Undo."""
        self.stage.show_toast(toast)

    def show_shortcuts(self) -> None:
        """Open the list of keyboard shortcuts."""
        from tomsapp.gui.shortcuts import ShortcutsDialog, shortcuts_of
        from tomsapp.gui.widgets.dialog_parts import open_once

        page = self._made.get(self._current)
        actions = page.page_actions() if page else ()
        found = shortcuts_of(self.top_bar.menu_bar, self._specs[self._current].title, actions)
        open_once(ShortcutsDialog(found, self))

    # Search

    @property
    def palette_box(self) -> CommandPalette:
        """The search over the window; it is made when it is first asked for."""
        from tomsapp.gui.palette import CommandPalette

        if self._palette_box is None:
            self._palette_box = CommandPalette(self, self._jobs, self.providers)
        return self._palette_box

    def _find_pages(self, query: str) -> list[PaletteResult]:
        return [
            PaletteResult("Go to", f"{spec.title} page", partial(self.go_to, spec.key), also, spec.icon, spec.shortcut)
            for spec in self._specs.values()
            if (also := _matches(spec, query)) is not None
        ]

    def _find_commands(self, query: str) -> list[PaletteResult]:
        from tomsapp.gui.commands import find_commands

        to_pages = {spec.title for spec in self._specs.values()}
        found = find_commands(query, self._menus.values(), self.page_commands())
        return [each for each in found if each.title not in to_pages]

    def page_commands(self) -> list[QAction]:
        """What can be done on the page that is shown."""
        shown = self.stage.pages.currentWidget()
        return [*shown.page_actions(), *shown.commands()] if isinstance(shown, Page) else []

    def find_on_page(self) -> None:
        """Move the keyboard to the search of the page that is shown, else open the one over the window."""
        shown = self.stage.pages.currentWidget()
        if not isinstance(shown, Page) or not shown.find_here():
            self._on_search()

    # Slots

    def _on_search(self) -> None:
        self.palette_box.open()

    def _on_panel_changed(self) -> None:
        page = self._made.get(self._current)
        if page is not None and self.stage.pages.currentWidget() is page:
            self.stage.set_panel(page.panel())

    def _on_wants_panel(self, is_open: bool) -> None:
        if is_open:
            self.stage.open_panel()
        else:
            self.stage.close_panel()

    def _step_part(self, step: int) -> None:
        """Move the keyboard to the next of rail, page, panel and status bar."""
        shown = self.stage.pages.currentWidget()
        parts = [self.rail, shown or self.stage, self.stage.panel, self.status]
        if not self.stage.has_panel:
            parts.remove(self.stage.panel)
        focused = self.focusWidget()
        at = next((i for i, part in enumerate(parts) if focused and (part is focused or part.isAncestorOf(focused))), 0)
        target = parts[(at + step) % len(parts)]
        if target is self.rail:
            self.rail.focus_current()
        elif target is self.stage.panel:
            self.stage.open_panel()
        elif isinstance(target, Page):
            target.focus_heading()
        else:
            target.setFocus(QtCore.Qt.FocusReason.ShortcutFocusReason)

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Go by Tab as people read, also through what a page shows later."""
        from tomsapp.gui.widgets.tab_order import go_as_laid_out

        return go_as_laid_out(self, forwards=forwards) or super().focusNextPrevChild(forwards)

    # Size

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shrink the rail and make the panel a sheet in a narrow window."""
        super().resizeEvent(event)
        self._fit()
        if self._palette_box is not None:
            self._palette_box.setGeometry(self.rect())

    def _fit(self) -> None:
        narrow = self.width() < current_theme().px(NARROW_BELOW)
        self.rail.set_narrow(narrow)
        self.stage.set_narrow(narrow)
        if narrow != self._is_narrow:
            self._is_narrow = narrow
            for page in self._made.values():
                page.set_narrow(is_narrow=narrow)

    def changeEvent(self, event: QEvent) -> None:
        """Tell when the window comes to the front: another program may have saved meanwhile."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.came_to_front.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep size and place of the window."""
        self._preferences.set(_GEOMETRY, b2a_base64(self.saveGeometry().data(), newline=False).decode("ascii"))
        super().closeEvent(event)

    def _restore_geometry(self) -> None:
        kept = b""
        with suppress(Error):
            kept = a2b_base64(self._preferences.get(_GEOMETRY, "").encode("ascii", "ignore"))
        if not kept or not self.restoreGeometry(kept):
            self.resize(first_size(self.screen().availableSize()))

    def showEvent(self, event: QShowEvent) -> None:
        """Be no larger at least than the screen, also of one that it is moved to."""
        super().showEvent(event)
        handle = self.windowHandle()
        if handle is not None and not self._follows_screen:
            self._follows_screen = True
            handle.screenChanged.connect(lambda _screen: self._fit_to_screen())
        self._fit_to_screen()

    def _fit_to_screen(self) -> None:
        """A least size that is larger than the screen would leave its edges where nobody reaches them."""
        self.setMinimumSize(least_size(self.screen().availableSize()))


def _matches(spec: PageSpec, query: str) -> str | None:
    """Words to show beside a page that `query` finds, or None if it does not."""
    wanted = alike(query)
    if wanted in alike(spec.title):
        return ""
    if wanted in alike(spec.also_found_as):
        return f"also found as “{spec.also_found_as}”"
    return None
