"""A report for an IT department: the program, the system, settings and policies, and the end of the log.

It names no person, database, contract or council, so that it can be sent to anybody who helps.
"""

from __future__ import annotations

import os
import platform
import re
import sys
from collections import deque
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from tomsapp import __released__, __version__
from tomsapp.config import paths
from tomsapp.config.policies import Policies
from tomsapp.domain.wording import format_date
from tomsapp.services.program_log import FAULTS, log_files
from tomsapp.store.secrets import without_secrets

_LOG_LINES, _FAULT_LINES = 200, 80
_SHORTEST_NAME = 3
_INSTEAD = "…"


def version_words() -> str:
    """Which version this is, and of when: "0.5.0, released 30 November 2026"."""
    return f"{__version__}, released {format_date(date.fromisoformat(__released__))}"


def it_report(policies: Policies, window: Sequence[str] = ()) -> str:
    """The whole report; `window` is what the window knows of its screens, libraries and settings."""
    folder = paths.log_dir()
    parts = (
        ("Social value calculator", [f"tomsapp {version_words()}", *_system(), *window]),
        ("Set by the organisation", _policies(policies)),
        ("Folders", _folders()),
        ("Faults of the system", _last_lines([folder / FAULTS], _FAULT_LINES)),
        ("Log", _last_lines(log_files(folder)[::-1], _LOG_LINES)),
    )
    return without_user("\n\n".join("\n".join([head, *(lines or ["nothing"])]) for head, lines in parts)) + "\n"


def _system() -> list[str]:
    how = "installed program" if paths.is_frozen() else "Python package"
    return [f"{platform.platform()}, {platform.machine()}", f"{how}, Python {platform.python_version()}"]


def _policies(policies: Policies) -> list[str]:
    told = [
        f"{policy.name} = {without_secrets(str(value))} (for the {policies.set_for[policy].value})"
        for policy, value in policies.values.items()
    ]
    return [*told, *(f"{name} cannot be used" for name in policies.refused)]


def _folders() -> list[str]:
    named = {
        "program": paths.resources_dir().parent,
        "own data": paths.user_data_dir(),
        "settings": paths.user_config_dir(),
        "cache": paths.user_cache_dir(),
        "log": paths.log_dir(),
    }
    return [f"{name}: {folder} ({_rights(folder)})" for name, folder in named.items()]


def _rights(folder: Path) -> str:
    if not folder.is_dir():
        return "is not there"
    return "can be written" if os.access(folder, os.W_OK) else "can be read"


def _last_lines(files: Iterable[Path], most: int) -> list[str]:
    found: deque[str] = deque(maxlen=most)
    for file in files:
        with suppress(OSError):
            if file.is_file():
                found.extend(file.read_text(encoding="utf-8", errors="replace").splitlines())
    return list(found)


def without_user(text: str) -> str:
    """A text without the name of whoever is signed in, in folders and anywhere else."""
    home = str(Path.home())
    for named in {home, home.replace("\\", "/")}:
        if len(named) > _SHORTEST_NAME:
            text = re.sub(re.escape(named), "~", text, flags=re.IGNORECASE)
    for name in sorted(_names_of_user(), key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", _INSTEAD, text, flags=re.IGNORECASE)
    return text


def _names_of_user() -> set[str]:
    import getpass

    names = {Path.home().name, *(os.environ.get(key, "") for key in ("USERNAME", "USER", "LOGNAME", "USERDOMAIN"))}
    with suppress(OSError, KeyError, ImportError):
        names.add(getpass.getuser())
    if sys.platform == "win32":
        names.add(platform.node())
    return {name for name in names if len(name) >= _SHORTEST_NAME}
