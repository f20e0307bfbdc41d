"""What is typed is kept, and taken up again: by the same pack, by its next version, and by an earlier tender's."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.services.bidding.finished import TYPED, typed
from tests.services.bidding.packs import NOW, QUESTIONS, lot, opened, pack, pack_two, tender, write_file
from tomsapp.domain.errors import TomsError
from tomsapp.domain.tender.parts import PartsForm
from tomsapp.domain.tender.tender_offer import TenderOffer
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.exchange.tenders.offer_json import read_tender_offer, write_tender_offer
from tomsapp.services.bidder_offers import OfferRefused, PackNotBeside
from tomsapp.services.bidding import saving
from tomsapp.services.bidding.carrying import carried_over, earlier_answers, use_again
from tomsapp.services.bidding.choosing import choose
from tomsapp.services.bidding.keeping import (
    Keeper,
    KeptElsewhere,
    SavedFile,
    earlier_versions,
    kept_offers,
    made_of,
    taken_up,
)
from tomsapp.services.bidding.opening import begin_with, newer_pack_beside, open_for_bidder
from tomsapp.services.bidding.steps import left
from tomsapp.services.bidding.typing import text_at, type_in, with_parts
from tomsapp.services.bidding.work import begin_work, bidder_place, quantity_place

D = Decimal


@pytest.fixture
def kept(tmp_path):
    folder = tmp_path / "kept"
    folder.mkdir()
    return folder


def test_what_is_typed_is_there_again(work, the_pack, kept):
    done = type_in(typed(work), quantity_place("2", 1), "a few")
    keeper = Keeper(done, kept)
    keeper.keep(done, NOW)
    keeper.note_saved(SavedFile(kept / "offer.tomsoffer", NOW, made_of(done.offer)))
    keeper.keep(done, NOW)
    again = begin_with(the_pack, kept / "a.tomspack", folder=kept)
    assert again.is_kept
    assert (again.work.offer, again.work.held) == (done.offer, done.held)
    assert text_at(again.work, quantity_place("2", 1)) == "a few"
    assert again.keeper.saved == keeper.saved


def test_what_is_kept_already_is_not_kept_again(work, kept):
    keeper = Keeper(work, kept)
    assert keeper.holds(work)
    done = type_in(typed(work), quantity_place("2", 1), "a few")
    assert not keeper.holds(done)
    keeper.keep(done, NOW)
    again = Keeper(done, kept)
    again.take_up()
    assert again.holds(done)
    assert not again.holds(type_in(done, quantity_place("2", 1), "few"))
    assert not again.holds(work)


def test_two_windows_never_write_over_each_other(work, kept):
    one, other = Keeper(work, kept), Keeper(work, kept)
    assert (one.take_up(), other.take_up()) == (None, None)
    one.keep(work, NOW)
    with pytest.raises(KeptElsewhere):
        other.keep(work, NOW)
    other.go_on_here()
    other.keep(work, NOW + timedelta(minutes=1))
    with pytest.raises(KeptElsewhere):
        one.keep(work, NOW)


def test_what_cannot_be_written_is_said(work, kept):
    keeper = Keeper(work, kept / "not there")
    with pytest.raises(TomsError, match="cannot be kept"):
        keeper.keep(work, NOW)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{",
        b'{"format": "other"}',
        b'{"format": "tomsapp-kept-offer-1"}',
        b'{"format": "tomsapp-kept-offer-1", "offer": 3}',
        b'{"format": "tomsapp-kept-offer-1", "offer": {}, "held": 1}',
        b'{"format": "tomsapp-kept-offer-1", "offer": {}, "held": [], "questions": [], "at": "soon"}',
        b'{"format": "tomsapp-kept-offer-1", "offer": {}, "held": [{"kind": "bidder", "year": "x"}]}',
        b'{"format": "tomsapp-kept-offer-1", "offer": {}, "held": [], "questions": [3], "at": "2027-01-01"}',
        b'{"format":"tomsapp-kept-offer-1","offer":{},"held":[],"questions":[],"at":"2027-01-01","title":"","council":""}',
    ],
)
def test_a_kept_file_that_somebody_wrote_is_nothing(work, the_pack, kept, content):
    keeper = Keeper(work, kept)
    keeper.path.write_bytes(content)
    assert not begin_with(the_pack, kept / "a.tomspack", folder=kept).is_kept
    assert kept_offers(kept) == ()


def test_a_new_pack_version_takes_over_what_was_typed(work, kept, tmp_path):
    done = type_in(typed(work), quantity_place("2", 1), "a few")
    Keeper(done, kept).keep(done, NOW)
    begun = begin_with(opened(tmp_path, pack_two()), tmp_path / "two.tomspack", folder=kept)
    assert begun.is_kept
    assert begun.work.offer.pack.version == 2
    assert begun.work.told == (
        "You began with pack version 1, and this is version 2.",
        *pack_two().changes,
        "Question 3 of before is not asked any more.",
    )
    assert text_at(begun.work, quantity_place("2", 1)) == "a few"
    assert begun.work.offer.bidder == done.offer.bidder
    assert set(begun.work.offer.statements) == {1, 2}
    # From here on it has its own, and the first stays.
    begun.keeper.keep(begun.work, NOW)
    assert len(kept_offers(kept)) == 2
    again = begin_with(begun.work.pack, tmp_path / "two.tomspack", folder=kept)
    assert again.work.told == ()


def test_changes_of_versions_in_between_are_told_of(work, tmp_path):
    three = begin_work(opened(tmp_path, pack_two(version=3)))
    told = carried_over(three, typed(work).offer).told
    assert "What was changed before version 3 stands in the guides of those versions." in told


def test_earlier_versions_are_those_of_the_same_tender_council_and_lot(work, kept, tmp_path):
    done = typed(work)
    Keeper(done, kept).keep(done, NOW)
    others = (
        pack_two(council="Another Council"),
        pack_two(tender=replace(tender(), reference="T-9")),
        pack_two(lots=(lot(2),)),
    )
    for other in others:
        assert earlier_versions(begin_work(opened(tmp_path, other)), kept) == ()
    assert len(earlier_versions(begin_work(opened(tmp_path, pack_two())), kept)) == 1


def test_a_newer_pack_in_the_same_folder_is_found(work, tmp_path):
    first = write_file(tmp_path)
    (tmp_path / "broken.tomspack").write_bytes(b"{")
    assert newer_pack_beside(work, first) is None
    write_file(tmp_path, pack_two(council="Another Council"), "other.tomspack")
    assert newer_pack_beside(work, first) is None
    second = write_file(tmp_path, pack_two())
    assert newer_pack_beside(work, first) == (2, second)
    assert newer_pack_beside(work, first, frozenset({second})) is None


# Opening


def test_an_offer_file_is_opened_with_the_pack_beside_it(work, kept, tmp_path):
    done, path = typed(work), tmp_path / "ours.tomsoffer"
    path.write_bytes(write_tender_offer(done.offer))
    with pytest.raises(PackNotBeside):
        open_for_bidder(path, folder=kept)
    beside = write_file(tmp_path)
    begun = open_for_bidder(path, folder=kept)
    assert (begun.work.offer, begun.pack_path, begun.problems) == (done.offer, beside, ())
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    named = write_file(elsewhere)
    beside.unlink()
    assert open_for_bidder(path, named, kept).work.offer == done.offer


def test_what_was_typed_since_a_file_was_saved_is_offered_beside_it(work, kept, tmp_path):
    done, path = typed(work), tmp_path / "ours.tomsoffer"
    write_file(tmp_path)
    path.write_bytes(write_tender_offer(done.offer))
    later = type_in(done, bidder_place("name"), "Calder Clean")
    Keeper(later, kept).keep(later, NOW)
    begun = open_for_bidder(path, folder=kept)
    assert begun.work.offer == done.offer
    assert begun.other.offer == later.offer
    Keeper(later, kept).path.write_bytes(b"")
    assert open_for_bidder(path, folder=kept).other is None


def test_a_filled_workbook_is_opened(work, kept, tmp_path):
    done = with_parts(typed(work), "2", (0,), *_half_time())
    write_file(tmp_path)
    path = saving.save_workbook(done, tmp_path / "ours", NOW)
    begun = open_for_bidder(path, folder=kept)
    assert path.name == "ours.xlsx"
    mine, theirs = (sorted(one.commitments, key=lambda each: each.measure) for one in (done.offer, begun.work.offer))
    assert [(one.measure, one.quantities, one.statement) for one in theirs if any(one.quantities)] == [
        (one.measure, one.quantities, one.statement) for one in mine
    ]
    assert begun.work.offer.bidder == done.offer.bidder
    assert begun.work.offer.statements == done.offer.statements
    assert _total(begun.work) == _total(done)


def test_other_files_are_refused_with_what_to_do(tmp_path, kept):
    path = tmp_path / "offer.json"
    path.write_bytes(b'{"menu": "barnet-open"}')
    with pytest.raises(OfferUnreadable, match="no pack of a tender, and no offer for one") as told:
        open_for_bidder(path, folder=kept)
    assert ".tomspack" in told.value.fix
    named = write_file(tmp_path).rename(tmp_path / "pack.json")
    assert open_for_bidder(named, folder=kept).work.offer.pack.version == 1


def test_an_offer_for_another_tender_is_refused(work, kept, tmp_path):
    other = replace(typed(work).offer, pack=replace(work.offer.pack, reference="T-9"))
    path = tmp_path / "ours.tomsoffer"
    path.write_bytes(write_tender_offer(other))
    with pytest.raises(OfferRefused):
        open_for_bidder(path, write_file(tmp_path), kept)


# Used again


def test_an_earlier_tenders_answers_fill_what_is_blank(work, kept, tmp_path):
    before = typed(work)
    Keeper(before, kept).keep(before, NOW)
    asked = (replace(QUESTIONS[1], number=1), replace(QUESTIONS[0], number=2, text="What else?"))
    other = begin_work(opened(tmp_path, pack(tender=replace(tender(), reference="T-2027-009"), questions=asked)))
    other = type_in(choose(other, ["S08", "V04"]), bidder_place("contact_name"), "Al")
    found = kept_offers(kept)
    done = use_again(other, found[0].offer, found[0])
    assert done.offer.bidder.name == "Calder Clean Cooperative"
    assert done.offer.bidder.contact_name == "Al"
    assert done.commitment("1").statement == "Two pupils in each term."
    assert done.commitment("1").quantities == (None, None)
    assert done.commitment("2").statement == ""
    assert done.offer.statements == {1: "Two weeks a term."}
    assert use_again(done, found[0].offer, found[0]).offer == done.offer
    answers = earlier_answers(other, found)
    assert [each.name.partition(":")[0] for each in answers] == [
        f"T-2026-003, lot 1, Cleaning of libraries and community hubs, question {number}" for number in (1, 2, 3)
    ]
    assert earlier_answers(before, found) == ()


def test_what_was_answered_for_one_lot_is_there_for_the_other(kept, tmp_path):
    both = opened(tmp_path, pack(lots=(lot(1), lot(2))))
    before, other = typed(begin_work(both, 1)), begin_work(both, 2)
    Keeper(before, kept).keep(before, NOW)
    (found,) = kept_offers(kept)
    assert (found.is_of(before), found.is_of(other)) == (True, False)
    assert [each.text for each in earlier_answers(other, [found])] == list(before.offer.statements.values())
    done = use_again(other, found.offer, found)
    assert (done.offer.lot, done.offer.bidder) == (2, before.offer.bidder)
    assert done.offer.statements == before.offer.statements
    assert done.offer.commitments == ()


# Saving


def test_a_file_is_written_only_of_what_is_finished_and_says_all_of_it(work, tmp_path):
    with pytest.raises(TomsError, match=r"4 things are left\. First: Your organisation and contact"):
        saving.save_offer(work, tmp_path / "a", NOW)
    done = typed(work)
    saved = saving.save_offer(done, tmp_path / saving.file_name(done), NOW)
    assert saved.path.name == "T-2026-003 Calder Clean Cooperative.tomsoffer"
    read = read_tender_offer(saved.path.read_bytes(), "a").offer
    assert isinstance(read, TenderOffer)
    assert (made_of(read), read.made_at) == (made_of(done.offer), NOW)
    assert saving.save_offer(done, tmp_path / "b", NOW).path.name == "b.tomsoffer"
    with pytest.raises(TomsError):
        saving.save_offer(done, tmp_path / "no" / "b.tomsoffer", NOW)


def test_the_plan_is_a_tagged_pdf(work, tmp_path):
    made = saving.make_plan(typed(work), NOW.date())
    path = saving.save_plan(made, tmp_path / "plan")
    assert path.suffix == ".pdf"
    assert path.read_bytes().startswith(b"%PDF-")
    with pikepdf.open(path) as document:
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "en-GB"
    assert made.file_name.startswith("Social Value Plan of Calder Clean Cooperative")


_WORDS = st.text(st.characters(codec=None, exclude_categories=()), max_size=30)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from([place for place, _ in TYPED]), _WORDS), max_size=8))
def test_whatever_is_typed_is_kept_and_saved_as_it_is(the_pack, kept, tmp_path, given_texts):
    """Also what is pasted with signs that no page prints: the file is written whole, or something is left to do."""
    work = typed(begin_work(the_pack))
    for place, text in given_texts:
        work = type_in(work, place, text)
    keeper = Keeper(work, kept)
    keeper.take_up()
    keeper.keep(work, NOW)
    again = begin_with(the_pack, kept / "a.tomspack", folder=kept).work
    assert (again.offer, again.held) == (work.offer, work.held)
    if not left(work):
        saved = saving.save_offer(work, tmp_path / "a", NOW)
        assert made_of(read_tender_offer(saved.path.read_bytes(), "a").offer) == made_of(work.offer)


def _half_time():
    return PartsForm.FULL_TIME_YEARS, (D(5), D(20), D(52))


def _total(work):
    return work.checked.checked.valuation.social_value


def test_taking_up_keeps_the_identity_of_the_pack(work, the_pack, kept):
    done = typed(work)
    keeper = Keeper(done, kept)
    keeper.keep(done, NOW)
    found = Keeper(done, kept).take_up()
    assert taken_up(the_pack, work, found).offer.pack == the_pack.file.identity
