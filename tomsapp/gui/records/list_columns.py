"""Columns and filters of a list, on the screen and in files, made from the facts of its records."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar

from tomsapp.domain.facts import Fact, FactKind, Listed
from tomsapp.domain.keys import KeyKind, Names
from tomsapp.domain.record_type import RecordType
from tomsapp.gui.models.column import Column
from tomsapp.gui.models.column import count_column as count
from tomsapp.services.table_files import Cell, ColumnKind

Row = TypeVar("Row")

_WIDTHS = {
    FactKind.CHOICE: 150,
    FactKind.YES_NO: 130,
    FactKind.POUNDS: 140,
    FactKind.QUANTITY: 110,
    FactKind.WHOLE: 110,
    FactKind.SHARE: 90,
    FactKind.DAY: 150,
    FactKind.LINK: 210,
    FactKind.SEVERAL: 320,
}
_USUAL_WIDTH = 170
_IN_FILES = {
    FactKind.POUNDS: ColumnKind.POUNDS,
    FactKind.QUANTITY: ColumnKind.QUANTITY,
    FactKind.WHOLE: ColumnKind.WHOLE,
    FactKind.SHARE: ColumnKind.PERCENT,
    FactKind.DAY: ColumnKind.DATE,
}
_NUMBERS = frozenset({FactKind.POUNDS, FactKind.QUANTITY, FactKind.WHOLE, FactKind.SHARE})
_SORTED_BY_VALUE = _NUMBERS | {FactKind.DAY}


@dataclass(frozen=True, slots=True)
class ListColumn(Generic[Row]):
    """One column of a list: how the table shows it, and the cell and kind of it in an exported file."""

    shown: Column[Row]
    cell: Callable[[Row], Cell]
    kind: ColumnKind = ColumnKind.TEXT

    @property
    def key(self) -> str:
        """Its name."""
        return self.shown.key


@dataclass(frozen=True, slots=True)
class ListFilter(Generic[Row]):
    """A filter of a list: rows pass whose value was chosen. Without `options` it offers the texts that rows have."""

    key: str
    label: str
    value: Callable[[Row], Hashable]
    options: tuple[tuple[object, str], ...] = ()


@dataclass(frozen=True, slots=True)
class FactColumns(Generic[Row]):
    """What a list needs beside the facts themselves, all by the name of a fact.

    Attributes:
        record_of: the record in a row.
        values: what stands in a column in the place of the fact, from the row.
        looks: what is another in a column than its fact alone says: its width, icon, second line.
        first: facts whose columns stand before the others.
        names: what the keys of its facts are called, from the row.
    """

    kind: RecordType[Any]
    record_of: Callable[[Row], Any]
    values: Mapping[str, Callable[[Row], Any]] = field(default_factory=dict)
    looks: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    first: tuple[str, ...] = ()
    names: Callable[[Row], Mapping[KeyKind, Names]] | None = None

    def columns(self) -> tuple[ListColumn[Row], ...]:
        """A column for each fact that is listed; the first fact's takes what is left and always stays."""
        facts = [fact for fact in self.kind.facts if fact.listed is not Listed.NO and fact.kind is not FactKind.OWN]
        facts.sort(key=lambda fact: self.first.index(fact.name) if fact.name in self.first else len(self.first))
        return tuple(self._column(fact) for fact in facts)

    def filters(self) -> tuple[ListFilter[Row], ...]:
        """A filter for each fact that is one."""
        return tuple(
            ListFilter(fact.name, fact.label, self._value(fact), _options(fact))
            for fact in self.kind.facts
            if fact.is_filter
        )

    def _value(self, fact: Fact) -> Callable[[Row], Any]:
        if fact.name in self.values:
            return self.values[fact.name]
        record_of, name = self.record_of, fact.name
        return lambda row: getattr(record_of(row), name)

    def _names(self, fact: Fact) -> Callable[[Row], Names] | None:
        names, keys = self.names, fact.keys
        return None if names is None or keys is None else lambda row: names(row).get(keys, {})

    def _column(self, fact: Fact) -> ListColumn[Row]:
        made = fact_column(fact, self._value(fact), is_main=fact is self.kind.facts[0], names=self._names(fact))
        looks = self.looks.get(fact.name)
        return replace(made, shown=replace(made.shown, **looks)) if looks else made


def fact_column(
    fact: Fact,
    value: Callable[[Row], Any],
    *,
    is_main: bool = False,
    is_own: bool = False,
    names: Callable[[Row], Names] | None = None,
) -> ListColumn[Row]:
    """The column of one fact.

    `is_main`: it takes what is left of the width and cannot be hidden; `is_own`: it is the list's own and shown;
    `names`: what its keys are called, from the row.
    """

    def words(row: Row) -> str:
        return fact.words(value(row), names(row) if names else None)

    kind = _IN_FILES.get(fact.kind, ColumnKind.TEXT)
    shown: Column[Row] = Column(
        fact.name,
        fact.label,
        words,
        sort_key=value if fact.kind in _SORTED_BY_VALUE else None,
        align="right" if fact.kind in _NUMBERS else "left",
        width=None if is_main else _WIDTHS.get(fact.kind, _USUAL_WIDTH),
        is_searched=fact.kind not in _NUMBERS and fact.kind is not FactKind.YES_NO,
        starts_hidden=fact.listed is Listed.HIDDEN and not is_main and not is_own,
        can_hide=not is_main,
    )
    is_text = kind is ColumnKind.TEXT
    return ListColumn(shown, words if is_text else value, kind)


def count_column(key: str, title: str, value: Callable[[Row], int], width: int = 110) -> ListColumn[Row]:
    """A column that says how many there are of something that is no fact."""
    return ListColumn(count(key, title, value, width), value, ColumnKind.WHOLE)


def _options(fact: Fact) -> tuple[tuple[object, str], ...]:
    if fact.kind is FactKind.YES_NO:
        return ((True, "Yes"), (False, "No"))
    return tuple((member, str(getattr(member, "words", member.value))) for member in fact.choices or ())
