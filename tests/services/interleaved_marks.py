"""What each service does to the marks of a tender, with a colleague between its statements."""

from collections.abc import Callable

from tomsapp.services.tenders.marks_held import moderated_marks, sees_figures
from tomsapp.services.tenders.reading import OpenTender
from tomsapp.services.workspace import Workspace

MARK_READS: dict[str, Callable[[Workspace, OpenTender], object]] = {
    "moderated marks": lambda workspace, made: moderated_marks(workspace, made.id, [1]),
    "who sees figures": lambda workspace, made: sees_figures(workspace, made.id),
}
"""What is read of the marks of a tender that a colleague changes."""
