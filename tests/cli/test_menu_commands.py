"""`tomsapp menu` from its arguments to its text and exit status."""

import argparse
import json
from pathlib import Path

import pytest

from tests.menufiles.sample import sample_texts, write_edition, write_menus
from tomsapp.__main__ import main
from tomsapp.cli import menu_commands
from tomsapp.domain.errors import MenuError
from tomsapp.menufiles.catalogue import Catalogue


@pytest.fixture
def root(tmp_path):
    return write_menus(tmp_path / "menus")


@pytest.fixture
def run(root, monkeypatch, capsys):
    monkeypatch.setattr(menu_commands, "menu_catalogue", lambda extra=(): Catalogue([root, *extra]))

    def call(*arguments):
        parser = argparse.ArgumentParser()
        parser.add_argument("--menus", type=Path, action="append", default=[])
        menu_commands.add_menu_commands(parser.add_subparsers())
        parsed = parser.parse_args(["menu", *map(str, arguments)])
        status = parsed.run(parsed)
        return status, capsys.readouterr().out

    return call


def test_lint_without_problems(run):
    assert run("lint") == (0, "sample/1: no problems found.\n")


def test_lint_with_errors_names_file_measure_and_fix(run, root):
    folder = write_edition(root / "bad" / "1", sample_texts(('"tonnes"', '"tonne"')))
    status, text = run("lint", "sample/1", folder)
    assert status == 1
    assert f"{folder}: error: theme-2-planet.toml, G01, unit: “tonne” is not in the list. Did you mean “tonnes”" in text
    status, text = run("lint", folder, "--format", "json")
    (problem,) = json.loads(text)["problems"]
    assert (status, problem["severity"], problem["file"], problem["measure"], problem["field"]) == (
        1, "error", "theme-2-planet.toml", "G01", "unit",
    )  # fmt: skip


def test_file_that_cannot_be_read_is_status_2(run, root):
    (root / "sample" / "1" / "menu.toml").write_bytes(b"code = '\xff'")
    assert run("lint", "sample/1")[0] == 2
    assert run("show", "sample/1")[0] == 2


def test_warnings_do_not_fail(run, root):
    write_edition(root / "w" / "1", sample_texts(("Resident into work", "R" * 61), ('code = "sample"', 'code = "w"')))
    status, text = run("lint", "w/1")
    assert status == 0
    assert "warning: theme-1-jobs.toml, J01, title" in text


def test_show_lists_editions_measures_and_one_measure(run):
    status, text = run("show")
    assert status == 0
    assert text.splitlines()[2].split()[:4] == ["sample/1", "Sample", "menu", "draft"]
    assert json.loads(run("show", "--format", "json")[1])[0]["menu"] == "sample"
    status, text = run("show", "sample/1")
    rows = {line.split()[0]: line for line in text.splitlines() if line}
    assert rows["J01"].endswith("£20,202.72")
    assert rows["J02"].endswith("not valued")
    assert rows["G01"].endswith("£306.32 in 2026")
    status, text = run("show", "sample/1", "J01")
    assert "how it was made: £14,610.00 at 2012-13 prices × 100 ÷ 72.317 = £20,202.72" in text
    assert "source: Unit Cost Database, GMCA, 2015" in text
    step = "at 2012-13 prices × 100 ÷ 72.317"
    assert f"low to high: £10,000.00 {step} = £13,828.01, to £20,000.50 {step} = £27,656.71" in text
    assert "employment outcome: 1\n" in text
    declared = "Only with a written declaration that they are not the same person. One move into work is one gain."
    assert f"claimed together: J02. {declared}" in text
    record = json.loads(run("show", "sample/1", "G01", "--format", "json")[1])
    assert record["unit_values"] == {"2026": "306.32", "2027": "310.97"}
    assert len(json.loads(run("show", "sample/1", "--format", "json")[1])["measures"]) == 4
    with pytest.raises(MenuError, match="sample 1 has no measure X9") as caught:
        run("show", "sample/1", "X9")
    assert "tomsapp menu show sample/1" in caught.value.fix


def test_show_marks_editions_with_errors(run, root):
    write_edition(root / "bad" / "1", sample_texts(('"tonnes"', '"tonne"')))
    assert "has errors" in run("show")[1]


def test_diff_tells_values_measures_rules_and_wording(run, root):
    changes = (
        ('edition = "1"', 'edition = "2"'), ("value = 1\n", "value = 2\n"), ('code = "J02"', 'code = "J03"'),
        ('"J02"', '"J03"'), ('counts = "first_12_months"', 'counts = "once"'), ("A resident starts", "Someone starts"),
        ("year = 2027", "year = 2025"),
    )  # fmt: skip
    write_edition(root / "sample" / "2", sample_texts(*changes))
    status, text = run("diff", "sample/1", "sample/2")
    assert status == 0
    assert "+£1.00 (+100.0%)" in text
    assert "Added\nJ03  Accredited employer" in text
    assert "Withdrawn\nJ02  Accredited employer" in text
    assert "J01  counts: “first 12 months” is now “once”" in text
    assert "J01  description: “A resident starts a job.” is now “Someone starts a job.”" in text
    record = json.loads(run("diff", "sample/1", "sample/2", "--format", "json")[1])
    assert (record["added"], record["withdrawn"]) == (["J03"], ["J02"])
    assert [one["after"] for one in record["values"] if one["measure"] == "V01"] == ["2.00"]
    assert run("diff", "sample/1", "sample/1")[1].endswith("Nothing changed.\n")


@pytest.mark.parametrize(("name", "start"), [("menu.csv", b"\xef\xbb\xbfTheme"), ("menu.json", b'{"files":{')])
def test_export_by_the_name_of_the_file(run, tmp_path, name, start):
    assert run("export", "sample/1", tmp_path / name) == (0, f"Written: {tmp_path / name}\n")
    assert (tmp_path / name).read_bytes().startswith(start)


def test_publish_and_export_say_what_they_did_in_json(run, tmp_path):
    record = json.loads(run("publish", "sample/1", "--on", "2026-03-02", "--format", "json")[1])
    assert (record["edition"], record["published_on"], len(record["sha256"])) == ("sample 1", "2026-03-02", 64)
    assert json.loads(run("export", "sample/1", tmp_path / "x.csv", "--format", "json")[1]) == {
        "written": str(tmp_path / "x.csv")
    }


def test_publish_fixes_a_draft_today(run, root):
    status, text = run("publish", root / "sample" / "1")
    assert status == 0
    assert text.startswith("sample 1 is published. Its SHA-256 is ")


def test_menus_option_adds_a_folder(run, tmp_path):
    write_edition(tmp_path / "more" / "extra" / "1", sample_texts(('code = "sample"', 'code = "extra"')))
    assert "extra/1" in run("show", "--menus", tmp_path / "more")[1]


def test_show_says_what_the_menu_takes_off_and_how_long_a_value_holds(capsys):
    assert main(["menu", "show", "barnet-open/2026.2"]) == 0
    assert "published, 2024 prices, published on 29 November 2026" in capsys.readouterr().out
    assert main(["menu", "show", "barnet-open/2026.2", "A04"]) == 0
    assert "taken off by the menu: 27%" in capsys.readouterr().out
    assert main(["menu", "show", "barnet-open/2026.2", "S07"]) == 0
    days = "Dated value: £379.75 for each week, in force 1 April 2026 to 31 March 2027"
    assert days in capsys.readouterr().out
