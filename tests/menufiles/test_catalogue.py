"""What is installed, from one or more menus folders."""

import os
from datetime import date

import pytest

from tests.menufiles.sample import sample_texts, write_edition, write_menus
from tests.ordinary import LINKS
from tomsapp.domain.errors import MenuError
from tomsapp.domain.menu import EditionStatus
from tomsapp.menufiles import edition_reader
from tomsapp.menufiles.catalogue import Catalogue
from tomsapp.menufiles.errors import MenuFileError
from tomsapp.menufiles.publishing import publish


@pytest.fixture
def menus(tmp_path):
    return write_menus(tmp_path / "menus")


def test_nothing_is_read_until_it_is_asked_for(menus, monkeypatch):
    monkeypatch.setattr(edition_reader, "read_folder", lambda path: pytest.fail(f"{path} was read"))
    assert Catalogue([menus]).names() == [("sample", "1")]


def test_edition_is_read_again_only_when_a_file_changes(menus, monkeypatch):
    catalogue = Catalogue([menus])
    first = catalogue.load("sample", "1")
    assert catalogue.load("sample", "1") is first
    path = menus / "sample" / "1" / "menu.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("Sample menu", "Simple menu"), encoding="utf-8")
    os.utime(path, ns=(1, 1))
    assert catalogue.load("sample", "1").title == "Simple menu"


@LINKS
def test_link_to_a_file_that_is_gone_is_a_problem(menus):
    (menus / "sample" / "1" / "theme-3-gone.toml").symlink_to(menus / "gone.toml")
    with pytest.raises(MenuFileError) as caught:
        Catalogue([menus]).load("sample", "1")
    assert [(one.code, one.where.file) for one in caught.value.problems] == [("missing-file", "theme-3-gone.toml")]


def test_summaries_show_good_and_broken_editions(menus):
    publish(menus / "sample" / "1", date(2026, 3, 2))
    write_edition(menus / "sample" / "2", sample_texts(('edition = "1"', 'edition = "2"'), ('"tonnes"', '"kg"')))
    good, broken = Catalogue([menus]).editions()
    assert (good.name, good.title, good.status) == ("sample 1", "Sample menu", EditionStatus.PUBLISHED)
    assert (good.in_force_from, good.in_force_until, good.problems) == (date(2026, 4, 1), None, 0)
    assert (len(good.sha256), good.path) == (64, menus / "sample" / "1")
    assert (broken.name, broken.status, broken.sha256, broken.problems) == ("sample 2", None, "", 1)


def test_edition_that_is_not_installed_names_those_that_are(menus):
    with pytest.raises(MenuError, match="sample 9 is not installed") as caught:
        Catalogue([menus]).load("sample", "9")
    assert "Installed are: sample 1." in caught.value.fix
    (menus.parent / "empty").mkdir()
    with pytest.raises(MenuError, match="Installed are: none"):
        Catalogue([menus.parent / "empty"]).load("sample", "9")


def test_edition_with_errors_is_not_loaded(menus):
    write_edition(menus / "sample" / "2", sample_texts(('edition = "1"', 'edition = "2"'), ('"tonnes"', '"kg"')))
    catalogue = Catalogue([menus])
    with pytest.raises(MenuFileError) as caught:
        catalogue.load("sample", "2")
    assert [problem.code for problem in caught.value.problems] == ["unknown-word"]
    with pytest.raises(MenuFileError):
        catalogue.bundle("sample", "2")


def test_missing_folder_is_said(tmp_path):
    with pytest.raises(MenuError, match="There is no menus folder at") as caught:
        Catalogue([tmp_path / "none"])
    assert "--menus" in caught.value.fix


def test_later_folder_adds_but_never_overrides(menus, tmp_path):
    other = tmp_path / "other"
    write_edition(other / "sample" / "1")
    write_edition(other / "extra" / "1", sample_texts(('code = "sample"', 'code = "extra"')))
    catalogue = Catalogue([menus, other])
    assert catalogue.names() == [("extra", "1"), ("sample", "1")]
    assert catalogue.load("sample", "1") == catalogue.load("sample", "1")
    path = other / "sample" / "1" / "menu.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("Sample menu", "Other menu"), encoding="utf-8")
    with pytest.raises(MenuFileError, match="installed more than once, and the copies differ") as caught:
        catalogue.load("sample", "1")
    assert "Remove all but one" in caught.value.fix
    assert str(menus) in caught.value.message


def test_of_copies_that_differ_the_one_of_a_named_sha_256_is_read(menus, tmp_path):
    other = tmp_path / "other"
    write_edition(other / "sample" / "1", sample_texts(("Sample menu", "Other menu")))
    catalogue = Catalogue([menus, other])
    first, second = Catalogue([menus]).load("sample", "1"), Catalogue([other]).load("sample", "1")
    assert first.sha256 != second.sha256
    for one in (first, second):
        assert catalogue.load("sample", "1", one.sha256) == one
    for sha256 in ("", "ab" * 32):
        with pytest.raises(MenuFileError, match="the copies differ"):
            catalogue.load("sample", "1", sha256)


def test_copies_published_on_different_days_differ(menus, tmp_path):
    other = tmp_path / "other"
    write_edition(other / "sample" / "1")
    publish(menus / "sample" / "1", date(2026, 3, 2))
    publish(other / "sample" / "1", date(2026, 3, 3))
    with pytest.raises(MenuFileError, match="the copies differ"):
        Catalogue([menus, other]).load("sample", "1")


def test_folder_must_be_named_after_its_edition(menus):
    (menus / "sample" / "1").rename(menus / "sample" / "2026")
    with pytest.raises(MenuFileError, match=r"menu\.toml is sample 1, but its folder is sample/2026") as caught:
        Catalogue([menus]).load("sample", "2026")
    assert "Rename the folder" in caught.value.fix


def test_edition_in_force_is_the_last_published_one_that_began(menus):
    catalogue = Catalogue([menus])
    with pytest.raises(MenuError, match="No published edition of sample is in force on 2026-05-01"):
        catalogue.in_force("sample", date(2026, 5, 1))
    publish(menus / "sample" / "1", date(2026, 3, 2))
    later = sample_texts(('edition = "1"', 'edition = "2"'), ("2026-04-01", "2027-04-01"))
    publish(write_edition(menus / "sample" / "2", later), date(2026, 3, 2))
    write_edition(menus / "sample" / "3", sample_texts(('edition = "1"', 'edition = "3"'), ('"tonnes"', '"kg"')))
    write_edition(menus / "other" / "1", sample_texts(('code = "sample"', 'code = "other"')))
    assert catalogue.in_force("sample", date(2026, 4, 1)).edition == "1"
    assert catalogue.in_force("sample", date(2027, 4, 1)).edition == "2"
    with pytest.raises(MenuError, match="Installed are: other 1, sample 1, sample 2, sample 3"):
        catalogue.in_force("sample", date(2026, 3, 31))


def test_bundle_is_that_of_the_edition(menus):
    catalogue = Catalogue([menus])
    assert b'"published_on":""' in catalogue.bundle("sample", "1")


def test_areas_and_policies(menus):
    catalogue = Catalogue([menus])
    assert catalogue.area_names() == ["barnet"]
    assert catalogue.area("barnet").title == "London Borough of Barnet"
    assert catalogue.area_bytes("barnet") == (menus / "areas" / "barnet.toml").read_bytes()
    assert catalogue.policy("barnet").title == "Policy of October 2023"
    with pytest.raises(MenuError, match=r"There is no file areas/x\.toml") as caught:
        catalogue.area("x")
    assert caught.value.fix == "Installed are: barnet"
    with pytest.raises(MenuError, match=r"There is no file policies/\.\./areas/barnet\.toml"):
        catalogue.policy("../areas/barnet")
