"""Which line of a contract a row of this program's workbook is, so that it is found again when the file comes back."""

import re
from dataclasses import dataclass

from tomsapp.exchange.grid import GridCell, text_or_nothing

LINE_HEAD = "Line in the contract"
"""The head of the hidden column."""

_WRITTEN = re.compile(r"(\d{1,18})/(\d{1,18})\.(\d{1,9})", re.ASCII)


@dataclass(frozen=True, slots=True)
class LineIdentity:
    """A line of a contract as it was when the workbook was made.

    Attributes:
        contract_id: the number of the contract in the database.
        line_id: that of the line.
        version: which of its versions stands in the workbook.
    """

    contract_id: int
    line_id: int
    version: int

    @property
    def text(self) -> str:
        """As it stands in a cell: "5/17.3"."""
        return f"{self.contract_id}/{self.line_id}.{self.version}"


def identity_in(cell: GridCell) -> LineIdentity | None:
    """The line that a cell names; None where it names none."""
    match = _WRITTEN.fullmatch(text_or_nothing(cell))
    return LineIdentity(*map(int, match.groups())) if match else None
