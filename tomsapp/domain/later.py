"""Facts of a record that are worked out when they are first asked for.

Thousands of contracts are checked one after another, and of most Problems found nobody reads the words. A record made
with `later` is equal to the one that holds the same facts from the start.
"""

from collections.abc import Callable, Mapping
from typing import TypeVar

R = TypeVar("R", bound="Later")


class Later:
    """A frozen record with slots, some of which may be filled when they are first asked for."""

    __slots__ = ("_work_out",)

    _work_out: Callable[[], Mapping[str, object]] | None


_fill = object.__setattr__
"""Fills a slot of a frozen record."""


def _missing(record: Later, name: str) -> object:
    """The fact of an empty slot; asked for too where a record has no such name."""
    if name == "_work_out":
        return None
    work_out = record._work_out  # noqa: SLF001 - the slot of this very module
    missing = work_out() if work_out is not None else {}
    if name not in missing:
        raise AttributeError(f"{type(record).__name__} has no {name}")
    for fact, value in missing.items():
        _fill(record, fact, value)
    return missing[name]


# Set from outside, so that the type checker knows a record by its fields alone.
setattr(Later, "__getattr__", _missing)  # noqa: B010


def later(kind: type[R], work_out: Callable[[], Mapping[str, object]], **facts: object) -> R:
    """A record with these facts; `work_out` gives all others by their names."""
    record = object.__new__(kind)
    for name, value in facts.items():
        _fill(record, name, value)
    _fill(record, "_work_out", work_out)
    return record


def is_later(record: Later) -> bool:
    """Whether some facts of a record were left to be worked out."""
    return record._work_out is not None  # noqa: SLF001 - the slot of this very module
