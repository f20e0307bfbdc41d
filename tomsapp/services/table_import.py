"""The one import of somebody's table: open it, see what it holds, compare its lines, bring them in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tomsapp.domain.wording import plural
from tomsapp.exchange.grid import Grid, GridCell, GridRow, text_or_nothing
from tomsapp.exchange.labelled.labels import (
    IGNORED,
    ColumnUse,
    Guessed,
    LeftOut,
    LeftOutKind,
    Option,
    RowKind,
    SheetLabels,
    TableLabels,
)
from tomsapp.exchange.offer_file import MOST_BYTES, OfferUnreadable
from tomsapp.exchange.sheets.text_table import pasted_table
from tomsapp.exchange.workbook_columns import column_letter
from tomsapp.reading.kinds import FileKind
from tomsapp.reading.receipt import receipt_of
from tomsapp.services.import_commitments import CommitmentsTarget
from tomsapp.services.import_contracts import ContractsTarget
from tomsapp.services.offers import read_bytes
from tomsapp.services.strangers import expect_a_table, expect_no_table, open_any_table, open_notices
from tomsapp.services.table_memory import heads_known, remember
from tomsapp.services.table_types import (
    A_GUESS,
    FigureRow,
    ImportFigures,
    LineGroup,
    MatchedCell,
    MatchedLine,
    OpenedTable,
    PolicyRow,
    TableState,
    TableTarget,
    TableView,
    ToDecide,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tomsapp.services.changes import Done
    from tomsapp.services.progress import Progress
    from tomsapp.services.workspace import Workspace

__all__ = [
    "A_GUESS",
    "IGNORED",
    "ColumnUse",
    "FigureRow",
    "Grid",
    "GridCell",
    "GridRow",
    "Guessed",
    "ImportFigures",
    "LeftOut",
    "LeftOutKind",
    "LineGroup",
    "MatchedCell",
    "MatchedLine",
    "OpenedTable",
    "Option",
    "PolicyRow",
    "RowKind",
    "SheetLabels",
    "TableLabels",
    "TableState",
    "TableTarget",
    "TableView",
    "ToDecide",
    "column_letter",
    "expect_a_table",
    "expect_no_table",
    "text_or_nothing",
]

_PASTED = "Pasted table"


def open_table_file(path: Path, progress: Progress | None = None) -> OpenedTable:
    """The sheets of a workbook, an OpenDocument spreadsheet or a table in text, read in the locked room.

    Raises:
        OfferUnreadable: it is no table; says what it is and what to do.
        RoomError: it took too much memory or time, or ended what read it.
        Cancelled: nobody waits for it any more.
    """
    data = read_bytes(path)
    kind, book = open_any_table(data, path.name, progress)
    return OpenedTable(receipt_of(data, path.name, datetime.now(UTC), kind=kind), book)


def open_table_files(paths: Sequence[Path], progress: Progress | None = None) -> OpenedTable:
    """One table of several files: those of notices as one sheet; of a folder the notices in it.

    Raises:
        OfferUnreadable: there is none, one cannot be read, or all together are over 20 MB; says what to do.
        RoomError, Cancelled: as `open_table_file`.
    """
    files = [file for path in paths for file in _files_of(path)]
    if len(files) == 1:
        return open_table_file(files[0], progress)
    if not files:
        raise OfferUnreadable("There is no notice (.json) in the folder", "Choose the folder with the notices")
    given: list[tuple[str, bytes]] = []
    for file in files:
        given.append((file.name, read_bytes(file)))
        if sum(len(data) for _, data in given) > MOST_BYTES:
            raise OfferUnreadable("The notices are over 20 MB together", "Choose some of them, then the others")
    book = open_notices(given, progress)
    whole = b"".join(data for _, data in given)
    name = f"{files[0].name} and {plural(len(files) - 1, 'further file')}"
    return OpenedTable(receipt_of(whole, name, datetime.now(UTC), kind=FileKind.NOTICES), book)


def _files_of(path: Path) -> list[Path]:
    """The notices of a folder, by name; of a file itself."""
    return sorted(path.glob("*.json")) if path.is_dir() else [path]


def open_pasted(text: str) -> OpenedTable:
    """The table in a text that was pasted.

    Raises:
        OfferUnreadable: there is none.
    """
    data = text.encode()
    return OpenedTable(receipt_of(data, _PASTED, datetime.now(UTC)), pasted_table(text))


def commitments_target(workspace: Workspace, contract_id: int) -> TableTarget:
    """The commitments of a contract, to import into."""
    return CommitmentsTarget(workspace, contract_id)


def contracts_target(workspace: Workspace) -> TableTarget:
    """The contracts of the council, to import into."""
    return ContractsTarget(workspace)


def begin(workspace: Workspace, target: TableTarget, opened: OpenedTable) -> TableState:
    """What the table holds as in an earlier one of the same sender with the same head, else what it seems to hold.

    Where a sheet holds several tables, the state has a sheet for each.
    """
    opened = target.parted(opened)
    known, words = heads_known(workspace, target.sender, opened)
    return TableState(opened, target.guess(opened, known), labels_from=words or A_GUESS)


def guess_again(target: TableTarget, opened: OpenedTable) -> TableState:
    """What the table seems to hold, whatever was remembered of its sender."""
    return TableState(opened, target.guess(opened, {}))


def look(workspace: Workspace, target: TableTarget, state: TableState) -> TableView:
    """Everything that is shown of the table with its labels and choices; nothing is saved."""
    return target.look(workspace, state)


def bring_in(workspace: Workspace, target: TableTarget, state: TableState, progress: Progress) -> Done[int]:
    """Save what was chosen in one transaction that one Undo takes back; gives how many records changed.

    Raises:
        TomsError: something is still to decide, or the records changed meanwhile; says what to do.
        Cancelled: the user stopped it; nothing was changed.
    """
    done = target.bring_in(workspace, state, progress)
    remember(workspace, target.sender, state)
    return done
