"""The View menu: pages, theme, text size and density, kept between runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu

from tomsapp.config.preferences import Preferences
from tomsapp.gui.page import PageSpec
from tomsapp.gui.theme import DensityName, ThemeName, current_theme, keep_looks

THEMES: tuple[tuple[ThemeName, str], ...] = (
    ("system", "As the system"),
    ("light", "Light"),
    ("dark", "Dark"),
)
DENSITIES: tuple[tuple[DensityName, str], ...] = (("comfortable", "Comfortable"), ("compact", "Compact"))
_Key = TypeVar("_Key")


def sizes() -> list[tuple[int, str]]:
    """The text sizes that there is room for, with what they are called."""
    return [(size, f"{size}%") for size in current_theme().text_sizes]


class ViewMenu(QObject):
    """Fills the View menu and keeps what is chosen in it."""

    def __init__(self, menu: QMenu, preferences: Preferences) -> None:
        super().__init__(menu)
        self._menu, self._preferences = menu, preferences
        current_theme().theme_changed.connect(self._on_theme_changed)

    def add_pages(self, specs: Sequence[PageSpec], go_to: Callable[[str], object]) -> None:
        """Add one action a page with its Alt key."""
        for spec in specs:
            action = self._menu.addAction(spec.title)
            action.setShortcut(QKeySequence(spec.shortcut))
            action.setData(spec.key)
            action.triggered.connect(lambda _checked=False, key=spec.key: go_to(key))
        self._menu.addSeparator()

    def add_looks(self) -> None:
        """Add theme, text size and density."""
        theme = current_theme()
        self._choices = [
            self._add_choice("Theme", THEMES, theme.name, theme.set_theme),
            self._add_choice("Text size", sizes(), theme.text_size, theme.set_text_size),
            self._add_choice("Row height", DENSITIES, theme.density_name, theme.set_density),
        ]
        self._add("Larger text", ["Ctrl++", "Ctrl+="], lambda: theme.step_text_size(1))
        self._add("Smaller text", ["Ctrl+-"], lambda: theme.step_text_size(-1))

    def _add(self, words: str, keys: Sequence[str], slot: Callable[[], object]) -> QAction:
        action = self._menu.addAction(words)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.triggered.connect(slot)
        return action

    def _add_choice(
        self,
        title: str,
        options: Sequence[tuple[_Key, str]],
        chosen: object,
        choose: Callable[[_Key], object],
    ) -> QActionGroup:
        menu = self._menu.addMenu(title)
        group = QActionGroup(self)
        for key, words in options:
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(key == chosen)
            action.setData(key)
            group.addAction(action)
        group.triggered.connect(lambda action: choose(action.data()))
        return group

    def _on_theme_changed(self) -> None:
        theme = current_theme()
        keep_looks(self._preferences)
        now: tuple[object, ...] = (theme.name, theme.text_size, theme.density_name)
        for group, value in zip(self._choices, now, strict=True):
            for action in group.actions():
                action.setChecked(action.data() == value)
