"""Jobs as sums, how a contract stands, and whether the figures of a portfolio add up."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.exchange.portfolios import (
    AGREED,
    AGREED_TOLD,
    DRAFT,
    DRAFT_TOLD,
    DRAFTS,
    DRAFTS_TOLD,
    FIGURES,
    NOTHING,
    SIGNED,
    SIGNED_TOLD,
    TOLD,
)
from tomsapp.domain.caveats import NO_CAVEATS, Caveats, caveats_together
from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.jobs import JobCaveats, JobSum, JobTerm, MeasureJobs, job_caveats_together, jobs_together
from tomsapp.domain.policy import PolicyResult
from tomsapp.domain.portfolio import EditionPart, Group, Grouping, PartOfGroup, PolicyCount, PortfolioFigures
from tomsapp.domain.portfolio_contract import (
    RuleOutcome,
    SealedToday,
    sealed_together,
    total_jobs,
    total_jobs_today,
    total_value_today,
)
from tomsapp.domain.portfolio_sums import sums_that_fail
from tomsapp.domain.proxy import TakenOff
from tomsapp.domain.rules.rule import RuleUnit

D = Decimal


@pytest.mark.parametrize(
    ("term", "text", "outcomes"),
    [
        (JobTerm("J", D(2), D(1), D(1)), "2", "2"),
        (JobTerm("J", D(2), D("0.5"), D(1)), "2 × 50%", "1"),
        (JobTerm("J", D(4), D(1), D("0.5")), "4 × 0.5", "2"),
        (JobTerm("J", D("4.5"), D(1), D(1), Fraction(3, 2)), "(4.5 ÷ 1.5)", "3"),
        (JobTerm("J", D(5), D("0.25"), D(1), Fraction(5, 6)), "(5 × 25% × 6 ÷ 5)", "3/2"),
        (JobTerm("J", D(5), D(1), D(1), Fraction(1)), "5", "5"),
    ],
)
def test_a_term_is_printed_as_it_is_worked_out(term: JobTerm, text: str, outcomes: str) -> None:
    assert (term.text, term.outcomes) == (text, Fraction(outcomes))


def test_people_who_may_be_the_same_are_told_and_not_counted() -> None:
    assert (DRAFT.jobs.text, DRAFT.jobs.not_counted, DRAFT.jobs.total) == ("S02 1 × 0.5", "S11 1", Fraction(1, 2))
    same = JobSum((*DRAFT.jobs.terms, JobTerm("S12", D(3), D(1), D(1), is_counted=False, is_possible=False)))
    assert (DRAFT.jobs.answered_same, same.answered_same, same.not_counted) == ("", "S12 3", "S11 1")
    assert JobSum(()).total == 0
    assert total_jobs((SIGNED, DRAFT)) == Fraction(27, 2)
    later = replace(SIGNED, jobs_today=JobSum((JobTerm("J01", D(2), D("0.5"), D(1)),)), menu_today="barnet-open 2026.2")
    assert total_jobs_today((later, DRAFT)) == Fraction(3, 2)


@pytest.mark.parametrize(
    ("outcome", "word"),
    [
        (RuleOutcome("Minimum", PolicyResult.MET), "Enough"),
        (RuleOutcome("Minimum", PolicyResult.SHORT, Fraction(955061, 100)), "Short by £9,550.61"),
        (RuleOutcome("Jobs", PolicyResult.SHORT, Fraction(1, 3), unit=RuleUnit.OUTCOMES), "Short by 0.33…"),
        (RuleOutcome("Jobs", PolicyResult.SHORT, Fraction(4), RuleUnit.OUTCOMES, Fraction(9)), "Short by 4 of 9 asked"),
        (RuleOutcome("Minimum", PolicyResult.SHORT, Fraction(4), needed=Fraction(9)), "Short by £4.00"),
        (SIGNED_TOLD.minimum, "Enough only with the forecast: short by £12,500.00 without it"),
        (RuleOutcome("Jobs", PolicyResult.NOTHING_ASKED), "Nothing asked"),
        (RuleOutcome("Jobs", PolicyResult.ERRORS), "Not yet: errors to put right"),
        (RuleOutcome("Jobs", PolicyResult.NOT_CHECKED), "Not checked"),
    ],
)
def test_a_promise_is_enough_or_short(outcome: RuleOutcome, word: str) -> None:
    assert outcome.word == word


def test_drafts_are_told_from_agreed_contracts() -> None:
    counted = [status for status in ContractStatus if status is not ContractStatus.WITHDRAWN]
    assert [Group.of(status) for status in counted] == [Group.DRAFT, Group.AGREED, Group.AGREED]
    assert [group.words for group in Group] == ["Signed and closed", "Drafts"]
    assert FIGURES.group(Group.DRAFT) is DRAFTS
    assert NOTHING.group(Group.DRAFT) is None
    assert FIGURES.contracts_of(Group.AGREED) == (SIGNED,)
    assert AGREED.share_of_contract_value == Fraction(9, 100)
    assert replace(AGREED, contract_value=D(0)).share_of_contract_value == 0
    assert SIGNED.share_of_contract_value == Fraction(9, 100)
    assert replace(SIGNED, contract_value=D(0)).share_of_contract_value == 0
    assert FIGURES.share_of_contract_value == Fraction(6, 100)
    assert NOTHING.share_of_contract_value == 0
    assert FIGURES.price_bases == ("2024", "2023")
    assert FIGURES.menus[0].name == "barnet-open 2026.1"
    assert FIGURES.rows(Grouping.OUTCOME) == ()
    assert not FIGURES.is_part


def test_figures_that_add_up_have_no_fault() -> None:
    assert sums_that_fail(FIGURES) == ()
    assert sums_that_fail(NOTHING) == ()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"social_value": D("120000.01")},
         "The whole: £120,000.01 of social value is stated, and £120,000.00 comes out."),
        ({"contracts": 3}, "The whole: 3 contracts are stated, and 2 come out."),
        ({"employment_outcomes": Fraction(14)}, "The whole: 14 jobs are stated, and 13.5 come out."),
        ({"left_out": 0}, "All groups: 0 left out are stated, and 1 come out."),
        ({"forecast_value": D("0.00")}, "All groups: £0.00 of forecast value is stated, and £1,200.00 comes out."),
        ({"commitments": 4}, "The table by theme: 4 commitments are stated, and 3 come out."),
        ({"groups": (replace(AGREED, real_pounds=D("1.00")), DRAFTS)},
         "Signed and closed: £1.00 of real pounds is stated, and £5,000.00 comes out."),
        ({"groups": (replace(AGREED, policy=(PolicyCount("5% minimum", 0, 1),)), DRAFTS)},
         "Signed and closed, 5% minimum: the counts are not those of the contracts."),
    ],
)  # fmt: skip
def test_a_total_that_does_not_add_up_is_told(changed: dict[str, object], words: str) -> None:
    assert words in sums_that_fail(replace(FIGURES, **changed))


def test_a_rule_that_no_contract_is_told_against_is_not_counted_again() -> None:
    other = replace(AGREED, policy=(PolicyCount("Another rule", 1, 0),))
    assert sums_that_fail(replace(FIGURES, groups=(other, DRAFTS))) == ()


@pytest.mark.parametrize(
    ("jobs", "text"),
    [
        (MeasureJobs(Fraction(5), Fraction(5), Fraction(0)), "In Jobs: 5"),
        (MeasureJobs(Fraction(25), Fraction(0), Fraction(0)), "In Jobs: 25 as signed, 0 today"),
        (
            MeasureJobs(Fraction(1), Fraction(1), Fraction(3)),
            "In Jobs: 1; not in Jobs: 3, because they may be the same people",
        ),
        (MeasureJobs(Fraction(0), Fraction(0), Fraction(0)), ""),
    ],
)
def test_what_of_a_measure_is_in_jobs_is_told(jobs: MeasureJobs, text: str) -> None:
    assert jobs.text == text


def test_jobs_of_measures_are_added_as_signed_and_today() -> None:
    parts = MeasureJobs(Fraction(4), Fraction(0)), MeasureJobs(Fraction(2), Fraction(2), Fraction(1))
    assert jobs_together(parts) == MeasureJobs(Fraction(6), Fraction(2), Fraction(1))
    assert jobs_together(()) == MeasureJobs()


EDITIONS = (
    EditionPart("open 1", D("90000.00"), D("5000.00"), 2, "8 hours", MeasureJobs(Fraction(13), Fraction(13))),
    EditionPart("open 2", D("30000.00"), D("0.00"), 1, "", MeasureJobs(Fraction(1, 2), Fraction(1, 2), Fraction(1))),
)


def with_measure(**changed: object) -> PortfolioFigures:
    """The figures with another row of a measure."""
    (row,) = FIGURES.rows(Grouping.MEASURE)
    other = (Grouping.MEASURE, (replace(row, **changed),))
    return replace(FIGURES, tables=tuple(other if table[0] is Grouping.MEASURE else table for table in FIGURES.tables))


def test_an_edition_of_a_measure_is_told_in_a_phrase() -> None:
    assert EDITIONS[0].text == "open 1: 8 hours; £90,000.00 of social value; 2 commitments; In Jobs: 13"
    assert EDITIONS[1].text.startswith("open 2: £30,000.00 of social value; 1 commitment; In Jobs: 0.5; not in Jobs: 1")
    assert sums_that_fail(with_measure(editions=EDITIONS)) == ()
    assert sums_that_fail(with_measure(jobs=None)) == ()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"jobs": MeasureJobs(Fraction(12), Fraction(27, 2))},
         "The table by measure: 13.5 jobs are stated, and 12 come out."),
        ({"jobs": MeasureJobs(Fraction(27, 2), Fraction(12))},
         "The table by measure, today: 13.5 jobs are stated, and 12 come out."),
        ({"editions": EDITIONS[:1]},
         "J11 by menu edition: £120,000.00 of social value is stated, and £90,000.00 comes out."),
        ({"editions": EDITIONS[:1]}, "J11 by menu edition: the jobs are not those of the editions."),
        ({"editions": EDITIONS[:1]}, "J11 by menu edition: 3 commitments are stated, and 2 come out."),
    ],
)  # fmt: skip
def test_measures_that_do_not_add_up_are_told(changed: dict[str, object], words: str) -> None:
    assert words in sums_that_fail(with_measure(**changed))


def test_jobs_of_measures_without_contracts_are_held_to_the_whole_alone() -> None:
    found = sums_that_fail(replace(with_measure(jobs=MeasureJobs(Fraction(27, 2))), contract_rows=()))
    assert not any("by measure" in words for words in found)


def test_what_cannot_be_admitted_stands_apart_from_the_rest_of_a_group() -> None:
    assert (SIGNED_TOLD.is_admissible, DRAFT_TOLD.is_admissible) == (True, False)
    assert not replace(SIGNED, trouble="No menu edition is chosen").is_admissible
    assert DRAFTS_TOLD.admissible == PartOfGroup(0, D("0.00"), D("0.00"), D("0.00"), Fraction(0))
    assert AGREED.admissible == PartOfGroup(1, D("1000000.00"), D("90000.00"), D("5000.00"), Fraction(13))


def test_today_s_pounds_and_other_people_are_added_over_contracts() -> None:
    assert total_value_today((SIGNED_TOLD, DRAFT_TOLD)) == D("110000.00")
    assert (SIGNED.jobs.left_out, DRAFT.jobs.left_out) == (0, 1)
    told = replace(EDITIONS[0], value_today=D("1.00"))
    assert told.text.startswith("open 1: 8 hours; £90,000.00 of social value as signed, £1.00 today; 2 commitments")


def test_caveats_of_contracts_are_added_up() -> None:
    assert FIGURES.caveats is None
    assert TOLD.caveats == Caveats(
        D("7000.00"), D("2000.00"), D("500.00"), D("100000.00"), D("125000.00"), D("80000.00"),
        (("", D("30000.00")), ("high", D("40000.00")), ("medium", D("50000.00"))),
        taken_off=(
            (TakenOff.MENU, D("60000.00")), (TakenOff.SOURCE, D("10000.00")), (TakenOff.NOBODY, D("20000.00")),
            (TakenOff.NOT_SAID, D("30000.00")),
        ),
        regraded=D("40000.00"),
        confidence_today=(("", D("30000.00")), ("low", D("40000.00")), ("medium", D("50000.00"))),
        ended_when_signed=D("12000.00"),
    )  # fmt: skip
    assert caveats_together(()) == NO_CAVEATS
    told = replace(
        NO_CAVEATS, days_unrecorded=D("2.00"), evidence_unrecorded=D("3.00"), regraded=D("1.00"),
        taken_off=((TakenOff.NOBODY, D("5.00")),), ended_when_signed=D("4.00"),
    )  # fmt: skip
    other = replace(told, taken_off=((TakenOff.MENU, D("1.00")), (TakenOff.NOBODY, D("2.00"))))
    assert caveats_together((told, NO_CAVEATS, other)) == replace(
        NO_CAVEATS, days_unrecorded=D("4.00"), evidence_unrecorded=D("6.00"), regraded=D("2.00"),
        taken_off=((TakenOff.MENU, D("1.00")), (TakenOff.NOBODY, D("7.00"))), ended_when_signed=D("8.00"),
    )  # fmt: skip


def test_all_that_is_told_of_a_portfolio_adds_up() -> None:
    assert sums_that_fail(TOLD) == ()
    assert sums_that_fail(replace(TOLD, groups=tuple(replace(group, themes=()) for group in TOLD.groups))) == ()
    assert sums_that_fail(replace(TOLD, contract_rows=(), groups=(), contracts=0)) != ()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"outcomes_left_out": Fraction(0)}, "The whole, not counted: 0 jobs are stated, and 1 come out."),
        ({"value_today": None},
         "The whole, today: £120,000.00 of social value is stated, and £110,000.00 comes out."),
        ({"value_today": D("1.00")},
         "The table by ward, today: £1.00 of social value is stated, and £110,000.00 comes out."),
        ({"outcomes_today": None}, "The whole, today: 13.5 jobs are stated, and 1.5 come out."),
        ({"groups": (AGREED_TOLD, replace(DRAFTS_TOLD, not_admitted=None))},
         "Drafts, not admitted: 0 contracts are stated, and 1 come out."),
        ({"groups": (AGREED_TOLD, replace(DRAFTS_TOLD, not_admitted=None))},
         "Drafts, not admitted: £0.00 of social value is stated, and £30,000.00 comes out."),
        ({"groups": (replace(AGREED_TOLD, policy=AGREED.policy), DRAFTS_TOLD)},
         "Signed and closed, 5% minimum: the counts are not those of the contracts."),
        ({"contract_rows": (SIGNED_TOLD, replace(DRAFT_TOLD, caveats=NO_CAVEATS))},
         "C-4 by confidence: £30,000.00 of social value is stated, and £0.00 comes out."),
        ({"contract_rows": (
            SIGNED_TOLD, replace(DRAFT_TOLD, caveats=replace(DRAFT_TOLD.caveats, confidence_today=())))},
         "C-4 by confidence today: £30,000.00 of social value is stated, and £0.00 comes out."),
        ({"contract_rows": (SIGNED_TOLD, replace(DRAFT_TOLD, caveats=replace(DRAFT_TOLD.caveats, taken_off=())))},
         "C-4, gross or net: £30,000.00 of social value is stated, and £0.00 comes out."),
        ({"contract_rows": (SIGNED_TOLD, replace(DRAFT_TOLD, errors=0))},
         "Drafts, not admitted: 1 contracts are stated, and 0 come out."),
        ({"job_caveats": JobCaveats(Fraction(1), Fraction(17, 3))},
         "The whole, on a forecast: 1 jobs are stated, and 1.5 come out."),
        ({"job_caveats": JobCaveats(Fraction(3, 2))},
         "The whole, of ended years: 0 jobs are stated, and 5.6666… come out."),
        ({"groups": (replace(AGREED_TOLD, job_caveats=JobCaveats()), DRAFTS_TOLD)},
         "Signed and closed, on a forecast: 0 jobs are stated, and 1 come out."),
        ({"contract_rows": (SIGNED_TOLD, replace(DRAFT_TOLD, job_caveats=JobCaveats(ended_when_signed=Fraction(1))))},
         "C-4: more jobs rest on a forecast or are of ended years than there are."),
        ({"contract_rows": (SIGNED_TOLD, replace(DRAFT_TOLD, job_caveats=JobCaveats(Fraction(-1))))},
         "C-4: more jobs rest on a forecast or are of ended years than there are."),
        ({"contract_rows": (SIGNED_TOLD, replace(DRAFT_TOLD, job_caveats=None))},
         "The whole, on a forecast: 1.5 jobs are stated, and 1 come out."),
    ],
)  # fmt: skip
def test_what_is_told_beside_the_totals_is_held_to_the_contracts(changed: dict[str, object], words: str) -> None:
    assert words in sums_that_fail(replace(TOLD, **changed))


def test_an_earlier_portfolio_is_held_to_no_more_than_it_tells() -> None:
    rows = (replace(SIGNED_TOLD, caveats=None), DRAFT)
    assert not any("by confidence" in words for words in sums_that_fail(replace(TOLD, contract_rows=rows)))
    assert sums_that_fail(FIGURES) == ()


def test_what_was_sealed_stands_beside_what_it_comes_to_today() -> None:
    since = SealedToday(D("80.00"), D("60.00"), ())
    assert (since.words, since.difference) == ("£80.00 as sealed, £60.00 today (−£20.00)", D("-20.00"))
    assert SealedToday(D("80.00"), D("80.00"), ()).words == "£80.00 as sealed and today"
    together = sealed_together([(D("80.00"), since), (D("5.00"), None), (None, None)])
    assert together == SealedToday(D("85.00"), D("65.00"), ())


def test_the_sealed_value_beside_today_is_the_one_of_the_contract() -> None:
    since = SealedToday(D("91000.00"), D("80000.00"), ("Green: a later rule",))
    for value, told in (
        (D("91000.00"), ()),
        (D("90000.00"), ("C-7: what was sealed is not what stands beside today.",)),
    ):
        row = replace(SIGNED, sealed_value=value, sealed_today=since)
        assert sums_that_fail(replace(FIGURES, contract_rows=(row, *FIGURES.contract_rows[1:]))) == told


def test_what_is_signed_leads_and_is_never_told_together_with_drafts() -> None:
    lead = TOLD.leading
    assert (lead.groups, lead.contract_rows) == ((AGREED_TOLD,), (SIGNED_TOLD,))
    assert (lead.contracts, lead.suppliers, lead.commitments) == (1, 1, 2)
    assert (lead.social_value, lead.value_today, lead.real_pounds) == (D("90000.00"), D("80000.00"), D("5000.00"))
    assert (lead.employment_outcomes, lead.outcomes_left_out, lead.outcomes_today) == (13, 0, 1)
    assert (lead.tables, lead.plain_counts) == (((Grouping.THEME, AGREED_TOLD.themes),), AGREED.plain_counts)
    assert [menu.name for menu in lead.menus] == ["barnet-open 2026.1"]
    assert sums_that_fail(replace(lead, tables=())) == ()
    alone = replace(TOLD, groups=(AGREED_TOLD,))
    assert alone.leading is alone
    assert NOTHING.leading is NOTHING


def test_drafts_lead_while_nothing_is_committed_in_what_is_signed() -> None:
    empty = replace(AGREED, commitments=0, left_out=0)
    assert replace(FIGURES, groups=(empty, DRAFTS)).leading.groups == (DRAFTS,)
    none = replace(FIGURES, groups=(empty, replace(DRAFTS, commitments=0, left_out=0)))
    assert none.leading is none
    wrong = replace(empty, left_out=1)
    assert replace(FIGURES, groups=(wrong, DRAFTS)).leading.groups == (wrong,)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"social_value": D("1.00")}, "Signed and closed by theme: £90,000.00 of social value is stated, and £1.00"),
        ({"real_pounds": D("1.00")}, "Signed and closed by theme: £5,000.00 of real pounds is stated, and £5,001.00"),
        ({"value_today": D("1.00")}, "Signed and closed by theme, today: £80,000.00 of social value is stated, and"),
        ({"commitments": 2}, "Signed and closed by theme: 2 commitments are stated, and 3 come out"),
    ],
)
def test_the_themes_of_a_group_add_up_to_it(changed: dict[str, object], words: str) -> None:
    themes = (replace(AGREED_TOLD.themes[0], **changed), AGREED_TOLD.themes[1])
    groups = (replace(AGREED_TOLD, themes=themes), DRAFTS_TOLD)
    assert any(fault.startswith(words) for fault in sums_that_fail(replace(TOLD, groups=groups)))


@pytest.mark.parametrize(
    ("caveats", "words"),
    [
        (JobCaveats(), ""),
        (JobCaveats(Fraction(1)), "1 rests on a forecast of spend"),
        (JobCaveats(Fraction(13, 2), Fraction(1, 2)),
         "6.5 rest on a forecast of spend and 0.5 is of contract years that had ended when the contract was signed"),
        (JobCaveats(ended_when_signed=Fraction(8, 3)),
         "2.66… are of contract years that had ended when the contract was signed"),
    ],
)  # fmt: skip
def test_what_must_be_known_beside_jobs_is_told_in_a_phrase(caveats: JobCaveats, words: str) -> None:
    assert caveats.words(one_contract=True) == words
    assert caveats.words(one_contract=False) == words.replace("the contract was", "their contracts were")
    assert job_caveats_together([caveats, JobCaveats(Fraction(1))]).on_forecast == caveats.on_forecast + 1
    assert job_caveats_together([]) == JobCaveats()
