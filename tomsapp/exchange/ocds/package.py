"""A release package of the Open Contracting Data Standard: a release for each contract, and who publishes it.

Only facts that the program holds are told. The tender has its title and who led it, since the standard
names a contracting process by it; how it was run is not known here. Left out is whatever is about a person or is free
text in which one may be named: contacts, contract managers, notes, what suppliers state, and reasons.
Source: https://standard.open-contracting.org/1.1/en/schema/, docs/formats.md, "Open data".
"""

import hashlib
import uuid
from collections.abc import Iterable
from datetime import datetime
from urllib.parse import quote

from tomsapp.domain.contract import Contract, ContractStatus
from tomsapp.domain.ocids import number_in_process, process_of
from tomsapp.domain.open_data import OpenContract, Publication
from tomsapp.exchange.ocds.exact_json import write_exact
from tomsapp.exchange.ocds.metrics import agreed_metrics, delivered_metrics, pounds
from tomsapp.exchange.ocds.moments import day_begins, day_ends, moment_text
from tomsapp.exchange.ocds.parties import buyer, reference_to, supplier_party

EXTENSIONS = (
    "https://raw.githubusercontent.com/open-contracting-extensions/ocds_metrics_extension/master/extension.json",
    "https://raw.githubusercontent.com/cabinetoffice/ocds_uk_extension/main/extension.json",
)
"""What the package uses beside the standard, by the names under which it is known everywhere."""

_VERSION = "1.1"
_HASH_LETTERS = 16


def write_package(publication: Publication, contracts: Iterable[OpenContract], published_at: datetime) -> bytes:
    """The contracts as JSON; the same bytes for the same contracts, publication and moment.

    Args:
        publication: without errors; see `PUBLICATION`.
        contracts: at least one, signed, in the order in which they stand in the file.
        published_at: the moment of publication, with its time zone.
    """
    moment = moment_text(published_at)
    releases = [_release(publication, told, moment) for told in contracts]
    return write_exact(
        {
            "uri": publication.address or _own_name(releases),
            "version": _VERSION,
            "extensions": list(EXTENSIONS),
            "publishedDate": moment,
            "publisher": _publisher(publication),
            **({"license": publication.licence} if publication.licence else {}),
            **({"publicationPolicy": publication.policy} if publication.policy else {}),
            "releases": releases,
        }
    )


def _own_name(releases: list[dict[str, object]]) -> str:
    """A name that no other file has, and that leads nowhere: it is worked out from what the file holds."""
    return uuid.uuid5(uuid.NAMESPACE_OID, write_exact({"releases": releases}).decode()).urn


def _publisher(publication: Publication) -> dict[str, object]:
    told: dict[str, object] = {"name": publication.name}
    if publication.identifier:
        told |= {"scheme": publication.scheme, "uid": publication.identifier}
    if publication.website:
        told["uri"] = publication.website
    return told


def ocid(publication: Publication, contract: Contract) -> str:
    """The name of the contracting process.

    It is that of its notice on Find a Tender where there is one, so that all that is published of it stands together;
    else the registered prefix and the reference, or without a prefix the reference.
    """
    if contract.ocid:
        return process_of(contract.ocid)
    own = quote(contract.reference, safe="")
    return f"{publication.prefix}-{own}" if publication.prefix else own


def _release(publication: Publication, told: OpenContract, moment: str) -> dict[str, object]:
    contract, council = told.delivered.contract, buyer(publication)
    supplier = None if told.supplier is None else supplier_party(told.supplier, contract.reference)
    signed = _contract(told)
    content: dict[str, object] = {
        "tag": ["award", "contract", *(["implementation"] if "implementation" in signed else [])],
        "initiationType": "tender",
        "language": "en",
        "parties": [council, *([supplier] if supplier else [])],
        "buyer": reference_to(council),
        # The notice tells the tender, of which other contracts may be too.
        **({} if contract.ocid else {"tender": _tender(contract, council)}),
        "awards": [
            {
                "id": _own_id(contract),
                "title": contract.title,
                "status": "active",
                **({"suppliers": [reference_to(supplier)]} if supplier else {}),
            }
        ],
        "contracts": [signed],
    }
    name = ocid(publication, contract)
    return {"ocid": name, "id": f"{name}-{_fingerprint(content)}", "date": moment, **content}


def _tender(contract: Contract, council: dict[str, object]) -> dict[str, object]:
    return {"id": contract.reference, "title": contract.title, "procuringEntity": reference_to(council)}


def _own_id(contract: Contract) -> str:
    """What a contract is called within its process: as its notice numbers it, else its reference."""
    return number_in_process(contract.ocid) or contract.reference


def _fingerprint(content: dict[str, object]) -> str:
    """What changes with anything that a release says, so that no two that differ have one id."""
    return hashlib.sha256(write_exact(content)).hexdigest()[:_HASH_LETTERS]


def _contract(told: OpenContract) -> dict[str, object]:
    contract = told.delivered.contract
    latest = {"maxExtentDate": day_ends(contract.latest_end_on)} if contract.latest_end_on else {}
    gross = {} if contract.value_with_vat is None else {"amountGross": contract.value_with_vat}
    amendments = [
        {"id": str(number), "date": day_begins(day), "description": f"Variation {number}"}
        for number, day in enumerate(told.varied_on, start=1)
    ]
    delivered = delivered_metrics(told)
    return {
        "id": _own_id(contract),
        "awardID": _own_id(contract),
        "title": contract.title,
        "status": "terminated" if contract.status is ContractStatus.CLOSED else "active",
        "period": {"startDate": day_begins(contract.start_on), "endDate": day_ends(contract.end_on), **latest},
        "value": {**pounds(contract.value), **gross},
        **({"dateSigned": day_begins(told.signed_on)} if told.signed_on else {}),
        "agreedMetrics": agreed_metrics(told),
        **({"implementation": {"metrics": delivered}} if delivered else {}),
        **({"amendments": amendments} if amendments else {}),
    }
