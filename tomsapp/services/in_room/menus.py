"""In the room: reads a menu edition of unknown origin, a folder or a bundle, and gives what is wrong with it."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from tomsapp.menufiles.edition_reader import read_bundle_bytes
from tomsapp.menufiles.linting import lint_path
from tomsapp.room.child import Answered
from tomsapp.room.plain import plain_bytes, plain_problems


def work(values: Mapping[str, object], runs: Sequence[bytes]) -> Answered:
    """Read the edition at `path` as it is read on the day `today`, or the bundle in the bytes that come with it."""
    if runs:
        return {}, [plain_bytes(plain_problems(read_bundle_bytes(runs[0], str(values["name"])).problems))]
    problems = lint_path(Path(str(values["path"])), date.fromisoformat(str(values["today"])))
    return {}, [plain_bytes(plain_problems(problems))]
