"""What is due of contracts: for one, for all, as a calendar file, and as reminders."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from icalendar import Calendar

from tests.services.council import begin, promise, reopen, roads, seal, sign
from tests.services.deliveries import Q1, Q2, begin_signed, claim, delivered, enter
from tomsapp.domain.delivery.at_risk import Sign
from tomsapp.domain.delivery.due import DueKind
from tomsapp.domain.delivery.evidence import Evidence
from tomsapp.domain.portfolio import ContractAttention
from tomsapp.domain.problems import Severity
from tomsapp.domain.seal import ActKind
from tomsapp.services import commitments, contracts, council, delivery_claims
from tomsapp.services.delivery_rules import RULES_OF_DELIVERY
from tomsapp.services.due import (
    all_dues,
    contract_calendar,
    contract_dues,
    council_calendar,
    reminders,
    save_calendar,
    with_reminders,
)
from tomsapp.services.evidence import OfferedFile, attach
from tomsapp.services.failures import StoreError

NOW = datetime(2026, 11, 29, 9, 30, tzinfo=UTC)
LATE = date(2026, 11, 10)


def test_what_is_due_of_a_contract_follows_its_plan_and_the_rules_of_the_council(ann):
    made = begin_signed(ann, latest_end_on=date(2030, 3, 31), extensions_left=2)
    found = contract_dues(ann, made.id)
    assert found.contract.reference == "C1"
    returns = [due for due in found.dues if due.kind is DueKind.RETURN]
    assert [due.on for due in returns][:2] == [date(2026, 7, 30), date(2026, 10, 30)]
    assert len(returns) == 8
    assert returns[0].detail == (
        "V01 £25.00 given in cash to local VCFSE organisations",
        "V04 10 hours of volunteering",
    )
    assert [due.on for due in found.dues if due.kind is DueKind.EXTENSION] == [date(2027, 12, 31)]


def test_what_is_due_of_all_leaves_out_what_is_not_signed_or_is_closed(ann):
    begin_signed(ann)
    contracts.add_contract(ann, roads("C2"), None)
    assert [each.contract.reference for each in all_dues(ann)] == ["C1"]
    page = contracts.list_contracts(ann)[0]
    seal(ann, page.id, ActKind.CLOSE)
    assert all_dues(ann) == ()


def test_a_calendar_of_a_contract_names_it_and_whom_to_call(ann, tmp_path):
    contact = {"supplier_contact": "R. Okafor", "supplier_contact_phone": "020 7946 0000"}
    made = begin_signed(ann, title="Roads; east, north", contract_manager="P. Quill", **contact)
    calendar = contract_calendar(ann, made.id, NOW)
    assert calendar.file_name == "C1 what is due.ics"
    events = Calendar.from_ical(calendar.data).walk("VEVENT")
    assert len(events) == calendar.entries == 9
    assert events[0]["summary"] == "C1: Return for Q1 (Apr to Jun 2026)"
    assert events[0]["description"] == (
        "V01 £25.00 given in cash to local VCFSE organisations\nV04 10 hours of volunteering\nC1 Roads; east, north\n"
        "Supplier: Bridge Works Ltd, R. Okafor, 020 7946 0000\n"
        "Contract manager: P. Quill"
    )
    assert events[0]["dtstart"].dt == date(2026, 7, 30)
    path = save_calendar(
        lambda workspace, now: contract_calendar(workspace, made.id, now), ann, tmp_path / "a.ics", NOW
    )
    assert path.read_bytes() == calendar.data


def test_nothing_is_due_of_a_draft(ann):
    made = begin(ann)
    with pytest.raises(StoreError, match="C1 is draft, and what is due is that of signed contracts"):
        contract_calendar(ann, made.id, NOW)


def test_a_calendar_of_all_contracts_has_each_entry_under_a_name_of_its_own(ann):
    begin_signed(ann)
    second = contracts.add_contract(ann, roads("C2"), None).result
    commitments.add_commitments(ann, second.id, (promise("V01", "100", "100"),), "Add")
    calendar = council_calendar(ann, NOW)
    assert calendar.file_name == "What is due.ics"
    events = Calendar.from_ical(calendar.data).walk("VEVENT")
    assert len({event["uid"] for event in events}) == len(events) == calendar.entries == 9
    again = Calendar.from_ical(council_calendar(ann, datetime(2027, 1, 1, tzinfo=UTC)).data).walk("VEVENT")
    assert [event["uid"] for event in again] == [event["uid"] for event in events]


# Reminders


def test_a_return_is_told_before_it_is_due_and_when_it_is_late(ann):
    made = begin_signed(ann)
    assert reminders(ann, date(2026, 7, 15)) == ()
    (coming,) = reminders(ann, date(2026, 7, 16))
    assert (coming.contract_id, coming.severity) == (made.id, Severity.NOTE)
    assert coming.reasons == ("Return for Q1 (Apr to Jun 2026) is due in 14 days, on 30 July 2026",)
    (late,) = reminders(ann, date(2026, 8, 1))
    assert late.severity is Severity.WARNING
    assert late.reasons == ("Return for Q1 (Apr to Jun 2026) was due 2 days ago, on 30 July 2026",)
    (several,) = reminders(ann, LATE)
    assert several.reasons == ("2 returns are late: Q1 (Apr to Jun 2026) was due on 30 July 2026",)


def test_nothing_is_late_before_the_contract_was_signed(ann):
    made = begin(ann, promise("V01", "100", "100"))
    sign(ann, made.id, date(2026, 11, 1))
    assert reminders(ann, date(2026, 11, 10)) == ()
    (late,) = reminders(ann, date(2026, 12, 10))
    assert late.reasons == ("2 returns are late: Q1 (Apr to Jun 2026) was due on 1 December 2026",)
    returns = [due for due in contract_dues(ann, made.id).dues if due.kind is DueKind.RETURN]
    assert [due.on for due in returns][:3] == [date(2026, 12, 1), date(2026, 12, 1), date(2027, 1, 30)]
    calendar = Calendar.from_ical(contract_calendar(ann, made.id, NOW).data).walk("VEVENT")
    assert "over before the contract was signed on 1 November 2026\nC1 Roads" in calendar[0]["description"]
    assert [due.on for each in all_dues(ann) for due in each.dues if due.kind is DueKind.RETURN] == [
        due.on for due in returns
    ]
    assert Sign.LATE_RETURN not in {risk.sign for risk in delivered(ann, made).risks(date(2026, 12, 15))}
    assert Sign.LATE_RETURN in {risk.sign for risk in delivered(ann, made).risks(date(2026, 12, 16))}


def test_a_contract_that_is_signed_again_owes_its_returns_from_then_on(ann):
    made = begin_signed(ann)
    reopen(ann, made.id)
    assert contract_dues(ann, made.id).dues[0].on == date(2026, 7, 30), "nobody owes anything under a draft"
    sign(ann, made.id, date(2026, 11, 1))
    assert contract_dues(ann, made.id).dues[0].on == date(2026, 12, 1)


def test_a_return_that_is_there_is_not_told_of_and_one_that_was_withdrawn_is(ann):
    made = begin_signed(ann)
    enter(ann, made, claim(made.lines[0], Q1))
    (second,) = reminders(ann, LATE)
    assert second.reasons == ("Return for Q2 (Jul to Sep 2026) was due 11 days ago, on 30 October 2026",)
    (held,) = enter(ann, made, claim(made.lines[0], Q2))
    assert reminders(ann, LATE) == ()
    delivery_claims.remove_claims(ann, delivered(ann, made), [held])
    assert len(reminders(ann, LATE)) == 1


def test_the_longest_late_stands_first_and_drafts_and_empty_contracts_are_not_told_of(ann):
    begin_signed(ann)
    contracts.add_contract(ann, roads("C0"), None)
    later = contracts.add_contract(ann, roads("C3", start_on=date(2026, 5, 1)), None).result
    supplier = contracts.open_contract(ann, later.id)
    assert supplier.contract.reference == "C3"
    commitments.add_commitments(ann, later.id, (promise("V01", "100", "100"),), "Add")
    assert [each.reference for each in reminders(ann, LATE)] == ["C1"]
    sign_with_supplier(ann, later.id)
    assert [each.reference for each in reminders(ann, LATE)] == ["C1", "C3"]


def sign_with_supplier(workspace, contract_id):
    opened = contracts.open_contract(workspace, contract_id)
    (supplier,) = [row for row in contracts.list_contracts(workspace) if row.reference == "C1"]
    contracts.save_contract(workspace, opened.stored, opened.supplier_id, opened.contract, supplier.supplier_id)
    sign(workspace, contract_id)


def test_what_is_due_stands_among_what_needs_attention():
    def told(number, *reasons, severity=Severity.WARNING):
        return ContractAttention(number, f"C{number}", "Roads", "", reasons, severity)

    attention = (
        told(1, "Short by £1"),
        told(2, "1 error to put right", severity=Severity.ERROR),
        told(3, "1 warning to answer", severity=Severity.NOTE),
        told(4, "1 error to put right", severity=Severity.ERROR),
    )
    due = (told(5, "late"), told(3, "soon", severity=Severity.NOTE), told(4, "late"), told(6, "late"), told(1, "soon"))
    found = with_reminders(attention, due, frozenset({1, 2, 3, 4, 5}))
    assert [(each.contract_id, each.reasons) for each in found] == [
        (2, ("1 error to put right",)),
        (4, ("1 error to put right", "late")),
        (5, ("late",)),
        (3, ("soon", "1 warning to answer")),
        (1, ("soon", "Short by £1")),
    ]
    assert [each.severity for each in found][-2:] == [Severity.NOTE, Severity.WARNING]
    assert with_reminders(attention, due, frozenset()) == (attention[1], attention[3], attention[0], attention[2])


def test_the_council_sets_how_long_before(ann):
    begin_signed(ann)
    with ann.look() as uow:
        now = uow.delivery_rules.now()
    RULES_OF_DELIVERY.save(ann, now, replace(now.record, return_days=Decimal(10), remind_days=Decimal(3)))
    assert reminders(ann, date(2026, 7, 6)) == ()
    assert reminders(ann, date(2026, 7, 7))[0].reasons == (
        "Return for Q1 (Apr to Jun 2026) is due in 3 days, on 10 July 2026",
    )
    assert council.get_settings(ann) is not None


def test_files_to_be_deleted_are_told_of_with_what_is_due_and_of_closed_contracts_too(ann):
    late, closed = begin_signed(ann, reference="C1"), begin_signed(ann, reference="C2")
    for made in (late, closed):
        (held,) = enter(ann, made, claim(made.lines[0]))
        said = Evidence("log.pdf", keep_until=date(2026, 9, 1), deliveries=frozenset({str(held.id)}))
        file = OfferedFile("log.pdf", made.contract.record.reference.encode(), "text/plain")
        attach(ann, delivered(ann, made), said, file)
    seal(ann, closed.id, ActKind.CLOSE, reason="Everything that was agreed came in good time")
    first, last = reminders(ann, date(2026, 11, 20))
    words = "1 file of evidence is due for deletion"
    assert (first.reference, first.reasons[-1], len(first.reasons) > 1) == ("C1", words, True)
    assert (last.reference, last.reasons, last.severity) == ("C2", (words,), Severity.NOTE)
    assert all(words not in each.reasons for each in reminders(ann, date(2026, 9, 1)))
