"""What a PDF has beside its words and pictures is held to what comes out, of every kind of paper and version."""

from functools import lru_cache
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from tests import pdf_parts as parts
from tests.pdf_parts import Change, changed
from tests.reports.valuations import valued
from tests.services.test_verifying import pdf, verify
from tests.services.test_verifying_book import book
from tomsapp import __version__
from tomsapp.domain.errors import TomsError
from tomsapp.services.verification import Verification
from tomsapp.services.version_rules import VersionRules

EARLIER = Path(__file__).parent / "earlier"
NOTHING_LIKE_IT = ", and nothing like it comes out."

TOLD: dict[Change, str] = {
    parts.other_title: "The title of the PDF is “Approved by the council”, and “",
    parts.other_author: "The author of the PDF is “The Mayor”, and “Larkmere Council” comes out.",
    parts.without_author: "The author of the PDF is missing: “Larkmere Council” comes out.",
    parts.subject: f"The PDF has the subject “{('Approved ' * 100)[:200]}…”, which does not come out.",
    parts.maker: "The maker of the PDF is “Another program”, and “tomsapp ",
    parts.metadata: "The PDF has what is said of it for archives (Metadata) otherwise than it comes out.",
    parts.without_metadata: "The PDF lacks what is said of it for archives (Metadata), which comes out.",
    parts.open_action: f"The PDF has something that is done when it is opened (OpenAction){NOTHING_LIKE_IT}",
    parts.more_actions: f"The PDF has something that is done when it is opened or closed (AA){NOTHING_LIKE_IT}",
    parts.page_action: f"Page 1 has something that is done when it is opened or closed (AA){NOTHING_LIKE_IT}",
    parts.named_script: f"The PDF has a script (JavaScript){NOTHING_LIKE_IT}",
    parts.layers: f"The PDF has layers that can be hidden (OCProperties){NOTHING_LIKE_IT}",
    parts.form: f"The PDF has a form to fill in (AcroForm){NOTHING_LIKE_IT}",
    parts.note_with_script: "A note of the kind Link (JavaScript) stands on page 1 and does not come out.",
    parts.chained_script: "has its links (Annots) otherwise than it comes out.",
    parts.other_address: "A link to https://example.org/other stands on page ",
    parts.link_that_does_more: "has its links (Annots) otherwise than it comes out.",
    parts.without_link: " comes out and does not stand on page ",
    parts.carried_file: "The attached file approval.txt does not come out.",
    parts.other_description: "The PDF has what is said of its attached files (AF) otherwise than it comes out.",
    parts.read_aloud: "The PDF has what is read aloud (StructTreeRoot) otherwise than it comes out.",
    parts.heading_with_script: "The PDF has the list of its headings (Outlines) otherwise than it comes out.",
    parts.said_unseen: "Page 1 has what is drawn on it (Contents) otherwise than it comes out.",
    parts.letters_unseen: "has the letters and pictures that it is drawn with (Resources) otherwise than it comes out.",
}
"""Each change with what is said of it, where the paper can be printed again."""

UNKNOWN = {
    **{
        change: TOLD[change]
        for change in (
            parts.subject,
            parts.metadata,
            parts.open_action,
            parts.more_actions,
            parts.page_action,
            parts.named_script,
            parts.layers,
            parts.form,
            parts.note_with_script,
            parts.carried_file,
        )
    },
    parts.without_metadata: "The PDF has what is said of it for archives (Metadata) otherwise than it comes out.",
    parts.chained_script: "A link to ",
    parts.link_that_does_more: "A link to ",
    parts.script_elsewhere: "Something in the document does what does not come out (JavaScript).",
    parts.heading_with_script: "Something in the document does what does not come out (JavaScript).",
}
"""Likewise of a paper of which it is only known what no version has."""


@lru_cache(maxsize=1)
def paper() -> bytes:
    return pdf(valued())


def told(outcome: Verification, words: str) -> bool:
    return any(words in line for line in outcome.lines)


def test_a_paper_that_was_merely_saved_again_holds(tmp_path):
    for data in (paper(), book(), (EARLIER / "open_jobs.pdf").read_bytes(), (EARLIER / "framework.pdf").read_bytes()):
        assert verify(changed(data), tmp_path).holds
    plain = BytesIO()
    with pikepdf.open(BytesIO(paper())) as opened:
        opened.save(plain, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable, linearize=True)
    for data in (plain.getvalue(), changed(paper(), parts.resources_above)):
        outcome = verify(data, tmp_path)
        assert outcome.holds, outcome.lines


@pytest.mark.parametrize(("change", "words"), TOLD.items(), ids=lambda one: getattr(one, "__name__", ""))
def test_a_part_that_does_not_come_out_is_found_in_a_valuation(change: Change, words: str, tmp_path: Path):
    outcome = verify(changed(paper(), change), tmp_path)
    assert outcome.verdict == "does not hold"
    assert told(outcome, words), outcome.lines


@pytest.mark.parametrize("name", ["open_jobs.pdf", "answered_jobs.pdf", "framework.pdf"])
def test_a_part_that_no_version_has_is_found_in_an_earlier_paper(name: str, tmp_path: Path):
    data = (EARLIER / name).read_bytes()
    for change, words in UNKNOWN.items():
        outcome = verify(changed(data, change), tmp_path)
        assert outcome.verdict == "does not hold", change.__name__
        assert told(outcome, words), (change.__name__, outcome.lines)


def test_title_and_author_of_an_earlier_paper_are_those_that_come_out(tmp_path):
    data = (EARLIER / "open_jobs.pdf").read_bytes()
    for change in (parts.other_title, parts.other_author, parts.without_author):
        outcome = verify(changed(data, change), tmp_path)
        assert told(outcome, TOLD[change]), outcome.lines


def test_a_part_that_does_not_come_out_is_found_in_a_menu_book(tmp_path, monkeypatch):
    data = changed(book(), parts.subject, parts.open_action, parts.layers, parts.form, parts.carried_file)
    before = VersionRules()
    for version, known, verdict in (
        (__version__, {}, "does not hold"),
        ("99.0", {__version__: before}, "does not hold"),
        ("99.0", {}, "cannot be judged here"),
    ):
        monkeypatch.setattr("tomsapp.__version__", version)
        monkeypatch.setattr("tomsapp.services.verifying_book.VERSION_RULES", known)
        outcome = verify(data, tmp_path)
        assert outcome.verdict == verdict
        for change in (parts.open_action, parts.layers, parts.form, parts.carried_file):
            assert told(outcome, TOLD[change]), outcome.lines


@pytest.mark.parametrize("name", ["", "open_jobs.pdf"])
def test_parts_of_another_kind_than_they_should_be_are_damage(name: str, tmp_path: Path):
    def notes_that_are_a_number(opened: pikepdf.Pdf) -> None:
        opened.pages[0].obj.Annots = pikepdf.Array([7])

    data = changed((EARLIER / name).read_bytes() if name else paper(), notes_that_are_a_number)
    with pytest.raises(TomsError, match="damaged or was not made by this program"):
        verify(data, tmp_path)
