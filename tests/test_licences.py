"""The lists of licences name everything that is shipped, in the versions that are locked."""

import importlib.util
import platform
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SCRIPT = ROOT / "docs" / "make_licences.py"

specification = importlib.util.spec_from_file_location("make_licences", SCRIPT)
assert specification is not None
assert specification.loader is not None
make_licences = importlib.util.module_from_spec(specification)
sys.modules["make_licences"] = make_licences
specification.loader.exec_module(make_licences)


def test_page_lists_what_is_locked() -> None:
    page = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    for package in make_licences.locked_packages():
        versions = [specifier.version for specifier in package.specifier]
        assert any(f"| {package.name} | {version} |" in page for version in versions), f"{package}: make licences"


@pytest.mark.skipif(
    sys.version_info[:2] != (3, 11) or platform.system() != "Linux",
    reason="some packages carry other licence files on other systems",
)
def test_files_are_up_to_date() -> None:
    stale = [path.name for path, text in make_licences.make().items() if path.read_text(encoding="utf-8") != text]
    assert stale == [], "run make licences"


def test_every_package_brings_a_licence_text() -> None:
    parts = make_licences.packages()
    assert [part.name for part in parts if not part.texts and not part.note] == []


def test_same_text_is_printed_once() -> None:
    part = make_licences.Part("a", "1", "MIT", "https://example.org", (("LICENSE", "free for all"),))
    twin = make_licences.Part("b", "1", "MIT", "https://example.org", (("LICENSE", "free for all"),))
    text = make_licences.write_texts([part, twin], [])
    assert text.count("free for all") == 1
    assert "The same text as under a." in text
