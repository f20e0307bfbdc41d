"""What a user sets for the whole council: its name and logo, default menu, policy rules."""

from tomsapp.domain.council import COUNCIL, MOST_LOGO_BYTES, CouncilSettings
from tomsapp.domain.facts import Fault
from tomsapp.domain.history import Stored
from tomsapp.domain.policy_records import RULE
from tomsapp.domain.problems import Problem
from tomsapp.domain.rules.rule import PolicyRule
from tomsapp.services.changes import Done, Edit, RecordChange
from tomsapp.services.look_alikes import look_alikes
from tomsapp.services.policy_rules import same_day_fault
from tomsapp.services.records import RecordActions
from tomsapp.services.workspace import Workspace
from tomsapp.store.unit_of_work import UnitOfWork

__all__ = ["MOST_LOGO_BYTES"]


def get_settings(workspace: Workspace) -> Stored[CouncilSettings]:
    """The council's settings as they stand in the database."""
    with workspace.look() as uow:
        return uow.settings.now()


def check_settings(settings: CouncilSettings) -> list[Problem]:
    """What must be put right before the settings can be saved."""
    return COUNCIL.problems(settings)


def save_settings(
    workspace: Workspace, before: Stored[CouncilSettings], settings: CouncilSettings
) -> Done[Stored[CouncilSettings]]:
    """Save the council's settings over the state that the user started from.

    Raises:
        EditConflict: somebody else saved them first.
        MenuError: the default menu edition or the area is not installed, or the edition is a draft.
    """
    if settings == before.record:
        return Done(before)
    label = "Change council settings"
    with workspace.work(label) as uow:
        if settings.area and uow.areas.get(settings.area) is None:
            uow.areas.add(settings.area, workspace.catalogue.area_bytes(settings.area))
        if settings.default_menu:
            workspace.keep_edition(uow, settings.default_menu, settings.default_edition)
        stored = uow.settings.save(before.version, settings)
        uow.commit()
    workspace.forget()
    return Done(stored, Edit(label, (RecordChange(COUNCIL, 0, before.record, settings),)))


class SettingsActions:
    """The `Actions` of the council's settings: they are there from the start, so that adding them is saving them."""

    def check(self, workspace: Workspace, record: CouncilSettings, number: int | None = None) -> list[Problem]:
        """What must be put right before they can be saved, and what is asked first."""
        if found := check_settings(record):
            return found
        with workspace.look() as uow:
            return list(look_alikes(uow, COUNCIL, record, number, is_only_one=True))

    def add(self, workspace: Workspace, record: CouncilSettings) -> Done[Stored[CouncilSettings]]:
        """Save them over what is there now."""
        return save_settings(workspace, get_settings(workspace), record)

    def save(
        self, workspace: Workspace, before: Stored[CouncilSettings], record: CouncilSettings
    ) -> Done[Stored[CouncilSettings]]:
        """Save them over the state that the user started from."""
        return save_settings(workspace, before, record)


SETTINGS = SettingsActions()


def _same_day(uow: UnitOfWork, rule: PolicyRule, number: int | None) -> tuple[str, Fault] | None:
    fault = same_day_fault(rule, (stored.record for stored in uow.rules.all() if stored.id != number))
    return None if fault is None else ("in_force_from", fault)


RULES = RecordActions(RULE, lambda uow: uow.rules, _same_day, forgets=True)
"""Lists, checks, adds, saves and deletes policy rules; one with the same code takes over from its date."""

list_rules, add_rule, save_rule, delete_rule = RULES.all, RULES.add, RULES.save, RULES.delete
