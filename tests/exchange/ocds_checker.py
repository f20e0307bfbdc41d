"""Holds open data against the public checker of the standard, libcoveocds, without the network.

It asks for packages that are not locked here, so it is looked for and not demanded: see docs/decisions/046.
"""

import io
import json
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.exchange.ocds_check import PINNED, RELEASE, lean, load

pytest.importorskip("libcoveocds", reason="the public checker is not installed: pip install libcoveocds")

import ocdsextensionregistry.util
from libcoveocds.api import ocds_json_output
from libcoveocds.config import LibCoveOCDSConfig

VERSIONED = RELEASE.replace("release-schema", "versioned-release-validation-schema")
DOWNLOADS = {
    "https://github.com/open-contracting-extensions/ocds_metrics_extension/archive/master.zip": "metrics",
    "https://github.com/cabinetoffice/ocds_uk_extension/archive/main.zip": "uk",
}
ANY_STATE = {"path": "/releases/contracts/implementation/metrics/observations/dimensions", "field": "state"}
"""A dimension has whatever name its publisher gives it (`patternProperties`), of which the checker does not know."""


class _Answer:
    status_code = 200

    def __init__(self, content: bytes) -> None:
        self.content = content

    def raise_for_status(self) -> None:
        pass


def _standard() -> bytes:
    """The standard as the checker expects its download: of what it does not use, a schema that says nothing."""
    empty = json.dumps({"$schema": "http://json-schema.org/draft-04/schema#", "id": VERSIONED})
    files = {f"schema/{path.name}": path.read_bytes() for path in PINNED.glob("*.json")}
    files |= {f"schema/codelists/{path.name}": path.read_bytes() for path in PINNED.glob("codelists/*.csv")}
    return _zipped({**files, "schema/versioned-release-validation-schema.json": empty.encode()})


def _extension(name: str) -> bytes:
    folder = PINNED / name
    files = {
        str(path.relative_to(folder).as_posix()): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }
    return _zipped({**files, "release-schema.json": json.dumps(lean(load(name, "release-schema.json"))).encode()})


def _zipped(files: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("standard/", "")
        for name, content in files.items():
            archive.writestr(f"standard/{name}", content)
    return target.getvalue()


@contextmanager
def _without_network() -> Iterator[None]:
    session: Any = ocdsextensionregistry.util.session

    def get(url: str, **_options: object) -> _Answer:
        return _Answer(_extension(DOWNLOADS[url]))

    before, session.get = session.get, get
    try:
        yield
    finally:
        session.get = before


def checker_findings(data: bytes) -> dict[str, Any]:
    """What the public checker finds in a file, by what kind of finding it is; nothing where it finds nothing."""
    config = LibCoveOCDSConfig()
    config.config |= {"context": "api", "standard_zip": _standard()}
    with tempfile.TemporaryDirectory() as folder, _without_network():
        told = ocds_json_output(folder, json_data=json.loads(data), lib_cove_ocds_config=config)
    strange = [each for each in told["additional_fields"] if {name: each[name] for name in ANY_STATE} != ANY_STATE]
    found = {
        "validation_errors": told["validation_errors"],
        "additional_fields": strange,
        "deprecated_fields": told["deprecated_fields"],
        "closed_codes": told["additional_closed_codelist_values"],
        "open_codes": told["additional_open_codelist_values"],
        "checks": told["additional_checks"],
        "invalid_extensions": told["extensions"]["invalid_extension"],
    }
    return {name: each for name, each in found.items() if each}
