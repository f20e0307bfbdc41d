"""The columns of a history, on the screen and in files."""

from __future__ import annotations

from tomsapp.domain.wording import format_moment
from tomsapp.gui.models.column import Column
from tomsapp.gui.records.list_columns import ListColumn
from tomsapp.services.history_lines import HistoryLine


def _in_file(column: Column[HistoryLine]) -> ListColumn[HistoryLine]:
    return ListColumn(column, column.text)


WHEN = _in_file(Column("at", "When", lambda line: format_moment(line.at), sort_key=lambda line: line.at, width=196))
WHO = _in_file(Column("who", "Who", lambda line: line.who, width=100))
KIND = _in_file(Column("part", "Kind", lambda line: line.part, width=130))
RECORD = _in_file(Column("record", "Record", lambda line: line.record, second_line=lambda line: line.about, width=140))
ABOUT = _in_file(Column("about", "About", lambda line: line.about, width=180, starts_hidden=True))
LOGIN = _in_file(Column("login", "Login", lambda line: line.login, width=120, starts_hidden=True))
TAKEN_IN = _in_file(
    Column(
        "taken_in",
        "Server’s clock",
        lambda line: format_moment(line.taken_in) if line.taken_in else "",
        sort_key=lambda line: line.taken_in or line.at,
        width=196,
        starts_hidden=True,
    )
)
"""What a server recorded of each change; empty in a file that no server had."""
WHAT = _in_file(Column("what", "What", lambda line: line.what, width=230, starts_hidden=True))
CHANGE = _in_file(Column("change", "Change", lambda line: line.text))
