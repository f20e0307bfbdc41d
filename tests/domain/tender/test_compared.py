"""Bids side by side: columns add up to what each bid is worth, and nothing that does not count is in them."""

from decimal import Decimal

from tests.domain.tender.scoring_build import JOBS, entry, lot, picture, pounds
from tomsapp.domain.money import total
from tomsapp.domain.tender.compared import compared
from tomsapp.domain.tender.evaluating import evaluate

D = Decimal


def test_columns_add_up_to_what_each_admitted_bid_is_worth():
    found = compared(evaluate(picture()))
    assert found.names == ("Calder", "Meridian", "Ashdown"), "best first, and none that is not admitted"
    assert found.keys == found.names
    assert found.totals == (D("85897.94"), D("61775.81"), D("77396.92"))
    for rows in (found.themes, found.measures):
        for place, worth in enumerate(found.totals):
            assert total(row.pounds[place] or D("0.00") for row in rows) == worth
    assert [row.key for row in found.measures] == ["J11", "S01", "S02", "S03", "S04", "K01", "K02"], "as in the menu"
    assert {row.key: row.pounds for row in found.measures}["S04"] == (D("2400.00"), D("12000.00"), None)
    assert [(row.key, row.name, row.theme) for row in found.themes] == [("1", "Fair work", 1)]
    assert [theme.title for theme in found.empty] == ["Clean air"]
    assert "J01" not in {row.key for row in found.measures}, "the line that was left out"


def test_lots_without_an_admitted_bid_have_nothing_to_compare():
    for bids in ((), (entry("Late", "100", "40", offer=None),)):
        found = compared(evaluate(lot(*bids)))
        assert (found.names, found.themes, found.measures) == ((), (), ())
        assert len(found.empty) == 2


def test_a_bid_without_an_offer_can_be_admitted_by_nobody():
    evaluated = evaluate(lot(entry("A", "100", "40", pounds("S01", "60000"), *JOBS)))
    assert compared(evaluated).totals == (D("60000.00"),)
