"""In scope: only contracts over a value are held against the rules that ask for something."""

from decimal import Decimal

from tomsapp.domain.rules.rule import PolicyRule, RuleKind, RuleUnit, threshold_words
from tomsapp.domain.wording import format_pounds

_PENNY = Decimal("0.01")


class Scope(RuleKind):
    """Which contracts are held against the other rules at all."""

    value = "scope"
    words = "In scope"
    own_facts = ()
    unit = RuleUnit.POUNDS

    def asked(self, _rule: PolicyRule) -> str:
        """That they are held against the others."""
        return "are held against the other rules"

    def example(self, rule: PolicyRule) -> str:
        """The edge to the penny."""
        edge, over = format_pounds(rule.threshold), format_pounds(rule.threshold + _PENNY)
        return f"{over}{rule.with_vat.beside} is in scope, {edge} is not."

    def in_brief(self, rule: PolicyRule) -> str:
        """The contracts that are in scope."""
        return f"Contracts over {threshold_words(rule)}" if rule.threshold else "All contracts"

    def printed(self, rule: PolicyRule) -> str:
        """The question that is answered with Yes or No."""
        return f"Is this contract in scope? Over {threshold_words(rule)}."


SCOPE = Scope()
