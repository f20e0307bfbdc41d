"""Menus as the command line and the window name them."""

from datetime import date

import pytest

from tests.menufiles.sample import sample_texts, write_edition, write_menus
from tomsapp.domain.errors import MenuError
from tomsapp.domain.menu import EditionStatus
from tomsapp.menufiles.catalogue import Catalogue
from tomsapp.services import menus

TODAY = date(2026, 6, 1)


@pytest.fixture
def root(tmp_path):
    return write_menus(tmp_path / "menus")


@pytest.fixture
def catalogue(root):
    return Catalogue([root])


def test_edition_is_found_by_name_by_date_and_by_path(catalogue, root, tmp_path):
    by_name = menus.find(catalogue, "sample/1", TODAY)
    assert by_name == menus.load(catalogue, "sample", "1")
    menus.publish(catalogue, "sample/1", date(2026, 3, 2))
    by_name = menus.find(catalogue, "sample/1", TODAY)
    assert by_name.status is EditionStatus.PUBLISHED
    assert menus.find(catalogue, "sample", TODAY) == by_name
    assert menus.find(catalogue, str(root / "sample" / "1"), TODAY) == by_name
    menus.export_bundle(catalogue, "sample/1", tmp_path / "sample.json", TODAY)
    from_bundle = menus.find(catalogue, str(tmp_path / "sample.json"), TODAY)
    assert from_bundle == by_name
    assert from_bundle.sha256 == by_name.sha256
    assert [summary.name for summary in menus.editions(catalogue)] == ["sample 1"]


def test_menu_name_is_not_taken_for_a_folder(catalogue, root, monkeypatch):
    monkeypatch.chdir(root)
    menus.publish(catalogue, "sample/1", date(2026, 3, 2))
    assert menus.find(catalogue, "sample", TODAY).name == "sample 1"


@pytest.mark.parametrize("name", ["/none/at/all", "none/at/all", "none\\x", "x" * 5000 + "/1/2"])
def test_path_that_is_not_there_is_said(catalogue, name):
    for ask in (menus.find, menus.lint, menus.publish):
        with pytest.raises(MenuError, match="There is no file or folder"):
            ask(catalogue, name, TODAY)


def test_lint_says_what_the_files_and_the_catalogue_see(catalogue, root):
    assert menus.lint(catalogue, "sample/1", TODAY) == ()
    assert menus.lint(catalogue, str(root / "sample" / "1"), TODAY) == ()
    (root / "sample" / "1").rename(root / "sample" / "2")
    assert [problem.code for problem in menus.lint(catalogue, "sample/2", TODAY)] == ["wrong-folder"]
    with pytest.raises(MenuError, match="sample 1 is not installed"):
        menus.lint(catalogue, "sample/1", TODAY)


def test_compare_and_export(catalogue, root, tmp_path):
    write_edition(
        root / "sample" / "2", sample_texts(('edition = "1"', 'edition = "2"'), ("value = 1\n", "value = 2\n"))
    )
    (change,) = menus.compare(catalogue, "sample/1", "sample/2", TODAY).values
    assert change.place.measure.code == "V01"
    menus.export_csv(catalogue, "sample/2", tmp_path / "menu.csv", TODAY)
    assert "V01" in (tmp_path / "menu.csv").read_text(encoding="utf-8-sig")


def test_publishing_by_path_and_of_what_is_not_there(catalogue, root):
    with pytest.raises(MenuError, match="does not name an edition"):
        menus.publish(catalogue, "sample", TODAY)
    with pytest.raises(MenuError, match="sample 9 is not installed"):
        menus.publish(catalogue, "sample/9", TODAY)
    assert menus.publish(catalogue, str(root / "sample" / "1"), TODAY).published_on == TODAY
    with pytest.raises(MenuError, match="published already"):
        menus.publish(catalogue, "sample/1", TODAY)
