"""How every kind of record is added, saved, marked as deleted and brought back, with its version and change."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import product
from typing import Any, Generic, TypeVar

from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, col, select

from tomsapp.domain.facts import MOST_LINE, MOST_LONG, FactKind
from tomsapp.domain.history import Stored
from tomsapp.domain.record_type import RecordType
from tomsapp.domain.wording import small_first
from tomsapp.store.errors import EditConflict, NotFound, Overtaken, StoreError
from tomsapp.store.mapping import columns_of, facts_of, said
from tomsapp.store.rows import Record
from tomsapp.store.tables import ChangeRow

RowT = TypeVar("RowT", bound=Record)
KeyT = TypeVar("KeyT")
T = TypeVar("T")
R = TypeVar("R")


class Scope:
    """One transaction, and the changes that its writes are signed with: by `who`."""

    def __init__(self, session: Session, who: str, what: str) -> None:
        self.session = session
        self.who = who
        self._what = what
        self._change: int | None = None
        self.changes: list[int] = []
        self._held: list[ChangeRow] = []
        self._lost: Overtaken | None = None

    def begin_anew(self, reason: Overtaken) -> None:
        """Let go of what was written so far and read from a new moment; nothing can be committed after this."""
        self._lost = reason
        self.session.rollback()

    def check_whole(self) -> None:
        """Make sure that all that was written is still there to be committed.

        Raises:
            Overtaken: somebody else saved at the same moment, and the transaction was let go.
        """
        if self._lost is not None:
            raise self._lost

    def change_id(self, last_change: int | None = None) -> int:
        """The number of the change to sign a row with, other than the one that signed it last."""
        if self._change is None or self._change == last_change:
            if not self.who.strip():
                raise StoreError("Nobody is named for this change", "Give your name in the settings")
            change = ChangeRow(at=datetime.now(UTC), who=self.who, what=self._what)
            self.session.add(change)
            self.session.flush()
            self._change = change.id
            self.changes.append(number(change.id))
            # A session lets go of what nobody holds, and would read it again for each record that it signed.
            self._held.append(change)
        return number(self._change)

    @property
    def pending(self) -> int | None:
        """The number of the change that the next commit saves; None where there is none."""
        return self._change

    def forget_change(self) -> None:
        """After a commit the next write is another change."""
        self._change = None

    def stored(self, row: Record, record: T) -> Stored[T]:
        """A record with its number and version, and who saved it when."""
        change = self.session.get_one(ChangeRow, row.change_id)
        return Stored(number(row.id), row.version, record, change.who, change.at, row.deleted)


def number(row_id: int | None) -> int:
    """The number that the database gave to a row."""
    if row_id is None:
        raise StoreError("The record has not been saved yet")
    return row_id


class Records(Generic[RowT]):
    """The rows of one table within a transaction; `noun` is what people call one of them."""

    def __init__(self, scope: Scope, row_type: type[RowT], noun: str) -> None:
        self._scope = scope
        self._session = scope.session
        self._row_type = row_type
        self._noun = noun

    def add(self, row: RowT) -> RowT:
        """Save a new row."""
        row.version = 1
        row.deleted = False
        row.change_id = self._scope.change_id()
        self._session.add(row)
        self._session.flush()
        return row

    def get(self, row_id: int, *, locked: bool = False) -> RowT:
        """The row as it is now; locked, nobody else can write it before this transaction ends.

        Raises:
            NotFound: there is none with this number.
        """
        options: dict[str, Any] = {"with_for_update": True, "populate_existing": True} if locked else {}
        row = self._session.get(self._row_type, row_id, **options)
        if row is None:
            raise NotFound(f"{self._noun} {row_id} is not in this database", "Open the list again")
        return row

    def claim(self, row_id: int, expected_version: int, stored: Callable[[RowT], Stored[Any]]) -> RowT:
        """The row, locked for writing.

        Raises:
            EditConflict: somebody saved or deleted it since `expected_version`.
        """
        try:
            row = self.get(row_id, locked=True)
        except Overtaken as overtaken:
            # Whoever saves without this program takes no turn: what they saved is seen from a new moment only.
            self._scope.begin_anew(overtaken)
            raise EditConflict(stored(self.get(row_id))) from overtaken
        if row.version != expected_version or row.deleted:
            raise EditConflict(stored(row))
        return row

    def claim_many(self, versions: Mapping[int, int], stored: Callable[[RowT], Stored[Any]]) -> dict[int, RowT]:
        """As `claim`, of several rows at once, by their numbers.

        Raises:
            EditConflict: somebody saved or deleted one of them since.
            NotFound: one is not there.
        """
        numbers = sorted(versions)
        query = select(self._row_type).where(col(self._row_type.id).in_(numbers)).order_by(col(self._row_type.id))
        try:
            locked = query.with_for_update().execution_options(populate_existing=True)
            found = {number(row.id): row for row in self._session.exec(locked)}
        except Overtaken as overtaken:
            self._scope.begin_anew(overtaken)
            raise EditConflict(stored(self.get(numbers[0]))) from overtaken
        for row_id in numbers:
            row = found.get(row_id) or self.get(row_id)
            if row.version != versions[row_id] or row.deleted:
                raise EditConflict(stored(row))
        return found

    def write_many(self, rows: Sequence[tuple[RowT, Mapping[str, Any]]]) -> None:
        """Put values into several rows, each as its next version and all under one change."""
        change = 0
        for row, _ in rows:
            change = self._scope.change_id(row.change_id)
        for row, values in rows:
            row.change_id = change
            row.version += 1
            for name, value in values.items():
                setattr(row, name, value)
        self._session.flush()

    def write(self, row: RowT, values: Mapping[str, Any], *, even_if_same: bool = False) -> bool:
        """Put `values` into the row as its next version, unless it says the same already."""
        held = said(row)
        if not even_if_same and not row.deleted and all(held[name] == value for name, value in values.items()):
            return False
        self._sign(row, {**values, "deleted": False})
        return True

    def delete(self, row: RowT) -> None:
        """Mark the row as deleted."""
        if not row.deleted:
            self._sign(row, {"deleted": True})

    def restore(self, row: RowT) -> None:
        """Take the mark away."""
        if row.deleted:
            self._sign(row, {"deleted": False})

    def _sign(self, row: RowT, values: Mapping[str, Any]) -> None:
        # The change is written first: a flush would otherwise send the row with its old one.
        row.change_id = self._scope.change_id(row.change_id)
        row.version += 1
        for name, value in values.items():
            setattr(row, name, value)
        self._session.flush()

    def versions(self, *conditions: ColumnElement[bool]) -> dict[int, int]:
        """The version of each row that is not deleted, by its number."""
        query = select(self._row_type.id, self._row_type.version).where(col(self._row_type.deleted).is_(False))
        return {number(row_id): version for row_id, version in self._session.exec(query.where(*conditions))}

    def align(self, held: Mapping[KeyT, RowT], wanted: Mapping[KeyT, RowT]) -> bool:
        """Make the rows that belong to a record be as `wanted`; says whether anything changed."""
        changed = False
        for key, row in wanted.items():
            if key in held:
                changed |= self.write(held[key], said(row))
            else:
                self.add(row)
                changed = True
        for key, row in held.items():
            if key not in wanted and not row.deleted:
                self.delete(row)
                changed = True
        return changed


_LONGEST = ((FactKind.LINE, MOST_LINE), (FactKind.LONG, MOST_LONG))


def check_lengths(kind: RecordType[R], record: R) -> None:
    """Make sure that no text of a record is longer than files and papers can carry, whichever way it came.

    Raises:
        StoreError: one is; its name and how long it may be.
    """
    for fact, (written, most) in product(kind.facts, _LONGEST):
        value = getattr(record, fact.name) if fact.kind is written else ""
        if len(value) > most:
            label = fact.said or small_first(fact.label)
            message = f"The {label} of the {kind.noun} has {len(value):,} characters"
            raise StoreError(message, f"Shorten it to {most:,} characters")


def check_lines(kind: RecordType[R], record: R, row: Record | None = None) -> None:
    """Make sure that each text of one line is one that a form would take, whichever way it came.

    What stands in the `row` already may stay: a database of before holds what was taken then.

    Raises:
        StoreError: one is too long, or has signs that are not seen; its name, and what to do.
    """
    for fact in kind.facts:
        value = getattr(record, fact.name) if fact.kind is FactKind.LINE else ""
        if not value or (row is not None and value == getattr(row, fact.column_name)):
            continue
        if fault := fact.line_fault(value):
            label = fact.said or small_first(fact.label)
            raise StoreError(f"The {label} of the {kind.noun} {fault.message.removeprefix('It ')}", fault.fix)


class Repository(Generic[R, RowT]):
    """The records of one kind within one transaction: read, deleted and brought back.

    A record with parts that its row does not hold says how they are read and written: `_apart_of` and `_apart`.
    """

    def __init__(self, scope: Scope, kind: RecordType[R], row_type: type[RowT]) -> None:
        self._scope = scope
        self._session = scope.session
        self._kind = kind
        self._row_type = row_type
        self._rows = Records(scope, row_type, f"{kind.noun[:1].upper()}{kind.noun[1:]}")

    # What is its own

    def _apart_of(self, row: RowT) -> dict[str, Any]:
        """The facts of the record that are no columns of its row."""
        del row
        return {}

    def _apart(self, record: R) -> dict[str, Any]:
        """The columns that are no facts of the record."""
        del record
        return {}

    # What all have

    def _record(self, row: RowT) -> R:
        return self._kind.make(**facts_of(self._kind, row), **self._apart_of(row))

    def _columns(self, record: R, row: RowT | None = None) -> dict[str, Any]:
        """The columns of a new record, or of one that is to stand in the `row`."""
        check_lengths(self._kind, record)
        check_lines(self._kind, record, row)
        return {**columns_of(self._kind, record), **self._apart(record)}

    def _stored(self, row: RowT) -> Stored[R]:
        return self._scope.stored(row, self._record(row))

    def delete(self, record_id: int, expected_version: int) -> Stored[R]:
        """Mark a record as deleted.

        Raises:
            EditConflict: somebody saved it since.
            StoreError: others need it.
        """
        row = self._rows.claim(record_id, expected_version, self._stored)
        self._check_unneeded(row)
        self._rows.delete(row)
        return self._stored(row)

    def _check_unneeded(self, row: RowT) -> None:
        """Refuse to delete what others need."""

    def restore(self, record_id: int) -> Stored[R]:
        """Bring a deleted record back."""
        row = self._rows.get(record_id, locked=True)
        self._rows.restore(row)
        return self._stored(row)

    def get(self, record_id: int) -> Stored[R]:
        """The record with this number, deleted or not.

        Raises:
            NotFound: there is none.
        """
        return self._stored(self._rows.get(record_id))

    def all(self) -> list[Stored[R]]:
        """Every record that is not deleted, in the order of its list."""
        query = (
            select(self._row_type, ChangeRow)
            .join(ChangeRow, col(ChangeRow.id) == col(self._row_type.change_id))
            .where(col(self._row_type.deleted).is_(False))
            .order_by(*self._order(), col(self._row_type.id))
        )
        return [self._stored(row) for row, _ in self._session.exec(query)]

    def _order(self) -> tuple[Any, ...]:
        """What the list is ordered by, before the number."""
        return ()


class RecordRepository(Repository[R, RowT]):
    """Records that are added and saved as they are, without what belongs to another record."""

    def add(self, record: R) -> Stored[R]:
        """Save a new record."""
        return self._stored(self._rows.add(self._row_type(**self._columns(record))))

    def save(self, record_id: int, expected_version: int, record: R) -> Stored[R]:
        """Save a record that was read at `expected_version`.

        Raises:
            EditConflict: somebody saved it since.
            NotFound: there is none with this number.
        """
        row = self._rows.claim(record_id, expected_version, self._stored)
        self._rows.write(row, self._columns(record, row))
        return self._stored(row)
