"""Looks up every locked package among the known faults, and says plainly what could not be looked up.

Run by .ci/audit, with its own Python. The faults come from a copy of the advisories in the format of OSV
(https://ossf.github.io/osv-schema/), a folder or a zip archive, where one is named; else pip-audit asks the registry.
"""

import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

LOCKS = Path(__file__).parent.parent / ".lock"
SHIPPED = "requirements.txt"
CLEAN, FAULTY, UNKNOWN = 0, 1, 2
_PATIENCE = 600
"""Seconds for the registry to answer for all packages."""


@dataclass
class Looked:
    """What came of looking: the faults of each package, as name==version, and what could not be looked up, with why."""

    faults: dict[str, list[str]] = field(default_factory=dict)
    unknown: dict[str, str] = field(default_factory=dict)


def pins(folder: Path = LOCKS) -> dict[str, bool]:
    """Every pin of every lock as name==version, and whether the program ships it; those of other systems too."""
    found: dict[str, bool] = {}
    for lock in sorted(folder.glob("requirements*.txt")):
        for line in re.findall(r"^[a-z0-9].*?==[^\\\n]*", lock.read_text(encoding="utf-8"), re.MULTILINE):
            requirement = Requirement(line.split(" --hash")[0].strip())
            pin = f"{canonicalize_name(requirement.name)}{requirement.specifier}"
            found[pin] = found.get(pin, False) or lock.name == SHIPPED
    return found


def from_copy(wanted: Mapping[str, bool], copy: Path) -> Looked:
    """The faults that a copy of the advisories knows; all are unknown where it holds none."""
    names = {pin.partition("==")[0] for pin in wanted}
    read, found = 0, Looked()
    for advisory in _advisories(copy):
        read += 1
        for part in advisory.get("affected", []):
            package = part.get("package", {})
            name = canonicalize_name(str(package.get("name", "")))
            if package.get("ecosystem") != "PyPI" or name not in names or advisory.get("withdrawn"):
                continue
            for pin in wanted:
                if pin.partition("==")[0] == name and is_affected(pin.partition("==")[2], part):
                    found.faults.setdefault(pin, []).append(f"{advisory.get('id')}: {advisory.get('summary', '')}")
    if not read:
        found.unknown = dict.fromkeys(wanted, f"{copy} holds no advisories")
    return found


def _advisories(copy: Path) -> Iterator[dict[str, Any]]:
    if copy.is_dir():
        texts = (path.read_bytes() for path in sorted(copy.rglob("*.json")))
    elif zipfile.is_zipfile(copy):
        archive = zipfile.ZipFile(copy)
        texts = (archive.read(name) for name in sorted(archive.namelist()) if name.endswith(".json"))
    else:
        return
    for text in texts:
        advisory = json.loads(text)
        if isinstance(advisory, dict) and "affected" in advisory:
            yield advisory


def is_affected(version: str, part: Mapping[str, Any]) -> bool:
    """Whether a version is among those that a part of an advisory names, or within one of its ranges."""
    if version in part.get("versions", []):
        return True
    return any(
        _is_within(Version(version), each.get("events", []))
        for each in part.get("ranges", [])
        if each.get("type") == "ECOSYSTEM"
    )


def _is_within(version: Version, events: list[dict[str, str]]) -> bool:
    """Whether the last event at or before a version says that it is affected."""
    within = False
    for event in sorted(events, key=lambda one: _place(next(iter(one.values())))):
        kind, value = next(iter(event.items()))
        place = _place(value)
        if place > version or (place == version and kind == "last_affected"):
            break
        within = kind == "introduced"
    return within


def _place(text: str) -> Version:
    try:
        return Version(text)
    except InvalidVersion:
        return Version("0")


def from_registry(wanted: Mapping[str, bool]) -> Looked:
    """The faults that the registry knows, by pip-audit; what it has not heard of is unknown."""
    # A pin without its marker is looked up whatever this system is; two versions of one package need two questions.
    rounds: list[list[str]] = []
    for pin in wanted:
        name = pin.partition("==")[0]
        place = next((each for each in rounds if not any(one.startswith(f"{name}==") for one in each)), None)
        if place is None:
            rounds.append(place := [])
        place.append(pin)
    looked = Looked()
    for each in rounds:
        _ask(each, looked)
    return looked


def _ask(asked: list[str], looked: Looked) -> None:
    listed = LOCKS.parent / ".tools" / "audit" / "asked.txt"
    listed.write_text("\n".join(asked), encoding="utf-8")
    command = [sys.executable, "-m", "pip_audit", "--no-deps", "--disable-pip", "--progress-spinner", "off"]
    command += ["--format", "json", "--requirement", str(listed)]
    try:
        told = subprocess.run(command, check=False, capture_output=True, text=True, timeout=_PATIENCE)
        answers = {_pin(one): one for one in json.loads(told.stdout)["dependencies"]}
    except (subprocess.TimeoutExpired, ValueError, KeyError):
        answers = {}
    for pin in asked:
        answer = answers.get(pin)
        if answer is None:
            looked.unknown[pin] = "the registry could not be reached"
        elif "skip_reason" in answer:
            looked.unknown[pin] = "the registry does not tell"
        elif answer.get("vulns"):
            looked.faults[pin] = [f"{one['id']}: {_first_line(one['description'])}" for one in answer["vulns"]]


def _pin(answer: Mapping[str, Any]) -> str:
    version = answer.get("version") or answer.get("skip_reason", "").rpartition("(")[2].rstrip(")")
    return f"{canonicalize_name(answer['name'])}=={version}"


def _first_line(text: str) -> str:
    return (text.strip().splitlines() or [""])[0]


def report(wanted: Mapping[str, bool], looked: Looked) -> tuple[list[str], int]:
    """What is said of it, and the exit status: faults count for more than what is unknown."""
    lines = []
    for pin, faults in sorted(looked.faults.items()):
        where = "shipped with the program" if wanted[pin] else "used to build and test it"
        lines += [f"{pin}, {where}:", *(f"  {each}" for each in faults)]
    if looked.faults:
        lines.append("Raise them with make lock once a version without the fault is out.")
    reasons = sorted(set(looked.unknown.values()))
    for reason in reasons:
        which = sorted(pin for pin, why in looked.unknown.items() if why == reason)
        lines.append(f"NOT LOOKED UP, {reason}: {len(which)} of {len(wanted)} packages: {', '.join(which)}")
    if looked.unknown:
        lines.append("Name a copy of the advisories, which needs no network: make audit ADVISORIES=folder-or-zip")
    known = len(wanted) - len(looked.unknown)
    lines.append(f"{known} of {len(wanted)} packages were looked up, {len(looked.faults)} have known faults.")
    return lines, FAULTY if looked.faults else UNKNOWN if looked.unknown else CLEAN


def main(arguments: list[str]) -> int:
    """Look all of them up and say what was found."""
    wanted = pins()
    looked = from_copy(wanted, Path(arguments[0])) if arguments else from_registry(wanted)
    lines, status = report(wanted, looked)
    print("\n".join(lines))
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
