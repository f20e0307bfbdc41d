"""One column of a table, declared as data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic, Literal, TypeVar

from tomsapp.domain.signs import shown
from tomsapp.domain.wording import format_change, format_pounds

Row = TypeVar("Row")
Align = Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """How a table shows one property of its rows.

    Money is right-aligned; a column without width takes what is left (one a table).
    """

    key: str
    title: str
    text: Callable[[Row], str]
    """What the cell shows."""
    sort_key: Callable[[Row], Any] | None = None
    """Value to sort by, of one type in all rows; None sorts last. The text if left out."""
    align: Align = "left"
    width: int | None = None
    """Width in px at 100 % text size."""
    second_line: Callable[[Row], str] | None = None
    """Muted text under the first line; compact density shows it as a tooltip."""
    accessible: Callable[[Row], str] | None = None
    """What a screen reader says instead of the text."""
    tone: Callable[[Row], str] | None = None
    """Token of the text colour: "text", "text_muted", "success", "warning", "danger"."""
    icon: Callable[[Row], str | None] | None = None
    """Name of an icon before the text, in the tone's mark colour."""
    is_link: bool = False
    """The figure can be explained: link colour, dotted underline, Ctrl+Enter."""
    is_strong: bool = False
    bar: Callable[[Row], Any] | None = None
    """The parts of a bar that is painted before the text; the text and other columns say the same."""
    is_searched: bool = True
    """Whether typing in the table's search looks in this column."""
    starts_hidden: bool = False
    can_hide: bool = True

    def __post_init__(self) -> None:
        """Show signs that turn the direction of reading as their codes, whatever the column is made of."""
        for name in ("text", "second_line", "accessible"):
            words = getattr(self, name)
            if words is not None:
                object.__setattr__(self, name, lambda row, words=words: shown(words(row)))


def number_column(
    key: str,
    title: str,
    text: Callable[[Row], str],
    number: Callable[[Row], Any],
    width: int,
    *,
    is_link: bool = False,
    is_strong: bool = False,
) -> Column[Row]:
    """Numbers as `text` says them, at the right and in the order of what `number` gives; no search looks there."""
    return Column(
        key,
        title,
        text,
        number,
        align="right",
        width=width,
        is_link=is_link,
        is_strong=is_strong,
        is_searched=False,
    )


def count_column(
    key: str, title: str, count: Callable[[Row], int], width: int = 110, *, is_link: bool = False
) -> Column[Row]:
    """How many there are of something."""
    return number_column(key, title, lambda row: f"{count(row):,}", count, width, is_link=is_link)


def pounds_column(
    key: str, title: str, amount: Callable[[Row], Decimal | None], width: int, *, none: str = "", is_link: bool = False
) -> Column[Row]:
    """Pounds; `none` stands where there are none."""

    def text(row: Row) -> str:
        return none if (pounds := amount(row)) is None else format_pounds(pounds)

    return number_column(key, title, text, amount, width, is_link=is_link)


def change_column(difference: Callable[[Row], Decimal]) -> Column[Row]:
    """The difference of two columns of pounds, with its sign."""

    def text(row: Row) -> str:
        return format_change(change) if (change := difference(row)) else format_pounds(change)

    return number_column("difference", "Difference", text, difference, 120, is_strong=True)
