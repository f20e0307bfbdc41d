"""What was delivered as tables: every commitment by quarter, the register of the evidence, and the money ledger."""

from collections.abc import Iterator

from tomsapp.domain.delivery.delivered_sums import quarter_text
from tomsapp.domain.delivery.figures import DeliveredLine, QuarterFigures, State
from tomsapp.domain.delivery.paper import DeliveredPaper
from tomsapp.domain.delivery.told import ToldEvidence
from tomsapp.exchange.tables import Cell, ColumnKind, Table, TableColumn, write_csv

_COUNTED = (State.DUE, State.CLAIMED, State.EVIDENCED, State.ACCEPTED, State.FINAL)
_QUARTERS = (
    TableColumn("Commitment", ColumnKind.WHOLE),
    TableColumn("Measure"),
    TableColumn("Title"),
    TableColumn("Unit"),
    TableColumn("Contract share", ColumnKind.PERCENT),
    TableColumn("Year", ColumnKind.WHOLE),
    TableColumn("Quarter", ColumnKind.WHOLE),
    TableColumn("Months"),
    TableColumn("Ends on", ColumnKind.DATE),
    TableColumn("Financial quarter"),
    TableColumn("Is due"),
    TableColumn("Planned", ColumnKind.QUANTITY),
    TableColumn("Claimed", ColumnKind.QUANTITY),
    TableColumn("Evidenced", ColumnKind.QUANTITY),
    TableColumn("Accepted", ColumnKind.QUANTITY),
    TableColumn("Of it provisional", ColumnKind.QUANTITY),
    TableColumn("Rejected", ColumnKind.QUANTITY),
    TableColumn("Withdrawn", ColumnKind.QUANTITY),
    TableColumn("State"),
    TableColumn("Returned on", ColumnKind.DATE),
    TableColumn("Entered by"),
    *(TableColumn(f"{state.words}, counted", ColumnKind.QUANTITY) for state in _COUNTED),
    *(TableColumn(f"{state.words}, pounds", ColumnKind.POUNDS) for state in _COUNTED),
    TableColumn("Sum of accepted pounds"),
    TableColumn("Note"),
)
_EVIDENCE = (
    TableColumn("Number", ColumnKind.WHOLE),
    TableColumn("Name"),
    TableColumn("Commitment", ColumnKind.WHOLE),
    TableColumn("Year", ColumnKind.WHOLE),
    TableColumn("Quarter", ColumnKind.WHOLE),
    TableColumn("Kind"),
    TableColumn("Reference"),
    TableColumn("SHA-256"),
    TableColumn("Bytes", ColumnKind.WHOLE),
    TableColumn("Dated on", ColumnKind.DATE),
    TableColumn("About people"),
    TableColumn("Kept until", ColumnKind.DATE),
    TableColumn("Deleted on", ColumnKind.DATE),
    TableColumn("Deleted by"),
)

_LEDGER = (
    TableColumn("Received on", ColumnKind.DATE),
    TableColumn("Received from"),
    TableColumn("Pounds", ColumnKind.POUNDS),
    TableColumn("Passed to"),
    TableColumn("Passed on", ColumnKind.DATE),
    TableColumn("Receipt"),
    TableColumn("Commitment", ColumnKind.WHOLE),
)


def quarters_csv(paper: DeliveredPaper) -> bytes:
    """Every commitment and quarter with its figures as CSV (UTF-8 with a byte order mark)."""
    return write_csv(quarters_table(paper))


def quarters_table(paper: DeliveredPaper) -> Table:
    """A row for each commitment and quarter of the contract."""
    entered = {told.claim: told.entered_by for told in paper.deliveries}
    labels = tuple(year.label for year in paper.delivered.years)
    rows = [
        _quarter(paper.numbers[line.commitment.key], line, each, by, labels)
        for line in paper.delivered.lines
        for each in line.quarters
        for by in [entered.get((line.commitment.key, each.quarter.quarter), "")]
    ]
    return Table("Commitments by quarter", _QUARTERS, rows)


def _quarter(
    number: int, line: DeliveredLine, each: QuarterFigures, entered_by: str, labels: tuple[str, ...]
) -> tuple[Cell, ...]:
    measure, quarter, delivery = line.measure, each.quarter, each.delivery
    returned: tuple[Cell, ...] = (None,) * 9
    if delivery is not None:
        returned = (
            delivery.standing,
            delivery.shown,
            delivery.accepted,
            delivery.provisional,
            delivery.rejected,
            delivery.withdrawn,
            delivery.state.words,
            delivery.returned_on,
            entered_by,
        )
    return (
        number,
        measure.code,
        measure.title,
        measure.each_name,
        line.commitment.contract_share,
        quarter.quarter.year + 1,
        quarter.quarter.number,
        quarter.label,
        quarter.ends_on,
        quarter.financial_quarter.words,
        "yes" if each.is_due else "no",
        each.planned,
        *returned,
        *(each.of(state).units for state in _COUNTED),
        *(each.of(state).pounds for state in _COUNTED),
        quarter_text(line, each, State.ACCEPTED, labels),
        "" if delivery is None else delivery.note,
    )


def evidence_csv(paper: DeliveredPaper) -> bytes:
    """The register of the evidence as CSV: a row for each piece and delivery that it belongs to."""
    return write_csv(evidence_table(paper))


def evidence_table(paper: DeliveredPaper) -> Table:
    """The register of the evidence; a piece that belongs to no delivery any more has one row too."""
    return Table("Register of evidence", _EVIDENCE, [row for piece in paper.evidence for row in _evidence(piece)])


def _evidence(piece: ToldEvidence) -> Iterator[tuple[Cell, ...]]:
    shows: list[tuple[int | None, int | None, int | None]] = [
        (int(commitment), quarter.year + 1, quarter.number) for commitment, quarter in piece.shows
    ]
    for place in shows or [(None, None, None)]:
        yield (
            piece.number,
            piece.name,
            *place,
            "file" if piece.is_file else "reference",
            piece.reference,
            piece.sha256,
            piece.size,
            piece.dated_on,
            "yes" if piece.about_people else "no",
            piece.keep_until,
            piece.deleted_on,
            piece.deleted_by,
        )


def ledger_csv(paper: DeliveredPaper) -> bytes:
    """The money that was handed over as CSV: real pounds, a row for each entry."""
    return write_csv(ledger_table(paper))


def ledger_table(paper: DeliveredPaper) -> Table:
    """The ledger of money, in the order of its days; no commitment stands where it is for the contract as a whole."""
    rows = [
        (
            entry.received_on,
            entry.received_from,
            entry.amount,
            entry.passed_to,
            entry.passed_on,
            entry.receipt,
            int(entry.commitment) if entry.commitment else None,
        )
        for entry in paper.ledger
    ]
    return Table("Money handed over", _LEDGER, rows)
