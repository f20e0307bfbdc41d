"""Valuations fixed at signing, beside today's."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from tests.services.council import begin, opened, promise
from tomsapp.services import commitments, contracts
from tomsapp.services.signed_valuations import signed_valuations


def test_signed_valuation_keeps_its_total_when_the_promise_changes_later(ann):
    made = begin(ann)
    commitments.add_commitments(ann, made.id, [promise("V01", "500", "500", statement="Cash")], "Add V01")
    total = opened(ann, made.id).checked.valuation.social_value
    contracts.sign_contract(ann, opened(ann, made.id), date(2026, 4, 1))
    contracts.reopen_contract(ann, opened(ann, made.id), "More was offered")
    page = opened(ann, made.id)
    line = page.commitments[-1]
    more = replace(line.record, quantities=(Decimal(900), Decimal(900)))
    commitments.save_commitment(ann, made.id, line, more, "More")
    signed = signed_valuations(ann, made.id, date(2026, 6, 1))[0]
    assert signed.as_signed == total
    assert signed.difference == 0
    assert signed.why == "The same edition, barnet-open 2026.2, is in force today"
    assert signed.reason == "Signed on 1 April 2026"
    assert len(signed.sha256) == 64
