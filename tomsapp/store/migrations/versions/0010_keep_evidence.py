"""Keep evidence, the files that it stands in, and person numbers."""

from tomsapp.store.migrations import steps

revision, down_revision, branch_labels, depends_on = "0010", "0009", None, None

STEPS = (
    steps.add_file_table(
        "stored_file",
        steps.text("content_sha256"),
        steps.whole("size"),
        steps.text("media_type"),
        steps.day("removed_on", is_optional=True),
        steps.text("removed_because"),
        indexes=(steps.index("content_sha256"),),
    ),
    steps.guard_files("stored_file"),
    steps.add_record_table(
        "evidence",
        steps.names("contract_id", "contract"),
        steps.text("name"),
        steps.text("kind", among=("file", "reference")),
        steps.text("reference"),
        steps.day("dated_on", is_optional=True),
        steps.flag("is_about_people"),
        steps.day("keep_until", is_optional=True),
        steps.text("notes"),
        steps.text("deliveries"),
        steps.text("sha256"),
        indexes=(steps.index("contract_id"), steps.index("sha256")),
    ),
    steps.add_record_table(
        "delivery_person",
        steps.names("contract_id", "contract"),
        steps.names("delivery_id", "delivery"),
        steps.text("number"),
        steps.day("began_on", is_optional=True),
        steps.day("ended_on", is_optional=True),
        steps.text("kind", among=("new", "retained", "transferred")),
        indexes=(steps.index("contract_id"), steps.index("delivery_id")),
    ),
    steps.add_record_table(
        "attachment",
        steps.names("contract_id", "contract"),
        steps.text("name"),
        steps.text("notes"),
        steps.text("sha256"),
        indexes=(steps.index("contract_id"),),
    ),
)

upgrade, downgrade = steps.both_ways(revision, STEPS)
