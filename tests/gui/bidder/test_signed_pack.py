"""What a bidder is told at the window of a pack that is signed, was changed since, or is not signed."""

from __future__ import annotations

from tests.services.bidding.packs import write_file
from tests.services.test_pack_signatures import BOOK, NAME, sign
from tomsapp.gui.bidder.read_step import ReadStep
from tomsapp.gui.widgets.text import Text
from tomsapp.services.bidding.opening import open_for_bidder
from tomsapp.services.bidding.steps import Step


def opened(bidder, *, signed=True, spoil=lambda folder: None):
    """Open a pack that lies in a folder with its signature."""
    folder = bidder.folder / "pack"
    folder.mkdir()
    bidder.path = write_file(folder)
    (folder / BOOK).write_bytes(b"workbook")
    if signed:
        sign(folder)
    spoil(folder)
    return bidder.show(open_for_bidder(bidder.path, folder=bidder.kept))


def told(window):
    step = window.step_widget(Step.READ)
    assert isinstance(step, ReadStep)
    return [each.text() for each in step.findChildren(Text)]


def test_a_signed_pack_says_so_and_asks_to_compare_the_key(bidder):
    window = opened(bidder)
    texts = told(window)
    assert "The signature of the pack" in texts
    assert "The pack is signed, and unchanged since: 2 files here are as signed." in texts
    assert any(text.startswith("Anybody can make a key") for text in texts)
    assert "signature" not in window.bars.sentences


def test_of_a_pack_without_a_signature_nothing_is_said(bidder):
    window = opened(bidder, signed=False)
    assert "The signature of the pack" not in told(window)
    assert window.bars.sentences == {}


def test_a_pack_that_was_changed_is_told_first(bidder):
    def spoil(folder):
        path = folder / f"{NAME}.tomspack"
        path.write_bytes(path.read_bytes().replace(b"Cleaning of libraries", b"Cleaning of Libraries"))

    window = opened(bidder, spoil=spoil)
    assert window.bars.sentences["signature"] == (
        f"The pack was changed since it was signed: {NAME}.tomspack. Download the pack again from where the tender is "
        "published, and ask the council if it stays so."
    )
    assert window.bars.bar("signature").isVisible()
    bidder.do("I have read it")
    assert "signature" not in window.bars.sentences
    assert f"The pack was changed since it was signed: {NAME}.tomspack." in told(window), "it stays with the tender"


def test_a_workbook_that_was_filled_in_is_told_without_alarm(bidder):
    window = opened(bidder, spoil=lambda folder: (folder / BOOK).write_bytes(b"filled in"))
    assert "signature" not in window.bars.sentences
    assert any(text.startswith("A workbook differs as soon as") for text in told(window))


def test_a_signature_that_cannot_be_read_is_told(bidder):
    window = opened(bidder, spoil=lambda folder: (folder / f"{NAME} signature.tomssig").write_bytes(b"{"))
    assert "cannot be read, so it proves nothing" in window.bars.sentences["signature"]
    assert window.isVisible()
