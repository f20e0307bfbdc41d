"""Where everything stands in the workbook of a quarterly return, for what makes it and for what reads it back."""

from collections.abc import Mapping
from enum import Enum

from tomsapp.exchange.line_identity import LINE_HEAD

FORMAT = "tomsapp-return-1"
"""What the hidden sheet of a return says that the file is."""

RETURN, CONFIRM, PEOPLE = "Return", "Confirm", "People"
NOT_READ = frozenset({"Read me", "Guidance"})
"""The sheets that are there for people alone, whose cells are never read back."""

HEAD_ROW = 6
"""The row of the heads on the sheet Return, counted from 0; the first line stands under it."""
PEOPLE_HEAD_ROW = 6
SENT_ROW, CONFIRMED_ROW = 4, 5
"""The rows of the day and of the first confirmation on the sheet Confirm, counted from 0."""
SENT = "Fill in: the day on which you send this return"
CONFIRMATIONS = (
    "What is claimed was done for this contract only, and is claimed under no other.",
    "Each count answers a commitment of this contract.",
)
YES = "Yes"
LINE_STAMP = ("Line", "Code", "Unit", "Called")
"""The heads of the list of lines on the hidden sheet."""
LINE_STAMP_COLUMN = 3


class Head(Enum):
    """What stands in a column of the sheet Return."""

    CALLED = "called"
    TITLE = "title"
    WHERE = "where"
    UNIT = "unit"
    PLANNED = "planned"
    BEFORE_YEAR = "before_year"
    BEFORE_ALL = "before_all"
    SO_FAR = "so_far"
    CLAIMED = "claimed"
    EVIDENCED = "evidenced"
    NEW = "new"
    RETAINED = "retained"
    TRANSFERRED = "transferred"
    NOTE = "note"
    EVIDENCE = "evidence"
    UNIT_VALUE = "unit_value"
    SHARE = "share"
    VALUE_CLAIMED = "value_claimed"
    VALUE_EVIDENCED = "value_evidenced"
    LINE = "line"
    """Hidden: which line of the contract the row is."""
    SEEN = "seen"
    """Hidden: which version of the claim of this quarter was filled in when the workbook was made; empty for none."""


HEADS: Mapping[Head, str] = {
    Head.CALLED: "Line",
    Head.CLAIMED: "Fill in: done in this quarter",
    Head.EVIDENCED: "Fill in: shown by evidence",
    Head.NEW: "Fill in: people new in the job",
    Head.RETAINED: "Fill in: people retained",
    Head.TRANSFERRED: "Fill in: people transferred (TUPE)",
    Head.NOTE: "Fill in: note, needed where the count is 0",
    Head.EVIDENCE: "Fill in: evidence, and where it is kept",
    Head.LINE: LINE_HEAD,
    Head.SEEN: "Version of the claim",
}
"""The heads of the columns that are read back."""
INPUTS = frozenset(
    {Head.CLAIMED, Head.EVIDENCED, Head.NEW, Head.RETAINED, Head.TRANSFERRED, Head.NOTE, Head.EVIDENCE}
)  # fmt: skip
OF_PEOPLE = (Head.NEW, Head.RETAINED, Head.TRANSFERRED)
HIDDEN = frozenset({Head.LINE, Head.SEEN})


class PersonRole(Enum):
    """What stands in a column of the sheet People; the value is its head."""

    LINE = "Fill in: line"
    NUMBER = "Fill in: person number"
    KIND = "Fill in: new or not"
    BEGAN_ON = "Fill in: began on"
    ENDED_ON = "Fill in: ended on"
