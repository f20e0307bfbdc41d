"""Damaged databases: each is told by every command, and what can be read of it is copied, without a traceback."""

import contextlib
import io
import tempfile
from pathlib import Path

from tests.cli.test_damaged import COMMANDS, written
from tests.store.damaging import DAMAGES, damage
from tests.store.samples import fill
from tests.torture.outcome import Deadline, Outcome
from tomsapp.__main__ import main
from tomsapp.store.database import create_database, open_database

TITLE = "Damaged databases, every command"
SHARE = 30
DAMAGED = 1200
_CHECK = ("db", "check", "<database>")


def run(deadline: Deadline) -> Outcome:
    """Damage a filled database in seeded ways, and give each to the check and to a command more."""
    found = Outcome(DAMAGED)
    copied = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        whole = folder / "whole.db"
        with create_database(whole, who="Ann") as database:
            fill(database)
            fill(database, "C2")
        for seed in range(DAMAGED):
            if deadline.is_over:
                break
            copied += _try(whole, folder / "damaged.db", folder / "target.db", seed, found)
            found.done += 1
    found.figures["copied to a new database"] = f"{copied:,}"
    return found


def _try(whole: Path, damaged: Path, target: Path, seed: int, found: Outcome) -> bool:
    is_copied = False
    # Each is checked, and given to one command more; over all of them each command meets every kind of damage.
    for command in {_CHECK, COMMANDS[seed // len(DAMAGES) % len(COMMANDS)]}:
        told = damage(whole, damaged, seed)
        target.unlink(missing_ok=True)
        said = io.StringIO()
        try:
            with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
                main(written(command, damaged, target))
        except (Exception, SystemExit) as error:  # noqa: BLE001 - what is counted; a command that is written wrongly ends so
            found.uncaught += 1
            found.told.append(f"{told}: {' '.join(command)}: {error!r}")
        if "rescue" in command and target.exists():
            is_copied = True
            with open_database(target) as database, database.read() as reader:
                reader.contracts()
    return is_copied
