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
    unsigned = "\n\nThe files are not signed. Compare them with `SHA256SUMS` before you run them.\n"
    assert packages.notes("2.1.0") == f"## 2.1.0\n\nOld.{unsigned}"
    assert packages.notes("2.10.0") == f"## 2.10.0\n\nNew.{unsigned}"
    monkeypatch.setenv("SIGN", "-pkcs12 council.p12")
    assert packages.notes("2.1.0").endswith("are signed. **Properties > Digital Signatures** of each says by whom.\n")
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


def test_locked_package_is_known_by_its_hashes_and_no_other_file_is_taken(scripts, monkeypatch, tmp_path):
    downloads = scripts("downloads")
    version, digests = downloads.locked("pyinstaller")
    assert re.fullmatch(r"[\d.]+", version)
    assert digests
    assert all(re.fullmatch("[0-9a-f]{64}", each) for each in digests)
    with pytest.raises(scripts("machine").Failed, match="does not lock pyinstall"):
        downloads.locked("pyinstall")
    monkeypatch.setattr(downloads, "DOWNLOADS", tmp_path)
    (tmp_path / f"pyinstaller-{version}.tar.gz").write_bytes(b"another")
    with pytest.raises(scripts("machine").Failed, match="is not the file that it should be"):
        downloads.downloaded("pyinstaller", version, digests)


def test_what_is_given_away_is_signed_where_there_is_a_key_and_left_alone_where_not(scripts, monkeypatch, tmp_path):
    signing, asked = scripts("signing"), []
    program = tmp_path / "setup.exe"
    program.write_bytes(b"MZ")

    def run(*command, within):
        asked.append(command)
        assert within == ROOT, "where the paths of SIGN begin, from wherever makensis calls"
        Path(command[-1]).write_bytes(b"MZ signed")

    monkeypatch.setattr(signing, "run", run)
    monkeypatch.delenv("SIGN", raising=False)
    signing.sign(program)
    assert (asked, program.read_bytes()) == ([], b"MZ")
    monkeypatch.setenv("SIGN", "-pkcs12 'our key.p12' -readpass word.txt")
    signing.sign(program)
    assert asked[0][:6] == ("osslsigncode", "sign", "-pkcs12", "our key.p12", "-readpass", "word.txt")
    assert program.read_bytes() == b"MZ signed"


def test_file_stays_as_it_was_where_signing_fails(scripts, monkeypatch, tmp_path):
    signing, failed = scripts("signing"), scripts("machine").Failed
    program = tmp_path / "setup.exe"
    program.write_bytes(b"MZ")

    def run(*command, within):
        Path(command[-1]).write_bytes(b"half")
        raise failed("osslsigncode ended with 1")

    monkeypatch.setattr(signing, "run", run)
    monkeypatch.setenv("SIGN", "-pkcs12 key.p12")
    with pytest.raises(failed):
        signing.sign(program)
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("setup.exe", b"MZ")]
