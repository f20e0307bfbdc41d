"""Acts that are taken back by acts of their own: which of them still stand."""

from collections.abc import Iterable
from enum import Enum
from typing import Protocol, TypeVar


class Reversible(Protocol):
    """An act that another one can take back: `reverses` is the number of the act that it takes back itself."""

    @property
    def id(self) -> int:
        """Its number, which rises in the order in which the database took acts in."""

    @property
    def kind(self) -> Enum:
        """What was done."""

    @property
    def reverses(self) -> int | None:
        """The number of the act that it takes back; None where it takes back none."""


A = TypeVar("A", bound=Reversible)


def still_standing(acts: Iterable[A], take_back: Enum) -> tuple[A, ...]:
    """The acts that were not taken back, in the order in which the database took them in, without the takings back."""
    known = list(acts)
    gone = {act.reverses for act in known if act.kind is take_back}
    left = (act for act in known if act.kind is not take_back and act.id not in gone)
    return tuple(sorted(left, key=lambda act: act.id))
