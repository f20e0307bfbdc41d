"""What stands of the marks of a tender, and who may see prices and social value meanwhile."""

from dataclasses import replace

import pytest

from tests.services.tenders.build import opened
from tests.services.tenders.marks import SENT, evaluator, opened_tender
from tests.services.tenders.offers import LAMP, OPEN, PAST
from tests.services.tenders.test_parts import become
from tomsapp.domain.tender.acts import TenderActFacts, TenderActKind
from tomsapp.domain.tender.choices import TenderStatus
from tomsapp.services.failures import NotFound, StoreError
from tomsapp.services.tenders.deciding import open_check
from tomsapp.services.tenders.evaluating import open_evaluation
from tomsapp.services.tenders.issuing import read_version
from tomsapp.services.tenders.marks_held import (
    bids_to_mark,
    check_sees_figures,
    questions_to_mark,
    sees_figures,
    sees_marks,
)

here = pytest.mark.parametrize("server", ["sqlite"])


def put(workspace, page, *evaluators) -> list[int]:
    with workspace.work("Add evaluators") as uow:
        added = [uow.evaluators.add(page.id, each).id for each in evaluators]
        uow.commit()
    return added


def bids(workspace, page) -> list[int]:
    with workspace.look() as uow:
        return [bid.id for bid in bids_to_mark(uow, page.id)]


@here
def test_a_bid_that_is_excluded_is_not_marked(ann):
    page = opened_tender(ann)
    exclude = TenderActFacts(TenderActKind.EXCLUDE, PAST.date(), "Lead", "They said so themselves", lot=1)
    with ann.work("Exclude") as uow:
        bid = next(each for each in uow.bids.of(page.id) if each.record.supplier == LAMP.name)
        uow.tender_acts.add(page.id, replace(exclude, supplier=LAMP.name), b"{}", bid_id=bid.id)
        uow.commit()
    assert len(bids(ann, page)) == 1
    assert OPEN.kind is TenderActKind.OPEN


@here
def test_questions_are_marked_where_statements_give_points(ann):
    pack = read_version(ann, opened_tender(ann), 1).pack
    assert questions_to_mark(pack) == (1,)
    assert (
        questions_to_mark(replace(pack, tender=replace(pack.tender, quantity_part=type(pack.tender.quantity_part)(1))))
        == ()
    )


def test_an_evaluator_sees_no_figures_until_all_have_sent(ann):
    page = opened_tender(ann)
    assert sees_figures(ann, page.id)
    mine, other = put(ann, page, evaluator("ann", sent_on=SENT), evaluator("L. Osei"))
    assert not sees_figures(ann, page.id), "her own are sent, another's are not"
    with ann.look() as uow:
        held = uow.evaluators.of(page.id)
        with pytest.raises(StoreError, match="prices and social value are held back"):
            check_sees_figures(uow, ann.who, page.id)
        check_sees_figures(uow, "Bob", page.id)
    assert (sees_marks(held, "Ann", mine), sees_marks(held, "Ann", other)) == (True, False)
    assert not sees_marks(held, "Bob", mine)
    with ann.work("Send") as uow:
        last = uow.evaluators.get(other)
        uow.evaluators.save(other, last.version, replace(last.record, sent_on=SENT))
        uow.commit()
        held = uow.evaluators.of(page.id)
    assert sees_figures(ann, page.id)
    assert sees_marks(held, "Ann", other)
    with pytest.raises(NotFound):
        sees_figures(ann, 99)


@here
def test_after_freezing_nothing_is_held_back(ann):
    page = opened_tender(ann)
    put(ann, page, evaluator("Ann"))
    assert not sees_figures(ann, page.id)
    become(ann, page.id, TenderStatus.WITHDRAWN)
    assert sees_figures(ann, opened(ann, page.id).id)


def test_what_shows_figures_is_held_back_from_whoever_marks(ann, bob):
    page = opened_tender(ann)
    put(ann, page, evaluator("Ann"))
    for read in (open_check, open_evaluation):
        with pytest.raises(StoreError, match="You mark answers of this tender"):
            read(ann, page.id)
        assert read(bob, page.id)
