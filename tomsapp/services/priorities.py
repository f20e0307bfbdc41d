"""What a user does with the priorities of the council's plans."""

from tomsapp.domain.priority import PRIORITY
from tomsapp.services.records import RecordActions, name_looks_taken, name_taken

PRIORITIES = RecordActions(
    PRIORITY,
    lambda uow: uow.priorities,
    name_taken(PRIORITY.noun, lambda uow: uow.priorities),
    name_looks_taken(PRIORITY.noun, lambda uow: uow.priorities),
)
"""Opens, checks, adds, saves and deletes priorities."""
