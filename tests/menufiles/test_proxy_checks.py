"""What a reviewer is told of proxy values by their kind: ratios, wages, taxes, sums over years."""

from datetime import date

import pytest

from tests.menufiles.sample import MENU, POLICY, sample_texts, write_edition
from tomsapp.domain.problems import Severity
from tomsapp.menufiles.builder import build_edition
from tomsapp.menufiles.linting import lint_path
from tomsapp.menufiles.policies import read_policy
from tomsapp.menufiles.proxy_checks import PROXY_RULES
from tomsapp.menufiles.review import Checked

TODAY = date(2026, 6, 1)
DATES = "in_force_from = 2026-04-01\nin_force_until = 2027-03-31\n"
WAGE = 'price_base = "2026-27"\nkind = "wage"\ncomponents = ["earnings"]\n' + DATES
SUM = '[outcome.measure.proxy.wage]\nof = "london_living_wage"\nless = "national_living_wage"\nhours = 1950\n'
JOB_PROXY = 'price_base = "2012-13"\nlow = 10_000\nhigh = 20_000.50\n'
GIFT = 'price_base = "any"\nsource = "hmt"\nderivation = "Face value."\n'
WAGES = (
    POLICY
    + """
[[wage]]
kind = "london_living_wage"
in_force_from = 2025-10-01
hourly = 14.80
source = { title = "Rates", publisher = "Living Wage Foundation" }
"""
)


def found(*changes, policy=WAGES, today=TODAY):
    """The Problems of the rules by code, of the sample with changes."""
    built = build_edition(sample_texts(*changes))
    assert built.problems == ()
    read = read_policy(policy.encode(), "barnet.toml") if policy else None
    checked = Checked(built.edition, today, built.file_of, read)
    return [problem for rule in PROXY_RULES for problem in rule(checked)]


def codes(*changes, **facts):
    return [problem.code for problem in found(*changes, **facts)]


def test_a_value_says_whether_it_is_gross_once_the_edition_says_so_of_any():
    one = ('price_base = "any"\n', 'price_base = "any"\nsource_deadweight = "no"\n')
    lone = [problem for problem in found(one) if problem.code == "proxy-without-deadweight"]
    assert {problem.where.measure for problem in lone} == {"J01", "G01"}
    assert {problem.severity for problem in lone} == {Severity.WARNING}
    assert "proxy-without-deadweight" not in codes()


def wage(value, *, wage_sum=SUM, head=WAGE):
    """The sample's job, valued from wages."""
    return (
        ("value = 14_610", f"value = {value}"),
        (JOB_PROXY, head),
        ('confidence = "high"\n\n[[outcome.measure]]\ncode = "J02"', f'{wage_sum}\n[[outcome.measure]]\ncode = "J02"'),
        ('derivation = "Earnings of', 'confidence = "high"\nderivation = "Earnings of'),
        *KINDS,
    )


KINDS = (
    ('derivation = "The central series."', 'derivation = "The series."\nkind = "price"\ncomponents = ["carbon"]'),
    (GIFT, f'{GIFT}kind = "ratio"\ncomponents = ["gift"]\n'),
)


def test_an_edition_from_before_kinds_is_not_asked_for_them():
    assert codes() == []


def test_once_one_value_says_its_kind_all_must():
    problems = found(KINDS[1])
    assert [(p.code, p.where.measure) for p in problems] == [
        ("proxy-without-kind", "J01"),
        ("proxy-without-components", "J01"),
        ("proxy-without-kind", "G01"),
        ("proxy-without-components", "G01"),
    ]
    assert all(p.severity is Severity.WARNING for p in problems)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ((GIFT, GIFT.replace("any", "2022")), "ratio-uprated"),
        ((GIFT, GIFT.replace("any", "2024")), None),
        ((GIFT, GIFT.replace("any", "2024") + 'kind = "ratio"\n'), "ratio-uprated"),
        ((GIFT, GIFT + 'kind = "price"\n'), "ratio-of-another-kind"),
        ((GIFT, GIFT + 'kind = "ratio"\n'), None),
    ],
)
def test_ratios_are_never_uprated(change, code):
    problems = [p for p in found(change) if not p.code.startswith("proxy-without")]
    assert [p.code for p in problems] == ([code] if code else [])
    assert all(p.severity is Severity.ERROR and p.where.measure == "V01" for p in problems)


def test_a_value_that_the_wages_of_the_first_day_give():
    assert codes(*wage("4_075.50")) == []


def test_a_value_from_wages_that_ended():
    (problem,) = found(*wage("5_050.50"))
    assert (problem.code, problem.severity) == ("wage-outdated", Severity.ERROR)
    assert problem.message == "It is £5,050.50, but the wages of 1 April 2026 give £4,075.50"


def test_a_wage_alone_has_nothing_taken_off():
    assert codes(*wage("28_860", wage_sum=SUM.replace('less = "national_living_wage"\n', ""))) == []


@pytest.mark.parametrize(
    ("policy", "wage_sum", "missing"),
    [
        (POLICY, SUM, "london living wage"),
        (WAGES, SUM.replace("london_living_wage", "minimum_wage_18_20"), "minimum wage 18 20"),
        (WAGES, SUM.replace("national_living_wage", "minimum_wage_under_18"), "minimum wage under 18"),
    ],
)
def test_a_wage_that_the_policy_does_not_have(policy, wage_sum, missing):
    (problem,) = found(*wage("1", wage_sum=wage_sum), policy=policy)
    assert problem.message == f"The policy has no {missing} for 1 April 2026"


def test_wages_are_not_compared_without_a_policy_or_a_first_day():
    assert codes(*wage("1"), policy="") == []
    assert codes(*wage("1"), ("in_force_from = 2026-04-01\nowner", "owner")) == []


def test_a_wage_that_says_not_which():
    assert codes(*wage("1", wage_sum="")) == ["wage-without-sum"]


@pytest.mark.parametrize(
    ("dates", "edition_ends", "today", "code"),
    [
        ("", "", TODAY, "value-without-dates"),
        ("in_force_from = 2026-04-01\n", "", TODAY, "value-without-dates"),
        ("in_force_from = 2026-04-02\nin_force_until = 2027-03-31\n", "", TODAY, "value-not-in-force"),
        ("in_force_from = 2025-04-01\nin_force_until = 2026-03-31\n", "", TODAY, "value-not-in-force"),
        (DATES, "", date(2027, 3, 31), None),
        (DATES, "", date(2027, 4, 1), "value-ended"),
        (DATES, "in_force_until = 2027-03-31\n", TODAY, None),
        (DATES, "in_force_until = 2027-04-01\n", TODAY, "value-ends-early"),
    ],
)
def test_a_wage_or_tax_holds_from_a_day_until_a_day(dates, edition_ends, today, code):
    head = 'price_base = "2026-27"\nkind = "tax"\ncomponents = ["waste"]\n' + dates
    ends = ("owner = ", f"{edition_ends}owner = ")
    assert codes(*wage("1", wage_sum="", head=head), ends, today=today) == ([code] if code else [])


@pytest.mark.parametrize(
    ("dates", "today", "code"),
    [
        ("", TODAY, None),
        ("in_force_from = 2026-01-01\n", TODAY, "value-without-dates"),
        ("in_force_until = 2026-12-31\n", TODAY, "value-without-dates"),
        ("in_force_from = 2026-01-01\nin_force_until = 2026-12-31\n", TODAY, None),
        ("in_force_from = 2026-01-01\nin_force_until = 2026-12-31\n", date(2027, 1, 1), "value-ended"),
        ("in_force_from = 2026-07-01\nin_force_until = 2026-12-31\n", TODAY, "value-not-in-force"),
    ],
)
def test_a_ratio_that_says_its_days_is_held_to_them(dates, today, code):
    head = f'{GIFT}kind = "ratio"\ncomponents = ["gift"]\n{dates}'
    problems = [p for p in found((GIFT, head), today=today) if not p.code.startswith("proxy-without")]
    assert [p.code for p in problems] == ([code] if code else [])


def test_dates_of_a_wage_are_compared_with_the_edition_s_first_day_if_it_has_one():
    assert codes(*wage("1"), ("in_force_from = 2026-04-01\nowner", "owner"), policy="", today=date(2025, 1, 1)) == []


@pytest.mark.parametrize(
    ("more", "measure_key", "code"),
    [
        ("", "", "credited-at-once"),
        ('taken_off = "Only the first year is credited"\n', "", None),
        ("", "benefit_years = 5\n", None),
    ],
)
def test_a_sum_over_several_years(more, measure_key, code):
    head = f'{JOB_PROXY}kind = "multi_year"\ncomponents = ["earnings"]\n{more}'
    change = ((JOB_PROXY, head), ('counts = "first_12_months"\n', f'counts = "first_12_months"\n{measure_key}'))
    assert codes(*change, *KINDS) == ([code] if code else [])


def test_full_time_jobs_are_called_so():
    problems = found(('plain_one = "full-time job for a resident"', 'plain_one = "resident into work"'))
    assert [(p.code, p.where.field) for p in problems] == [("full-time-unsaid", "plain_one")]
    assert codes(('plain_one = "full-time job for a resident"\n', "")) == []


def test_lint_takes_the_wages_of_the_policy_beside_the_menus(tmp_path):
    menu = MENU.replace('owner = "Community team"', 'owner = "Community team"\npolicy = "barnet"')
    texts = sample_texts(*wage("1")) | {"menu.toml": menu}
    folder = write_edition(tmp_path / "sample" / "1", texts, examples="")
    assert "wage-outdated" not in [problem.code for problem in lint_path(folder, TODAY)]
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "barnet.toml").write_text(WAGES, encoding="utf-8")
    assert "wage-outdated" in [problem.code for problem in lint_path(folder, TODAY)]
    (tmp_path / "policies" / "barnet.toml").write_text("code = ", encoding="utf-8")
    assert "wage-outdated" not in [problem.code for problem in lint_path(folder, TODAY)]
