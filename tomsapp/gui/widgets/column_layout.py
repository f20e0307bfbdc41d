"""How the columns of a table stand, as the preferences keep it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

_WIDEST = 4000


@dataclass(frozen=True, slots=True)
class ColumnLayout:
    """Order, widths at 100 % text size, hidden columns and sort order; every key is that of a column."""

    order: tuple[str, ...]
    widths: dict[str, int]
    hidden: frozenset[str]
    sort: str | None
    is_falling: bool


def read_layout(kept: object, columns: Collection[str]) -> ColumnLayout | None:
    """What was kept, without what is of no column or of another type; None where nothing was kept."""
    if not isinstance(kept, dict) or not kept:
        return None
    widths, sort = kept.get("widths"), kept.get("sort")
    right = {key: width for key, width in widths.items() if type(width) is int} if isinstance(widths, dict) else {}
    hidden = frozenset(_keys(kept.get("hidden"), columns))
    return ColumnLayout(
        _keys(kept.get("order"), columns),
        {key: width for key, width in right.items() if key in columns and 0 < width < _WIDEST},
        # With every column hidden, nobody could ask for one.
        hidden if len(hidden) < len(columns) else frozenset(),
        sort if isinstance(sort, str) and sort in columns else None,
        is_falling=kept.get("falling") is True,
    )


def _keys(kept: object, columns: Collection[str]) -> tuple[str, ...]:
    """Each key once."""
    given = kept if isinstance(kept, list) else []
    return tuple(dict.fromkeys(key for key in given if isinstance(key, str) and key in columns))
