"""Opens the database that a command names, as the window of the same user would."""

import argparse
import sys
from typing import TYPE_CHECKING

from tomsapp.bootstrap import menu_catalogue, signed_in_name
from tomsapp.config.preferences import user_preferences
from tomsapp.config.recents import is_recent

if TYPE_CHECKING:
    from tomsapp.services.workspace import Workspace


def open_named(parsed: argparse.Namespace, *, upgrade: bool = False) -> "Workspace":
    """The database of a command; what there is to know about it is said on standard error.

    Raises:
        StoreError: it cannot be used; says why and what to do.
    """
    from tomsapp.services import databases
    from tomsapp.services.addresses import without_secrets
    from tomsapp.services.failures import UpgradeNeeded

    target = parsed.database
    try:
        workspace = databases.open_workspace(
            target,
            menu_catalogue(parsed.menus),
            signed_in_name(),
            upgrade=upgrade,
            is_known=is_recent(user_preferences(), target),
        )
    except UpgradeNeeded as error:
        named = without_secrets(str(target))
        command = f'tomsapp db upgrade "{named}"' if " " in named else f"tomsapp db upgrade {named}"
        raise UpgradeNeeded(error.message, f"Upgrade it with “{command}”; a backup is made first") from error
    for warning in workspace.database.warnings:
        print(f"warning: {warning}", file=sys.stderr)
    return workspace
