"""What a policy rule would do, before it is saved or deleted."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from tests.services.council import begin, sign
from tests.services.test_sealing import rule
from tomsapp.services import contracts, council
from tomsapp.services.rule_effect import RuleEffect, rule_effect


def two(ann):
    """A signed contract and a draft with the same promise, £20,000.00 of £2,500,000.00."""
    made = begin(ann)
    copy = contracts.copy_contract(ann, contracts.open_contract(ann, made.id), "C2").result
    sign(ann, made.id)
    return made, copy


def minimum(ann):
    return next(one for one in council.list_rules(ann) if one.record.code == "minimum")


def test_a_new_rule_changes_drafts_and_only_those_signed_contracts_that_it_binds(ann):
    two(ann)
    green = rule("green", "0.01")
    assert rule_effect(ann, None, green) == RuleEffect(2, ("C2: Green, Nothing asked → Short by £5,000.00",))
    binding = replace(green, binds_signed_from=date(2026, 3, 1))
    assert [words[:2] for words in rule_effect(ann, None, binding).changes] == ["C1", "C2"]
    assert rule_effect(ann, None, binding).heading == "2 of 2 contracts would change"
    assert council.list_rules(ann)[-1].record.code != "green", "nothing was saved"


def test_a_changed_and_a_deleted_rule_say_what_becomes_of_the_contracts(ann):
    two(ann)
    held = minimum(ann).record
    easier = replace(held, share=Decimal("0.008"))
    assert rule_effect(ann, held, easier).changes == (f"C2: {held.title}, Short by £105,000.00 → Enough",)
    assert rule_effect(ann, held, None).changes == (f"C2: {held.title}, Short by £105,000.00 → Nothing asked",)
    assert rule_effect(ann, held, held).changes == ()
    later = replace(rule("green", "0.5"), in_force_from=date(2090, 1, 1))
    assert rule_effect(ann, None, later).changes == ()
