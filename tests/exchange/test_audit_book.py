"""The worksheet of a sample as tables: claims, what the sample is, and all that it was drawn from."""

from dataclasses import replace
from decimal import Decimal

from tests.domain.build import contract
from tests.domain.delivery.test_audit import ITEM, SAMPLE
from tomsapp.domain.delivery.audit_sheet import AuditSheet, DrawnFrom, SheetClaim
from tomsapp.domain.delivery.sample import Conclusion
from tomsapp.exchange.audit_book import audit_tables

CLAIM = SheetClaim("17/1.1", "ab" * 32, 3, "V04 Volunteering", "hours", "Q1", "Accepted by Ann", ("a", "b"), ITEM)
PART = {"conclusion": Conclusion.SHOWN_IN_PART, "found": Decimal(8), "found_pounds": Decimal("1812.00"), "notes": "Two"}


def test_tables_tell_claims_sample_and_what_it_was_drawn_from():
    checked = replace(CLAIM, evidence=(), item=replace(ITEM, position=2, **PART))
    other = DrawnFrom("18/1.1", "cd" * 32, "V04 Volunteering", "Q1", Decimal(3), Decimal("9.00"), None)
    sheet = AuditSheet(contract(), replace(SAMPLE, notes="Half year"), (CLAIM, checked), (other,))
    claims, about, drawn_from = audit_tables(sheet)
    first, second = claims.rows
    assert first[:3] == (1, "17/1.1", 3)
    assert (first[9], first[10:]) == ("a\nb", (None, None, None, None))
    assert (second[9], second[10:]) == ("none", ("Shown in part", Decimal(8), Decimal("1812.00"), "Two"))
    said = dict(about.rows)
    assert (said["Seed"], said["Accepted claims then"], said["Notes"]) == ("plan page 7", 40, "Half year")
    assert said["What it says"]
    assert drawn_from.rows == [("18/1.1", "cd" * 32, None, "V04 Volunteering", "Q1", Decimal(3), Decimal("9.00"))]
    assert all(len(row) == len(table.columns) for table in (claims, about, drawn_from) for row in table.rows)
