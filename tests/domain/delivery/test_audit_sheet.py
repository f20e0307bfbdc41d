"""A worksheet says what its sample says so far."""

from dataclasses import replace
from decimal import Decimal

from tests.domain.build import contract
from tests.domain.delivery.test_audit import ITEM, SAMPLE
from tomsapp.domain.delivery.audit_sheet import AuditSheet, DrawnFrom, SheetClaim


def test_worksheet_says_what_its_sample_says():
    claim = SheetClaim("17/1.1", "ab" * 32, 1, "V04 Volunteering", "hours", "Q1", "Accepted by Ann", ("log.pdf",), ITEM)
    other = DrawnFrom("18/1.1", "cd" * 32, "V04 Volunteering", "Q1", Decimal(3), Decimal("9.00"), None)
    sheet = AuditSheet(contract(), SAMPLE, (claim,), (other,))
    assert sheet.result.words == ("None of the 1 claim drawn has been checked yet.",)
    assert not sheet.has_changed
    assert (sheet.audited, sheet.named) == (contract().reference, contract().reference)
    of_all = replace(sheet, contract=None)
    assert (of_all.audited, of_all.named) == ("All contracts", "all contracts")
