"""What is set up of a tender: lots and questions by their numbers, measures of its menu, and what bidders ask."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.services.tenders.build import ASKED, begin_tender, lot, measure, opened, question, tender
from tomsapp.domain.contract import YearSpend
from tomsapp.domain.keys import measure_key
from tomsapp.domain.priority import Priority
from tomsapp.domain.tender.acts import TenderActFacts, TenderActKind
from tomsapp.domain.tender.choices import TenderStatus
from tomsapp.domain.tender.setup import Step
from tomsapp.domain.tender.tender_measure import MeasureUse
from tomsapp.services import edits
from tomsapp.services.failures import EditConflict, NotFound, StoreError
from tomsapp.services.tenders.choosing import MeasureSort, Subset, add_measures, measures_of
from tomsapp.services.tenders.facts import TENDER_FACTS, delete_tender
from tomsapp.services.tenders.parts import BIDDER_QUESTIONS, LOTS, MEASURES, QUESTIONS
from tomsapp.services.tenders.reading import TenderListRow, list_tenders, open_tender


def lots_of(page) -> list[tuple[int, str]]:
    return [(each.record.number, each.record.title) for each in page.lots]


def become(workspace, tender_id: int, status: TenderStatus) -> None:
    """Put a tender into a status under an act, whichever it is."""
    with workspace.work("Do something with it") as uow:
        uow.tender_acts.add(tender_id, TenderActFacts(TenderActKind.WITHDRAW, date(2027, 1, 4), "Lead"), b"{}")
        held = uow.tenders.hold(tender_id)
        uow.tenders.save(tender_id, held.version, replace(held.record, status=status))
        uow.commit()


# The one reading


def test_tender_is_read_as_a_whole(ann):
    page = begin_tender(ann)
    assert (page.tender, page.council) == (tender(), "Larkmere Council")
    assert lots_of(page) == [(1, "Offices"), (2, "Libraries")]
    assert [each.record.measure for each in page.measures] == ["J01", "V01"], "in the order of the menu"
    assert [each.record for each in page.questions] == [question()]
    assert [each.record for each in page.asked] == [ASKED]
    assert page.edition is not None
    assert page.edition.name == "barnet-open 2026.2"
    assert {each.step for each in page.problems} <= set(Step)
    assert list_tenders(ann) == [TenderListRow(page.id, 1, page.tender, 2, Decimal("2400000.00"))]
    with pytest.raises(NotFound):
        open_tender(ann, 999)


def test_tender_of_which_nothing_is_set_up_says_what_is_missing(ann):
    stored = TENDER_FACTS.add(ann, tender(menu="", edition="")).result
    page = open_tender(ann, stored.id)
    assert (page.edition, page.edition_trouble) == (None, "")
    assert {each.step for each in page.problems if each.is_error} >= {Step.LOTS, Step.MENU}
    assert list_tenders(ann) == [TenderListRow(page.id, 1, page.tender, 0, None)]


def test_edition_that_cannot_be_read_is_told(ann):
    page = begin_tender(ann)
    with ann.work("Name another") as uow:
        uow.editions.add("gone", "2020", "ab" * 32, b"bytes")
        held = uow.tenders.hold(page.id)
        uow.tenders.save(page.id, held.version, replace(held.record, menu="gone", edition="2020"))
        uow.commit()
    page = opened(ann, page.id)
    assert page.edition is None
    assert "gone" in page.edition_trouble
    assert len(page.measures) == 2


# Lots and questions


def test_lots_get_the_next_numbers_and_each_edit_is_undone(ann):
    page = begin_tender(ann)
    done = LOTS.add(ann, page, [lot("Schools"), lot("Depots")])
    assert done.edit.label == "Add 2 lots to T-2026-003"
    assert lots_of(opened(ann, page.id))[2:] == [(3, "Schools"), (4, "Depots")]
    edits.undo(ann, done.edit)
    assert lots_of(opened(ann, page.id)) == lots_of(page)
    edits.redo(ann, done.edit)
    first = page.lots[0]
    framework = (YearSpend(0, Decimal(5)), YearSpend(1, Decimal(7)))
    saved = LOTS.save(ann, page, first, replace(first.record, title="Town hall", spend=framework))
    assert saved.edit.label == "Change lot 1, Town hall of T-2026-003"
    assert opened(ann, page.id).lots[0].record.spend == framework
    edits.undo(ann, saved.edit)
    assert opened(ann, page.id).lots[0].record == first.record
    assert LOTS.save(ann, page, first, first.record).edit is None
    assert LOTS.add(ann, page, []).edit is None
    assert LOTS.remove(ann, page, []).edit is None


def test_numbers_of_a_draft_close_up_and_that_is_undone(ann):
    page = begin_tender(ann)
    LOTS.add(ann, page, [lot("Schools"), lot("Depots")])
    page = opened(ann, page.id)
    done = LOTS.remove(ann, page, [page.lots[0], page.lots[2]])
    assert done.edit.label == "Remove 2 lots from T-2026-003"
    assert lots_of(opened(ann, page.id)) == [(1, "Libraries"), (2, "Depots")]
    edits.undo(ann, done.edit)
    assert lots_of(opened(ann, page.id)) == lots_of(page)
    edits.redo(ann, done.edit)
    assert lots_of(opened(ann, page.id)) == [(1, "Libraries"), (2, "Depots")]


def test_lots_of_a_draft_are_put_in_another_order_and_that_is_undone(ann):
    page = begin_tender(ann)
    done = LOTS.order(ann, page, page.lots[::-1])
    assert done.edit.label == "Order the lots of T-2026-003"
    assert lots_of(opened(ann, page.id)) == [(1, "Libraries"), (2, "Offices")]
    edits.undo(ann, done.edit)
    assert lots_of(opened(ann, page.id)) == lots_of(page)
    assert LOTS.order(ann, page, page.lots).edit is None
    page = opened(ann, page.id)
    LOTS.add(ann, page, [lot("Schools")])
    with pytest.raises(StoreError, match="Somebody changed the lots of T-2026-003 meanwhile"):
        LOTS.order(ann, page, page.lots[::-1])


def test_no_number_is_there_twice_whoever_undoes(ann, bob):
    page = begin_tender(ann)
    gone = LOTS.remove(ann, page, [page.lots[1]])
    LOTS.add(bob, opened(bob, page.id), [lot("Schools")])
    with pytest.raises(StoreError, match="There are two lots with the number 2"):
        edits.undo(ann, gone.edit)
    page = opened(ann, page.id)
    assert lots_of(page) == [(1, "Offices"), (2, "Schools")]
    with pytest.raises(StoreError, match="There are two lots with the number 1"):
        LOTS.save(ann, page, page.lots[1], replace(page.lots[1].record, number=1))
    (taken,) = LOTS.check(ann, page, replace(page.lots[1].record, number=1), page.lots[1].id)
    assert (taken.message, taken.where.field) == ("There is lot 1 already", "number")
    assert LOTS.check(ann, page, page.lots[1].record, page.lots[1].id) == []


def test_issued_tender_keeps_its_numbers_and_takes_further_lots(ann):
    page = begin_tender(ann)
    ordered = LOTS.order(ann, page, page.lots[::-1])
    become(ann, page.id, TenderStatus.ISSUED)
    page = opened(ann, page.id)
    words = "T-2026-003 is issued, so lot [12] keeps its number"
    with pytest.raises(StoreError, match=words):
        edits.undo(ann, ordered.edit)
    with pytest.raises(StoreError, match=words):
        LOTS.order(ann, page, page.lots[::-1])
    with pytest.raises(StoreError, match=words):
        LOTS.save(ann, page, page.lots[0], replace(page.lots[0].record, number=7))
    LOTS.remove(ann, page, page.lots[:1])
    page = opened(ann, page.id)
    assert lots_of(page) == [(2, "Offices")]
    LOTS.add(ann, page, [lot("Schools")])
    assert lots_of(opened(ann, page.id)) == [(2, "Offices"), (3, "Schools")]


@pytest.mark.parametrize("server", ["sqlite"])
def test_what_is_set_up_is_fixed_once_offers_are_opened(ann):
    page = begin_tender(ann)
    added = LOTS.add(ann, page, [lot("Schools")])
    become(ann, page.id, TenderStatus.OPENED)
    first, asked = page.lots[0], page.asked[0]
    tries = [
        lambda: LOTS.add(ann, page, [lot()]),
        lambda: LOTS.save(ann, page, first, replace(first.record, title="Roads")),
        lambda: LOTS.remove(ann, page, [first]),
        lambda: LOTS.order(ann, page, page.lots[::-1]),
        lambda: BIDDER_QUESTIONS.save(ann, page, asked, replace(ASKED, answer="Yes", answered_on=ASKED.asked_on)),
        lambda: edits.undo(ann, added.edit),
    ]
    for each in tries:
        with pytest.raises(StoreError, match="T-2026-003 is opened, so what was set up is fixed"):
            each()


def test_nothing_is_set_up_of_a_tender_that_somebody_deleted(ann, bob):
    page = begin_tender(ann)
    delete_tender(bob, page)
    with pytest.raises(EditConflict):
        LOTS.add(ann, page, [lot()])


@pytest.mark.parametrize("server", ["sqlite"])
def test_no_more_questions_than_can_be_asked(ann):
    page = begin_tender(ann)
    with pytest.raises(StoreError, match="A tender has at most 50 questions"):
        QUESTIONS.add(ann, page, [question()] * 50)
    assert len(QUESTIONS.add(ann, page, [question()] * 49).result) == 49


@pytest.mark.parametrize("server", ["sqlite"])
def test_what_is_wrong_is_not_saved_whichever_way_it_comes(ann):
    page = begin_tender(ann)
    with pytest.raises(StoreError, match="value with VAT is below"):
        LOTS.add(ann, page, [lot(value_with_vat=Decimal(1))])
    with pytest.raises(StoreError, match="no answer"):
        BIDDER_QUESTIONS.save(ann, page, page.asked[0], replace(ASKED, answered_on=date(2027, 1, 6)))
    form = QUESTIONS.form(page)
    assert [each.where.field for each in form.check(ann, replace(question(), number=9, weight=Decimal(101)))] == [
        "weight"
    ]
    added = form.add(ann, question("Training"))
    assert added.result.record.number == 2
    saved = form.save(ann, added.result, replace(added.result.record, most_words=250))
    assert opened(ann, page.id).questions[1].record == saved.result.record


# Measures


def test_measures_are_chosen_by_theme_priority_and_sort_in_one_go(ann):
    page = begin_tender(ann)
    edition = page.edition
    assert edition is not None
    assert measures_of(edition, Subset()) == tuple(edition.places)
    theme = edition.themes[0]
    of_theme = measures_of(edition, Subset(themes={theme.number}))
    assert of_theme == tuple(each.code for outcome in theme.outcomes for each in outcome.measures)
    jobs = Priority("Jobs", measures=frozenset({measure_key("barnet-open", "J01"), measure_key("other", "V01")}))
    assert measures_of(edition, Subset(priorities=[jobs])) == ("J01",)
    sorts = [measures_of(edition, Subset(sorts=[sort])) for sort in MeasureSort]
    assert sorted(code for each in sorts for code in each) == sorted(edition.places)
    assert all(sorts)
    assert all(sort.words for sort in MeasureSort)
    done = add_measures(ann, page, of_theme, MeasureUse.CONDITION)
    new = [code for code in of_theme if code not in {"J01", "V01"}]
    assert [each.record.measure for each in done.result] == new
    assert all(each.record.is_condition for each in done.result)
    assert done.edit.label == f"Add {len(new)} measures to T-2026-003"
    with pytest.raises(EditConflict):
        add_measures(ann, page, of_theme)
    edits.undo(ann, done.edit)
    assert opened(ann, page.id).measures == page.measures
    edits.redo(ann, done.edit)
    page = opened(ann, page.id)
    MEASURES.remove(ann, page, page.measures)
    assert opened(ann, page.id).measures == ()


def test_several_measures_are_changed_in_one_edit(ann):
    page = begin_tender(ann)
    pairs = [(each, replace(each.record, relevance="Asked of all")) for each in page.measures]
    done = MEASURES.save_many(ann, page, pairs)
    assert done.edit.label == "Change 2 measures of T-2026-003"
    assert [each.record.relevance for each in opened(ann, page.id).measures] == ["Asked of all"] * 2
    edits.undo(ann, done.edit)
    assert [each.record for each in opened(ann, page.id).measures] == [measure("J01", "2"), measure("V01", "100")]
