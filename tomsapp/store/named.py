"""Records that people know by their name, in the database."""

from typing import Any, TypeVar

from sqlalchemy import func
from sqlmodel import col, select

from tomsapp.domain.history import Stored
from tomsapp.store.records import RecordRepository
from tomsapp.store.rows import Named

R = TypeVar("R")
NamedT = TypeVar("NamedT", bound=Named)


class NamedRepository(RecordRepository[R, NamedT]):
    """Records in the order of their names, and found by them, within one transaction."""

    def _order(self) -> tuple[Any, ...]:
        return (func.lower(self._row_type.name),)

    def find_by_name(self, name: str) -> Stored[R] | None:
        """The record of this name, in capitals or not, or None."""
        named = self._row_type
        query = (
            select(named)
            .where(func.lower(named.name) == name.lower(), col(named.deleted).is_(False))
            .order_by(col(named.id))
        )
        row = self._session.exec(query).first()
        return None if row is None else self._stored(row)
