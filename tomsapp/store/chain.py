"""The chain of the history: each change has a link, whose digest covers what it did and the link before.

Whoever alters a change, or takes one away, breaks the chain, or makes another of which an earlier head is no part.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, text
from sqlmodel import col

from tomsapp.domain.history import HistoryHead, LinkMade
from tomsapp.store.migrations.links import ENTRY, MOMENT, Entry, Link, moment
from tomsapp.store.noting import read_notes
from tomsapp.store.tables import LinkRow

WHOLE, THEN = "chained_until", "changes"
"""What the note of a copy of a damaged database says of its chain: see `Copied`."""
_AT_ONCE = 200
"""So many links are read at once with what the history tells of their changes."""
_TOLD = f"SELECT {', '.join(ENTRY)} FROM history WHERE change_id = :change ORDER BY id"


def read_head(connection: Connection) -> HistoryHead | None:
    """The last link; None where nothing was saved yet."""
    query = select(col(LinkRow.id), col(LinkRow.digest)).order_by(col(LinkRow.id).desc()).limit(1)
    found = connection.execute(query).one_or_none()
    return None if found is None else HistoryHead(*found)


def has_link(connection: Connection, head: HistoryHead) -> bool:
    """Whether the chain has this very link, so that what states it was made from this database or a copy of it."""
    query = select(col(LinkRow.digest)).where(col(LinkRow.id) == head.place)
    return connection.execute(query).scalar() == head.digest


def read_first(connection: Connection) -> str:
    """The digest of the first link, by which a database and every copy of it are known; empty where there is none."""
    query = select(col(LinkRow.digest)).order_by(col(LinkRow.id)).limit(1)
    return str(connection.execute(query).scalar() or "")


@dataclass(frozen=True, slots=True)
class Chain:
    """The chain of a database.

    Attributes:
        upgraded: how many changes stood there when it began, whose history before that day nothing proves.
        upgraded_on: the day on which an upgrade began it; None where it began with the database.
    """

    head: HistoryHead
    upgraded: int
    upgraded_on: date | None


def read_chain(connection: Connection) -> Chain | None:
    """The chain; None where nothing was saved yet."""
    head = read_head(connection)
    query = select(func.count(), func.min(col(LinkRow.linked_at))).where(col(LinkRow.how) == LinkMade.UPGRADED.value)
    if copied := read_copied(connection):
        # What was linked anew in a copy is told as that.
        query = query.where(col(LinkRow.id) <= min(one.whole for one in copied))
    number, at = connection.execute(query).one()
    return None if head is None else Chain(head, number, at.astimezone().date() if at else None)


def link_changes(connection: Connection, own: Collection[int]) -> None:
    """Link each change of a file that has no link yet, before it is committed.

    Those that are not among `own` another program saved. A server links them itself when they are committed.
    """
    if connection.dialect.name != "sqlite":
        return
    unlinked = "SELECT id FROM change WHERE id > (SELECT COALESCE(max(change_id), 0) FROM chain) ORDER BY id"
    numbers = list(connection.execute(text(unlinked)).scalars())
    head = read_head(connection) or HistoryHead(0, "")
    for number in numbers:
        head = _add_link(connection, head, number, LinkMade.SAVED if number in own else LinkMade.FOUND)


def _add_link(connection: Connection, head: HistoryHead, number: int, how: LinkMade) -> HistoryHead:
    said = connection.execute(text("SELECT at, who, what FROM change WHERE id = :change"), {"change": number}).one()
    now = datetime.now(UTC)
    link = Link(head.place + 1, number, moment(said.at), said.who, said.what, _written(now), "", how.value)
    told = connection.execute(text(_TOLD), {"change": number})
    digest = link.digest(head.digest, (tuple(row) for row in told))
    made = {"id": link.place, "change_id": number, "linked_at": now, "linked_by": "", "how": how.value}
    connection.execute(insert(LinkRow).values(**made, digest=digest))
    return HistoryHead(link.place, digest)


def _written(at: datetime) -> str:
    return at.replace(tzinfo=None).isoformat(timespec="microseconds")


class HeldLink(NamedTuple):
    """A link as it stands in the database.

    Attributes:
        link: what it says with its change; None where there is no such change.
        expected: the digest that it must have after the link before; empty where there is no such change.
    """

    place: int
    change_id: int
    link: Link | None
    digest: str
    expected: str


def parts_of_chain(connection: Connection) -> int:
    """Of how many parts `walk` tells."""
    return -(-connection.execute(select(func.count()).select_from(LinkRow)).scalar_one() // _AT_ONCE)


def walk(connection: Connection, told: Callable[[], object] = lambda: None) -> Iterator[HeldLink]:
    """Every link in its order, with the digest that it must have; `told` is called after each part of them."""
    held = connection.execute(text(_links(connection.dialect.name))).all()
    before = ""
    for start in range(0, len(held), _AT_ONCE):
        some = held[start : start + _AT_ONCE]
        entries = _told(connection, [row.change_id for row in some])
        for row in some:
            link = None if row.change is None else _link_of(row, connection.dialect.name)
            expected = "" if link is None else link.digest(before, entries.get(row.change_id, ()))
            yield HeldLink(row.id, row.change_id, link, row.digest, expected)
            before = row.digest
        told()


def whole_until(connection: Connection) -> int:
    """The place of the last link up to which all is whole: each stands after the one before and covers its change."""
    place = 0
    for held in walk(connection):
        if held.place != place + 1 or held.link is None or held.digest != held.expected:
            break
        place += 1
    return place


def link_again(connection: Connection, whole: int) -> None:
    """Begin the chain of a file anew after the link `whole`, over what there is: some changes or links are lost.

    The table of the links must not be guarded meanwhile. Each of them says that it was linked later.
    """
    connection.execute(delete(LinkRow).where(col(LinkRow.id) > whole))
    left = "SELECT id FROM change WHERE id NOT IN (SELECT change_id FROM chain) ORDER BY id"
    numbers = list(connection.execute(text(left)).scalars())
    head = read_head(connection) or HistoryHead(0, "")
    for number in numbers:
        head = _add_link(connection, head, number, LinkMade.UPGRADED)


@dataclass(frozen=True, slots=True)
class Copied:
    """That a database was made of what could be read of a damaged one, so that a part of its chain is lost.

    Attributes:
        on: the day, by the clock of whoever copied it.
        whole: how many changes at its beginning are linked as they were.
        then: how many changes there were when the rest was linked anew, this one among them.
    """

    on: date
    whole: int
    then: int


def read_copied(connection: Connection) -> list[Copied]:
    """Each time that the chain began anew in a copy of a damaged database, the last first."""
    found = []
    for at, says in read_notes(connection):
        whole, then = says.get(WHOLE), says.get(THEN)
        if isinstance(whole, int) and isinstance(then, int):
            found.append(Copied(at.astimezone().date(), whole, then))
    return found[::-1]


def _links(server: str) -> str:
    at, linked_at = (MOMENT[server].format(name) for name in ("c.at", "k.linked_at"))
    return (
        f"SELECT k.id, k.change_id, c.id AS change, {at} AS at, c.who, c.what, {linked_at} AS linked_at, k.linked_by, "
        "k.how, k.digest FROM chain AS k LEFT JOIN change AS c ON c.id = k.change_id ORDER BY k.id"
    )


def _link_of(row: Row[Any], server: str) -> Link:
    at, linked_at = (moment(row.at), moment(row.linked_at)) if server == "sqlite" else (row.at, row.linked_at)
    return Link(row.id, row.change_id, at, row.who, row.what, linked_at, row.linked_by, row.how)


def _told(connection: Connection, changes: list[int]) -> dict[int, list[Entry]]:
    """What the history tells of these changes."""
    query = text(f"SELECT change_id, {', '.join(ENTRY)} FROM history WHERE change_id IN :changes ORDER BY id")
    rows = connection.execute(query.bindparams(bindparam("changes", changes, expanding=True)))
    found: dict[int, list[Entry]] = {}
    for change, *entry in rows:
        found.setdefault(change, []).append(entry)
    return found
