"""The hand-over sheet: read back as text, as tags, and by checkers of accessible PDFs."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests.reports.conformance import faults_of
from tests.reports.page_reader import Node, read_pages
from tests.reports.valuations import (
    AREA,
    CONTEXT,
    CONTRACT,
    HOSTILE,
    LINES,
    commitment,
    fonts,
    text_of,
    valued,
    written,
)
from tests.reports.verapdf import broken_rules
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract import Contract, ContractStatus
from tomsapp.domain.contract_dates import end_after
from tomsapp.domain.delivery.due import dues_of, planned_lines
from tomsapp.domain.delivery.plan import PlanEntry, plan_in_force
from tomsapp.domain.delivery.quarters import Quarter
from tomsapp.domain.delivery.rules import DeliveryRules
from tomsapp.domain.seal import Act, ActKind
from tomsapp.reports.attachments import Attachment, read_attachments
from tomsapp.reports.contract_facts import PrintedValuation
from tomsapp.reports.document import BuiltReport
from tomsapp.reports.hand_over import NOT_RECORDED, HandOver, build_hand_over

SIGNED = replace(
    CONTRACT,
    status=ContractStatus.SIGNED,
    value_with_vat=Decimal("5040000.00"),
    latest_end_on=date(2031, 3, 31),
    extensions_taken=0,
    extensions_left=2,
    contract_manager="P. Quill",
    directorate="Place",
    supplier_contact="R. Okafor",
    supplier_contact_email="r.okafor@example.org",
    supplier_contact_phone="020 7946 0000",
)
SIGNING = Act(
    ActKind.SIGN,
    date(2026, 3, 20),
    date(2026, 4, 1),
    "Procurement lead",
    id=1,
    contract_id=1,
    by="M. Reid",
    recorded_at=datetime(2026, 3, 20, 9, tzinfo=UTC),
    was=ContractStatus.DRAFT,
    becomes=ContractStatus.SIGNED,
    sha256="ab" * 32,
)
CALENDAR = Attachment("what is due.ics", b"BEGIN:VCALENDAR", "text/calendar", "What is due")


def sheet(
    contract: Contract = SIGNED,
    lines: tuple[Commitment, ...] = LINES,
    entries: tuple[PlanEntry, ...] = (),
    attachments: tuple[Attachment, ...] = (CALENDAR,),
    signing: Act | None = SIGNING,
    signed_on: date | None = None,
) -> BuiltReport:
    checked = valued(lines, contract)
    page = PrintedValuation(checked, AREA, "Larkmere Council", signed_on=date(2026, 3, 20))
    plan = plan_in_force(contract, page.edition, lines, entries)
    planned = planned_lines(page.edition, lines, plan)
    hand = HandOver(page, signing, planned, bool(entries), dues_of(contract, planned, DeliveryRules(), signed_on))
    return build_hand_over(hand, CONTEXT, fonts(), attachments)


@pytest.fixture(scope="module")
def whole() -> str:
    return text_of(sheet())


def test_it_says_what_was_promised_and_when_the_first_return_is_due(whole):
    assert "For whoever manages this contract and was not at the tender." in whole
    assert "£4,200,000.00 without VAT, £5,040,000.00 with VAT." in whole
    assert "in 12 commitments. The next return, for Q3 (Oct to Dec 2026), is due on 30 January 2027." in whole
    coming = text_of(sheet(replace(SIGNED, start_on=date(2027, 4, 1), end_on=date(2030, 3, 31))))
    assert "The first return, for Q1 (Apr to Jun 2027), is due on 30 July 2027." in coming
    over = text_of(sheet(replace(SIGNED, start_on=date(2023, 4, 1), end_on=date(2026, 3, 31), latest_end_on=None)))
    assert "return, for" not in over
    assert "Whether it is extended is to be decided by 31 December 2028." in whole


def test_it_says_whom_to_call_and_when_it_ends(whole):
    assert "R. Okafor, 020 7946 0000, r.okafor@example.org" in whole
    assert "P. Quill" in whole
    assert "Signed on 20 March 2026 by M. Reid, Procurement lead" in whole
    assert "Latest possible end 31 March 2031" in whole
    assert "Extensions 0 taken, 2 left" in whole
    assert "31 December 2028, unless the contract asks for another notice" in whole


def test_what_is_not_recorded_is_said_to_be_so():
    bare = text_of(sheet(replace(CONTRACT, status=ContractStatus.SIGNED), signing=None, attachments=()))
    assert f"Supplier’s lead contact {NOT_RECORDED}" in bare
    assert f"Contract manager {NOT_RECORDED}" in bare
    assert f"Latest possible end {NOT_RECORDED} Extensions {NOT_RECORDED}" in bare
    assert "Decide by" not in bare
    assert "calendar file" not in bare
    assert "Who signed" not in bare


def test_it_says_what_is_due_when(whole):
    told = whole.replace("\u00a0", " ")
    first = "Worker raised to the London Living Wage: 1.25; Work experience week, aged 16 to 17: 10;"
    assert f"30 July 2026 Return for Q1 (Apr to Jun 2026) {first}" in told
    assert "30 October 2026 Return for Q2 (Jul to Sep 2026) The same as in the return for Q1 (Apr to Jun 2026)" in told
    assert "31 March 2029 Last day of the contract" in whole
    assert "Decide whether to extend it It ends on 31 March 2029" in whole
    assert "The attached calendar file has every day of it." in whole
    assert [*read_attachments(sheet().data)] == ["what is due.ics"]


def test_returns_that_are_due_on_one_day_have_a_row_each_and_say_why():
    told = text_of(sheet(signed_on=date(2026, 11, 24)))
    assert "24 December 2026 Return for Q1 (Apr to Jun 2026)" in told
    assert "24 December 2026 Return for Q2 (Jul to Sep 2026) The same as in the return for Q1" in told
    assert told.count("The quarter was over before the contract was signed on 24 November 2026") == 2


def test_it_says_why_it_scored_with_the_policy_and_the_statements(whole):
    assert "Why it scored" in whole
    assert "£4,200,000.00 × 5% = £210,000.00 of social value" in whole
    assert "The supplier’s statement: Two posts." in whole
    assert "The supplier gave no statement." in text_of(sheet(lines=(commitment("1", "V01", 10, 10, 10),)))


def test_each_promise_has_its_plan_by_quarter_and_the_evidence_to_ask_for(whole):
    assert "Due in year Q1 Apr to Jun Q2 Jul to Sep Q3 Oct to Dec Q4 Jan to Mar Whole year" in whole
    assert "2026/27 £1,250.00 £1,250.00 £1,250.00 £1,250.00 £5,000.00" in whole
    assert "Evidence to ask for" in whole
    assert "Each year’s quantity is split evenly over its quarters" in whole


def test_a_plan_that_was_accepted_is_the_one_that_is_told():
    entries = tuple(PlanEntry("7", Quarter(0, number), Decimal(quantity)) for number, quantity in ((1, 5000), (2, 0)))
    told = text_of(sheet(entries=entries))
    assert "2026/27 £5,000.00 0 0 0 £5,000.00" in told
    assert "The plan is the one that was last accepted." in told


def test_a_contract_of_one_day_and_one_of_ten_years_are_told():
    day = text_of(sheet(replace(SIGNED, end_on=SIGNED.start_on, latest_end_on=None), LINES[:1]))
    assert "Due in year Q1" in day
    long = sheet(replace(SIGNED, end_on=end_after(SIGNED.start_on, 10), latest_end_on=None, extensions_left=None))
    assert faults_of(long.data) == []
    assert "Return for Q4 (Jan to Mar 2036)" in text_of(long)


def test_nothing_promised_is_said():
    empty = text_of(sheet(lines=()))
    assert "Nothing is committed" in empty
    assert "return, for" not in empty


def test_what_people_typed_is_data():
    lines = tuple(replace(line, statement=text) for line, text in zip(LINES, HOSTILE, strict=False))
    named = {"supplier_contact": HOSTILE[1], "contract_manager": HOSTILE[3], "title": HOSTILE[2]}
    report = sheet(replace(SIGNED, **named), lines)
    assert faults_of(report.data) == []
    assert "<b>Ltd & Søn" in text_of(report)


def nodes(node: Node) -> list[Node]:
    return [node, *(each for kid in node.kids if isinstance(kid, Node) for each in nodes(kid))]


def test_its_headings_and_tables_are_tagged_in_their_order():
    report = sheet()
    found = nodes(read_pages(report.data).root)
    tags = [node.tag for node in found]
    assert tags.count("H1") == 1
    assert tags.count("H3") == len(LINES)
    assert tags.count("Table") == 6 + len(LINES)
    heads = [node.text for node in found if node.tag == "H2"]
    assert heads[:3] == ["Whom to call", "When it ends", "What is due when"]


def test_checkers_of_accessible_pdfs_find_no_fault():
    assert faults_of(sheet().data) == []
    assert sheet().data == sheet().data


@pytest.mark.slow
def test_verapdf_finds_no_fault(tmp_path):
    assert broken_rules(written(sheet(), tmp_path)) == []
