"""What the delivered valuation says on its pages, and that it holds at its extremes."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdf
import pytest

from tests.reports.conformance import faults_of
from tests.reports.deliveries import (
    AGREED,
    CLAIMS,
    CONTEXT,
    FROZEN,
    LEDGER,
    MADE_ON,
    PLAIN,
    SIGNED,
    Q,
    act,
    built,
    claim,
    long_contract,
    many,
    paper,
)
from tests.reports.page_lint import Expected, lint
from tests.reports.valuations import EDITION, HOSTILE, LINES, commitment, text_of, with_measure, written
from tests.reports.verapdf import broken_rules
from tomsapp.domain.delivery.acts import DeliveryActKind
from tomsapp.domain.delivery.paper import DeliveredPaper, numbered
from tomsapp.domain.delivery.told import Frozen, ToldEvidence
from tomsapp.domain.menu import Earned, EditionStatus
from tomsapp.domain.problems import Answer, AnswerChoice, Problem, Severity, Where
from tomsapp.reports.attachments import Attachment
from tomsapp.reports.document import BuiltReport

D = Decimal
BIG = (
    commitment("1", "V01", *[250_000_000] * 3),
    commitment("2", "V04", *[9_999_999] * 3),
    commitment("3", "J11", *["9999.99"] * 3),
)


def rejected() -> DeliveredPaper:
    """Everything that was claimed is refused."""
    claims = [
        claim(one.commitment, one.quarter.year, one.quarter.number, one.claimed, 0, rejected=one.claimed)
        for one, _ in CLAIMS
        if one.claimed and not one.is_withdrawn
    ]
    return paper(claims, agreed=(), **PLAIN)


def large() -> DeliveredPaper:
    claims = [
        claim("1", 0, 4, 249_999_999),
        claim("2", 0, 1, 2_499_999),
        claim("2", 0, 2, 1_500_000, 1_000_000, rejected=500_000),
        claim("3", 0, 1, "2499.99"),
    ]
    return paper(claims, BIG, replace(SIGNED, value=D("1000000000.00")), agreed=(), **PLAIN)


def hostile() -> DeliveredPaper:
    """A paper of which every text was typed by somebody who means harm."""
    contract = replace(SIGNED, title=HOSTILE[4], supplier=HOSTILE[1], reference=HOSTILE[0])
    agreed = (replace(AGREED[0], cause=HOSTILE[3], supplier_by=HOSTILE[2], reason=HOSTILE[5][:2_000]),)
    claims = [claim("1", 0, 4, 0, note=HOSTILE[6]), claim("5", 0, 1, 10, 4, rejected=6, note=HOSTILE[4], by=HOSTILE[0])]
    pieces = (ToldEvidence(1, HOSTILE[2], reference=HOSTILE[5][:900], shows=(("1", Q(0, 4)),)),)
    frozen = Frozen(1, MADE_ON, HOSTILE[1], None, HOSTILE[2])
    return paper(claims, contract=contract, agreed=agreed, evidence=pieces, frozen=frozen)


def by_years() -> DeliveredPaper:
    """Per cents of three years of which two are over, and a yes; of the second year two claims were refused."""
    lines = (commitment("1", "R03", 30, 30, 40), commitment("2", "R06", 1, 1, 1), commitment("3", "J11", 1, 1, 1))
    claims = [
        claim("1", 0, 4, 30),
        claim("1", 1, 2, 20),
        claim("1", 1, 3, 10, 0, rejected=10),
        claim("2", 0, 4, 1),
        claim("3", 0, 1, 1),
        claim("3", 1, 1, 1),
    ]
    return paper(claims, lines, until=date(2028, 3, 31), agreed=(), **PLAIN)


EXTREMES: dict[str, Callable[[], DeliveredPaper]] = {
    "example": paper,
    "draft": lambda: paper(frozen=None),
    "one line": lambda: paper([one for one in CLAIMS if one[0].commitment == "1"], LINES[:1], agreed=(), **PLAIN),
    "no commitments": lambda: paper((), (), agreed=(), **PLAIN),
    "nothing delivered": lambda: paper((), agreed=(), **PLAIN),
    "nothing due": lambda: paper((), until=date(2026, 5, 1), agreed=(), **PLAIN),
    "all rejected": rejected,
    "surplus only": lambda: paper([claim("8", 0, 1, 1000)], agreed=(), **PLAIN),
    "a thousand million": large,
    "ten years": lambda: many(12, 10),
    "years apart": by_years,
    "one day": lambda: paper((), LINES[:1], replace(SIGNED, end_on=SIGNED.start_on), agreed=(), **PLAIN),
}


@pytest.mark.parametrize("name", EXTREMES)
def test_its_extremes_have_no_fault_and_no_sum_that_does_not_come_out(name: str):
    report = built(EXTREMES[name]())
    assert faults_of(report.data) == []
    assert lint(report.data, Expected()).faults == []
    assert report.data == built(EXTREMES[name]()).data


@pytest.mark.slow
def test_three_hundred_lines_of_twelve_quarters_have_no_fault():
    report = built(many(300))
    assert report.pages > 100
    assert faults_of(report.data) == []


@pytest.mark.parametrize("name", ["example", "a thousand million"])
def test_the_reference_checker_finds_no_fault(name: str, tmp_path: Path):
    assert broken_rules(written(built(EXTREMES[name]()), tmp_path)) == []


def test_the_order_of_the_sections_never_changes():
    report = built(paper(), attachments=(Attachment("delivered.json", b"{}", "application/json", "All of it"),))
    outline = pypdf.PdfReader(BytesIO(report.data)).outline
    assert outline[0].title == SIGNED.title
    assert [entry.title for entry in outline[1] if not isinstance(entry, list)] == [
        "Delivered to 30 September 2027 (end of Q2 of year 2)",
        "From due to accepted",
        "What this does not say",
        "Every commitment",
        "Shortfalls",
        "Every sum",
        "Added up",
        "Variations, and three readings",
        "Money handed over",
        "Who checked what",
        "Problems and answers",
        "Sources",
        "Method",
        "Words used here",
        "Attached files",
    ]
    assert "'5. Work experience week, aged 16 to 17'" in str(outline)


def page_of(report: BuiltReport, number: int) -> str:
    text = pypdf.PdfReader(BytesIO(report.data)).pages[number - 1].extract_text()
    return " ".join(text.split())


def first(told: DeliveredPaper, context: object = CONTEXT) -> str:
    return page_of(built(told, context), 1)


def test_the_first_page_says_it_in_counts_then_in_pounds_then_what_is_missing():
    text = first(paper())
    assert "Hartwell and Doyle Property Services Ltd. £4,200,000.00 without VAT (£5,040,000.00 with VAT)." in text
    assert "As signed on 20 March 2026 and as varied (no. 1, 12 January 2027: adds an option to extend; no" in text
    assert "Frozen on 18 October 2027 by A. Okafor. Version 2, replaces version 1 of 11 October 2027 (line 5: 3" in text
    assert "In short. Of 3.5 jobs due by now, 3 are accepted: 2.5 for good, 0.5 still to reach 12 months." in text
    assert "Besides: £7,500.00 of £7,500.00 given in cash to local VCFSE organisations" in text
    assert (
        "Of £90,443.62 due by now, £81,836.97 is accepted, which is 90.4%: our summary is Approaching target." in text
    )
    assert "Missing £8,606.65. Open: £8,450.75; agreed: £155.90, substituted." in text
    assert "£81,836.97 ÷ £90,443.62 = 90.4%, cut, not rounded" in text
    assert "of £7,500.00 due, £15,000.00 promised in all (ledger, page" in text
    assert re.search(r"7 Good 2 Approaching target 1 Requires improvement 1 Inadequate 1 Other", text)


def test_the_bars_are_told_to_those_who_cannot_see_them():
    with pikepdf.open(BytesIO(built(paper()).data)) as pdf:
        told = [str(found.Alt) for found in pdf.objects if isinstance(found, pikepdf.Dictionary) and "/Alt" in found]
    words = (
        "Bars from the same zero: due by now £90,443.62; of it claimed £88,461.08; of that evidenced £85,935.83; of "
        "that accepted £81,836.97, £62,892.60 for good, £18,944.37 provisionally. Apart: surplus £12,170.05, more than "
        "was due, lines 1, 6, 8 and 11; not counted above. Apart: rejected £20,376.88, lines 2, 3 and 5. Apart: "
        "withdrawn £109.20, line 9."
    )
    assert told == [words]


def test_a_draft_says_so_on_every_page_and_a_frozen_one_on_none():
    draft, frozen = built(paper(frozen=None)), built(paper())
    for number in range(1, draft.pages + 1):
        text = page_of(draft, number)
        assert "DRAFT" in text
        assert "not frozen, figures may change." in text
    assert "DRAFT" not in text_of(frozen)
    assert "Draft, not frozen: figures may change until it is published." in page_of(draft, 1)
    assert "Frozen 18 October 2027 by A. Okafor." in page_of(frozen, frozen.pages)


def test_the_second_version_of_a_paper_names_the_first_and_without_a_maker_nobody():
    text = first(paper(frozen=replace(FROZEN, by="", reason="")))
    assert "Frozen on 18 October 2027. Version 2, replaces version 1 of 11 October 2027." in text
    once = first(paper(frozen=replace(FROZEN, number=1, replaces_on=None)))
    assert "Frozen on 18 October 2027 by A. Okafor. Version 1. In short." in once


def test_a_draft_of_the_menu_makes_no_final_paper():
    told = replace(paper(), edition=replace(EDITION, status=EditionStatus.DRAFT))
    assert "made with a draft of the menu, figures may change." in first(told)


def test_every_commitment_stands_in_one_row_with_its_rating_and_sum():
    text = page_of(built(paper()), 2)
    assert "Requires improvement 6 ÷ 7.5 = 80.0% £30,303.00" in text
    assert "Approaching target 55 ÷ 60 = 91.6% £3,114.38" in text
    assert "Inadequate 12 ÷ 36 = 33.3% £218.40" in text
    assert "Other nothing due yet £0.00" in text
    assert "Total in pounds, at most what was due (£90,443.62) 90.4% of due £81,836.97" in text
    assert "cut to one decimal: line 3 is 6 ÷ 7.5 = 80.0%." in text
    assert "Good from 100% of what was due, Approaching target from 85%" in text


def after(text: str, start: str, end: str) -> str:
    return text.split(start, 1)[1].split(end, 1)[0]


def test_what_was_told_of_the_whole_contract_stands_under_the_shortfalls():
    told = paper()
    whole = act(905, DeliveryActKind.TELL_TO_IMPROVE, improve_by=date(2028, 2, 29), reason="Two returns came late.")
    text = after(text_of(built(replace(told, acts=(*told.acts, whole)))), "Shortfalls", "Every sum")
    assert "Of the whole contract the supplier was told to improve on 14 October 2027, by 29 February 2028." in text


def test_shortfalls_say_what_is_missing_why_what_was_agreed_by_whom_and_what_is_open():
    text = after(text_of(built(paper())), "Shortfalls", "Every sum")
    assert "1.5 × £5,050.50 £7,575.75 not asked yet Open £7,575.75" in text
    assert "5 × £226.50 × 25% £283.12 3 unsigned Substitute: 10 of line 8, £155.90" in text
    assert "A. Okafor and R. Amsel, 14 October 2027 £127.22" in text
    assert "told to improve on 14 October 2027, by 31 January 2028 £436.80" in text
    assert "Due − accepted: £90,443.62 − £81,836.97 £8,606.65 agreed £155.90 £8,450.75" in text
    assert "line 8, 10 × £15.59 = £155.90" in text


def test_other_agreements_are_told_in_their_words():
    agreed = (
        replace(AGREED[0], commitment="9", quantity=D(4), carried_to=Q(2, 1), supplier_on=date(2027, 10, 15)),
        replace(AGREED[1], id=910, commitment="10", kind=DeliveryActKind.MONEY, amount=D("100.00"), supplier_by=""),
        replace(AGREED[0], id=911, commitment="3", carried_to=Q(1, 1), quarter=Q(0, 4)),
    )
    text = after(text_of(built(paper(agreed=agreed))), "Shortfalls", "Every sum")
    assert "4 carried to Q1 of year 3 A. Okafor, 14 October 2027; R. Amsel, 15 October 2027" in text
    assert "£100.00 in money A. Okafor, 14 October 2027" in text
    assert "1 carried to Q1 of year 2, which has passed: open again" in text
    assert "What is carried forward stays due where it was due, and counts when it comes." in text


def test_a_record_only_measure_that_is_missing_is_counted_and_has_no_pounds():
    text = after(text_of(built(paper([], LINES, agreed=(), **PLAIN))), "Shortfalls", "Every sum")
    assert "Accredited London Living Wage employer" in text
    assert "– not asked yet Open yes in 2026/27 open" in text


def test_quantities_of_years_that_do_not_add_up_stand_apart():
    report = built(by_years())
    text = page_of(report, 2)
    assert "each year by itself" in text
    assert "2026/27 30 30 30 30 30 2027/28 30 30 20 20 20 2028/29 40 0 0 0 0" in text
    assert "(30% + 20%) ÷ (30% + 30%) = 83.3%" in text
    assert "2026/27 1 1 1 1 1 2027/28 1 1 0 0 0" in text
    assert "(1 + 0) ÷ (1 + 1) = 50.0%" in text
    assert "each year stands by itself" in text
    assert "2 ÷ 2 = 100.0%" in text
    text = text_of(report)
    assert "10% in 2027/28 open" in text
    assert "yes in 2027/28 open" in text
    assert "Accepted ÷ due: (30% + 20%) ÷ (30% + 30%) = 83.3%: Requires improvement" in text
    # No sum of per cents, in whatever state.
    assert not re.search(r"\b(50|60|100) (%|per cent|of it)", text)


def test_a_block_has_its_grid_its_pounds_without_drift_its_rating_and_what_stands_behind_it():
    text = text_of(built(paper()))
    block = after(text, "5. Work experience week, aged 16 to 17 S08, for each week", "12. Accredited")
    assert "Unit value £226.50, this contract’s share 25%." in block
    assert "2026/27 40 promised" in block
    assert "Claimed, evidenced, accepted 10 12 8 10 40" in block
    assert "Counts, at most due 10 10 10 10 40" in block
    assert "to Q1: 10 × £226.50 × 25% = £566.25; to Q2: 20 × £226.50 × 25% = £1,132.50; Q2 = £566.25" in block
    assert "2026/27 in all £2,265.00." in block
    assert "Still to fall due: 2028/29: 40." in block
    assert "Accepted 55 ÷ due 60 = 91.6%: Approaching target." in block
    assert (
        "Rejected: 3 of Q1 of year 2, 14 October 2027 by A. Okafor. The register has no signature for these." in block
    )
    assert "Agreed: Substitute: 10 of line 8, £155.90." in block
    assert "SHA-256 0000 0000 … " in block
    people = after(text, "2. Supported internship leading to paid work", "3. Worker raised")
    assert "reference only: Supplier’s HR system, case 44-7, kept until 31 March 2032" in people
    assert "1 of it provisional (p)." in people
    assert "All that is provisional can be for good from" in people
    advice = after(text, "9. Professional advice given free", "6 Planet")
    assert "no return" in advice
    assert "Q1 of year 2, nothing claimed: The adviser left in May and is not replaced yet." in advice
    assert "Withdrawn: Q2 of year 2, 14 October 2027 by A. Okafor. Held for another contract." in advice


@pytest.mark.parametrize(("name", "is_told"), [("nothing delivered", True), ("nothing due", False), ("example", False)])
def test_that_nothing_was_returned_is_told_beside_the_rating_and_only_then(name, is_told):
    sentence = "No return is on record for any quarter that ended, so nothing could be accepted or rated yet."
    assert (sentence in text_of(built(EXTREMES[name]()))) is is_told


def test_a_year_without_returns_is_one_row_and_equal_years_to_come_are_one():
    told = paper((), LINES[4:5], replace(long_contract(5)), date(2027, 9, 30), (), **PLAIN)
    told = replace(told, commitments=(replace(LINES[4], key="1", quantities=(D(40),) * 5),), plan={})
    block = after(text_of(built(told)), "1. Work experience", "Added up")
    assert "2026/27 40 promised, 40 due by now, nothing returned." in block
    assert "2027/28 40 promised, 20 due by now, nothing returned." in block
    assert "Still to fall due: 2028/29 to 2030/31, each year: 40." in block


def test_a_year_in_which_nothing_is_due_yet_says_so():
    told = paper((), LINES[3:4], until=date(2027, 9, 30), agreed=(), **PLAIN)
    assert "2027/28 2 promised, nothing due yet." in text_of(built(told))


def test_when_a_unit_is_earned_stands_with_its_commitment():
    measure = replace(EDITION.places["S08"].measure, earned=Earned.AT_COMPLETION)
    told = replace(paper(**PLAIN), edition=with_measure(measure))
    assert "this contract’s share 25%, earned at completion." in text_of(built(told))


def test_the_three_readings_name_each_line_that_differs_and_the_others_together():
    signed = (
        replace(LINES[7], quantities=(D(100), D(100), D(100))),
        *LINES[1:7],
        *LINES[8:],
        commitment("99", "V04", 5),
    )
    signed = (replace(LINES[0], quantities=LINES[0].quantities), *signed)
    told = paper(signed_contract=SIGNED, signed_commitments=signed)
    text = after(text_of(built(told)), "Variations, and three readings", "Money handed over")
    assert "Variation 1, signed on 12 January 2027, from 1 February 2027: adds an option to extend. The stock" in text
    assert "£4,677.00 £5,612.40 £5,612.40 +£935.40." in text
    assert "– Ended, not promised any more £77.95 £0.00 £0.00 −£77.95." in text
    assert "£6,795.00 £6,795.00 £7,210.00 Valued with barnet-open 2026.2: £240.00 a week." in text
    assert "10 other commitments" in text
    assert "varied +£857.45; today +£415.00" in text


def test_a_commitment_that_a_variation_added_was_nothing_when_it_was_signed():
    told = paper(signed_contract=SIGNED, signed_commitments=LINES[:-2], today=())
    text = after(text_of(built(told)), "Variations, and three readings", "Money handed over")
    assert "11 Waste kept out of landfill £0.00 £6,812.10 £6,812.10 +£6,812.10." in text
    assert "£193,637.29 £200,449.39 £200,449.39 varied +£6,812.10" in text


def test_without_a_variation_there_is_no_section_of_readings():
    told = paper(variations=(), signed_contract=None, signed_commitments=())
    text = text_of(built(told))
    assert "three readings" not in text
    assert "As signed on 20 March 2026; nothing has been varied." in text


def test_the_ledger_stands_apart_and_what_came_later_is_in_no_total():
    told = paper(until=date(2027, 6, 30))
    text = after(text_of(built(told)), "Money handed over", "Who checked what")
    assert "Handed over by 30 June 2027 £5,000.00" in text
    assert "£2,500.00 was received after that day and is not in the total." in text
    assert "St Alfege Youth Club, not yet passed on none 7 £2,500.00" in text
    none = text_of(built(paper(ledger=())))
    assert "£15,000.00 is promised in real pounds, and no entry is made yet." in none
    assert "(no entry in the ledger)" in none


def test_money_that_was_agreed_stands_beside_what_came_of_it():
    agreed = act(
        905,
        DeliveryActKind.MONEY,
        commitment="9",
        quarter=Q(1, 2),
        amount=D("300.00"),
        supplier_by="R. Amsel",
        supplier_on=date(2027, 10, 14),
        cause="Adviser left in May",
    )
    paid = replace(LEDGER[0], amount=D("120.00"), commitment="9")
    told = paper(agreed=(agreed,), ledger=(paid,))
    text = after(text_of(built(told)), "Money handed over", "Who checked what")
    assert "Line 9: £300.00 is agreed in money, £120.00 is in the ledger for it, and £180.00 is outstanding." in text
    none = after(text_of(built(paper(agreed=(agreed,), ledger=()))), "Money handed over", "Who checked what")
    assert "Line 9: £300.00 is agreed in money, and the ledger has none for it." in none


def test_who_checked_what_names_exceptions_samples_and_deleted_evidence():
    text = after(text_of(built(paper())), "Who checked what", "Problems and answers")
    assert "A. Okafor 1 30 3 1 P. Lindqvist 33 0 0 0" in text
    assert (
        "1 claim was accepted by the person who had entered it, though the council’s settings do not allow it" in text
    )
    assert "line 11 Q2 of year 2, 9.41 by A. Okafor." in text
    assert "with the seed “2027-10 Larkmere”: 8 of 31 accepted claims to 30 September 2027. 1 of 8 claims" in text
    assert "Evidence deleted at the end of its time: E6 on 1 September 2027 by A. Okafor." in text


def test_without_exceptions_and_samples_that_is_said():
    told = paper([one for one in CLAIMS if one[1] == "P. Lindqvist"], **PLAIN)
    text = after(text_of(built(told)), "Who checked what", "Problems and answers")
    assert "No claim was accepted by the person who had entered it." in text
    assert "No sample of accepted claims was looked at again." in text


def test_problems_stand_with_their_answers():
    answer = Answer("The register shows it", "A. Okafor", choice=AnswerChoice.RIGHT)
    where = Where(commitment="5", measure="S08", year=1)
    told = paper(
        problems=(
            Problem("late", Severity.WARNING, "The return came late", "Ask why", where, "k"),
            Problem("x", Severity.WARNING, "It is claimed twice", "Say why", Where(), "l", answer),
        )
    )
    text = after(text_of(built(told)), "Problems and answers", "Sources")
    assert "Line 5, S08, year 2 Warning, open The return came late. Ask why." in text
    assert "The whole contract Warning, answered It is claimed twice. It is right as it stands, because:" in text


def test_the_method_names_the_menu_its_checksum_and_the_words():
    text = text_of(built(paper()))
    assert EDITION.sha256 in text
    assert (
        "the Regulations say “close to” and “below” and name no number, so these are as set in the council’s database."
        in text
    )
    assert "The contract runs from 1 April 2026 to 31 March 2029 (3 years)." in text
    assert "Provisional Accepted, and earned only later" in text
    assert "Planned by this rule, in whole or in part: lines 1 to 12." in text


def test_what_people_type_is_data_on_every_page():
    report = built(hostile(), replace(CONTEXT, council=HOSTILE[3], made_by=HOSTILE[1], contact=HOSTILE[2]))
    assert faults_of(report.data) == []
    text = text_of(report)
    for said in (HOSTILE[1], HOSTILE[2]):
        assert said in text
    assert "□" in text
    assert report.replaced


def test_a_contract_of_many_lines_leaves_the_derivations_to_the_book_of_the_menu():
    told = paper((), tuple(commitment(str(n), "V04", 1, 1, 1) for n in range(1, 70)), agreed=(), **PLAIN)
    text = text_of(built(numbered(told)))
    assert "Lines 1 to 69" in text or "lines 1 to 69" in text
    assert "V04 (lines 1 to 69)" in text


def test_the_day_is_told_with_the_quarter_that_ended_last():
    none = paper((), (), agreed=(), **PLAIN)
    assert "Delivered to 30 September 2027 (end of Q2 of year 2)" in first(none)
    between = first(paper(until=date(2027, 8, 1)))
    assert "Delivered to 1 August 2027 (quarters that ended by then: to Q1 of year 2, 30 June 2027)" in between
    assert "Delivered to 1 May 2026 (no quarter has ended yet)" in first(paper((), until=date(2026, 5, 1), agreed=()))


def test_returns_that_do_not_say_who_is_new_are_not_read_as_nobody():
    text = first(paper([claim("1", 0, 4, 1)], agreed=()))
    assert "not said No return says who is new. Lines 1 to 4" in text


def test_pages_without_jobs_or_money_say_so():
    text = first(paper([claim("8", 0, 1, 30)], LINES[7:8], agreed=(), **PLAIN))
    assert "No jobs are promised" in text
    assert "No cash or goods are promised" in text
    assert "In short. Accepted of what was due by now: 30 of 180 hours" in text


@pytest.mark.parametrize(("count", "note_on"), [(14, 2), (16, 3), (22, 3)])
def test_the_table_of_commitments_is_on_one_page_wherever_it_fits(count, note_on):
    """Set closer, and without the note under it where that would take the last rows along to the next page."""
    pages = [page.extract_text() for page in pypdf.PdfReader(BytesIO(built(many(count)).data)).pages[:4]]
    total_on = next(number for number, text in enumerate(pages, start=1) if "Total in pounds" in text)
    assert total_on == (2 if count <= 16 else 3)
    assert "How the rating is made" in pages[note_on - 1]
