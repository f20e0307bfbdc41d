"""The files that are kept with a contract, as its papers and exports tell them: never what is in them.

Source: the council's own record of what was attached, by whom and when.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tomsapp.domain.delivery.evidence import ATTACHMENT, STORED_FILE
from tomsapp.domain.facts import Fact, FactKind
from tomsapp.domain.record_type import RecordType

MOST_FILE_BYTES = 2**40
"""More than any file has that is kept."""

_KINDS: Mapping[str, str] = {
    "application/pdf": "PDF",
    "image/png": "Picture (PNG)",
    "image/jpeg": "Picture (JPEG)",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel workbook",
    "application/vnd.oasis.opendocument.spreadsheet": "OpenDocument spreadsheet",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word document",
    "message/rfc822": "E-mail",
    "text/csv": "Table in text (CSV)",
    "text/plain": "Plain text",
}


@dataclass(frozen=True, slots=True)
class ContractFile:
    """A file of a contract, told without what is in it.

    Attributes:
        name: what the council calls it.
        what: what kind of file it is by its content.
        size: in bytes.
        sha256: of its bytes, as hexadecimal digits.
        added_by, added_on: who added it, and on which day of the council's calendar.
    """

    name: str
    what: str
    size: int
    sha256: str
    added_by: str
    added_on: date


def kind_words(media_type: str) -> str:
    """What a file is, from the media type of its content: "PDF"; "File" where it is not known."""
    return _KINDS.get(media_type, "File")


CONTRACT_FILE = RecordType(
    "contract_file",
    "file of a contract",
    "files of a contract",
    ContractFile,
    (
        ATTACHMENT.fact("name"),
        Fact("what", STORED_FILE.fact("media_type").label),
        Fact("size", STORED_FILE.fact("size").label, FactKind.WHOLE),
        ATTACHMENT.fact("sha256"),
        Fact("added_by", "Added by"),
        Fact("added_on", "Added on", FactKind.DAY),
    ),
    name_of=lambda file: file.name,
)
"""What is told of a file of a contract. Valuation, JSON, table and workbook take it from here."""
