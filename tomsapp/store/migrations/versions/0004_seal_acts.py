"""Seal acts: signing, closing, withdrawing and reopening, and what was signed before."""

from tomsapp.store.migrations import steps

revision, down_revision, branch_labels, depends_on = "0004", "0003", None, None

EARLIER = "'draft', 'signed', 'closed'"
STATUSES = ("draft", "signed", "closed", "withdrawn")

COLUMNS = (
    "change_id, content, content_sha256, contract_id, kind, was, becomes, done_on, takes_effect_on, role, reason, value,"
    " rules, reverses"
)
SIGNED = (
    f"INSERT INTO act ({COLUMNS}) SELECT change_id, content, content_sha256, contract_id, 'sign', 'draft', 'signed', "
    "{day}, NULL, '', reason, {value}, COALESCE({rules}, '[]'), NULL "
    "FROM frozen_valuation WHERE kind = 'signed' ORDER BY id"
)

STEPS = (
    steps.change_check(
        "contract", "status", was=f"status IN ({EARLIER})", now=f"status IN ({EARLIER}, 'withdrawn')"
    ),
    steps.add_column("policy_rule", steps.day("binds_signed_from", is_optional=True)),
    steps.add_kept_table(
        "act",
        steps.names("contract_id", "contract"),
        steps.text("kind", among=("sign", "reopen", "close", "withdraw")),
        steps.text("was", among=STATUSES),
        steps.text("becomes", among=STATUSES),
        steps.day("done_on", is_optional=True),
        steps.day("takes_effect_on", is_optional=True),
        steps.text("role"),
        steps.text("reason"),
        steps.pounds("value", is_optional=True),
        steps.text("rules"),
        steps.names("reverses", "act", is_optional=True),
        indexes=(steps.index("contract_id"),),
    ),
    # What an earlier version kept of a signing becomes an act. The history told of it then, and is not told again.
    steps.fill_kept_table(
        "act",
        sqlite=SIGNED.format(
            day="json_extract(CAST(content AS TEXT), '$.made.signed_on')",
            value="CAST(REPLACE(json_extract(CAST(content AS TEXT), '$.total'), '.', '') AS INTEGER)",
            rules="json_extract(CAST(content AS TEXT), '$.rules')",
        ),
        postgresql=SIGNED.format(
            day="CAST(CAST(convert_from(content, 'UTF8') AS json) -> 'made' ->> 'signed_on' AS DATE)",
            value="CAST(CAST(convert_from(content, 'UTF8') AS json) ->> 'total' AS NUMERIC(18, 2))",
            rules="CAST(CAST(convert_from(content, 'UTF8') AS json) -> 'rules' AS TEXT)",
        ),
    ),
)

upgrade, downgrade = steps.both_ways(revision, STEPS)
