"""Keep the files that come in for a tender, bids, what is decided of them, and marks."""

from tomsapp.store.migrations import steps

revision, down_revision, branch_labels, depends_on = "0018", "0017", None, None

OF_TENDER = steps.names("tender_id", "tender")
OF_BID = steps.names("bid_id", "bid")
MARK = {"mark": "mark BETWEEN 0 AND 5"}

STEPS = (
    steps.add_kept_table(
        "received_file",
        OF_TENDER,
        steps.whole("number"),
        steps.text("name"),
        indexes=(steps.index("tender_id"),),
        unique=(("tender_id", "number"),),
    ),
    steps.add_record_table(
        "receipt",
        steps.names("received_file_id", "received_file"),
        steps.names("supplier_id", "supplier", is_optional=True),
        steps.whole("lot", is_optional=True),
        steps.day("portal_on", is_optional=True),
        steps.text("portal_time"),
        steps.whole("pack_version", is_optional=True),
        steps.text("unfinished"),
        steps.text("refused"),
        steps.text("ask_for"),
        unique=(("received_file_id",),),
    ),
    steps.add_record_table(
        "bid",
        OF_TENDER,
        steps.whole("lot"),
        steps.names("supplier_id", "supplier"),
        steps.pounds("price", is_optional=True),
        steps.quantity("quality", is_optional=True),
        steps.text("notes"),
        indexes=(steps.index("tender_id"),),
        unique=(("tender_id", "lot", "supplier_id"),),
        checks={"bid": "lot > 0 AND (price IS NULL OR price > 0) AND (quality IS NULL OR quality >= 0)"},
    ),
    steps.add_record_table(
        "bid_decision",
        OF_BID,
        steps.text("problem"),
        steps.text("sha256"),
        steps.text("kind", among=("ask", "accept", "leave_out")),
        steps.text("reason"),
        steps.text("line"),
        steps.day("asked_on", is_optional=True),
        steps.day("due_on", is_optional=True),
        steps.text("answer"),
        steps.day("answered_on", is_optional=True),
        steps.text("decided_by"),
        unique=(("bid_id", "sha256", "problem"),),
    ),
    steps.add_record_table(
        "evaluator",
        OF_TENDER,
        steps.text("name"),
        steps.text("role"),
        steps.flag("has_no_conflict"),
        steps.day("confirmed_on", is_optional=True),
        steps.day("sent_on", is_optional=True),
        indexes=(steps.index("tender_id"),),
    ),
    steps.add_record_table(
        "mark",
        OF_BID,
        steps.names("evaluator_id", "evaluator"),
        steps.whole("question"),
        steps.whole("mark"),
        steps.text("reason"),
        unique=(("bid_id", "question", "evaluator_id"),),
        checks=MARK,
    ),
    steps.add_record_table(
        "moderated_mark",
        OF_BID,
        steps.whole("question"),
        steps.whole("mark"),
        steps.text("reason"),
        steps.text("moderated_by"),
        unique=(("bid_id", "question"),),
        checks=MARK,
    ),
    steps.guard_judging(),
)

upgrade, downgrade = steps.both_ways(revision, STEPS)
