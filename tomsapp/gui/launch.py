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


def launch_documents(paths: Sequence[Path], *, in_new_window: bool = False) -> int:
    """Open files: in the window that is open already, else in one of its own; gives the exit status."""
    from tomsapp.config.running import BIDDER, WINDOW, hand_over
    from tomsapp.services.documents import is_for_bidders

    whole = [path.absolute() for path in paths]
    are_for_bidders = all(map(is_for_bidders, whole))
    roles = (BIDDER, WINDOW) if are_for_bidders else (WINDOW,)
    if not in_new_window and any(hand_over(role, whole) for role in roles):
        return 0
    if are_for_bidders:
        return launch_bidders(whole)
    return launch(None, (), whole)


def launch_bidders(files: Sequence[Path]) -> int:
    """Open the windows of a bidder and stay until they are closed; gives the exit status."""
    make_ready()
    from tomsapp.gui.application import run_bidders

    return run_bidders(files)


def launch_or_show(menus: Sequence[Path]) -> int:
    """Bring the window that is open already to the front, or open one, and stay until it is closed."""
    from tomsapp.config.running import WINDOW, hand_over

    return 0 if not menus and hand_over(WINDOW, ()) else launch(None, menus)


def launch(database: str | None, menus: Sequence[Path], files: Sequence[Path] = ()) -> int:
    """Open the window, with files or without, and stay until it is closed; gives the exit status."""
    make_ready()
    from tomsapp.gui.application import run_window

    return run_window(database, menus, files)
