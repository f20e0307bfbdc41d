"""The tables of the window that reads returns: the files, and the lines of one as was, returned and now."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tomsapp.domain.delivery.delivery import Delivery
from tomsapp.domain.problems import Severity
from tomsapp.domain.wording import format_quantity, plural
from tomsapp.gui.models.column import Column
from tomsapp.services.returns import LineChange, ReadReturn, ReturnedLine, ReturnState

_TONES = {
    ReturnState.READY: "success",
    ReturnState.ASKED: "warning",
    ReturnState.NOTHING_NEW: "text_muted",
    ReturnState.TWICE: "warning",
    ReturnState.WRONG: "danger",
    ReturnState.UNREADABLE: "danger",
}
_ICONS = {
    ReturnState.READY: "check",
    ReturnState.ASKED: "triangle-alert",
    ReturnState.NOTHING_NEW: None,
    ReturnState.TWICE: "triangle-alert",
    ReturnState.WRONG: "octagon-alert",
    ReturnState.UNREADABLE: "octagon-alert",
}
_LINE_TONES = {
    LineChange.NEW: "success",
    LineChange.CHANGED: "text",
    LineChange.SAME: "text_muted",
    LineChange.BLANK: "text_muted",
    LineChange.DECIDED: "warning",
    LineChange.WRONG: "danger",
}


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file in the list, and whether it is taken over."""

    read: ReadReturn
    is_taken: bool

    @property
    def can_be_taken(self) -> bool:
        """Whether it may be: one of several of a quarter can be chosen too."""
        return self.read.state.can_be_taken or bool(self.read.rival)

    @property
    def taken_words(self) -> str:
        """Whether it is taken over, in a word."""
        if not self.can_be_taken:
            return ""
        return "Yes" if self.is_taken else "No"


def _counts(row: FileRow) -> str:
    return f"{plural(len(row.read.saved_lines), 'line')} to save" if row.can_be_taken else ""


FILE_COLUMNS: tuple[Column[FileRow], ...] = (
    Column("taken", "Take over", lambda row: row.taken_words, width=90),
    Column("file", "File", lambda row: row.read.name),
    Column("contract", "Contract", lambda row: row.read.reference, width=120),
    Column("quarter", "Quarter", lambda row: row.read.quarter_words, width=180),
    Column(
        "state",
        "State",
        lambda row: row.read.state.value,
        width=190,
        tone=lambda row: _TONES[row.read.state],
        icon=lambda row: _ICONS[row.read.state],
    ),
    Column("lines", "Lines", _counts, width=130),
)  # fmt: skip


def _claimed(delivery: Delivery | None) -> str:
    return "" if delivery is None else _amounts(delivery.claimed, delivery.evidenced)


def _amounts(claimed: Decimal, evidenced: Decimal) -> str:
    """A count, and how much of it the evidence shows where that is another: "25 (20 shown)"."""
    if claimed == evidenced:
        return format_quantity(claimed)
    return f"{format_quantity(claimed)} ({format_quantity(evidenced)} shown)"


def _papers(line: ReturnedLine) -> str:
    """What evidence and person numbers come with a line."""
    parts = []
    if line.references:
        parts.append(plural(len(line.references), "reference"))
    if line.people:
        parts.append(plural(len(line.people), "person number"))
    return ", ".join(parts)


def said_of(line: ReturnedLine) -> str:
    """What is said beside a line: what is wrong first, then the note of the supplier."""
    order = list(Severity)
    problems = sorted(line.problems, key=lambda each: order.index(each.severity))
    if problems:
        return f"{problems[0].message}. {problems[0].fix}"
    note = line.now.note if line.now else ""
    return " ".join(filter(None, (note, "; ".join(line.references))))


def _severity(line: ReturnedLine) -> Severity | None:
    order = list(Severity)
    return min((each.severity for each in line.problems), key=order.index, default=None)


_SAID: dict[Severity | None, tuple[str, str | None]] = {
    Severity.ERROR: ("danger", "octagon-alert"),
    Severity.WARNING: ("warning", "triangle-alert"),
    Severity.NOTE: ("text_muted", None),
    None: ("text_muted", None),
}
"""The colour and the icon of what is said, by the worst of it."""


LINE_COLUMNS: tuple[Column[ReturnedLine], ...] = (
    Column("line", "Line", lambda line: line.called, width=84),
    Column("title", "Measure", lambda line: line.measure.title, width=190),
    Column("planned", "Planned", lambda line: format_quantity(line.planned), align="right", width=84),
    Column("was", "Was", lambda line: _claimed(line.was.record if line.was else None), align="right", width=140),
    Column("returned", "Returned", lambda line: _claimed(line.returned), align="right", width=140),
    Column("now", "Now", lambda line: _claimed(line.now), align="right", width=140, is_strong=True),
    Column(
        "change", "What it is", lambda line: line.change.value, width=130, tone=lambda line: _LINE_TONES[line.change]
    ),
    Column("papers", "Comes with", _papers, width=130),
    Column(
        "said",
        "What is said",
        said_of,
        tone=lambda line: _SAID[_severity(line)][0],
        icon=lambda line: _SAID[_severity(line)][1],
    ),
)  # fmt: skip
