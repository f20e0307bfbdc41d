"""Frozen evaluations in the database: kept with their act, and what they rest on stays as it was."""

import sqlite3
from dataclasses import replace

import pytest

from tests.store.samples import fill, receipt, tender, tender_act
from tomsapp.domain.tender.acts import TenderActKind
from tomsapp.domain.tender.choices import TenderStatus
from tomsapp.store.check import check_database
from tomsapp.store.errors import NotFound, StoreError

KIND, STATUS = TenderActKind, TenderStatus


@pytest.fixture
def filled(database):
    return fill(database)


def stands(database, tender_id: int, kind: TenderActKind, status: TenderStatus, content: bytes | None = None) -> int:
    """Do an act, and give the tender the status that it has then."""
    with database.work("M. Reid", kind.words) as work:
        held = work.tenders.get(tender_id)
        acts = work.tender_acts.of(tender_id)
        reverses = acts[-1].id if kind is KIND.TAKE_BACK else None
        number = work.tender_acts.add(tender_id, tender_act(kind, version=None), b"{}", reverses)
        if content is not None:
            work.frozen_evaluations.add(tender_id, content, number)
        work.tenders.save(tender_id, held.version, replace(held.record, status=status))
        work.commit()
    return number


def opened(database, filled) -> None:
    stands(database, filled.tender, KIND.ISSUE, STATUS.ISSUED)
    stands(database, filled.tender, KIND.OPEN, STATUS.OPENED)


def test_what_was_frozen_comes_back_byte_for_byte(database, filled, target):
    opened(database, filled)
    act = stands(database, filled.tender, KIND.FREEZE, STATUS.FROZEN, b"the file")
    with database.look() as look:
        assert look.frozen_evaluations.content(act) == b"the file"
        assert list(look.frozen_evaluations.contents(filled.tender))[1:] == [(act, b"the file")]
        with pytest.raises(NotFound, match="There is no frozen evaluation"):
            look.frozen_evaluations.content(act - 1)
    stands(database, filled.tender, KIND.TAKE_BACK, STATUS.OPENED)
    again = stands(database, filled.tender, KIND.FREEZE, STATUS.FROZEN, b"another")
    with database.look() as look:
        assert [number for number, _ in look.frozen_evaluations.contents(filled.tender)][1:] == [act, again]
    assert check_database(target) == []


def test_nothing_is_frozen_without_its_bytes_or_its_act(database, filled):
    opened(database, filled)
    with pytest.raises(StoreError, match="An evaluation is frozen with all that it rests on"):
        stands(database, filled.tender, KIND.FREEZE, STATUS.FROZEN)
    with database.work("Bob", "Freeze") as work:
        act = work.tender_acts.of(filled.tender)[-1].id
        with pytest.raises(StoreError, match="An evaluation is frozen by an act alone"):
            work.frozen_evaluations.add(filled.tender, b"the file", act)


def test_an_act_is_about_a_bid_of_its_own_tender(database, filled):
    with database.work("Bob", "Exclude") as work:
        [held] = work.bids.of(filled.tender)
        act = work.tender_acts.add(filled.tender, tender_act(KIND.EXCLUDE, version=None), b"{}", None, held.id)
        assert work.tender_acts.of(filled.tender)[-1].bid == held.id
        other = work.tenders.add(tender("T-2"))
        work.commit()
    assert act
    with database.work("Bob", "Exclude") as work, pytest.raises(StoreError, match="about a bid of the same tender"):
        work.tender_acts.add(other.id, tender_act(KIND.EXCLUDE, version=None), b"{}", None, held.id)


@pytest.mark.parametrize("kind", [KIND.FREEZE, KIND.WITHDRAW])
def test_files_and_receipts_stay_as_they_were_frozen(database, filled, kind):
    opened(database, filled)
    status = STATUS.FROZEN if kind is KIND.FREEZE else STATUS.WITHDRAWN
    stands(database, filled.tender, kind, status, b"the file" if kind is KIND.FREEZE else None)
    with database.work("Bob", "Receive") as work, pytest.raises(StoreError, match="The evaluation is frozen"):
        work.received.add(filled.tender, "again.xlsx", b"more")
    with database.work("Bob", "Say") as work:
        (held,) = work.receipts.by_file(filled.tender).values()
        with pytest.raises(StoreError, match="The evaluation is frozen"):
            work.receipts.save(held.id, held.version, receipt(lot=2))
    stands(database, filled.tender, KIND.TAKE_BACK, STATUS.OPENED)
    with database.work("Bob", "Say") as work:
        assert work.receipts.save(held.id, held.version, receipt(lot=2)).record.lot == 2
        assert work.received.add(filled.tender, "again.xlsx", b"more")
        work.commit()


@pytest.mark.parametrize("server", ["sqlite"])
def test_bytes_that_were_changed_are_found(database, filled, target):
    opened(database, filled)
    act = stands(database, filled.tender, KIND.FREEZE, STATUS.FROZEN, b"the file")
    with sqlite3.connect(target) as connection:
        connection.execute("DROP TRIGGER frozen_evaluation_unchanged")
        connection.execute("UPDATE frozen_evaluation SET content = ?", (b"the filf",))
    with database.look() as look, pytest.raises(StoreError, match="was changed behind the program"):
        look.frozen_evaluations.content(act)
    assert any("frozen_evaluation" in str(each) or "frozen evaluation" in str(each) for each in check_database(target))
