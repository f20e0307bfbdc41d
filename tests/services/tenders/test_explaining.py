"""Scores are explained once the evaluation is frozen, and bidders are told when all is explained and awarded."""

from dataclasses import replace
from datetime import date

import pytest

from tests.services.tenders.build import opened
from tests.services.tenders.evaluations import evaluated_tender, evaluation, freeze_it
from tests.services.tenders.offers import CALDER, LAMP, OPEN, PAST
from tomsapp.domain.tender.acts import TenderActKind
from tomsapp.domain.tender.explaining import ScoreExplanation
from tomsapp.services import edits, history
from tomsapp.services.council_papers import save_papers
from tomsapp.services.failures import StoreError
from tomsapp.services.progress import NoProgress
from tomsapp.services.suppliers import SUPPLIERS
from tomsapp.services.tenders.acts import do
from tomsapp.services.tenders.awarding import award
from tomsapp.services.tenders.explaining import explain, open_explanations
from tomsapp.services.tenders.summaries import save_summaries, summary_paper
from tomsapp.store.errors import EditConflict

here = pytest.mark.parametrize("server", ["sqlite"])
AWARD = replace(OPEN, kind=TenderActKind.AWARD, lot=1, supplier=LAMP.name)
DAY = date(2027, 2, 8)
TEXT = "The plan names each site, with dates and with whoever answers for it"


@pytest.fixture
def frozen(ann):
    """The tender with its evaluation frozen: Lamp is first."""
    page = evaluated_tender(ann)
    freeze_it(ann, page)
    return page


def read(workspace, page):
    return open_explanations(workspace, page.id, now=PAST)


def missing(workspace, page):
    return [(each.supplier, each.criterion.key) for each in read(workspace, page).lot(1).scores if each.is_missing]


def write(workspace, page, supplier, text=TEXT, criterion="quality"):
    lot = read(workspace, page).lot(1)
    score = next(each for each in lot.scores if (each.supplier, each.criterion.key) == (supplier, criterion))
    said = ScoreExplanation(score.bid, criterion, score.basis, text)
    return explain(workspace, page.id, said, lot.before(score))


def ready(workspace, page):
    """Explain all, award the lot and give the winner an address."""
    for name in (CALDER.name, LAMP.name):
        write(workspace, page, name)
    award(workspace, evaluation(workspace, page), AWARD, PAST)
    with workspace.look() as uow:
        held = next(each for each in uow.suppliers.all() if each.record.name == LAMP.name)
    SUPPLIERS.save(workspace, held, replace(held.record, address="1 High Street, London N12 0AA"))


def test_what_people_judged_must_be_written_and_the_rest_is_proposed(ann, bob, frozen):
    assert missing(ann, frozen) == [(LAMP.name, "quality"), (CALDER.name, "quality")]
    done = write(ann, frozen, LAMP.name)
    assert missing(ann, frozen) == [(CALDER.name, "quality")]
    assert done.result.record.by == ann.who
    assert done.edit.label == f"Explain the score of {LAMP.name}, lot 1 for quality in T-2026-003"
    told = [line for line in history.tender_history(ann, frozen.id) if TEXT in str(line)]
    assert len(told) == 1
    again = write(bob, frozen, LAMP.name)
    assert again.edit is None
    assert again.result.record.by == ann.who
    changed = write(bob, frozen, LAMP.name, f"{TEXT}, as the panel saw")
    assert changed.result.record.by == bob.who
    with pytest.raises(EditConflict):
        explain(ann, frozen.id, replace(done.result.record, text=f"{TEXT}!"), done.result)


@here
def test_it_is_undone_and_done_again(ann, frozen):
    done = write(ann, frozen, LAMP.name)
    edits.undo(ann, done.edit)
    assert (LAMP.name, "quality") in missing(ann, frozen)
    edits.redo(ann, done.edit)
    assert missing(ann, frozen) == [(CALDER.name, "quality")]


@here
def test_nothing_is_explained_while_scores_can_change(ann):
    page = evaluated_tender(ann)
    with pytest.raises(StoreError, match="its scores can still change"):
        write(ann, page, LAMP.name)


@here
def test_an_explanation_that_says_nothing_is_refused(ann, frozen):
    with pytest.raises(StoreError, match="says too little"):
        write(ann, frozen, LAMP.name, "Good")


@here
def test_undo_stops_once_scores_can_change_again(ann, frozen):
    done = write(ann, frozen, LAMP.name)
    page = opened(ann, frozen.id)
    act = next(each for each in page.acts if each.kind is TenderActKind.FREEZE)
    back = replace(OPEN, kind=TenderActKind.TAKE_BACK, reason="One mark was entered wrongly by the panel")
    do(ann, page, back, PAST, act)
    with pytest.raises(StoreError, match="its scores can still change"):
        edits.undo(ann, done.edit)


@here
def test_a_tender_that_ends_before_it_is_frozen_explains_no_score(ann):
    page = evaluated_tender(ann)
    over = replace(OPEN, kind=TenderActKind.WITHDRAW, reason="There is no budget any more")
    do(ann, page, over, PAST)
    with pytest.raises(StoreError, match="its scores can still change"):
        write(ann, page, LAMP.name)
    key = read(ann, page).lot(1).keys[0]
    with pytest.raises(StoreError, match="its scores can still change"):
        summary_paper(ann, page.id, 1, key, DAY, now=PAST)


@here
def test_bidders_are_told_when_all_is_explained_and_awarded(ann, frozen, tmp_path):
    folder = tmp_path / "summaries"
    folder.mkdir()
    with pytest.raises(StoreError, match="Lot 1 is not awarded yet"):
        save_summaries(ann, frozen.id, 1, folder, DAY, now=PAST)
    write(ann, frozen, LAMP.name)
    award(ann, evaluation(ann, frozen), AWARD, PAST)
    with pytest.raises(StoreError, match=r"Bidders cannot be told yet: Quality of .* is still to be explained"):
        save_summaries(ann, frozen.id, 1, folder, DAY, now=PAST)
    assert list(folder.iterdir()) == []


@here
def test_each_bidder_has_a_summary_as_pdf_and_as_word(ann, frozen, tmp_path):
    ready(ann, frozen)
    lot = read(ann, frozen).lot(1)
    assert lot.missing == ()
    watched = NoProgress()
    written = save_summaries(ann, frozen.id, 1, tmp_path, DAY, progress=watched, now=PAST)
    names = [f"T-2026-003 lot 1 assessment summary {name}" for name in (LAMP.name, CALDER.name)]
    assert [path.name for path in written] == [f"{name}{end}" for name in names for end in (".pdf", ".docx")]
    assert all(path.read_bytes() for path in written)


@here
def test_papers_that_would_be_called_the_same_are_all_written(ann, frozen, tmp_path):
    lot = read(ann, frozen).lot(1)
    same, other = (summary_paper(ann, frozen.id, 1, key, DAY, now=PAST) for key in lot.keys)
    papers = [("one", same), ("another", replace(other, file=same.file.upper())), ("a third", same)]
    written = save_papers(ann, papers, tmp_path)
    assert len({path.name.casefold() for path in written}) == 6
    assert [path.stem[len(same.file) :] for path in written] == ["", "", " 2", " 2", " 3", " 3"]
    assert all(path.exists() for path in written)


@here
def test_a_summary_tells_a_bidder_of_itself_and_of_the_winner_alone(ann, frozen):
    ready(ann, frozen)
    lot = read(ann, frozen).lot(1)
    winner, loser = lot.keys
    words = "\n".join(summary_paper(ann, frozen.id, 1, loser, DAY).words)
    assert f"The contract is awarded to {LAMP.name}" in words
    assert "1 High Street, London N12 0AA" in words
    assert words.count(TEXT) == 2
    own = "\n".join(summary_paper(ann, frozen.id, 1, winner, DAY).words)
    assert "The contract is awarded to you" in own
    assert CALDER.name not in own


@here
def test_a_bidder_who_was_renamed_is_still_the_winner(ann, frozen):
    ready(ann, frozen)
    with ann.look() as uow:
        held = next(each for each in uow.suppliers.all() if each.record.name == LAMP.name)
    SUPPLIERS.save(ann, held, replace(held.record, name="Lamp Services Ltd"))
    lot = read(ann, frozen).lot(1)
    assert lot.suppliers[lot.awarded].name == "Lamp Services Ltd"
    words = "\n".join(summary_paper(ann, frozen.id, 1, lot.keys[1], DAY).words)
    assert "The contract is awarded to Lamp Services Ltd" in words
