"""The history of a contract: every change in plain words, and the valuations fixed when it was signed."""

from __future__ import annotations

from datetime import date

from tomsapp.domain.wording import format_change, format_moment, format_pounds, plural
from tomsapp.gui.contract.tab import ContractTab
from tomsapp.gui.export_menu import ExportButton
from tomsapp.gui.history.history_columns import CHANGE, WHEN, WHO
from tomsapp.gui.models.column import Column
from tomsapp.gui.models.row_model import RowModel
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.chips import FilterChip
from tomsapp.gui.widgets.data_table import DataTable
from tomsapp.gui.widgets.feedback import EmptyState
from tomsapp.gui.widgets.layouts import STRETCH, empty_layout, in_column, in_row
from tomsapp.gui.widgets.text import Text
from tomsapp.gui.widgets.told_area import ToldArea
from tomsapp.services.contracts import OpenContract
from tomsapp.services.history import contract_history
from tomsapp.services.history_lines import HistoryLine
from tomsapp.services.record_types import TABLES
from tomsapp.services.signed_valuations import SignedValuation, signed_valuations
from tomsapp.services.table_files import Table, TableColumn

_CHOOSE = "Choose a change to read all of it"
_PARTS = tuple(dict.fromkeys(words.heading for words in TABLES.values()))
"""Every kind that a line can be of, in the order in which they are offered."""


COLUMNS: tuple[Column[HistoryLine], ...] = (
    WHEN.shown,
    WHO.shown,
    Column("what", "What", lambda line: line.what, second_line=lambda line: line.about, width=230),
    CHANGE.shown,
)


class HistoryTab(ContractTab):
    """Lists the changes newest first; a filter by kind, the chosen change in full, copy and export."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._opened: OpenContract | None = None
        self.model = RowModel(COLUMNS)
        self.table = DataTable(self.model, "History of this contract")
        self.table.set_empty_state(EmptyState("history", "No changes of this kind"))
        self.parts = FilterChip("Kind")
        self.shown = Text("", "note", "text_muted")
        self.export = ExportButton(session, self._table_shown, self.wants_toast.emit, self.table.copy_all)
        self.details = Text(_CHOOSE, "note", "text_muted", wrap=True, selectable=True)
        self._told = ToldArea("The chosen change", self.details)
        self.signed = SignedCard()
        self._build_layout()
        self.parts.values_changed.connect(self._on_filter)
        self.model.shown_changed.connect(self._say_shown)
        self.table.current_row_changed.connect(self._on_current)

    def _build_layout(self) -> None:
        card = Card()
        card.fill(self.table, self._told)
        head = in_row(self.parts, self.shown, STRETCH, self.export, gap=8)
        in_column(head, self.signed, (card, 1), inside=self, gap=12)

    def show_contract(self, opened: OpenContract) -> None:
        """Read the history of a contract, or what was added to it."""
        self._opened = opened
        number, today = opened.stored.id, date.today()  # noqa: DTZ011 - the day on the user's calendar
        job = self._session.read(
            lambda workspace: (contract_history(workspace, number), signed_valuations(workspace, number, today)),
            key="contract-history",
        )
        job.success(self._on_read).start()

    def _on_read(self, read: tuple[list[HistoryLine], list[SignedValuation]]) -> None:
        lines, valuations = read
        there = {line.part for line in lines}
        self.parts.set_options([(part, part) for part in _PARTS if part in there])
        self._on_filter(self.parts.values)
        self.model.set_rows(lines)
        self.signed.show_valuations(valuations)
        self._told.say(_CHOOSE)

    def _on_filter(self, values: tuple[object, ...]) -> None:
        chosen = frozenset(values)
        self.model.set_filter((lambda line: line.part in chosen) if chosen else None)

    def _say_shown(self) -> None:
        words = plural(self.model.total, "change")
        self.shown.setText(f"{self.model.rowCount():,} of {words}" if self.model.is_filtered else words)

    def _on_current(self, line: HistoryLine | None) -> None:
        if line is None:
            self._told.say(_CHOOSE)
            return
        written = "\n".join(map(str, line.facts)) if line.action == "changed" else line.text
        self._told.say(f"{line.about}\n{written}" if line.about else written)

    def _table_shown(self) -> Table:
        reference = self._opened.contract.reference if self._opened else ""
        columns = [TableColumn(title) for title in ("When", "Who", "What", "About", "Change")]
        rows = [
            (format_moment(line.at), line.who, line.what, line.about, line.text) for line in self.model.shown_rows()
        ]
        return Table(f"History of {reference}", columns, rows)


class SignedCard(Card):
    """The valuations fixed at signing: as signed and at today's values side by side."""

    def __init__(self) -> None:
        super().__init__("Signed valuations")
        self.lines: list[Text] = []
        self.hide()

    def show_valuations(self, valuations: list[SignedValuation]) -> None:
        """Write each valuation out; the card is away when there is none."""
        empty_layout(self.body)
        self.lines = [line for one in valuations for line in _written(one)]
        for line in self.lines:
            self.body.addWidget(line)
        self.setVisible(bool(valuations))


def _written(one: SignedValuation) -> list[Text]:
    change = format_change(one.difference) if one.difference else "no difference"
    notes = [f"At today’s values {format_pounds(one.today)}, {change}. {one.why}."]
    notes += ["\n".join(f"{words}." for words in one.by_line)] if one.by_line else []
    signed = Text(f"{one.act.words}: {format_pounds(one.as_signed)} as signed", "strong", wrap=True, selectable=True)
    sha = Text(f"SHA-256 {one.act.sha256}", "small", "text_muted", wrap=True, selectable=True)
    return [signed, *(Text(words, "note", "text_muted", wrap=True, selectable=True) for words in notes), sha]
