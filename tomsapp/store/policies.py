"""The council's policy in the database: its dated rules and living wages."""

from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from tomsapp.domain.history import Stored
from tomsapp.domain.policy import Policy
from tomsapp.domain.policy_records import LIVING_WAGE, RULE, LivingWage
from tomsapp.domain.rules.rule import PolicyRule
from tomsapp.store.mapping import source_columns, source_of
from tomsapp.store.records import RecordRepository, Records, Scope
from tomsapp.store.tables import LivingWageRow, PolicyRow, PolicyRuleRow

POLICY_ID = 1


class RuleRepository(RecordRepository[PolicyRule, PolicyRuleRow]):
    """The policy rules, within one transaction; a new one is the last in the order."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope, RULE, PolicyRuleRow)

    def _apart_of(self, row: PolicyRuleRow) -> dict[str, Any]:
        return {"source": source_of(row)}

    def _apart(self, record: PolicyRule) -> dict[str, Any]:
        return source_columns(record.source)

    def _order(self) -> tuple[Any, ...]:
        return (col(PolicyRuleRow.position),)

    def add(self, record: PolicyRule) -> Stored[PolicyRule]:
        """Save a new rule, last in the order."""
        last = self._session.exec(select(func.max(PolicyRuleRow.position))).one()
        place = 0 if last is None else last + 1
        return self._stored(self._rows.add(PolicyRuleRow(**self._columns(record), position=place)))


class WageRepository(RecordRepository[LivingWage, LivingWageRow]):
    """The National Living Wages, within one transaction, oldest first."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope, LIVING_WAGE, LivingWageRow)

    def _apart_of(self, row: LivingWageRow) -> dict[str, Any]:
        return {"source": source_of(row)}

    def _apart(self, record: LivingWage) -> dict[str, Any]:
        return source_columns(record.source)

    def _order(self) -> tuple[Any, ...]:
        return (col(LivingWageRow.in_force_from),)


class PolicyRepository:
    """The policy as a whole, within one transaction."""

    def __init__(self, scope: Scope) -> None:
        self._session = scope.session
        self._policy = Records(scope, PolicyRow, "Policy")
        self._rules = RuleRepository(scope)
        self._wages = WageRepository(scope)

    def get(self) -> Policy | None:
        """The policy with its rules and wages, or None before one is set."""
        row = self._session.get(PolicyRow, POLICY_ID)
        if row is None:
            return None
        rules = tuple(stored.record for stored in self._rules.all())
        wages = tuple(stored.record for stored in self._wages.all())
        return Policy(row.code, row.title, rules, wages)

    def replace(self, policy: Policy) -> None:
        """Put another policy in the place of the present one, whose rules and wages stay in the history."""
        row = self._session.get(PolicyRow, POLICY_ID)
        if row is None:
            self._policy.add(PolicyRow(id=POLICY_ID, code=policy.code, title=policy.title))
        else:
            self._policy.write(row, {"code": policy.code, "title": policy.title})
        for rule in self._rules.all():
            self._rules.delete(rule.id, rule.version)
        for wage in self._wages.all():
            self._wages.delete(wage.id, wage.version)
        for new_rule in policy.rules:
            self._rules.add(new_rule)
        for new_wage in policy.living_wages:
            self._wages.add(new_wage)
