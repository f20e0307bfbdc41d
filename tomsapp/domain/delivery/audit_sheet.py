"""The worksheet of an audit sample: each claim that was drawn with what is looked at, and how the draw is redone.

It names claims by their key, "17/2.3": the commitment's number in the database, the contract year and the quarter.
"""

from dataclasses import dataclass
from decimal import Decimal

from tomsapp.domain.contract import Contract
from tomsapp.domain.delivery.audit import AuditItem, AuditSample, result_of
from tomsapp.domain.delivery.sample import SampleResult

ALL_CONTRACTS = "All contracts"
"""What a sample over the whole council is drawn from."""


@dataclass(frozen=True, slots=True)
class SheetClaim:
    """A claim that was drawn, as whoever checks it needs it.

    Attributes:
        key, number: what names it for the draw, and the number by which it was drawn; empty where it was removed since.
        line: the number of its commitment in the contract; the first is 1, and 0 is that of a claim that was removed.
        measure, unit: the measure with its code, and the name of several units of it.
        quarter: with its months.
        accepted: who entered it, and who accepted it when, in words.
        evidence: each piece by its name, and how it is known.
        item: what was accepted when it was drawn, and what was concluded.
        contract: the reference of its contract; empty where it was removed since.
    """

    key: str
    number: str
    line: int
    measure: str
    unit: str
    quarter: str
    accepted: str
    evidence: tuple[str, ...]
    item: AuditItem
    contract: str = ""


@dataclass(frozen=True, slots=True)
class DrawnFrom:
    """An accepted claim of those that were drawn from; `position` is its place in the sample, None outside of it.

    `contract` is the reference of its contract.
    """

    key: str
    number: str
    measure: str
    quarter: str
    units: Decimal
    pounds: Decimal
    position: int | None
    contract: str = ""


@dataclass(frozen=True, slots=True)
class AuditSheet:
    """A sample with all that is needed to check it and to draw it again.

    Attributes:
        contract: the one whose claims it is drawn from; None where it is drawn from those of all contracts.
        claims: in the order in which they were drawn.
        drawn_from: the accepted claims to the day of the sample as they are now, by the number of the draw.
        has_changed: whether those are other ones than the sample was drawn from.
        left_out: why contracts could not be read, so that no claim of theirs is among those of now.
    """

    contract: Contract | None
    sample: AuditSample
    claims: tuple[SheetClaim, ...]
    drawn_from: tuple[DrawnFrom, ...]
    has_changed: bool = False
    left_out: tuple[str, ...] = ()

    @property
    def audited(self) -> str:
        """What it is drawn from, in a word: the contract's reference, or all contracts."""
        return self.contract.reference if self.contract is not None else ALL_CONTRACTS

    @property
    def named(self) -> str:
        """The same within a sentence."""
        return self.audited if self.contract is not None else ALL_CONTRACTS.lower()

    @property
    def result(self) -> SampleResult:
        """What the sample says so far."""
        return result_of(self.sample, [claim.item for claim in self.claims])
