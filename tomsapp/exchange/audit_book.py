"""The worksheet of an audit sample as tables for a workbook: what to check, how it was drawn, and from what."""

from collections.abc import Sequence

from tomsapp.domain.delivery.audit_sheet import AuditSheet
from tomsapp.exchange.tables import Cell, ColumnKind, Table, TableColumn

_CLAIMS = (
    TableColumn("Place", ColumnKind.WHOLE),
    TableColumn("Claim"),
    TableColumn("Contract"),
    TableColumn("Commitment", ColumnKind.WHOLE),
    TableColumn("Measure"),
    TableColumn("Quarter"),
    TableColumn("Accepted", ColumnKind.QUANTITY),
    TableColumn("Unit"),
    TableColumn("Worth", ColumnKind.POUNDS),
    TableColumn("Accepted by"),
    TableColumn("Evidence"),
    TableColumn("Conclusion"),
    TableColumn("Units shown", ColumnKind.QUANTITY),
    TableColumn("Worth of these", ColumnKind.POUNDS),
    TableColumn("Notes"),
)
_ABOUT = (TableColumn("About the sample"), TableColumn("What it is"))
_FROM = (
    TableColumn("Claim"),
    TableColumn("Contract"),
    TableColumn("SHA-256 of the seed, a stroke and the claim"),
    TableColumn("Place in the sample", ColumnKind.WHOLE),
    TableColumn("Measure"),
    TableColumn("Quarter"),
    TableColumn("Accepted", ColumnKind.QUANTITY),
    TableColumn("Worth", ColumnKind.POUNDS),
)


def audit_tables(sheet: AuditSheet) -> Sequence[Table]:
    """The claims to check, what the sample is and says, and all accepted claims in the order of the draw."""
    return (
        Table("Claims to check", _CLAIMS, [_claim_row(sheet, place) for place in range(len(sheet.claims))]),
        Table("The sample", _ABOUT, list(_about(sheet))),
        Table(
            "Drawn from",
            _FROM,
            [
                (
                    each.key,
                    each.contract,
                    each.number,
                    each.position,
                    each.measure,
                    each.quarter,
                    each.units,
                    each.pounds,
                )
                for each in sheet.drawn_from
            ],
        ),
    )


def _claim_row(sheet: AuditSheet, place: int) -> Sequence[Cell]:
    claim = sheet.claims[place]
    item = claim.item
    return (
        item.position,
        claim.key,
        claim.contract or None,
        claim.line or None,
        claim.measure,
        claim.quarter,
        item.units,
        claim.unit,
        item.pounds,
        claim.accepted,
        "\n".join(claim.evidence) or "none",
        item.conclusion.words if item.conclusion else None,
        item.found,
        item.found_pounds,
        item.notes or None,
    )


def _about(sheet: AuditSheet) -> Sequence[Sequence[Cell]]:
    sample, contract = sheet.sample, sheet.contract
    drawn_from: tuple[Sequence[Cell], ...] = (("Drawn from", sheet.audited),)
    if contract is not None:
        drawn_from = (
            ("Contract", f"{contract.reference} {contract.title}".strip()),
            ("Supplier", contract.supplier),
        )
    return (
        *drawn_from,
        ("Seed", sample.seed),
        ("Claims to", sample.until),
        ("Drawn on", sample.drawn_on),
        ("Accepted claims then", sample.claims),
        ("Worth of these, in pounds", f"{sample.pounds}"),
        *(("What it says", words) for words in sheet.result.words),
        *(("Left out", words) for words in sheet.left_out),
        ("Notes", sample.notes or None),
    )
