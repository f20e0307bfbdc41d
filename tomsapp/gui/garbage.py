"""When the program looks for garbage: not before its window is there."""

from __future__ import annotations

import gc


def hold_garbage() -> None:
    """Look for no garbage until the window is there: what is made until then stays, and looking takes a tenth of it."""
    gc.disable()


_SELDOM = (10_000, 10, 20)
"""How much is made between two looks at what is youngest, younger and old.

Every thread stands still meanwhile. At Python's own pace one look at all that a portfolio of 10,000 contracts is made
of takes 150 ms of the processor, three times while it is read; at this pace none is needed, and none takes over 15 ms.
"""


def collect_garbage() -> None:
    """Look for garbage from now on, seldom, and pass over all that was made until now."""
    gc.freeze()
    gc.set_threshold(*_SELDOM)
    gc.enable()
