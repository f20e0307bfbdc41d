"""Where the commitments of an award came from, written and read."""

import json

import pytest

from tomsapp.domain.tender.award import AwardedLine
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.exchange.tenders.award_json import AWARD_FORMAT, read_award, write_award

LINES = (AwardedLine(7, 2, "1"), AwardedLine(8, 2, "a “b”"))
WHOLE = {"commitment": 7, "receipt": 2, "line": "1"}


@pytest.mark.parametrize("lines", [LINES, ()])
def test_the_lines_come_back_as_they_were(lines):
    data = write_award(lines)
    assert read_award(data) == lines
    assert write_award(read_award(data)) == data


@pytest.mark.parametrize(
    "values",
    [
        {"format": "other", "lines": []},
        {"format": AWARD_FORMAT},
        {"format": AWARD_FORMAT, "lines": ["1"]},
        {"format": AWARD_FORMAT, "lines": [WHOLE | {"commitment": "7"}]},
        {"format": AWARD_FORMAT, "lines": [WHOLE | {"receipt": None}]},
        {"format": AWARD_FORMAT, "lines": [WHOLE | {"line": 1}]},
    ],
)
def test_what_is_no_account_of_an_award_is_refused(values):
    with pytest.raises(OfferUnreadable, match="What is kept of the award cannot be read"):
        read_award(json.dumps(values).encode())
