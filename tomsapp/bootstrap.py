"""Which folders of menus there are, and who works here: what the window and the command line both begin with."""

from collections.abc import Sequence
from pathlib import Path

from tomsapp.config import paths
from tomsapp.menufiles.catalogue import Catalogue


def menu_catalogue(extra_folders: Sequence[Path] = ()) -> Catalogue:
    """The menus shipped with the program, the user's own, and those in `extra_folders`."""
    return Catalogue([paths.menus_dir(), *_own_menus(), *extra_folders])


def _own_menus() -> list[Path]:
    try:
        return [paths.user_menus_dir()]
    except OSError:
        # The command line also works for users who have no folder of their own to write to.
        return []


def signed_in_name() -> str:
    """Who works here, as the operating system knows them; Settings can change it."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"
