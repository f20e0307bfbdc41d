"""The spreadsheet of a contract, in which commitments are filled in."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from tomsapp.exchange.line_identity import LineIdentity
from tomsapp.exchange.tables_xlsx import BookProperties
from tomsapp.exchange.workbook_layout import Template
from tomsapp.exchange.workbook_spare import SPARE_ROWS
from tomsapp.exchange.workbook_write import write_workbook
from tomsapp.menufiles.files import write_whole
from tomsapp.services.contracts import open_contract
from tomsapp.services.workspace import Workspace


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
