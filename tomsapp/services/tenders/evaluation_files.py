"""The file of a frozen evaluation as a user saves it: the bytes that were frozen, and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tomsapp.menufiles.files import write_whole
from tomsapp.services.tenders.freezing import frozen_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from tomsapp.services.workspace import Workspace


def save_frozen(workspace: Workspace, tender_id: int, path: Path) -> Path:
    """Write the file of the evaluation that stands as it was frozen; gives the path.

    Raises:
        NotFound: none is frozen.
        TomsError: its bytes are not those that were frozen, or the file cannot be written; says what to do.
    """
    write_whole(path, frozen_bytes(workspace, tender_id))
    return path
