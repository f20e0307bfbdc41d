"""Reads and searches the facts of any kind of record, straight from the columns that they are declared to have."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from tomsapp.domain.alike import alike
from tomsapp.domain.facts import APART, Fact, FactKind
from tomsapp.domain.record_type import RecordType
from tomsapp.store.alike import Alike
from tomsapp.store.tables import Row

R = TypeVar("R")
_LINKED = {"supplier": ("supplier", "name")}
"""Facts that are another record: its table, and the column with its name."""
_WORDS = frozenset({FactKind.LINE, FactKind.LONG})


class FactReader:
    """The columns of a kind's facts, and the facts that are in a row that begins with them.

    Ten thousand rows are read at once for a list, so what to do with each column is settled beforehand.
    """

    def __init__(self, kind: RecordType[Any]) -> None:
        table = Row.metadata.tables[kind.key]
        facts = [fact for fact in kind.facts if fact.kind not in APART]
        self.columns = [table.c[fact.column_name] for fact in facts]
        self.width = len(facts)
        self._names = [fact.name for fact in facts]
        self._readers = [(fact.name, reader) for fact in facts if (reader := _reader(fact)) is not None]

    def facts(self, row: Sequence[Any]) -> dict[str, Any]:
        """The facts by name, from a row whose first values are those of `columns`."""
        facts = dict(zip(self._names, row, strict=False))
        for name, read in self._readers:
            facts[name] = read(facts[name])
        return facts


def _reader(fact: Fact) -> Callable[[Any], Any] | None:
    """What makes the record's value of a column's, or None where they are the same: dates and numbers come ready."""
    if fact.choices is not None:
        members: dict[str | None, Enum | None] = {None: None, **{member.value: member for member in fact.choices}}
        return members.__getitem__
    if fact.kind is FactKind.SEVERAL:
        return fact.of_kept
    if fact.kind in _WORDS and fact.keeps_null:
        return lambda value: value or ""
    return None


@dataclass(frozen=True, slots=True)
class SearchHit(Generic[R]):
    """A record that a search found: its number, its facts, and those in which a word of the search stands."""

    id: int
    record: R
    found_in: tuple[Fact, ...]


def find_records(connection: Connection, kind: RecordType[R], text: str, limit: int) -> list[SearchHit[R]]:
    """The records in whose facts every word stands, whatever case, accents and marks, by their first fact."""
    words = alike(text).split()
    if not words:
        return []
    table = Row.metadata.tables[kind.key]
    reader = FactReader(kind)
    links = [fact for fact in kind.facts if fact.kind is FactKind.LINK]
    source: Any = table
    searched = [(fact, table.c[fact.column_name]) for fact in kind.facts if _is_searched(fact)]
    names = []
    for fact in links:
        linked, name = _LINKED[fact.name]
        other = Row.metadata.tables[linked].alias(fact.name)
        source = source.outerjoin(other, other.c.id == table.c[fact.column_name])
        names.append(func.coalesce(other.c[name], ""))
        searched.append((fact, other.c[name]))
    query = (
        select(*reader.columns, *names, table.c.id)
        .select_from(source)
        .where(table.c.deleted.is_(False), *(_stands(word, [column for _, column in searched]) for word in words))
        .order_by(func.lower(searched[0][1]), table.c.id)
        .limit(limit)
    )
    return [_hit(kind, reader, links, words, row) for row in connection.execute(query)]


def _is_searched(fact: Fact) -> bool:
    return fact.kind in _WORDS and fact.is_searched


def _stands(word: str, columns: Sequence[Any]) -> ColumnElement[bool]:
    return or_(*(Alike(column).contains(word, autoescape=True) for column in columns))


def _hit(
    kind: RecordType[R], reader: FactReader, links: Sequence[Fact], words: Sequence[str], row: Sequence[Any]
) -> SearchHit[R]:
    facts = reader.facts(row) | {fact.name: row[reader.width + at] for at, fact in enumerate(links)}
    found_in = tuple(
        fact
        for fact in kind.facts
        if (_is_searched(fact) or fact in links) and any(word in alike(str(facts[fact.name])) for word in words)
    )
    return SearchHit(row[-1], kind.make(**facts), found_in)
