"""What a menu says of a measure and its value, in labelled sentences."""

from dataclasses import replace
from datetime import date

import pytest

from tests.domain.build import SOURCE, D, edition, measure, proxy
from tomsapp.domain.measure_words import (
    COMPONENT_WORDS,
    DECLARED,
    JOBS_ONCE,
    NOT_TOGETHER,
    confidence_today,
    confidence_words,
    counting_words,
    dated_value_words,
    kind_words,
    measure_facts,
    own_prices,
    proxy_facts,
    taken_off,
    together_head,
    together_words,
    unrecorded_words,
    withdrawn_words,
    worth_words,
)
from tomsapp.domain.menu import Clash, Counts, Earned, ExclusionGroup
from tomsapp.domain.proxy import Component, DeliveryCost, ProxyKind, SourceDeadweight, TakenOff


def told(facts):
    return [(fact.label, fact.text) for fact in facts]


def test_older_editions_say_nothing_more():
    assert measure_facts(measure()) == ()
    assert proxy_facts(measure(proxy=proxy("1"))) == ()
    assert proxy_facts(measure(value=None)) == ()
    assert withdrawn_words(edition(measure())) == ""


def test_the_facts_of_a_measure():
    one = measure(
        earned=Earned.AT_COMPLETION,
        equality_group="care leavers",
        small_example="One person.",
        evidence_months=12,
        evidence_if_later="A letter.",
    )
    assert told(measure_facts(one)) == [
        ("Earned", "When it is completed"),
        ("For", "Care leavers"),
        ("For a small organisation", "One person."),
        ("When evidence exists", "12 months after a unit counts. Where that is after the contract’s end: A letter."),
    ]
    assert told(measure_facts(measure(evidence_months=1))) == [("When evidence exists", "1 month after a unit counts.")]


def test_how_a_unit_counts():
    once = measure(counts=Counts.ONCE, whole_units=True)
    assert counting_words(once) == "Once, in the year in which it is delivered. In whole numbers."
    said = counting_words(
        measure(
            counts=Counts.EACH_YEAR,
            local_only=True,
            employment_outcome=D("0.5"),
            real_pounds=True,
            deadweight_share=D("0.25"),
            displacement_share=D("0.1"),
            benefit_years=3,
            drop_off_share=D("0.3"),
        )
    )
    assert said == (
        "Each year in which it is delivered. With up to 2 decimals. Only in the council’s area. "
        "One brings 0.5 employment outcome. It is real pounds too: cash or goods handed over. "
        "25% is taken off for what would have happened anyway. 10% is taken off for what only moved from elsewhere. "
        "The benefit counts for 3 years, 30% less each year."
    )
    assert counting_words(measure(benefit_years=2)).endswith("The benefit counts for 2 years.")


def test_the_worth_of_a_measure_in_a_list():
    assert worth_words(measure(value="12.50")) == "£12.50"
    dated = measure()
    assert worth_words(replace(dated, unit_values=(replace(dated.unit_values[0], year=2026),))) == "By year"
    assert worth_words(measure(value=None)) == ""
    assert worth_words(measure(value=None), "Counted") == "Counted"


def test_the_facts_of_a_value():
    one = replace(
        proxy("1"),
        kind=ProxyKind.WAGE,
        components=(Component.EARNINGS, Component.HEALTH),
        taken_off="Nothing is taken off.",
        source_deadweight=SourceDeadweight.NO,
        in_force_from=date(2026, 4, 1),
        in_force_until=date(2027, 3, 31),
        delivery_cost=DeliveryCost(D("132.5"), "2009-10", "Staff."),
        read_on=date(2026, 11, 20),
    )
    assert told(proxy_facts(measure(proxy=one))) == [
        ("Kind of value", "Made from wages that hold for a time"),
        ("What it consists of", "Earnings, health services"),
        ("Taken off", "Nothing is taken off."),
        ("Gross or net", "Gross: the source takes nothing off for what would have happened anyway"),
        ("Dated value", "£100.00 for each hour, in force 1 April 2026 to 31 March 2027"),
        ("Cost of delivery", "£132.50 for each unit, in prices of 2009-10. Staff."),
        ("Read", "In a stored copy on 20 November 2026"),
    ]
    shorter = replace(proxy("1"), source=replace(SOURCE, read_on=date(2026, 11, 21)))
    assert told(proxy_facts(measure(proxy=shorter))) == [("Read", "In a stored copy on 21 November 2026")]


@pytest.mark.parametrize(
    ("base", "until", "words"),
    [
        ("2026-27", date(2027, 3, 31), "2026-27 prices, until 31 March 2027"),
        ("2026-27", None, "2026-27 prices"),
        ("any", date(2026, 12, 31), "until 31 December 2026"),
        ("2012-13", None, ""),
    ],
)
def test_a_value_says_in_which_prices_it_is_where_those_are_not_the_editions(base, until, words):
    other = replace(proxy("1"), price_base=base, in_force_until=until)
    assert own_prices(measure(proxy=other), "2024") == words
    assert own_prices(measure("M", None), "2024") == ""


def test_a_source_that_somebody_quotes_says_on_whose_page_it_was_read():
    source = replace(SOURCE, read_on=date(2026, 11, 21), read_at="https://www.charity.example/page")
    quoted = replace(proxy("1"), source=source)
    words = "In a stored copy of a page at charity.example on 21 November 2026"
    assert told(proxy_facts(measure(proxy=quoted))) == [("Read", words)]
    itself = replace(quoted, read_on=date(2026, 11, 22))
    assert told(proxy_facts(measure(proxy=itself))) == [("Read", "In a stored copy on 22 November 2026")]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (SourceDeadweight.YES, "the source takes something off too"),
        (SourceDeadweight.NO, "the source itself takes nothing off"),
        (SourceDeadweight.NOT_KNOWN, "what the source takes off was not found"),
    ],
)
def test_a_value_of_which_the_menu_takes_a_share_off_is_never_called_gross(source: SourceDeadweight, words: str):
    value = replace(proxy("1"), source_deadweight=source)
    anyway = measure(proxy=value, deadweight_share=D("0.27"))
    by_menu = "The menu takes off 27% for what would have happened anyway"
    assert told(proxy_facts(anyway)) == [("Gross or net", f"{by_menu}; {words}")]
    both = replace(anyway, displacement_share=D("0.1"))
    moved = "10% for what has only moved from elsewhere"
    assert told(proxy_facts(both)) == [("Gross or net", f"{by_menu} and {moved}; {words}")]
    assert told(proxy_facts(replace(both, deadweight_share=D(0)))) == [
        ("Gross or net", f"The menu takes off {moved}; {words}")
    ]


def test_a_ratio_with_dates_is_not_called_the_same_in_every_year():
    ratio = replace(proxy("1"), kind=ProxyKind.RATIO)
    assert kind_words(ratio) == "Pounds for each pound, the same in every year’s prices"
    dated = replace(ratio, in_force_from=date(2026, 1, 1), in_force_until=date(2026, 12, 31))
    assert kind_words(dated) == "Pounds for each pound, at a rate that holds for a time"
    assert kind_words(replace(dated, kind=None)) == ""


def test_who_takes_something_off_is_the_menu_before_the_source():
    said = {
        SourceDeadweight.YES: TakenOff.SOURCE,
        SourceDeadweight.NO: TakenOff.NOBODY,
        SourceDeadweight.NOT_KNOWN: TakenOff.NOT_SAID,
        None: TakenOff.NOT_SAID,
    }
    for source, who in said.items():
        of_source = measure(proxy=replace(proxy("1"), source_deadweight=source))
        assert taken_off(of_source) is who
        for share in ("deadweight_share", "displacement_share"):
            assert taken_off(replace(of_source, **{share: D("0.2")})) is TakenOff.MENU
    assert taken_off(measure(proxy=None)) is TakenOff.NOT_SAID


def test_how_sure_a_later_edition_is_is_told_where_it_differs():
    high, low, unsaid = (measure(proxy=replace(proxy("1"), confidence=level)) for level in ("high", "low", ""))
    assert confidence_today(high, low) == "low"
    assert confidence_today(high, unsaid) == confidence_words(measure(proxy=None)) == "not said"
    assert confidence_today(high, high) == ""
    assert confidence_today(high, measure(value=None)) == confidence_today(measure(value=None), high) == ""


def test_a_value_is_dated_only_with_its_first_and_its_last_day():
    begun = replace(proxy("1"), in_force_from=date(2026, 4, 1))
    assert dated_value_words(measure(proxy=begun)) == ""
    both = replace(begun, in_force_until=date(2027, 3, 31))
    assert dated_value_words(measure(proxy=both)).endswith("in force 1 April 2026 to 31 March 2027")
    assert dated_value_words(replace(measure(proxy=both), unit_values=())) == ""
    assert dated_value_words(measure(value=None)) == ""


def test_what_happens_when_measures_are_claimed_together_has_four_cases():
    asked = ExclusionGroup("g", Clash.DECLARE, "person", ("A", "B"), "r")
    people, jobs = (edition(*(measure(code, employment_outcome=each) for code in "AB")) for each in (D(0), D(1)))
    assert together_words(asked, people) == "Only with a written declaration that they are not the same person."
    assert together_words(asked, jobs) == (
        "Only with a written declaration that they are not the same person. Their jobs count once until then."
    )
    counted = edition(measure("A", value=None, employment_outcome=D(1)), measure("B", employment_outcome=D(1)))
    assert together_words(asked, counted) == (
        "Both may be in one contract. Their jobs count once, unless it is declared in writing that they are not the "
        "same person."
    )
    blocked = replace(asked, severity=Clash.BLOCK)
    assert together_words(blocked, jobs) == "Not allowed in one contract."
    cases = ((asked, people), (asked, jobs), (asked, counted), (blocked, jobs))
    assert [together_head(group, menu) for group, menu in cases] == [DECLARED, DECLARED, JOBS_ONCE, NOT_TOGETHER]


def test_every_component_has_a_word():
    assert set(COMPONENT_WORDS) == set(Component)


def test_why_an_edition_was_withdrawn():
    gone = edition(measure(), withdrawn_on=date(2026, 11, 28))
    assert withdrawn_words(gone) == "made-up 2026.1 was withdrawn on 28 November 2026."
    assert withdrawn_words(replace(gone, withdrawn_because="Ratios were uprated.")).endswith(
        "2026. Ratios were uprated."
    )


def test_what_an_edition_does_not_record_is_said():
    days = "until when the wages and rates behind its values hold"
    evidence = "how long after a unit its evidence is due"
    dated = measure(proxy=replace(proxy("1"), in_force_until=date(2027, 3, 31)))
    record = measure("R", value=None)
    assert unrecorded_words(edition(measure(), record)) == f"This edition does not record {days} or {evidence}."
    assert unrecorded_words(edition(dated, record)) == f"This edition does not record {evidence}."
    later = replace(record, evidence_months=12)
    assert unrecorded_words(edition(measure(), later)) == f"This edition does not record {days}."
    assert unrecorded_words(edition(dated, later)) == ""
