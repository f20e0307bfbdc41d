"""Commitments in spreadsheets: the template for a contract, the preview of a filled-in file, the import."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from tomsapp.domain.commitment import Commitment
from tomsapp.domain.problems import Problem
from tomsapp.domain.valuation import value_contract
from tomsapp.exchange.tables_xlsx import BookProperties
from tomsapp.exchange.workbook_layout import Template
from tomsapp.exchange.workbook_read import ImportPreview, PreviewRow, read_csv, read_workbook
from tomsapp.exchange.workbook_write import write_workbook
from tomsapp.menufiles.files import write_whole
from tomsapp.services.changes import Done, Edit, RecordChange, RecordKind
from tomsapp.services.contracts import OpenContract, open_contract
from tomsapp.services.offers import read_bytes
from tomsapp.services.progress import Progress
from tomsapp.services.signed import hold_draft
from tomsapp.services.workspace import Workspace

_KIND = RecordKind.COMMITMENT


@dataclass(frozen=True, slots=True)
class ImportRow:
    """A row of the file as it would come in; `commitment` is None when an error keeps it out.

    Attributes:
        number: its row in the sheet.
        measure: code and title, or the code as it is written.
        quantities: units in each contract year.
        social_value: what it would be worth, in pounds; None when it cannot come in or is counted only.
    """

    number: int
    measure: str
    quantities: tuple[Decimal | None, ...]
    social_value: Decimal | None
    commitment: Commitment | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class FilePreview:
    """What a file would bring to a contract, before anything is saved."""

    file: str
    rows: tuple[ImportRow, ...]
    problems: tuple[Problem, ...]


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
    template = Template(
        edition=opened.edition,
        measures=tuple(measures),
        contract=opened.contract,
        area=opened.area,
        commitments=tuple(line.record for line in opened.commitments) if with_commitments else (),
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
    """Read a workbook or CSV file for a contract; nothing is saved.

    Raises:
        TomsError: the file cannot be read as a table of commitments; says what to do.
    """
    progress.report(0, 2, f"Reading {path.name}")
    opened = open_contract(workspace, contract_id)
    data, years = read_bytes(path), opened.contract.years
    read = read_csv if path.suffix.lower() in {".csv", ".txt", ".tsv"} else read_workbook
    found: ImportPreview = read(data, path.name, opened.edition, years, opened.area)
    progress.report(1, 2, "Working out the values")
    rows = tuple(_row(opened, row) for row in found.rows)
    progress.report(2, 2, "")
    return FilePreview(path.name, rows, found.problems)


def _row(opened: OpenContract, row: PreviewRow) -> ImportRow:
    measure = opened.edition.find_measure(row.measure)
    named = f"{measure.code} {measure.title}" if measure else row.measure
    commitment = row.commitment
    if commitment is None:
        return ImportRow(row.number, named, (), None, None, row.problems)
    valuation = value_contract(opened.contract, opened.edition, [commitment])
    line = next(iter(valuation.lines), None)
    worth = line.social_value if line is not None and measure is not None and measure.is_valued else None
    return ImportRow(row.number, named, commitment.quantities, worth, commitment, row.problems)


def import_commitments(
    workspace: Workspace,
    contract_id: int,
    commitments: Sequence[Commitment],
    file: str,
    progress: Progress,
    *,
    is_replacing: bool,
) -> Done[int]:
    """Add the commitments in one transaction, in place of those that are there if `is_replacing`; gives how many.

    Raises:
        StoreError: the contract is signed, which fixed its commitments.
        EditConflict: somebody else changed a commitment that would be replaced.
        Cancelled: the user stopped it; nothing was changed.
    """
    opened = open_contract(workspace, contract_id)
    label = f"Import {len(commitments)} commitments from {file}"
    changes: list[RecordChange] = []
    with workspace.work(label) as uow:
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
