"""When the program looks for garbage: every thread stands still meanwhile."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_PACE = (10_000, 1, 200)
"""How much is made between two looks at what is youngest, younger and old: 10 ms for what is young, 100 ms for all."""


def hold_garbage() -> None:
    """Look for no garbage until the window is there: what is made until then stays, and looking takes a tenth of it."""
    gc.disable()


def collect_garbage() -> None:
    """Look for garbage from now on, seldom at what is old, such as all that was made until now."""
    _put_with_the_oldest()
    gc.set_threshold(*_PACE)
    gc.enable()


def look_at_all() -> None:
    """Look at what is old too, at a time when nobody waits."""
    gc.collect()


@contextmanager
def without_looking_for_garbage() -> Iterator[None]:
    """Look for no garbage meanwhile: a million rows come and go, and none of them holds another in a circle.

    To look between them would take as long as the work. What is left of it stays for long and is put with the oldest.
    """
    was_looked_for = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_looked_for:
            _put_with_the_oldest()
            gc.enable()


def _put_with_the_oldest() -> None:
    """Put all that there is with what is looked at least often."""
    gc.freeze()
    gc.unfreeze()
