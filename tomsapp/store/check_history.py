"""Whether every row says what its history says of it, and whether the history is the one that was chained."""

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Table, text

from tomsapp.domain.history import HistoryHead, LinkMade
from tomsapp.domain.money import from_scaled
from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.domain.wording import format_date, plural
from tomsapp.store.chain import Copied, HeldLink, read_copied, walk
from tomsapp.store.copying import no_progress
from tomsapp.store.kept import sha256_of
from tomsapp.store.steps import Steps
from tomsapp.store.tables import ChangeRow, HistoryRow, LinkRow, Row
from tomsapp.store.types import ExactDecimal

RESTORE = "Restore the database from a backup, and keep this one to find out what happened"
MOST = 20
"""So many of a kind are named; a thousand would help nobody."""

_APART = 3600
"""Seconds by which the clocks of a computer and of the server may differ."""
_OF_HISTORY = {row.__tablename__ for row in (ChangeRow, HistoryRow, LinkRow)}


def broken(code: str, message: str, name: str) -> Problem:
    """Something that only a backup puts right."""
    return Problem(code, Severity.ERROR, message, RESTORE, Where(file=name))


def history_problems(connection: Connection, name: str, steps: Steps | None = None) -> Iterator[Problem]:
    """Everything in which rows, history and chain disagree."""
    steps = steps or Steps(no_progress, 0)
    # First, for it says why what follows may be so.
    yield from _copied(connection, name)
    for table in Row.metadata.sorted_tables:
        steps.step()
        if table.name not in _OF_HISTORY:
            yield from _some("database-history", _rows_otherwise(connection, table), name)
            yield from _some("database-history", _rows_missing(connection, table), name)
            if "content" in table.columns:
                yield from _some("database-bytes", _bytes_otherwise(connection, table), name)
    yield from _some("database-chain", _chain_otherwise(walk(connection, steps.step)), name)
    yield from _unlinked(connection, name)
    yield from _clocks_apart(connection, name)


def _some(code: str, found: Iterable[str], name: str) -> Iterator[Problem]:
    return (broken(code, message, name) for message in islice(found, MOST))


# Rows and their history


def _rows_otherwise(connection: Connection, table: Table) -> Iterator[str]:
    """Each row must have one entry for each of its versions, and the last must say what the row says."""
    for row in map(dict, connection.execute(text(_rows_with_history(table))).mappings()):
        where = f"{table.name} {row['id']}"
        if row["entries"] != (row["version"] if "version" in table.columns else 1):
            yield f"{where}: its history does not have every version"
        elif changed := list(_changed(connection.dialect.name, table, row)):
            yield f"{where}: {', '.join(changed)} was changed without its history"


def _rows_with_history(table: Table) -> str:
    columns = ", ".join(f"held.{column.name}" for column in table.columns if column.name != "content")
    return (
        f"SELECT {columns}, told.entries, last.change_id AS told_by, last.after AS told_after "
        f"FROM {table.name} AS held "
        "LEFT JOIN (SELECT record_id, count(*) AS entries, max(id) AS last FROM history "
        f"WHERE kind = '{table.name}' GROUP BY record_id) AS told ON told.record_id = held.id "
        "LEFT JOIN history AS last ON last.id = told.last ORDER BY held.id"
    )


def _changed(server: str, table: Table, row: Mapping[str, Any]) -> Iterator[str]:
    """The columns in which a row is not what the last entry of its history says."""
    try:
        after = json.loads(row["told_after"])
    except ValueError:
        after = None
    if not isinstance(after, dict):
        yield "everything"
        return
    for column in table.columns:
        if column.name == "change_id":
            if row["change_id"] != row["told_by"]:
                yield column.name
        elif column.name != "content":
            # An earlier version said nothing in a column that came later, so that it holds what it began with.
            told = after[column.name] if column.name in after else _beginning(column)
            if _as_told(server, column, row[column.name]) != told:
                yield column.name


def _beginning(column: Column[Any]) -> object:
    """What a column says in rows that were there before it."""
    if column.nullable or column.server_default is None:
        return None
    said = str(getattr(column.server_default, "arg", ""))
    return said.strip("'") if said.startswith("'") else json.loads(said)


def _as_told(server: str, column: Column[Any], value: Any) -> object:
    """A value as the triggers write it into the history, as far as it is one of its kind."""
    kind = column.type
    if value is None:
        return None
    if isinstance(kind, ExactDecimal):
        if server == "sqlite":
            return f"{from_scaled(value, kind.places):.{kind.places}f}" if type(value) is int else repr(value)
        return f"{value:.{kind.places}f}"
    if isinstance(kind, Boolean):
        return {0: False, 1: True}.get(value, repr(value))
    return value.isoformat() if hasattr(value, "isoformat") else value


def _rows_missing(connection: Connection, table: Table) -> Iterator[str]:
    """The rows of which the history tells and that are not there."""
    query = (
        f"SELECT DISTINCT record_id FROM history WHERE kind = '{table.name}' AND NOT EXISTS "
        f"(SELECT 1 FROM {table.name} WHERE id = record_id) ORDER BY record_id"
    )
    for (number,) in connection.execute(text(query)):
        yield f"{table.name} {number}: the history tells of it, and it is not there"


def _bytes_otherwise(connection: Connection, table: Table) -> Iterator[str]:
    # Bytes that were deleted by the rules are told by their day: a guard lets them go in no other way.
    here = " WHERE removed_on IS NULL" if "removed_on" in table.columns else ""
    query = f"SELECT id, content, content_sha256 FROM {table.name}{here} ORDER BY id"
    for number, content, digest in connection.execute(text(query)):
        if not isinstance(content, bytes) or sha256_of(content) != digest:
            yield f"{table.name} {number}: its bytes do not match their SHA-256"


# The chain


def _chain_otherwise(links: Iterable[HeldLink]) -> Iterator[str]:
    """Each link must stand after the one before, and cover its change as it is."""
    next_place = 1
    for held in links:
        if held.place != next_place:
            yield f"The chain of the history has no link {next_place}: the next one is {held.place}"
        next_place = held.place + 1
        if held.link is None:
            yield f"change {held.change_id}: the chain of the history tells of it, and it is not there"
        elif held.digest != held.expected:
            who, at = held.link.who, held.link.at.replace("T", " ")
            yield (
                f"change {held.change_id} of “{who}” at {at}: the change, its history or its link in the chain was "
                "altered after it was saved"
            )


def _unlinked(connection: Connection, name: str) -> Iterator[Problem]:
    """Changes that were not saved by this program: without a link, or with one that was made later."""
    last = "(SELECT COALESCE(max(change_id), 0) FROM chain)"
    query = f"SELECT id, id > {last} AS is_new FROM change WHERE id NOT IN (SELECT change_id FROM chain) ORDER BY id"
    found = connection.execute(text(query)).fetchmany(MOST)
    links_itself = connection.dialect.name != "sqlite"
    for number, is_new in found:
        if links_itself or not is_new:
            yield broken("database-chain", f"change {number} stands outside the chain of the history", name)
        else:
            yield _foreign(number, name)
    later = text(f"SELECT change_id FROM chain WHERE how = '{LinkMade.FOUND.value}' ORDER BY id")
    for (number,) in connection.execute(later).fetchmany(MOST):
        yield _foreign(number, name)


def _copied(connection: Connection, name: str) -> Iterator[Problem]:
    """That it was made of what could be read of a damaged database, with what of its history is chained as it was."""
    for copied in read_copied(connection):
        message = (
            f"It was copied from a damaged database on {format_date(copied.on)}: of its {copied.then} changes of that "
            f"day the first {copied.whole} are chained as they were made, and the others since then"
        )
        fix = "Hold it against papers and backups with --against, and compare what it lost with your papers"
        yield Problem("database-copied", Severity.WARNING, message, fix, Where(file=name))


def _clocks_apart(connection: Connection, name: str) -> Iterator[Problem]:
    """Changes of a server that name another moment than its own clock did."""
    if connection.dialect.name == "sqlite":
        return
    query = text(
        "SELECT c.id, c.who, c.at, k.linked_at, k.linked_by FROM chain AS k JOIN change AS c ON c.id = k.change_id "
        f"WHERE k.how = '{LinkMade.SAVED.value}' AND k.linked_by <> '' "
        "AND abs(extract(epoch FROM k.linked_at - c.at)) > :most ORDER BY k.id"
    )
    for number, who, at, linked_at, login in connection.execute(query, {"most": _APART}).fetchmany(MOST):
        said = f"change {number} says “{who}” at {at:%Y-%m-%d %H:%M} UTC"
        message = f"{said}; the server took it in at {linked_at:%Y-%m-%d %H:%M} UTC from the login {login}"
        fix = "Ask whoever has this login, and set the clock of that computer if it is wrong"
        yield Problem("database-clock", Severity.WARNING, message, fix, Where(file=name))


def _foreign(number: int, name: str) -> Problem:
    return Problem(
        "database-foreign-change",
        Severity.WARNING,
        f"change {number} was saved by another program than this one",
        "Ask whoever looks after the database whether it was meant",
        Where(file=name),
    )


# An earlier head


def against_problems(connection: Connection, earlier: HistoryHead, paper: str, name: str) -> Iterator[Problem]:
    """Whether the history goes on from an earlier head, which a paper or a backup states."""
    held = connection.execute(
        text("SELECT digest FROM chain WHERE id = :place"), {"place": earlier.place}
    ).scalar_one_or_none()
    last = connection.execute(text("SELECT COALESCE(max(id), 0) FROM chain")).scalar_one()
    copied = next((one for one in read_copied(connection) if one.whole < earlier.place), None)
    is_same = held is not None and earlier.is_of(held)
    if copied is not None and not is_same:
        yield _unsaid(copied, earlier, paper, name)
        return
    made = f"{paper} was made after {plural(earlier.place, 'change', 'changes')}"
    if held is None:
        missing = plural(earlier.place - last, "change", "changes")
        message = f"{made}, and the history has {last} of them: {missing} at its end were taken away"
        yield broken("database-history-cut", message, name)
    elif not is_same:
        message = f"{made}, and those are not the ones in this history: it was written anew, or is another one"
        yield broken("database-history-other", message, name)


def _unsaid(copied: Copied, earlier: HistoryHead, paper: str, name: str) -> Problem:
    """That a paper cannot be held against a copy of a damaged database, whose chain was still another then."""
    message = (
        f"Whether {paper} came from this history cannot be told: it was made after "
        f"{plural(earlier.place, 'change', 'changes')}, and this database was copied from a damaged one on "
        f"{format_date(copied.on)}, with the chain of its first {copied.whole} alone"
    )
    fix = (
        f"Take a paper or backup of its first {copied.whole} changes, or one that was made after it was copied; "
        "compare the figures of this one with the contract by hand"
    )
    return Problem("database-history-unsaid", Severity.ERROR, message, fix, Where(file=name))
