import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exchange.tenders.examples import LOT, MENU, PACK, TENDER
from tomsapp.domain.contract import ContractKind, YearSpend
from tomsapp.domain.policy import DatedWage, Policy
from tomsapp.domain.policy_records import LivingWage
from tomsapp.domain.proxy import WageKind
from tomsapp.domain.rules.rule import RuleSource
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.exchange.policy_json import policy_values, read_policy
from tomsapp.exchange.tenders.pack_json import read_pack, write_pack

SENT = replace(PACK, tender=replace(TENDER, notes=""))
SOURCE = RuleSource("Rates", "GOV.UK", "2026", "https://example.org")
WAGES = Policy(
    "p",
    "Policy",
    PACK.policy.rules,
    (LivingWage(date(2026, 4, 1), Decimal("12.71"), SOURCE), LivingWage(date(2025, 4, 1), Decimal("12.21"))),
    (DatedWage(WageKind.LONDON_LIVING_WAGE, date(2026, 5, 1), Decimal("14.80"), SOURCE),),
    frozenset({"minimum"}),
)


def changed(**values):
    """The bytes of the pack with some of its values changed, or left out where they are None."""
    held = json.loads(write_pack(PACK, MENU))
    for name, value in values.items():
        at = held
        *path, last = name.split("__")
        for step in path:
            at = at[int(step) if step.isdigit() else step]
        if value is None:
            del at[last]
        else:
            at[last] = value
    return json.dumps(held).encode()


def test_a_pack_comes_back_as_it_was_issued_but_for_the_councils_own_notes():
    data = write_pack(PACK, MENU)
    read = read_pack(data, "a.tomspack")
    assert read.pack == SENT
    assert read.menu == MENU
    assert read.identity == PACK.identity(sha256(data).hexdigest())
    assert b"Not for bidders" not in data
    assert write_pack(read.pack, read.menu) == data


def test_a_pack_of_a_framework_without_policy_and_area_comes_back_too():
    spend = (YearSpend(0, Decimal("500000.00")), YearSpend(1, Decimal("700000.50")))
    lots = (replace(LOT, spend=spend, places=frozenset({"E05000001"})), replace(LOT, number=2, title="Hubs"))
    tender = replace(SENT.tender, kind=ContractKind.FRAMEWORK)
    pack = replace(SENT, tender=tender, lots=lots, policy=None, area=None, answered=(), changes=(), questions=())
    assert read_pack(write_pack(pack, MENU), "a.tomspack").pack == pack
    wages = replace(pack, policy=WAGES)
    assert read_pack(write_pack(wages, MENU), "a.tomspack").pack == wages


def test_one_byte_changed_makes_another_identity():
    data = write_pack(PACK, MENU)
    other = data.replace(b"A. Okafor", b"B. Okafor", 1)
    assert read_pack(other, "a").identity != read_pack(data, "a").identity


def test_a_pack_is_not_written_with_another_menu():
    with pytest.raises(ValueError, match=r"example 2026\.1"):
        write_pack(PACK, MENU + b" ")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"format": "tomsapp-pack-2"}, "is no pack of a tender"),
        ({"menu": "{}"}, "carries another menu than example 2026.1"),
        ({"menu": None}, "“menu” is no text"),
        ({"edition__edition": "2026.2"}, "names another menu edition"),
        ({"tender__reference": ""}, "Of the tender: The tender has no reference"),
        ({"tender__most_measures": "8"}, "“most_measures” is of another kind"),
        ({"tender__title": None}, "There is no “title”"),
        ({"lots": {}}, "“lots” is no list"),
        ({"lots__0__end_on": None}, "There is no “end_on”"),
        ({"lots__0__end_on": "2020-01-01"}, "Of lot 1"),
        ({"lots__0__value": "many"}, "“value” cannot be read"),
        ({"lots__0__spend": [{"year": "0", "amount": "1.00"}]}, "A year of the spend cannot be read"),
        ({"lots__0__spend": [{"year": "x", "amount": "1.00"}]}, "A year of the spend cannot be read"),
        ({"lots__0__spend": [{"year": "1", "amount": "one"}]}, "is not a plain number"),
        ({"lots__0__spend": [7]}, "A part is no table"),
        ({"version": "2"}, "“version” is no number from 1 on"),
        ({"version": 0}, "“version” is no number from 1 on"),
        ({"issued_at": "yesterday"}, "“issued_at” is no moment"),
        ({"issued_at": "2027-01-04T09:30:00"}, "“issued_at” has no time zone"),
        ({"changes": [1]}, "A sentence is no text"),
        ({"area__wards": 5}, "“wards” is not a list"),
        ({"policy__rules__0__kind": "other"}, "The policy rules in a.tomspack cannot be read"),
        ({"policy__code": 5}, "The policy in a.tomspack cannot be read"),
    ],
)
def test_a_pack_that_is_none_or_was_changed_is_refused_with_what_to_do(values, said):
    with pytest.raises(OfferUnreadable) as caught:
        read_pack(changed(**values), "a.tomspack")
    assert said in f"{caught.value.message}. {caught.value.fix}"


def test_a_lot_without_dates_is_refused():
    lot = replace(LOT, start_on=None, end_on=None)
    with pytest.raises(OfferUnreadable, match="it has no dates"):
        read_pack(write_pack(replace(PACK, lots=(lot,)), MENU), "a.tomspack")


def test_what_is_not_json_is_refused():
    with pytest.raises(OfferUnreadable):
        read_pack(write_pack(PACK, MENU)[:-20], "a.tomspack")


def test_a_policy_without_a_file_is_refused_too():
    with pytest.raises(OfferUnreadable, match="The policy in the file cannot be read"):
        read_policy({**policy_values(WAGES), "living_wages": [{"hourly": "x"}]})


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=40), st.integers(1, 10**6), st.lists(st.text(max_size=20), max_size=3))
def test_any_text_comes_back(text, version, changes):
    pack = replace(SENT, council=text, version=version, changes=tuple(changes))
    try:
        data = write_pack(pack, MENU)
    except UnicodeEncodeError:
        return
    assert read_pack(data, "a").pack == pack
