"""The locks in .lock/ fit what pyproject.toml asks for, and can be installed anywhere."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import PackageNotFoundError, distribution
from itertools import product
from pathlib import Path

import pytest
from packaging.markers import default_environment
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

ASKED = tomllib.loads((ROOT / ".lock" / "requires.toml").read_text(encoding="utf-8"))
"""What each package of the locks asks for, by name==version, from its own metadata."""

SYSTEMS = (
    {"os_name": "posix", "sys_platform": "linux", "platform_system": "Linux", "platform_machine": "x86_64"},
    {"os_name": "posix", "sys_platform": "linux", "platform_system": "Linux", "platform_machine": "aarch64"},
    {"os_name": "nt", "sys_platform": "win32", "platform_system": "Windows", "platform_machine": "AMD64"},
    {"os_name": "nt", "sys_platform": "win32", "platform_system": "Windows", "platform_machine": "ARM64"},
    {"os_name": "posix", "sys_platform": "darwin", "platform_system": "Darwin", "platform_machine": "x86_64"},
    {"os_name": "posix", "sys_platform": "darwin", "platform_system": "Darwin", "platform_machine": "arm64"},
)
PYTHONS = ("3.11.0", "3.11.99", "3.12.0", "3.12.99", "3.13.0", "3.13.99", "3.14.0", "3.14.99")
HERE = {name: str(value) for name, value in default_environment().items()}


def computers() -> Iterator[dict[str, str]]:
    """Every kind of computer that the program supports, as markers ask for it."""
    for system, python in product(SYSTEMS, PYTHONS):
        short = python.rpartition(".")[0]
        same = {"implementation_name": "cpython", "platform_python_implementation": "CPython"}
        versions = {"python_version": short, "python_full_version": python, "implementation_version": python}
        yield {**HERE, **same, **system, **versions, "platform_release": "", "platform_version": ""}


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


def pins_on(name: str, computer: Mapping[str, str]) -> dict[str, Version]:
    """The version of each package that this lock installs on a computer."""
    pins: dict[str, Version] = {}
    for entry in entries(name):
        requirement = Requirement(entry.split(" --hash")[0])
        if requirement.marker is None or requirement.marker.evaluate(dict(computer)):
            package = canonicalize_name(requirement.name)
            assert package not in pins, f"{package} is locked twice for {computer}"
            pins[package] = Version(next(iter(requirement.specifier)).version)
    return pins


def wanted_on(asked: Iterable[str], extras: Iterable[str], computer: Mapping[str, str]) -> Iterator[Requirement]:
    """What of a package's requirements, asked for with these extras, holds on a computer."""
    for requirement in map(Requirement, asked):
        marker = requirement.marker
        if marker is None or any(marker.evaluate({**computer, "extra": extra}) for extra in ("", *extras)):
            yield requirement


def open_ends(
    wanted: Iterable[str], pins: Mapping[str, Version], asked: Mapping[str, list[str]], computer: Mapping[str, str]
) -> tuple[list[str], set[str]]:
    """What is asked for and no pin meets, from the project's own requirements on; and every package met on the way."""
    unmet: list[str] = []
    met: set[tuple[str, frozenset[str]]] = set()
    waiting = [("the project", requirement) for requirement in wanted_on(wanted, (), computer)]
    while waiting:
        asker, requirement = waiting.pop()
        package, extras = canonicalize_name(requirement.name), frozenset(requirement.extras)
        version = pins.get(package)
        if version is None or not requirement.specifier.contains(version, prereleases=True):
            unmet.append(f"{asker} asks for {requirement}, locked is {version}")
        elif (package, extras) not in met:
            met.add((package, extras))
            pin = f"{package}=={version}"
            waiting += [(pin, each) for each in wanted_on(asked[pin], extras, computer)]
    return unmet, {package for package, _ in met}


@pytest.mark.parametrize("name", WANTED)
def test_lock_is_closed_on_every_computer(name: str) -> None:
    """Nothing is left for pip to choose, so what is newest today changes nothing."""
    for computer in computers():
        pins = pins_on(name, computer)
        unmet, met = open_ends(WANTED[name], pins, ASKED, computer)
        where = f"{name} on {computer['sys_platform']} {computer['platform_machine']} {computer['python_full_version']}"
        assert unmet == [], f"{where}: run make lock"
        assert met == set(pins), f"{where}: {sorted(set(pins) - met)} are asked for by nobody"


def test_open_end_of_a_lock_is_found() -> None:
    computer = next(computers())
    pins = {"pytest-cov": Version("7.1.0"), "coverage": Version("7.0")}
    asked = {
        "pytest-cov==7.1.0": ["Coverage[toml]>=6", "pluggy>1; sys_platform == 'linux'", "x; extra == 'dev'"],
        "coverage==7.0": ["tomli; extra == 'toml'", "colorama; sys_platform == 'win32'"],
    }
    unmet, met = open_ends(["pytest-cov>=7"], pins, asked, computer)
    assert sorted(unmet) == [
        'coverage==7.0 asks for tomli; extra == "toml", locked is None',
        'pytest-cov==7.1.0 asks for pluggy>1; sys_platform == "linux", locked is None',
    ]
    assert met == {"pytest-cov", "coverage"}
    assert open_ends(["pytest-cov>=8"], pins, asked, computer)[0] == [
        "the project asks for pytest-cov>=8, locked is 7.1.0"
    ]


def test_what_packages_ask_for_is_kept_for_the_locks_and_no_others() -> None:
    locked = {
        f"{package}=={version}" for name in WANTED for package, pins in read_lock(name).items() for version in pins
    }
    assert set(ASKED) == locked, "run make lock"


def test_what_packages_ask_for_is_what_the_installed_ones_say() -> None:
    seen = 0
    for pin, asked in ASKED.items():
        name, _, version = pin.partition("==")
        try:
            installed = distribution(name)
        except PackageNotFoundError:
            continue
        if installed.version != version:
            continue
        seen += 1
        assert sorted(map(plain, installed.requires or [])) == sorted(map(plain, asked)), pin
    # Those of other systems are not here.
    assert seen == len(pins_on("requirements-dev.txt", HERE)), "install .lock/requirements-dev.txt"


@pytest.mark.parametrize("file", ["docs/python-on-windows.md", ".ci/setup"])
def test_every_install_of_a_lock_takes_the_lock_as_it_is(file: str) -> None:
    text = re.sub(r"\s*\\\n\s*", " ", (ROOT / file).read_text(encoding="utf-8"))
    installs = re.findall(r"^.*\bpip install\b.*$", text, re.MULTILINE)
    assert installs
    assert [line for line in installs if "--no-deps" not in line or "--require-hashes" not in line] == []


def plain(requirement: str) -> str:
    """A requirement in one spelling, whatever spaces its metadata has."""
    return str(Requirement(requirement))
