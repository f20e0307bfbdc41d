"""Loads modules that are not needed for the first paint: never two at once, whichever thread asks."""

from __future__ import annotations

import sys
import threading
from importlib import import_module
from types import ModuleType

_ONE_AT_A_TIME = threading.RLock()


def load_module(name: str) -> ModuleType:
    """A module and all that it imports; one that is being loaded in another thread is waited for."""
    with _ONE_AT_A_TIME:
        return import_module(name)


def is_loaded(name: str) -> bool:
    """Whether a module can be had at once; while another is being loaded it cannot."""
    is_free = _ONE_AT_A_TIME.acquire(blocking=False)
    if is_free:
        _ONE_AT_A_TIME.release()
    return is_free and name in sys.modules
