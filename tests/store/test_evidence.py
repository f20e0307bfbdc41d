"""Evidence, person numbers and files in the database: kept by content, never changed, deleted for good by the rules."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from sqlite3 import IntegrityError

import psycopg
import pytest

from tests.store.samples import fill
from tomsapp.domain.delivery.evidence import Attachment, Evidence, EvidenceKind, StoredFile
from tomsapp.domain.delivery.people import DeliveryPerson, PersonKind
from tomsapp.domain.delivery.quarters import Quarter
from tomsapp.store.check import check_database
from tomsapp.store.errors import EditConflict, NotFound, StoreError
from tomsapp.store.kept import sha256_of

REFUSED = (IntegrityError, psycopg.errors.RaiseException)
LOG = b"%PDF-1.7 a log"
DIGEST = sha256_of(LOG)
DAY = date(2036, 4, 1)


@pytest.fixture
def filled(database):
    return fill(database)


def remove(database, digest: str = DIGEST, because: str = "By the retention schedule") -> None:
    with database.work("Ann", "Delete") as work:
        work.files.remove(digest, DAY, because)
        work.commit()


def test_evidence_is_kept_with_what_is_said_of_it(database, filled):
    said = Evidence(
        "Payroll", EvidenceKind.REFERENCE, "Payroll office", date(2026, 7, 1), True, None, "Two pages", frozenset({"1"})
    )
    with database.work("Bob", "Refer") as work:
        added = work.evidence.add(filled.contract, said)
        work.commit()
    with database.look() as look:
        first, second = look.evidence.of(filled.contract)
        assert (first.record.name, first.record.sha256, first.record.deliveries) == ("log.pdf", DIGEST, {"1"})
        assert (second.record, second.saved_by) == (said, "Bob")
        assert look.evidence.of(999) == []
        assert look.evidence.with_files([DIGEST, ""]) == [(filled.contract, first)]
        assert look.evidence.files_kept_until_before(date(2100, 1, 1)) == {DIGEST}
        assert look.evidence.files_kept_until_before(first.record.keep_until) == frozenset()
    with database.work("Ann", "Change") as work:
        changed = work.evidence.save(added.id, added.version, replace(said, notes="Three pages"))
        with pytest.raises(EditConflict):
            work.evidence.save(added.id, added.version, said)
        work.evidence.delete(changed.id, changed.version)
        assert [each.id for each in work.evidence.of(filled.contract)] == [first.id]
        work.commit()


def test_people_stand_behind_their_delivery(database, filled):
    with database.work("Bob", "Add") as work:
        (claim,) = work.deliveries.of(filled.contract)
        added = work.people.add(filled.contract, claim.id, DeliveryPerson("P-002", kind=PersonKind.TRANSFERRED))
        saved = work.people.save(added.id, added.version, replace(added.record, ended_on=date(2026, 8, 1)))
        work.commit()
    with database.look() as look:
        people = look.people.by_delivery(filled.contract)
        assert [each.record.number for each in people[claim.id]] == ["P-001", "P-002"]
        assert people[claim.id][1] == saved
        assert look.people.by_delivery(999) == {}


def test_a_file_is_kept_once_however_often_it_comes(database, filled):
    with database.work("Bob", "Again") as work:
        assert work.files.keep(LOG, "application/pdf") == StoredFile(DIGEST, len(LOG), "application/pdf")
        other = work.files.keep(b"another", "text/plain")
        work.attachments.add(filled.contract, Attachment("Letter", sha256=other.sha256))
        assert set(work.files.of([DIGEST, other.sha256, "none"])) == {DIGEST, other.sha256}
        assert work.files.content(DIGEST) == LOG
        assert work.attachments.files() == {DIGEST, other.sha256}
        work.commit()


def test_deleted_bytes_are_gone_and_what_they_were_stays(database, filled, raw, target):
    assert check_database(target) == []
    remove(database)
    with database.look() as look:
        assert look.files.of([DIGEST])[DIGEST] == StoredFile(
            DIGEST, len(LOG), "application/pdf", DAY, "By the retention schedule", "Ann"
        )
        with pytest.raises(NotFound, match="not here any more"):
            look.files.content(DIGEST)
    with pytest.raises(NotFound):
        remove(database)
    assert check_database(target) == []
    with database.work("Bob", "Comes again") as work:
        work.files.keep(LOG, "application/pdf")
        assert work.files.of([DIGEST])[DIGEST].removed_on is None
        work.commit()
    with database.look() as look:
        assert look.files.content(DIGEST) == LOG


def test_deleted_bytes_are_in_no_part_of_the_file(database, filled, target, server):
    del filled
    if server != "sqlite":
        pytest.skip("A server frees the room of what was deleted by itself")
    private = b"Sentences that only this file holds " * 400
    with database.work("Bob", "Keep") as work:
        digest = work.files.keep(private, "text/plain").sha256
        work.commit()
    remove(database, digest)
    database.close()
    parts = list(Path(target).parent.glob(f"{Path(target).name}*"))
    assert parts
    for part in parts:
        assert private[:36] not in part.read_bytes(), part.name


CHANGES = (
    "content = {bytes}",
    "content_sha256 = 'ab'",
    "size = 3",
    "media_type = 'text/plain'",
    "deleted = {yes}",
    "content = {none}",
    "removed_on = '2036-04-01'",
)


@pytest.mark.parametrize("change", CHANGES)
def test_stored_bytes_are_never_changed(filled, raw, server, change):
    del filled
    held = {"bytes": "x'00'", "none": "x''", "yes": "1"}
    if server == "postgresql":
        held = {"bytes": "'\\x00'", "none": "''", "yes": "true"}
    with pytest.raises(REFUSED, match=r"stored file never change|does not come back"):
        raw(f"UPDATE stored_file SET {change.format(**held)}, version = version + 1, change_id = {raw.sign()}")


def test_what_was_deleted_does_not_come_back_and_its_day_stays(database, filled, raw):
    del filled
    remove(database)
    for change in ("removed_on = NULL", "removed_because = 'Another'", "removed_on = '2036-04-02'"):
        with pytest.raises(REFUSED, match="does not come back"):
            raw(f"UPDATE stored_file SET {change}, version = version + 1, change_id = {raw.sign()}")


def test_bytes_that_were_changed_behind_the_program_are_not_given_out(database, filled, monkeypatch):
    del filled
    with database.look() as look:
        row = look.files._here(DIGEST)
        row.content = b"%PDF-1.7 another"
        with pytest.raises(StoreError, match="changed behind the program"):
            look.files.content(DIGEST)
        look._session.expunge(row)


def test_where_a_delivery_belongs(database, filled):
    with database.look() as look:
        (place,) = look.deliveries.places()
        assert (place.reference, place.measure, place.quarter) == ("C1", "J11", Quarter(0, 1))
        assert str(place.delivery) in look.evidence.of(filled.contract)[0].record.deliveries
