"""The hand-over sheet of a contract in the database."""

from datetime import date

import pytest
from icalendar import Calendar

from tests.services.council import HOSTILE, begin, promise, seal
from tests.services.deliveries import begin_signed
from tomsapp.domain.errors import TomsError
from tomsapp.domain.seal import ActKind
from tomsapp.reports.attachments import read_attachments
from tomsapp.reports.render import printed_text
from tomsapp.services.failures import StoreError
from tomsapp.services.hand_over import hand_over_report
from tomsapp.services.verifying import verify_pdf

ON = date(2026, 11, 29)


def test_a_signed_contract_is_handed_over_with_its_calendar(ann):
    made = begin_signed(ann, supplier_contact="R. Okafor", contract_manager="P. Quill", extensions_left=1)
    sheet = hand_over_report(ann, made.id, ON)
    assert sheet.file_name == "C1 hand-over sheet.pdf"
    assert sheet.signature is None
    text = printed_text(sheet.data)
    assert "Supplier’s lead contact R. Okafor" in text
    assert "Signed on 2 March 2026 by Ann, Procurement lead" in text
    assert "30 July 2026 Return for Q1 (Apr to Jun 2026)" in text
    [(name, data)] = read_attachments(sheet.data).items()
    assert name == "C1 what is due.ics"
    assert len(Calendar.from_ical(data).walk("VEVENT")) == 10
    assert hand_over_report(ann, made.id, ON).data == sheet.data


def test_verify_says_that_a_hand_over_sheet_has_no_figures_of_its_own(ann, tmp_path):
    made = begin_signed(ann)
    path = tmp_path / "sheet.pdf"
    path.write_bytes(hand_over_report(ann, made.id, ON).data)
    with pytest.raises(TomsError) as refused:
        verify_pdf(ann, path)
    assert str(refused.value).startswith("sheet.pdf has no valuation attached")
    assert refused.value.fix.endswith("A hand-over sheet has none")


def test_a_closed_contract_is_told_and_a_draft_is_not(ann):
    made = begin(ann)
    with pytest.raises(StoreError, match="C1 is draft, and what is handed over is a signed contract"):
        hand_over_report(ann, made.id, ON)
    seal(ann, made.id, ActKind.SIGN)
    seal(ann, made.id, ActKind.CLOSE)
    assert hand_over_report(ann, made.id, ON).pages > 1


def test_what_people_typed_is_data_and_what_cannot_be_printed_is_told(ann):
    made = begin_signed(ann, promise("V01", "100", "100", statement=HOSTILE[3]))
    sheet = hand_over_report(ann, made.id, ON)
    assert {note.code for note in sheet.notes} == {"character-not-shown"}
    assert sheet.data == hand_over_report(ann, made.id, ON).data
