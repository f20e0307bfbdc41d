"""The example council, made once in a run of the tests, however many tests and workers ask for it."""

import os
import shutil
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.services.council import shipped
from tomsapp.services.example import DATABASE_NAME, Example, make_example

LONGEST_WAIT = 600
"""Seconds for which a worker waits for the one that makes it."""


def made_once(folder: Path, make: Callable[[Path], object]) -> Path:
    """The folder, filled by whichever worker asks first; the others wait until it is whole."""
    try:
        folder.mkdir()
    except FileExistsError:
        return _when_made(folder)
    try:
        make(folder)
    except BaseException:
        (folder / "failed").touch()
        raise
    (folder / "made").touch()
    return folder


def _when_made(folder: Path) -> Path:
    ends = time.monotonic() + LONGEST_WAIT
    while not (folder / "made").exists():
        if (folder / "failed").exists() or time.monotonic() > ends:
            pytest.fail(f"Another worker could not make {folder.name}")
        time.sleep(0.1)
    return folder


def run_folder(factory: pytest.TempPathFactory) -> Path:
    """A temporary folder that all workers of this run share."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def make(folder: Path, today: date) -> Example:
    """The example council anew."""
    return make_example(folder, shipped(), today, with_documents=False)


class Examples:
    """Copies of the example council as it is made on a day."""

    def __init__(self, factory: pytest.TempPathFactory) -> None:
        self._folder = run_folder(factory)

    def copy(self, folder: Path, today: date = date(2026, 3, 2)) -> Path:
        """A copy of the database in `folder`, for a test to do with it what it likes."""
        made = made_once(self._folder / f"example-{today}", lambda empty: make(empty, today))
        folder.mkdir(parents=True, exist_ok=True)
        return Path(shutil.copy(made / DATABASE_NAME, folder / DATABASE_NAME))
