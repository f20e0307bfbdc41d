"""The worksheet of an audit sample: tagged, with every claim that was drawn, and how the draw is redone."""

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pypdf
import pytest

from tests.domain.build import contract
from tests.domain.delivery.test_audit import ITEM, SAMPLE
from tests.reports.conformance import faults_of
from tests.reports.deliveries import CONTEXT
from tests.reports.sample import fonts
from tomsapp.domain.delivery.audit_sheet import AuditSheet, DrawnFrom, SheetClaim
from tomsapp.domain.delivery.sample import Conclusion
from tomsapp.reports.attachments import Attachment
from tomsapp.reports.audit_sheet import build_audit_sheet

CLAIM = SheetClaim(
    "17/1.1",
    "ab" * 32,
    3,
    "V04 Employee volunteering",
    "hours",
    "Q1 (Apr to Jun 2026)",
    "Accepted by Ann, 20 July 2026",
    ("log.pdf: SHA-256 9f3a41c0 … 7b2e", "Payroll: Payroll office"),
    ITEM,
)
FOUND = {"conclusion": Conclusion.SHOWN_IN_PART, "found": Decimal(8), "found_pounds": Decimal("1812.00")}
CHECKED = replace(CLAIM, evidence=(), item=replace(ITEM, position=2, notes="Two lack a date", **FOUND))
OTHER = DrawnFrom("18/1.1", "cd" * 32, "V04", "Q1", Decimal(3), Decimal("9.00"), None)
DRAWN = replace(OTHER, key="17/1.1", number="ab" * 32, position=1)
SHEET = AuditSheet(contract(), replace(SAMPLE, seed="<b>=1+1</b>", notes="Half year"), (CLAIM, CHECKED), (DRAWN, OTHER))


def text_of(sheet: AuditSheet) -> str:
    data = build_audit_sheet(sheet, CONTEXT, fonts()).data
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages).split())


def test_worksheet_is_tagged_and_the_same_each_time():
    workbook = Attachment("sheet.xlsx", b"PK", "application/octet-stream", "The worksheet")
    first = build_audit_sheet(SHEET, CONTEXT, fonts(), [workbook]).data
    assert first == build_audit_sheet(SHEET, CONTEXT, fonts(), [workbook]).data
    assert faults_of(first) == []


def test_claims_have_their_evidence_and_room_for_what_is_found():
    text = text_of(SHEET)
    assert "2 claims drawn on 1 October 2026 with the seed “<b>=1+1</b>” out of 40 accepted claims" in text
    assert "log.pdf: SHA-256 9f3a41c0 … 7b2e" in text
    assert "Units shown: Because:" in text
    assert "Shown in part: 8, £1,812.00 Two lack a date" in text
    assert "No evidence is attached" in text
    assert "Half year" in text


def test_claim_that_was_removed_since_is_told_as_such():
    removed = replace(CLAIM, key="", number="", line=0, measure="A claim that was removed since", unit="", quarter="")
    text = text_of(replace(SHEET, claims=(removed,)))
    assert "A claim that was removed since" in text
    assert "Line 0" not in text


def test_draw_can_be_redone_from_the_list():
    text = text_of(SHEET)
    assert f"17/1.1 {'ab' * 32} 1 £9.00" in text
    assert f"18/1.1 {'cd' * 32} £9.00" in text
    assert "not the one that it was drawn from" not in text
    assert "not the one that it was drawn from" in text_of(replace(SHEET, has_changed=True))


@pytest.mark.parametrize(
    ("listed", "words"), [(0, "No claim is accepted any more."), (203, "3 more are in the workbook of this worksheet.")]
)
def test_lists_of_nothing_and_of_many_say_so(listed, words):
    sheet = replace(SHEET, drawn_from=(OTHER,) * listed, sample=replace(SAMPLE, drawn_on=date(2026, 10, 2)))
    assert words in text_of(sheet)


def test_sample_over_all_contracts_names_the_contract_of_each_claim():
    claims = (replace(CLAIM, contract="C1"), replace(CHECKED, contract="C2"))
    drawn_from = (replace(DRAWN, contract="C1"), replace(OTHER, contract="C2"))
    sheet = replace(SHEET, contract=None, claims=claims, drawn_from=drawn_from, left_out=("C9 is left out: no menu.",))
    text = text_of(sheet)
    assert "Audit worksheet: all contracts" in text
    assert "Audit worksheet · All contracts" in text
    assert "C1. Q1 (Apr to Jun 2026). Line 3, claim 17/1.1" in text
    assert f"18/1.1 C2 {'cd' * 32} £9.00" in text
    assert "C9 is left out: no menu." in text
    assert faults_of(build_audit_sheet(sheet, CONTEXT, fonts()).data) == []
    assert "C1. Q1" not in text_of(SHEET), "of one contract it is said once"
