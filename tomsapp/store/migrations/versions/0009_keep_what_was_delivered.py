"""Keep what was delivered: plans, claims and what was decided of them."""

from tomsapp.store.migrations import steps

revision, down_revision, branch_labels, depends_on = "0009", "0008", None, None

QUARTER = (
    steps.names("contract_id", "contract"),
    steps.names("commitment_id", "commitment"),
    steps.whole("year_index"),
    steps.whole("quarter"),
)
IS_QUARTER = "year_index >= 0 AND quarter BETWEEN 1 AND 4"
KINDS = (
    "accept",
    "accept_provisionally",
    "reject",
    "confirm",
    "lapse",
    "withdraw",
    "take_back",
    "propose_plan",
    "return_plan",
    "accept_plan",
    "substitute",
    "carry",
    "money",
    "leave_open",
    "tell_to_improve",
    "publish",
)

STEPS = (
    steps.add_record_table(
        "delivery",
        *QUARTER,
        steps.quantity("claimed"),
        steps.quantity("evidenced"),
        steps.quantity("accepted"),
        steps.quantity("provisional"),
        steps.quantity("rejected"),
        steps.text("state", among=("claimed", "decided", "withdrawn")),
        steps.text("note"),
        steps.quantity("new_people", is_optional=True),
        steps.quantity("retained_people", is_optional=True),
        steps.quantity("transferred_people", is_optional=True),
        steps.day("returned_on"),
        steps.text("entered_by"),
        indexes=(steps.index("contract_id"),),
        unique=(("commitment_id", "year_index", "quarter"),),
        checks={
            "quarter": IS_QUARTER,
            "bounds": (
                "0 <= provisional AND provisional <= accepted AND accepted <= evidenced AND evidenced <= claimed "
                "AND 0 <= rejected AND accepted + rejected <= claimed"
            ),
        },
    ),
    steps.add_record_table(
        "plan_entry",
        *QUARTER,
        steps.flag("in_force"),
        steps.quantity("quantity"),
        steps.text("action"),
        steps.day("due_on", is_optional=True),
        steps.text("person"),
        steps.text("partner"),
        steps.text("risk"),
        indexes=(steps.index("contract_id"),),
        unique=(("commitment_id", "year_index", "quarter", "in_force"),),
        checks={"quarter": IS_QUARTER, "quantity": "quantity >= 0"},
    ),
    steps.add_kept_table(
        "delivery_act",
        steps.names("contract_id", "contract"),
        steps.text("kind", among=KINDS),
        steps.names("delivery_id", "delivery", is_optional=True),
        steps.names("commitment_id", "commitment", is_optional=True),
        steps.whole("year_index", is_optional=True),
        steps.whole("quarter", is_optional=True),
        steps.quantity("quantity", is_optional=True),
        steps.pounds("amount", is_optional=True),
        steps.names("other_commitment_id", "commitment", is_optional=True),
        steps.whole("to_year", is_optional=True),
        steps.whole("to_quarter", is_optional=True),
        steps.day("done_on"),
        steps.text("role"),
        steps.text("reason"),
        steps.text("supplier_by"),
        steps.day("supplier_on", is_optional=True),
        steps.text("cause"),
        steps.names("reverses", "delivery_act", is_optional=True),
        indexes=(steps.index("contract_id"), steps.index("delivery_id")),
    ),
    steps.add_record_table(
        "delivery_rules",
        steps.quantity("return_days"),
        steps.quantity("late_days"),
        steps.quantity("remind_days"),
        steps.share("good"),
        steps.share("approaching"),
        steps.share("improvement"),
        steps.quantity("pace"),
        steps.flag("may_accept_own"),
        steps.quantity("keep_years", is_optional=True),
        steps.quantity("most_file_mb"),
        steps.quantity("most_files"),
        checks={"one_row": "id = 1"},
    ),
    steps.guard_deliveries(),
)

upgrade, downgrade = steps.both_ways(revision, STEPS)
