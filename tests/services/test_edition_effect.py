"""What another edition means for promises made with an earlier one: every difference is said, with its figures."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.services.council import promise, shipped
from tomsapp.domain.contract import Contract
from tomsapp.domain.menu import Counts
from tomsapp.domain.valuation import value_commitment, value_contract
from tomsapp.services.edition_effect import change_words, effect_words, line_changes, line_effects, measure_changes

BEFORE, AFTER = (shipped().load("barnet-open", edition) for edition in ("2026.1", "2026.2"))
CONTRACT = Contract("C1", Decimal(1_000_000), date(2026, 4, 1), date(2028, 3, 31))


def effects(*lines, before=BEFORE, after=AFTER):
    commitments = [replace(line, key=str(number)) for number, line in enumerate(lines)]
    return list(line_effects(*(value_contract(CONTRACT, edition, commitments) for edition in (before, after))))


def words(*lines, before=BEFORE, after=AFTER):
    return [effect_words(one, after) for one in effects(*lines, before=before, after=after) if not one.is_same]


def test_line_whose_value_changed_says_both_and_why():
    assert words(promise("J11", "1", "1"), promise("V01", "5", "5")) == [
        (
            "J11 Worker raised to the London Living Wage: £10,101.00 as signed, £8,151.00 today "
            "(unit value £5,050.50 → £4,075.50; confidence high → medium; employment outcomes 2 ÷ 2 = 1 → 0; "
            "the wages behind today’s value hold from 1 April 2026 to 31 March 2027, and £4,075.50 of it is in years "
            "that end later)"
        )
    ]


@pytest.mark.parametrize(
    ("per_unit", "share", "said"),
    [
        ("0.5", "1", "employment outcomes 64 ÷ 2 = 32 → 64 × 0.5 ÷ 2 = 16"),
        ("0", "0.25", "employment outcomes 64 × 25% ÷ 2 = 8 → 0"),
        ("1", "1", None),
    ],
)
def test_employment_outcomes_that_differ_are_told_as_sums(per_unit, share, said):
    """How many units bring how many, so that nobody takes the units for the jobs."""
    raised = BEFORE.places["J11"]
    later = replace(raised, measure=replace(raised.measure, employment_outcome=Decimal(per_unit)))
    line = replace(promise("J11", "32", "32"), contract_share=Decimal(share))
    then, now = (value_commitment(line, place, CONTRACT) for place in (raised, later))
    assert list(line_changes(then, now, CONTRACT)) == ([said] if said else [])
    none = replace(line, quantities=())
    then, now = (value_commitment(none, place, CONTRACT) for place in (raised, later))
    assert list(line_changes(then, now, CONTRACT)) == []


def test_a_value_of_today_stands_with_the_days_for_which_it_holds():
    """Wages, taxes and rates that are told for the first time or are others; not those that both editions tell."""
    for line, days in ((promise("J11", "1", "0"), ""), (promise("S08", "0", "4"), ", and all of it")):
        (effect,) = effects(line)
        (told,) = [reason for reason in effect.reasons if "behind today’s value" in reason]
        assert told.partition("31 March 2027")[2].startswith(days)
    (same,) = effects(promise("J11", "1", "0"), before=AFTER)
    assert same.reasons == ()
    cash = effects(promise("V01", "5", "5"))
    assert [one.reasons for one in cash] == [()]


def test_line_that_is_only_counted_differently_is_not_swallowed():
    assert words(promise("J07", "1", "0"), promise("R05", "10", "10")) == [
        (
            "J07 Care leaver into work: £12,937.46 as signed and today "
            "(counted in people for 12 months → full-time jobs for 12 months)"
        ),
        (
            "R05 Residents reached through events: no value as signed and today "
            "(counted in residents → attendances by residents)"
        ),
    ]


def test_measure_that_the_later_edition_lacks_is_not_swallowed():
    assert words(promise("S11", "2", "0"), before=AFTER, after=BEFORE) == [
        ("S11 Apprenticeship begun: no value as signed, nothing today (barnet-open 2026.1 does not have this measure)")
    ]


def test_dated_value_that_changed_names_its_year():
    carbon = BEFORE.places["G01"].measure
    values = tuple(
        replace(value, value=value.value + 1) if value.year == 2027 else value
        for value in carbon.unit_values
        if value.year != 2050
    )
    assert list(measure_changes(carbon, replace(carbon, unit_values=values))) == [
        "unit value of 2027 £310.98 → £311.98",
        "unit value of 2050 £439.27 → none",
    ]


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"deadweight_share": Decimal("0.27")}, "taken off as what would happen anyway: 0% → 27%"),
        ({"displacement_share": Decimal("0.125")}, "taken off as moved from elsewhere: 0% → 12.5%"),
        ({"drop_off_share": Decimal("0.5")}, "less in each later year: 0% → 50%"),
        ({"benefit_years": 3}, "years of benefit 1 → 3"),
        ({"counts": Counts.EACH_YEAR}, "counted once in the contract → each year"),
        ({"proxy": None, "unit_values": ()}, "counted only now"),
        ({"title": "Eviction"}, None),
    ],
)
def test_every_rule_that_changed_is_said(facts, said):
    measure = BEFORE.places["A01"].measure
    assert list(measure_changes(measure, replace(measure, **facts))) == ([said] if said else [])


def test_measure_that_counts_other_things_under_its_code_says_so():
    stays, episodes = (edition.places["H08"].measure for edition in (BEFORE, AFTER))
    assert "counted in hospital stays → hospital episodes" in measure_changes(stays, episodes)


def test_measure_that_got_a_value_and_one_that_counts_parts():
    measure = BEFORE.places["A01"].measure
    assert list(measure_changes(replace(measure, proxy=None, unit_values=()), measure)) == ["has a value now"]
    treatment = (edition.places["H04"].measure for edition in (BEFORE, AFTER))
    assert list(measure_changes(*treatment)) == [
        "parts of a unit count now",
        "unit value £4,672.50 → £2,629.93",
        "confidence medium → low",
    ]


def test_value_of_which_the_later_edition_is_less_sure_is_a_change():
    assert words(promise("J01", "1", "0")) == [
        ("J01 Unemployed resident into sustained work: £20,202.72 as signed and today (confidence high → medium)")
    ]
    job = BEFORE.places["J01"].measure
    silent = replace(job, proxy=replace(job.proxy, confidence=""))
    assert list(measure_changes(silent, job)) == ["confidence not said → high"]
    assert list(measure_changes(job, silent)) == ["confidence high → not said"]
    assert list(measure_changes(job, job)) == []


def test_change_of_edition_says_what_the_other_one_lacks_and_counts_the_rest():
    assert change_words(BEFORE, AFTER, ["J11"]) == [
        "Its 1 commitment will be valued with barnet-open 2026.2.",
        "Undo brings the edition back.",
    ]
    lacking = change_words(BEFORE, AFTER, ["J11", *(f"X{number}" for number in range(8)), "X0"])
    assert lacking[0].startswith("Its 10 commitments will")
    assert lacking[1].startswith("barnet-open 2026.2 lacks X0, X1, X2, X3, X4, X5 and 2 more. Those commitments stay")
