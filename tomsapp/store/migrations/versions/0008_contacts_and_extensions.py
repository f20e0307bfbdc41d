"""Say more of a contract: whom to ask at the supplier and its extensions; rules with or without VAT."""

from tomsapp.store.migrations import steps

revision, down_revision, branch_labels, depends_on = "0008", "0007", None, None

STEPS = (
    steps.add_column("contract", steps.text("supplier_contact")),
    steps.add_column("contract", steps.text("supplier_contact_email")),
    steps.add_column("contract", steps.text("supplier_contact_phone")),
    steps.add_column("contract", steps.whole("extensions_taken", is_optional=True)),
    steps.add_column("contract", steps.whole("extensions_left", is_optional=True)),
    steps.add_column("policy_rule", steps.text("with_vat", among=("not_said", "no", "yes"), begins="not_said")),
)

upgrade, downgrade = steps.both_ways(revision, STEPS)
