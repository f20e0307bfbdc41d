"""What a release for Windows says of the program, looked at without Windows."""

import importlib
import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

import tomsapp
from tomsapp.exchange.tenders.evaluation_file import EVALUATION_ENDING
from tomsapp.exchange.tenders.offer_json import OFFER_ENDING
from tomsapp.exchange.tenders.pack_json import PACK_ENDING
from tomsapp.services.addresses import DATABASE_ENDING

ROOT = Path(__file__).parent.parent
SCRIPTS = ROOT / ".ci" / "windows"
WIX = "{http://schemas.microsoft.com/wix/2006/wi}"


@pytest.fixture
def scripts(monkeypatch):
    """Gives a script by its name; none of them stays loaded, for their names are short."""
    monkeypatch.syspath_prepend(str(SCRIPTS))
    names = {each.stem for each in SCRIPTS.glob("*.py")}
    before = {name: sys.modules.pop(name) for name in names & sys.modules.keys()}
    yield importlib.import_module
    for name in names:
        sys.modules.pop(name, None)
    sys.modules.update(before)


def components(text):
    return {each.get("Id"): each.get("Guid") for each in ET.fromstring(text).iter(f"{WIX}Component")}  # noqa: S314


@pytest.fixture
def folder(tmp_path):
    for name in ("tomsapp.exe", "_internal/a.dll", "_internal/deep/b & c.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    return tmp_path


def test_version_is_the_programs(scripts):
    assert scripts("machine").version() == tomsapp.__version__


def test_each_file_is_one_component_wherever_the_folder_lies(scripts, folder, tmp_path_factory):
    written = scripts("file_list").written
    text = written(folder)
    files = [each.get("Source") for each in ET.fromstring(text).iter(f"{WIX}File")]  # noqa: S314
    assert sorted(files) == ["_internal/a.dll", "_internal/deep/b & c.txt", "tomsapp.exe"]
    found = components(text)
    assert len(set(found.values())) == len(found)
    referred = {each.get("Id") for each in ET.fromstring(text).iter(f"{WIX}ComponentRef")}  # noqa: S314
    assert referred == found.keys()
    moved = tmp_path_factory.mktemp("elsewhere") / "program"
    folder.rename(moved)
    (moved / "new.txt").touch()
    assert components(written(moved)).items() > found.items()


def test_identity_of_a_file_never_changes(scripts):
    """Windows would take a changed one for another file, and leave both or neither."""
    assert scripts("file_list").component("tomsapp.exe") == "09005E6F-CAA4-55C0-BE92-93838F610B16"
    assert "5d0d3b52-2f3e-4d53-9d6b-1a6b1b0c7d11" in (SCRIPTS / "tomsapp.wxs").read_text(encoding="utf-8")


def test_both_installers_tell_of_the_same_kinds_with_icons_that_are_there(scripts, folder):
    documents = scripts("documents")
    told, listed = documents.for_nsis(), scripts("file_list").written(folder)
    assert {each.ending for each in documents.DOCUMENTS} >= {
        DATABASE_ENDING,
        EVALUATION_ENDING,
        OFFER_ENDING,
        PACK_ENDING,
    }
    for each in documents.DOCUMENTS:
        assert f'"{each.ending}" "{each.kind}"' in told
        assert f"Software\\Classes\\{each.ending}" in listed
        assert (ROOT / each.icon.removeprefix("_internal\\").replace("\\", "/")).is_file()
    opened = '"&quot;[INSTALLDIR]tomsapp.exe&quot; &quot;%1&quot;"', '\'"[INSTALLDIR]tomsapp.exe" "%1"\''
    assert any(each in listed for each in opened)
    assert '\'"$INSTDIR\\tomsapp.exe" "%1"\'' in (SCRIPTS / "setup.nsi").read_text(encoding="utf-8")


def test_notes_tell_of_this_version_alone(scripts, monkeypatch, tmp_path):
    packages = scripts("packages")
    assert packages.notes(tomsapp.__version__).startswith(f"## {tomsapp.__version__}")
    (tmp_path / "docs").mkdir()
    text = "# Notes\n\n## 2.10.0\n\nNew.\n\n## 2.1.0\n\nOld.\n"
    (tmp_path / "docs" / "release-notes.md").write_text(text, encoding="utf-8")
    monkeypatch.setattr(packages, "ROOT", tmp_path)
    assert packages.notes("2.1.0") == "## 2.1.0\n\nOld.\n"
    assert packages.notes("2.10.0") == "## 2.10.0\n\nNew.\n"
    with pytest.raises(scripts("machine").Failed, match=re.escape("says nothing of 2.1")):
        packages.notes("2.1")


@pytest.mark.parametrize("name", ["icuuc.dll", "ucrtbase.dll", "of_wine.dll"])
def test_part_of_wine_ends_the_build(scripts, monkeypatch, tmp_path, name):
    packages = scripts("packages")
    (tmp_path / name).write_bytes(b"MZ Wine builtin DLL" if name == "of_wine.dll" else b"MZ")
    monkeypatch.setattr(packages, "FROZEN", tmp_path)
    monkeypatch.setattr(packages, "windows_run", lambda *_: (0, "done"))
    with pytest.raises(scripts("machine").Failed, match=f"{name} is a part of Wine"):
        packages.freeze()
