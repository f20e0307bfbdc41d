"""What was done to a database as a whole, in its history: a change of no record, with what came of it."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import Connection, insert, select
from sqlmodel import col

from tomsapp.domain.history import NOTE, NOTED
from tomsapp.store.tables import ChangeRow, HistoryRow

US = "This program"
"""Who signs what nobody in particular did."""


class Note(NamedTuple):
    """A change of no record: when it was made, and what it says."""

    at: datetime
    says: Mapping[str, object]


def note(connection: Connection, who: str, what: str, says: Mapping[str, object]) -> int:
    """Write into the history of a file what was done to all of it; gives the number of the change.

    `says` has at least `note`, a sentence for people. On a server the owner alone may write so.
    """
    number = connection.execute(insert(ChangeRow).values(at=datetime.now(UTC), who=who, what=what)).inserted_primary_key
    change = int(number[0]) if number else 0
    told = {"change_id": change, "kind": NOTE, "record_id": change, "action": NOTED, "before": "{}"}
    connection.execute(insert(HistoryRow).values(**told, after=json.dumps(dict(says), ensure_ascii=False)))
    return change


def read_notes(connection: Connection) -> Iterator[Note]:
    """What was done to all of a database, in its order; what is no note is passed over."""
    query = (
        select(col(ChangeRow.at), col(HistoryRow.after))
        .join(ChangeRow, col(ChangeRow.id) == col(HistoryRow.change_id))
        .where(col(HistoryRow.kind) == NOTE, col(HistoryRow.action) == NOTED)
        .order_by(col(HistoryRow.id))
    )
    for at, after in connection.execute(query):
        try:
            says = json.loads(after)
        except ValueError:
            continue
        if isinstance(says, dict):
            yield Note(at, says)
