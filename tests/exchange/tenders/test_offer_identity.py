"""What is read of a bidder's file before the deadline: which pack and lot it answers, and who sends it."""

import io
import json
import subprocess
import sys
import zipfile

import openpyxl
import pytest

from tests.exchange.tenders.examples import ANSWERED, BIDDER, IDENTITY, OFFER, book_of
from tomsapp.exchange.tenders.book_layout import ORGANISATION
from tomsapp.exchange.tenders.offer_identity import (
    OfferIdentity,
    Refusal,
    identity_in,
    plain_identity,
    read_identity,
)
from tomsapp.exchange.tenders.offer_json import write_tender_offer
from tomsapp.exchange.workbook_layout import COMMITMENTS
from tomsapp.room.frames import WrongForm

WHOLE = OfferIdentity(IDENTITY, 1, BIDDER)
ASK = "the workbook of the pack, filled in"


def changed(change) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(book_of()))
    change(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def with_commitments(commitments) -> bytes:
    return json.dumps({**json.loads(write_tender_offer(OFFER)), "commitments": commitments}).encode()


def with_part(data: bytes, name: str) -> bytes:
    target = io.BytesIO(data)
    with zipfile.ZipFile(target, "a") as package:
        package.writestr(name, b"macros")
    return target.getvalue()


@pytest.mark.parametrize("data", [book_of(), write_tender_offer(OFFER), write_tender_offer(ANSWERED)])
def test_a_workbook_and_an_offer_file_say_the_same_of_themselves(data):
    assert read_identity(data, "offer") == WHOLE


def test_nothing_of_what_is_offered_is_looked_at():
    assert read_identity(changed(lambda book: book.remove(book[COMMITMENTS])), "a.xlsx") == WHOLE
    assert read_identity(with_commitments([{"measure": 3}]), "a.tomsoffer") == WHOLE


def test_an_offer_file_that_could_never_be_read_is_refused_before_it_is_opened():
    found = read_identity(with_commitments([{}] * 10_001), "a.tomsoffer")
    assert isinstance(found, Refusal)
    assert "10,001 commitments" in found.reason


def test_who_sends_an_offer_is_told_without_loading_what_values_it():
    command = "import sys, tomsapp.services.in_room.offer_identities; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", command], capture_output=True, check=True, text=True).stdout.split()
    assert "tomsapp.exchange.tenders.offer_identity" in loaded
    unneeded = {"tomsapp.domain.valuation", "tomsapp.domain.policy", "tomsapp.exchange.tenders.book_read"}
    assert not unneeded & set(loaded)


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"%PDF-1.7", Refusal("it is a PDF", ASK)),
        (b"", Refusal("it is empty", "the file again")),
        (b"PK damaged", Refusal("it is damaged or incomplete", "the file again")),
        (
            with_part(book_of(), "xl/vbaProject.bin"),
            Refusal("the workbook has macros", "the workbook saved without macros (.xlsx)"),
        ),
        (b"{}", Refusal("offer is no offer for a tender (tomsapp-tender-offer-1)", ASK)),
        (b'{"format": ', None),
        (changed(lambda book: book.remove(book[ORGANISATION])), None),
        (changed(lambda book: book.remove(book["tomsapp"])), None),
    ],
)
def test_what_is_no_offer_is_refused_with_what_to_ask_for(data, refusal):
    found = read_identity(data, "offer")
    assert isinstance(found, Refusal)
    assert found.ask_for
    if refusal is not None:
        assert found == refusal


def test_an_identity_comes_out_of_the_room_as_it_was():
    assert identity_in(json.loads(json.dumps(plain_identity(WHOLE)))) == WHOLE


@pytest.mark.parametrize(
    ("place", "value"), [(0, True), (1, -1), (2, 3), (4, "x" * 40_001), (5, "guild"), (slice(0, 1), [])]
)
def test_what_is_no_identity_is_not_believed(place, value):
    plain = plain_identity(WHOLE)
    plain[place] = value
    with pytest.raises(WrongForm):
        identity_in(plain)


def test_what_is_no_list_is_not_believed():
    with pytest.raises(WrongForm):
        identity_in({})
