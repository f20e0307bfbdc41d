"""The command line as a whole: exit statuses, encodings, and no Qt."""

import json
import sys

import pytest

from tests.cli.conftest import run
from tests.menufiles.sample import sample_texts, write_edition, write_menus
from tomsapp import __version__
from tomsapp.cli.main import parse

FULL_DISK = """
import sys
sys.stdout = open("/dev/full", "w", encoding="utf-8")
from tomsapp.__main__ import main
sys.exit(main(sys.argv[1:]))
"""
WITHOUT_QT = """
import sys
from tomsapp.__main__ import main
status = main(sys.argv[1:])
loaded = [name for name in sys.modules if name.startswith(("PySide6", "shiboken6"))]
sys.exit(f"Qt is loaded: {loaded}" if loaded else status)
"""


def test_version_and_help(call):
    assert call("--version").out == f"tomsapp {__version__}\n"
    assert "Exit status: 0 without errors" in call("--help").out
    for command in ("value", "report", "verify", "menu", "db", "demo", "self-check"):
        assert call(command, "--help").status == 0


@pytest.mark.parametrize("arguments", [["nonsense"], ["value"], ["db"], ["menu", "nonsense"], ["value", "a", "b"]])
def test_wrong_command_is_status_2(call, arguments):
    assert call(*arguments).status == 2


def test_database_is_named_before_report_and_verify_or_after_them():
    for command in (["verify", "a.pdf"], ["report", "C1"]):
        before, after = parse(["--database", "c.db", *command]), parse([*command, "--database", "c.db"])
        assert before.database == after.database == "c.db"
        assert parse(command).database is None
        assert parse(["--database", "c.db", *command, "--database", "other.db"]).database == "other.db"


@pytest.mark.parametrize("arguments", [["db", "check", "--database", "c.db"], ["value", "a.json", "--database=c.db"]])
def test_database_in_another_place_is_told_where_it_stands(call, arguments):
    told = call(*arguments)
    assert told.status == 2
    assert "takes it without --database, as its --help shows" in " ".join(told.err.split())


def test_missing_menus_folder_is_told(call, offer, tmp_path):
    told = call("--menus", tmp_path / "nothing", "value", offer)
    assert (told.status, told.out) == (2, "")
    assert told.err.endswith("nothing. Check the path after --menus.\n")


def test_menus_before_and_after_the_command_are_joined(call, tmp_path):
    first, second = write_menus(tmp_path / "first"), tmp_path / "second"
    write_edition(second / "other" / "1", sample_texts(('code = "sample"', 'code = "other"')))
    told = call("--menus", first, "menu", "show", "--menus", second)
    assert "sample/1" in told.out
    assert "other/1" in told.out
    assert "barnet-open/2026.2" in told.out


@pytest.mark.parametrize(
    "environment", [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "cp1252"}, {"PYTHONIOENCODING": "ascii"}]
)
def test_output_is_utf8_whatever_the_console_says(offer, environment):
    told = run("value", offer, **environment)
    assert told.returncode == 0
    assert "Social value: £10,000.00" in told.stdout.decode("utf-8")
    assert "× 5% =" in told.stdout.decode("utf-8")
    missing = run("value", "nicht-da-£.json", **environment)
    assert missing.returncode == 2
    assert missing.stderr.decode("utf-8").startswith("There is no file")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such device")
def test_output_that_cannot_be_written_is_told(offer):
    told = run("value", offer, code=FULL_DISK)
    assert told.returncode == 2
    assert b"The result cannot be written" in told.stderr


def test_interruption_is_status_130(call, offer, monkeypatch):
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("tomsapp.services.offers.value_any_offer", stop)
    told = call("value", offer)
    assert (told.status, told.err) == (130, "Stopped. Nothing was changed.\n")


@pytest.mark.slow
def test_no_command_loads_qt(offer, tmp_path):
    database = tmp_path / "demo" / "council.tomsdb"
    pdf = tmp_path / "offer.pdf"
    for arguments in (
        ["value", offer],
        ["value", offer, "--format", "json"],
        ["report", offer],
        ["verify", pdf],
        ["menu", "lint"],
        ["menu", "show", "barnet-open", "J11"],
        ["menu", "diff", "barnet-council/2023", "barnet-open/2026.2"],
        ["menu", "export", "barnet-open", tmp_path / "menu.csv"],
        ["demo", tmp_path / "demo"],
        ["db", "check", database],
        ["db", "upgrade", database],
        ["db", "backup", database, tmp_path / "copy.db"],
        ["db", "restore", tmp_path / "copy.db", tmp_path / "again.db"],
    ):
        told = run(*arguments, code=WITHOUT_QT)
        assert told.returncode == 0, (arguments, told.stderr.decode())
    assert pdf.read_bytes().startswith(b"%PDF")


def test_what_a_command_says_goes_into_a_file_whole(call, offer, tmp_path):
    shown, target = call("value", offer, "--format", "json"), tmp_path / "said £.json"
    told = call("--output", target, "value", offer, "--format", "json")
    assert (told.status, told.out, told.err) == (shown.status, "", "")
    assert json.loads(target.read_text("utf-8"))["total"] == json.loads(shown.out)["total"]
    call("--output", target, "value", offer)
    assert "£10,000.00" in target.read_text("utf-8")


def test_the_file_for_what_is_said_is_none_that_is_read(call, offer, tmp_path):
    before = offer.read_bytes()
    told = call("--output", offer, "value", offer)
    assert told.status == 2
    assert "offer.json is a file that the command reads. Name another one with --output." in told.err
    assert offer.read_bytes() == before
    told = call("--output", offer, "tender", "receive", tmp_path / "council.tomsdb", "T-1", offer)
    assert "is a file that the command reads" in told.err, "also where it is one of several"
    assert offer.read_bytes() == before


def test_a_command_that_fails_leaves_the_file_for_what_is_said_as_it_was(call, tmp_path):
    target = tmp_path / "said.txt"
    target.write_text("of yesterday", "utf-8")
    assert call("--output", target, "value", tmp_path / "gone.json").status == 2
    assert target.read_text("utf-8") == "of yesterday"
    told = call("--output", tmp_path / "no folder" / "said.txt", "menu", "lint")
    assert told.status == 2
    assert "said.txt" in told.err
