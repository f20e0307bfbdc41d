"""The audit names known faults, never takes what it could not look up for faultless, and lists what is shipped."""

import importlib.util
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

ROOT = Path(__file__).parent.parent


def load(path: str) -> ModuleType:
    name = f"loaded_{Path(path).stem}"
    specification = importlib.util.spec_from_file_location(name, ROOT / path)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    sys.modules[name] = module
    specification.loader.exec_module(module)
    return module


audit = load(".ci/audit.py")
make_sbom = load("docs/make_sbom.py")
WANTED = {"one==1.5": True, "two==2.0": False}


def advisory(name: str, *events: dict[str, str], **more: object) -> dict:
    ranges = [{"type": "ECOSYSTEM", "events": list(events)}]
    part = {"package": {"ecosystem": "PyPI", "name": name}, "ranges": ranges, **more}
    return {"id": "FAULT-1", "summary": "It breaks", "affected": [part]}


@pytest.mark.parametrize(
    ("events", "is_affected"),
    [
        ([{"introduced": "0"}], True),
        ([{"introduced": "0"}, {"fixed": "1.5"}], False),
        ([{"introduced": "0"}, {"fixed": "1.5.1"}], True),
        ([{"introduced": "1.6"}], False),
        ([{"introduced": "1.5"}], True),
        ([{"introduced": "0"}, {"last_affected": "1.5"}], True),
        ([{"introduced": "0"}, {"last_affected": "1.4"}], False),
        ([{"introduced": "0"}, {"fixed": "1.2"}, {"introduced": "1.4"}, {"fixed": "1.6"}], True),
        ([{"introduced": "1.10"}, {"fixed": "2"}], False),
    ],
)
def test_range_of_an_advisory_holds_a_version(events, is_affected):
    assert audit.is_affected("1.5", advisory("one", *events)["affected"][0]) is is_affected


def test_version_that_is_named_is_affected():
    assert audit.is_affected("1.5", {"versions": ["1.4", "1.5"]})
    assert not audit.is_affected("1.5", {"versions": ["1.5.1"], "ranges": [{"type": "GIT", "events": []}]})


def written(folder: Path, *advisories: dict) -> Path:
    folder.mkdir()
    for number, one in enumerate(advisories):
        (folder / f"{number}.json").write_text(json.dumps(one), encoding="utf-8")
    return folder


@pytest.mark.parametrize("is_packed", [False, True])
def test_copy_of_the_advisories_is_enough(tmp_path, is_packed):
    withdrawn = {**advisory("two", {"introduced": "0"}), "withdrawn": "2026-01-01T00:00:00Z"}
    other = advisory("one", {"introduced": "0"})
    other["affected"][0]["package"]["ecosystem"] = "npm"
    copy = written(tmp_path / "copy", advisory("One", {"introduced": "0"}, {"fixed": "1.6"}), withdrawn, other)
    if is_packed:
        packed = tmp_path / "all.zip"
        with zipfile.ZipFile(packed, "w") as archive:
            for file in copy.iterdir():
                archive.write(file, file.name)
        copy = packed
    looked = audit.from_copy(WANTED, copy)
    assert (looked.faults, looked.unknown) == ({"one==1.5": ["FAULT-1: It breaks"]}, {})
    lines, status = audit.report(WANTED, looked)
    assert status == audit.FAULTY
    assert lines[:2] == ["one==1.5, shipped with the program:", "  FAULT-1: It breaks"]


def test_copy_without_a_fault_is_clean(tmp_path):
    looked = audit.from_copy(WANTED, written(tmp_path / "copy", advisory("three", {"introduced": "0"})))
    assert audit.report(WANTED, looked) == (["2 of 2 packages were looked up, 0 have known faults."], audit.CLEAN)


@pytest.mark.parametrize("name", ["nowhere", "empty"])
def test_copy_that_holds_nothing_is_not_taken_for_clean(tmp_path, name):
    (tmp_path / "empty").mkdir()
    lines, status = audit.report(WANTED, audit.from_copy(WANTED, tmp_path / name))
    assert status == audit.UNKNOWN
    assert lines[0].startswith("NOT LOOKED UP")
    assert lines[-1] == "0 of 2 packages were looked up, 0 have known faults."


def answering(monkeypatch, tmp_path, answer):
    (tmp_path / ".tools" / "audit").mkdir(parents=True)
    monkeypatch.setattr(audit, "LOCKS", tmp_path / ".lock")

    def run(command, **_more):
        if isinstance(answer, Exception):
            raise answer
        return SimpleNamespace(stdout=answer)

    monkeypatch.setattr(audit.subprocess, "run", run)
    return audit.report(WANTED, audit.from_registry(WANTED))


@pytest.mark.parametrize("answer", ["", "no such host", "{}", subprocess.TimeoutExpired("pip-audit", 1)])
def test_registry_that_is_away_is_said_plainly(monkeypatch, tmp_path, answer):
    lines, status = answering(monkeypatch, tmp_path, answer)
    assert status == audit.UNKNOWN
    assert lines[0] == "NOT LOOKED UP, the registry could not be reached: 2 of 2 packages: one==1.5, two==2.0"
    assert "make audit ADVISORIES=" in lines[1]


def test_registry_that_has_not_heard_of_a_package_does_not_make_it_clean(monkeypatch, tmp_path):
    skipped = {"name": "two", "skip_reason": "Dependency not found and could not be audited: two (2.0)"}
    answer = {"dependencies": [{"name": "one", "version": "1.5", "vulns": []}, skipped]}
    lines, status = answering(monkeypatch, tmp_path, json.dumps(answer))
    assert status == audit.UNKNOWN
    assert lines[0] == "NOT LOOKED UP, the registry does not tell: 1 of 2 packages: two==2.0"


def test_fault_that_the_registry_knows_counts_for_more_than_what_is_unknown(monkeypatch, tmp_path):
    fault = {"id": "FAULT-2", "description": "It leaks\nat length"}
    answer = {"dependencies": [{"name": "one", "version": "1.5", "vulns": [fault]}]}
    lines, status = answering(monkeypatch, tmp_path, json.dumps(answer))
    assert status == audit.FAULTY
    assert "  FAULT-2: It leaks" in lines


def test_each_version_of_a_package_is_asked_about(monkeypatch):
    rounds = []
    monkeypatch.setattr(audit, "_ask", lambda asked, _looked: rounds.append(asked))
    audit.from_registry({"one==1.5": True, "one==1.6": True, "two==2.0": False})
    assert rounds == [["one==1.5", "two==2.0"], ["one==1.6"]]


def test_everything_that_is_locked_is_looked_up():
    wanted = audit.pins()
    assert len(wanted) > 60
    assert wanted[next(pin for pin in wanted if pin.startswith("keyring=="))]
    assert not wanted[next(pin for pin in wanted if pin.startswith("pytest=="))]


def test_tools_of_the_audit_are_in_no_other_set_up():
    tools = (ROOT / ".lock" / "audit.txt").read_text(encoding="utf-8")
    assert "pip-audit==" in tools
    assert "--hash=sha256:" in tools
    for lock in (ROOT / ".lock").glob("requirements*.txt"):
        assert "pip-audit" not in lock.read_text(encoding="utf-8")


def test_bill_of_materials_lists_each_package_with_its_hashes_and_licence():
    bill = json.loads(make_sbom.make())
    assert make_sbom.make() == make_sbom.make()
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    parts = {part["bom-ref"]: part for part in bill["components"]}
    locked = make_sbom.locked()
    assert len(locked) > 25
    for wanted, hashes in locked:
        part = parts[f"pkg:pypi/{wanted.name}@{next(iter(wanted.specifier)).version}"]
        told = [each["content"] for each in part["externalReferences"][0]["hashes"]]
        assert told == list(hashes) != []
        assert all(len(each) == 64 for each in told)
        assert part["licenses"], f"{wanted.name}: add it to LICENCE_NAMES"
        assert part["purl"] == f"pkg:pypi/{part['name']}@{part['version']}"
    assert {"part:Python", "part:Lucide (icons)"} < set(parts)
    assert set(bill["dependencies"][0]["dependsOn"]) == set(parts)
    assert len(parts) == len(bill["components"])
