"""Area and policy files: what they hold, and each Problem with its file, key and fix."""

from datetime import date
from decimal import Decimal

import pytest

from tests.menufiles.sample import AREA, POLICY
from tomsapp.domain.rules.rule import CountedIn, Rounding
from tomsapp.domain.rules.scope import SCOPE
from tomsapp.menufiles.areas import read_area
from tomsapp.menufiles.errors import MenuFileError
from tomsapp.menufiles.policies import read_policy


def problems_of(reader, text):
    with pytest.raises(MenuFileError) as caught:
        reader(text.encode(), "x.toml")
    assert all(problem.where.file == "x.toml" for problem in caught.value.problems)
    return {(problem.code, problem.where.field): problem.fix for problem in caught.value.problems}


def test_area_has_its_wards():
    area = read_area(AREA.encode(), "barnet.toml")
    assert (area.code, area.borough_code, area.is_fictional) == ("barnet", "E09000003", False)
    assert area.source == "Wards, ONS, 2022, OGL v3.0, https://example.org"
    assert area.place_name("E05013628") == "Barnet Vale"
    assert read_area(AREA.replace("borough_code", "fictional = true\nborough_code").encode(), "x").is_fictional


@pytest.mark.parametrize(
    ("old", "new", "code", "field", "fix"),
    [
        ("E05013629", "E05013628", "duplicate-code", "ward E05013628, code", "its own code"),
        ('name = "Barnet Vale"', "", "missing-key", "ward E05013628, name", "name = …"),
        ('code = "E05013628"', "", "missing-key", "ward 1, code", "code = …"),
        ("source =", "sources =", "missing-key", "source", "Add source"),
        ("ward", "wards", "missing-key", "ward", "[[ward]]"),
        ('year = "2022"', "year = 2022", "wrong-type", "source.year", "text in quotes"),
    ],
)
def test_area_problems(old, new, code, field, fix):
    assert fix in problems_of(read_area, AREA.replace(old, new))[code, field]


def test_policy_has_its_dated_rules():
    policy = read_policy(POLICY.encode(), "barnet.toml")
    scope, minimum, employment = policy.rules
    assert (scope.kind, scope.threshold, scope.in_force_from) == (SCOPE, Decimal(25000), date(2023, 10, 18))
    assert (minimum.share, minimum.counted_in) == (Decimal("0.05"), CountedIn.SOCIAL_VALUE)
    assert minimum.in_force_until == date(2027, 3, 31)
    assert minimum.binds_signed_from is None
    binding = POLICY.replace("2027-03-31", "2027-03-31\nbinds_signed_from = 2026-04-01")
    assert read_policy(binding.encode(), "x.toml").rules[1].binds_signed_from == date(2026, 4, 1)
    assert (employment.per, employment.outcomes, employment.rounding) == (Decimal(1000000), 1, Rounding.DOWN)
    assert scope.source is not None
    assert (scope.source.publisher, scope.source.year) == ("Barnet Council", "2023")
    assert policy.living_wages[0].hourly == Decimal("12.71")


def test_rules_with_the_same_code_follow_each_other():
    rule = POLICY[POLICY.index('[[rule]]\ncode = "minimum"') : POLICY.index('[[rule]]\ncode = "employment"')]
    following = rule.replace("2023-10-18", "2027-04-01").replace("in_force_until = 2027-03-31\n", "")
    assert len(read_policy((POLICY + following).encode(), "x.toml").rules) == 4
    overlapping = following.replace("2027-04-01", "2027-03-31")
    found = problems_of(read_policy, POLICY + overlapping)
    assert "in_force_until" in found["duplicate-code", "rule minimum, in_force_from"]
    earlier = rule.replace("in_force_from = 2023-10-18", "in_force_from = 2020-01-01").replace(
        "2027-03-31", "2023-10-18"
    )
    assert ("duplicate-code", "rule minimum, in_force_from") in problems_of(read_policy, POLICY + earlier)
    before = earlier.replace("in_force_until = 2023-10-18", "in_force_until = 2023-10-17")
    assert len(read_policy((POLICY + before).encode(), "x.toml").rules) == 4


@pytest.mark.parametrize(
    ("old", "new", "code", "field", "fix"),
    [
        ('kind = "scope"', 'kind = "range"', "unknown-word", "rule scope, kind", "scope, minimum_share"),
        ('code = "scope"', 'code = ""', "empty-text", "rule 1, code", "between the quotes"),
        ("threshold = 25_000.00\n", "", "missing-key", "rule scope, threshold", "threshold = …"),
        ("threshold = 25_000.00", "threshold = 0.001", "too-many-decimals", "rule scope, threshold", "2 decimals"),
        ("threshold = 25_000.00", "threshold = 1.00\nshare = 0.1", "unknown-key", "rule scope, share", "Use"),
        ("share = 0.05\n", "", "missing-key", "rule minimum, share", "as the policy states"),
        ("share = 0.05", "share = 5", "out-of-range", "rule minimum, share", "from 0 to 1"),
        ('counted_in = "social_value"\n', "", "missing-key", "rule minimum, counted_in", "counted_in = …"),
        ("per = 1_000_000.00", "per = 0", "missing-key", "rule employment, per", "as the policy states"),
        ('rounding = "down"', 'rounding = "off"', "unknown-word", "rule employment, rounding", "down, nearest"),
        ("2027-03-31", "2020-03-31", "dates-out-of-order", "rule minimum, in_force_until", "in order"),
        ("in_force_until = 2027-03-31", "in_force_until = 2027-03-31\nbinds_signed_from = 2027-04-01", "day-outside",
         "rule minimum, binds_signed_from", "a day of its own"),
        ("in_force_from = 2023-10-18\nthreshold = 25", "threshold = 25", "missing-key",
         "rule scope, in_force_from", "…"),
        ("hourly = 12.71\n", "", "missing-key", "national_living_wage 1, hourly", "hourly = …"),
        ('source = { title = "Rates"', 'src = { title = "Rates"', "missing-key", "national_living_wage 1, source", ""),
        ('source = { title = "Rates"', 'source = { titel = "Rates"', "unknown-key",
         "national_living_wage 1, source.titel",
         "“title”"),
    ],
)  # fmt: skip
def test_policy_problems(old, new, code, field, fix):
    assert old in POLICY
    assert fix in problems_of(read_policy, POLICY.replace(old, new))[code, field]
