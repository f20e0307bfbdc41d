"""The way into the window, before anything of Qt is loaded."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from tomsapp.services.garbage import hold_garbage

_WITHOUT_QT = (
    "tomsapp.bootstrap",
    "tomsapp.config.recents",
    "tomsapp.domain.alike",
    "tomsapp.domain.signs",
    "tomsapp.services.addresses",
    "tomsapp.services.progress",
)


def make_ready() -> None:
    """Load first what needs no Qt: Qt's own import reads the source of every module that is loaded after it."""
    hold_garbage()
    for name in _WITHOUT_QT:
        import_module(name)


def launch(database: str | None, menus: Sequence[Path]) -> int:
    """Open the window and stay until it is closed; gives the exit status."""
    make_ready()
    from tomsapp.gui.application import run_window

    return run_window(database, menus)
