"""What the pages of a portfolio were made with, written and read back, and what is refused."""

import json
from dataclasses import replace
from datetime import date

import pytest

from tomsapp.domain.history import HistoryHead
from tomsapp.exchange.made_with import MadeWith
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.exchange.portfolio_made import read_portfolio_made, write_portfolio_made

MADE = MadeWith(date(2026, 11, 29), "Larkmere Council", "A. Okafor", is_example=True, logo="logo", version="1.0")


HEAD = HistoryHead(128, "ab" * 32)


@pytest.mark.parametrize("made", [MADE, MadeWith(date(2026, 11, 29)), replace(MADE, history=HEAD)])
def test_what_is_written_is_read_back(made):
    assert read_portfolio_made(write_portfolio_made(made), "made.json") == made


@pytest.mark.parametrize(("place", "value"), [("format", "other"), ("made", None), ("made", {"made_on": "then"})])
def test_anything_else_is_refused(place, value):
    values = json.loads(write_portfolio_made(MADE)) | {place: value}
    with pytest.raises(OfferUnreadable, match=r"made.json does not say what a portfolio"):
        read_portfolio_made(json.dumps(values).encode(), "made.json")
