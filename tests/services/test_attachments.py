"""Papers of a contract: added, changed, taken out, undone, within the limits, and kept once by their content."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial

import pytest

from tests.services.council import begin
from tests.services.deliveries import begin_signed, delivered
from tomsapp.domain.delivery.contract_files import ContractFile
from tomsapp.domain.delivery.evidence import Attachment, Evidence
from tomsapp.reports.attachments import read_attachments
from tomsapp.reports.render import printed_text
from tomsapp.services import contracts, edits, kept_files, reporting
from tomsapp.services.attachments import add_files, change_attachment, contract_files, open_attachments, take_out
from tomsapp.services.delivery_rules import RULES_OF_DELIVERY, rules_now
from tomsapp.services.evidence import OfferedFile, attach, limits_of
from tomsapp.services.failures import EditConflict, NotFound, StoreError
from tomsapp.services.reporting import contract_report
from tomsapp.services.verifying import verify_pdf
from tomsapp.store.kept import sha256_of

SIGNED = OfferedFile("signed.pdf", b"%PDF-1.7 the agreement", "application/pdf")
LETTER = OfferedFile("letter.txt", b"Dear council", "text/plain")


def papers(ann, made):
    return [view.attachment.record for view in open_attachments(ann, made.id).papers]


def names(ann, made):
    return [paper.name for paper in papers(ann, made)]


def test_papers_are_added_changed_taken_out_and_undone(ann):
    made = begin(ann)
    done = add_files(ann, open_attachments(ann, made.id), [SIGNED, LETTER])
    assert (names(ann, made), done.result) == (["signed.pdf", "letter.txt"], ())
    assert done.edit.label == "Add 2 files to C1"
    opened = open_attachments(ann, made.id)
    first = opened.papers[0]
    assert (first.stored.size, first.stored.media_type) == (len(SIGNED.content), "application/pdf")
    after = Attachment("Signed agreement", "Both sides", sha256="0" * 64)
    change_attachment(ann, opened, first.attachment, after)
    assert papers(ann, made)[0] == replace(after, sha256=first.stored.sha256), "the file stays"
    opened = open_attachments(ann, made.id)
    taken = take_out(ann, opened, opened.papers[1].attachment)
    assert names(ann, made) == ["Signed agreement"]
    edits.undo(ann, taken.edit)
    assert names(ann, made) == ["Signed agreement", "letter.txt"]


def test_a_paper_that_is_there_is_passed_over(ann):
    made = begin(ann)
    again = replace(SIGNED, name="copy.pdf")
    assert add_files(ann, open_attachments(ann, made.id), [SIGNED, again]).result == (
        "copy.pdf is here already as signed.pdf.",
    )
    nothing = add_files(ann, open_attachments(ann, made.id), [again])
    assert (nothing.edit, names(ann, made)) == (None, ["signed.pdf"])


def test_no_more_than_the_rules_allow(ann):
    made = begin(ann)
    now = rules_now(ann)
    RULES_OF_DELIVERY.save(ann, now, replace(now.record, most_files=Decimal(1)))
    assert open_attachments(ann, made.id).limits == limits_of(rules_now(ann).record)
    assert limits_of(rules_now(ann).record).startswith("Up to 1 file of 20 MB each.")
    with pytest.raises(StoreError, match="would have 2 files, and 1 are allowed"):
        add_files(ann, open_attachments(ann, made.id), [SIGNED, LETTER])
    assert names(ann, made) == []


def test_a_paper_needs_a_name_and_nobody_is_written_over(ann, bob):
    made = begin(ann)
    add_files(ann, open_attachments(ann, made.id), [SIGNED])
    opened = open_attachments(ann, made.id)
    (held,) = (view.attachment for view in opened.papers)
    with pytest.raises(StoreError, match="name"):
        change_attachment(ann, opened, held, Attachment(""))
    change_attachment(bob, opened, held, Attachment("Theirs"))
    with pytest.raises(EditConflict):
        take_out(ann, opened, held)
    contracts.delete_contract(ann, contracts.open_contract(ann, made.id))
    with pytest.raises(EditConflict):
        add_files(ann, opened, [LETTER])


def test_a_copy_is_saved_where_the_user_says_and_held_to_its_content(ann, tmp_path):
    made = begin(ann)
    add_files(ann, open_attachments(ann, made.id), [SIGNED])
    (paper,) = papers(ann, made)
    target = tmp_path / "copy.pdf"
    assert kept_files.save_copy(ann, paper, target) == target
    assert target.read_bytes() == SIGNED.content
    with pytest.raises(StoreError, match="cannot be written"):
        kept_files.save_copy(ann, paper, tmp_path / "none" / "copy.pdf")
    assert kept_files.are_whole(ann, [paper.sha256, "0" * 64]) == {paper.sha256: True, "0" * 64: False}
    with pytest.raises(NotFound):
        kept_files.save_copy(ann, replace(paper, sha256="0" * 64), target)


def test_a_file_that_is_a_paper_is_not_deleted_as_evidence(ann):
    made = begin_signed(ann)
    page = delivered(ann, made)
    attach(ann, page, Evidence("log.pdf", keep_until=date(2027, 1, 1)), SIGNED)
    assert len(kept_files.due_files(ann, date(2030, 1, 1))) == 1
    add_files(ann, open_attachments(ann, made.id), [SIGNED])
    assert kept_files.due_files(ann, date(2030, 1, 1)) == []


MADE_ON = date(2026, 11, 30)


def paper(ann, made):
    return contract_report(ann, made.id, MADE_ON).data


def judged(ann, data, tmp_path):
    path = tmp_path / "valuation.pdf"
    path.write_bytes(data)
    return verify_pdf(ann.catalogue, path)


def test_a_valuation_lists_the_files_and_never_what_is_in_them(ann, bob, tmp_path):
    made = begin(ann)
    before = paper(ann, made)
    assert "Files kept with the contract" not in printed_text(before)
    assert "files.csv" not in read_attachments(before)
    add_files(ann, open_attachments(ann, made.id), [SIGNED])
    add_files(bob, open_attachments(bob, made.id), [LETTER])
    opened = open_attachments(ann, made.id)
    change_attachment(bob, opened, opened.papers[0].attachment, Attachment("Agreement", "Private words"))
    data = paper(ann, made)
    told, attached = " ".join(printed_text(data).split()), read_attachments(data)
    assert "The council keeps 2 files with this contract." in told
    digest = opened.papers[0].attachment.record.sha256
    for text in (told, attached["files.csv"].decode("utf-8-sig"), attached["valuation.json"].decode()):
        assert "Agreement" in text
        assert digest in text.replace(" ", "")
        assert "Private words" not in text
        assert "Dear council" not in text
    on = opened.papers[0].told.added_on
    assert contract_files(ann, made.id) == (
        ContractFile("Agreement", "PDF", len(SIGNED.content), digest, "Ann", on),
        ContractFile("letter.txt", "Plain text", len(LETTER.content), sha256_of(LETTER.content), "Bob", on),
    ), "who added it, whoever changed it since"
    outcome = judged(ann, data, tmp_path)
    assert outcome.holds, outcome.lines
    assert judged(ann, before, tmp_path).holds


def forged(name, as_it_is, checked, area=None, context=None):
    """The files of a valuation, with another name of a paper in one of them."""
    return [
        replace(each, data=each.data.replace(b"signed.pdf", b"secret.pdf")) if each.name == name else each
        for each in as_it_is(checked, area, context)
    ]


def test_a_list_of_files_that_was_changed_is_found(ann, tmp_path, monkeypatch):
    made = begin(ann)
    add_files(ann, open_attachments(ann, made.id), [SIGNED])
    for name in ("files.csv", "valuation.json"):
        with monkeypatch.context() as patched:
            patched.setattr(reporting, "attachments_of", partial(forged, name, reporting.attachments_of))
            data = paper(ann, made)
        assert not judged(ann, data, tmp_path).holds


def test_a_name_is_printed_as_it_was_typed(ann, tmp_path):
    made = begin(ann)
    add_files(ann, open_attachments(ann, made.id), [replace(SIGNED, name="=1+1 <b>& “Søn”.pdf")])
    data = paper(ann, made)
    assert "=1+1 <b>& “Søn”.pdf" in printed_text(data)
    assert judged(ann, data, tmp_path).holds
