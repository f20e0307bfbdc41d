"""The table of keys in the user guide, made from the actions that the window has."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tomsapp.gui.main_window import MainWindow
from tomsapp.gui.page import Page
from tomsapp.gui.shortcuts import Shortcut, shortcuts_of

GUIDE = Path(__file__).resolve().parent / "user-guide.md"
_BEGIN, _END = "<!-- shortcuts -->\n", "<!-- end of shortcuts -->"


def all_shortcuts(window: MainWindow, pages: Iterable[tuple[str, Page]]) -> list[Shortcut]:
    """The keys of the menus, of each page (title, page) and of its parts, each once, by group."""
    found: dict[Shortcut, None] = {}
    for title, page in pages:
        found.update(dict.fromkeys(shortcuts_of(window.top_bar.menu_bar, title, page.page_actions())))
    groups = list(dict.fromkeys(shortcut.group for shortcut in found))
    return sorted(found, key=lambda shortcut: groups.index(shortcut.group))


def table_of(shortcuts: list[Shortcut]) -> str:
    """The table in Markdown."""
    rows = [f"| {one.group} | {one.words} | {one.keys} |\n" for one in shortcuts]
    return "".join(["\n| Where | What | Keys |\n", "|---|---|---|\n", *rows, "\n"])


def read_table() -> str:
    """The table as the guide has it."""
    return GUIDE.read_text(encoding="utf-8").split(_BEGIN)[1].split(_END)[0]


def write_table(table: str) -> None:
    """Put the table into the guide."""
    text = GUIDE.read_text(encoding="utf-8")
    before, after = text.split(_BEGIN)[0], text.split(_END)[1]
    GUIDE.write_text(f"{before}{_BEGIN}{table}{_END}{after}", encoding="utf-8")
