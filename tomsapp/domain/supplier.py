"""A supplier: the organisation that signs a contract and keeps its promises."""

from dataclasses import dataclass
from enum import Enum

from tomsapp.domain.facts import Fact, FactKind, Fault, Listed, RecordType


class SupplierKind(Enum):
    """What sort of organisation a supplier is."""

    LARGE = "large"
    SME = "sme"
    VCFSE = "vcfse"

    @property
    def words(self) -> str:
        """The kind as people read it."""
        return {
            SupplierKind.LARGE: "Large company",
            SupplierKind.SME: "Small or medium business",
            SupplierKind.VCFSE: "Voluntary, community, faith or social enterprise",
        }[self]


@dataclass(frozen=True, slots=True)
class Supplier:
    """An organisation with its contact, as the council records it. `is_local`: based in the council's area."""

    name: str
    kind: SupplierKind = SupplierKind.SME
    registration: str = ""
    is_local: bool = False
    contact_name: str = ""
    contact_email: str = ""
    notes: str = ""


def email_fault(address: str) -> Fault | None:
    """What is wrong with an e-mail address, or None."""
    return None if "@" in address else Fault("It has no @", "Enter it as name@example.org")


SUPPLIER = RecordType(
    "supplier",
    "supplier",
    "suppliers",
    Supplier,
    (
        Fact("name", "Name", needed="Enter the organisation’s name", listed=Listed.SHOWN),
        Fact("kind", "Kind", FactKind.CHOICE, choices=SupplierKind, is_filter=True),
        Fact("registration", "Registration number", hint="Company or charity number", most=60),
        Fact(
            "is_local",
            "Based in the area",
            FactKind.YES_NO,
            tick="Based in the council’s area",
            listed=Listed.SHOWN,
            is_filter=True,
        ),
        Fact("contact_name", "Contact name"),
        Fact("contact_email", "Contact e-mail", check=email_fault),
        Fact("notes", "Notes", FactKind.LONG, listed=Listed.NO, is_searched=False),
    ),
    name_of=lambda supplier: supplier.name,
)
"""What the council records of a supplier."""
