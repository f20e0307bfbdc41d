"""The files that are kept with a contract, on its valuation: which they are, and never what is in them."""

from collections.abc import Sequence

from tomsapp.domain.delivery.contract_files import CONTRACT_FILE, ContractFile
from tomsapp.domain.facts import Fact, FactKind
from tomsapp.domain.wording import plural
from tomsapp.reports.flowables import Block, Heading, Paragraph
from tomsapp.reports.styles import LEAD, SUM_MUTED
from tomsapp.reports.tables import Cell, Column, Part, Row, Table

_SHARES = {"name": 410, "what": 85, "size": 62, "added_by": 80, "added_on": 90}
"""The facts with a column of their own. The checksum is as long as a line, and stands under the name."""


def kept_files(files: Sequence[ContractFile]) -> list[Block]:
    """A row for each file, with its whole checksum; nothing where the contract has none."""
    if not files:
        return []
    lead = (
        f"The council keeps {plural(len(files), 'file')} with this contract. What is in them is no part of this paper. "
        "Whoever has a file can hold it to its SHA-256 here; the list is attached as files.csv."
    )
    shown = [CONTRACT_FILE.fact(name) for name in _SHARES]
    columns = [_column(fact) for fact in shown]
    return [
        Heading("Files kept with the contract", bookmark="files"),
        Paragraph(lead, LEAD, keep=True),
        Table(columns, [Row([_cell(fact, file) for fact in shown]) for file in files]),
    ]


def _column(fact: Fact) -> Column:
    is_name = fact.name == "name"
    head = f"{fact.label} and {CONTRACT_FILE.fact('sha256').label}" if is_name else fact.label
    is_whole = fact.kind in {FactKind.WHOLE, FactKind.DAY}
    return Column(head, _SHARES[fact.name], right=fact.kind is FactKind.WHOLE, row_head=is_name, words=is_whole)


def _cell(fact: Fact, file: ContractFile) -> Cell:
    parts = [Part(fact.words(getattr(file, fact.name)))]
    if fact.name == "name":
        parts.append(Part(file.sha256, SUM_MUTED))
    return Cell(parts)
