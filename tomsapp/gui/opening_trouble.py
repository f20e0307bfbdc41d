"""What the Start page says and offers when a database does not open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tomsapp.domain.errors import TomsError
from tomsapp.gui.database_opener import OpeningFailure, example_folder
from tomsapp.gui.widgets.problems import SAVE_COPY
from tomsapp.services.addresses import is_server, shown_target
from tomsapp.services.failures import Altered, Damaged, DatabaseLocked, DatabaseReadOnly, NotADatabase, Unreachable

Remedy = Literal["again", "choose", "server", "make", "restore", "rescue", "copy", "forget", "anew"]

_WORDS: dict[Remedy, str] = {
    "again": "Try again",
    "choose": "Choose another file",
    "server": "Enter the address again",
    "make": "Change what you entered",
    "restore": "Restore a backup",
    "rescue": "Copy what can be read",
    "copy": SAVE_COPY[1],
    "forget": "Remove from list",
    "anew": "Make the example anew",
}


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a database did not open, in one sentence, and what can be done about it."""

    target: str
    sentence: str
    remedies: tuple[tuple[Remedy, str], ...]


def trouble_of(failure: OpeningFailure, *, is_recent: bool, is_being_made: bool) -> Trouble:
    """Word a failure; `is_recent` when the list of recent databases has it."""
    error = failure.error
    sentence = f"{error.message}. {error.fix}." if error.fix else f"{error.message}."
    shown = shown_target(failure.target)
    remedies = _remedies(shown, error, is_recent=is_recent, is_being_made=is_being_made)
    return Trouble(shown, sentence, tuple((remedy, _WORDS[remedy]) for remedy in remedies))


def _remedies(target: str, error: TomsError, *, is_recent: bool, is_being_made: bool) -> list[Remedy]:
    if is_being_made:
        return ["make"]
    if target == str(example_folder()):
        return ["anew"]
    if is_server(target):
        return ["server", "forget"] if is_recent else ["server"]
    found: list[Remedy] = []
    if isinstance(error, DatabaseLocked):
        found.append("again")
    if isinstance(error, NotADatabase):
        found.append("restore")
    if isinstance(error, (Damaged, Altered)):
        found.append("rescue")
    if isinstance(error, DatabaseReadOnly):
        found.append("copy")
    found.append("choose")
    if is_recent and isinstance(error, Unreachable):
        found.append("forget")
    return found
