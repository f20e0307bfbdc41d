"""A program that is ended while it saves: whatever it said to be saved is in the file, and the file is whole."""

import contextlib
import multiprocessing
import os
import select
import shutil
import sqlite3
import tempfile
from contextlib import closing
from multiprocessing.context import BaseContext
from pathlib import Path
from random import Random

from tests.store.samples import supplier
from tests.torture.outcome import Deadline, Outcome, chance
from tomsapp.domain.errors import TomsError
from tomsapp.store.check import check_database
from tomsapp.store.database import create_database, open_database

TITLE = "Ended while it saves"
SHARE = 12
KILLS = 200
_LONGEST = 0.3
"""Seconds after which a program is ended at most: after it said its first save, or after it was started."""
_AFTER_A_SAVE = 0.7
_PATIENCE = 30
_ROUNDS = 20
"""So many are ended on one file; the next file begins anew."""


def _save_on(path: Path, first: int, said: int) -> None:
    """Save without end, and say each save that was acknowledged; in a process of its own."""
    with open_database(path) as database:
        number = first
        while True:
            with database.work("Ann") as work:
                work.suppliers.add(supplier(f"S{number}"))
                work.commit()
            os.write(said, b"%d\n" % number)
            number += 1


def _end_one(context: BaseContext, path: Path, first: int, draw: Random) -> int:
    """Let a program open a file and save for a while, and end it; the number of the first save that it did not say."""
    heard, said = os.pipe()
    program = context.Process(target=_save_on, args=(path, first, said))  # type: ignore[attr-defined]
    program.start()
    os.close(said)
    if draw.random() < _AFTER_A_SAVE:
        select.select([heard], [], [], _PATIENCE)
    program.join(draw.uniform(0, _LONGEST))
    program.kill()
    program.join()
    with os.fdopen(heard, "rb") as told:
        lines = told.read().splitlines()
    return int(lines[-1]) + 1 if lines else first


def _names(path: Path) -> set[str]:
    """What a copy of the one file holds, beside what SQLite keeps next to it."""
    with tempfile.TemporaryDirectory() as folder:
        for found in path.parent.glob(f"{path.name}*"):
            shutil.copyfile(found, Path(folder) / found.name)
        with closing(sqlite3.connect(Path(folder) / path.name)) as connection:
            return {name for (name,) in connection.execute("SELECT name FROM supplier")}


def run(deadline: Deadline) -> Outcome:
    """End a program 200 times at moments drawn by chance."""
    found = Outcome(KILLS)
    if "fork" not in multiprocessing.get_all_start_methods():
        found.told.append("This system cannot start programs fast enough to end 200 of them")
        return found
    context, draw = multiprocessing.get_context("fork"), chance("kills")
    saves = 0
    while found.done < KILLS and not deadline.is_over:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "council.toms"
            create_database(path, who="Ann").close()
            first = 0
            for _ in range(min(_ROUNDS, KILLS - found.done)):
                first = _end_one(context, path, first, draw)
                found.done += 1
                _look(path, first, found)
                # What was saved and not said any more is there too, or not at all.
                with contextlib.suppress(TomsError), open_database(path):
                    first = max((int(name[1:]) for name in _names(path)), default=-1) + 1
                if deadline.is_over:
                    break
            saves += first
            if problems := check_database(path):
                found.lost += 1
                found.told.append(f"The file is not whole: {problems[0]}")
    found.figures["saves that were said"] = f"{saves:,}"
    return found


def _look(path: Path, first: int, found: Outcome) -> None:
    """Count what was said to be saved and is gone."""
    try:
        gone = {f"S{number}" for number in range(first)} - _names(path)
        with open_database(path) as database, database.read() as reader:
            short = first - len(reader.suppliers())
    except TomsError as error:
        found.lost += 1
        found.told.append(f"After it was ended: {error}")
    except Exception as error:  # noqa: BLE001 - this is what is looked for
        found.uncaught += 1
        found.told.append(f"After it was ended: {type(error).__name__}: {error}")
    else:
        found.lost += max(len(gone), short)
        found.told.extend(f"{name} was saved and is gone" for name in sorted(gone))
