"""What a user does with neighbourhoods."""

from tomsapp.domain.neighbourhood import NEIGHBOURHOOD
from tomsapp.services.records import RecordActions, name_looks_taken, name_taken

NEIGHBOURHOODS = RecordActions(
    NEIGHBOURHOOD,
    lambda uow: uow.neighbourhoods,
    name_taken(NEIGHBOURHOOD.noun, lambda uow: uow.neighbourhoods),
    name_looks_taken(NEIGHBOURHOOD.noun, lambda uow: uow.neighbourhoods),
)
"""Opens, checks, adds, saves and deletes neighbourhoods."""
