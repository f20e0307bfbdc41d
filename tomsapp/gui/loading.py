"""Loads modules that are not needed for the first paint: never two at once, whichever thread asks."""

from __future__ import annotations

import threading
from importlib import import_module
from types import ModuleType

_ONE_AT_A_TIME = threading.RLock()


def load_module(name: str) -> ModuleType:
    """A module and all that it imports; one that is being loaded in another thread is waited for."""
    with _ONE_AT_A_TIME:
        return import_module(name)
