"""The commands that the search over the window finds: those of the menus, and those of the page that is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from tomsapp.domain.alike import alike
from tomsapp.gui.palette_results import PaletteResult

GROUP = "Commands"


def find_commands(query: str, menus: Iterable[QMenu], page_actions: Sequence[QAction]) -> list[PaletteResult]:
    """The commands that can be done now and whose words have the query in them; none without a query."""
    if not query:
        return []
    wanted = alike(query)
    named = [named for menu in menus for named in _of_menu(menu)]
    named += [(plain(action.text()), action) for action in page_actions]
    found: dict[str, PaletteResult] = {}
    for words, action in named:
        if words and action.isEnabled() and wanted in alike(words):
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            found.setdefault(words, PaletteResult(GROUP, words, action.trigger, shortcut=keys))
    return list(found.values())


def _of_menu(menu: QMenu, before: str = "") -> Iterator[tuple[str, QAction]]:
    """The commands of a menu; those of a menu in it begin with its words: "Theme: Dark"."""
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            yield from _of_menu(inner, f"{plain(action.text())}: ")
        elif not action.isSeparator():
            yield f"{before}{plain(action.text())}", action


def plain(text: str) -> str:
    """The words of an action without the signs that a menu needs."""
    return text.replace("&", "").removesuffix("…")
