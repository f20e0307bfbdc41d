"""The council's policy in the database: its dated rules and living wages."""

from sqlalchemy import func
from sqlmodel import col, select

from tomsapp.domain.history import Stored
from tomsapp.domain.policy import LivingWage, Policy, PolicyRule
from tomsapp.store.mapping import rule_of, rule_row, said, wage_of, wage_row
from tomsapp.store.records import Records, Scope
from tomsapp.store.tables import LivingWageRow, PolicyRow, PolicyRuleRow

POLICY_ID = 1


class PolicyRepository:
    """The policy, within one transaction."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._session = scope.session
        self._policy = Records(scope, PolicyRow, "Policy")
        self._rules = Records(scope, PolicyRuleRow, "Policy rule")
        self._wages = Records(scope, LivingWageRow, "Living wage")

    def get(self) -> Policy | None:
        """The policy with its rules and wages, or None before one is set."""
        row = self._session.get(PolicyRow, POLICY_ID)
        if row is None:
            return None
        rules = tuple(stored.record for stored in self.rules())
        wages = tuple(stored.record for stored in self.living_wages())
        return Policy(row.code, row.title, rules, wages)

    def replace(self, policy: Policy) -> None:
        """Put another policy in the place of the present one, whose rules and wages stay in the history."""
        row = self._session.get(PolicyRow, POLICY_ID)
        if row is None:
            self._policy.add(PolicyRow(id=POLICY_ID, code=policy.code, title=policy.title))
        else:
            self._policy.write(row, {"code": policy.code, "title": policy.title})
        for rule in self._rule_rows():
            self._rules.delete(rule)
        for wage in self._wage_rows():
            self._wages.delete(wage)
        for position, new_rule in enumerate(policy.rules):
            self._rules.add(rule_row(new_rule, position))
        for new_wage in policy.living_wages:
            self._wages.add(wage_row(new_wage))

    def _stored_rule(self, row: PolicyRuleRow) -> Stored[PolicyRule]:
        return self._scope.stored(row, rule_of(row))

    def _rule_rows(self) -> list[PolicyRuleRow]:
        query = select(PolicyRuleRow).where(col(PolicyRuleRow.deleted).is_(False))
        return list(self._session.exec(query.order_by(col(PolicyRuleRow.position), col(PolicyRuleRow.id))))

    def rules(self) -> list[Stored[PolicyRule]]:
        """The rules in their order."""
        return [self._stored_rule(row) for row in self._rule_rows()]

    def get_rule(self, rule_id: int) -> Stored[PolicyRule]:
        """The rule with this number, deleted or not.

        Raises:
            NotFound: there is none.
        """
        return self._stored_rule(self._rules.get(rule_id))

    def add_rule(self, rule: PolicyRule) -> Stored[PolicyRule]:
        """Save a new rule, last in the order."""
        last = self._session.exec(select(func.max(PolicyRuleRow.position))).one()
        return self._stored_rule(self._rules.add(rule_row(rule, 0 if last is None else last + 1)))

    def save_rule(self, rule_id: int, expected_version: int, rule: PolicyRule) -> Stored[PolicyRule]:
        """Save a rule that was read at `expected_version`.

        Raises:
            EditConflict: somebody saved it since.
        """
        row = self._rules.claim(rule_id, expected_version, self._stored_rule)
        self._rules.write(row, said(rule_row(rule, row.position)))
        return self._stored_rule(row)

    def delete_rule(self, rule_id: int, expected_version: int) -> Stored[PolicyRule]:
        """Mark a rule as deleted.

        Raises:
            EditConflict: somebody saved it since.
        """
        row = self._rules.claim(rule_id, expected_version, self._stored_rule)
        self._rules.delete(row)
        return self._stored_rule(row)

    def restore_rule(self, rule_id: int) -> Stored[PolicyRule]:
        """Bring a deleted rule back."""
        row = self._rules.get(rule_id, locked=True)
        self._rules.restore(row)
        return self._stored_rule(row)

    def _wage_rows(self) -> list[LivingWageRow]:
        query = select(LivingWageRow).where(col(LivingWageRow.deleted).is_(False))
        return list(self._session.exec(query.order_by(col(LivingWageRow.in_force_from), col(LivingWageRow.id))))

    def living_wages(self) -> list[Stored[LivingWage]]:
        """The living wages, oldest first."""
        return [self._scope.stored(row, wage_of(row)) for row in self._wage_rows()]
