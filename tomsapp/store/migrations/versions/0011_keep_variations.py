"""Keep variations of signed contracts: their facts and lines, the act that signs one, and guards that let it through."""

from tomsapp.store.migrations import steps

revision, down_revision, branch_labels, depends_on = "0011", "0010", None, None

EARLIER = "'sign', 'reopen', 'close', 'withdraw'"

STEPS = (
    steps.change_check("act", "kind", was=f"kind IN ({EARLIER})", now=f"kind IN ({EARLIER}, 'vary')"),
    steps.add_record_table(
        "variation",
        steps.names("contract_id", "contract"),
        steps.whole("number"),
        steps.day("effective_on", is_optional=True),
        steps.day("new_end_on", is_optional=True),
        steps.pounds("new_value", is_optional=True),
        steps.pounds("new_value_with_vat", is_optional=True),
        steps.names("new_supplier_id", "supplier", is_optional=True),
        steps.text("reason"),
        steps.text("state", among=("draft", "signed")),
        steps.names("act_id", "act", is_optional=True),
        indexes=(steps.index("contract_id", "number", is_unique=True, in_use=True),),
    ),
    steps.add_record_table(
        "variation_line",
        steps.names("variation_id", "variation"),
        steps.text("line_key"),
        steps.names("commitment_id", "commitment", is_optional=True),
        steps.text("measure"),
        steps.share("contract_share"),
        steps.text("place"),
        steps.text("statement"),
        steps.quantity("rate_quantity", is_optional=True),
        steps.pounds("rate_per_pounds", is_optional=True),
        steps.pounds("cost", is_optional=True),
        steps.text("project"),
        steps.flag("is_ended"),
        contract="(SELECT contract_id FROM variation WHERE id = NEW.variation_id)",
        unique=(("variation_id", "line_key"),),
        checks={"rate_whole": "(rate_quantity IS NULL) = (rate_per_pounds IS NULL)"},
    ),
    steps.add_record_table(
        "variation_line_year",
        steps.names("variation_line_id", "variation_line"),
        steps.whole("year_index"),
        steps.quantity("quantity", is_optional=True),
        contract=(
            "(SELECT v.contract_id FROM variation AS v JOIN variation_line AS l ON l.variation_id = v.id "
            "WHERE l.id = NEW.variation_line_id)"
        ),
        unique=(("variation_line_id", "year_index"),),
    ),
    steps.guard_varied(
        "reference",
        "title",
        "supplier_id",
        "value",
        "start_on",
        "end_on",
        "menu",
        "edition",
        "kind",
        "value_with_vat",
        "latest_end_on",
        varied=("value", "end_on", "supplier_id", "value_with_vat", "latest_end_on"),
        said=(
            "number",
            "effective_on",
            "new_end_on",
            "new_value",
            "new_value_with_vat",
            "new_supplier_id",
            "reason",
        ),
    ),
)

upgrade, downgrade = steps.both_ways(revision, STEPS)
