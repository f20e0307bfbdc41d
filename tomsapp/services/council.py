"""What a user sets for the whole council: its name and logo, default menu, policy rules."""

from tomsapp.domain.council import COUNCIL, MOST_LOGO_BYTES, CouncilSettings
from tomsapp.domain.history import Stored
from tomsapp.domain.policy import RULE, PolicyRule
from tomsapp.domain.problems import Problem
from tomsapp.services.changes import Done, Edit, RecordChange
from tomsapp.services.workspace import Workspace

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


def list_rules(workspace: Workspace) -> list[Stored[PolicyRule]]:
    """The policy rules with their versions, in order."""
    with workspace.look() as uow:
        return uow.rules.all()


def add_rule(workspace: Workspace, rule: PolicyRule) -> Done[Stored[PolicyRule]]:
    """Add a dated policy rule; a rule with the same code takes over from its date."""
    label = f"Add policy rule {rule.title}"
    with workspace.work(label) as uow:
        stored = uow.rules.add(rule)
        uow.commit()
    return _rule_done(workspace, label, stored, None)


def save_rule(workspace: Workspace, before: Stored[PolicyRule], rule: PolicyRule) -> Done[Stored[PolicyRule]]:
    """Change a policy rule over the state that the user started from.

    Raises:
        EditConflict: somebody else saved it first.
    """
    if rule == before.record:
        return Done(before)
    label = f"Change policy rule {rule.title}"
    with workspace.work(label) as uow:
        stored = uow.rules.save(before.id, before.version, rule)
        uow.commit()
    return _rule_done(workspace, label, stored, before.record)


def delete_rule(workspace: Workspace, before: Stored[PolicyRule]) -> Done[None]:
    """Delete a policy rule; the history keeps it."""
    label = f"Delete policy rule {before.record.title}"
    with workspace.work(label) as uow:
        uow.rules.delete(before.id, before.version)
        uow.commit()
    workspace.forget()
    return Done(None, Edit(label, (RecordChange(RULE, before.id, before.record, None),)))


def _rule_done(
    workspace: Workspace, label: str, stored: Stored[PolicyRule], before: PolicyRule | None
) -> Done[Stored[PolicyRule]]:
    workspace.forget()
    change = RecordChange(RULE, stored.id, before, stored.record)
    return Done(stored, Edit(label, (change,)))
