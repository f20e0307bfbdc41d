"""Where shipped files and the user's own files are found."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

import platformdirs

_APP_NAME = "tomsapp"
_HOME_VARIABLE = "TOMSAPP_HOME"
_PACKAGE = Path(__file__).resolve().parents[1]


def _frozen_root() -> Path | None:
    """Folder into which a frozen build unpacks its data, or None in a checkout or a wheel."""
    root = getattr(sys, "_MEIPASS", None)
    return Path(root) if root else None


def is_frozen() -> bool:
    """Whether this is a frozen build, which needs no Python to be started again."""
    return _frozen_root() is not None


def _shipped_dir(name: str) -> Path:
    frozen = _frozen_root()
    if frozen is not None:
        return frozen / name
    installed = _PACKAGE / "_data" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def resources_dir() -> Path:
    """Folder with fonts and icons."""
    return _shipped_dir("resources")


def menus_dir() -> Path:
    """Folder with the menus that ship with the program."""
    return _shipped_dir("menus")


def migrations_dir() -> Path:
    """Folder with the database migrations."""
    frozen = _frozen_root()
    root = _PACKAGE if frozen is None else frozen / _APP_NAME
    return root / "store" / "migrations"


def has_own_home() -> bool:
    """Whether a folder was named for all of the user's own files."""
    return bool(os.environ.get(_HOME_VARIABLE))


def _own_dir(part: str, default: str) -> Path:
    home = os.environ.get(_HOME_VARIABLE)
    folder = Path(home) / part if home else Path(default)
    # Where it cannot be made, whoever writes into it says so; reading begins with nothing.
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    return folder


def user_data_dir() -> Path:
    """Folder for the user's databases and drafts; it is made if it is not there and can be."""
    return _own_dir("data", platformdirs.user_data_dir(_APP_NAME, appauthor=False))


def user_menus_dir() -> Path:
    """Folder for the menus that the user added; it is made if it is not there and can be."""
    folder = user_data_dir() / "menus"
    folder.mkdir(exist_ok=True)
    return folder


def user_config_dir() -> Path:
    """Folder for the user's preferences; it is made if it is not there and can be."""
    return _own_dir("config", platformdirs.user_config_dir(_APP_NAME, appauthor=False))


def user_cache_dir() -> Path:
    """Folder for what can be read again at any time; it is made if it is not there and can be."""
    return _own_dir("cache", platformdirs.user_cache_dir(_APP_NAME, appauthor=False))


def log_dir() -> Path:
    """Folder for log files; it is made if it is not there and can be."""
    return _own_dir("log", platformdirs.user_log_dir(_APP_NAME, appauthor=False))
