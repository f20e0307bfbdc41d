"""An award: the contract that it made, and from which line of which offer each of its commitments came.

Source: docs/decisions/052-the-award.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from tomsapp.domain.contract import Contract, ContractStatus
from tomsapp.domain.facts import Fact, Listed
from tomsapp.domain.record_type import RecordType


@dataclass(frozen=True, slots=True)
class AwardedLine:
    """Where a commitment came from.

    Attributes:
        commitment: its number in the database.
        receipt: the number of the receipt of the offer file.
        line: names the line within the offer.
    """

    commitment: int
    receipt: int
    line: str


@dataclass(frozen=True, slots=True)
class AwardOrigin:
    """The award from which a contract comes.

    Attributes:
        tender: the number of the tender in the database; `reference` is what people know it by.
        act: the number of the act.
        lot, supplier: of the award, the bidder as it was called then.
        lines: where its commitments came from; one that was added later is not among them.
    """

    tender: int
    reference: str
    act: int
    lot: int
    supplier: str
    lines: tuple[AwardedLine, ...] = ()

    @property
    def words(self) -> str:
        """It in a few words: "From the offer of Calder Clean Cooperative for T-2026-003, lot 1"."""
        return f"From the offer of {self.supplier} for {self.reference}, lot {self.lot}"

    def line_of(self, commitment: int) -> AwardedLine | None:
        """Where the commitment of this number came from; None where it did not come with the award."""
        return next((line for line in self.lines if line.commitment == commitment), None)


def why_award_stands(contract: Contract, was_sealed: Iterable[object]) -> str:
    """Why an award cannot be taken back: its contract was signed; empty where it can.

    `was_sealed` are the acts that were done with the contract, whatever became of them.
    """
    if contract.status is not ContractStatus.DRAFT:
        return f"{contract.reference}, which it made, is {contract.status.value}"
    return f"{contract.reference}, which it made, was signed before" if tuple(was_sealed) else ""


@dataclass(frozen=True, slots=True)
class KeptAward:
    """What is known of the bytes that say where the commitments came from: their SHA-256."""

    sha256: str


_fact = partial(Fact, revision="0020", is_typed=False)

AWARD = RecordType(
    "award",
    "award",
    "awards",
    KeptAward,
    (_fact("sha256", "SHA-256", column="content_sha256", most=64, listed=Listed.SHOWN),),
    name_of=lambda kept: f"award {kept.sha256[:8]}",
)
"""What is kept of an award beside its act."""
