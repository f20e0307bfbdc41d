"""A frozen evaluation is rebuilt from its file alone; whatever was changed of it is found and named."""

import json
import random
from dataclasses import replace
from hashlib import sha256

import pytest

from tests.services.tenders.build import opened
from tests.services.tenders.evaluations import EXCLUDE, enter, evaluated_tender, evaluation, freeze_it
from tests.services.tenders.offers import CALDER, LAMP, OPEN, PAST
from tomsapp.domain.tender.acts import TenderActKind
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.exchange.stored_zip import read_stored, write_stored
from tomsapp.services.tenders import verifying
from tomsapp.services.tenders.acts import do
from tomsapp.services.tenders.freezing import exclude
from tomsapp.services.tenders.verifying import against_database, verify_evaluation, verify_evaluation_file

pytestmark = pytest.mark.parametrize("server", ["sqlite"])
NAME = "frozen.tomseval"


@pytest.fixture
def frozen(ann) -> bytes:
    page = evaluated_tender(ann)
    return freeze_it(ann, page)


def told(data: bytes) -> tuple[str, ...]:
    return verify_evaluation(data, NAME).lines


def forged(data: bytes, part: str, change) -> bytes:
    """The file with the values of one part changed, and all its checksums put right: as a forger would do it."""
    parts = dict(read_stored(data).parts)
    values = json.loads(parts[part])
    change(values)
    parts[part] = json.dumps(values, indent=2, ensure_ascii=False).encode() + b"\n"
    checksums = json.loads(parts["checksums.json"])
    checksums["parts"] = [each for each in checksums["parts"] if each["name"] in parts]
    for each in checksums["parts"]:
        each["bytes"], each["sha256"] = len(parts[each["name"]]), sha256(parts[each["name"]]).hexdigest()
    parts["checksums.json"] = json.dumps(checksums).encode()
    return write_stored(parts)


def test_the_ranking_comes_out_again_from_the_file_alone(frozen, tmp_path):
    path = tmp_path / NAME
    path.write_bytes(frozen)
    found = verify_evaluation_file(path)
    assert found.holds
    first, tender, who, by, lot, best, second, other, last = found.lines
    assert first == f"{NAME} holds: its ranking comes out again from the file alone."
    assert tender == "T-2026-003 Cleaning, Larkmere Council."
    assert who.startswith("Frozen on 23 January 2027, ")
    assert "T-2026-003, pack version 1, SHA-256 " in by
    assert lot == "Lot 1, Offices: 2 bids."
    assert best.startswith(f"  1  {LAMP.name}, ")
    assert second.startswith(f"  2  {CALDER.name}, ")
    assert other == "Lot 2, Libraries: 0 bids."
    assert last == f"SHA-256 of the file: {sha256(frozen).hexdigest()}."


def test_each_byte_that_is_changed_is_found_and_its_part_named(frozen):
    parts = read_stored(frozen).parts
    rolls = random.Random(20270123)
    for place in rolls.sample(range(len(frozen)), 300):
        changed = bytearray(frozen)
        changed[place] ^= rolls.randrange(1, 256)
        found = verify_evaluation(bytes(changed), NAME)
        assert not found.holds
        assert found.lines[0] == f"{NAME} was changed since it was frozen."
        begins = 0
        for name, data in parts.items():
            head = frozen.index(name.encode(), begins) + len(name)
            if head <= place < head + len(data):
                assert found.lines[1:] == (f"Changed is its part {name}.",)
            begins = head + len(data)


def test_a_byte_of_every_part_is_found(frozen):
    begins = 0
    for name, data in read_stored(frozen).parts.items():
        head = frozen.index(name.encode(), begins) + len(name)
        changed = bytearray(frozen)
        changed[head + len(data) // 2] ^= 1
        assert told(bytes(changed))[1:] == (f"Changed is its part {name}.",)
        begins = head + len(data)


@pytest.mark.parametrize(
    ("part", "change", "said"),
    [
        (
            "bids.json",
            lambda values: values["bids"][0].update(price="800000.00"),
            "Lot 1, lowest price: the file states 900000.00, and 800000.00 comes out.",
        ),
        (
            "marks.json",
            lambda values: values["moderated"][0].update(mark=5),
            f"Lot 1, {CALDER.name}, statement, points, shown: the file states 6.00, and 10.00 comes out.",
        ),
        (
            "result.json",
            lambda values: values["lots"][0]["bids"][0].update(rank="2"),
            f"Lot 1, {LAMP.name}, rank: the file states 2, and 1 comes out.",
        ),
        (
            "bids.json",
            lambda values: values["bids"][0].update(receipt=None),
            f"{CALDER.name}, lot 1: by the receipts receipt 1 counts, and none is stated.",
        ),
        (
            "receipts.json",
            lambda values: values["receipts"][1].update(refused="it was withdrawn"),
            f"{LAMP.name}, lot 1: by the receipts no file counts, and receipt 2 is stated.",
        ),
        (
            "receipts.json",
            lambda values: values["receipts"][1].update(sha256="00" * 32),
            "The offer of receipt 2 is not the file that was received.",
        ),
        (
            "evaluation.json",
            lambda values: values.update(title="Other"),
            "It is of T-2026-003 Other, and its pack of T-2026-003.",
        ),
        (
            "decisions.json",
            lambda values: values["decisions"][0].update(sha256="00" * 32),
            f"{CALDER.name}, lot 1: a decision is about another file than the one that counts.",
        ),
    ],
)
def test_a_forger_who_puts_the_checksums_right_is_found_by_the_figures(frozen, part, change, said):
    found = verify_evaluation(forged(frozen, part, change), NAME)
    assert not found.holds
    assert found.lines[0] == f"{NAME} does not hold: something else comes out of it than it states."
    assert said in found.lines


@pytest.mark.parametrize(
    ("part", "change", "said"),
    [
        ("bids.json", lambda values: values["bids"][0].update(price="many"), "“price” cannot be read"),
        ("bids.json", lambda values: values["bids"][0].update(receipt=9), "Its records contradict each other."),
        ("evaluation.json", lambda values: values.update(format="x"), "It is no frozen evaluation"),
        ("acts.json", lambda values: values.update(acts="x"), "“acts” is no list"),
    ],
)
def test_what_cannot_be_rebuilt_is_said(frozen, part, change, said):
    found = verify_evaluation(forged(frozen, part, change), NAME)
    assert not found.holds
    assert found.lines[0] == f"{NAME} does not hold: nothing can be rebuilt from it."
    assert said in found.lines[1]


def test_parts_that_were_taken_away_added_or_broken_are_named(frozen):
    parts = dict(read_stored(frozen).parts)
    less = {name: data for name, data in parts.items() if name != "offers/receipt-2.tomsoffer"}
    assert told(write_stored(less))[1] == "Changed is its part offers/receipt-2.tomsoffer is missing."
    more = parts | {"notes.txt": b"x"}
    assert told(write_stored(more))[1] == "Changed is its part notes.txt, which no evaluation has."
    swapped = parts | {"offers/receipt-2.tomsoffer": b"{}"}
    assert told(write_stored(swapped))[1] == "Changed is its part offers/receipt-2.tomsoffer."
    broken = parts | {"checksums.json": b"{"}
    assert told(write_stored(broken))[0] == f"{NAME} does not hold: nothing can be rebuilt from it."
    assert told(frozen[:-1])[1] == "Changed is the list of its parts, at its end."
    assert told(frozen + b" ")[1] == "Changed is the list of its parts, at its end."


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\x03\x04", write_stored({"a.json": b"{}"})])
def test_what_is_no_frozen_evaluation_is_refused(ann, data):
    del ann
    if data == b"PK\x03\x04":
        assert not verify_evaluation(data, NAME).holds
    else:
        with pytest.raises(OfferUnreadable, match="is no frozen evaluation"):
            verify_evaluation(data, NAME)


def test_a_file_that_is_missing_is_said(ann, tmp_path):
    del ann
    with pytest.raises(OfferUnreadable, match="There is no file"):
        verify_evaluation_file(tmp_path / "x.tomseval")


def test_a_pack_without_its_order_is_found(frozen):
    parts = dict(read_stored(frozen).parts)
    pack = parts.pop("packs/1.tomspack")
    data = write_stored({**parts, "packs/2.tomspack": pack})
    assert told(data)[1] == "Changed is the versions of its pack, which do not follow each other."
    less = forged(write_stored(parts), "marks.json", lambda _: None)
    assert not verify_evaluation(less, NAME).holds


def test_another_version_of_the_program_is_not_judged(frozen):
    def later(values):
        values["made_with"] = "99.0"

    data = forged(frozen, "evaluation.json", later)
    assert verify_evaluation(data, NAME).holds

    def rank(values):
        values["lots"][0]["bids"][0]["rank"] = "2"

    found = verify_evaluation(forged(data, "result.json", rank), NAME)
    assert not found.is_judged
    assert "version 99.0" in found.lines[0]


def test_a_file_is_held_against_the_database_that_froze_it(ann, tmp_path):
    page = evaluated_tender(ann)
    exclude(ann, evaluation(ann, page), EXCLUDE, PAST)
    data = freeze_it(ann, page)
    path = tmp_path / NAME
    path.write_bytes(data)
    found = verify_evaluation_file(path, ann)
    assert found.holds
    assert f"  –  {LAMP.name}, not admitted: Excluded: It gave false information about its accounts" in found.lines
    assert found.lines[-1].startswith("The database froze these bytes: Evaluation frozen on 23 January 2027 by Ann")
    after = opened(ann, page.id)
    back = replace(OPEN, kind=TenderActKind.TAKE_BACK, reason="A mark was entered for the wrong bidder")
    do(ann, after, back, PAST, after.acts[-1])
    assert verify_evaluation_file(path, ann).lines[-1].endswith("It was taken back since.")
    enter(ann, page, {CALDER.name: ("800000.00", "40")})
    other = of_another_council(data)
    strange = against_database(ann, other, verify_evaluation(other, NAME))
    assert not strange.holds
    assert strange.lines[-1] == "The database never froze these bytes."
    bad = verify_evaluation(data[:-1], NAME)
    assert against_database(ann, data[:-1], bad) is bad


def of_another_council(data: bytes) -> bytes:
    return forged(data, "evaluation.json", lambda values: values.update(council="Other"))


def test_what_is_too_large_is_not_looked_at(ann, tmp_path, monkeypatch):
    del ann
    monkeypatch.setattr(verifying, "MOST_BYTES", 3)
    (tmp_path / NAME).write_bytes(b"12345")
    with pytest.raises(OfferUnreadable):
        verify_evaluation_file(tmp_path / NAME)
