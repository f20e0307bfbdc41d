"""What others saved while this window looked elsewhere, so that each page knows whether to reload."""

from __future__ import annotations

from tomsapp.services.changes import ALL_CHANGED, Changes
from tomsapp.services.record_types import TABLES
from tomsapp.services.workspace import Workspace


def read_news(workspace: Workspace) -> Changes | None:
    """What others changed since this was last asked; None where nothing."""
    found = workspace.database.news()
    if found is None:
        return None
    workspace.forget()
    if any(each.table not in TABLES for each in found):
        return ALL_CHANGED
    return Changes(
        frozenset(TABLES[each.table].kind for each in found),
        frozenset(each.contract_id for each in found if each.contract_id is not None),
    )
