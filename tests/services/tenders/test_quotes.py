"""The short route: what a new quote begins with, what it lacks, and that it is added and issued as any tender."""

from dataclasses import replace
from datetime import date

from tests.services.tenders.build import NOW, D, begin_tender, lot, measure, opened
from tomsapp.domain.tender.acts import TenderActFacts, TenderActKind
from tomsapp.domain.tender.choices import Route, TenderStatus
from tomsapp.services import edits
from tomsapp.services.tenders.issuing import issue
from tomsapp.services.tenders.quotes import begin_quote, quote_problems, quote_start
from tomsapp.services.tenders.reading import list_tenders

MEASURES = (measure("J01", "1"), measure("V01", "500"), measure("S08", "4", relevance="Pupils learn the trade"))


def start_of(workspace, edition="2026.2"):
    return quote_start(workspace, 2026, "barnet-open", edition)


def whole(start, reference="Q-2026-001"):
    """A quote of £60,000 for a year that can be issued."""
    tender = replace(start.tender, reference=reference, title="Grounds", deadline_on=date(2027, 1, 22))
    return tender, lot(value=D(60000), end_on=date(2028, 3, 31))


def test_the_first_quote_begins_with_price_80_and_social_value_20(ann):
    start = start_of(ann)
    assert (start.tender.reference, start.tender.route, start.tender.contract_manager) == (
        "Q-2026-001",
        Route.QUOTE,
        "Ann",
    )
    assert (start.tender.price_weight, start.tender.social_weight, start.tender.all_points) == (D(80), D(20), 100)
    assert (start.last, start.trouble) == ((), "")
    assert start.asked("J01").relevance == ""


def test_a_quote_is_whole_issued_and_undone_as_one(ann):
    start = start_of(ann)
    tender, one = whole(start)
    assert not [each for each in quote_problems(start, tender, one, MEASURES, NOW) if each.is_error]
    done = begin_quote(ann, tender, one, MEASURES)
    page = opened(ann, done.result.id)
    assert (page.tender.route, len(page.lots), len(page.measures), page.questions) == (Route.QUOTE, 1, 3, ())
    edits.undo(ann, done.edit)
    assert list_tenders(ann) == []
    edits.redo(ann, done.edit)
    page = opened(ann, done.result.id)
    issue(ann, page, TenderActFacts(TenderActKind.ISSUE, NOW.date(), "Buyer", "", version=1), NOW)
    assert opened(ann, page.id).tender.status is TenderStatus.ISSUED


def test_what_is_missing_is_said_before_anything_is_saved(ann):
    start = start_of(ann)
    codes = {each.problem.code for each in quote_problems(start, start.tender, lot(value=None), (), NOW)}
    assert {"title-missing", "deadline-missing", "measures-missing", "lot-value-missing"} <= codes


def test_the_next_quote_takes_over_weights_measures_and_reasons(ann):
    begin_tender(ann, "T-2026-001")
    start = start_of(ann)
    assert start.last == ()
    assert start.asked("V01").relevance == "Cleaners are hired for it"
    tender, one = whole(start)
    begin_quote(ann, replace(tender, price_weight=D(70), social_weight=D(30)), one, MEASURES)
    after = start_of(ann)
    assert (after.tender.price_weight, after.tender.social_weight) == (D(70), D(30))
    assert {each.measure for each in after.last} == {"J01", "V01", "S08"}
    assert (after.asked("S08").relevance, after.asked("S08").target) == ("Pupils learn the trade", None)
    assert after.tender.reference != tender.reference


def test_weights_with_quality_are_no_proposal(ann):
    tender, one = whole(start_of(ann))
    begin_quote(ann, replace(tender, price_weight=D(40), quality_weight=D(40)), one, MEASURES)
    assert start_of(ann).tender.price_weight == D(80)


def test_without_an_edition_that_can_be_read_it_is_said_why(ann):
    tender, one = whole(start_of(ann))
    begin_quote(ann, tender, one, MEASURES)
    for edition in ("", "1999.1"):
        start = start_of(ann, edition)
        assert start.edition is None
        assert start.trouble
        assert start.last == ()
