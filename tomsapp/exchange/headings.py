"""Where the columns of a table of commitments stand."""

from dataclasses import dataclass, field

from tomsapp.exchange.workbook_columns import Role


@dataclass(frozen=True, slots=True)
class Headings:
    """Where the columns of a table stand: `quantities` by contract year (0 is the first), others by role."""

    row: int
    columns: dict[Role, int]
    quantities: dict[int, int]
    stated: dict[tuple[Role, int | None], int] = field(default_factory=dict)
    """Where the table states figures of its own: unit values, values of a year and of a line, and so on."""

    width: int = 0
    """The columns up to the last heading."""

    is_each: bool = False
    """Whether the column of the first year holds one number that counts in each year."""

    is_whole: bool = False
    """Whether the column of the first year holds one number for the whole contract."""
