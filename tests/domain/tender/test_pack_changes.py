"""What was changed between versions of a pack, in sentences."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.domain.build import edition as made_edition
from tests.domain.build import measure as menu_measure
from tests.domain.tender.build import lot, measure, pack, question, tender
from tomsapp.domain.area import Area, Ward
from tomsapp.domain.contract import YearSpend
from tomsapp.domain.policy import Policy
from tomsapp.domain.tender.asked import BidderQuestion
from tomsapp.domain.tender.pack_changes import pack_changes
from tomsapp.domain.tender.tender_measure import MeasureUse

D = Decimal
EDITION = made_edition(menu_measure("J01"), menu_measure("S08"))
EDITION = replace(EDITION, code="barnet-open")
AREA = Area("larkmere", "Larkmere", (Ward("X01", "Brackwater"), Ward("X02", "Dunmallow")))
FRAMEWORK = lot(spend=(YearSpend(0, D("600000.00")), YearSpend(7, D("1.00"))))
ASKED = BidderQuestion(date(2027, 1, 5), "Is there parking?", "Yes", date(2027, 1, 6))

CASES = [
    ({}, {}, []),
    ({}, {"version": 2, "issued_by": "M. Reid"}, []),
    ({}, {"council": "Larkmere"}, ["Council: “Larkmere” instead of “Larkmere Council”."]),
    ({}, {"tender": tender(notes="Ours")}, []),
    ({}, {"tender": tender(price_weight=D(35))}, ["Weight of price: 35 instead of 40."]),
    ({}, {"tender": tender(title="Cleaning of hubs")}, ["Title: “Cleaning of hubs” instead of “Cleaning”."]),
    ({}, {"tender": tender(most_measures=8)}, ["Most measures: 8, where nothing was said before."]),
    ({"tender": tender(most_measures=8)}, {}, ["Most measures: taken out; it was 8."]),
    (
        {},
        {"tender": tender(mandatory_themes=frozenset({"barnet-open 1"}))},
        ["Mandatory themes: added Fair work."],
    ),
    (
        {},
        {"tender": tender(deadline_at="17:00", deadline_on=date(2027, 1, 29))},
        [
            "Deadline: 17:00, Friday 29 January 2027, UK time instead of 12 noon, Friday 22 January 2027, UK time.",
        ],
    ),
    ({}, {"lots": (lot(), lot(2))}, ["Lot 2: new."]),
    ({"lots": (lot(), lot(2))}, {}, ["Lot 2: taken out."]),
    ({}, {"lots": (lot(value=D("1300000.00")),)}, ["Lot 1, estimated value: £1,300,000.00 instead of £1,200,000.00."]),
    (
        {"lots": (lot(places=frozenset({"X01"})),), "area": AREA},
        {"lots": (lot(places=frozenset({"X02"})),), "area": AREA},
        ["Lot 1, places: added Dunmallow; removed Brackwater."],
    ),
    (
        {},
        {"lots": (FRAMEWORK,)},
        ["Lot 1, spend by year: 2027/28 £600,000.00, year 8 £1.00, where nothing was said before."],
    ),
    ({}, {"measures": (measure("J01", "2"), measure("S08", "40"))}, ["J01 Measure J01, target: 2 instead of 1."]),
    ({}, {"measures": (measure("J01", "1"),)}, ["S08 Measure S08: taken out."]),
    (
        {},
        {"measures": (measure("J01", "1"), measure("S08", "40", use=MeasureUse.CONDITION))},
        ["S08 Measure S08, use: Condition instead of Scored."],
    ),
    ({}, {"measures": (measure("J01", "1"), measure("S08", "40"), measure("X9"))}, ["X9: new."]),
    ({}, {"questions": (question(text="How?"),)}, ["Question 1, question: changed."]),
    ({}, {"questions": (question(), question(2))}, ["Question 2: new."]),
    ({}, {"answered": (ASKED,)}, ["A bidder’s question of 5 January 2027 is answered."]),
    (
        {"answered": (ASKED,)},
        {"answered": (replace(ASKED, answer="No"),)},
        ["The answer to a bidder’s question of 5 January 2027: changed."],
    ),
    ({"answered": (ASKED,)}, {}, ["A bidder’s question of 5 January 2027: taken out."]),
    ({"answered": (ASKED,)}, {"answered": (ASKED,)}, []),
    ({}, {"policy": Policy("p", "Policy", ())}, ["The council’s policy rules: changed."]),
    ({}, {"area": AREA}, ["The list of wards: changed."]),
]


@pytest.mark.parametrize(("before", "after", "told"), CASES)
def test_changes_are_told_in_sentences(before, after, told):
    assert list(pack_changes(pack(**before), pack(**after), EDITION)) == told
