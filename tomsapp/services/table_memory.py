"""What is remembered of a sender’s tables: the next file with the same head is read the same way."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from tomsapp.config.known_tables import KnownTable, known_tables, note_tables
from tomsapp.domain.wording import MONTHS
from tomsapp.exchange.labelled.known import KnownHead, find_known, heads_of

if TYPE_CHECKING:
    from tomsapp.exchange.grid import Grid
    from tomsapp.exchange.labelled.known import KnownHeads
    from tomsapp.services.table_types import OpenedTable, TableState
    from tomsapp.services.workspace import Workspace


def heads_known(workspace: Workspace, sender: str, opened: OpenedTable) -> tuple[KnownHeads, str]:
    """The heads of a sender that stand in a table, and when they were last read so, in words; nothing where none is."""
    known = {table.head: table for table in known_tables(_named(workspace, sender))} if sender else {}
    heads = {head: KnownHead(table.rows, table.columns) for head, table in known.items()}
    days = [known_day for grid in opened.book.all_sheets if (known_day := _day(grid, heads, known)) is not None]
    return (heads, f"Labels as in their file of {_words(max(days))}") if days else ({}, "")


def _day(grid: Grid, heads: KnownHeads, known: dict[str, KnownTable]) -> date | None:
    found = find_known(grid, heads)
    return known[found.words].read_on if found is not None else None


def _named(workspace: Workspace, sender: str) -> str:
    """The sender of a database: what was read in one is not shown in another."""
    return f"{workspace.database.identity}: {sender}"


def remember(workspace: Workspace, sender: str, state: TableState) -> None:
    """Keep how a table was read, for the next one of its sender."""
    today = _today()
    heads = heads_of(state.table.book, state.labels) if sender else {}
    note_tables(
        KnownTable(_named(workspace, sender), words, head.rows, head.columns, today) for words, head in heads.items()
    )


def _today() -> date:
    return datetime.now().astimezone().date()


def _words(day: date) -> str:
    """3 February; with the year where it is another one."""
    words = f"{day.day} {MONTHS[day.month - 1]}"
    return words if day.year == _today().year else f"{words} {day.year}"
