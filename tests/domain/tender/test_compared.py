"""Bids side by side: columns add up to what each bid is worth, and nothing that does not count is in them."""

from decimal import Decimal

from tests.domain.tender.scoring_build import JOBS, entry, lot, picture, pictured, pounds
from tomsapp.domain.money import total
from tomsapp.domain.tender.compared import compared, left_out_lines, lines_words, short_names
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


def test_how_many_lines_of_a_bid_count():
    ashdown = pictured()[2]
    bid = next(bid for bid in picture().bids if bid.key == "Ashdown")
    assert bid.checked is not None
    assert ashdown.offer is not None
    offered = ashdown.offer.commitments
    assert lines_words(bid.checked, offered, ashdown.left_out) == "1 of 8 lines left out: £20,202.72"
    (line,) = left_out_lines(bid.checked, offered, ashdown.left_out)
    assert (line.measure.code, line.social_value) == ("J01", D("20202.72"))
    assert lines_words(None, (), ()) == "No offer counts"
    calder = next(bid for bid in picture().bids if bid.key == "Calder")
    whole = pictured()[0].offer
    assert whole is not None
    assert lines_words(calder.checked, whole.commitments, frozenset()) == "8 lines, none left out"


def test_a_line_with_an_error_is_left_out_too_and_one_that_no_menu_has_is_worth_nothing():
    entered = entry("A", "100", "40", pounds("S02", "-5"), pounds("Z99", "1"), pounds("S01", "7"))
    (bid,) = lot(entered).bids
    assert entered.offer is not None
    assert lines_words(bid.checked, entered.offer.commitments, ()) == "2 of 3 lines left out: −£78.00"
    unknown = entry("B", "100", "40", pounds("Z99", "1"))
    (bid,) = lot(unknown).bids
    assert unknown.offer is not None
    assert lines_words(bid.checked, unknown.offer.commitments, ()) == "1 of 1 line left out"


def test_narrow_columns_are_headed_by_as_many_words_as_tell_bids_apart():
    assert short_names(("Calder Clean Cooperative", "Meridian Ltd", "Rowan")) == ("Calder", "Meridian", "Rowan")
    assert short_names(("Bidder 1 of Barnet", "Bidder 2 of Barnet")) == ("Bidder 1", "Bidder 2")
    assert short_names(("A Ltd", "A Ltd", "A")) == ("A Ltd", "A Ltd", "A"), "the same name twice stays whole"
    assert short_names((" ", "B C")) == (" ", "B")
    assert short_names(()) == ()
