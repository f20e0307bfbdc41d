"""Twenty notices of procurements that do not exist, as Find a Tender writes them; every name and number is made up."""

import json
from typing import Any

COUNCIL = "Example Borough Council (fictional)"
MADE_UP = "Fictional: no such procurement, council or supplier exists"


def party(number: str, name: str, *, charity: str = "", scale: str = "sme", vcse: bool = False) -> dict[str, Any]:
    """A supplier with its number at Companies House, and at the Charity Commission where it has one."""
    further = [{"scheme": "GB-CHC", "id": charity}] if charity else []
    return {
        "id": f"GB-COH-{number}", "name": name, "roles": ["supplier"],
        "identifier": {"scheme": "GB-PPON", "id": f"PX{number}"},
        "additionalIdentifiers": [*([{"scheme": "GB-COH", "id": number}] if number else []), *further],
        "details": {"scale": scale, "vcse": vcse},
    }  # fmt: skip


def release(number: int, **given: Any) -> dict[str, Any]:
    """A contract details notice of one procurement; what is given stands in place of what is usual."""
    supplier = given.pop("supplier", party(f"0999{number:04}", f"Made Up Supplier {number} Ltd"))
    suppliers = given.pop("suppliers", [supplier])
    value = given.pop("value", {"amount": 100000 + number, "amountGross": 120000 + number * 2, "currency": "GBP"})
    period = given.pop(
        "period", {"startDate": "2026-04-01T00:00:00+01:00", "endDate": "2029-03-31T23:59:59+01:00"}
    )  # fmt: skip
    buyer = {"id": "GB-PPON-PXXX-0001", "name": given.pop("buyer", COUNCIL), "roles": ["buyer"]}
    named = [{"id": one["id"], "name": one["name"]} for one in suppliers]
    tender = {"id": f"EX-{number}", "title": f"Made up work {number}", "status": "complete", "description": MADE_UP}
    award = {"id": "1", "status": "active", "suppliers": named, "value": value, "contractPeriod": period}
    contract = {"id": "1", "awardID": "1", "status": "active", "value": value, "period": period}
    return {
        "ocid": f"ocds-h6vhtk-0f{number:04}", "id": f"{number:06}-2026",
        "date": f"2026-02-{1 + number % 28:02}T10:00:00Z", "tag": ["award", "contract"],
        "parties": [buyer, *suppliers], "buyer": {"id": buyer["id"], "name": buyer["name"]},
        "tender": {**tender, **given.pop("tender", {})}, "awards": given.pop("awards", [award]),
        "contracts": given.pop("contracts", [contract]), **given,
    }  # fmt: skip


def package(*releases: dict[str, Any]) -> bytes:
    """Releases as one file."""
    told = {"uri": "https://example.org/fictional", "version": "1.1", "publisher": {"name": MADE_UP}}
    return json.dumps({**told, "releases": list(releases)}).encode()


def twenty() -> dict[str, bytes]:
    """Twenty notices, a file each, by the names of the files."""
    lots = [{"id": "1", "title": "North"}, {"id": "2", "title": "South"}]
    two = [
        {"id": str(number), "status": "active", "relatedLots": [str(number)], "suppliers": [], "value":
         {"amount": 50000 * number, "currency": "GBP"}, "contractPeriod":
         {"startDate": "2026-03-31T23:00:00Z", "endDate": "2028-03-30T23:00:00Z", "maxExtentDate": "2030-03-31"}}
        for number in (1, 2)
    ]  # fmt: skip
    others = [party("09998001", "Made Up Framework A Ltd"), party("09998002", "Made Up Framework B plc", scale="large")]
    charity = party("", "Made Up Charity", charity="1999999", vcse=True)
    odd = {
        3: release(3, tender={"lots": lots}, awards=two, contracts=[]),
        4: release(4, suppliers=others, tender={"techniques": {"hasFrameworkAgreement": True}, "lots": lots[:1]}),
        5: release(5, supplier=charity),
        6: release(6, awards=[], contracts=[], tag=["tender"], tender={"status": "active"}),
        7: release(7, awards=[{"id": "1", "status": "unsuccessful"}], contracts=[]),
        8: release(8, value={"amount": 90000, "currency": "EUR"}),
        9: release(9, value={"amountGross": 90000, "currency": "GBP"}),
        10: release(10, buyer="Westmere Water (fictional)"),
        11: release(11, tender={"id": "ocds-h6vhtk-0f0011"}),
        12: release(12, contracts=[{"id": "1", "awardID": "1", "status": "terminated"}]),
    }
    return {f"{number:06}-2026.json": package(odd.get(number) or release(number)) for number in range(1, 21)}
