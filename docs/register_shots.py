"""The pictures of a council's register, and of notices, as they come in: made-up rows beside the example council."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from docs.camera import HEIGHT, WIDTH, dialog_called, settle
from tomsapp.services.table_import import LeftOutKind

if TYPE_CHECKING:
    from docs.camera import Camera

_REGISTER = """Larkmere contracts register (fictional);;;;;;;;
Reference number;Title of agreement;Local authority department responsible;Supplier name and details;\
Company number;Sum to be paid;Start date;End date;SME/VCSE
L-2026-101;Play areas;Environment;HAZELMOOR GROUNDS LIMITED;;£310,000.00;01/04/2026;31/03/2029;SME
L-2026-102;Home care, nights;Adults;Dunmalow Care Ltd;;£96,500.00 pa;01/07/2026;30/06/2029;SME
L-2026-103;Street lighting;Environment;Northmarrow Civil Engineering Ltd;;£2,450,000;01/10/2026;30/09/2030;No
L-2026-104;Grant to the Larkmere Food Bank;Communities;Larkmere Food Bank;;£15,000;01/04/2026;31/03/2027;VCSE
L-2026-105;Payroll service;Resources;Paperwork and Sons Ltd;09999991;£84,000;01/04/2026;Ongoing;SME
PO 4500123;Bench slats;Environment;Paperwork & Sons;;£6,100;15/05/2026;14/05/2027;SME
"""
_SUPPLIER = {
    "id": "GB-COH-09999992", "name": "Made Up Lighting Ltd", "roles": ["supplier"], "details": {"scale": "sme"},
    "identifier": {"scheme": "GB-COH", "id": "09999992"},
}  # fmt: skip
_LOTS = ("north", "south")


def _notices() -> str:
    """A made-up procurement of two lots."""
    period = {"startDate": "2026-09-01T00:00:00+01:00", "endDate": "2030-08-31T23:59:59+01:00"}
    awards = [
        {
            "id": str(number), "status": "active", "relatedLots": [str(number)], "contractPeriod": period,
            "suppliers": [{"id": _SUPPLIER["id"]}],
            "value": {"amount": 240000 * number, "amountGross": 288000 * number, "currency": "GBP"},
        }
        for number in (1, 2)
    ]  # fmt: skip
    lots = [{"id": str(number), "title": title} for number, title in enumerate(_LOTS, 1)]
    tender = {"id": "L-2026-120", "title": "Lighting", "description": "Fictional", "status": "complete", "lots": lots}
    release = {
        "ocid": "ocds-h6vhtk-0fa120", "id": "012345-2026", "date": "2026-06-02T09:00:00Z", "tag": ["award"],
        "buyer": {"name": "Larkmere Council"}, "parties": [_SUPPLIER], "tender": tender, "awards": awards,
    }  # fmt: skip
    return json.dumps({"releases": [release]})


def read_register(camera: Camera) -> None:
    """The table step with its questions, then the lines of the register, then those of a notice."""
    file = camera.home / "Larkmere register.csv"
    file.write_text(_REGISTER, encoding="utf-8")
    camera.go_to("contracts", "list")
    camera.window.page("contracts").list.import_button.click()
    dialog = dialog_called("Import")
    dialog.resize(WIDTH, HEIGHT)
    dialog.read_file(file)
    camera.take("import-register", dialog)
    left_out = dialog.table_step.left_out
    for thing in left_out.things:
        if thing.kind is LeftOutKind.SUPPLIER:
            left_out.decided.emit(thing.key, thing.options[0].key)
            settle()
    dialog.go_on()
    settle()
    camera.take("import-register-lines", dialog)
    notice = camera.home / "012345-2026.json"
    notice.write_text(_notices(), encoding="utf-8")
    dialog.read_file(notice)
    dialog.go_on()
    settle()
    camera.take("import-notices", dialog)
    dialog.close()
