"""Files are received: each is kept byte for byte, and told with whose it is, for what, or why it is refused."""

import hashlib
from dataclasses import replace
from datetime import date

import pytest

from tests.services.tenders.build import begin_tender, opened
from tests.services.tenders.offers import CALDER, DAY, LAMP, filled_book, issued_tender, saved, zipped
from tomsapp.domain.supplier import Supplier
from tomsapp.domain.tender.left_file import LeftFile
from tomsapp.domain.tender.pack import PackIdentity
from tomsapp.domain.tender.receipt import Standing
from tomsapp.exchange.archive import MOST_ARCHIVE
from tomsapp.exchange.offer_file import MOST_BYTES, OfferUnreadable
from tomsapp.exchange.tenders.offer_identity import Refusal
from tomsapp.room.errors import EndedUnexpectedly
from tomsapp.room.frames import WrongForm
from tomsapp.services import checking, edits
from tomsapp.services.failures import StoreError
from tomsapp.services.progress import Cancelled
from tomsapp.services.suppliers import add_supplier, delete_supplier
from tomsapp.services.tenders import found_files, strange_offers
from tomsapp.services.tenders.found_files import FoundFile, find_files
from tomsapp.services.tenders.receipt_saving import save_receipt, save_receipts
from tomsapp.services.tenders.receipts import HEADS, list_receipts, receipt_rows
from tomsapp.services.tenders.receiving import Received, receive
from tomsapp.services.tenders.strange_offers import identity_or_refusal, offer_or_refusal, read_identities, unpack

here = pytest.mark.parametrize("server", ["sqlite"])


def words(workspace, page) -> list[str]:
    return [each.judged.words for each in list_receipts(workspace, page.id)]


def files(workspace, page):
    return [each.judged.file for each in list_receipts(workspace, page.id)]


def test_an_offer_file_and_a_workbook_are_kept_and_told(ann):
    page = issued_tender(ann)
    book, plain = filled_book(ann, page), saved(ann, page, LAMP)
    done = receive(ann, page, [FoundFile("Calder/offer.xlsx", book, "Calder"), FoundFile("lamp.tomsoffer", plain)])
    assert done.result == Received((1, 2))
    first, second = files(ann, page)
    assert (first.name, first.size, first.supplier, first.lot, first.pack_version) == (
        *("Calder/offer.xlsx", len(book), CALDER.name, 1, 1),
    )
    assert (second.supplier, second.unfinished, second.refused, second.portal_at) == (LAMP.name, "", "", None)
    assert words(ann, page) == ["Counts", "Counts"]
    with ann.look() as uow:
        listed = list_receipts(ann, page.id)
        assert [uow.received.content(each.file_id) for each in listed] == [book, plain]
        held = {each.record.name: each.record for each in uow.suppliers.all()}
    assert (held[CALDER.name], held[LAMP.name]) == (CALDER, LAMP)
    with pytest.raises(StoreError, match="kept for good"):
        edits.undo(ann, done.edit)
    assert checking.check(ann.database.target) == []


def test_the_same_file_is_not_kept_twice_and_a_portals_time_is_added_once(ann):
    page = issued_tender(ann)
    data = saved(ann, page)
    assert receive(ann, page, [FoundFile("a.tomsoffer", data), FoundFile("b.tomsoffer", data)]).result.kept == (1,)
    again = receive(ann, page, [FoundFile("a.tomsoffer", data)])
    assert (again.result, again.edit) == (Received((), (1,)), None)
    late = FoundFile("a.tomsoffer", data, "", DAY, "13:01:09")
    assert receive(ann, page, [late]).edit is not None
    assert words(ann, page) == ["Late by 1 h 1 min 9 s. Does not count"]
    assert receive(ann, page, [replace(late, portal_time="11:00")]).edit is None, "what is known stays"
    assert receive(ann, page, []).result == Received()
    assert checking.check(ann.database.target) == []


def test_a_file_that_comes_again_after_another_is_the_last_and_counts(ann):
    page = issued_tender(ann)
    one, two = saved(ann, page), saved(ann, page, statements={1: "With the college."})
    a, b = FoundFile("a.tomsoffer", one), FoundFile("b.tomsoffer", two)
    receive(ann, page, [a])
    receive(ann, page, [b])
    assert receive(ann, page, [a, b]).result == Received((), (1, 2)), "in a folder nothing tells which came last"
    assert receive(ann, page, [b]).result == Received((), (2,)), "it is the last already"
    assert receive(ann, page, [a]).result == Received((3,), (), (3,))
    assert [each.judged.replaced_by for each in list_receipts(ann, page.id)] == [3, 3, None]
    assert words(ann, page)[2] == "Counts"
    assert receive(ann, page, [a]).result == Received((), (3,))
    with ann.look() as uow:
        listed = list_receipts(ann, page.id)
        assert [uow.received.content(each.file_id) for each in listed] == [one, two, one]
    assert checking.check(ann.database.target) == []


@here
def test_the_portal_says_which_of_two_came_last(ann):
    page = issued_tender(ann)
    one, two = saved(ann, page), saved(ann, page, statements={1: "With the college."})
    a = [FoundFile("a", one, "", DAY, time) for time in ("09:00", "11:00")]
    b = FoundFile("b", two, "", DAY, "10:00")
    assert receive(ann, page, [a[0], b]).result.kept == (1, 2)
    assert receive(ann, page, [b, a[1]]).result == Received((3,), (2,), (3,))
    assert words(ann, page)[2] == "Counts"
    assert receive(ann, page, [a[0], b, a[1]]).result == Received((), (3, 2))
    other = FoundFile("c", saved(ann, page, LAMP), "")
    assert receive(ann, page, [other, FoundFile("x", b"%PDF-1.7")]).result.kept == (4, 5)


@here
def test_a_file_that_is_too_large_stays_with_the_portal_and_has_a_receipt(ann, tmp_path, monkeypatch):
    page = issued_tender(ann)
    giant, bomb = tmp_path / "giant.xlsx", tmp_path / "bomb.zip"
    bomb.write_bytes(zipped(a=b"a").replace(b"PK\1\2\x14\3\x14\0\0", b"PK\1\2\x14\3\x14\0\1"))
    offer = tmp_path / "offer.tomsoffer"
    offer.write_bytes(saved(ann, page))
    monkeypatch.setattr(found_files, "MOST_KEPT", offer.stat().st_size)
    giant.write_bytes(b"x" * (offer.stat().st_size + 1))
    found = find_files([giant, bomb, offer])
    assert receive(ann, page, found).result.kept == (1, 2, 3)
    large, damaged, fine = files(ann, page)
    assert (large.size, large.is_kept) == (giant.stat().st_size, False)
    assert large.sha256 == hashlib.sha256(giant.read_bytes()).hexdigest()
    assert words(ann, page)[0] == (
        "Refused: it is larger than 100 MB, so it is not kept here and stays with the portal."
        " Ask for a file of at most 20 MB"
    )
    assert (damaged.is_kept, damaged.size) == (True, bomb.stat().st_size)
    assert words(ann, page)[1].startswith("Refused: bomb.zip has a password. Ask for the offer file")
    assert fine.is_complete
    assert receive(ann, page, find_files([giant])).result == Received((), (1,))
    receive(ann, page, [FoundFile("forged", LeftFile(5, "ab" * 32).note)])
    assert files(ann, page)[3].is_kept, "a note that a stranger sends is a file like any other"
    assert checking.check(ann.database.target) == []


def test_a_giant_can_be_given_up_and_too_much_at_once_is_said(tmp_path, monkeypatch):
    class Impatient:
        def report(self, _done: int, _total: int, text: str = "") -> None:
            if text.startswith("Looking at"):
                raise Cancelled

    monkeypatch.setattr(found_files, "MOST_KEPT", 10)
    giant = tmp_path / "giant"
    giant.write_bytes(b"x" * 11)
    with pytest.raises(Cancelled):
        find_files([giant], Impatient())
    monkeypatch.setattr(found_files, "_MOST_AT_ONCE", 20)
    (tmp_path / "a").write_bytes(b"x" * 8)
    with pytest.raises(StoreError, match="more than 1 GB"):
        find_files([tmp_path / "a"] * 3)


@here
def test_what_answers_something_else_or_is_no_offer_is_refused_and_kept(ann):
    page, other = issued_tender(ann), issued_tender(ann, "T-2026-009")
    forged = PackIdentity("T-2026-003", 1, "ab" * 32)
    given = {
        "foreign": saved(ann, other),
        "forged": saved(ann, page, pack=forged),
        "lot": saved(ann, page, lot=7),
        "pdf": b"%PDF-1.7 a method statement",
        "empty": b"",
        "encrypted": b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
        "damaged": filled_book(ann, page)[:-400],
        "json": b"{}",
        "zip": zipped(offer=b"x"),
        "large": b" " * (MOST_BYTES + 1),
    }
    receive(ann, page, [FoundFile(name, data) for name, data in given.items()])
    told = dict(zip(given, words(ann, page), strict=True))
    assert told["foreign"] == "Refused: it answers tender T-2026-009. Ask for an offer for this tender"
    assert "never issued as version 1. Ask for an offer made with the pack" in told["forged"]
    assert "lot 7, which the tender does not have" in told["lot"]
    assert told["pdf"] == "Refused: it is a PDF. Ask for the workbook of the pack, filled in"
    assert told["empty"] == "Refused: it is empty. Ask for the file again"
    assert told["encrypted"].endswith("protected with a password. Ask for the same workbook without a password")
    assert told["damaged"] == "Refused: it is damaged or incomplete. Ask for the file again"
    assert "is no offer for a tender" in told["json"]
    assert told["zip"].endswith("Ask for the offer file itself, not in a zip folder")
    assert told["large"] == "Refused: it is larger than 20 MB. Ask for a file of at most 20 MB"
    with ann.look() as uow:
        assert {each.record.name for each in uow.suppliers.all()}.isdisjoint({CALDER.name})
        kept = [uow.received.content(each.file_id) for each in list_receipts(ann, page.id)]
    assert kept == list(given.values())


@here
def test_whose_a_file_is(ann):
    page = issued_tender(ann)
    held = add_supplier(ann, Supplier("CALDER Clean Cooperative")).result
    plc = add_supplier(ann, Supplier("Lamp plc")).result
    receive(
        ann,
        page,
        [
            FoundFile("c/offer.tomsoffer", saved(ann, page), "c"),
            FoundFile("c/prices.pdf", b"%PDF-1.7 prices", "c"),
            FoundFile("lamp plc/more.pdf", b"%PDF-1.7 more", "lamp plc"),
            FoundFile("unsure", saved(ann, page, replace(LAMP, registration=""))),
            FoundFile("nameless", saved(ann, page, replace(CALDER, name=" "))),
            FoundFile("bad address", saved(ann, page, Supplier("Moor", contact_name="Mo", contact_email="none"))),
        ],
    )
    told = [each.supplier for each in files(ann, page)]
    assert told == [held.record.name, held.record.name, plc.record.name, "", "", "Moor"]
    assert words(ann, page)[3] == (
        "Not finished: it does not say whose offer it is. Ask for the registration number, as there is a supplier"
        " called Lamp plc"
    )
    assert words(ann, page)[4].endswith("Ask for the name of the organisation in the file")
    unsure = list_receipts(ann, page.id)[3]
    whose = replace(unsure.stored.record, supplier=plc.record.name)
    with pytest.raises(StoreError, match="no supplier called Nobody"):
        save_receipt(ann, page.id, unsure.stored, replace(whose, supplier="Nobody"))
    save_receipts(ann, page.id, [(unsure.stored, whose)])
    assert words(ann, page)[3] == "Counts"
    with pytest.raises(StoreError, match="Lamp plc has sent offers for tenders"):
        delete_supplier(ann, plc)


@here
def test_portals_time_and_lot_are_said_later(ann):
    page = issued_tender(ann)
    receive(ann, page, [FoundFile("a", saved(ann, page))])
    (one,) = list_receipts(ann, page.id)
    record = one.stored.record
    assert save_receipt(ann, page.id, one.stored, record).edit is None
    with pytest.raises(StoreError, match="as 11:59"):
        save_receipt(ann, page.id, one.stored, replace(record, portal_on=DAY, portal_time="noon"))
    with pytest.raises(StoreError, match="There is no lot 9"):
        save_receipt(ann, page.id, one.stored, replace(record, lot=9))
    with pytest.raises(StoreError, match="it does not exist"):
        save_receipt(ann, page.id, one.stored, replace(record, portal_on=date(2027, 3, 28), portal_time="01:30"))
    typed = replace(record, lot=2, portal_on=DAY, portal_time="12:00:01", refused="typed over")
    done = save_receipt(ann, page.id, one.stored, typed)
    assert done.result[0].record == replace(typed, refused="")
    with pytest.raises(StoreError, match="Undo stops here"):
        edits.undo(ann, done.edit)
    (row,) = receipt_rows(page.tender, list_receipts(ann, page.id))
    assert dict(zip(HEADS, row, strict=True))["Portal’s time"] == "22 January 2027, 12:00:01"
    assert row[-1] == "Late by 1 s. Does not count"
    assert row[6:9] == (CALDER.name, "2", "1")


@here
def test_nothing_is_received_for_a_draft(ann):
    page = begin_tender(ann)
    with pytest.raises(StoreError, match="T-2026-003 is draft, and nothing is received for it"):
        receive(ann, page, [FoundFile("a", b"a")])
    odd = begin_tender(ann, "T-2", deadline_at="late")
    assert receipt_rows(odd.tender, list_receipts(ann, odd.id)) == ()


@here
def test_an_old_version_counts_and_is_told(ann, bob):
    page = issued_tender(ann)
    receive(bob, opened(bob, page.id), [FoundFile("a", saved(ann, page))])
    listed = list_receipts(ann, page.id)
    assert listed[0].counts
    assert listed[0].judged.standing is Standing.COUNTS


# The files


def test_files_folders_and_a_portals_zip_are_found(tmp_path, monkeypatch):
    folder = tmp_path / "Calder"
    folder.mkdir()
    (folder / "offer 2.xlsx").write_bytes(b"2")
    (folder / "offer 10.xlsx").write_bytes(b"10")
    (folder / "~$offer 2.xlsx").write_bytes(b"lock")
    archive = tmp_path / "portal.zip"
    archive.write_bytes(
        zipped(**{"T/Lamp/a.xlsx": b"a", "T/Lamp/more/b.pdf": b"b", "T/Moor/c": b"c", "__MACOSX/T/x": b"x"})
    )
    single = tmp_path / "single.tomsoffer"
    single.write_bytes(b"{}")
    found = find_files([folder, archive, single])
    assert [(each.name, each.folder) for each in found] == [
        ("Calder/offer 2.xlsx", "Calder"),
        ("Calder/offer 10.xlsx", "Calder"),
        ("T/Lamp/a.xlsx", "Lamp"),
        ("T/Lamp/more/b.pdf", "Lamp"),
        ("T/Moor/c", "Moor"),
        ("single.tomsoffer", ""),
    ]
    assert [each.data for each in found] == [b"2", b"10", b"a", b"b", b"c", b"{}"]
    monkeypatch.setattr(found_files, "MOST_PARTS", 1)
    with pytest.raises(StoreError, match="Calder has 2 files"):
        find_files([folder])
    with pytest.raises(StoreError, match="files are too many at once"):
        find_files([single, single])
    with pytest.raises(OfferUnreadable, match="There is no file"):
        find_files([tmp_path / "none"])


def test_zip_that_is_damaged_or_too_large_is_refused():
    with pytest.raises(OfferUnreadable, match="is damaged, or no zip folder"):
        unpack(zipped(a=b"a")[:-30], "a.zip")
    with pytest.raises(OfferUnreadable, match="too large to be unpacked"):
        unpack(b" " * (MOST_ARCHIVE + 1), "a.zip")


# In the room


def test_a_file_that_breaks_the_room_is_refused_and_no_other(monkeypatch):
    real = strange_offers.ask_watched

    def ask(question):
        if "bad" in question.values["files"]:
            raise EndedUnexpectedly(question.file)
        return real(question)

    monkeypatch.setattr(strange_offers, "ask_watched", ask)
    given = [strange_offers.GivenFile("a", b"%PDF-"), strange_offers.GivenFile("bad", b"x")]
    one, other = read_identities(given)
    assert one == Refusal("it is a PDF", "the workbook of the pack, filled in")
    assert other.reason.startswith("bad ")
    one, other = strange_offers.open_offers_in_room(given)
    assert isinstance(one, OfferUnreadable)
    assert isinstance(other, EndedUnexpectedly)


@pytest.mark.parametrize("plain", [[], {"refused": [1, 2]}, {"refused": "no"}, {"read": {}}])
def test_what_the_room_says_otherwise_is_not_believed(plain):
    with pytest.raises(WrongForm):
        identity_or_refusal(plain)


def test_an_answer_that_is_no_offer_is_not_believed():
    with pytest.raises(WrongForm):
        offer_or_refusal(b"[]\n")
