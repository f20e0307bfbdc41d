"""The tender of the example council: told day by day, and scored as a bidder redoes it by hand."""

from datetime import date
from fractions import Fraction

import pytest

from tomsapp.bootstrap import menu_catalogue
from tomsapp.domain.tender.choices import TenderStatus
from tomsapp.services import databases
from tomsapp.services.example import COUNCIL, _data, _set_up
from tomsapp.services.example_tender import tell_tender
from tomsapp.services.tenders.deciding import open_check
from tomsapp.services.tenders.evaluating import open_evaluation
from tomsapp.services.tenders.reading import find_tender, open_tender
from tomsapp.services.tenders.receipts import list_receipts

SAID = _data("tender.toml")


@pytest.fixture
def council(tmp_path):
    made = databases.make_database(tmp_path / "c.db", menu_catalogue(), "A. Okafor", COUNCIL)
    _set_up(made)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("day", "status", "versions"),
    [
        (date(2026, 10, 12), TenderStatus.DRAFT, 0),
        (date(2026, 10, 19), TenderStatus.ISSUED, 1),
        (date(2026, 11, 19), TenderStatus.ISSUED, 2),
        (date(2026, 11, 20), TenderStatus.OPENED, 2),
    ],
)
def test_it_is_told_until_a_day(council, day, status, versions):
    page = open_tender(council, tell_tender(council, SAID, day))
    assert (page.tender.status, len(page.versions)) == (status, versions)


def test_before_its_first_day_there_is_none(council):
    assert tell_tender(council, SAID, date(2026, 10, 11)) is None


def test_what_was_set_up_can_be_issued_as_it_stands(council):
    page = open_tender(council, tell_tender(council, SAID, date(2026, 10, 12)))
    assert [
        each.problem.message for each in page.problems if each.is_error and "passed" not in each.problem.message
    ] == []
    assert (len(page.measures), len(page.questions), len(page.lots)) == (20, 3, 2)


def test_its_files_bids_and_scores(council):
    number = tell_tender(council, SAID, date(2026, 12, 1))
    assert find_tender(council, "T-2026-003") == number
    late = [each for each in list_receipts(council, number) if not each.counts]
    assert [(each.judged.file.supplier, each.judged.file.lot) for each in late] == [("Ashmallow Facilities Ltd", 1)]
    check = open_check(council, number)
    assert check.undecided == 0
    left = [each for bid in check.bids for each in bid.problems if each.words.startswith("Left out")]
    assert [each.measures for each in left] == [("J01", "J06")]
    evaluation = open_evaluation(council, number)
    assert evaluation.unfinished_words == ()
    rows = {row.supplier: row for row in evaluation.lot(1).evaluated.evaluation.rows}
    # £53,332.52 is the highest value: one job of £20,202.72, six years of £4,075.50, 24 weeks of £240.00, 120 hours of
    # £15.59 and 8 tonnes of £130.75. Marks of 4, 5 and 4 of 5, weighed 40, 30 and 30, are 86% of 10 points.
    calder = rows["Calderbeck Clean Cooperative"]
    assert calder.total == Fraction(658, 684) * 40 + Fraction("33.6") + 10 + Fraction("8.6")
    wren = rows["Wrenhallow Services Ltd"]
    assert wren.total == Fraction(658, 672) * 40 + 32 + 10 * Fraction("52423.15") / Fraction("53332.52") + Fraction(
        "7.4"
    )
    assert not rows["Oakmarrow and Vale Ltd"].bid.is_admitted
    assert [row.rank for row in (calder, wren, rows["Ashmallow Facilities Ltd"])] == [1, 2, 3]
