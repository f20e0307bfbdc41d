"""The council and the supplier as parties of a contracting process. No person is named, and no contact."""

import re

from tomsapp.domain.open_data import Publication
from tomsapp.domain.supplier import Supplier, SupplierKind

BUYER_ID = "buyer"
SUPPLIER_ID = "supplier"
_COMPANY_SCHEME = "GB-COH"
# Numbers of Companies House. Eight digits are no charity's, which have six or seven. SC and a number is left out: it
# may be a Scottish company or a Scottish charity.
_COMPANY = re.compile(r"[0-9]{8}|(?:NI|OC|SO|NC|FC|SF|NF|IP|SP|RS|RC|CE|GE|LP|SL|NL)[0-9]{6}")


def buyer(publication: Publication) -> dict[str, object]:
    """The council, which buys and has led the procurement."""
    named = {"scheme": publication.scheme, "id": publication.identifier, "legalName": publication.name}
    is_known = bool(publication.identifier)
    return {
        "id": f"{publication.scheme}-{publication.identifier}" if is_known else BUYER_ID,
        "name": publication.name,
        **({"identifier": named} if is_known else {}),
        "roles": ["buyer", "procuringEntity"],
    }


def supplier_party(supplier: Supplier, reference: str) -> dict[str, object]:
    """The supplier by its name, its number as far as it is known what number it is, and whether it is a VCSE.

    Without a number it is named by the contract, for another one of the same process may have another supplier.
    """
    number = supplier.registration.replace(" ", "").upper()
    is_company = _COMPANY.fullmatch(number) is not None
    identifier = {"scheme": _COMPANY_SCHEME, "id": number} if is_company else {"id": supplier.registration.strip()}
    return {
        "id": f"{_COMPANY_SCHEME}-{number}" if is_company else f"{SUPPLIER_ID}-{reference}",
        "name": supplier.name,
        **({"identifier": {**identifier, "legalName": supplier.name}} if number else {}),
        "roles": ["supplier"],
        "details": {"vcse": supplier.kind is SupplierKind.VCFSE},
    }


def reference_to(party: dict[str, object]) -> dict[str, object]:
    """A party as the rest of a release refers to it."""
    return {"id": party["id"], "name": party["name"]}
