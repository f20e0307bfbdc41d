"""Tables on which figures of contracts hang: after a change elsewhere, what was read of contracts is still right."""

COUNTED = frozenset(
    {
        "act",
        "answer",
        "area",
        "attachment",
        "audit_item",
        "audit_sample",
        "award",
        "commitment",
        "commitment_year",
        "contract",
        "contract_spend",
        "council",
        "delivered_paper",
        "delivery",
        "delivery_act",
        "delivery_person",
        "delivery_rules",
        "edition",
        "evidence",
        "frozen_valuation",
        "handed_over",
        "living_wage",
        "neighbourhood",
        "plan_entry",
        "policy",
        "policy_rule",
        "priority",
        "stored_file",
        "supplier",
        "variation",
        "variation_line",
        "variation_line_year",
    }
)
"""Tables of which a figure, a grouping or something that is said of contracts may hang on every row."""

NOT_COUNTED = frozenset(
    {
        "bid",
        "bid_decision",
        "bidder_question",
        "evaluator",
        "frozen_evaluation",
        "logo",
        "lot",
        "lot_year",
        "mark",
        "moderated_mark",
        "pack_key",
        "pack_signature",
        "pack_version",
        "question",
        "receipt",
        "received_file",
        "saved_view",
        "score_explanation",
        "signer",
        "tender",
        "tender_act",
        "tender_measure",
    }
)
"""Tables on which none hangs: tenders until their lots are awarded, and what papers and pages look like."""

BOOKS = frozenset({"chain", "change", "history"})
"""Tables that tell of changes, of which no history tells."""
