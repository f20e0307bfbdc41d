"""Holds open data against the standard: its schema and codelists, as they are pinned here.

The pinned copies in `ocds_pinned` are of version 1.1.5 (Apache 2.0), the metrics extension (Apache 2.0) and the United
Kingdom's extension (MIT), each with its licence. The last refers to further extensions, none of which the program
uses: what leads to a definition that is not pinned is left out of it. Nothing is fetched.
"""

import csv
import io
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft4Validator, FormatChecker
from referencing import Registry, Resource

PINNED = Path(__file__).parent / "ocds_pinned"
EXTENSIONS = ("metrics", "uk")
RELEASE = "https://standard.open-contracting.org/schema/1__1__5/release-schema.json"


def load(*parts: str) -> Any:
    return json.loads(PINNED.joinpath(*parts).read_text(encoding="utf-8"))


@cache
def definitions() -> frozenset[str]:
    """Every definition of the standard and of its extensions."""
    files = ("release-schema.json", *(f"{extension}/release-schema.json" for extension in EXTENSIONS))
    return frozenset(name for file in files for name in load(*file.split("/"))["definitions"])


def lean(value: Any) -> Any:
    """A patch without what leads to a definition that is not there."""
    if not isinstance(value, dict):
        return value
    return {name: lean(each) for name, each in value.items() if not leads_nowhere(each)}


def leads_nowhere(value: Any) -> bool:
    if not isinstance(value, dict):
        return False
    target = value.get("$ref", "#/definitions/Release").rpartition("/")[2]
    return target not in {*definitions(), "Release"} or leads_nowhere(value.get("items"))


def merged(target: Any, patch: Any) -> Any:
    """JSON Merge Patch (RFC 7396), by which extensions change the schema."""
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        result[name] = merged(result.get(name), value)
    return result


@cache
def patched_schema() -> Any:
    """The schema of a release with both extensions."""
    schema = load("release-schema.json")
    for extension in EXTENSIONS:
        schema = merged(schema, lean(load(extension, "release-schema.json")))
    return schema


def closed(schema: Any) -> Any:
    """The schema such that a field nobody declared is found, but for dimensions, which have any name."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    made = {name: closed(value) for name, value in schema.items()}
    if isinstance(made.get("properties"), dict) and "type" not in made["properties"].get("properties", {}):
        made.setdefault("additionalProperties", False)
    return made


@cache
def validator() -> Draft4Validator:
    release = closed(patched_schema())
    registry = Registry().with_resources([(RELEASE, Resource.from_contents(release))])
    return Draft4Validator(load("release-package-schema.json"), format_checker=FormatChecker(), registry=registry)


def schema_errors(data: bytes) -> list[str]:
    """What the schema finds in a file, and which codes are in no codelist."""
    package = json.loads(data)
    found = [f"{list(error.absolute_path)}: {error.message}" for error in validator().iter_errors(package)]
    return found + [
        f"{path}: {code} is not in {name}" for path, name, code in codes_of(package) if code not in codelist(name)
    ]


@cache
def codelist(name: str) -> frozenset[str]:
    """The codes of a list, with those that the extensions add."""
    files = [PINNED / "codelists" / name, PINNED / "uk" / "codelists" / name, PINNED / "uk" / "codelists" / f"+{name}"]
    return frozenset(
        row["Code"]
        for file in files
        if file.exists()
        for row in csv.DictReader(io.StringIO(file.read_text(encoding="utf-8")))
    )


def codes_of(package: Any) -> Iterator[tuple[str, str, str]]:
    """Every code in the releases: its path, the list that it is from, and itself."""
    for number, release in enumerate(package["releases"]):
        yield from codes_in(release, patched_schema(), f"releases/{number}")


def codes_in(value: Any, of: Any, path: str) -> Iterator[tuple[str, str, str]]:
    while isinstance(of, dict) and "$ref" in of:
        of = patched_schema()["definitions"][of["$ref"].rpartition("/")[2]]
    if not isinstance(of, dict):
        return
    if "codelist" in of:
        yield from ((path, of["codelist"], code) for code in (value if isinstance(value, list) else [value]))
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from codes_in(each, of.get("items"), f"{path}/{number}")
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from codes_in(each, of.get("properties", {}).get(name), f"{path}/{name}")
