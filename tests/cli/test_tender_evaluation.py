"""`tomsapp tender receive` and `tomsapp evaluation verify`."""

import pytest

from tests.cli.bidding import council_with_tender
from tests.cli.conftest import run
from tests.services.council import open_as
from tests.services.tenders.build import opened
from tests.services.tenders.evaluations import evaluated_tender, freeze_it
from tests.services.tenders.offers import LAMP, saved, zipped
from tomsapp.services.tenders.reading import find_tender
from tomsapp.services.tenders.receipts import list_receipts


@pytest.fixture
def council(tmp_path):
    """A council's database with the tender T-2026-003, issued."""
    return council_with_tender(tmp_path)


def test_files_folders_and_the_zip_of_a_portal_are_received(call, council, tmp_path):
    ann = open_as(council, "Ann")
    page = opened(ann, find_tender(ann, "T-2026-003"))
    folder = tmp_path / "bids"
    (folder / "Calder").mkdir(parents=True)
    (folder / "Calder" / "offer.tomsoffer").write_bytes(saved(ann, page))
    zip_path = tmp_path / "portal.zip"
    zip_path.write_bytes(zipped(**{"Lamp/offer.tomsoffer": saved(ann, page, LAMP)}))
    told = call("tender", "receive", council, "T-2026-003", folder, zip_path)
    assert (told.status, told.err) == (0, "")
    head, _, first, second, said = told.out.splitlines()
    assert head.split("  ")[0] == "Receipt"
    assert first.split()[1].endswith("offer.tomsoffer")
    assert "Calder Clean Cooperative" in first
    assert "Lamp Ltd" in second
    assert said == "2 files kept, 0 received before."
    again = call("tender", "receive", council, "T-2026-003", zip_path)
    assert again.out.splitlines()[-1] == "0 files kept, 1 received before."
    assert [each.file_id for each in list_receipts(ann, page.id)] == [1, 2]
    ann.close()


def test_a_file_that_is_refused_is_kept_and_said(call, council, tmp_path):
    path = tmp_path / "notes.txt"
    path.write_bytes(b"We are interested.")
    told = call("tender", "receive", council, "T-2026-003", path)
    assert told.status == 1
    assert "Refused: " in told.out
    assert told.out.endswith("1 file kept, 0 received before.\n")


def test_what_cannot_be_received_is_said_in_one_sentence(call, council, tmp_path):
    for arguments, words in (
        ((council, "T-9", tmp_path), "There is no tender with the reference T-9"),
        ((council, "T-2026-003", tmp_path / "x.xlsx"), "There is no file"),
    ):
        told = call("tender", "receive", *arguments)
        assert (told.status, told.out) == (2, "")
        assert words in told.err


def test_a_frozen_evaluation_is_rebuilt_without_a_database_and_without_menus(call, council, tmp_path):
    ann = open_as(council, "Ann")
    page = evaluated_tender(ann, "T-2026-009")
    path = tmp_path / "alone" / "T-2026-009 evaluation.tomseval"
    path.parent.mkdir()
    path.write_bytes(freeze_it(ann, page))
    ann.close()
    empty = tmp_path / "none"
    empty.mkdir()
    alone = run("--menus", empty, "evaluation", "verify", path, TOMSAPP_HOME=str(empty))
    assert (alone.returncode, alone.stderr) == (0, b"")
    lines = alone.stdout.decode().splitlines()
    assert lines[0] == "Agrees with itself: yes."
    assert lines[1] == f"{path.name} holds: its ranking comes out again from the file alone."
    assert "  1  Lamp Ltd, " in alone.stdout.decode()
    beside = call("evaluation", "verify", path, "--database", council)
    assert beside.status == 0
    assert beside.out.splitlines()[-1].startswith("The database froze these bytes: Evaluation frozen on ")
    changed = bytearray(path.read_bytes())
    changed[len(changed) // 2] ^= 1
    path.write_bytes(bytes(changed))
    told = call("evaluation", "verify", path)
    assert told.status == 1
    assert told.out.splitlines()[0] == "Agrees with itself: no."
    assert "Changed is its part packs/1.tomspack." in told.out


def test_what_is_no_frozen_evaluation_is_said(call, tmp_path):
    path = tmp_path / "a.tomseval"
    path.write_bytes(b"hello")
    told = call("evaluation", "verify", path)
    assert (told.status, told.out) == (2, "")
    assert "a.tomseval is no frozen evaluation (tomsapp-evaluation-1)" in told.err
    assert "without a database" in " ".join(call("evaluation", "verify", "--help").out.split())


def test_prices_and_quality_are_read_of_a_sheet_and_saved(call, council, tmp_path):
    ann = open_as(council, "Ann")
    page = evaluated_tender(ann, "T-2026-009", is_entered=False)
    path = tmp_path / "scores.csv"
    path.write_text("Bidder,Price,Quality\nLamp Ltd,900000,35.5\n", encoding="utf-8")
    told = call("evaluation", "scores", council, "T-2026-009", path)
    assert (told.status, told.err) == (0, "")
    assert " ".join(told.out.splitlines()[2].split()) == "2 Lamp Ltd 900,000 35.5 Lamp Ltd, lot 1. Gets these"
    assert "“Price” (column B) is taken as “Price, without VAT”" in told.out
    assert told.out.splitlines()[-1] == "1 bid would be saved: --save does it."
    saved = call("evaluation", "scores", council, "T-2026-009", path, "--save")
    assert (saved.status, saved.out.splitlines()[-1]) == (0, "1 bid saved.")
    with ann.look() as uow:
        assert [bid.record.price for bid in uow.bids.of(page.id)] == [None, 900000]
    ann.close()
    again = call("evaluation", "scores", council, "T-2026-009", path, "--save")
    assert (again.status, again.out.splitlines()[-1]) == (0, "0 bids saved.")
    path.write_text("Bidder,Price\nMoor,5\n", encoding="utf-8")
    other = call("evaluation", "scores", council, "T-2026-009", path)
    assert other.status == 1
    assert "No bid fits" in other.out
    path.write_text("Bidder,Price,Tender price,Quality\nLamp Ltd,1,2,3\n", encoding="utf-8")
    shown = call("evaluation", "scores", council, "T-2026-009", path)
    assert shown.status == 1
    words = "“Price” (column B) and “Tender price” (column C) may each be “Price, without VAT”, and none is taken"
    assert f"{words}." in shown.out
    unsure = call("evaluation", "scores", council, "T-2026-009", path, "--save")
    assert (unsure.status, unsure.out) == (2, "")
    assert unsure.err.strip() == (
        f"In scores.csv {words}. Leave one of them in the file, or choose it in the window, where it is remembered."
    )
    path.write_text("Bidder,Annual price,Price with VAT\nLamp Ltd,1,2\n", encoding="utf-8")
    for save in ((), ("--save",)):
        nothing = call("evaluation", "scores", council, "T-2026-009", path, *save)
        assert nothing.status == 2
        assert "“Annual price” (column B) and “Price with VAT” (column C)" in nothing.err
    ann = open_as(council, "Ann")
    with ann.look() as uow:
        assert [bid.record.price for bid in uow.bids.of(page.id)] == [None, 900000]
    ann.close()
