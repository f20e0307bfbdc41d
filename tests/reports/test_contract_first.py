"""The first page of a valuation, which can be published alone."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.reports.page_lint import Expected, lint
from tests.reports.page_reader import read_pages
from tests.reports.page_sizes import size_faults
from tests.reports.valuations import (
    CONTEXT,
    CONTRACT,
    EDITION,
    LINES,
    MENUS,
    built,
    commitment,
    text_of,
    valued,
    with_measure,
)
from tomsapp.domain.checks.answering import SAME_OR_NOT
from tomsapp.domain.commitment import Commitment, Rate
from tomsapp.domain.contract import Contract, ContractKind, ContractStatus, YearSpend
from tomsapp.domain.contract_dates import end_after
from tomsapp.domain.offer import CheckedOffer
from tomsapp.domain.policy import PolicyResult, RulesFrom
from tomsapp.domain.problems import Answer, AnswerChoice, Problem, Severity
from tomsapp.domain.proxy import SourceDeadweight
from tomsapp.domain.rules.minimum_share import MINIMUM_SHARE
from tomsapp.domain.rules.rule import CountedIn
from tomsapp.reports.attachments import Attachment
from tomsapp.reports.context import ReportContext
from tomsapp.reports.contract_facts import PrintedValuation
from tomsapp.reports.contract_sealed import TODAY_TAKES
from tomsapp.reports.contract_trust import PART_TIME
from tomsapp.reports.render import PdfPages

DATA = (Attachment("valuation.json", b"{}", "application/json", "Figures"),)


def first_page(
    checked: CheckedOffer, context: ReportContext = CONTEXT, attachments: tuple[Attachment, ...] = DATA
) -> str:
    """The text of page 1; it must be all of the first page's content, and large enough to read."""
    data = built(checked, context, attachments).data
    pages = PdfPages(data)
    assert [fault for fault in size_faults(read_pages(data)) if fault.startswith("page 1:")] == []
    assert pages.text(1).find("Every commitment") >= 0
    return unpaged(" ".join(pages.text(0).split()))


def unpaged(text: str) -> str:
    """The text without the numbers of the pages that it leads to."""
    return re.sub(r"\(page \d+\)", "(page …)", text)


def test_the_answer_is_one_sentence_with_value_share_and_what_is_short():
    text = first_page(valued())
    lead = (
        "Hartwell and Doyle Property Services Ltd. 1 April 2026 to 31 March 2029 (3 years). £4,200,000.00 without VAT."
    )
    answer = (
        "The supplier offers social value of £200,449.39, which is 4.77% of the contract value: not enough for "
        "Barnet Council’s 5% minimum, short by £9,550.61."
    )
    assert f"{lead} {answer}" in text
    assert " met" not in text.casefold().replace("method", "")


@pytest.mark.parametrize(
    ("contract", "words"),
    [
        (
            replace(CONTRACT, status=ContractStatus.SIGNED),
            "The supplier promises social value of £200,449.39, which is",
        ),
        (
            replace(CONTRACT, status=ContractStatus.CLOSED),
            "The supplier promised social value of £200,449.39, which is",
        ),
        (
            replace(CONTRACT, value=Decimal(4_000_000)),
            "which is 5.01% of the contract value: enough for Barnet Council’s 5%",
        ),
        (
            replace(CONTRACT, value=Decimal(200_000)),
            "which is 100.22% of the contract value. Barnet Council asks no minimum",
        ),
        (
            replace(CONTRACT, value=Decimal("0.00")),
            "social value of £200,449.39. Barnet Council asks no minimum",
        ),
        (
            replace(CONTRACT, start_on=date(2020, 4, 1), end_on=date(2023, 3, 31)),
            "which is 4.76% of the contract value. 2 full-time",
        ),
    ],
    ids=["signed", "closed", "enough", "nothing asked", "no contract value", "no rule in force"],
)
def test_the_answer_says_what_holds(contract: Contract, words: str):
    assert words in first_page(valued(contract=contract))


def test_an_offer_with_errors_is_never_enough():
    bad = replace(CONTRACT, value=Decimal(1_000_000))
    lines = (*LINES, commitment("13", "V04", 1, 1, 1, contract_share=Decimal(2), statement="x"))
    checked = valued(lines, bad)
    text = first_page(checked)
    claimed, counted = checked.valuation.social_value, checked.admissible.social_value
    assert claimed != counted
    share = f"which is {counted * 100 // bad.value}.{counted * 10_000 // bad.value % 100:02}% of the contract value"
    start = f"The supplier claims social value of £{claimed:,.2f}, of which £{counted:,.2f} can be counted, {share}."
    assert start in text
    assert "Until 1 error is put right (page …), it cannot be admitted." in text
    assert f"Can be counted £{counted:,.2f}" in text
    assert "Line 13 has an error and is not in these figures:" in text
    assert "Still open: 1 error and" in text


def test_errors_that_belong_to_no_line_and_offers_of_which_nothing_counts():
    error = Problem("too-many", Severity.ERROR, "Too many measures", "Take one out")
    text = first_page(replace(valued(), problems=(error, error)))
    assert (
        "£200,449.39, which is 4.77% of the contract value. Until 2 errors are put right (page …), it is not enough"
        in text
    )
    lines = (commitment("1", "V04", 1, 1, 1, contract_share=Decimal(2), statement="x"),)
    nothing = first_page(valued(lines, replace(CONTRACT, value=Decimal(200_000))))
    assert (
        "£93.54, of which nothing can be counted. Until 1 error is put right (page …), it cannot be admitted."
        in nothing
    )
    assert "Nothing can be counted, so there is nothing to show by theme." in nothing


def test_employment_outcomes_that_are_short_are_said():
    text = first_page(valued(LINES[4:]))
    assert "Employment outcomes are not enough: 0 of the 4 that Barnet Council asks for." in text
    assert "Employment outcomes are not enough" not in first_page(valued())


def test_employment_outcomes_that_are_enough_are_said_with_what_is_asked_and_by_whom():
    lines = (commitment("1", "J01", 3, 0, 0, statement="x"),)
    contract = replace(CONTRACT, value=Decimal(2_000_000))
    told = "Employment outcomes: 3. Barnet Council asks for 2"
    assert f"{told}: enough." in first_page(valued(lines, contract))
    assert lint(built(valued(lines, contract)).data, Expected(edition=EDITION)).faults == []
    error = Problem("too-many", Severity.ERROR, "Too many measures", "Take one out")
    checked = valued(lines, contract)
    rules = tuple(
        replace(check, result=PolicyResult.ERRORS) if check.result is PolicyResult.MET else check
        for check in checked.policy_checks
    )
    assert f"{told}. " in first_page(replace(checked, problems=(error,), policy_checks=rules))


def test_full_time_jobs_are_said_to_hold_part_time_posts():
    assert PART_TIME in first_page(valued(LINES[:1]))
    assert PART_TIME not in first_page(valued(LINES[4:7]))


def all_different(*given: object) -> CheckedOffer:
    """Lines valued, where it is answered of all people that they are others."""
    answers = {
        problem.key: Answer("the register shows it", choice=AnswerChoice.DIFFERENT, asked=problem.asked)
        for problem in valued(*given).problems
        if problem.code in SAME_OR_NOT
    }
    return valued(*given, answers=answers)


def test_people_of_two_years_who_may_be_the_same_are_never_enough_either_way():
    """2 completions in each of two years may be 2 people; 4 only once it is confirmed."""
    given = (commitment("1", "S02", 0, 2, 2, statement="x"),), replace(CONTRACT, value=Decimal(4_000_000))
    told = "Employment outcomes: 4 if all are different people, as few as 2 if not. Barnet Council asks for 4: "
    text = first_page(valued(*given))
    assert f"{told}enough only if it is declared that they are different." in text
    checks = text_of(built(valued(*given)))
    assert "Of S02 the most of one year and line, 2 of 4, until it is confirmed that the others are" in checks
    assert "4 (line 1) − 2 not counted again = 2" in checks
    assert "Employment outcomes: 4. Barnet Council asks for 4: enough." in first_page(all_different(*given))
    question = next(problem for problem in valued(*given).problems if problem.code in SAME_OR_NOT)
    same = Answer("one course of two years", choice=AnswerChoice.SAME, asked=question.asked)
    lines = (*given[0], commitment("2", "S02", 0, 0, 1, statement="x"))
    question = next(problem for problem in valued(lines, given[1]).problems if problem.code in SAME_OR_NOT)
    known = valued(lines, given[1], answers={question.key: replace(same, asked=question.asked)})
    assert (known.valuation.employment_outcomes, known.valuation.outcomes_left_out) == (2, 0)


def test_both_numbers_of_jobs_are_said_where_it_is_open_whether_they_are_the_same_people():
    open_question = valued()
    told = "Employment outcomes: 12 if all are different people, as few as 7 if not."
    assert f"{told} Barnet Council asks for 4: enough either way." in first_page(open_question)
    declared = all_different()
    assert declared.admissible.employment_outcomes == 12
    assert "if all are different people" not in first_page(declared)
    assert told not in first_page(replace(open_question, policy_checks=()))


@pytest.mark.parametrize(
    ("value", "standing"),
    [
        (7_000_000, "asks for 7: enough either way."),
        (8_000_000, "asks for 8: enough only if it is declared that they are different."),
        (12_000_000, "asks for 12: enough only if it is declared that they are different."),
        (13_000_000, "asks for 13: not enough either way."),
    ],
)
def test_what_is_asked_stands_beside_both_numbers_of_jobs(value: int, standing: str):
    checked = valued(contract=replace(CONTRACT, value=Decimal(value)))
    told = "12 if all are different people, as few as 7 if not. Barnet Council"
    assert f"{told} {standing}" in first_page(checked)
    hangs = "Until it is declared that they are different people" in text_of(built(checked))
    assert hangs is ("enough only if" in standing)
    error = Problem("too-many", Severity.ERROR, "Too many measures", "Take one out")
    text = first_page(replace(checked, problems=(error,)))
    assert f"{told} {standing.split(':', maxsplit=1)[0]}." in text


FORECAST = replace(
    CONTRACT,
    kind=ContractKind.FRAMEWORK,
    value=Decimal(2_000_000),
    spend=(YearSpend(0, Decimal(400_000), is_recorded=True), YearSpend(1, Decimal(800_000))),
)
PER_POUND = (
    commitment("1", "S08", rate=Rate(Decimal(120), Decimal(1_000_000)), statement="x"),
    commitment("2", "J01", rate=Rate(Decimal(2), Decimal(1_000_000)), statement="x"),
)


def test_a_result_that_turns_over_without_the_forecast_says_so_on_page_1_and_in_the_policy_table():
    checked = valued((*PER_POUND, *LINES[3:7]), FORECAST)
    certain = checked.valuation.social_value - checked.valuation.forecast_value
    pages = built(checked)
    assert (
        f"Without what rests on a forecast of spend social value is £{certain:,.2f}, 3.71% of the contract value: "
        f"short by £{100_000 - certain:,.2f}."
    ) in first_page(checked)
    table = f"Without what rests on a forecast: £{certain:,.2f} committed, short by £{100_000 - certain:,.2f}"
    assert table in text_of(pages)
    assert "Enough Only with the forecast" in text_of(pages)
    assert lint(pages.data, Expected(edition=EDITION)).faults == []


def test_jobs_that_are_enough_only_with_the_forecast_are_said():
    checked = all_different((PER_POUND[1], *LINES[4:7]), FORECAST)
    text = first_page(checked)
    told = "employment outcomes are 0.8 of the 2 that Barnet Council asks for: short by 1.2."
    assert f"Without what rests on a forecast of spend {told}" in text
    assert "Employment outcomes: 2.4. Barnet Council asks for 2: enough, only with the forecast." in text
    assert "Without what rests" not in first_page(
        valued((*PER_POUND, *LINES[3:7]), replace(FORECAST, value=Decimal(10**6)))
    )


@pytest.mark.parametrize(
    ("value", "missing", "stands"),
    [
        (3_000_000, "", "3: enough. Without what rests on a forecast of spend: 3.8."),
        (
            5_000_000,
            ", short by 1.2",
            "Without what rests on a forecast of spend employment outcomes are 3.8 of the 5 that Barnet Council asks",
        ),
        (
            6_000_000,
            ", short by 2.2",
            "not enough: 5.4 of the 6 that Barnet Council asks for. Without what rests on a forecast of spend: 3.8.",
        ),
    ],
    ids=["enough either way", "enough only with the forecast", "not enough either way"],
)
def test_how_many_jobs_rest_on_a_forecast_is_said_however_the_rule_comes_out(value: int, missing: str, stands: str):
    lines = (PER_POUND[1], commitment("3", "J07", 3, 0, 0, statement="x"))
    checked = all_different(lines, replace(FORECAST, value=Decimal(value)))
    assert stands in first_page(checked)
    pages = built(checked)
    cell = rf"Without what rests on a forecast: 3\.8 committed{missing}(?!, short)"
    assert len(re.findall(cell, text_of(pages))) == 1
    assert lint(pages.data, Expected(edition=EDITION)).faults == []


def test_the_most_jobs_that_rest_on_a_forecast_are_said_where_the_fewest_do_not():
    """4 of the first year are sure; those of the second may be the same people, and are not sure."""
    lines = (commitment("1", "J01", rate=Rate(Decimal(4), Decimal(400_000)), statement="x"),)
    spend = (FORECAST.spend[0], replace(FORECAST.spend[1], amount=Decimal(200_000)))
    checked = valued(lines, replace(FORECAST, value=Decimal(5_000_000), spend=spend))
    told = "6 if all are different people, as few as 4 if not. Barnet Council asks for 5: enough only if it is declared"
    text, pages = first_page(checked), built(checked)
    assert told in text
    assert "Without what rests on a forecast of spend: 4." in text
    assert "Without what rests on a forecast: 4 committed, short by 1" in text_of(pages)
    assert lint(pages.data, Expected(edition=EDITION)).faults == []


def test_jobs_of_which_none_rests_on_a_forecast_are_not_told_twice():
    sure = (PER_POUND[0], commitment("2", "J01", 1, 1, None, statement="x"))
    assert "Without what rests on a forecast" not in text_of(
        built(valued(sure, replace(FORECAST, value=Decimal(10**7))))
    )


def test_what_is_for_years_that_had_ended_when_it_was_signed_is_said():
    signed = replace(CONTRACT, status=ContractStatus.SIGNED)

    def signed_on(day: date, lines: tuple[Commitment, ...] = LINES) -> str:
        return first_page(valued(lines, signed), replace(CONTEXT, signed_on=day))

    first = sum(line.years[0].social_value for line in valued().valuation.lines)
    in_years = "of the jobs are for"
    over = ", which had ended when this was signed."
    # An intern, and five full-time years of a contract of three.
    assert f"£{first:,.2f} and 2.66… {in_years} 2026/27{over}" in signed_on(date(2027, 4, 1))
    one, many = commitment("1", "J01", 1, 0, 0, statement="x"), commitment("1", "J07", 2, 0, 0, statement="x")
    for line, jobs in ((one, "1 of the jobs"), (many, "2 of the jobs")):
        assert f" and {jobs} are for 2026/27, which had" in signed_on(date(2027, 4, 1), (line,))
    both = sum(year.social_value for line in valued().valuation.lines for year in line.years[:2])
    assert f"£{both:,.2f} and 5.33… {in_years} 2026/27 and 2027/28{over}" in signed_on(date(2028, 4, 1))
    record = "Part of it, without a value, is for 2026/27, which had ended"
    assert record in signed_on(date(2027, 4, 1), LINES[11:])
    none = commitment("1", "J11", 0, 5, 5, statement="x")
    both_kinds = signed_on(date(2027, 4, 1), (replace(one, key="2"), none))
    assert "1 of the jobs are for 2026/27, which" in both_kinds, "no full-time year is of an ended one"
    assert "had ended" not in signed_on(date(2027, 3, 31))
    assert "had ended" not in first_page(valued(), replace(CONTEXT, signed_on=date(2028, 4, 1)))


def test_a_minimum_in_real_pounds_is_said_to_be_one():
    checked = valued()
    rules = tuple(
        replace(check, rule=replace(check.rule, counted_in=CountedIn.REAL_POUNDS))
        if check.rule.kind is MINIMUM_SHARE
        else check
        for check in checked.policy_checks
    )
    text = first_page(replace(checked, policy_checks=rules))
    assert "not enough for Barnet Council’s 5% minimum in real pounds, short by" in text
    assert "5% minimum £210,000.00" not in text


def test_a_minimum_without_a_source_is_the_council_s_own():
    checked = valued()
    rules = tuple(replace(check, rule=replace(check.rule, source=None)) for check in checked.policy_checks)
    assert "not enough for the council’s 5% minimum, short by" in first_page(replace(checked, policy_checks=rules))


def test_three_to_five_counts_in_the_words_of_their_units_with_the_part_that_counts():
    text = first_page(valued())
    assert "2 full-time jobs (unemployed residents into work; 1 counted here)" in text
    assert "2 supported internships leading to paid work" in text
    assert "15 full-time years of workers raised to the London Living Wage" in text
    assert "£15,000.00 in cash or goods handed over: real pounds, never added" in text
    assert "handed over" not in first_page(valued(LINES[:2]))


def test_the_table_by_theme_has_cut_shares_and_what_is_only_counted():
    lines = (*LINES[:2], commitment("3", "R06", 1, statement="x"))
    text = first_page(valued(lines))
    assert "Fair work and poverty £58,091.46 100.0% 2" in text
    assert "Planet counted only – 1" in text
    assert "All themes £58,091.46 3" in text


def test_pounds_by_confidence_add_up_and_name_their_lines():
    text = first_page(valued())
    assert "High £134,458.96 67.0% Lines 1, 3, 4, 7, 10 and 11: public figures or plain arithmetic" in text
    assert "Medium £28,101.69 14.0% Lines 5, 6, 8 and 9: a source with a known weakness" in text
    assert "Low £37,888.74 18.9% Line 2: a borrowed value or a thin source" in text
    assert Decimal("134458.96") + Decimal("28101.69") + Decimal("37888.74") == valued().valuation.social_value


def test_a_confidence_that_a_menu_does_not_give_is_said_to_be_missing():
    measure = EDITION.find_measure("J01")
    edition = with_measure(replace(measure, proxy=replace(measure.proxy, confidence="")))
    assert "Not said £20,202.72 100.0% Line 1: the menu does not say" in first_page(valued(LINES[:1], edition=edition))


def test_low_to_high_is_worked_out_only_where_the_source_has_both():
    text = first_page(valued())
    assert (
        "£197,641.01 to £203,257.99. Only line 10 has a low and a high at the source; lines 1 to 9 and 11 have none"
        in text
    )
    assert "No source of these lines gives a low and a high" in first_page(valued(LINES[:2]))
    only = first_page(valued((LINES[9],)))
    assert "£2,808.54 to £8,425.52, with every value at the low and at the high of its source." in only
    assert "; line 1 has none" in first_page(valued((LINES[8], LINES[9])))


def with_deadweight(said, lines=LINES):
    """The edition in which the sources of these lines' measures say this of what would have happened anyway."""
    edition = EDITION
    for line in lines:
        measure = edition.find_measure(line.measure)
        if measure.proxy is not None:
            proxy = replace(measure.proxy, source_deadweight=said)
            edition = with_measure(replace(measure, proxy=proxy), edition)
    return edition


def test_gross_or_net_is_said_from_the_menu_and_the_source():
    gross = (
        "All of it is gross: nothing is taken off a unit for what would have happened anyway, "
        "though its measure may leave it out of the number."
    )
    plain = with_deadweight(SourceDeadweight.NO)
    assert f"{gross} Shared results (lines 1, 5 and 6)" in first_page(valued(edition=plain))
    net = with_measure(replace(plain.find_measure("J10"), deadweight_share=Decimal("0.25")), plain)
    text = first_page(valued(LINES[:2], edition=net))
    assert (
        "In line 2 the menu takes off what would have happened anyway. All else is gross: nothing is taken off a unit, "
        "though its measure may leave it out of the number." in text
    )
    assert "All else" not in first_page(valued(LINES[1:2], edition=net))


def test_every_line_whose_result_is_shared_is_named_whether_or_not_it_has_a_value():
    half = Decimal("0.5")
    lines = (*LINES[:2], replace(LINES[11], contract_share=half), replace(LINES[10], contract_share=half))
    checked = valued(lines)
    assert "Shared results (lines 1, 3 and 4) count this contract’s part only." in first_page(checked)
    assert lint(built(checked).data, Expected(edition=EDITION)).faults == []
    assert "Shared results" not in first_page(valued(LINES[1:2]))


@pytest.mark.parametrize("words", ["Nothing is taken off.", "Half is taken off.", ""])
def test_gross_or_net_never_rests_on_the_words_of_what_is_taken_off(words):
    said = {
        SourceDeadweight.YES: "In line 1 the source takes something off for what would have happened anyway",
        SourceDeadweight.NO: "All of it is gross: nothing is taken off a unit for what would have happened anyway, "
        "though its measure may leave it out of the number.",
        SourceDeadweight.NOT_KNOWN: "The edition does not say what its sources take off.",
        None: "The edition does not say what its sources take off.",
    }
    measure = EDITION.find_measure("J01")
    for deadweight, sentence in said.items():
        proxy = replace(measure.proxy, taken_off=words, source_deadweight=deadweight)
        text = first_page(valued(LINES[:1], edition=with_measure(replace(measure, proxy=proxy))))
        told = [other for other in set(said.values()) if other in text]
        assert told == [sentence]


def test_of_which_lines_the_edition_does_not_say_what_is_taken_off():
    text = first_page(valued(LINES[:2], edition=with_deadweight(SourceDeadweight.NO, LINES[:1])))
    assert "The edition does not say what the source of line 2 takes off. All else is gross" in text


def test_what_rests_on_a_forecast_is_said():
    contract = replace(CONTRACT, kind=ContractKind.FRAMEWORK, spend=(YearSpend(0, Decimal(2_000_000)),))
    lines = (commitment("1", "S08", rate=Rate(Decimal(2), Decimal(1_000_000)), statement="x"),)
    assert "£906.00 rests on a forecast of spend: all of line 1." in first_page(valued(lines, contract))
    recorded = replace(contract, spend=(replace(contract.spend[0], is_recorded=True), YearSpend(1, Decimal(10**6))))
    assert "£453.00 rests on a forecast of spend: part of line 1." in first_page(valued(lines, recorded))
    for each in (contract, recorded):
        assert lint(built(valued(lines, each)).data, Expected(edition=EDITION)).faults == []
    assert "£0.00 rests on a forecast of spend." in first_page(valued())


def test_what_the_figures_do_not_say():
    text = first_page(valued())
    assert (
        "It is not money saved, paid or banked. The figures are offers: what has been delivered is not in them." in text
    )
    assert "They leave out VAT, and what is counted without a value: accredited London Living Wage employer." in text
    other = "Counted in real pounds (cash or goods handed over) it is £15,000.00:"
    assert f"They do not compare suppliers. {PART_TIME} {other}" in text
    records = [measure.code for measure in EDITION.measures if not measure.is_valued][:4]
    many = tuple(commitment(code, code, 1, 1, 1, statement="x") for code in records)
    text = first_page(valued((*LINES[:2], *many), replace(CONTRACT, status=ContractStatus.SIGNED)))
    assert "The figures are promises:" in text
    assert "and 4 kinds of promise that are counted without a value (“none” in the table)" in text


def test_the_other_reading_of_a_minimum_is_said_where_one_is_asked():
    assert "£15,000.00: short of the minimum by £195,000.00." in first_page(valued())
    small = replace(CONTRACT, value=Decimal(299_999))
    assert "it is £15,000.00: enough for the minimum." in first_page(valued(contract=small))
    none = "None of it is cash or goods: counted in such real pounds it is short of the minimum by £210,000.00."
    assert none in first_page(valued(LINES[:2]))
    assert "short of the minimum" not in first_page(valued(contract=replace(CONTRACT, value=Decimal(200_000))))
    assert "cash or goods" not in first_page(valued(()))
    checked = valued()
    rules = tuple(
        replace(check, rule=replace(check.rule, counted_in=CountedIn.REAL_POUNDS)) for check in checked.policy_checks
    )
    text = first_page(replace(checked, policy_checks=rules))
    assert "Counted in social value it is £200,449.39: short of the minimum by £9,550.61." in text


def test_what_can_be_shown_only_after_the_end_is_said():
    edition = MENUS.load("barnet-open", "2026.2")
    job = commitment("1", "J01", 1, 0, 2, statement="Two posts.")
    value = valued((job,), edition=edition).valuation.lines[0].years[2].social_value
    told = "can be shown only after the contract ends."
    text = first_page(valued((job, LINES[6]), edition=edition))
    assert f"For 2028/29, £{value:,.2f} (line 1) {told}" in text
    early = replace(job, quantities=(Decimal(1), Decimal(1), None))
    assert "can be shown only" not in first_page(valued((early,), edition=edition))
    assert edition.find_measure("J15").evidence_months
    record = commitment("2", "J15", 0, 0, 2, statement="x")
    assert f"For 2028/29, line 1, counted only, {told}" in first_page(valued((record, LINES[6]), edition=edition))
    text = first_page(valued((job, record, LINES[6]), edition=edition))
    assert f"For 2028/29, £{value:,.2f} (line 1) and line 2, counted only, {told}" in text


def test_what_begins_too_late_in_a_year_is_said_with_its_day():
    edition = MENUS.load("barnet-open", "2026.2")
    eviction = commitment("1", "A01", 0, 0, 2, statement="Two households.")
    job = commitment("2", "J01", 0, 1, 1, statement="Two posts.")
    households, jobs = valued((eviction, job), edition=edition).valuation.lines
    alone = first_page(valued((eviction,), edition=edition))
    worth = f"£{households.social_value:,.2f} (line 1), what counts after 30 September 2028 can be shown only"
    assert f"Of {worth} after the contract ends." in alone
    contract = replace(CONTRACT, end_on=date(2029, 1, 31))
    text = first_page(valued((eviction, job), edition=edition, contract=contract))
    late, begun = jobs.years[2].social_value, jobs.years[1].social_value
    assert f"For 2028/29, £{late:,.2f} (line 2) can be shown only after the contract ends." in text
    assert f"Of a further £{begun:,.2f} (line 2), what counts after 31 January 2028 can be shown only then." in text
    worth = f"£{households.social_value:,.2f} (line 1), what counts after 31 July 2028 can be shown only then."
    assert f"Of a further {worth}" in text


def test_what_is_counted_only_and_what_shows_it_until_the_end_are_said():
    edition = MENUS.load("barnet-open", "2026.2")
    course = commitment("1", "S13", 0, 0, 2, statement="Two courses.")
    unit = commitment("2", "S03", 0, 0, 2, statement="Two qualifications.")
    text = first_page(valued((course, LINES[6]), edition=edition))
    told = "Of line 1, counted only, what counts after 28 February 2029 can be shown only after the contract ends."
    assert f"{told} Until then it is shown by what the menu names." in text
    alike = with_measure(replace(edition.find_measure("S13"), evidence_months=2), edition)
    checked = valued((course, unit), edition=alike)
    worth = checked.valuation.lines[1].social_value
    both = f"Of £{worth:,.2f} (line 2) and line 1, counted only, what counts after 31 January 2029"
    assert both in first_page(checked)
    silent = replace(edition.find_measure("S13"), evidence_if_later="")
    text = first_page(valued((course, unit), edition=with_measure(silent, edition)))
    assert "Until then line 2 is shown by what the menu names." in text
    text = first_page(valued((course,), edition=with_measure(silent, edition)))
    assert "Until then" not in text


def test_what_is_late_after_many_days_is_told_in_one_sentence():
    edition = MENUS.load("barnet-open", "2026.2")
    lines = [
        commitment(str(number), code, 0, 0, 2, statement="x")
        for number, code in enumerate(("S13", "S03", "A01", "J13"), 1)
    ]
    checked = valued(tuple(lines), edition=edition)
    worth = sum(line.social_value for line in checked.valuation.lines)
    text = first_page(checked)
    told = (
        f"Of £{worth:,.2f} (lines 2 and 3) and lines 1 and 4, counted only, what counts in the contract’s last months"
    )
    assert f"{told} can be shown only after the contract ends." in text
    assert "what counts after" not in text
    fewer = first_page(valued(tuple(lines[:3]), edition=edition))
    assert fewer.count("what counts after") == 3
    assert "last months" not in fewer


def test_status_version_whom_to_ask_and_where_to_check():
    text = first_page(valued())
    assert "Status Draft, not signed. Still open: 9 warnings (page …)." in text
    assert "Version As of 22 November 2026. Menu barnet-open 2026.1, published on 22 November 2026." in text
    assert "Who to ask Larkmere Council, A. Okafor" in text
    assert "Check it Summary: page 2. Sums: from page 3. Data attached." in text
    bare = first_page(replace(valued(), problems=()), ReportContext(CONTEXT.made_on), ())
    assert "Draft, not signed. Version" in bare
    assert "Whoever gave you this paper." in bare
    assert "Data attached" not in bare


def test_it_names_the_contact_that_the_council_has_set():
    contact = "Social value team, 020 7946 0018"
    text = first_page(valued(), replace(CONTEXT, contact=contact))
    assert f"Who to ask {contact}" in text
    assert "Who to ask Larkmere Council" not in text


@pytest.mark.parametrize(
    ("status", "signed_on", "words"),
    [
        (ContractStatus.SIGNED, date(2026, 3, 20), "Status Signed on 20 March 2026."),
        (ContractStatus.SIGNED, None, "Status Signed."),
        (ContractStatus.CLOSED, date(2026, 3, 20), "Status Closed. Signed on 20 March 2026."),
    ],
)
def test_a_signed_valuation_says_when(status: ContractStatus, signed_on: date | None, words: str):
    context = replace(CONTEXT, signed_on=signed_on, version_words="1 of 20 March 2026.")
    checked = replace(valued(contract=replace(CONTRACT, status=status)), problems=())
    text = first_page(checked, context)
    assert words in text
    assert "Version 1 of 20 March 2026." in text


def test_it_stays_one_page_with_every_theme_errors_and_a_withdrawn_menu():
    lines = tuple(
        commitment(measure.code, measure.code, 1, 1, 1, contract_share=Decimal("0.5"), statement="x")
        for measure in EDITION.measures
        if measure.code not in {"C02", "C03"}
    )
    edition = replace(EDITION, withdrawn_on=date(2026, 11, 20), withdrawn_because="Its ratios were uprated. " * 4)
    title = "Housing repairs, empty homes and the care of the grounds around them, east and west of the railway"
    checked = valued(lines, replace(CONTRACT, title=title), edition)
    assert checked.has_errors
    assert PolicyResult.ERRORS in {check.result for check in checked.policy_checks}
    assert "was withdrawn" not in first_page(valued())
    assert "They do not compare suppliers." in first_page(checked)


WITHDRAWN = replace(EDITION, withdrawn_on=date(2026, 11, 20), withdrawn_because="Its local spend counts 38% too much.")
SEALED = (
    "As signed £200,449.39 with barnet-open 2026.1, today £181,574.39 with barnet-open 2026.2: −£18,875.00.",
    "J11 Worker raised: £50,505.00 as signed, £31,630.00 today (barnet-open 2026.2: confidence high → medium).",
    "Jobs: Enough as signed (4 needed, 9 committed); Enough today (4 needed, 4 committed). Edition barnet-open 2026.2.",
)


@pytest.mark.parametrize("version", ["2026.1", "2026.2"])
def test_it_stays_one_page_with_all_that_can_be_said_at_once(version: str):
    edition = replace(MENUS.load("barnet-open", version), withdrawn_on=date(2026, 11, 20), withdrawn_because="Wrong.")
    lines = tuple(
        commitment(measure.code, measure.code, 1, 1, 1, contract_share=Decimal("0.5"), statement="x")
        for measure in edition.measures
    )
    start = date(2027, 10, 1)
    contract = replace(
        FORECAST,
        title="Housing repairs, empty homes and the care of the grounds around them, east and west of the railway",
        start_on=start,
        end_on=end_after(start, 3),
        status=ContractStatus.SIGNED,
    )
    today = (
        "With barnet-open 2026.3 it is £1,181,574.39 today (41 measures differ), £581,574.39 of it past the dates "
        "of its values. The confidence of 14 measures (£1,000,000.00 as signed) differs. "
        "One job for each £1,000,000: 46 as signed, "
        "today 30 if all are different people, as few as 19 if not: not enough."
    )
    context = replace(CONTEXT, signed_on=date(2029, 5, 1), sealed=SEALED, today=today, rules_from=RulesFrom.MENU)
    checked = valued((*lines, *PER_POUND), contract, edition)
    text = first_page(checked, context)
    assert checked.has_errors
    for said in ("had ended when this was signed", "took its rules over", today, "rests on a forecast", "Check it"):
        assert said in text
    assert ("when the wages behind it end" if version == "2026.2" else "does not record") in text


def test_what_a_withdrawal_makes_of_this_contract_is_said_in_place_of_the_general_reason():
    today = "With barnet-open 2026.2 it is £181,574.39 today (J11 −£18,875.00). Confidence today: J11 medium "
    today += "(£50,505.00 as signed). Jobs: 9 as signed, today 4: enough."
    checked = valued(contract=replace(CONTRACT, status=ContractStatus.SIGNED), edition=WITHDRAWN)
    context = replace(CONTEXT, signed_on=CONTEXT.made_on, sealed=SEALED, today=today)
    text = first_page(checked, context)
    start = "barnet-open 2026.1 was withdrawn on 20 November 2026, for reasons that stand under Menu."
    assert f"{start} {today} {TODAY_TAKES}" in text
    assert "38%" not in text
    # It stands on page 1 and beside what was sealed.
    assert text_of(built(checked, context)).count(TODAY_TAKES) == 2
    assert "Its local spend counts 38% too much." in text_of(built(checked, context))
    assert "Its local spend counts 38% too much." in first_page(checked)
    # A menu that stands needs no such words.
    assert today not in first_page(valued(contract=checked.offer.contract), context)


@pytest.mark.parametrize(
    "wrong",
    [
        ("£181,574.39", "£181,574.93"),
        ("9 as signed", "8 as signed"),
        ("today 4", "today 5"),
        ("J11 medium", "J11 low"),
        ("(£50,505.00", "(£50,505.50"),
    ],
)
def test_the_page_lint_knows_the_figures_of_today(wrong: tuple[str, str]):
    today = "With barnet-open 2026.2 it is £181,574.39 today (J11 −£18,875.00). Confidence today: J11 medium "
    today += "(£50,505.00 as signed). Jobs: 9 as signed, today 4: enough."
    checked = valued(contract=replace(CONTRACT, status=ContractStatus.SIGNED), edition=WITHDRAWN)

    def faults(words: str) -> list[str]:
        context = replace(CONTEXT, signed_on=CONTEXT.made_on, sealed=SEALED, today=words)
        found = lint(built(checked, context).data, Expected(edition=WITHDRAWN)).faults
        return [fault for fault in found if "sealed" in fault]

    assert faults(today) == []
    assert faults(today.replace(*wrong)) != []


OPEN = MENUS.load("barnet-open", "2026.2")
RAISE = commitment("1", "J11", 5, 5, 5, statement="x")


def test_pounds_of_years_after_the_dates_of_a_wage_are_said():
    checked = valued((RAISE, LINES[6]), edition=OPEN)
    text = first_page(checked)
    # 2 years of 5 × £4,075.50 begin after the wage ends.
    assert "£40,755.00 (line 1) is for years that begin after 31 March 2027, when the wages behind it end." in text
    assert lint(built(checked).data, Expected(edition=OPEN)).faults == []
    assert "when the wages behind it end" not in first_page(valued((LINES[6],), edition=OPEN))


@pytest.mark.parametrize(
    ("start", "told"),
    [
        (
            date(2026, 10, 1),
            "£61,132.50 (all of line 1) is for years that end after 31 March 2027 (£40,755.00 of it for years that",
        ),
        (date(2027, 4, 1), "£61,132.50 (all of line 1) is for years that begin after 31 March 2027, when the wages"),
    ],
)
def test_a_part_or_all_of_a_line_is_said_to_be_after_the_dates_of_its_wage(start: date, told: str):
    checked = valued((RAISE, LINES[6]), replace(CONTRACT, start_on=start, end_on=end_after(start, 3)), OPEN)
    assert told in first_page(checked)
    assert lint(built(checked).data, Expected(edition=OPEN)).faults == []


def test_one_year_that_ends_after_the_wage_does_and_a_rate_that_is_no_wage():
    start = date(2026, 10, 1)
    contract = replace(CONTRACT, start_on=start, end_on=end_after(start, 1))
    early = commitment("2", "L04", 100_000, statement="x")
    text = first_page(valued((replace(RAISE, quantities=RAISE.quantities[:1]), early), contract, OPEN))
    told = "£20,377.50 (all of line 1) is for years that end after 31 March 2027, when the wages behind it end."
    assert told in text
    # What two days end is under one name.
    assert text.count("Dates") == 1
    rate = (
        "£970.00 (all of line 2) is for years that end after 31 December 2026, when the interest rate behind it ends."
    )
    assert rate in text


def test_what_an_edition_does_not_record_is_said_instead_of_nothing():
    told = "does not record until when the wages and rates behind its values hold or how long after a unit its evidence"
    assert f"This edition {told}" in first_page(valued())
    assert "does not record" not in first_page(valued(edition=OPEN))


def test_few_lines_are_named_and_many_by_their_measures():
    lines = tuple(replace(LINES[n % 2 * 6], key=str(n)) for n in range(80))
    page = PrintedValuation(valued(lines))
    assert page.named([3, 4, 5, 9]) == "lines 3 to 5 and 9"
    assert page.named(range(1, 81, 2)) == "the 40 lines of J01"
    assert page.named(range(1, 79, 2)) == "39 lines"


def test_the_council_that_adopted_a_rule_asks_and_whose_rule_it_is_is_said_once():
    """Larkmere uses the menu and the rules of Barnet: each is named for what it did."""
    adopted = replace(CONTEXT, rules_from=RulesFrom.MENU)
    whose = "Larkmere Council took its rules over from Barnet Council."
    text = first_page(valued(), adopted)
    assert "not enough for Larkmere Council’s 5% minimum, short by £9,550.61." in text
    assert f"Larkmere Council asks for 4: enough either way. {whose}" in text
    assert text.count("Barnet Council") == 1
    small = replace(CONTRACT, value=Decimal("200000.00"))
    assert f"Larkmere Council asks no minimum of this contract. {whose}" in first_page(valued(contract=small), adopted)
    own = first_page(valued(), replace(adopted, council="Barnet Council"))
    assert "enough for Barnet Council’s 5% minimum, short by" in own
    assert "took its rules" not in own + first_page(valued())
