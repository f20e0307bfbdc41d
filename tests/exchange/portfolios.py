"""A portfolio of two contracts whose figures add up, for tests of its files and its PDF."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from tomsapp.domain.caveats import Caveats
from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.jobs import JobCaveats, JobSum, JobTerm, MeasureJobs
from tomsapp.domain.plain_counts import PlainCount
from tomsapp.domain.policy import PolicyResult
from tomsapp.domain.portfolio import (
    ContractAttention,
    Group,
    Grouping,
    GroupTotals,
    MenuUse,
    PartOfGroup,
    PolicyCount,
    PortfolioFigures,
    PortfolioRow,
)
from tomsapp.domain.portfolio_contract import ContractFigures, RuleOutcome
from tomsapp.domain.proxy import TakenOff
from tomsapp.domain.rules.rule import RuleUnit

D = Decimal


def row(key: str, name: str, social: str, real: str = "0.00", commitments: int = 1, **more: object) -> PortfolioRow:
    return PortfolioRow(key, name, D(social), D(real), commitments, **more)


JOBS = JobSum((JobTerm("J01", D(2), D("0.5"), D(1)), JobTerm("J11", D("18"), D(1), D(1), Fraction(3, 2))))
OTHERS = JobSum((JobTerm("S02", D(1), D(1), D("0.5")), JobTerm("S11", D(1), D(1), D(1), None, False)))
ADDED = MeasureJobs(Fraction(27, 2), Fraction(27, 2), Fraction(1))
MINIMUM = RuleOutcome("5% minimum", PolicyResult.MET)
SIGNED = ContractFigures(
    7, "C-7", "Street lights", "<b>Lamp & Sons", ContractStatus.SIGNED, "barnet-open 2026.1", D("1000000.00"),
    D("90000.00"), D("90000.00"), D("5000.00"), JOBS, MINIMUM,
    RuleOutcome("Employment outcomes", PolicyResult.MET, unit=RuleUnit.OUTCOMES), warnings=1,
)  # fmt: skip
DRAFT = ContractFigures(
    4, "C-4", "Parks", "", ContractStatus.DRAFT, "barnet-open 2026.1", D("1000000.00"),
    D("30000.00"), D("44444.44"), D("0.00"), OTHERS,
    RuleOutcome("5% minimum", PolicyResult.SHORT, Fraction(20000)),
    RuleOutcome("Employment outcomes", PolicyResult.ERRORS, Fraction(0), RuleUnit.OUTCOMES), errors=2,
)  # fmt: skip
AGREED = GroupTotals(
    Group.AGREED, 1, 2, D("1000000.00"), D("90000.00"), D("90000.00"), D("5000.00"), Fraction(13),
    policy=(PolicyCount("5% minimum", 1, 0), PolicyCount("Employment outcomes", 1, 0)),
    themes=(row("1", "Fair work", "90000.00", theme=1), row("4", "Local economy", "0.00", "5000.00", theme=4)),
    plain_counts=(PlainCount("J11", "18", "full-time years of workers"), PlainCount("V01", "£5,000.00", "of cash")),
)  # fmt: skip
DRAFTS = GroupTotals(
    Group.DRAFT, 1, 1, D("1000000.00"), D("30000.00"), D("44444.44"), D("0.00"), Fraction(1, 2), 1, D("1200.00"),
    (PolicyCount("5% minimum", 0, 1), PolicyCount("Employment outcomes", 0, 0, errors=1)),
    themes=(row("4", "Local economy", "30000.00", theme=4),),
    plain_counts=(PlainCount("S11", "1", "Level 2 apprenticeship completed"),),
)  # fmt: skip
FIGURES = PortfolioFigures(
    filters=("supplier <b>Lamp & Sons",),
    contracts=2,
    suppliers=1,
    commitments=3,
    contract_value=D("2000000.00"),
    social_value=D("120000.00"),
    real_pounds=D("5000.00"),
    employment_outcomes=Fraction(27, 2),
    tables=(
        (
            Grouping.THEME,
            (
                row("1", "Fair work", "90000.00", theme=1),
                row("4", "Local economy", "30000.00", "5000.00", 2, theme=4),
            ),
        ),
        (
            Grouping.MEASURE,
            (row("J11", "Living wage", "120000.00", "5000.00", 3, quantity="18 full-time years", jobs=ADDED),),
        ),
        (Grouping.SUPPLIER, (row("7", "<b>Lamp & Sons", "120000.00", "5000.00", 3),)),
        (Grouping.WARD, (row("whole", "Whole borough", "120000.00", "5000.00", 3),)),
        (Grouping.YEAR, (row("2026/27", "2026/27", "120000.00", "5000.00", 3),)),
    ),
    claimed_value=D("134444.44"),
    left_out=1,
    forecast_value=D("1200.00"),
    groups=(AGREED, DRAFTS),
    contract_rows=(SIGNED, DRAFT),
    plain_counts=(PlainCount("J11", "18", "full-time years of workers"), PlainCount("V01", "£5,000.00", "of cash")),
    attention=(ContractAttention(4, "C-4", "Parks", "", ("short by £20,000.00 of the 5% minimum",)),),
    menus=(
        MenuUse("barnet-open", "2026.1", "ab" * 32, 1, "2024", "Its values are too high"),
        MenuUse("barnet-council", "2023", "cd" * 32, 1, "2023"),
    ),
    year_note="Years are contract years.",
    selection=(("status", ("draft", "signed")), ("supplier", ("7",)), ("contract", ("4", "7"))),
)
NOTHING = PortfolioFigures((), 0, 0, 0, D(0), D("0.00"), D("0.00"), Fraction(0), ())

# The same two contracts with all that is told of them: an edition that was replaced, a forecast, errors, other people.
TODAY = {"value_today": D("110000.00")}
SIGNED_TOLD = replace(
    SIGNED,
    minimum=replace(MINIMUM, needed=Fraction(50000), short_without_forecast=Fraction(12500)),
    employment=replace(SIGNED.employment, needed=Fraction(9)),
    jobs_today=JobSum(JOBS.terms[:1]),
    menu_today="barnet-open 2026.2",
    value_today=D("80000.00"),
    caveats=Caveats(D("7000.00"), D("0.00"), D("0.00"), D("70000.00"), D("95000.00"), D("50000.00"),
                    (("high", D("40000.00")), ("medium", D("50000.00"))),
                    taken_off=((TakenOff.MENU, D("60000.00")), (TakenOff.SOURCE, D("10000.00")),
                               (TakenOff.NOBODY, D("20000.00"))),
                    regraded=D("40000.00"),
                    confidence_today=(("low", D("40000.00")), ("medium", D("50000.00"))),
                    ended_when_signed=D("12000.00")),
    job_caveats=JobCaveats(Fraction(1), Fraction(17, 3)),
)  # fmt: skip
DRAFT_TOLD = replace(
    DRAFT,
    employment=replace(DRAFT.employment, result=PolicyResult.SHORT, short_by=Fraction(5, 2), needed=Fraction(3)),
    caveats=Caveats(
        D("0.00"),
        D("2000.00"),
        D("500.00"),
        D("30000.00"),
        D("30000.00"),
        D("30000.00"),
        (("", D("30000.00")),),
        taken_off=((TakenOff.NOT_SAID, D("30000.00")),),
        regraded=D("0.00"),
        confidence_today=(("", D("30000.00")),),
    ),
    job_caveats=JobCaveats(Fraction(1, 2)),
)
AGREED_TOLD = replace(
    AGREED, outcomes_left_out=Fraction(0), value_today=D("80000.00"), outcomes_today=Fraction(1),
    themes=(replace(AGREED.themes[0], value_today=D("80000.00")), AGREED.themes[1]),
    policy=(replace(AGREED.policy[0], only_with_forecast=1), AGREED.policy[1]), job_caveats=SIGNED_TOLD.job_caveats,
)  # fmt: skip
DRAFTS_TOLD = replace(
    DRAFTS, outcomes_left_out=Fraction(1), policy=(DRAFTS.policy[0], PolicyCount("Employment outcomes", 0, 1)),
    not_admitted=PartOfGroup(1, D("1000000.00"), D("30000.00"), D("0.00"), Fraction(1, 2)),
    job_caveats=DRAFT_TOLD.job_caveats,
)  # fmt: skip
TOLD = replace(
    FIGURES,
    tables=(
        (
            Grouping.THEME,
            (replace(FIGURES.rows(Grouping.THEME)[0], value_today=D("80000.00")), FIGURES.rows(Grouping.THEME)[1]),
        ),
        (
            Grouping.MEASURE,
            (replace(FIGURES.rows(Grouping.MEASURE)[0], jobs=replace(ADDED, today=Fraction(3, 2)), **TODAY),),
        ),
        *(
            (grouping, (replace(FIGURES.rows(grouping)[0], **TODAY),))
            for grouping in (Grouping.SUPPLIER, Grouping.WARD, Grouping.YEAR)
        ),
    ),
    groups=(AGREED_TOLD, DRAFTS_TOLD),
    contract_rows=(SIGNED_TOLD, DRAFT_TOLD),
    outcomes_left_out=Fraction(1),
    outcomes_today=Fraction(3, 2),
    job_caveats=JobCaveats(Fraction(3, 2), Fraction(17, 3)),
    **TODAY,
)
