"""Worked cases beside a menu."""

from datetime import date
from decimal import Decimal

import pytest

from tests.menufiles.sample import EXAMPLES, sample_texts
from tomsapp.domain.contract import ContractKind
from tomsapp.menufiles.builder import build_edition
from tomsapp.menufiles.errors import MenuFileError
from tomsapp.menufiles.examples import check_case, read_cases
from tomsapp.reading.text_formats import parse_toml


@pytest.fixture
def edition():
    return build_edition(sample_texts()).edition


def cases_of(*changes):
    text = EXAMPLES
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return read_cases(parse_toml(text, "examples.toml"), "examples.toml")


def test_case_that_holds(edition):
    (case,) = cases_of()
    assert (case.name, case.contract.end_on) == ("One resident", date(2027, 3, 31))
    assert case.commitments[0].contract_share == 1
    assert check_case(case, edition, "examples.toml") == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"20202.72"', '"20202.70"', "The social value is stated as £20,202.70, but comes to £20,202.72"),
        ('"0.00"', '"5.00"', "The real pounds is stated as £5.00, but comes to £0.00"),
        ('outcomes = "1"', 'outcomes = "2"', "The number of employment outcomes is stated as 2, but comes to 1"),
        ('"J01"', '"J09"', "There is no measure “J09” in this edition"),
    ],
)
def test_case_that_does_not_hold(edition, old, new, words):
    (case,) = cases_of((old, new))
    problem = check_case(case, edition, "examples.toml")[0]
    assert problem.message == words
    assert (problem.where.file, problem.where.field) == ("examples.toml", "example “One resident”")
    assert "J01" in problem.fix if "J09" in words else "by hand" in problem.fix


def test_optional_figures_may_be_left_out(edition):
    (case,) = cases_of(('real_pounds = "0.00"\n', ""), ('employment_outcomes = "1"\n', ""))
    assert (case.real_pounds, case.employment_outcomes) == (None, None)
    assert check_case(case, edition, "x") == []


def test_case_of_a_framework_with_a_promise_per_pound(edition):
    (case,) = cases_of(
        ("years = 1 }", 'end = 2028-03-31, spend = ["2000000.00", "1000000.00", ""] }'),
        (
            'quantities = ["1"]',
            'rate = { quantity = "1", per_pounds = "1000000" }, contract_share = "0.5", ward = "X1"',
        ),
        ('"20202.72"', '"30304.08"'),
        ('outcomes = "1"', 'outcomes = "1.5"'),
    )
    assert (case.contract.kind, len(case.contract.spend)) == (ContractKind.FRAMEWORK, 2)
    assert case.commitments[0].rate is not None
    assert (case.commitments[0].contract_share, case.commitments[0].place) == (Decimal("0.5"), "X1")
    assert check_case(case, edition, "x") == []


def test_quantities_may_have_empty_years():
    (case,) = cases_of(("years = 1", "years = 2"), ('["1"]', '["", "1"]'))
    assert case.commitments[0].quantities == (None, Decimal(1))


@pytest.mark.parametrize(
    ("old", "new", "code", "field", "fix"),
    [
        ('name = "One resident"', "", "missing-key", "example 1, name", "name = …"),
        ('value = "1000000.00"', "value = 1000000", "wrong-type", "example “One resident”, contract.value", "quotes"),
        ('value = "1000000.00"', 'value = "1e6"', "not-a-number", "example “One resident”, contract.value", "digits"),
        ("start = 2026-04-01", "start = 1066-04-01", "wrong-contract", "example “One resident”, contract", "year"),
        ("years = 1", "years = 0", "out-of-range", "example “One resident”, contract.years", "from 1 to 50"),
        ("contract =", "contrakt =", "missing-key", "example “One resident”", "Add contract"),
        ('quantities = ["1"]', "quantities = [1]", "wrong-type", "example “One resident”, commitments 1, quantities",
         "a number in quotes"),
        ('quantities = ["1"]', 'quantitys = ["1"]', "unknown-key", "example “One resident”, commitments 1, quantitys",
         "“quantities”"),
        ('"20202.72"', '"20202.725"', "too-many-decimals", "example “One resident”, social_value", "2 decimals"),
    ],
)  # fmt: skip
def test_case_problems(old, new, code, field, fix):
    with pytest.raises(MenuFileError) as caught:
        cases_of((old, new))
    found = {(problem.code, problem.where.field): problem for problem in caught.value.problems}
    assert fix in found[code, field].fix
    assert found[code, field].where.file == "examples.toml"
