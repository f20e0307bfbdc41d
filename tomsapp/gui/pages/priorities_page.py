"""Priorities of the council's plans, and the measures that serve them."""

from __future__ import annotations

from tomsapp.domain.contract import CONTRACT
from tomsapp.domain.council import COUNCIL
from tomsapp.domain.priority import PRIORITY, Priority
from tomsapp.gui.records.list_columns import FactColumns
from tomsapp.gui.records.record_page import RecordPage, list_of
from tomsapp.gui.records.record_panel import RecordSpec
from tomsapp.gui.session import Session
from tomsapp.services.priorities import PRIORITIES
from tomsapp.services.records import NamedRow

_ICON = "target"
_COLUMNS: FactColumns[NamedRow[Priority]] = FactColumns(
    PRIORITY,
    lambda row: row.record,
    looks={"plan": {"width": 280}, "measures": {"width": 320}},
    names=lambda row: row.names,
)
_LIST = list_of(
    _COLUMNS,
    PRIORITIES.named,
    icon=_ICON,
    empty_hint="Add what your plan wants and tick the measures that serve it. The Overview then filters by it.",
    touched_by=(COUNCIL, CONTRACT),
    search_hint="Search name, plan or measure",
)
_RECORD = RecordSpec(PRIORITIES, lambda: Priority(""), _ICON)


class PrioritiesPage(RecordPage[Priority, NamedRow[Priority]]):
    """The priorities with the measures that serve each."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, _LIST, _RECORD)
