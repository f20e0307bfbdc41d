"""Facts of a record that are worked out when they are first asked for.

Thousands of contracts are checked one after another, and of most Problems found nobody reads the words. A record made
with `later` is equal to the one that holds the same facts from the start.
"""

from collections.abc import Callable, Mapping
from types import MemberDescriptorType
from typing import TypeVar

R = TypeVar("R", bound="Later")

_fill = object.__setattr__
"""Fills a slot of a frozen record."""


class Later:
    """A frozen record with slots, of which those that `may_come_later` names may be filled when first asked for."""

    __slots__ = ("_work_out",)

    _work_out: Callable[[], Mapping[str, object]]


class _LateFact:
    """A slot that is filled when it is first asked for. All other facts keep plain slots, which are read sooner."""

    def __init__(self, slot: MemberDescriptorType) -> None:
        self._slot = slot

    def __get__(self, record: Later, kind: type[Later]) -> object:
        try:
            return self._slot.__get__(record, kind)
        except AttributeError:
            for fact, value in record._work_out().items():  # noqa: SLF001 - the slot of this very module
                _fill(record, fact, value)
            return self._slot.__get__(record, kind)

    def __set__(self, record: Later, value: object) -> None:
        self._slot.__set__(record, value)


def may_come_later(*names: str) -> Callable[[type[R]], type[R]]:
    """Let these facts of a kind of record be worked out when they are first asked for."""

    def let(kind: type[R]) -> type[R]:
        for name in names:
            setattr(kind, name, _LateFact(getattr(kind, name)))
        return kind

    return let


def later(kind: type[R], work_out: Callable[[], Mapping[str, object]], **facts: object) -> R:
    """A record with these facts; `work_out` gives all others by their names."""
    record = object.__new__(kind)
    for name, value in facts.items():
        _fill(record, name, value)
    _fill(record, "_work_out", work_out)
    return record


def is_later(record: Later) -> bool:
    """Whether some facts of a record were left to be worked out."""
    return hasattr(record, "_work_out")
