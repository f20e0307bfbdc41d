"""What a paper on what was delivered tells beside its figures, as it is told to everybody: evidence, money, samples.

It lists evidence and never holds it, and names nobody but those who work for the council and the supplier.
Source: docs/formats.md, "tomsapp-delivered-1".
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract import Contract
from tomsapp.domain.delivery.delivery import Delivery
from tomsapp.domain.delivery.quarters import Quarter
from tomsapp.domain.delivery.sample import Checked, SampleResult, sample_result

Claim = tuple[str, Quarter]
"""Which delivery: the key of its commitment, and its quarter."""


@dataclass(frozen=True, slots=True)
class Frozen:
    """How a paper is published: which one of its contract and day it is, by whom, and which it replaces.

    Attributes:
        number: 1 for the first.
        replaces_on: the day on which the paper was frozen that it replaces; None for the first.
        reason: why there is another one.
    """

    number: int
    on: date
    by: str
    replaces_on: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ToldDelivery:
    """A delivery with who entered it."""

    delivery: Delivery
    entered_by: str = ""

    @property
    def claim(self) -> Claim:
        """Which one it is."""
        return self.delivery.commitment, self.delivery.quarter


@dataclass(frozen=True, slots=True)
class ToldEvidence:
    """A piece of evidence as it is listed: what is in it stays with the council.

    Attributes:
        number: its place in the list; the first is 1.
        name: of the file, or what it is.
        sha256, size: of the file, in bytes; "" and None of evidence that is kept elsewhere.
        reference: where it is kept, of evidence that is no file.
        dated_on: the day on which it was made.
        about_people: whether it is about people, so that it is kept by reference or deleted in time.
        keep_until: the day until which it is kept.
        deleted_on, deleted_by: when and by whom its bytes were deleted; all else of it stays.
        shows: the deliveries that it belongs to.
    """

    number: int
    name: str
    sha256: str = ""
    size: int | None = None
    reference: str = ""
    dated_on: date | None = None
    about_people: bool = False
    keep_until: date | None = None
    deleted_on: date | None = None
    deleted_by: str = ""
    shows: tuple[Claim, ...] = ()

    @property
    def is_file(self) -> bool:
        """Whether it is or was a file."""
        return bool(self.sha256)


@dataclass(frozen=True, slots=True)
class ToldMoney:
    """Real money that was handed over, as the ledger has it; it is never added to proxy pounds."""

    received_on: date
    received_from: str
    amount: Decimal
    passed_to: str
    passed_on: date | None = None
    receipt: str = ""
    commitment: str = ""


@dataclass(frozen=True, slots=True)
class ToldVariation:
    """A variation that was signed: its number, its days, why, and what it changed.

    Attributes:
        facts: what of the contract's facts it changed, a phrase each.
        lines: what of its commitments.
    """

    number: int
    signed_on: date
    effective_on: date
    reason: str
    facts: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LineToday:
    """What a commitment would come to with the menu edition of the day, and why that differs."""

    commitment: str
    pounds: Decimal
    why: str = ""


@dataclass(frozen=True, slots=True)
class ToldSample:
    """A sample of accepted claims that was looked at again.

    Attributes:
        seed: with which it was drawn, so that an auditor can draw it again.
        until: the day to which claims were in it.
        drawn: how many claims were drawn; `checked` are those with a conclusion.
        claims, pounds: all accepted claims that it was drawn from, and what they are worth.
    """

    seed: str
    until: date
    drawn_on: date
    drawn: int
    claims: int
    pounds: Decimal
    checked: tuple[Checked, ...] = ()

    @property
    def result(self) -> SampleResult:
        """What the sample says about all of them."""
        return sample_result(self.drawn, self.checked, self.claims, self.pounds)


@dataclass(frozen=True, slots=True)
class Beside:
    """What a paper tells beside the deliveries: evidence, money, variations, samples, and the values of the day.

    Attributes:
        signed: the contract and its commitments as they were signed first; None where nothing was varied.
    """

    evidence: tuple[ToldEvidence, ...] = ()
    ledger: tuple[ToldMoney, ...] = ()
    variations: tuple[ToldVariation, ...] = ()
    samples: tuple[ToldSample, ...] = ()
    today: tuple[LineToday, ...] = ()
    today_edition: str = ""
    signed: tuple[Contract, tuple[Commitment, ...]] | None = None
