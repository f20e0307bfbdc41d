"""The way into the window, before anything of Qt is loaded."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType

from tomsapp.services.garbage import hold_garbage

_PACKAGE = __name__.partition(".")[0] + "."


def make_ready() -> None:
    """Load Qt, so that it reads no source of what is loaded after it."""
    hold_garbage()
    import_module("PySide6.QtCore")
    _read_no_sources()


def _read_no_sources() -> None:
    """Tell PySide, without the source of each module that is loaded, whether the module uses Qt.

    It would read every one of them, and keep its text for as long as the program runs, to find out whether PySide6 is
    named there: only a module that names it could ask for its "features", such as other names of methods. Nothing here
    asks for one. A PySide that finds out in another way does so.
    """
    features = sys.modules.get("shibokensupport.feature")
    if hasattr(features, "_mod_uses_pyside"):
        setattr(features, "_mod_uses_pyside", _may_use_qt)  # noqa: B010 - it is no name of ours to be declared


def _may_use_qt(module: ModuleType) -> bool:
    return module.__name__.startswith(_PACKAGE)


def launch_bidder(file: Path) -> int:
    """Open the window of a bidder and stay until it is closed; gives the exit status."""
    make_ready()
    from tomsapp.gui.application import run_bidder

    return run_bidder(file)


def launch(database: str | None, menus: Sequence[Path]) -> int:
    """Open the window and stay until it is closed; gives the exit status."""
    make_ready()
    from tomsapp.gui.application import run_window

    return run_window(database, menus)
