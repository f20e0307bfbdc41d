"""Which columns of a sheet hold numbers, where its headings do not say it or may mean two things."""

from dataclasses import dataclass
from decimal import Decimal

from tomsapp.exchange.grid import CellError, Grid, text_or_nothing
from tomsapp.exchange.labelled.uses import EACH, UNIT, WHOLE
from tomsapp.exchange.year_words import tidy


@dataclass(frozen=True)
class NumberColumns:
    """Which columns of a sheet hold numbers, from its first line on."""

    grid: Grid
    first: int

    @property
    def columns(self) -> list[int]:
        """The columns with at least one number."""
        rows = [row for row in self.grid.rows if row.number >= self.first]
        return sorted({column for row in rows for column, cell in row.cells.items() if _is_numeric(cell.value)})

    def of_whole_or_unit(self, column: int, heading: str, use: str) -> str:
        """“Units” may stand over what is counted, or over how many: the cells say it."""
        cells = [row.cell(column) for row in self.grid.rows if row.number >= self.first]
        numbers = [cell.value for cell in cells if _is_numeric(cell.value)]
        words = [cell for cell in cells if not _is_numeric(cell.value) and text_or_nothing(cell)]
        if len(numbers) <= len(words):
            return UNIT.key if use == UNIT.key else ""
        is_counting = tidy(heading) in {"no", "nos", "number"} and numbers == list(range(1, len(numbers) + 1))
        if is_counting and len(numbers) > 1:
            return ""
        return EACH.key if use == EACH.key else WHOLE.key


def _is_numeric(value: object) -> bool:
    if isinstance(value, str):
        return value.strip()[:1] in set("0123456789£") and bool(value.strip())
    return isinstance(value, int | Decimal) and not isinstance(value, bool | CellError)
