"""Every fact of a record has a column in its row, and every column is told by a fact."""

import pytest

from tomsapp.domain.facts import APART
from tomsapp.services.record_types import TABLES
from tomsapp.store.mapping import BOOKKEEPING
from tomsapp.store.tables import Row

OF_QUARTER = ("contract_id", "commitment_id", "year_index", "quarter")
OWN = {
    "commitment": {"contract_id", "position"},
    "commitment_year": {"commitment_id", "year_index"},
    "contract_spend": {"contract_id", "year_index", "is_recorded"},
    "answer": {"contract_id", "problem_key"},
    "policy_rule": {"position"},
    "act": {"contract_id", "content", "rules", "reverses"},
    "variation": {"contract_id", "act_id"},
    "variation_line": {"variation_id", "line_key", "commitment_id"},
    "variation_line_year": {"variation_line_id", "year_index"},
    "signer": {"content", "content_sha256", "certificate"},
    "delivery": {*OF_QUARTER, "entered_by"},
    "plan_entry": {*OF_QUARTER, "in_force"},
    "delivery_act": {
        *(*OF_QUARTER, "delivery_id", "other_commitment_id", "to_year", "to_quarter"),
        *("content", "reverses"),
    },
    "evidence": {"contract_id"},
    "attachment": {"contract_id"},
    "delivery_person": {"contract_id", "delivery_id"},
    "stored_file": {"content"},
    "handed_over": {"contract_id"},
    "audit_sample": {"contract_id"},
    "audit_item": {"sample_id", "delivery_id"},
    "delivered_paper": {"contract_id", "content", "replaces", "act_id"},
    "lot": {"tender_id"},
    "lot_year": {"lot_id", "year_index"},
    "tender_measure": {"tender_id"},
    "question": {"tender_id"},
    "bidder_question": {"tender_id"},
    "tender_act": {"tender_id", "content", "reverses", "bid_id"},
    "pack_version": {"tender_id", "content", "act_id"},
    "pack_key": {"content", "content_sha256"},
    "pack_signature": {"tender_id", "content"},
    "frozen_evaluation": {"tender_id", "content", "act_id"},
    "award": {"tender_id", "content", "act_id", "contract_id"},
    "received_file": {"tender_id", "content"},
    "receipt": {"received_file_id"},
    "bid": {"tender_id"},
    "bid_decision": {"bid_id"},
    "evaluator": {"tender_id"},
    "mark": {"bid_id", "evaluator_id"},
    "moderated_mark": {"bid_id"},
    "score_explanation": {"bid_id"},
    "frozen_valuation": {"contract_id", "kind", "content", "content_sha256"},
}
"""Columns that say which record a row belongs to and where it stands, not what it says."""


@pytest.mark.parametrize("table", TABLES)
def test_facts_and_columns_are_the_same(table):
    told = TABLES[table]
    columns = {column.name for column in Row.metadata.tables[table].columns} - BOOKKEEPING - OWN.get(table, set())
    apart = {fact.column_name for fact in told.kind.facts if fact.kind in APART}
    facts = {fact.column_name for fact in told.facts()}
    assert facts - columns <= apart
    assert columns <= facts
