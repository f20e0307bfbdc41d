"""Delivered valuations that were published: each is kept with its bytes, and is never changed and never deleted.

A contract has one paper after the other to a day; a further one to the same day replaces the one before, which stays.
Source: docs/method.md, section 9.
"""

from dataclasses import dataclass
from datetime import date, datetime

from tomsapp.domain.facts import Fact, FactKind, Listed
from tomsapp.domain.record_type import RecordType
from tomsapp.domain.wording import format_date


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """What is said of a paper that is published.

    Attributes:
        until: the day to which its figures are.
        number: which one it is to that day; the first is 1.
        replaces: the number in the database of the paper that it replaces; None for the first.
        reason: why there is another one; empty for the first.
    """

    until: date
    number: int
    replaces: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveredPaperKept(PaperFacts):
    """A paper as it is kept.

    Attributes:
        act: the number of the act that published it.
        published_on: the day of that act.
        by, recorded_at: who did it, and the moment at which the database took it in.
        sha256, size: of its bytes.
    """

    id: int
    contract_id: int
    act: int
    published_on: date
    by: str
    recorded_at: datetime
    sha256: str
    size: int

    @property
    def words(self) -> str:
        """The paper in a phrase: "to 31 March 2027, published on 12 April 2027 by A. Okafor"."""
        which = f", number {self.number}" if self.number > 1 else ""
        return f"to {format_date(self.until)}{which}, published on {format_date(self.published_on)} by {self.by}"


DELIVERED_PAPER = RecordType(
    "delivered_paper",
    "published valuation",
    "published valuations",
    DeliveredPaperKept,
    (
        Fact("until", "Delivered to", FactKind.DAY, is_typed=False, listed=Listed.SHOWN, revision="0012"),
        Fact("number", "Number", FactKind.WHOLE, is_typed=False, listed=Listed.SHOWN, revision="0012"),
        Fact("reason", "Reason", FactKind.LONG, "Why there is another one", revision="0012"),
        Fact("sha256", "SHA-256", column="content_sha256", is_typed=False, most=64, revision="0012"),
    ),
    name_of=lambda paper: f"valuation to {format_date(paper.until)}",
    heading="Published valuations",
)
"""What the history tells of a paper."""
