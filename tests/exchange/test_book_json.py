"""What a menu book says of itself, written and read back, and what is refused."""

import json
from dataclasses import replace
from datetime import date

import pytest

from tests.domain.build import edition, measure
from tomsapp.exchange.book_json import read_book, write_book
from tomsapp.exchange.made_with import MadeWith
from tomsapp.exchange.offer_file import OfferUnreadable

EDITION = replace(edition(measure("J01")), sha256="ab" * 32)
MADE = MadeWith(
    date(2026, 11, 29),
    "Larkmere Council",
    "A. Okafor",
    is_example=True,
    logo="logo",
    version="1.0",
    withdrawn_on=date(2026, 11, 28),
    withdrawn_because="Values were too high.",
)


@pytest.mark.parametrize("made", [MADE, MadeWith(date(2026, 11, 29))])
def test_what_is_written_is_read_back(made):
    found = read_book(write_book(EDITION, made), "book.json")
    assert (found.menu, found.edition, found.sha256) == (EDITION.code, EDITION.edition, "ab" * 32)
    assert found.made == made


def test_nothing_of_contracts_stands_in_a_book():
    values = json.loads(write_book(EDITION, MADE))
    assert set(values) == {"format", "menu", "made"}
    assert not {"contract_status", "signed_on", "area", "sealed", "today", "contact"} & set(values["made"])


@pytest.mark.parametrize(
    ("place", "value"),
    [("format", "tomsapp-menu-book-2"), ("menu", "barnet-open"), ("made", None), ("made", {"made_on": "then"})],
)
def test_anything_else_is_refused(place, value):
    values = json.loads(write_book(EDITION, MADE)) | {place: value}
    with pytest.raises(OfferUnreadable, match=r"book.json is not of a menu book"):
        read_book(json.dumps(values).encode(), "book.json")


def test_what_is_no_json_is_refused():
    with pytest.raises(OfferUnreadable):
        read_book(b"\xff", "book.json")
