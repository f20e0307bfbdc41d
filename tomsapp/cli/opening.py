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

    target = parsed.database
    workspace = databases.open_workspace(
        target,
        menu_catalogue(parsed.menus),
        signed_in_name(),
        upgrade=upgrade,
        is_known=is_recent(user_preferences(), target),
    )
    for warning in workspace.database.warnings:
        print(f"warning: {warning}", file=sys.stderr)
    return workspace
