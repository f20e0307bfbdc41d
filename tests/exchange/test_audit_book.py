"""The worksheet of a sample as tables: claims, what the sample is, and all that it was drawn from."""

from dataclasses import replace
from decimal import Decimal

from tests.domain.build import contract
from tests.domain.delivery.test_audit import ITEM, SAMPLE
from tomsapp.domain.delivery.audit_sheet import AuditSheet, DrawnFrom, SheetClaim
from tomsapp.domain.delivery.sample import Conclusion
from tomsapp.exchange.audit_book import audit_tables

CLAIM = SheetClaim("17/1.1", "ab" * 32, 3, "V04 Volunteering", "hours", "Q1", "Accepted by Ann", ("a", "b"), ITEM, "C1")
PART = {"conclusion": Conclusion.SHOWN_IN_PART, "found": Decimal(8), "found_pounds": Decimal("1812.00"), "notes": "Two"}


def test_tables_tell_claims_sample_and_what_it_was_drawn_from():
    checked = replace(CLAIM, evidence=(), item=replace(ITEM, position=2, **PART))
    other = DrawnFrom("18/1.1", "cd" * 32, "V04 Volunteering", "Q1", Decimal(3), Decimal("9.00"), None, "C2")
    sheet = AuditSheet(contract(), replace(SAMPLE, notes="Half year"), (CLAIM, checked), (other,))
    claims, about, drawn_from = audit_tables(sheet)
    first, second = claims.rows
    assert first[:4] == (1, "17/1.1", "C1", 3)
    assert (first[10], first[11:]) == ("a\nb", (None, None, None, None))
    assert (second[10], second[11:]) == ("none", ("Shown in part", Decimal(8), Decimal("1812.00"), "Two"))
    said = dict(about.rows)
    assert (said["Seed"], said["Accepted claims then"], said["Notes"]) == ("plan page 7", 40, "Half year")
    assert said["What it says"]
    assert drawn_from.rows == [("18/1.1", "C2", "cd" * 32, None, "V04 Volunteering", "Q1", Decimal(3), Decimal("9.00"))]
    assert all(len(row) == len(table.columns) for table in (claims, about, drawn_from) for row in table.rows)


def test_sample_over_all_contracts_names_no_contract_and_what_was_left_out():
    sheet = AuditSheet(None, SAMPLE, (replace(CLAIM, contract=""),), (), left_out=("C9 is left out: no menu.",))
    claims, about, _ = audit_tables(sheet)
    said = dict(about.rows)
    assert (said["Drawn from"], said["Left out"]) == ("All contracts", "C9 is left out: no menu.")
    assert not {"Contract", "Supplier"} & said.keys()
    assert claims.rows[0][2] is None
