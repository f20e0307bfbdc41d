"""When the program looks for garbage: not before its window is there."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import Qt


def hold_garbage() -> None:
    """Look for no garbage until the window is there: what is made until then stays, and looking takes a tenth of it."""
    gc.disable()


_PACE = (10_000, 1, 200)
"""How much is made between two looks at what is youngest, younger and old.

Every thread stands still meanwhile: 10 ms for what is young, and 100 ms or more for all that is old.
"""


def collect_garbage() -> None:
    """Look for garbage from now on, seldom at what is old, such as all that was made until now."""
    from tomsapp.services.bulk_work import put_with_the_oldest

    put_with_the_oldest()
    gc.set_threshold(*_PACE)
    gc.enable()


def look_at_all(state: Qt.ApplicationState) -> None:
    """Look at what is old too, while the user is in another program."""
    if state.name != "ApplicationActive":
        gc.collect()
