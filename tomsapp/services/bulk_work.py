"""Work on so many records at once that looking for garbage between them would take as long as the work."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_looking_for_garbage() -> Iterator[None]:
    """Look for no garbage meanwhile: a million rows come and go, and none of them holds another in a circle."""
    was_looked_for = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_looked_for:
            put_with_the_oldest()
            gc.enable()


def put_with_the_oldest() -> None:
    """Put all that there is with what is looked at least often.

    What is left of much work stays for long, and a look at it holds up every thread.
    """
    gc.freeze()
    gc.unfreeze()
