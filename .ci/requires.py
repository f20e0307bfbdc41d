"""Writes .lock/requires.toml: what every locked package's own metadata asks for, packages of other systems included.

pip tells it package by package without installing or resolving; .ci/lock runs this after it has made the locks.
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCKS = Path(__file__).parent.parent / ".lock"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
SYSTEMS = ("linux", "win32", "darwin")
START = """\
# What each locked package's own metadata asks for (Requires-Dist), packages of other systems included: with it
# tests/test_lock.py holds that the locks are closed. Made by make lock: do not edit.
"""


def pins() -> dict[str, Requirement]:
    """Every pin of every lock by name==version, with its marker."""
    found: dict[str, Requirement] = {}
    for lock in sorted(LOCKS.glob("requirements*.txt")):
        for line in re.findall(r"^[a-z0-9].*?==[^\\\n]*", lock.read_text(encoding="utf-8"), re.MULTILINE):
            requirement = Requirement(line.split(" --hash")[0].strip())
            found.setdefault(f"{canonicalize_name(requirement.name)}{requirement.specifier}", requirement)
    return found


def first_python(marker: Marker | None) -> str:
    """The oldest Python on which a pin with this marker is wanted, on whichever system."""
    for python in PYTHONS:
        for system in SYSTEMS:
            place = {"python_version": python, "python_full_version": f"{python}.0", "sys_platform": system}
            if marker is None or marker.evaluate(place):
                return python
    sys.exit(f"A pin is wanted nowhere: {marker}")


def asked_for(wanted: list[str], python: str) -> dict[str, list[str]]:
    """What these pins ask for, as wheels of this Python say."""
    with tempfile.TemporaryDirectory() as folder:
        listed, report = Path(folder, "pins.txt"), Path(folder, "report.json")
        listed.write_text("\n".join(wanted), encoding="utf-8")
        command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "install", "--dry-run"]
        command += ["--no-deps", "--ignore-installed", "--only-binary", ":all:", "--python-version", python]
        # Else the Python that runs pip would have to be that one.
        command += ["--ignore-requires-python"]
        command += ["--target", folder, "--report", str(report), "--requirement", str(listed)]
        subprocess.run(command, check=True)
        told = [entry["metadata"] for entry in json.loads(report.read_text(encoding="utf-8"))["install"]]
    return {f"{canonicalize_name(one['name'])}=={one['version']}": one.get("requires_dist", []) for one in told}


def main() -> None:
    """Ask for all pins and write the file."""
    wanted = pins()
    found: dict[str, list[str]] = {}
    for python in PYTHONS:
        if here := [pin for pin, requirement in wanted.items() if first_python(requirement.marker) == python]:
            found |= asked_for(here, python)
    if missing := sorted(set(wanted) - set(found)):
        sys.exit(f"pip did not tell what these ask for: {', '.join(missing)}")
    lines = [START]
    for pin, requirements in sorted(found.items()):
        # A TOML string in double quotes is written as a JSON string is.
        listed = "".join(f"    {json.dumps(each)},\n" for each in requirements)
        lines.append(f'"{pin}" = [\n{listed}]\n' if listed else f'"{pin}" = []\n')
    (LOCKS / "requires.toml").write_text("".join(lines), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
