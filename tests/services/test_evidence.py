"""Evidence is attached, taken away and deleted by the rules, and no file is trusted by its name."""

import stat
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.services.council import opened, promise, seal, what_happened
from tests.services.deliveries import accept, begin_signed, claim, delivered, enter
from tomsapp.domain.delivery.evidence import STORED_FILE, Evidence, EvidenceKind
from tomsapp.domain.delivery.rules import DeliveryRules
from tomsapp.domain.history import HistoryWanted
from tomsapp.domain.problems import Problem
from tomsapp.domain.seal import ActKind
from tomsapp.services import edits, evidence, kept_files
from tomsapp.services.evidence import OfferedFile
from tomsapp.services.failures import EditConflict, NotFound, StoreError
from tomsapp.services.history import read_history

RULES = DeliveryRules()
LOG = b"%PDF-1.7 a log of the hours"
FILE = OfferedFile("log.pdf", LOG, "application/pdf")
KEPT = date(2036, 3, 31)
LATER = date(2036, 4, 1)


@pytest.fixture
def made(ann):
    return begin_signed(ann)


def offered(*claims, **changes):
    numbers = frozenset(str(each.id) for each in claims)
    return replace(Evidence("log.pdf", keep_until=KEPT, deliveries=numbers), **changes)


def attach(workspace, made, *claims, file=FILE, **changes):
    return evidence.attach(workspace, delivered(workspace, made), offered(*claims, **changes), file)


def test_the_history_of_the_council_names_a_file_by_its_checksum(ann, made):
    (held, _) = enter(ann, made, *(claim(line) for line in made.lines))
    attach(ann, made, held)
    (view,) = evidence.evidence_of(ann, made.id)
    (told,) = read_history(ann, HistoryWanted(kinds=(STORED_FILE,))).lines
    assert told.record == view.stored.short_hash


def test_file_is_attached_with_undo_and_kept_once(ann, made):
    first, second = enter(ann, made, *(claim(line) for line in made.lines))
    done = attach(ann, made, first)
    (view,) = evidence.evidence_of(ann, made.id)
    assert (view.stored.size, view.stored.media_type, view.elsewhere) == (len(LOG), "application/pdf", frozenset())
    assert ("Ann", "Attach log.pdf for C1", "evidence", "added") in what_happened(ann, made.id)
    attach(ann, made, second, name="the same under another name.pdf")
    one, other = evidence.evidence_of(ann, made.id)
    assert (one.elsewhere, other.elsewhere) == ({str(second.id)}, {str(first.id)})
    assert one.stored == other.stored
    edits.undo(ann, done.edit)
    (left,) = evidence.evidence_of(ann, made.id)
    assert (left.evidence.record.deliveries, left.elsewhere) == ({str(second.id)}, frozenset())
    edits.redo(ann, done.edit)
    assert len(evidence.evidence_of(ann, made.id)) == 2


def test_a_reference_that_is_given_for_two_claims_is_found(ann, made):
    first, second = enter(ann, made, *(claim(line) for line in made.lines))
    for held, said in ((first, "Folder 12, page 3"), (second, "folder 12,  Page 3")):
        attach(ann, made, held, file=None, kind=EvidenceKind.REFERENCE, reference=said, keep_until=None)
    one, other = evidence.evidence_of(ann, made.id)
    assert (one.elsewhere, other.elsewhere) == ({str(second.id)}, {str(first.id)})


def test_reference_needs_no_file(ann, made):
    (held,) = enter(ann, made, claim(made.lines[0]))
    attach(ann, made, held, file=None, kind=EvidenceKind.REFERENCE, reference="Bank statement 12", keep_until=None)
    (view,) = evidence.evidence_of(ann, made.id)
    assert (view.stored, view.evidence.record.sha256) == (None, "")


def test_what_is_wrong_is_refused_and_nothing_is_kept(ann, made):
    (held,) = enter(ann, made, claim(made.lines[0]))
    for changes, words in (
        ({"keep_until": None}, "Enter the day until which the file is kept"),
        ({"name": ""}, "Enter what it is"),
        ({"deliveries": frozenset({"999"})}, "not of this contract"),
    ):
        with pytest.raises(StoreError) as refused:
            attach(ann, made, held, **changes)
        assert words in f"{refused.value.message} {refused.value.fix}"
    with pytest.raises(StoreError) as refused:
        attach(ann, made, held, file=None)
    assert "Choose a file" in f"{refused.value.message} {refused.value.fix}"
    assert evidence.evidence_of(ann, made.id) == ()
    with ann.look() as uow:
        assert uow.files.of(["x"]) == {}


def test_papers_about_people_are_not_kept(ann):
    made = begin_signed(ann, promise("J07", "1", "0"))
    (held,) = enter(ann, made, claim(made.lines[0], claimed="1"))
    with pytest.raises(StoreError, match="J07 is about people"):
        attach(ann, made, held)
    attach(ann, made, held, file=None, kind=EvidenceKind.REFERENCE, reference="P-001", keep_until=None)


def test_a_claim_has_so_many_pieces_of_evidence_and_no_more(ann, made):
    (held,) = enter(ann, made, claim(made.lines[0]))
    page = delivered(ann, made)
    piece = offered(held)
    assert evidence.check_evidence(page, piece, FILE, [piece] * 19) == []
    (problem,) = evidence.check_evidence(page, piece, FILE, [piece] * 20)
    assert problem.message == "This claim has 20 pieces of evidence already"


def test_evidence_is_changed_and_taken_away_but_not_from_under_an_acceptance(ann, bob, made):
    (held,) = enter(ann, made, claim(made.lines[0]))
    first = attach(ann, made, held).result
    page = delivered(ann, made)
    changed = evidence.change_evidence(ann, page, first, replace(first.record, notes="Signed by two")).result
    with pytest.raises(EditConflict):
        evidence.change_evidence(bob, page, first, replace(first.record, notes="Signed by one"))
    accept(bob, made, held)
    page = delivered(ann, made)
    for act in (
        lambda: evidence.take_away(ann, page, changed),
        lambda: evidence.change_evidence(ann, page, changed, replace(changed.record, deliveries=frozenset())),
    ):
        with pytest.raises(StoreError, match="its only evidence"):
            act()
    attach(ann, made, held, file=replace(FILE, content=b"%PDF-1.7 another"))
    done = evidence.take_away(ann, delivered(ann, made), changed)
    assert len(evidence.evidence_of(ann, made.id)) == 1
    edits.undo(ann, done.edit)
    assert len(evidence.evidence_of(ann, made.id)) == 2


@pytest.mark.parametrize(
    ("name", "data", "media"),
    [
        ("a.pdf", LOG, "application/pdf"),
        ("a.txt", b"\x89PNG\r\n\x1a\nrest", "image/png"),
        ("a.png", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("a.csv", b"name,hours\nP-001,3\n", "text/csv"),
        ("no ending", bytes(range(256)), evidence.UNKNOWN),
    ],
)
def test_what_a_file_is_is_told_from_its_content(name, data, media):
    assert evidence.offered_file(name, data, RULES) == OfferedFile(name, data, media)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("run.exe", b"anything", "evidence-program"),
        ("LOG.PDF.BAT", b"anything", "evidence-program"),
        ("log.pdf", b"MZ\x90\x00", "evidence-program"),
        ("log.txt", b"#!/bin/sh\n", "evidence-program"),
        ("log.xlsm", b"PK", "evidence-program"),
        ("log.pdf", b"", "evidence-empty"),
        ("log.pdf", b"x" * 1_000_001, "evidence-too-large"),
    ],
)
def test_programs_and_files_of_no_or_too_much_content_are_refused(name, data, code):
    found = evidence.offered_file(name, data, replace(RULES, most_file_mb=Decimal(1)))
    assert isinstance(found, Problem)
    assert found.code == code
    assert found.fix


def test_file_is_read_from_its_place_or_told_why_not(tmp_path):
    place = tmp_path / "log.pdf"
    place.write_bytes(LOG)
    assert evidence.read_file(place, RULES) == FILE
    assert evidence.read_file(tmp_path / "none.pdf", RULES).code == "missing-file"
    assert evidence.read_file(tmp_path, RULES).code == "unreadable-file"


def test_copy_to_open_is_for_its_owner_alone_and_never_run(ann, made, tmp_path):
    (held,) = enter(ann, made, claim(made.lines[0]))
    said = attach(ann, made, held, name="../../up: log\u00e9.pdf").result.record
    copy = kept_files.copy_to_open(ann, said, tmp_path)
    assert (copy.read_bytes(), copy.name) == (LOG, "_.._up_ log\u00e9.pdf")
    assert copy.parent.parent == tmp_path
    assert stat.S_IMODE(copy.stat().st_mode) == stat.S_IRUSR
    assert kept_files.copy_to_open(ann, said, tmp_path).parent != copy.parent
    blocked = tmp_path / "a file"
    blocked.write_bytes(b"")
    with pytest.raises(StoreError, match="cannot be copied"):
        kept_files.copy_to_open(ann, said, blocked)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("", "evidence"),
        ("..", "evidence"),
        ("con/../a.pdf", "con_.._a.pdf"),
        ("x" * 300 + ".pdf", "x" * 80 + ".pdf"),
        ("com¹.pdf", "_com¹.pdf"),
        ("CON .txt", "_CON.txt"),
        ("lpt1 . .pdf", "_lpt1.pdf"),
        ("a.b" + " " * 12 + "c", "a.b"),
    ],
)
def test_name_of_a_copy(name, safe):
    assert kept_files.safe_name(name) == safe


def test_files_are_deleted_when_their_day_is_over_and_what_they_were_stays(ann, made):
    first, second = enter(ann, made, *(claim(line) for line in made.lines))
    digest = attach(ann, made, first).result.record.sha256
    assert kept_files.due_files(ann, KEPT) == []
    (due,) = kept_files.due_files(ann, LATER)
    assert due.words.startswith("log.pdf of C1, kept until ")
    assert (due.stored.sha256, [number for number, _ in due.evidence]) == (digest, [made.id])
    longer = attach(ann, made, second, keep_until=date(2040, 1, 1)).result
    assert kept_files.due_files(ann, LATER) == []
    with pytest.raises(StoreError, match="needed longer"):
        kept_files.delete_files(ann, [digest], "By the schedule", LATER)
    evidence.take_away(ann, delivered(ann, made), longer)
    with pytest.raises(StoreError, match="No reason"):
        kept_files.delete_files(ann, [digest], " ", LATER)
    assert kept_files.delete_files(ann, [digest, digest], "By the schedule", LATER).result == 1
    (view,) = evidence.evidence_of(ann, made.id)
    gone = view.stored
    assert (gone.removed_on, gone.removed_because, gone.removed_by) == (LATER, "By the schedule", "Ann")
    assert (gone.sha256, gone.size) == (digest, len(LOG))
    with pytest.raises(NotFound):
        kept_files.file_content(ann, digest)
    assert kept_files.due_files(ann, LATER) == []


@pytest.mark.parametrize("kind", [ActKind.REOPEN, ActKind.WITHDRAW])
def test_contract_under_which_something_was_delivered_is_varied_and_never_unsigned(ann, made, kind):
    (held,) = enter(ann, made, claim(made.lines[0]))
    with pytest.raises(StoreError, match="what was signed stays") as refused:
        seal(ann, made.id, kind)
    assert refused.value.fix.startswith("Vary the contract")
    assert opened(ann, made.id).contract.status.value == "signed"
    assert delivered(ann, made).deliveries == (held,)
