"""The log: where in the program something happened, nothing that anybody entered, and never more than 5 MB."""

from __future__ import annotations

import ast
import logging
import subprocess
import sys
import threading
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import tomsapp
from tomsapp.services import program_log
from tomsapp.services.program_log import MOST_BYTES, MOST_FILES, log, log_files, start_log, told_fault

# What stands in contracts, and what somebody could write into them to get it into a log.
ENTERED = (
    "Ashmallow Facilities Ltd",
    "Ngozi Bell",
    "12 Mill Lane, Aford AF1 2BC",
    "n.bell@example.gov.uk",
    "£2,500,000.00",
    "2500000.00",
    "L-2026-001",
    "/home/nbell/Ashmallow/council.db",
    "C:\\Users\\nbell\\Ashmallow\\council.db",
    "postgresql://bell:Geheim@db/council",
    "%s %d %(name)s",
    "x\n2026-11-30 10:00:00,000 ERROR MainThread Ngozi Bell\n  fault Ashmallow",
    'Traceback (most recent call last):\n  File "Ashmallow.py", line 1, in Ngozi',
    "tomsapp.Ashmallow",
    "\ud800\0\u202e",
)


@pytest.fixture
def file(tmp_path):
    file = start_log(tmp_path)
    yield file
    for handler in list(log.handlers):
        if getattr(handler, "baseFilename", "") == str(file):
            log.removeHandler(handler)
            handler.close()


def write(file, sentence, *values):
    """Log where nobody else listens who would put the values in."""
    for handler in log.handlers:
        if getattr(handler, "baseFilename", "") == str(file):
            handler.handle(log.makeRecord(log.name, logging.ERROR, __file__, 1, sentence, values, None))


class Odd(Exception):
    """Repeats what it is given wherever it is shown."""

    def __init__(self, text):
        super().__init__(text)
        self.add_note(text)

    def __repr__(self):
        return str(self)


def raise_with(text):
    try:
        {}[text]
    except KeyError as error:
        raise Odd(text) from error


@pytest.mark.parametrize("text", ENTERED, ids=range(len(ENTERED)))
def test_nothing_that_was_entered_stands_in_the_log_whoever_logs_it(file, text, monkeypatch):
    # What listens for pytest would send on what no stream takes, such as half of a sign. It listens to whatever tells
    # nobody else when the test begins, so that this comes after it.
    monkeypatch.setattr(log, "propagate", False)
    values = (
        text,
        Decimal("2500000.00"),
        2_500_000,
        date(2026, 4, 1),
        Path(text.replace("\0", "")),
        [text],
        {text: text},
    )
    for value in values:
        log.warning("%s cannot be read: %s", value, Odd(text))
        write(file, "%d pages of %s", value, value)
    write(file, "%(name)s cannot be read", {"name": text})
    try:
        raise_with(text)
    except Odd:
        logging.getLogger("tomsapp.room.asking").exception("The room broke down at %s: %s", text, text)
    written = file.read_text(encoding="utf-8")
    parts = [part for line in text.splitlines() for part in (line, line.strip()) if len(part) > 3]
    assert [part for part in (*parts, "Ashmallow", "Ngozi", "2500000", "2,500,000", "Bell") if part in written] == []
    assert "… cannot be read: Odd" in written
    assert "The room broke down at …: …\n  fault Odd\n" in written
    assert "test_program_log.py:" in written
    assert "raise_with" in written
    assert "  after KeyError\n" in written


def test_what_the_program_itself_names_stands_in_the_log(file):
    log.warning("The room broke down at %s: %s", "tomsapp.services.program_log", PermissionError("council.db"))
    assert "The room broke down at tomsapp.services.program_log: PermissionError" in file.read_text(encoding="utf-8")


def test_places_are_told_without_the_folder_of_the_program():
    with pytest.raises(Odd) as raised:
        raise_with("Ashmallow")
    told = [line.split(":")[0] for line in told_fault(raised.value)]
    here = "    test_program_log.py"
    assert told == ["  fault Odd", here, here, "  after KeyError", here]
    told = program_log._in_program
    assert told(r"C:\Users\nbell\AppData\Local\Programs\tomsapp\_internal\tomsapp\gui\page.py") == "tomsapp/gui/page.py"
    assert told("/home/nbell/lib/python3.11/site-packages/sqlalchemy/engine/base.py") == "sqlalchemy/engine/base.py"
    assert told("<string>") == "<string>"


def test_endless_chain_of_calls_and_causes_is_cut():
    def deep():
        deep()

    with pytest.raises(RecursionError) as raised:
        deep()
    error = raised.value
    assert len(told_fault(error)) < 80
    error.__cause__ = error
    assert len(told_fault(error)) < 700


def test_log_is_kept_in_five_files_of_a_megabyte(file, monkeypatch):
    monkeypatch.setattr(program_log, "MOST_BYTES", 2_000)
    for number in range(400):
        log.warning("One of %s", number)
    files = log_files(file.parent)
    assert [path.name for path in files] == ["program.log", *(f"program.{number}.log" for number in range(1, 5))]
    assert sorted(file.parent.iterdir()) == sorted(files)
    assert all(path.stat().st_size <= 2_200 for path in files)
    assert (MOST_FILES, MOST_BYTES) == (5, 1_000_000)


def test_no_window_keeps_the_file_of_the_log_from_another(file):
    """Windows renames no file that is open."""
    log.warning("Once")
    handler = next(each for each in log.handlers if getattr(each, "baseFilename", "") == str(file))
    assert handler.stream is None


def test_log_that_cannot_be_written_stops_nothing(tmp_path, file):
    file.mkdir()
    log.warning("Nowhere")
    assert list(file.iterdir()) == []


def test_threads_are_named(file):
    thread = threading.Thread(target=lambda: log.warning("Here"), name="database")
    thread.start()
    thread.join()
    assert " WARNING database Here" in file.read_text(encoding="utf-8")


def test_fault_of_the_system_leaves_where_it_happened(tmp_path):
    """As when a library writes where it may not: Python itself is ended."""
    statements = (
        "import faulthandler\n"
        "from pathlib import Path\n"
        "from tomsapp.services.program_log import watch_faults\n"
        f"watch_faults(Path({str(tmp_path)!r}))\n"
        "def ends():\n"
        "    faulthandler._sigsegv()\n"
        "ends()"
    )
    done = subprocess.run([sys.executable, "-c", statements], capture_output=True, check=False)
    assert done.returncode != 0
    written = (tmp_path / "faults.log").read_text(encoding="utf-8")
    assert written.startswith("Started 2")
    assert f", tomsapp {tomsapp.__version__}, process " in written
    assert " in ends" in written


def test_fault_file_begins_anew_when_it_is_large_and_needs_no_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(program_log.faulthandler, "enable", lambda _file: None)
    file = tmp_path / "faults.log"
    file.write_text("x" * MOST_BYTES, encoding="utf-8")
    assert program_log.watch_faults(tmp_path) == file
    assert file.stat().st_size < 200
    assert (tmp_path / "faults.1.log").stat().st_size == MOST_BYTES
    program_log.watch_faults(tmp_path / "none")


def test_every_sentence_of_the_log_is_one_of_the_program():
    """A sentence that is put together of values would be written as it is."""
    found = [
        f"{path.name}:{node.lineno}"
        for path in Path(tomsapp.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if is_logging(node) and not (node.args and isinstance(node.args[0], ast.Constant))
    ]
    assert found == []


def is_logging(node):
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and ast.unparse(node.func.value) in {"log", "_LOG", "_log", "logger", "logging"}
        and node.func.attr in {"debug", "info", "warning", "error", "exception", "critical", "log"}
    )
