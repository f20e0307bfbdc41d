"""Facts of a record that are worked out when they are first asked for.

Thousands of contracts are checked one after another, and of most Problems found nobody reads the words. A record made
with `later` is equal to the one that holds the same facts from the start.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeVar

R = TypeVar("R", bound="Later")


class Later:
    """A frozen record with slots, some of which may be filled when they are first asked for."""

    __slots__ = ("_work_out",)

    if not TYPE_CHECKING:  # The type checker knows a record by its fields alone.

        def __getattr__(self, name: str) -> object:
            # Reached where a slot is empty, and for names that no record has.
            if name == "_work_out":
                return None
            work_out = self._work_out
            missing = work_out() if work_out is not None else {}
            if name not in missing:
                raise AttributeError(f"{type(self).__name__} has no {name}")
            for fact, value in missing.items():
                object.__setattr__(self, fact, value)
            return missing[name]


def later(kind: type[R], work_out: Callable[[], Mapping[str, object]], **facts: object) -> R:
    """A record with these facts; `work_out` gives all others by their names."""
    record = object.__new__(kind)
    for name, value in facts.items():
        object.__setattr__(record, name, value)
    object.__setattr__(record, "_work_out", work_out)
    return record


def is_later(record: Later) -> bool:
    """Whether some facts of a record were left to be worked out."""
    return record._work_out is not None  # type: ignore[attr-defined] # noqa: SLF001 - the slot of this very module
