"""Open data: what is said of whoever publishes it, and what is told of each contract.

A publisher of the Open Contracting Data Standard names each contracting process by an OCID: a prefix that the
standard's helpdesk registers for the publisher, a hyphen, and a name of the publisher's own. The program never makes a
prefix up. A contract with a notice on Find a Tender has the OCID of the notice. Without either it is named by its own
reference, and the file says nothing that is not so.
Source: docs/formats.md, "Open data"; https://standard.open-contracting.org/1.1/en/schema/identifiers/
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

from tomsapp.domain.delivery.figures import Delivered
from tomsapp.domain.facts import Fact, FactKind, Fault
from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.domain.record_type import RecordType
from tomsapp.domain.supplier import Supplier
from tomsapp.domain.valuation import Valuation

OPEN_GOVERNMENT_LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
"""The licence under which the Local Government Transparency Code 2015 asks councils to publish (paragraph 16)."""

PREFIX_NEEDED = "prefix-needed"
"""The code of the warning that no prefix is known; it is nothing where every contract has an OCID of its own."""

_PREFIX = re.compile(r"ocds-[a-z0-9]{6}")
_OF_THE_DOCUMENTATION = "ocds-213czf"
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]+)?(?:[/?#][!#-;=?-\[\]_a-z~]*)?")


@dataclass(frozen=True, slots=True)
class Publication:
    """What is published, by whom, and under what names.

    Attributes:
        until: the day to which deliveries are told.
        name: of the council that publishes.
        scheme, identifier: the council in a register of organisations: "GB-LAC" and its code there.
        website: of the council.
        licence: the address of the licence under which anybody may use the data.
        policy: the address of a page on how the council publishes.
        prefix: that is registered for the council: "ocds-" and six letters or digits.
        address: where the file will stand; without it the file has a name of its own that leads nowhere.
    """

    until: date | None
    name: str = ""
    scheme: str = ""
    identifier: str = ""
    website: str = ""
    licence: str = ""
    policy: str = ""
    prefix: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class OpenContract:
    """What is told of a signed contract.

    Attributes:
        delivered: the contract as it stands, with what was delivered to a day.
        valuation: what is promised, as it stands.
        supplier: who signed; None where none is recorded.
        signed_on: the day of the signing in force.
        varied_on: the day of each variation in force, in their order.
        handed_over: the real pounds in the ledger that were handed over by the day.
    """

    delivered: Delivered
    valuation: Valuation
    supplier: Supplier | None
    signed_on: date | None
    varied_on: tuple[date, ...] = ()
    handed_over: Decimal = Decimal("0.00")


def _address_fault(address: str) -> Fault | None:
    """What is wrong with the address of a page or file, or None."""
    fix = "Enter the whole of it, beginning with https://, or leave it empty"
    return None if _ADDRESS.fullmatch(address) else Fault(f"“{address}” is no address", fix)


def _prefix_fault(prefix: str) -> Fault | None:
    """What is wrong with a prefix that is said to be the council's, or None."""
    if _PREFIX.fullmatch(prefix) is None:
        fix = "Enter it as it was registered: ocds- and six small letters or digits; or leave it empty"
        return Fault(f"“{prefix}” is no OCID prefix", fix, "form")
    if prefix == _OF_THE_DOCUMENTATION:
        what = f"{prefix} is the example in the standard’s documentation and belongs to nobody"
        return Fault(what, "Enter the council’s own, or leave it empty", "example")
    return None


def _half_identifiers(publication: Publication) -> Iterator[Problem]:
    if bool(publication.scheme) != bool(publication.identifier):
        what = "The register and the council’s code in it belong together, and one is missing"
        fix = "Enter both, for example GB-LAC and the code there, or neither"
        yield Problem("identifier-half", Severity.ERROR, what, fix, Where(field="identifier"))


def before_publishing(publication: Publication) -> list[Problem]:
    """What is to be done before a file that can be written is published: warnings, in words for an officer."""
    found = []
    if not publication.prefix:
        found.append(
            _warning(
                PREFIX_NEEDED,
                "Contracts without a notice on Find a Tender are named by their references alone, for no OCID prefix "
                "of the council is known here",
                "Before it is published, have a prefix registered with the helpdesk of the Open Contracting Data "
                "Standard (data@open-contracting.org), which is free, and make the file again with it",
                "prefix",
            )
        )
    if not publication.licence:
        what = "The file names no licence, and what has none may be used by nobody"
        fix = f"Enter the address of a licence, such as the Open Government Licence, {OPEN_GOVERNMENT_LICENCE}"
        found.append(_warning("licence-needed", what, fix, "licence"))
    return found


def _warning(code: str, message: str, fix: str, field: str) -> Problem:
    return Problem(code, Severity.WARNING, message, fix, Where(field=field))


_address = partial(Fact, most=500, check=_address_fault)

PUBLICATION = RecordType(
    "publication",
    "publication",
    "publications",
    Publication,
    (
        Fact(
            "until",
            "Delivered to",
            FactKind.DAY,
            "Quarters that ended by this day are told",
            needed="Enter a date, for example 31 March 2027",
        ),
        Fact("name", "Publisher", hint="The name of the council", needed="Enter the name of the council"),
        Fact(
            "prefix",
            "OCID prefix",
            hint="As the Open Contracting Data Standard registered it for the council: ocds- and six signs. "
            "Leave it empty while there is none",
            most=40,
            check=_prefix_fault,
        ),
        _address("licence", "Licence", hint="Its address, for example that of the Open Government Licence"),
        Fact("scheme", "Register of the council", hint="For example GB-LAC, the local authority codes", most=40),
        Fact("identifier", "Code in that register", most=60),
        _address("website", "Website of the council"),
        _address("policy", "Publication policy", hint="The address of a page on how the council publishes"),
        _address("address", "Address of the file", hint="Where it will stand, if it is known"),
    ),
    name_of=lambda publication: publication.name,
    checks=(_half_identifiers,),
)
"""What is asked before open data is written."""
