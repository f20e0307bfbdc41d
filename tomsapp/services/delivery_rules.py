"""What a user does with the rules of delivery: days, bounds of the ratings, who may accept, limits of files."""

from tomsapp.domain.delivery.rules import DELIVERY_RULES, DeliveryRules
from tomsapp.domain.history import Stored
from tomsapp.services.records import RecordActions
from tomsapp.services.workspace import Workspace

RULES_OF_DELIVERY: RecordActions[DeliveryRules] = RecordActions(DELIVERY_RULES, lambda uow: uow.delivery_rules)
"""There is one record, with the number 1; until the council has saved it, it says what is usual."""


def rules_now(workspace: Workspace) -> Stored[DeliveryRules]:
    """What holds now: what the council has set, or as version 0 what the program begins with."""
    with workspace.look() as uow:
        return uow.delivery_rules.now()
