"""The files that the program is started with, as by a double click, and nothing else."""

import re
from collections.abc import Sequence
from pathlib import Path

from tomsapp.services.addresses import is_server

NEW_WINDOW = "--new-window"
_PLACED = re.compile(r"[./\\]")
"""What every path has that a file manager gives, and no command."""


def documents_named(arguments: Sequence[str]) -> list[Path]:
    """The files that are the only arguments; none where a command or an option is among them."""
    are_files = all(_PLACED.search(each) and not each.startswith("-") and not is_server(each) for each in arguments)
    return [Path(each) for each in arguments] if are_files else []
