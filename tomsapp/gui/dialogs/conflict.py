"""What an editor tells where somebody else saved a record first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tomsapp.domain.history import Stored


@dataclass(frozen=True, slots=True)
class Conflict:
    """Both versions of a record that somebody else saved first, and what to call for either choice."""

    mine: Any
    theirs: Stored[Any]
    keep_theirs: Callable[[], None]
    save_mine: Callable[[], None]
