"""A supplier: the organisation that signs a contract and keeps its promises."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from tomsapp.domain.alike import alike, each_alike
from tomsapp.domain.facts import Fact, FactKind, Fault, Listed
from tomsapp.domain.lookalikes import drawn, each_drawn
from tomsapp.domain.record_type import RecordType


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
    """An organisation with its contact, as the council records it.

    `is_local`: based in the council's area; `address`: to which post goes.
    """

    name: str
    kind: SupplierKind = SupplierKind.SME
    registration: str = ""
    is_local: bool = False
    contact_name: str = ""
    contact_email: str = ""
    notes: str = ""
    address: str = ""


_MOST_ADDRESS = 300
_SUFFIX = re.compile(r"( (ltd|limited|plc|public limited company|llp))+$")
_FORMS = {"ltd": "Ltd", "limited": "Ltd", "plc": "plc", "company": "plc", "llp": "LLP"}
"""The form of a company by the last word of its name."""


def legal_form(name: str) -> str:
    """The form of company that a name ends in, “Ltd” of “Lamp Limited”; nothing where it ends in none of them."""
    words = _words(name)
    return _FORMS[words.rpartition(" ")[2]] if _SUFFIX.search(words) else ""


def surely_same(one: Supplier, other: Supplier) -> bool:
    """Whether two suppliers are one without anybody being asked.

    Their registration number is the same, or their names are but for case, signs, & and "and", Ltd and Limited, where
    neither number nor form of company speaks against it: Lamp Ltd and Lamp plc may be two.
    """
    numbers = {_registration(one), _registration(other)}
    if "" not in numbers:
        return len(numbers) == 1
    if plain_name(one.name) != plain_name(other.name):
        return False
    return one.name == other.name or len({legal_form(one.name), legal_form(other.name)} - {""}) <= 1


def why_not_sure(one: Supplier, other: Supplier) -> str:
    """What speaks against two suppliers of one name, as it is said of the other: "has the registration number 0123"."""
    numbers = {_registration(one), _registration(other)}
    if "" not in numbers and len(numbers) > 1:
        return f"has the registration number {other.registration.strip()}"
    forms = legal_form(one.name), legal_form(other.name)
    if all(forms) and forms[0] != forms[1]:
        return f"ends in {forms[1]}, and this one in {forms[0]}"
    return ""


def same_supplier(one: Supplier, other: Supplier) -> str:
    """Why two suppliers look like one, in words; nothing where they do not.

    Their registration number is the same, or their names are but for case, signs, & and "and", Ltd and Limited, or
    are drawn the same with other letters.
    """
    number = _registration(one)
    if number and number == _registration(other):
        return f"{other.name} has the same registration number, {other.registration.strip()}"
    if plain_name(one.name) == plain_name(other.name):
        return f"There is a supplier called {other.name}"
    if looks_like(one, other):
        return f"There is a supplier called {other.name}, which looks the same and is written with other letters"
    return ""


def looks_like(one: Supplier, other: Supplier) -> bool:
    """Whether the names of two suppliers are drawn the same."""
    return not drawn_marks(one).isdisjoint(drawn_marks(other))


def drawn_marks(supplier: Supplier) -> frozenset[str]:
    """What two suppliers share whose names are drawn the same: their name, or what is left of it without Ltd."""
    return frozenset((f"plain:{drawn(plain_name(supplier.name))}", f"name:{drawn(supplier.name)}"))


def supplier_marks(supplier: Supplier) -> frozenset[str]:
    """What two suppliers share that look like one: their registration number, or their name as `same_supplier` has it.

    So one of hundreds is found at once.
    """
    number, name = _registration(supplier), plain_name(supplier.name)
    return frozenset(filter(None, (number and f"number:{number}", name and f"name:{name}")))


def each_marks(suppliers: Sequence[Supplier]) -> list[tuple[str, ...]]:
    """What `supplier_marks` and `drawn_marks` give of each supplier, of thousands at once, what tells most first.

    A number goes before a name, and a name before what is drawn as it.
    """
    names = [supplier.name for supplier in suppliers]
    plain, numbers = each_plain_name(names), map(_registration, suppliers)
    told = zip(numbers, plain, each_drawn(names), each_drawn(plain), strict=True)
    return [
        (
            *((f"number:{number}",) if number else ()),
            *((f"name:{name}",) if name else ()),
            f"name:{drawn_name}",
            f"plain:{drawn_plain}",
        )
        for number, name, drawn_name, drawn_plain in told
    ]


def _registration(supplier: Supplier) -> str:
    if not supplier.registration:
        return ""
    return re.sub(r"[^0-9a-z]", "", alike(supplier.registration)).lstrip("0")


@lru_cache(maxsize=20_000)
def plain_name(name: str) -> str:
    """What is compared of a name: without case, signs and the form of company, & as "and"."""
    return _SUFFIX.sub("", _words(name))


def each_plain_name(names: Sequence[str]) -> list[str]:
    """What `plain_name` gives of each name, of thousands at once."""
    joined = "\n".join(each_alike(names)).replace("&", " and ")
    if _ODD_SIGN.search(joined):
        joined = _SIGNS.sub(" ", joined)
    return [_SUFFIX.sub("", name.strip()) for name in joined.split("\n")] if names else []


_ODD_SIGN = re.compile(r"[^\w\n ]|  ")
_SIGNS = re.compile(r"[^\w\n]+")
"""What stands between the words of a name; names stand one a line, and `alike` leaves no line within one."""


def _words(name: str) -> str:
    return _SIGNS.sub(" ", alike(name).replace("&", " and ")).strip()


def email_fault(address: str) -> Fault | None:
    """What is wrong with an e-mail address, or None."""
    return None if "@" in address else Fault("It has no @", "Enter it as name@example.org")


SUPPLIER = RecordType(
    "supplier",
    "supplier",
    "suppliers",
    Supplier,
    (
        Fact("name", "Name", needed="Enter the organisation’s name", listed=Listed.SHOWN, is_name=True),
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
        Fact("contact_name", "Contact name", is_name=True),
        Fact("contact_email", "Contact e-mail", check=email_fault),
        Fact(
            "address",
            "Postal address",
            hint="Street, town and postcode",
            most=_MOST_ADDRESS,
            revision="0021",
            listed=Listed.NO,
        ),
        Fact("notes", "Notes", FactKind.LONG, listed=Listed.NO, is_searched=False),
    ),
    name_of=lambda supplier: supplier.name,
)
"""What the council records of a supplier."""
