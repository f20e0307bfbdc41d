"""Views of the Overview that were saved by name: to rename, to delete, and with who saved what."""

from __future__ import annotations

from dataclasses import replace

from tomsapp.domain.saved_view import SAVED_VIEW, SavedView
from tomsapp.gui.records.list_columns import FactColumns
from tomsapp.gui.records.record_page import RecordPage, list_of
from tomsapp.gui.records.record_panel import RecordSpec
from tomsapp.gui.session import Session
from tomsapp.services.records import NamedRow
from tomsapp.services.saved_views import SAVED_VIEWS

_ICON = "layout-dashboard"
_COLUMNS: FactColumns[NamedRow[SavedView]] = FactColumns(
    SAVED_VIEW,
    lambda row: row.record,
    looks={"view": {"width": 140}, "filters": {"width": 520}},
    names=lambda row: row.names,
)
_LIST = list_of(
    _COLUMNS,
    SAVED_VIEWS.named,
    icon=_ICON,
    empty_hint="Choose in the Overview what is looked at, and save it there under Views. Everybody then finds it.",
    search_hint="Search name or filters",
)
_LIST = replace(_LIST, new_words="")  # a view is saved where it is looked at
_RECORD = RecordSpec(SAVED_VIEWS, lambda: SavedView(""), _ICON)


class ViewsPage(RecordPage[SavedView, NamedRow[SavedView]]):
    """The views with what each lets pass."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, _LIST, _RECORD)
