"""The first page of a portfolio stands alone: answer, counts, chart, how sure, what it does not say, whom to ask."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.exchange.portfolios import (
    AGREED,
    AGREED_TOLD,
    DRAFT,
    DRAFTS,
    DRAFTS_TOLD,
    FIGURES,
    NOTHING,
    SIGNED,
    SIGNED_TOLD,
    TOLD,
)
from tests.reports.page_lint import lint
from tests.reports.page_reader import read_pages
from tests.reports.page_sizes import size_faults
from tests.reports.valuations import CONTEXT, fonts, text_of
from tomsapp.domain.plain_counts import PlainCount
from tomsapp.domain.portfolio import Grouping, MenuUse, PortfolioFigures, PortfolioRow
from tomsapp.reports.document import BuiltReport
from tomsapp.reports.portfolio_report import build_portfolio_report
from tomsapp.reports.portfolio_trust import caveats_in_words

ASKED = "Social value team, The Guildhall, High Street, Larkmere, social.value@larkmere.example, 0200 000 0000"


def report(figures: PortfolioFigures) -> BuiltReport:
    return build_portfolio_report(figures, CONTEXT, fonts())


def first(figures: PortfolioFigures) -> str:
    text = text_of(report(figures))
    return text[: text.index("Page 2 of")]


def full() -> PortfolioFigures:
    """All that can be said of a portfolio, at the length that it can have."""
    caveats = replace(
        SIGNED_TOLD.caveats,
        before_evidence=Decimal("2000.00"),
        before_evidence_in_part=Decimal("500.00"),
        days_unrecorded=Decimal("90000.00"),
        evidence_unrecorded=Decimal("90000.00"),
    )
    names = [f"C-2026-{number:03d}" for number in range(5)]
    wrong = [replace(DRAFT, reference=name) for name in names]
    turned = [replace(SIGNED_TOLD, reference=f"L-{number}", caveats=caveats) for number in range(5)]
    counts = tuple(PlainCount(f"M{n}", f"{n},234.5", f"people of the borough who {'do it ' * 8}") for n in range(9))
    rows = tuple(PortfolioRow(f"M{n}", "Named", Decimal(n), Decimal(0), 1) for n in range(9))
    themes = tuple(
        PortfolioRow(str(n), "A theme with many words in its name", Decimal(n), Decimal(0), 1, n) for n in range(1, 8)
    )
    return replace(
        TOLD,
        filters=(
            "supplier Northcote Civil Engineering and Partners plc",
            "wards East, West and North",
            "draft, signed",
        ),
        contract_rows=(*turned, *wrong),
        plain_counts=counts,
        groups=(replace(AGREED_TOLD, themes=themes, plain_counts=counts[::-1]), DRAFTS_TOLD),
        tables=((Grouping.THEME, themes), (Grouping.MEASURE, rows)),
        menus=tuple(MenuUse("barnet-open", f"2026.{n}", "ab" * 32, n, f"20{20 + n}", "It was wrong") for n in range(9)),
        asked=ASKED,
    )


CASES = {
    "two contracts": FIGURES,
    "all that is told": TOLD,
    "one group": replace(FIGURES, groups=(AGREED,), contract_rows=(SIGNED,), menus=FIGURES.menus[:1]),
    "drafts alone": replace(FIGURES, groups=(DRAFTS,), contract_rows=(DRAFT,)),
    "a part of contracts": replace(TOLD, part_notes=("A part is no whole: no rule for whole contracts is said.",) * 3),
    "all at once": full(),
}
"""Portfolios from few to very many words."""


@pytest.mark.parametrize("case", CASES)
def test_it_stands_alone(case: str) -> None:
    text = first(CASES[case])
    parts = (
        "Social value portfolio",
        " social value of £",
        "In plain counts",
        "real pounds, never added",
        "Where the value comes from",
        "How sure is this",
        "rests on a forecast of spend",
        "What this does not say",
        "It is not money saved, paid or banked.",
        "They leave out VAT",
        "A part-time post counts as a part of a full-time job.",
        "Status",
        "Version As of 22 November 2026.",
        "Who to ask",
        "Check it",
        "Every contract: page",
    )
    for part in parts:
        _, found, text = text.partition(part)
        assert found, part


@pytest.mark.parametrize("case", CASES)
def test_its_type_is_large_enough(case: str) -> None:
    assert list(size_faults(read_pages(report(CASES[case]).data))) == []


@pytest.mark.parametrize("case", ["two contracts", "all that is told", "a part of contracts"])
def test_its_pages_have_no_fault(case: str) -> None:
    assert lint(report(CASES[case]).data).faults == []


def test_nothing_has_one_page_of_few_words() -> None:
    built = report(NOTHING)
    assert built.pages == 1
    assert list(size_faults(read_pages(built.data))) == []
    text = text_of(built)
    assert "Nothing is committed in these contracts." in text
    assert "Status No contract. Version As of 22 November 2026. Who to ask Whoever gave you this paper." in text
    assert "In plain counts" not in text


def test_whom_to_ask_is_what_the_council_has_set() -> None:
    asked = "Social value team, sv@larkmere.example"
    assert f"Who to ask {asked}" in first(replace(TOLD, asked=asked))
    assert "Who to ask Whoever gave you this paper." in first(TOLD)


def test_how_it_is_set_hangs_on_its_figures_alone() -> None:
    days = [replace(CONTEXT, made_on=CONTEXT.made_on.replace(month=month)) for month in (5, 9)]
    fronts = [text_of(build_portfolio_report(full(), context, fonts())) for context in days]
    assert len({front[front.index("In plain counts") : front.index("Version As of")] for front in fronts}) == 1


def test_what_had_no_room_begins_the_next_page() -> None:
    text = text_of(report(full()))
    then = text[text.index("Page 2 of") :]
    assert "Dates:" not in text[: text.index("Page 2 of")]
    assert "More on how sure this is, signed and closed £35,000.00 is counted in years that end after" in then
    assert "More on how sure" not in text_of(report(TOLD))
    assert "Dates: £7,000.00 is counted in years" in first(TOLD)


def test_jobs_come_first_and_say_what_they_can_be() -> None:
    whole = replace(TOLD, groups=(AGREED_TOLD,), employment_outcomes=Fraction(27, 2))
    assert "13.5 jobs, to 14.5 if all are different people, 1.5 under today’s menus 18 full-time" in first(whole)
    assert "signed and closed 13 jobs, 1 under today’s menus 18 full-time" in first(TOLD)
    one = replace(FIGURES, groups=(replace(AGREED, employment_outcomes=Fraction(1)), DRAFTS))
    assert "signed and closed 1 job 18 full-time" in first(one)
    nothing = replace(AGREED, employment_outcomes=Fraction(0), real_pounds=Decimal(0))
    none = first(replace(FIGURES, employment_outcomes=Fraction(0), groups=(nothing, DRAFTS)))
    assert "In plain counts, signed and closed 18 full-time years" in none
    assert "part-time post" not in none


def test_jobs_that_rest_on_a_forecast_or_are_of_ended_years_are_told_beside_the_jobs() -> None:
    """Of the signed and closed alone, as the jobs are; the sums of the jobs say it of each contract and group."""
    ended = "of contract years that had ended when"
    said = f"Of the 13 jobs, 1 rests on a forecast of spend and 5.66… are {ended} the contract was signed."
    text = text_of(report(TOLD))
    assert said in first(TOLD)
    assert said not in first(replace(TOLD, groups=tuple(replace(each, job_caveats=None) for each in TOLD.groups)))
    sums = text[text.index("Sum of its terms") :]
    assert "C-7 As signed under barnet-open 2026.1: J01 2 × 50% + J11 (18 ÷ 1.5) = 13 Today, under" in sums
    own = f"Of these jobs, 1 rests on a forecast of spend and 5.66… are {ended} the contract was signed."
    assert sums.count(own) == 2, "the contract and its group"
    assert sums.count("Of these jobs, 0.5 rests on a forecast of spend.") == 2
    assert f"Of these jobs, 1.5 rest on a forecast of spend and 5.66… are {ended} their contracts were signed." in sums
    assert "Of these jobs" not in text_of(report(FIGURES))


def test_contracts_that_are_short_of_a_rule_are_told_beside_the_answer() -> None:
    """Of what is agreed: nobody takes a share of the whole for a rule that each contract keeps."""
    short = (replace(AGREED.policy[0], enough=0, short=1), replace(AGREED.policy[1], enough=0, short=2))
    text = first(replace(FIGURES, groups=(replace(AGREED, policy=short), DRAFTS)))
    assert "Of these contracts 1 is short of “5% minimum” and 2 are short of “Employment outcomes”." in text
    assert "is short of" not in first(FIGURES), "drafts can still be changed"


def test_counts_of_pounds_are_told_in_pounds_and_long_words_have_more_room() -> None:
    counts = tuple(PlainCount(f"M{n}", f"{n}", "hours of advice") for n in range(1, 9))
    rows = tuple(PortfolioRow(f"M{n}", "Named", Decimal(n), Decimal(0), 1) for n in range(1, 9))
    figures = replace(FIGURES, groups=(AGREED,), plain_counts=counts, tables=((Grouping.MEASURE, rows),))
    text = first(figures)
    assert "13.5 jobs 8 hours of advice 7 hours of advice 6 hours of advice £5,000.00" in text
    long = tuple(
        replace(count, words="hours of advice to people who have never been given any before") for count in counts
    )
    assert first(replace(figures, plain_counts=long)).count("hours of advice to") == 2
    assert "£7.00 of cash" not in first(replace(figures, plain_counts=(PlainCount("M7", "£7.00", "of cash"), *counts)))


def test_status_says_what_is_signed_and_what_needs_attention() -> None:
    assert "Status 1 signed or closed and 1 draft, not signed. 1 needs attention (page" in first(FIGURES)
    assert "Status 1 signed or closed. Version" in first(replace(FIGURES, groups=(AGREED,), attention=()))
    assert "Menu barnet-open 2026.1. Who" in first(replace(FIGURES, menus=FIGURES.menus[:1]))
    assert "Version As of 22 November 2026. Who" in first(replace(FIGURES, menus=()))


def test_editions_are_named_while_they_are_few() -> None:
    assert "valued under 9 menu editions (listed under Method)." in first(full())
    assert "9 of them are withdrawn: the reasons stand under Method." in first(full())


def test_the_workbook_has_the_same_in_sentences() -> None:
    told = caveats_in_words(TOLD)
    assert told[0].startswith("Confidence: High £40,000.00 (33.3%, public figures or plain arithmetic); Medium")
    assert [words.partition(":")[0] for words in told[1:]] == [
        "Grades", "Low to high", "Gross or net", "Forecast", "Dates",
    ]  # fmt: skip
    assert caveats_in_words(replace(FIGURES, forecast_value=Decimal(0))) == (
        "Forecast: None of it rests on a forecast of spend.",
    )
    assert caveats_in_words(NOTHING) == ()


def test_what_is_signed_leads_and_drafts_stand_beside_it() -> None:
    text = first(FIGURES)
    assert "In plain counts, signed and closed 13 jobs 18 full-time years of workers £5,000.00" in text
    assert (
        "1 draft is in none of these figures, nor in those below: beside them it offers 0.5 jobs and 1 Level 2 "
        "apprenticeship completed." in text
    )
    assert "Where the value comes from, signed and closed" in text
    assert "1 Fair work £90,000.00 (100.0%)." in text
    assert "How sure is this, signed and closed" in text
    assert "drafts included" not in text
    assert "drafts included" in text_of(report(FIGURES))
    many = replace(DRAFTS, contracts=3, employment_outcomes=Fraction(0), real_pounds=Decimal(7), plain_counts=())
    beside = "3 drafts are in none of these figures, nor in those below: beside them they offer £7.00 in real pounds."
    assert beside in first(replace(FIGURES, groups=(AGREED, many)))
    silent = replace(many, real_pounds=Decimal(0))
    assert "nor in those below." in first(replace(FIGURES, groups=(AGREED, silent)))


def test_drafts_lead_while_nothing_is_committed_in_what_is_signed() -> None:
    none = replace(AGREED, commitments=0, social_value=Decimal(0), themes=(), plain_counts=())
    text = first(replace(FIGURES, groups=(none, DRAFTS)))
    assert "In plain counts, drafts 0.5 jobs 1 Level 2" in text
    assert "in none of these figures" not in text
    assert "Where the value comes from, drafts" in text


def test_themes_whose_total_stands_nowhere_on_the_page_are_found() -> None:
    assert lint(report(FIGURES).data).faults == []
    other = replace(AGREED, themes=(replace(AGREED.themes[0], social_value=Decimal("90000.01")),))
    wrong = lint(report(replace(FIGURES, groups=(other, DRAFTS))).data).faults
    assert "page 1: the themes come to 90,000.01, which stands nowhere on it" in wrong
