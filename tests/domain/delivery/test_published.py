"""Published papers say to which day they are, which one it is, and who published it."""

from dataclasses import replace
from datetime import UTC, date, datetime

from tomsapp.domain.delivery.published import DELIVERED_PAPER, DeliveredPaperKept

PAPER = DeliveredPaperKept(
    date(2027, 3, 31),
    1,
    id=4,
    contract_id=2,
    act=9,
    published_on=date(2027, 4, 12),
    by="A. Okafor",
    recorded_at=datetime(2027, 4, 12, 9, tzinfo=UTC),
    sha256="ab" * 32,
    size=700_000,
)


def test_paper_is_told_in_a_phrase():
    assert PAPER.words == "to 31 March 2027, published on 12 April 2027 by A. Okafor"
    again = replace(PAPER, number=2, replaces=4, reason="A claim was rejected")
    assert again.words == "to 31 March 2027, number 2, published on 12 April 2027 by A. Okafor"
    assert DELIVERED_PAPER.name_of(PAPER) == "valuation to 31 March 2027"
