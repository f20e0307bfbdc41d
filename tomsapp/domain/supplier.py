"""A supplier: the organisation that signs a contract and keeps its promises."""

from dataclasses import dataclass
from enum import Enum


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
