"""What one of a few is: a member of an enum, or what is like one."""

from collections.abc import Iterator
from typing import Any, Protocol, TypeVar

C_co = TypeVar("C_co", bound="Choice", covariant=True)


class Choice(Protocol):
    """One of a few: an enum's member, or what is like one."""

    @property
    def value(self) -> Any:
        """What files and the database call it."""


class Choices(Protocol[C_co]):
    """What can be chosen: an enum, or what is like one."""

    def __iter__(self) -> Iterator[C_co]:
        """Each choice, in the order of a form."""

    def __call__(self, value: Any, /) -> C_co:
        """The choice that files and the database call `value`."""
