"""The way into the window, before anything of Qt is loaded."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from pathlib import Path


def hold_garbage() -> None:
    """Look for no garbage until the window is there: what is made until then stays, and looking takes a tenth of it."""
    gc.disable()


def collect_garbage() -> None:
    """Look for garbage from now on, and pass over all that was made until now."""
    gc.freeze()
    gc.enable()


def launch(database: str | None, menus: Sequence[Path]) -> int:
    """Open the window and stay until it is closed; gives the exit status."""
    hold_garbage()
    from tomsapp.gui.application import run_window

    return run_window(database, menus)
