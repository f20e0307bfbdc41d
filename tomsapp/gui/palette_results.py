"""What the command palette finds, and who finds it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class PaletteResult(NamedTuple):
    """One thing that was found: where it belongs, its words, and what opening it does."""

    group: str
    title: str
    open: Callable[[], object]
    detail: str = ""
    icon: str = "arrow-up-right"
    shortcut: str = ""


class PaletteProvider(NamedTuple):
    """Finds results for a query; one that asks the database is run off the window's thread."""

    find: Callable[[str], list[PaletteResult]]
    asks_database: bool = False
