"""The result of a valuation as CSV: a row for each commitment and contract year, with every factor."""

from collections.abc import Iterator

from tomsapp.domain.offer import CheckedOffer
from tomsapp.domain.sums import real_sums, value_sums
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
    TableColumn("Spend"),
    TableColumn("Sum"),
    TableColumn("Social value", ColumnKind.POUNDS),
    TableColumn("Sum of real pounds"),
    TableColumn("Real pounds", ColumnKind.POUNDS),
    TableColumn("Can be counted"),
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
        admissible = "no" if line.commitment.key in checked.inadmissible else "yes"
        number = numbers[line.commitment.key]
        rows.extend((number, *factors, discount, *rest) for factors, rest in _year_rows(line, admissible))
    return Table("Commitments by year", _COLUMNS, rows)


def _year_rows(line: LineValue, admissible: str) -> Iterator[tuple[tuple[Cell, ...], tuple[Cell, ...]]]:
    """The cells before and after the discount rate for each year of a line."""
    measure, commitment = line.measure, line.commitment
    sums = {one.labels: one.equation for one in value_sums(line, fold=False)}
    real = {one.labels: one.equation for one in real_sums(line, fold=False)}
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
        spend = year.basis.value if year.basis else ""
        label = (year.year.label,)
        figures: tuple[Cell, ...] = (
            spend,
            sums.get(label, ""),
            year.social_value,
            real.get(label, ""),
            year.real_pounds,
            admissible,
        )
        yield factors, (*figures, commitment.place, commitment.statement)
