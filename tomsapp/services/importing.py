"""Commitments in spreadsheets: the template for a contract, the preview of a filled-in file, the import."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from tomsapp.domain.commitment import COMMITMENT, Commitment
from tomsapp.domain.errors import TomsError
from tomsapp.domain.problems import Problem
from tomsapp.domain.wording import plural
from tomsapp.exchange.line_identity import LineIdentity
from tomsapp.exchange.tables_xlsx import BookProperties
from tomsapp.exchange.workbook_layout import Template
from tomsapp.exchange.workbook_read import ImportPreview, PreviewRow, read_table
from tomsapp.exchange.workbook_spare import SPARE_ROWS
from tomsapp.exchange.workbook_write import write_workbook
from tomsapp.menufiles.files import write_whole
from tomsapp.reading.receipt import Receipt, receipt_of
from tomsapp.services.changes import Done, Edit, RecordChange
from tomsapp.services.contracts import OpenContract, open_contract
from tomsapp.services.offers import read_bytes
from tomsapp.services.progress import Progress
from tomsapp.services.signed import hold_draft
from tomsapp.services.workspace import Workspace

_KIND = COMMITMENT
MOST_KEPT = 50
"""How many differences the history keeps one by one."""


@dataclass(frozen=True, slots=True)
class ImportRow:
    """A row of the file as it would come in; `commitment` is None when an error keeps it out.

    Attributes:
        number: its row in the sheet.
        measure: code and title, or the code as it is written.
        quantities: units in each contract year.
        social_value: what it would be worth, in pounds; None when it cannot come in or is counted only.
        stated: the social value that the file itself shows for it, in pounds; None where it shows none.
    """

    number: int
    measure: str
    quantities: tuple[Decimal | None, ...]
    social_value: Decimal | None
    commitment: Commitment | None
    problems: tuple[Problem, ...]
    stated: Decimal | None = None


@dataclass(frozen=True, slots=True)
class FilePreview:
    """What a file would bring to a contract, before anything is saved.

    Attributes:
        receipt: which file it is, to be kept with the change.
        own_total: what is to be said of the total that the file states itself.
        differences: where the file is not what it shows; they are answered before anything is brought in.
    """

    receipt: Receipt
    rows: tuple[ImportRow, ...]
    problems: tuple[Problem, ...]
    own_total: str = ""
    differences: tuple[Problem, ...] = ()


class DifferencesUnanswered(TomsError):
    """Somebody would bring in a file that is not what it shows, and has not said which is meant."""


def make_template(
    workspace: Workspace,
    contract_id: int,
    measures: Sequence[str],
    path: Path,
    created: datetime,
    *,
    with_commitments: bool,
) -> Path:
    """Write the workbook in which commitments of these measures are filled in; gives the path that was written.

    Raises:
        TomsError: the file cannot be written; says what to do.
    """
    opened = open_contract(workspace, contract_id)
    lines = opened.commitments if with_commitments else ()
    template = Template(
        edition=opened.edition,
        measures=tuple(measures),
        contract=opened.contract,
        area=opened.area,
        commitments=tuple(line.record for line in lines),
        identities=tuple(LineIdentity(contract_id, line.id, line.version) for line in lines),
        spare_rows=SPARE_ROWS,
    )
    settings = workspace.settings
    properties = BookProperties(
        title=f"Commitments of {opened.contract.reference}",
        created=created,
        author=settings.council_name,
        is_example=settings.is_example,
    )
    target = path if path.suffix.lower() == ".xlsx" else path.with_name(f"{path.name}.xlsx")
    write_whole(target, write_workbook(template, properties))
    return target


def preview_file(workspace: Workspace, contract_id: int, path: Path, progress: Progress) -> FilePreview:
    """Read a workbook or another table for a contract; nothing is saved.

    Raises:
        TomsError: the file cannot be read as a table of commitments; says what to do.
    """
    progress.report(0, 2, f"Reading {path.name}")
    opened = open_contract(workspace, contract_id)
    data = read_bytes(path)
    found: ImportPreview = read_table(data, path.name, opened.edition, opened.contract, opened.area)
    progress.report(1, 2, "Working out the values")
    rows = tuple(_row(opened, row) for row in found.rows)
    progress.report(2, 2, "")
    receipt = receipt_of(data, path.name, datetime.now(UTC), found.problems)
    return FilePreview(receipt, rows, found.problems, found.own_total, found.differences)


def _row(opened: OpenContract, row: PreviewRow) -> ImportRow:
    measure, named = opened.edition.find_measure(row.measure), opened.edition.name_of(row.measure)
    commitment = row.commitment
    if commitment is None:
        return ImportRow(row.number, named, (), None, None, row.problems, row.stated)
    worth = row.value if measure is not None and measure.is_valued else None
    return ImportRow(row.number, named, commitment.quantities, worth, commitment, row.problems, row.stated)


def import_commitments(
    workspace: Workspace,
    contract_id: int,
    commitments: Sequence[Commitment],
    receipt: Receipt,
    progress: Progress,
    *,
    is_replacing: bool,
    differences: Sequence[Problem] = (),
    answer: str = "",
) -> Done[int]:
    """Add the commitments in one transaction, in place of those that are there if `is_replacing`; gives how many.

    `differences` says where the file is not what it shows; they, the `answer` to them and the receipt of the file are
    kept with the change.

    Raises:
        DifferencesUnanswered: the file is not what it shows, and nothing is answered.
        StoreError: the contract is signed, which fixed its commitments.
        EditConflict: somebody else changed a commitment that would be replaced.
        Cancelled: the user stopped it; nothing was changed.
    """
    if differences and not answer.strip():
        message = f"{receipt.name} is not what it shows in {plural(len(differences), 'place', 'places')}"
        raise DifferencesUnanswered(message, "Say which is meant, then import it")
    opened = open_contract(workspace, contract_id)
    label = f"Import {len(commitments)} commitments from {receipt.name}"
    changes: list[RecordChange] = []
    with workspace.work(" ".join((label, *_kept(differences, answer), f"[{receipt.words}]"))) as uow:
        hold_draft(uow, contract_id)
        for line in opened.commitments if is_replacing else ():
            uow.commitments.delete(line.id, line.version)
            changes.append(RecordChange(_KIND, line.id, line.record, None, contract_id))
        for done, commitment in enumerate(commitments):
            progress.report(done, len(commitments), f"{done} of {len(commitments)} commitments")
            added = uow.commitments.add(contract_id, replace(commitment, key=""))
            changes.append(RecordChange(_KIND, added.id, None, added.record, contract_id))
        uow.commit()
    return Done(len(commitments), Edit(label, tuple(changes)) if changes else None)


def _kept(differences: Sequence[Problem], answer: str) -> list[str]:
    """What the history keeps of the differences, and of the answer to them."""
    if not differences:
        return []
    told = [f"{problem.where}: {problem.message}." for problem in differences[:MOST_KEPT]]
    more = [f"And {len(differences) - MOST_KEPT} more."] if len(differences) > MOST_KEPT else []
    return [f"although the file is not what it shows. Answered: {answer.strip()}", *told, *more]
