"""The facts of any kind of record as JSON holds them, by the record's declaration: numbers and days as text."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from tomsapp.domain.delivery.quarters import QUARTERS, Quarter
from tomsapp.domain.errors import TomsError
from tomsapp.domain.facts import APART, Fact, FactKind
from tomsapp.domain.record_type import RecordType
from tomsapp.exchange.numbers import plain_number


class NoRecord(TomsError):
    """A value that is none of the facts that were to be read."""


def fact_values(kind: RecordType[Any], record: object) -> dict[str, object]:
    """The facts of a record by name, as its row keeps them."""
    return {
        fact.name: json_value(fact.kept(getattr(record, fact.name))) for fact in kind.facts if fact.kind not in APART
    }


def json_value(value: object) -> object:
    """A kept value as JSON holds it: exact numbers and days as text."""
    if isinstance(value, Decimal):
        return plain_number(value)
    return value.isoformat() if isinstance(value, date) else value


def facts_in(kind: RecordType[Any], values: object) -> dict[str, Any]:
    """The facts by name, from what `fact_values` wrote.

    Raises:
        NoRecord: one is missing, or is none.
    """
    held = table_in(values)
    return {fact.name: _value(fact, held) for fact in kind.facts if fact.kind not in APART}


_TYPES: Mapping[FactKind, type] = {FactKind.YES_NO: bool, FactKind.WHOLE: int}
"""The types in which JSON holds the facts of these kinds; those of all others are text."""


def _value(fact: Fact, values: Mapping[str, object]) -> Any:
    if fact.name not in values:
        raise NoRecord(f"There is no “{fact.name}”")
    value = values[fact.name]
    if value is not None and type(value) is not _TYPES.get(fact.kind, str):
        raise NoRecord(f"“{fact.name}” is of another kind")
    try:
        return fact.of_kept(value)
    except (ValueError, InvalidOperation) as error:
        raise NoRecord(f"“{fact.name}” cannot be read") from error


def table_in(value: object) -> Mapping[str, object]:
    """A value that is to be a table.

    Raises:
        NoRecord: it is none.
    """
    if not isinstance(value, dict):
        raise NoRecord("A part is no table")
    return value


def text_in(values: Mapping[str, object], name: str) -> str:
    """A text of a table.

    Raises:
        NoRecord: it is none.
    """
    value = values.get(name)
    if not isinstance(value, str):
        raise NoRecord(f"“{name}” is no text")
    return value


def quarter_values(quarter: Quarter | None) -> object:
    """A contract quarter as JSON holds it: the first year is 1."""
    return None if quarter is None else {"year": quarter.year + 1, "quarter": quarter.number}


def quarter_in(value: object) -> Quarter | None:
    """The quarter that `quarter_values` wrote.

    Raises:
        NoRecord: it is none.
    """
    if value is None:
        return None
    held = table_in(value)
    year, number = held.get("year"), held.get("quarter")
    if type(year) is not int or type(number) is not int or year < 1 or not 1 <= number <= QUARTERS:
        raise NoRecord("A quarter cannot be read")
    return Quarter(year - 1, number)
