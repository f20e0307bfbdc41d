"""The facts of a record, declared once.

Form, list, side panel, both versions in a conflict, history, search, import, export and the row in the database all
take a fact's name, label, kind and words from its declaration. What a record needs beyond that (a reference that
must be free, years that follow the dates) stands in the record's own module.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, TypeVar, assert_never

from tomsapp.domain import typed, typed_days
from tomsapp.domain.choice import Choices
from tomsapp.domain.errors import TomsError
from tomsapp.domain.keys import KeyKind, Names, in_words, read_keys, write_keys
from tomsapp.domain.money import MOST_WHOLE_DIGITS, PENNY_PLACES, decimal_places
from tomsapp.domain.signs import name_fault
from tomsapp.domain.wording import format_date, format_percent, format_pounds, format_quantity

R = TypeVar("R")


MOST_LINE = 1_000
"""The most characters of a line that any file or database keeps; a form may ask for fewer."""
MOST_LONG = 40_000
"""The most characters of a text of several lines: more than a cell of a workbook holds."""


class FactKind(Enum):
    """How a fact is typed, written, kept and sorted."""

    LINE = "line"
    """One line of text."""
    LONG = "long"
    """Text of several lines."""
    CHOICE = "choice"
    """One of a few, each a member of an enum with `words`."""
    YES_NO = "yes_no"
    POUNDS = "pounds"
    """Money to the penny."""
    QUANTITY = "quantity"
    """A number of something, to four decimals."""
    WHOLE = "whole"
    """A whole number of something, nought or more."""
    SHARE = "share"
    """A share of 1, written as a percentage."""
    DAY = "day"
    LINK = "link"
    """Another record, by its number in the row and by its name in the record."""
    SEVERAL = "several"
    """Keys out of what there is, such as wards or measures; the order in which they were chosen means nothing."""
    OWN = "own"
    """A value with parts (spend by year, a picture), whose form, words and rows are the record's own."""


class Listed(Enum):
    """Whether the list of records has a column for a fact."""

    SHOWN = "shown"
    HIDDEN = "hidden"
    """There, and shown when the user chooses the column."""
    NO = "no"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a fact and what to do, for the form that stands beside it.

    `message` begins with "It", or is empty where the fact is missing; `code` is the end of the Problem's code.
    """

    message: str
    fix: str
    code: str = "wrong"

    @property
    def words(self) -> str:
        """What is wrong and what to do, in one line; only what to do where the fact is missing."""
        return f"{self.message}. {self.fix}" if self.message else self.fix


def _choice_words(member: Any) -> str:
    return str(member.words)


def _keys_alone(keys: frozenset[str]) -> str:
    return in_words(keys, {})


def _whole_words(value: int) -> str:
    return f"{value:,}"


def _yes_no_words(value: object) -> str:
    return "Yes" if value else "No"


_WRITERS: Mapping[FactKind, Callable[[Any], str]] = {
    FactKind.YES_NO: _yes_no_words,
    FactKind.POUNDS: format_pounds,
    FactKind.QUANTITY: format_quantity,
    FactKind.WHOLE: _whole_words,
    FactKind.SHARE: format_percent,
    FactKind.DAY: format_date,
    FactKind.CHOICE: _choice_words,
    FactKind.LINE: str,
    FactKind.LONG: str,
    FactKind.LINK: str,
    FactKind.SEVERAL: _keys_alone,
    FactKind.OWN: str,
}
_READERS: Mapping[FactKind, Callable[[str], Any]] = {
    FactKind.YES_NO: typed.read_yes_no,
    FactKind.POUNDS: typed.read_pounds,
    FactKind.QUANTITY: typed.read_quantity,
    FactKind.WHOLE: typed.read_whole,
    FactKind.SHARE: typed.read_share,
    FactKind.DAY: typed_days.read_day,
    FactKind.SEVERAL: read_keys,
}


def _number(value: Any, *, is_whole: bool) -> Decimal | int:
    if is_whole:
        return int(value)
    return value if isinstance(value, Decimal) else Decimal(str(value))


APART = frozenset({FactKind.LINK, FactKind.OWN})
"""Kinds whose values are no column of the record's row: the repository of the record keeps them."""

_TEXTS = frozenset({FactKind.LINE, FactKind.LONG, FactKind.LINK})


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of a record.

    Attributes:
        name: the attribute of the record, and what Problems, history, files and the draft of a form call it.
        label: what people call it.
        hint: what the form says under the label.
        choices: for a choice: the enum whose members can be chosen.
        keys: for several: what they name.
        most: for text: the most characters.
        tick: for yes or no: the words beside the box.
        needed: what to do where it is missing; empty when it may be.
        check: what is wrong with a value that is there, or None.
        is_above_zero: for numbers: nought is none.
        is_typed: whether the form asks for it; a status is changed by an act.
        listed: whether the list has a column for it.
        is_filter: whether the list is filtered by it.
        is_searched: of text: whether the search field looks in it.
        is_name: of a line: whether it names somebody or something, so that one that is drawn like another is asked
            about.
        column: its column in the row, where that is called otherwise.
        keeps_null: whether the row keeps NULL where the record says nothing.
        usual: what goes without saying of a new record; None where nothing does.
        is_fixed_by_signing: of a contract: whether signing fixes it until the contract is reopened.
        said: what a sentence about it calls it, where that is not its label.
        echo: how the form says back what was typed, with {} for the value.
        revision: the migration that made its column.
    """

    name: str
    label: str
    kind: FactKind = FactKind.LINE
    hint: str = ""
    choices: Choices[Any] | None = None
    keys: KeyKind | None = None
    most: int = 200
    tick: str = ""
    needed: str = ""
    check: Callable[[Any], Fault | None] | None = None
    is_above_zero: bool = False
    is_typed: bool = True
    listed: Listed = Listed.HIDDEN
    is_filter: bool = False
    is_searched: bool = True
    is_name: bool = False
    column: str = ""
    keeps_null: bool = False
    usual: Any = None
    is_fixed_by_signing: bool = True
    said: str = ""
    echo: str = "{}"
    revision: str = "0001"

    # In words

    def words(self, value: Any, names: Names | None = None) -> str:
        """The value as people read it; nothing where there is none. `names` are those of keys."""
        if value is None or value == "":
            return ""
        if self.kind is FactKind.SEVERAL and names:
            return in_words(value, names)
        return _WRITERS[self.kind](value)

    # As it is typed

    def text(self, value: Any) -> str:
        """The value as it stands in a field that can be typed into."""
        if value is None:
            return ""
        match self.kind:
            case FactKind.POUNDS:
                return "" if self.is_above_zero and not value else f"{value:,.2f}"
            case FactKind.CHOICE:
                return str(value.value)
            case FactKind.LINE | FactKind.LONG | FactKind.LINK | FactKind.OWN:
                return self.words(value)
            case FactKind.YES_NO | FactKind.QUANTITY | FactKind.WHOLE | FactKind.SHARE | FactKind.DAY:
                return self.words(value)
            case FactKind.SEVERAL:
                return write_keys(value)
            case _:
                assert_never(self.kind)

    def read(self, text: str) -> Any:
        """The value that was typed; nothing typed is no value, "" for text and no keys for several.

        Raises:
            TomsError: it cannot be read; what to write instead.
        """
        text = text.strip()
        if self.kind in _TEXTS:
            return text
        if self.kind is FactKind.CHOICE:
            return self._chosen(text) if text else None
        return _READERS[self.kind](text) if text or self.keys else None

    def _chosen(self, text: str) -> Any:
        for member in self.offered:
            if text.casefold() in {str(member.value).casefold(), str(getattr(member, "words", "")).casefold()}:
                return member
        offered = ", ".join(str(getattr(member, "words", member.value)) for member in self.offered)
        raise TomsError(f"“{text}” is none of the choices", f"Enter one of: {offered}")

    @property
    def offered(self) -> Choices[Any]:
        """What can be chosen.

        Raises:
            TypeError: it is no choice.
        """
        if self.choices is None:
            raise TypeError(self.name)
        return self.choices

    @property
    def key_kind(self) -> KeyKind:
        """What its keys name.

        Raises:
            TypeError: it has no keys.
        """
        if self.keys is None:
            raise TypeError(self.name)
        return self.keys

    # As it is kept

    @property
    def column_name(self) -> str:
        """The column of its row."""
        return self.column or self.name

    def kept(self, value: Any) -> Any:
        """The value as its row keeps it."""
        if value is None or (self.keeps_null and value == ""):
            return None
        match self.kind:
            case FactKind.CHOICE:
                return value.value
            case FactKind.SEVERAL:
                return write_keys(value)
            case FactKind.POUNDS | FactKind.QUANTITY | FactKind.SHARE:
                return value
            case FactKind.WHOLE | FactKind.DAY | FactKind.YES_NO:
                return value
            case FactKind.LINE | FactKind.LONG | FactKind.LINK | FactKind.OWN:
                return value
            case _:
                assert_never(self.kind)

    def of_kept(self, value: Any) -> Any:
        """The record's value from what its row, its history or a file keeps: days and numbers may be text there."""
        if value is None:
            return "" if self.kind in _TEXTS else None
        match self.kind:
            case FactKind.CHOICE:
                return self.offered(value)
            case FactKind.SEVERAL:
                return read_keys(str(value))
            case FactKind.DAY:
                return value if isinstance(value, date) else date.fromisoformat(str(value))
            case FactKind.POUNDS | FactKind.QUANTITY | FactKind.SHARE | FactKind.WHOLE:
                return _number(value, is_whole=self.kind is FactKind.WHOLE)
            case FactKind.LINE | FactKind.LONG | FactKind.YES_NO | FactKind.LINK | FactKind.OWN:
                return value
            case _:
                assert_never(self.kind)

    # What is wrong with it

    def fault(self, value: Any) -> Fault | None:
        """What is wrong with the value, or None."""
        is_text = isinstance(value, str)
        if value is None or (is_text and not value.strip()) or (self.kind is FactKind.SEVERAL and not value):
            return Fault("", self.needed, "missing") if self.needed else None
        if is_text:
            found = self.line_fault(value)
        else:
            is_number = isinstance(value, Decimal) or self.kind is FactKind.WHOLE
            found = self._number_fault(Decimal(value)) if is_number else None
        return found or (self.check(value) if self.check else None)

    def line_fault(self, text: str) -> Fault | None:
        """What is wrong with a text as one line, however it came in: it is too long, or has signs that are not seen."""
        if len(text) > self.most and self.kind is not FactKind.LONG:
            return Fault(f"It has more than {self.most} characters", "Shorten it", "too-long")
        if self.kind is FactKind.LINE and (unseen := name_fault(text)):
            return Fault(unseen, "Take it out, or type the words anew", "unseen")
        return None

    def _number_fault(self, value: Decimal) -> Fault | None:
        if self.is_above_zero and value <= 0:
            return Fault("It is not above zero", "Enter more than 0", "missing")
        if value < 0:
            return Fault("It is below zero", "Enter 0 or more", "negative")
        if value and value.adjusted() >= MOST_WHOLE_DIGITS:
            message = f"It has more than {MOST_WHOLE_DIGITS} digits before the point"
            return Fault(message, "Check how many zeros it has", "too-large")
        if self.kind is FactKind.POUNDS and decimal_places(value) > PENNY_PLACES:
            return Fault("It has parts of a penny", "Enter two decimals, for example 4200000.00", "too-precise")
        return None
