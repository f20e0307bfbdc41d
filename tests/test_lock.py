"""The locks in .lock/ fit what pyproject.toml asks for, and can be installed anywhere."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]

WANTED = {
    "requirements.txt": PROJECT["dependencies"],
    "requirements-build.txt": PROJECT["dependencies"] + EXTRAS["build"],
    "requirements-dev.txt": PROJECT["dependencies"] + EXTRAS["build"] + EXTRAS["dev"],
}


def read_lock(name: str) -> dict[str, set[Version]]:
    """Returns the versions locked for each package: more than one where they differ between Pythons."""
    locked: dict[str, set[Version]] = {}
    for entry in entries(name):
        requirement = Requirement(entry.split(" --hash")[0])
        (pin,) = requirement.specifier
        assert pin.operator == "=="
        locked.setdefault(canonicalize_name(requirement.name), set()).add(Version(pin.version))
    return locked


def entries(name: str) -> list[str]:
    """Returns one text for each locked package, its continued lines joined."""
    text = (ROOT / ".lock" / name).read_text(encoding="utf-8")
    return re.sub(r"\s*\\\n\s*", " ", text).splitlines()


@pytest.mark.parametrize("name", WANTED)
def test_lock_satisfies_the_project(name: str) -> None:
    locked = read_lock(name)
    for wanted in map(Requirement, WANTED[name]):
        versions = locked.get(canonicalize_name(wanted.name), set())
        assert versions, f"{wanted.name} is not locked: run make lock"
        assert all(version in wanted.specifier for version in versions), f"{wanted}: run make lock"


@pytest.mark.parametrize("name", WANTED)
def test_lock_holds_only_pins_with_hashes(name: str) -> None:
    for entry in entries(name):
        assert re.fullmatch(r"[a-z0-9.-]+==[^\s;]+( ; [^\\]+?)?( --hash=sha256:[0-9a-f]{64})+", entry), entry[:80]


@pytest.mark.parametrize("name", ["requirements-build.txt", "requirements-dev.txt"])
def test_locks_agree_with_the_program_s_own(name: str) -> None:
    longer = read_lock(name)
    assert {package: longer.get(package) for package in read_lock("requirements.txt")} == read_lock("requirements.txt")
