"""What the PDF of a portfolio says: drafts apart, each contract, jobs as sums, what it does not say."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.exchange.portfolios import AGREED, DRAFT, DRAFTS, FIGURES, NOTHING, OTHERS, SIGNED, SIGNED_TOLD, TOLD
from tests.reports.conformance import faults_of
from tests.reports.valuations import CONTEXT, fonts, text_of, written
from tests.reports.verapdf import broken_rules
from tomsapp.domain.jobs import JobSum, MeasureJobs
from tomsapp.domain.plain_counts import PlainCount
from tomsapp.domain.portfolio import EditionPart, Group, Grouping, PortfolioFigures, PortfolioRow
from tomsapp.domain.portfolio_contract import SealedToday
from tomsapp.domain.proxy import TakenOff
from tomsapp.reports.attachments import Attachment, read_attachments
from tomsapp.reports.document import BuiltReport
from tomsapp.reports.portfolio_report import build_portfolio_report


def report(figures: PortfolioFigures = FIGURES, *attachments: Attachment) -> BuiltReport:
    return build_portfolio_report(figures, CONTEXT, fonts(), attachments)


def test_the_first_page_tells_drafts_from_what_is_agreed():
    text = text_of(report())
    first = text[: text.index("Page 2 of")]
    assert "2 contracts with 1 supplier, 3 commitments, £2,000,000.00 of contract value without VAT." in first
    assert "Only supplier <b>Lamp & Sons." in first
    assert (
        "1 signed or closed contract promises social value of £90,000.00, which is 9.00% of its contract value."
        in first
    )
    assert (
        "1 draft offers social value of £30,000.00, which is 3.00% of its contract value, and nothing of it is signed."
        in first
    )
    assert (
        "In plain counts, signed and closed 13 jobs 18 full-time years of workers £5,000.00 in cash or goods" in first
    )
    assert "1 Fair work £90,000.00 (100.0%)." in first
    then = text[text.index("Page 2 of") :]
    assert "The figures, drafts apart" in text
    assert "Signed and closed 1 £1,000,000.00 £90,000.00 9.00% £5,000.00 13" in then
    assert "Drafts 1 £1,000,000.00 £30,000.00 3.00% £0.00 0.5" in then
    assert "All, drafts included 2 £2,000,000.00 £120,000.00 6.00% £5,000.00 13.5" in then
    assert "Drafts claim £44,444.44, of which £30,000.00 counts: 1 commitment with errors is left out." in then
    assert "In plain counts: 18 full-time years of workers and £5,000.00 of cash, drafts included." in then


def test_the_first_page_says_what_it_does_not_say():
    text = text_of(report())
    first = text[: text.index("Page 2 of")]
    assert "It is not money saved, paid or banked." in first
    assert (
        "2 menu editions: barnet-open 2026.1 at 2024 prices (1 contract) and barnet-council 2023 at 2023 prices "
        "(1 contract)." in first
    )
    assert "Pounds of different price years are added here as they are." in first
    assert "barnet-open 2026.1 is withdrawn: the reason stands under Method." in first
    assert "barnet-open 2026.1 is withdrawn: Its values are too high." in text[text.rindex("Method ") :]
    assert "They leave out VAT and do not compare suppliers." in first
    agreed = replace(AGREED, forecast_value=Decimal("1200.00"))
    leaning = text_of(report(replace(FIGURES, groups=(agreed, *FIGURES.groups[1:]))))
    assert "£1,200.00 rests on a forecast of spend and not on spend." in leaning
    assert "£14,444.44 is claimed in lines with errors. It is in no total but those marked claimed." in first
    assert "Other people are not added, because one may be in two contracts" in text_of(report())
    one = text_of(report(replace(FIGURES, menus=FIGURES.menus[1:], forecast_value=Decimal(0), left_out=0)))
    published = "A figure in later prices, as wages and tax rates are, is as published."
    assert f"The pounds are those of barnet-council 2023, at 2023 prices. {published}" in one
    assert published in first
    assert "None of it rests on a forecast of spend." in one
    assert "claimed in lines" not in one
    same = tuple(replace(menu, price_base="2024", withdrawn="") for menu in FIGURES.menus)
    assert "different price years" not in text_of(report(replace(FIGURES, menus=same)))


def test_every_contract_has_a_row():
    text = text_of(report())
    assert "Signed and closed: 1 contract £1,000,000.00 £90,000.00 9.00% 13" in text
    assert (
        "C-7, signed Street lights <b>Lamp & Sons Menu barnet-open 2026.1 £1,000,000.00 £90,000.00 9.00% 13 "
        "Enough Enough 1 warning" in text
    )
    assert (
        "C-4, draft Parks Menu barnet-open 2026.1 £1,000,000.00 £30,000.00 £44,444.44 claimed 3.00% 0.5 to 1.5 "
        "Not yet: errors to put right "
        "Short by £20,000.00 2 errors" in text
    )
    assert "All 2, drafts included £2,000,000.00 £120,000.00 6.00% 13.5" in text
    assert "“Enough” speaks of the promise" in text
    trouble = replace(DRAFT, trouble="No menu edition is chosen", minimum=None, employment=None)
    plain = replace(SIGNED, warnings=0)
    text = text_of(report(replace(FIGURES, contract_rows=(plain, trouble))))
    assert "3.00% 0.5 to 1.5 – No menu edition is chosen." in text
    assert "Enough Enough none" in text


def test_jobs_can_be_done_again():
    text = text_of(report())
    assert "C-7 J01 2 × 50% + J11 (18 ÷ 1.5) = 13 13" in text
    assert "C-4 S02 1 × 0.5 = 0.5 Not counted, because they may be the same people: S11 1 0.5" in text
    assert "All, drafts included 13.5" in text
    assert "cut after two decimals; totals" not in text
    third = replace(SIGNED.jobs.terms[1], quantity=Decimal(1), length=Fraction(3))
    cut = replace(SIGNED, jobs=replace(SIGNED.jobs, terms=(third,)))
    assert "J11 (1 ÷ 3) = 0.33…" in text_of(report(replace(FIGURES, contract_rows=(cut,), groups=(AGREED,))))
    none = replace(SIGNED, jobs=replace(SIGNED.jobs, terms=()))
    assert "bring no employment outcome" in text_of(report(replace(FIGURES, contract_rows=(none,))))
    lone = text_of(report(replace(FIGURES, contract_rows=(SIGNED, replace(DRAFT, jobs=none.jobs)))))
    assert "C-4 S02" not in lone


def test_jobs_of_a_withdrawn_menu_are_told_as_signed_and_today():
    later = JobSum(SIGNED.jobs.terms[:1])
    signed = replace(SIGNED, jobs_today=later, menu_today="barnet-open 2026.2")
    text = text_of(report(replace(FIGURES, contract_rows=(signed, DRAFT))))
    assert (
        "1 contract under a withdrawn menu comes to £90,000.00 and 13 jobs as signed. By today’s menu the same "
        "promises are £90,000.00 and 1 job." in text
    )
    assert "£5,000.00 13 1 today" in text
    assert "As signed under barnet-open 2026.1: J01 2 × 50% + J11 (18 ÷ 1.5) = 13" in text
    assert "Today, under barnet-open 2026.2: J01 2 × 50% = 1" in text
    assert "All, drafts included 13.5 to 14.5 1.5 today" in text
    none = replace(signed, jobs_today=JobSum(OTHERS.terms[1:]))
    text = text_of(report(replace(FIGURES, contract_rows=(none,), groups=(AGREED,))))
    assert "under barnet-open 2026.2: 0 = 0 Not counted today, because they may be the same people: S11 1" in text


def test_a_code_in_two_menus_is_explained_and_a_count_says_what_is_no_job():
    rows = (
        measure_row("S11", jobs=MeasureJobs(left_out=Fraction(1)), quantity="apprentice who begins"),
        measure_row("J11 (2)", jobs=MeasureJobs(Fraction(2), Fraction(2)), editions=(edition("open 2", 2, 2),)),
        measure_row("J11", jobs=MeasureJobs(Fraction(12), Fraction(0)), editions=(edition("open 1", 12, 0),)),
    )
    text = text_of(report(replace(FIGURES, tables=((Grouping.MEASURE, rows),))))
    assert "S11 Named Apprentice who begins Not in Jobs: 1, because they may be the same people" in text
    assert "after a code is the same code in another menu" in text
    assert "J11 (2) Named In Jobs: 2 Menu open 2 £0.00" in text
    assert "J11 Named In Jobs: 12 as signed, 0 today Menu open 1 £0.00" in text
    assert "Together they are the jobs of all these contracts: 14 as signed, 2 today." in text
    assert "each is told by itself" not in text


def test_a_measure_that_menu_editions_value_differently_is_told_for_each():
    both = edition("open 1", 3, 0), edition("open 2", 2, 2)
    row = measure_row("J11", jobs=MeasureJobs(Fraction(5), Fraction(2)), editions=both)
    text = text_of(report(replace(FIGURES, tables=((Grouping.MEASURE, (row,)),))))
    assert "Where menu editions value or count a measure differently, each is told by itself." in text
    assert "open 1: 4 hours; £0.00 of social value; 1 commitment; In Jobs: 3 as signed, 0 today" in text
    assert "open 2: 4 hours; £0.00 of social value; 1 commitment; In Jobs: 2 £0.00" in text


def measure_row(key: str, **told: object) -> PortfolioRow:
    return PortfolioRow(key, "Named", Decimal(0), Decimal(0), 1, **told)


def edition(menu: str, signed: int, today: int) -> EditionPart:
    jobs = MeasureJobs(Fraction(signed), Fraction(today))
    return EditionPart(menu, Decimal(0), Decimal(0), 1, "4 hours", jobs)


def test_rules_and_groupings_are_tables():
    text = text_of(report())
    assert "Signed and closed 5% minimum 1 0 0 0 0 Employment outcomes 1 0 0 0 0 Drafts 5% minimum 0 1 0 0 0" in text
    assert (
        "J11 Living wage 18 full-time years In Jobs: 13.5; not in Jobs: 1, because they may be the same people "
        "£120,000.00 100.0% £5,000.00 3" in text
    )
    assert text.count("Total, drafts included £120,000.00 100.0% £5,000.00") == 5
    assert "By contract year Years are contract years." in text
    assert "A year takes the part of a commitment’s value that is promised for it." in text
    assert "Parks C-4 Short by £20,000.00 of the 5% minimum." in text
    assert "barnet-open 2026.1 2024 " + "ab" * 32 + " 1" in text


def test_a_part_of_contracts_is_held_against_nothing():
    rows = tuple(replace(row, minimum=None, employment=None) for row in FIGURES.contract_rows)
    part = replace(FIGURES, part_notes=("A part is no whole.",), contract_rows=rows)
    text = text_of(report(part))
    assert "2 contracts with 1 supplier, 3 commitments." in text
    assert "promises for the lines that the filters take social value of £90,000.00." in text
    assert "A part is no whole." in text
    assert "Signed and closed 1 – £90,000.00 – £5,000.00 13" in text
    assert "Policy checks" not in text
    assert "%" not in text[text.index("Contract by contract") : text.index("Jobs as sums")]
    assert "Open faults are those of the whole contract." in text


@pytest.mark.parametrize(("totals", "row"), [(AGREED, SIGNED), (DRAFTS, DRAFT)])
def test_one_group_alone_has_no_total_of_both(totals, row):
    figures = replace(FIGURES, groups=(totals,), contract_rows=(row,), menus=FIGURES.menus[:1])
    text = text_of(report(figures))
    assert "drafts included" not in text
    assert ("DRAFT: nothing in these contracts is signed" in text) == (totals.group is Group.DRAFT)
    assert ("Holds 1 draft, told apart." in text) == (totals.group is Group.DRAFT)
    assert "(in full under Method)." in text


def test_nothing_at_all_has_a_report_too():
    text = text_of(report(NOTHING))
    assert "0 contracts with 0 suppliers" in text
    assert "No filter is set: every contract counts but those that were withdrawn." in text
    assert "No contract needs attention." in text
    assert "nothing to show" not in text
    assert report(NOTHING).pages == 1
    empty = replace(FIGURES, tables=((Grouping.WARD, ()),))
    assert "By ward There is nothing to show." in text_of(report(empty))
    still = replace(AGREED, commitments=0, left_out=0, contract_value=Decimal(0), policy=())
    assert "Nothing is committed in these contracts." in text_of(report(replace(NOTHING, groups=(still,))))


def test_of_many_counts_the_first_page_tells_the_first():
    counts = tuple(PlainCount(f"M{n}", f"{n}", "hours of advice") for n in range(1, 30))
    text = text_of(report(replace(FIGURES, plain_counts=counts)))
    assert (
        "5 hours of advice and 6 hours of advice, drafts included. These are the 6 with the most social value" in text
    )
    assert "29 hours of advice" not in text
    assert "In plain counts:" not in text_of(report(replace(FIGURES, plain_counts=())))


def test_attached_data_is_said_and_carried():
    built = report(FIGURES, Attachment("portfolio.json", b"{}", "application/json", "Every figure"))
    assert read_attachments(built.data) == {"portfolio.json": b"{}"}
    assert "Data attached: portfolio.json, contracts.csv, made.json." in text_of(built)
    assert "No data is attached." in text_of(report())


@pytest.mark.parametrize("figures", [FIGURES, NOTHING])
def test_page_validation_finds_no_fault_and_bytes_repeat(figures: PortfolioFigures):
    data = report(figures).data
    assert faults_of(data) == []
    assert data == report(figures).data


@pytest.mark.slow
def test_verapdf_finds_no_fault(tmp_path):
    assert broken_rules(written(report(), tmp_path)) == []


def test_today_s_pounds_stand_beside_today_s_jobs():
    text = text_of(report(TOLD))
    assert "£90,000.00, which is 9.00% of its contract value. Under today’s menus it is £80,000.00, 8.00%." in text
    assert (
        "Signed and closed 1 £1,000,000.00 £90,000.00 £80,000.00 today 9.00% 8.00% today £5,000.00 13 1 today" in text
    )
    assert (
        "1 contract under a withdrawn menu comes to £90,000.00 and 13 jobs as signed. By today’s menu the same "
        "promises are £80,000.00 and 1 job." in text
    )
    assert text.count("£110,000.00 today") == 11


def test_offers_with_errors_carry_no_share_of_the_headline():
    text = text_of(report(TOLD))
    assert "In plain counts" in text
    assert "of cash, drafts included. C-4 (0.5 jobs) cannot be admitted before its errors are put right" in text
    assert text.count("C-4 (0.5 jobs) cannot be admitted before its errors are put right, and is in this table.") == 5
    assert "None of it can be admitted: there are errors to put right." in text
    assert "Of these with errors 1 £1,000,000.00 £30,000.00 3.00% £0.00 0.5 to 1.5" in text
    right = replace(DRAFT, reference="C-9", errors=0, social_value=Decimal("20000.00"), contract_value=Decimal(500000))
    two = replace(
        TOLD.groups[1], contracts=2, contract_value=Decimal(1500000), social_value=Decimal("50000.00"),
        employment_outcomes=Fraction(1),
    )  # fmt: skip
    text = text_of(report(replace(TOLD, contract_rows=(*TOLD.contract_rows, right), groups=(TOLD.groups[0], two))))
    assert (
        "2 drafts offer social value of £50,000.00, and nothing of it is signed. 1 of them (C-4) cannot be admitted "
        "before its errors are put right: the rest comes to £20,000.00, 4.00% of its contract value." in text
    )
    assert "Of these without errors 1 £500,000.00 £20,000.00 4.00% £0.00 0.5 to 1.5" in text
    nothing = replace(DRAFT, social_value=Decimal(0), jobs=JobSum(()))
    assert "is in these counts" not in text_of(report(replace(TOLD, contract_rows=(SIGNED_TOLD, nothing))))
    many = tuple(replace(DRAFT, reference=f"C-{number}", jobs=JobSum(())) for number in range(6))
    assert "6 contracts cannot be admitted before their errors are put right, and are in these counts." in text_of(
        report(replace(TOLD, contract_rows=many))
    )


def test_what_editions_do_not_record_is_said_to_be_in_no_figure():
    assert "not record" not in text_of(report(TOLD))

    def told(days: str, evidence: str) -> str:
        caveats = replace(SIGNED_TOLD.caveats, days_unrecorded=Decimal(days), evidence_unrecorded=Decimal(evidence))
        both = (replace(SIGNED_TOLD, caveats=caveats), replace(SIGNED_TOLD, reference="C-9"))
        return text_of(report(replace(TOLD, contract_rows=both)))

    assert "not record" not in told("0.00", "0.00")
    assert (
        "1 contract (£90,000.00) is under an edition that does not record until when wages and rates hold, nor "
        "when evidence is due: what is said here of that leaves it out." in told("90000.00", "90000.00")
    )
    assert "not record until when wages and rates hold: what" in told("90000.00", "0.00")
    assert "not record when evidence is due: what is said" in told("0.00", "90000.00")


def test_today_says_what_was_not_asked():
    words = "Today takes the quantities as signed: whether each unit would count by today’s rules was not asked"
    assert words in text_of(report(TOLD))
    assert words not in text_of(report())


def test_the_words_over_a_table_are_not_torn():
    for length in range(6, 24):
        rows = (*TOLD.contract_rows, *(replace(DRAFT, reference=f"D-{number}") for number in range(length)))
        text = text_of(report(replace(TOLD, contract_rows=rows)))
        start = text.index("Each term is the measure’s code")
        assert "Page " not in text[start : text.index("such as an apprentice who began before the contract.")]


def test_the_fewest_and_the_most_jobs_stand_beside_what_is_asked():
    text = text_of(report(TOLD))
    assert (
        "Drafts, jobs: 1.5 if all are different people, as few as 0.5 if not; 3 asked for, contract by contract."
        in text
    )
    assert "Signed and closed, jobs: 13; 9 asked for, contract by contract." in text
    assert "Short by 2.5 of 3 asked" in text
    assert "“to” says how many if all are different people" in text


TOGETHER = replace(TOLD, groups=TOLD.groups[:1], job_caveats=None)
"""The contracts of both groups as if they were one, so that the first page adds all of them up."""


def test_the_first_page_adds_up_what_the_papers_say():
    text = text_of(report(TOGETHER))
    first = text[: text.index("Page 2 of")]
    assert "High £40,000.00 33.3% Public figures or plain arithmetic Medium £50,000.00 41.6%" in first
    assert "Not said by the menu £30,000.00 25.0% –" in first
    assert (
        "Each contract is graded by its own menu edition; the editions that replaced withdrawn ones grade £40,000.00 "
        "of it otherwise: High would be £0.00 and Low would be £40,000.00." in first
    )
    assert (
        "Gross or net: Of £60,000.00 the menus take off what would have happened anyway; of £10,000.00 the sources "
        "take something off for it; £20,000.00 is gross, nothing is taken off a unit, though its measure may leave "
        "it out of the number; of £30,000.00 the editions do not say." in first
    )
    assert "£100,000.00 to £125,000.00, low to high at the sources. £80,000.00 has neither at its source" in first
    assert "£7,000.00 is counted in years that end after the wage, tax or rate behind the value does." in first
    assert "£2,000.00 is counted for years of which nothing can be shown before the contract ends." in first
    assert "£500.00 is counted for years of which a part can be shown only after it ends." in first
    assert "£1,200.00 rests on a forecast of spend and not on spend. Without it C-7 is short by £12,500.00" in first
    caveats = replace(SIGNED_TOLD.caveats, without_span=Decimal("120000.00"))
    none = text_of(report(replace(TOGETHER, contract_rows=(replace(SIGNED_TOLD, caveats=caveats),))))
    assert "No source gives a low and a high, so no span can be worked out." in none
    caveats = replace(caveats, without_span=Decimal("0.00"))
    whole = text_of(report(replace(TOGETHER, contract_rows=(replace(SIGNED_TOLD, caveats=caveats),))))
    assert "the true span is wider" not in whole
    many = tuple(replace(SIGNED_TOLD, reference=f"C-{number}") for number in range(6))
    assert "6 contracts promise enough for a rule only with it." in text_of(
        report(replace(TOGETHER, contract_rows=many))
    )


def test_how_much_is_gross_and_whose_the_grades_are_is_said_as_far_as_it_is_told():
    gross = replace(SIGNED_TOLD.caveats, taken_off=((TakenOff.NOBODY, Decimal("90000.00")),), regraded=Decimal("0.00"))
    text = text_of(report(replace(TOGETHER, contract_rows=(replace(SIGNED_TOLD, caveats=gross),))))
    assert (
        "All of it is gross: nothing is taken off a unit for what would have happened anyway, though its measure may"
        in text
    )
    assert "Each contract is graded by its own menu edition." in text
    earlier = replace(SIGNED_TOLD.caveats, confidence_today=None)
    before = text_of(report(replace(TOGETHER, contract_rows=(replace(SIGNED_TOLD, caveats=earlier),))))
    assert "grade £40,000.00 of it otherwise." in before
    earlier = replace(gross, taken_off=None, regraded=None, confidence_today=None)
    one = replace(TOGETHER, contract_rows=(replace(SIGNED_TOLD, caveats=earlier),), menus=TOGETHER.menus[:1])
    assert "gross" not in text_of(report(one))
    assert "graded by its own" not in text_of(report(one))


def test_a_rule_that_turns_over_without_the_forecast_says_so():
    text = text_of(report(TOLD))
    assert "Enough only with the forecast: short by £12,500.00 without it" in text
    assert "5% minimum 1 1 only with the forecast 0" in text


def test_a_share_that_is_cut_to_nothing_is_not_told_as_nothing():
    theme, other = FIGURES.rows(Grouping.THEME)
    rows = (replace(theme, social_value=Decimal("119999.00")), replace(other, social_value=Decimal("1.00")))
    text = text_of(report(replace(FIGURES, groups=(AGREED,), tables=((Grouping.THEME, rows),))))
    assert "4 Local economy £1.00 (under 0.1%)" in text
    assert "Local economy £1.00 under 0.1% £5,000.00 2" in text
    little = replace(SIGNED, contract_value=Decimal("1000000000.00"))
    assert "£90,000.00 under 0.01% 13" in text_of(report(replace(FIGURES, contract_rows=(little,), groups=(AGREED,))))


def test_what_was_sealed_stands_beside_today_contract_by_contract_and_in_all():
    reasons = ("barnet-open 2026.2: J11 −£10,000.00", "Green: a later rule, which never changes what was sealed")
    since = SealedToday(Decimal("90000.00"), Decimal("80000.00"), reasons)
    signed = replace(SIGNED, sealed_value=since.sealed, sealed_today=since)
    other = replace(DRAFT, reference="C-8", sealed_value=Decimal("5000.00"))
    told = text_of(report(replace(FIGURES, contract_rows=(signed, other))))
    assert "As sealed and as of today 2 sealed contracts: £95,000.00 as sealed, £85,000.00 today (−£10,000.00)." in told
    assert (
        "C-7 Street lights £90,000.00 £80,000.00 −£10,000.00 barnet-open 2026.2: J11 −£10,000.00. Green: a later rule, "
        "which never changes what was sealed." in told
    )
    assert "All: 2 sealed contracts £95,000.00 £85,000.00 −£10,000.00 1 contract without a difference" in told
    same = replace(since, today=since.sealed)
    alone = text_of(report(replace(FIGURES, contract_rows=(replace(signed, sealed_today=same), DRAFT))))
    assert "1 sealed contract: £90,000.00 as sealed and today." in alone
    assert "C-7 Street lights £90,000.00 £90,000.00 £0.00 barnet-open 2026.2" in alone
    assert "without a difference" not in alone
    assert "As sealed and as of today" not in text_of(report())


def test_whose_rules_the_contracts_are_held_against_stands_under_the_policy_checks():
    whose = "The rules are those of Barnet Council. Larkmere Council took them over with its menu."
    text = text_of(report(replace(TOLD, rules_origin=whose)))
    assert whose in text[text.index("Policy checks") : text.index("By theme")]
    assert "The rules are" not in text_of(report(TOLD))
