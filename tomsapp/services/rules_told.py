"""Whose policy rules the contracts of a council are held against."""

from collections.abc import Collection, Iterable

from tomsapp.domain.errors import TomsError
from tomsapp.domain.policy import RulesFrom
from tomsapp.domain.rules.rule import PolicyRule
from tomsapp.domain.rules_origin import RulesOrigin
from tomsapp.services.workspace import Workspace


def rules_origin(workspace: Workspace, rules: Iterable[PolicyRule]) -> RulesOrigin:
    """Whether these rules are those that came with the council's menu, or its own, and who the council is."""
    return RulesOrigin(_rules_from(workspace, rules), workspace.settings.council_name)


def _rules_from(workspace: Workspace, rules: Iterable[PolicyRule]) -> RulesFrom:
    policy = workspace.policy
    if policy is None:
        return RulesFrom.UNKNOWN
    shipped = _shipped(workspace, policy.code)
    return RulesFrom.MENU if all(rule in shipped for rule in rules) else RulesFrom.COUNCIL


def _shipped(workspace: Workspace, code: str) -> Collection[PolicyRule]:
    """The rules of a policy as it is installed; none where it is not."""
    try:
        return workspace.installed_policy(code).rules
    except TomsError:
        return ()
