"""The result of a valuation as CSV: a row for each commitment and contract year, with every factor."""

from collections.abc import Iterator

from tomsapp.domain.offer import CheckedOffer
from tomsapp.domain.steps import sum_text
from tomsapp.domain.valuation import LineValue
from tomsapp.exchange.tables import Cell, ColumnKind, Table, TableColumn, write_csv

_COLUMNS = (
    TableColumn("Commitment", ColumnKind.WHOLE),
    TableColumn("Measure"),
    TableColumn("Title"),
    TableColumn("Year", ColumnKind.WHOLE),
    TableColumn("Year label"),
    TableColumn("Quantity", ColumnKind.QUANTITY),
    TableColumn("Unit"),
    TableColumn("Unit value", ColumnKind.POUNDS),
    TableColumn("Contract share", ColumnKind.PERCENT),
    TableColumn("Deadweight share", ColumnKind.PERCENT),
    TableColumn("Displacement share", ColumnKind.PERCENT),
    TableColumn("Benefit years", ColumnKind.WHOLE),
    TableColumn("Drop-off share", ColumnKind.PERCENT),
    TableColumn("Discount rate", ColumnKind.PERCENT),
    TableColumn("Sum"),
    TableColumn("Social value", ColumnKind.POUNDS),
    TableColumn("Real pounds", ColumnKind.POUNDS),
    TableColumn("Ward"),
    TableColumn("Statement"),
)


def result_csv(checked: CheckedOffer) -> bytes:
    """The valued lines as CSV (UTF-8 with a byte order mark); a record-only measure has no unit value."""
    return write_csv(result_table(checked))


def result_table(checked: CheckedOffer) -> Table:
    """The valued lines as a table, a row for each commitment and contract year."""
    numbers = {commitment.key: number for number, commitment in enumerate(checked.offer.commitments, start=1)}
    discount = checked.valuation.edition.discount_rate
    rows: list[tuple[Cell, ...]] = []
    for line in checked.valuation.lines:
        rows.extend((numbers[line.commitment.key], *factors, discount, *rest) for factors, rest in _year_rows(line))
    return Table("Commitments by year", _COLUMNS, rows)


def _year_rows(line: LineValue) -> Iterator[tuple[tuple[Cell, ...], tuple[Cell, ...]]]:
    """The cells before and after the discount rate for each year of a line."""
    measure, commitment = line.measure, line.commitment
    for year in line.years:
        factors: tuple[Cell, ...] = (
            measure.code,
            measure.title,
            year.year.index + 1,
            year.year.label,
            year.quantity,
            measure.each_name,
            None if year.unit_value is None else year.unit_value.value,
            commitment.contract_share,
            measure.deadweight_share,
            measure.displacement_share,
            measure.benefit_years,
            measure.drop_off_share,
        )
        working = f"{sum_text(year.steps)} {year.steps[-1].text}" if year.steps else ""
        yield factors, (working, year.social_value, year.real_pounds, commitment.place, commitment.statement)
