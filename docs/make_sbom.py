"""Writes build/sbom.cdx.json: the parts of the program as a bill of materials in the format of CycloneDX 1.6.

Its packages, versions and hashes are those of the lock, packages of other systems included; licences are told as in
docs/licences.md. The same lock gives the same bytes. Run by make audit.
"""

import json
import re
import uuid
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from docs.make_licences import FROZEN_PARTS, LICENCE_NAMES, LOCK, OWN_FOLDERS, licence_name
from tomsapp import __version__

ROOT = Path(__file__).resolve().parent.parent
WRITTEN = ROOT / "build" / "sbom.cdx.json"
_OURS = uuid.UUID("4f4b1c0e-2f2b-5d0a-9a55-8f6c5a5f7a10")
_SPDX_ID = re.compile(r"[A-Za-z0-9.+-]+")


def locked() -> list[tuple[Requirement, tuple[str, ...]]]:
    """Each package that the program needs on any system, with the SHA-256 of every file that may be installed."""
    text = LOCK.read_text(encoding="utf-8").replace("\\\n", " ")
    found = []
    for line in text.splitlines():
        if "==" in line and not line.lstrip().startswith("#"):
            wanted, *hashes = re.split(r"\s+--hash=sha256:", line.strip())
            found.append((Requirement(wanted), tuple(sorted(each.strip() for each in hashes))))
    return found


def licences(stated: str) -> list[dict[str, Any]]:
    """A licence as CycloneDX tells it: one by its name in SPDX's list, several as an expression of such names."""
    return [{"license": {"id": stated}}] if _SPDX_ID.fullmatch(stated) else [{"expression": stated}]


def package(wanted: Requirement, hashes: tuple[str, ...]) -> dict[str, Any]:
    """One package of the lock."""
    name, version = canonicalize_name(wanted.name), next(iter(wanted.specifier)).version
    address = f"pkg:pypi/{name}@{version}"
    part: dict[str, Any] = {
        "type": "library",
        "bom-ref": address,
        "name": name,
        "version": version,
        "purl": address,
        "externalReferences": [
            {
                "type": "distribution",
                "url": address,
                "comment": "One hash for each file that may be installed, as the system wants it",
                "hashes": [{"alg": "SHA-256", "content": each} for each in hashes],
            }
        ],
    }
    try:
        stated = licence_name(name, distribution(name))
    except PackageNotFoundError:
        stated = LICENCE_NAMES.get(name, "")
    if stated:
        part["licenses"] = licences(stated)
    if wanted.marker is not None:
        part["properties"] = [{"name": "tomsapp:where", "value": str(wanted.marker)}]
    return part


def others() -> list[dict[str, Any]]:
    """What is shipped and is no package: Python, what starts the frozen program, typeface and icons."""
    found = [(part.name, part.version, part.licence, part.address) for part in FROZEN_PARTS]
    found += [(name, "", licence, address) for name, licence, address, _ in OWN_FOLDERS]
    return [
        {
            "type": "data" if not version else "framework",
            "bom-ref": f"part:{name}",
            "name": name,
            **({"version": version} if version else {}),
            "licenses": licences(licence),
            "externalReferences": [{"type": "website", "url": address}],
        }
        for name, version, licence, address in found
    ]


def make() -> str:
    """The bill of materials as it should be written."""
    parts = [package(*each) for each in locked()] + others()
    program = {"type": "application", "bom-ref": "tomsapp", "name": "tomsapp", "version": __version__}
    bill: dict[str, Any] = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {**program, "licenses": licences("MIT")}},
        "components": parts,
        "dependencies": [{"ref": "tomsapp", "dependsOn": [part["bom-ref"] for part in parts]}],
    }
    bill["serialNumber"] = f"urn:uuid:{uuid.uuid5(_OURS, json.dumps(bill, sort_keys=True))}"
    return json.dumps(bill, indent=1, sort_keys=True) + "\n"


def main() -> None:
    """Write it."""
    WRITTEN.parent.mkdir(exist_ok=True)
    WRITTEN.write_text(make(), encoding="utf-8", newline="\n")
    print(f"{WRITTEN.relative_to(ROOT)} lists what is shipped.")


if __name__ == "__main__":
    main()
