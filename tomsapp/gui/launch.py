"""The way into the window, before anything of Qt is loaded."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tomsapp.services.garbage import hold_garbage


def launch(database: str | None, menus: Sequence[Path]) -> int:
    """Open the window and stay until it is closed; gives the exit status."""
    hold_garbage()
    from tomsapp.gui.application import run_window

    return run_window(database, menus)
