"""The one place that wires: from paths and arguments to the catalogue that services work with."""

import getpass
from collections.abc import Sequence
from pathlib import Path

from tomsapp.config import paths
from tomsapp.menufiles.catalogue import Catalogue


def menu_catalogue(extra_folders: Sequence[Path] = ()) -> Catalogue:
    """The menus shipped with the program, the user's own, and those in `extra_folders`."""
    return Catalogue([paths.menus_dir(), paths.user_menus_dir(), *extra_folders])


def signed_in_name() -> str:
    """Who works here, as the operating system knows them; Settings can change it."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"
