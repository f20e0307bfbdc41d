"""When the program looks for garbage: not before its window is there."""

from __future__ import annotations

import gc


def hold_garbage() -> None:
    """Look for no garbage until the window is there: what is made until then stays, and looking takes a tenth of it."""
    gc.disable()


def collect_garbage() -> None:
    """Look for garbage from now on, and pass over all that was made until now."""
    gc.freeze()
    gc.enable()
