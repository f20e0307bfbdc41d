"""Keep money that was handed over, samples that an audit drew, and the delivered valuations that were published."""

from tomsapp.store.migrations import steps

revision, down_revision, branch_labels, depends_on = "0012", "0011", None, None

STEPS = (
    steps.add_record_table(
        "handed_over",
        steps.names("contract_id", "contract"),
        steps.names("commitment_id", "commitment", is_optional=True),
        steps.day("received_on"),
        steps.text("received_from"),
        steps.pounds("amount"),
        steps.text("passed_to"),
        steps.day("passed_on", is_optional=True),
        steps.text("receipt"),
        steps.text("notes"),
        indexes=(steps.index("contract_id"),),
        checks={"amount": "amount > 0", "passed": "passed_on IS NULL OR passed_on >= received_on"},
    ),
    steps.add_record_table(
        "audit_sample",
        steps.names("contract_id", "contract", is_optional=True),
        steps.text("seed"),
        steps.day("until"),
        steps.whole("size"),
        steps.day("drawn_on"),
        steps.whole("claims"),
        steps.pounds("pounds"),
        steps.text("notes"),
        indexes=(steps.index("contract_id"),),
        checks={"drawn": "size > 0 AND claims > 0 AND pounds >= 0"},
    ),
    steps.add_record_table(
        "audit_item",
        steps.names("sample_id", "audit_sample"),
        steps.names("delivery_id", "delivery"),
        steps.whole("position"),
        steps.quantity("units"),
        steps.pounds("pounds"),
        steps.text("conclusion", is_optional=True, among=("shown", "shown_in_part", "not_shown")),
        steps.quantity("found", is_optional=True),
        steps.pounds("found_pounds", is_optional=True),
        steps.text("notes"),
        contract="(SELECT contract_id FROM delivery WHERE id = NEW.delivery_id)",
        indexes=(steps.index("delivery_id"),),
        unique=(("sample_id", "delivery_id"),),
        checks={
            "drawn": "position > 0 AND units > 0 AND pounds >= 0",
            "found": (
                "(conclusion IS NULL) = (found IS NULL) AND (found IS NULL) = (found_pounds IS NULL) "
                "AND (found IS NULL OR (0 <= found AND found <= units AND 0 <= found_pounds))"
            ),
        },
    ),
    steps.add_kept_table(
        "delivered_paper",
        steps.names("contract_id", "contract"),
        steps.day("until"),
        steps.whole("number"),
        steps.names("replaces", "delivered_paper", is_optional=True),
        steps.text("reason"),
        steps.names("act_id", "delivery_act"),
        indexes=(steps.index("contract_id"),),
        unique=(("contract_id", "until", "number"),),
    ),
    steps.guard_records(),
)

upgrade, downgrade = steps.both_ways(revision, STEPS)
