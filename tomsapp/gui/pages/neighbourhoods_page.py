"""Neighbourhoods: groups of wards, by which the Overview filters and adds up."""

from __future__ import annotations

from tomsapp.domain.council import COUNCIL
from tomsapp.domain.neighbourhood import NEIGHBOURHOOD, Neighbourhood
from tomsapp.gui.records.list_columns import FactColumns
from tomsapp.gui.records.record_page import RecordPage, list_of
from tomsapp.gui.records.record_panel import RecordSpec
from tomsapp.gui.session import Session
from tomsapp.services.neighbourhoods import NEIGHBOURHOODS
from tomsapp.services.records import NamedRow

_ICON = "map-pin"
_COLUMNS: FactColumns[NamedRow[Neighbourhood]] = FactColumns(
    NEIGHBOURHOOD, lambda row: row.record, looks={"wards": {"width": 520}}, names=lambda row: row.names
)
_LIST = list_of(
    _COLUMNS,
    NEIGHBOURHOODS.named,
    icon=_ICON,
    empty_hint="Put wards together that you look at together. The Overview then filters and adds up by them.",
    touched_by=(COUNCIL,),
    search_hint="Search name or ward",
)
_RECORD = RecordSpec(NEIGHBOURHOODS, lambda: Neighbourhood(""), _ICON)


class NeighbourhoodsPage(RecordPage[Neighbourhood, NamedRow[Neighbourhood]]):
    """The neighbourhoods with their wards."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, _LIST, _RECORD)
