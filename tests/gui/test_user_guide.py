"""The user guide agrees with the program: its pictures, its keys and its links."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs.camera import Camera
from docs.make_screenshots import FOLDER, HOUSING, picture_names
from docs.shortcut_table import all_shortcuts, read_table, table_of

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\(([^)\s]+)\)")
MOST_BYTES, MOST_BYTES_TOGETHER = 150_000, 4_500_000


def links(document):
    return [link for link in LINK.findall(document.read_text(encoding="utf-8")) if "://" not in link]


def anchors(document):
    """The anchors of headings, as a reader of Markdown makes them."""
    heads = re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


def test_the_pictures_that_documents_show_are_the_ones_that_are_drawn():
    shown = {Path(link).stem for document in DOCUMENTS for link in links(document) if "screenshots/" in link}
    drawn = {path.stem for path in FOLDER.glob("*.png")}
    assert shown == picture_names()
    assert drawn == picture_names()


def test_pictures_are_small():
    sizes = {path.name: path.stat().st_size for path in FOLDER.glob("*.png")}
    assert {name for name, size in sizes.items() if size > MOST_BYTES} == set()
    assert sum(sizes.values()) < MOST_BYTES_TOGETHER


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_links_lead_somewhere(document):
    for link in links(document):
        path, _, anchor = link.partition("#")
        target = (document.parent / path).resolve() if path else document
        assert target.exists(), link
        if anchor and target.suffix == ".md":
            assert anchor in anchors(target), link


def test_the_keys_are_those_of_the_window(qtbot, tmp_path, monkeypatch):
    monkeypatch.setenv("TOMSAPP_HOME", str(tmp_path / "home"))
    camera = Camera(tmp_path, tmp_path / "example")
    qtbot.addWidget(camera.window)
    camera.open_example()
    assert read_table() == table_of(all_shortcuts(camera.window, camera.pages(HOUSING)))
    camera.session.set_workspace(None)
