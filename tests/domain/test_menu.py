"""The menu edition: finding measures, unit values by year, exclusion groups and dates in force."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.domain.build import SOURCE, D, edition, measure, proxy
from tomsapp.domain.menu import Apart, Clash, EditionStatus, ExclusionGroup, Pair
from tomsapp.domain.proxy import DatedValue, ProxyValue, UnitValue
from tomsapp.domain.rules.rule import RuleSource
from tomsapp.domain.units import Unit
from tomsapp.domain.withdrawal import before_withdrawal

PAIR = ExclusionGroup("people", Clash.BLOCK, "person", ("A", "B", "C"), "One person, one gain.")
AGAINST = ExclusionGroup("cash", Clash.DECLARE, "pound", ("A", "B"), "One pound, one gain.", against=("B", "C", "D"))


@pytest.mark.parametrize(
    ("group", "one", "other", "clashes"),
    [
        (PAIR, "A", "B", True),
        (PAIR, "B", "A", True),
        (PAIR, "A", "A", False),
        (PAIR, "A", "D", False),
        (AGAINST, "A", "C", True),
        (AGAINST, "C", "A", True),
        (AGAINST, "A", "B", True),
        (AGAINST, "C", "D", False),
        (AGAINST, "B", "B", False),
        (AGAINST, "A", "X", False),
    ],
)
def test_which_measures_clash(group: ExclusionGroup, one: str, other: str, clashes: bool) -> None:
    assert group.clashes(one, other) is clashes


def test_rivals_stand_in_the_groups_order_and_once() -> None:
    assert PAIR.rivals_of("B") == ("A", "C")
    assert AGAINST.rivals_of("A") == ("B", "C", "D")
    assert AGAINST.rivals_of("B") == ("A", "C", "D")
    assert AGAINST.rivals_of("D") == ("A", "B")
    assert AGAINST.rivals_of("X") == ()


def test_groups_of_a_measure() -> None:
    menu = edition(measure("A"), groups=(PAIR, AGAINST))
    assert menu.groups_of("A") == (PAIR, AGAINST)
    assert menu.groups_of("D") == (AGAINST,)
    assert menu.groups_of("X") == ()


def test_measures_are_found_by_code_in_the_menus_order() -> None:
    one, other = measure("B"), measure("A")
    menu = edition(one, other)
    assert menu.measures == (one, other)
    assert menu.find_measure("A") is other
    assert menu.find_measure("X") is None
    assert menu.places["B"].theme.number == 1
    assert menu.places["B"].outcome.code == "1a"
    assert menu.name == "made-up 2026.1"
    assert menu.name_and_prices == f"made-up 2026.1, {menu.price_base} prices"
    assert menu.name_of("A") == other.full_name == f"A {other.title}"
    assert menu.name_of("X") == "X"


def test_a_source_is_cited_by_what_is_known_of_it() -> None:
    assert SOURCE.cited == "Made-up values, Nobody, 2024"
    assert replace(SOURCE, publisher="").cited == "Made-up values, 2024"
    assert RuleSource("The policy").cited == "The policy"


def test_withdrawn_edition_is_known_as_it_was_published() -> None:
    published = edition()
    gone = replace(
        published, status=EditionStatus.WITHDRAWN, withdrawn_on=date(2026, 11, 28), withdrawn_because="A ratio rose."
    )
    assert before_withdrawal(gone) == published
    assert before_withdrawal(published) is published


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2026, 3, 31), False),
        (date(2026, 4, 1), True),
        (date(2027, 3, 31), True),
        (date(2027, 4, 1), False),
    ],
)
def test_in_force_from_its_first_to_its_last_day(day: date, holds: bool) -> None:
    menu = edition(in_force_from=date(2026, 4, 1), in_force_until=date(2027, 3, 31))
    assert menu.is_in_force(day) is holds
    assert edition().is_in_force(day)
    assert replace(menu, in_force_until=None).is_in_force(day) is (day >= date(2026, 4, 1))


def test_editions_are_equal_by_content_not_by_hash() -> None:
    assert replace(edition(), sha256="a") == replace(edition(), sha256="b")


def test_unit_value_of_a_year() -> None:
    dated = measure(unit_values=(UnitValue(D(277), D(277), "2022", 2026), UnitValue(D(281), D(281), "2022", 2027)))
    assert dated.unit_value_in(2027) == UnitValue(D(281), D(281), "2022", 2027)
    assert dated.unit_value_in(2028) is None
    assert measure(value="5").unit_value_in(1999) == UnitValue(D(5), D(5), "2024")


def test_record_only_measures_have_no_value() -> None:
    assert not measure(value=None).is_valued
    assert measure(value=None).unit_value_in(2026) is None
    assert measure().is_valued


def test_dated_proxies() -> None:
    assert not proxy("1").is_dated
    assert ProxyValue((DatedValue(Decimal(1), 2026),), "2022", SOURCE).is_dated


def test_names_and_decimals_come_from_the_unit_unless_given() -> None:
    plain = measure(unit=Unit.TONNES)
    assert (plain.each_name, plain.many_name, plain.decimals) == ("tonne", "tonnes", 3)
    named = measure(unit=Unit.TONNES, each="tonne saved", many="tonnes saved", whole_units=True)
    assert (named.each_name, named.many_name, named.decimals) == ("tonne saved", "tonnes saved", 0)


def test_measures_told_apart() -> None:
    pair = Apart(("A", "B"), "Two different costs")
    assert pair.parts("A", "B")
    assert not pair.parts("A", "C")
    sides = Apart(("A", "B"), "Two different costs", ("C",))
    assert (sides.parts("A", "C"), sides.parts("C", "B"), sides.parts("A", "B")) == (True, True, False)


def test_the_pairs_of_groups_are_those_that_clash() -> None:
    menu = edition(groups=(AGAINST, PAIR))
    pairs: dict[int, list[Pair]] = {}
    for code, rivals in menu.rivals_in_groups.items():
        assert all({code, rival.code} == rival.pair for rival in rivals)
        for rival in rivals:
            pairs.setdefault(rival.group, []).append(rival.pair)
    for number, group in enumerate(menu.exclusion_groups):
        assert sorted(map(sorted, pairs[number])) == sorted(map(sorted, group.pairs("ABCDX")))
    blocked = {rival for rivals in menu.blocked_rivals.values() for rival in rivals}
    assert blocked == {rival for rivals in menu.rivals_in_groups.values() for rival in rivals if rival.group == 1}
