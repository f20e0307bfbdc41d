"""Variations: what a contract is with one, what it changes in words, what is wrong with it, and two people at one."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tomsapp.domain.commitment import COMMITMENT, Commitment, Rate
from tomsapp.domain.contract import Contract
from tomsapp.domain.variation import (
    VARIATION,
    VARIATION_LINE,
    Variation,
    VariationLine,
    VariationState,
    merged,
)
from tomsapp.domain.varied import (
    VariationTold,
    VariedFact,
    VariedLine,
    ended,
    is_same_line,
    said_of_lines,
    told_of,
    variation_problems,
    varied_contract,
    varied_facts,
    varied_lines,
)
from tomsapp.domain.wording import times

ROADS = Contract(
    "C1",
    Decimal("100.00"),
    date(2026, 4, 1),
    date(2029, 3, 31),
    "Roads",
    "Bridge Works Ltd",
    "barnet-open",
    "2026.2",
    value_with_vat=Decimal("120.00"),
)
REASON = "The council extends it by a year"
EXTENDED = Variation(reason=REASON, effective_on=date(2028, 4, 1), new_end_on=date(2030, 3, 31))


def line(key: str, *quantities: str | None, **changes: object) -> Commitment:
    numbers = tuple(None if each is None else Decimal(each) for each in quantities)
    return replace(Commitment(key, "V01", numbers), **changes)


# What the contract is with it


def test_a_variation_that_says_nothing_leaves_all_as_it_was():
    lines = (line("1", "5", "6", "6"), line("2", "1"), line("3", rate=Rate(Decimal(1), Decimal(100))))
    assert varied_contract(ROADS, Variation()) == ROADS
    assert varied_lines(ROADS, lines, Variation()) == lines


@pytest.mark.parametrize(
    ("facts", "end", "changed"),
    [
        ({}, date(2030, 3, 31), {"extensions_taken": 1}),
        ({"latest_end_on": date(2029, 3, 31)}, date(2030, 3, 31), {"latest_end_on": date(2030, 3, 31)}),
        ({"latest_end_on": date(2031, 3, 31)}, date(2030, 3, 31), {"latest_end_on": date(2031, 3, 31)}),
        (
            {"extensions_taken": 1, "extensions_left": 2},
            date(2030, 3, 31),
            {"extensions_taken": 2, "extensions_left": 1},
        ),
        ({"extensions_left": 0}, date(2030, 3, 31), {"extensions_taken": 1, "extensions_left": 0}),
        ({"extensions_left": 1}, date(2028, 3, 31), {"extensions_taken": None, "extensions_left": 1}),
    ],
)
def test_an_extension_is_counted_and_moves_the_latest_end(facts, end, changed):
    after = varied_contract(replace(ROADS, **facts), replace(EXTENDED, new_end_on=end))
    assert after.end_on == end
    assert {name: getattr(after, name) for name in changed} == changed


def test_value_and_supplier_are_those_that_it_says():
    wanted = replace(EXTENDED, new_value=Decimal(150), new_value_with_vat=Decimal(180), supplier="Canal Works Ltd")
    after = varied_contract(ROADS, wanted)
    assert (after.value, after.value_with_vat, after.supplier) == (Decimal(150), Decimal(180), "Canal Works Ltd")


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        (date(2030, 3, 31), [("5", "6", "6", "0"), ("1",), (), ("0", "0", "0", "9")]),
        (date(2028, 3, 31), [("5", "6"), ("1",), (), ("0", "0")]),
        # Dates that make no years are told as a problem; the lines stay as they are.
        (date(2020, 3, 31), [("5", "6", "6"), ("1",), (), ("0", "0", "0", "9")]),
    ],
)
def test_lines_have_the_years_of_the_contract_with_it(end, expected):
    lines = (line("1", "5", "6", "6"), line("2", "1"), line("3", rate=Rate(Decimal(1), Decimal(100))))
    wanted = replace(EXTENDED, new_end_on=end).with_line(VariationLine(line("new-a", "0", "0", "0", "9")))
    after = varied_lines(ROADS, lines, wanted)
    assert [tuple(map(str, each.quantities)) for each in after] == expected


def test_a_line_ends_with_the_years_that_begin_on_the_day_or_later():
    held = line("1", "5", "6", "6", "1")
    over = ended(held, ROADS, date(2027, 4, 1))
    assert (over.is_ended, tuple(map(str, over.line.quantities))) == (True, ("5", "0", "0", "1"))
    assert tuple(map(str, ended(held, ROADS, date(2027, 4, 2)).line.quantities)) == ("5", "6", "0", "1")
    assert ended(held, ROADS, None).line == held


def test_lines_of_a_variation_are_put_in_and_taken_out():
    one, other = VariationLine(line("1", "5")), VariationLine(line("new-a", "1"))
    made = Variation().with_line(one).with_line(other)
    assert (made.lines, made.line_of("1"), made.line_of("9")) == ((one, other), one, None)
    again = VariationLine(line("1", "7"))
    assert made.with_line(again).lines == (again, other)
    assert made.without_line("1").lines == (other,)
    assert (one.is_added, other.is_added) == (False, True)


# In words


def test_what_it_changes_is_told_fact_by_fact_and_line_by_line():
    lines = (
        line("1", "5", "6", "6"),
        line("2", "1", None),
        line("3", rate=Rate(Decimal(2), Decimal(100))),
        line("4", "1", "1", "1"),
        line("5", "2", "2", "2"),
    )
    wanted = replace(EXTENDED, number=2)
    for each in (
        VariationLine(line("1", "5", "6", "7", contract_share=Decimal("0.5"), statement="Anew", place="outside")),
        VariationLine(line("2", "1"), is_ended=True),
        VariationLine(line("3", "4", "4", "4")),
        VariationLine(line("4", "1", "1", "1")),
        VariationLine(line("5", "2", "0", "0"), is_ended=True),
        VariationLine(line("new-a", "1", measure="S02")),
    ):
        wanted = wanted.with_line(each)
    told = told_of(ROADS, lines, wanted)
    assert (told.name, wanted.name) == ("Variation 2", "variation 2")
    assert told.facts == (
        VariedFact("end_on", "End date", "31 March 2029", "31 March 2030"),
        VariedFact("extensions_taken", "Extensions taken", "not recorded", "1"),
    )
    assert told.words == ("End date 31 March 2030, was 31 March 2029", "Extensions taken 1, was not recorded")
    assert told.lines == (
        VariedLine(1, "V01", "was 5, 6, 6; share was 100%; another place; another statement"),
        VariedLine(2, "V01", "ended: as it was"),
        VariedLine(3, "V01", "was 2 for every £100.00, now 4, 4, 4, 0"),
        VariedLine(5, "V01", "ended: was 2, 2, 2"),
        VariedLine(6, "S02", "added"),
    )
    assert VariationTold(1).words == ()


def test_a_year_in_which_nothing_is_promised_may_be_left_out():
    assert is_same_line(line("1", "5", None), line("1", "5", "0", "0"))
    assert not is_same_line(line("1", "5"), line("1", "5", place="outside"))
    assert said_of_lines([line("1")], [line("1", "2")]) == (VariedLine(1, "V01", "was 0"),)


def test_spend_is_no_fact_of_a_variation():
    assert varied_facts(ROADS, replace(ROADS, spend=())) == ()


@pytest.mark.parametrize(("count", "words"), [(1, "once"), (2, "twice"), (3, "3 times"), (1200, "1,200 times")])
def test_how_often_is_told(count, words):
    assert times(count) == words


# What must be put right

LINES = (line("1", "5", "6", "6"),)


@pytest.mark.parametrize(
    ("variation", "found"),
    [
        (EXTENDED, []),
        (replace(EXTENDED, effective_on=None), [("effective-on-missing", "effective_on")]),
        (replace(EXTENDED, effective_on=date(2026, 3, 31)), [("effective-on-early", "effective_on")]),
        (replace(EXTENDED, reason="As agreed"), [("reason-short", "reason")]),
        (replace(EXTENDED, new_end_on=None), [("nothing-varied", "new_end_on")]),
        (replace(EXTENDED, new_end_on=date(2029, 3, 31)), [("nothing-varied", "new_end_on")]),
        (replace(EXTENDED, new_end_on=date(2026, 3, 31)), [("dates-out-of-order", "new_end_on")]),
        (replace(EXTENDED, new_end_on=date(2130, 3, 31)), [("dates-too-far", "new_end_on")]),
        (replace(EXTENDED, new_value=Decimal(0)), [("value-missing", "new_value")]),
        (replace(EXTENDED, new_value_with_vat=Decimal(1)), [("value-with-vat-low", "new_value_with_vat")]),
        (EXTENDED.with_line(VariationLine(line("9", "1"))), [("line-gone", "lines")]),
        (
            EXTENDED.with_line(VariationLine(line("1", rate=Rate(Decimal(1), Decimal(2))), is_ended=True)),
            [("ended-per-pound", "lines")],
        ),
        (EXTENDED.with_line(VariationLine(line("new-a", "1"))), []),
    ],
)
def test_what_must_be_put_right_before_it_is_signed(variation, found):
    problems = variation_problems(variation, ROADS, LINES)
    assert [(problem.code, problem.where.field) for problem in problems] == found
    assert all(problem.message and problem.fix for problem in problems)


def test_what_is_wrong_with_another_fact_of_the_contract_is_not_the_variation_s():
    assert variation_problems(EXTENDED, replace(ROADS, title=""), LINES) == []


# Two people at one draft


@pytest.mark.parametrize(
    ("mine", "theirs", "both"),
    [
        ({"reason": REASON}, {"new_value": Decimal(3)}, ()),
        ({"reason": REASON}, {"reason": REASON}, ()),
        ({"reason": REASON}, {"reason": "Another"}, ("Reason",)),
        ({"supplier": "A", "supplier_id": 1}, {"supplier": "B", "supplier_id": 2}, ("New supplier",)),
        ({}, {"new_value": Decimal(3)}, ()),
    ],
)
def test_each_fact_is_taken_from_whoever_changed_it(mine, theirs, both):
    before = Variation()
    result, told = merged(before, replace(before, **mine), replace(before, **theirs))
    assert told == both
    assert result == replace(before, **{**theirs, **mine})


def test_each_line_is_taken_from_whoever_changed_it():
    first, second = VariationLine(line("1", "5")), VariationLine(line("2", "5"))
    before = Variation().with_line(first).with_line(second)
    other, third = VariationLine(line("1", "6")), VariationLine(line("new-a", "1"))
    mine, theirs = before.with_line(other), before.without_line("2").with_line(third)
    result, both = merged(before, mine, theirs)
    assert (result.lines, both) == ((other, third), ())
    result, both = merged(before, before.without_line("2"), before.with_line(VariationLine(line("2", "9"))))
    assert (result.lines, both) == ((first,), ("V01",))
    result, both = merged(before, mine, before.with_line(VariationLine(line("1", "7"))))
    assert (result.lines, both) == ((other, second), ("V01",))


def test_records_are_declared():
    assert VARIATION.name_of(Variation(3)) == "variation 3"
    assert VARIATION_LINE.name_of(VariationLine(line("1"))) == "V01"
    assert [state.words for state in VariationState] == ["Draft", "Signed"]
    [years] = VARIATION_LINE.parts
    assert years.caption({}, "2026/27") == "Quantity 2026/27"


def test_a_line_of_a_variation_tells_each_fact_of_the_commitment_that_it_says():
    promised = line("1", "5", "6", place="EN5", rate=Rate(Decimal(1), Decimal(100)), cost=Decimal("9.50"))
    said = VariationLine(promised, is_ended=True)
    for fact in COMMITMENT.facts:
        assert getattr(said, fact.name) == getattr(promised, fact.name), fact.name
    assert said.quantities == promised.quantities
    assert {fact.name for fact in VARIATION_LINE.facts} - {fact.name for fact in COMMITMENT.facts} == {"is_ended"}
