"""What is taken out of the frozen folder, and that it may not grow unnoticed."""

import importlib.util
import sys
from pathlib import Path

import pytest

FROZEN = Path(__file__).parent.parent / ".ci" / "frozen"


@pytest.fixture
def load(monkeypatch):
    monkeypatch.syspath_prepend(str(FROZEN))

    def module(name):
        specification = importlib.util.spec_from_file_location(name, FROZEN / f"{name}.py")
        made = importlib.util.module_from_spec(specification)
        specification.loader.exec_module(made)
        return made

    yield module
    for name in ("weight", "icu_data", "docstrings"):
        sys.modules.pop(name, None)


def test_folder_that_is_too_heavy_ends_the_build_and_names_what_weighs(load, monkeypatch, tmp_path):
    weight = load("weight")
    (tmp_path / "small").write_bytes(b"1")
    with (tmp_path / "large").open("wb") as file:
        file.truncate(2_000_000)
    if sys.platform == "linux":
        (tmp_path / "link").symlink_to(tmp_path / "large")
    monkeypatch.setattr(weight, "MOST_MEGABYTES", {sys.platform: 3})
    weight.hold_weight(tmp_path)
    monkeypatch.setattr(weight, "MOST_MEGABYTES", {sys.platform: 2})
    with pytest.raises(SystemExit, match=r"Heaviest:\n   2\.0  large"):
        weight.hold_weight(tmp_path)


def test_library_that_nothing_asks_for_goes_and_what_is_asked_for_by_way_of_another_stays(load, monkeypatch, tmp_path):
    weight = load("weight")
    asks = {
        "numpy/part.so": {"liba.so.1", "libc.so.6"},
        "liba.so.1": {"libb.so"},
        "libb.so": set(),
        "libparent.so": {"liborphan.so"},
        "liborphan.so": set(),
        "libdbus-1.so.3": {"libsystemd.so.0"},
        "libsystemd.so.0": set(),
    }
    for name in asks:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    monkeypatch.setattr(weight, "_asked", lambda each: asks[each.relative_to(tmp_path).as_posix()])
    assert {each.name for each in weight._asked_by_nothing(tmp_path)} == {"libparent.so", "liborphan.so"}


NAMES = ("coll/root.res", "de.res", "en.res", "x.cnv")


def test_smaller_package_keeps_english_and_is_found_by_its_own_table(load):
    icu = load("icu_data")
    items = [
        (f"icudt73l/{name}".encode(), name.encode() * 3) for name in ("coll/root.res", "de.res", "en.res", "x.cnv")
    ]
    head = (32).to_bytes(2, "little") + icu._MAGIC + bytes(8) + icu._FORM + bytes(16)
    whole = head + icu._written(items)
    small = icu.smaller_package(whole)
    assert small[:32] == head
    assert small == head + icu._written([items[0], items[2]])
    assert icu.smaller_package(small) == small
    with pytest.raises(ValueError, match="no package"):
        icu.smaller_package(bytes(64))


TOLD = b'''"""What it is."""
from __future__ import annotations
class One:
    "Told."
    def get(self):
        """Told."""
    def say(self):
        """Told."""
        assert self, "None"
        return "Said"
'''


def test_docstrings_go_and_asserts_and_other_texts_stay(load):
    made = {}
    exec(load("docstrings").without_docstrings(TOLD, "one.py"), made)  # noqa: S102 - the source stands above
    one = made["One"]
    assert (made.get("__doc__"), one.__doc__, one.get.__doc__, one.say.__doc__) == (None, None, None, None)
    assert (one().get(), one().say()) == (None, "Said")
    with pytest.raises(AssertionError, match="None"):
        one.say(None)
