"""A menu edition of unknown origin, read in the locked room before this program reads the same files."""

from datetime import date
from pathlib import Path

from tomsapp.domain.problems import Problem
from tomsapp.room.asking import Question
from tomsapp.room.limits import MEGABYTE, Limits
from tomsapp.room.plain import plain_problems_in
from tomsapp.services.progress import Progress
from tomsapp.services.strangers import ask_watched, understood, watched_by

_LIMITS = Limits(memory=160 * MEGABYTE, seconds=20, answer=20 * MEGABYTE)


def lint_stranger(source: Path, today: date, progress: Progress | None = None) -> tuple[Problem, ...]:
    """Everything that is wrong with the edition in a folder or a bundle.

    Raises:
        RoomError: reading it took too much memory or time, or ended what read it.
        Cancelled: nobody waits for it any more.
    """
    values = {"path": str(source.absolute()), "today": today.isoformat()}
    with watched_by(progress):
        answer = ask_watched(Question("menus", source.name, values, [], {}, _LIMITS))
    return understood(source.name, lambda: plain_problems_in(answer.runs[0]))


def lint_bundle(data: bytes, name: str, progress: Progress | None = None) -> tuple[Problem, ...]:
    """What is wrong with the edition in the bytes of a bundle that came in another file; `name` says which it is.

    Raises:
        RoomError, Cancelled: as `lint_stranger`.
    """
    with watched_by(progress):
        answer = ask_watched(Question("menus", name, {"name": name}, [data], {}, _LIMITS))
    return understood(name, lambda: plain_problems_in(answer.runs[0]))
