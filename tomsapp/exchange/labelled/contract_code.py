"""What the Local Government Transparency Code asks a register for, as its cells say it in their many ways.

Part 2 of the Local Government Transparency Code 2015 (27 February 2015), “Procurement information”: supplier name and
details, VAT that cannot be recovered, whether there was an invitation to quote or to tender, and whether the supplier
is a small or medium sized enterprise or a voluntary or community sector organisation, with its registration number.
"""

import re
from dataclasses import dataclass

from tomsapp.domain.supplier import SupplierKind
from tomsapp.exchange.labelled.contract_uses import DESCRIPTION, HOW_BOUGHT, IRRECOVERABLE_VAT, ORDER

SUPPLIER_DETAILS = "supplier_details"
"""What stands beside a supplier’s name in its cell."""
NOTED = {
    DESCRIPTION.key: "Description",
    IRRECOVERABLE_VAT.key: "VAT that cannot be recovered",
    HOW_BOUGHT.key: "How it was bought",
    ORDER.key: "Purchase order",
    SUPPLIER_DETAILS: "Supplier’s details",
}
"""The columns that no fact of a contract stands for, with what stands before their words among its notes."""

_SECTOR = re.compile(
    r"\b(?:vcf?se|vcs|charit(?:y|able)|voluntary|community|social enterprise|not for profit|third sector|cic|both)\b",
    re.IGNORECASE,
)
_SMALL = re.compile(r"\b(?:sme|small|medium|micro)\b", re.IGNORECASE)
_LARGE = re.compile(
    r"(?:no|n|neither|none|large(?: company)?|not (?:an? )?(?:sme|small).*|non[ -]?smes?)", re.IGNORECASE
)
_YES = re.compile(r"(?:y|yes|true|x|✓|✔|1)\b.*", re.IGNORECASE)
_NO = re.compile(r"(?:n|no|false|0)\b.*", re.IGNORECASE)
_NUMBER = re.compile(r"\b(?:[A-Z]{2}\d{6}|\d{6,8})\b")
_OPEN_END = re.compile(
    r"(?:on ?going|rolling|open[ -]?ended|perpetual|evergreen|continuous|indefinite(?:ly)?|permanent|until (?:further"
    r" notice|terminated)|no (?:fixed )?(?:end|expiry)(?: date)?|none set|not (?:set|known|specified|applicable)"
    r"|unknown|tb[cad]|to be (?:confirmed|agreed|determined)|month(?:ly)? (?:by|to) month|periodic)\b.*",
    re.IGNORECASE,
)
_ORDER = re.compile(
    r"(?:p ?\.?/?o ?\.?|purchase order|order)(?: ?(?:no|number|ref)\.?)?[ :#/-]*\d[\d/-]{2,}", re.IGNORECASE
)
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")
_FORM = re.compile(r"\b(?:ltd|limited|plc|llp|cic|cio)\.?(?=\s*[,;(])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NameWithDetails:
    """A supplier's name, and what stands beside it in one cell: address, number."""

    name: str
    details: str = ""


def named_in(text: str) -> NameWithDetails:
    """The name in a cell that may hold the address too: its first line, or what stands before it where a postcode does.

    A comma alone parts nothing: “Plate, Spoon & Sons Ltd” is a name.
    """
    first, _, rest = text.strip().partition("\n")
    if rest.strip():
        return NameWithDetails(_tidy(first), _tidy(rest))
    if _POSTCODE.search(text) is None:
        return NameWithDetails(_tidy(text))
    form = _FORM.search(text)
    place = form.end() if form is not None else next((text.find(sign) for sign in ",;" if sign in text), len(text))
    return NameWithDetails(_tidy(text[:place]), _tidy(text[place:]))


def _tidy(text: str) -> str:
    return " ".join(text.split()).strip(" ,;")


def kind_said(text: str) -> SupplierKind | None:
    """The kind of supplier that a cell says in the words of the code: "SME", "VCSE", "Both", "Neither"; else None."""
    if _LARGE.fullmatch(text.strip()):
        return SupplierKind.LARGE
    if _SECTOR.search(text):
        return SupplierKind.VCFSE
    return SupplierKind.SME if _SMALL.search(text) else None


def kind_of(sme: str, sector: str) -> SupplierKind | None:
    """The kind of supplier of a row with a column each for small business and voluntary sector; None where none says.

    A number or a name stands for yes in the column of the voluntary sector.
    """
    if sector and not _NO.fullmatch(sector):
        return SupplierKind.VCFSE
    if sme and (_YES.fullmatch(sme) or _SMALL.search(sme)) and not _LARGE.fullmatch(sme):
        return SupplierKind.SME
    return SupplierKind.LARGE if sme and (_NO.fullmatch(sme) or _LARGE.fullmatch(sme)) else None


def number_in(text: str) -> str:
    """The registration number of a company or charity in a text; nothing where there is none, or more than one."""
    found = set(_NUMBER.findall(text))
    return found.pop() if len(found) == 1 else ""


def is_open_end(text: str) -> bool:
    """Whether a text in the place of an end says that there is none, or that nobody knows it: "Ongoing", "TBC"."""
    return _OPEN_END.fullmatch(text.strip()) is not None


def is_order(text: str) -> bool:
    """Whether a reference says that it is the number of a purchase order: "PO 4500123"."""
    return _ORDER.fullmatch(text.strip()) is not None
