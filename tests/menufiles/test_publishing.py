"""Publishing fixes the unit values once."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.menufiles.sample import sample_texts, write_edition
from tomsapp.domain.errors import MenuError
from tomsapp.domain.menu import EditionStatus
from tomsapp.menufiles.edition_reader import read_folder
from tomsapp.menufiles.errors import MenuFileError
from tomsapp.menufiles.publishing import folder_files, publish

DAY = date(2026, 3, 2)
WITHDRAWN_ON = date(2026, 11, 28)


@pytest.mark.parametrize("status", ["draft", "published"])
def test_publishing_fixes_unit_values(tmp_path, status):
    folder = write_edition(tmp_path / "e", sample_texts(('"draft"', f'"{status}"')))
    edition = publish(folder, DAY)
    assert (edition.status, edition.published_on) == (EditionStatus.PUBLISHED, DAY)
    assert read_folder(folder).get_edition() == edition
    text = (folder / "published.toml").read_text(encoding="utf-8")
    assert text.startswith("# Written by tomsapp menu publish. Do not edit")
    assert f'published_on = 2026-03-02\nsha256 = "{edition.sha256}"\n\n[unit_values]\n' in text
    assert 'J01 = "20202.72"\n' in text
    assert '[unit_values.G01]\n"2026" = "306.32"\n"2027" = "310.97"\n' in text
    assert sorted(path.name for path in folder.iterdir()) == [
        "examples.toml", "menu.toml", "published.toml", "theme-1-jobs.toml", "theme-2-planet.toml",
    ]  # fmt: skip


def test_published_edition_is_not_published_again(tmp_path):
    folder = write_edition(tmp_path / "e")
    publish(folder, DAY)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(MenuError, match="published already") as caught:
        publish(folder, date(2027, 1, 1))
    assert "new edition" in caught.value.fix
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize(
    ("change", "code"),
    [(('base = "2012-13"', 'base = "1999"'), "no-index"), (('unit = "tonnes"', 'unit = "kg"'), "unknown-word")],
)
def test_edition_with_errors_is_not_published(tmp_path, change, code):
    folder = write_edition(tmp_path / "e", sample_texts(change))
    with pytest.raises(MenuFileError) as caught:
        publish(folder, DAY)
    assert code in [problem.code for problem in caught.value.problems]
    assert not (folder / "published.toml").exists()


def test_wrong_worked_case_stops_publication(tmp_path):
    folder = write_edition(tmp_path / "e", examples='[[example]]\nname = "x"\n')
    with pytest.raises(MenuFileError, match=r"examples\.toml"):
        publish(folder, DAY)


@pytest.mark.parametrize("status", ["status='withdrawn'", "status = '''draft'''"])
def test_only_a_draft_is_published(tmp_path, status):
    folder = write_edition(tmp_path / "e", sample_texts(('status = "draft"', status)))
    with pytest.raises(MenuError, match="cannot be published") as caught:
        publish(folder, DAY)
    assert 'status = "draft"' in caught.value.fix


def test_full_disk_leaves_nothing_half_written(tmp_path, monkeypatch):
    folder = write_edition(tmp_path / "e")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    def no_room(_path, _target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", no_room)
    with pytest.raises(MenuError, match=r"menu\.toml cannot be written \(No space left on device\)") as caught:
        publish(folder, DAY)
    assert "the disk has room" in caught.value.fix
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_values_under_a_pound_keep_four_decimals(tmp_path):
    folder = write_edition(tmp_path / "e", sample_texts(("value = 1\n", "value = 0.0812\n")))
    assert publish(folder, DAY).places["V01"].measure.unit_values[0].value == Decimal("0.0812")


def test_files_of_a_draft_and_of_a_published_edition_read_the_same_again(tmp_path):
    folder = write_edition(tmp_path / "e", examples="")
    draft = read_folder(folder)
    assert sorted(folder_files(draft)) == ["menu.toml", "theme-1-jobs.toml", "theme-2-planet.toml"]
    publish(folder, DAY)
    published = read_folder(folder)
    assert folder_files(published) == {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


@pytest.mark.parametrize("name", ["com¹.toml", "CON .toml", "theme-1 .", "conin$", ".theme.toml"])
def test_a_file_name_that_is_not_one_on_every_system_is_refused(tmp_path, name):
    reading = read_folder(write_edition(tmp_path / "e", examples=""))
    with pytest.raises(MenuError, match="is not a file name"):
        folder_files(replace(reading, texts={**reading.texts, name: ""}))


def test_a_file_name_that_leads_out_of_the_folder_is_refused(tmp_path):
    reading = read_folder(write_edition(tmp_path / "e", examples=""))
    with pytest.raises(MenuError, match=r"“theme-1/\.\./\.\./x\.toml” is not a file name"):
        folder_files(replace(reading, texts={**reading.texts, "theme-1/../../x.toml": ""}))


@pytest.mark.parametrize(
    ("because", "one_line"),
    [
        ("", ""),
        ("Ratios – “uprated” – by mistake.", "Ratios – “uprated” – by mistake."),
        ('A "quote", \\ and\na line and 🌳', 'A "quote", \\ and a line and 🌳'),
        ("Two lines\n  and a tab\t.\n", "Two lines and a tab ."),
    ],
)
def test_withdrawal_is_kept_when_the_files_are_written_and_read_again(tmp_path, because, one_line):
    """A reason is one line of text: a line break in it is read as a space, and stays one when written again."""
    folder = write_edition(tmp_path / "e")
    publish(folder, DAY)
    reading = read_folder(folder)
    published = reading.get_edition()
    withdrawn = replace(published, status=EditionStatus.WITHDRAWN, withdrawn_on=WITHDRAWN_ON, withdrawn_because=because)
    again = write_again(tmp_path / "again", replace(reading, edition=withdrawn))
    read = read_folder(again)
    assert read.get_edition() == replace(withdrawn, withdrawn_because=one_line)
    assert (read.get_edition().withdrawn_on, read.get_edition().sha256) == (WITHDRAWN_ON, published.sha256)
    once_more = write_again(tmp_path / "once more", read)
    assert read_folder(once_more).get_edition() == read.get_edition()


def write_again(folder, reading):
    folder.mkdir()
    for name, text in folder_files(reading).items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_reason_written_by_hand_over_several_lines_is_one_line(tmp_path, line_end):
    folder = write_edition(tmp_path / "e")
    publish(folder, DAY)
    record = folder / "published.toml"
    words = 'withdrawn_on = 2026-11-28\nwithdrawn_because = """\nToo high.\nAnd out of date.\n"""\n\n[unit_values]'
    text = record.read_text(encoding="utf-8").replace("[unit_values]", words, 1)
    record.write_text(text.replace("\n", line_end), encoding="utf-8", newline="")
    edition = read_folder(folder).get_edition()
    assert (edition.status, edition.withdrawn_because) == (EditionStatus.WITHDRAWN, "Too high. And out of date.")
