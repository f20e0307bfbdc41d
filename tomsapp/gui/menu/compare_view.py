"""Two editions side by side, and what the difference would mean for one contract."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QComboBox, QFrame, QWidget

from tomsapp.domain.errors import TomsError
from tomsapp.domain.wording import format_change, format_pounds
from tomsapp.gui.menu.compare_rows import KIND_WORDS, KINDS, DifferenceRow, columns_of, counts_of, rows_of
from tomsapp.gui.models.row_model import RowModel
from tomsapp.gui.session import Session
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.buttons import SegmentedButton
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.combo import ComboBox
from tomsapp.gui.widgets.data_table import DataTable
from tomsapp.gui.widgets.edges import LEFT
from tomsapp.gui.widgets.feedback import EmptyState
from tomsapp.gui.widgets.layouts import holding, in_column, in_row
from tomsapp.gui.widgets.problems import ProblemRow
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import Text
from tomsapp.services import menu_library
from tomsapp.services.menu_library import ContractEffect, ContractListRow, EditionChanges, EditionEntry

_NOTHING = "The buttons above say how many differences of each kind there are."
_NOTE = "Contracts keep the edition that they were signed with. Nothing on this page changes a contract."


class CompareView(QWidget):
    """Chooses two editions and a contract, and shows what differs."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._changes: EditionChanges | None = None
        self._effect: ContractEffect | None = None
        self.before = ComboBox(name="Compare this edition")
        self.after = ComboBox(name="with this edition")
        self.contract = ComboBox(name="Effect on a contract")
        self.contract.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.contract.setMinimumContentsLength(26)
        self.kinds = SegmentedButton("Kind of difference", [(kind, KIND_WORDS[kind]) for kind in KINDS])
        self.card = Card()
        self.table: DataTable | None = None
        self._detail = Text("", "note", wrap=True, selectable=True)
        self._trouble = Text("", "note_strong", "danger", wrap=True)
        self._totals = _TotalsCard()
        self._build()
        for combo in (self.before, self.after):
            combo.activated.connect(self.compare)
        self.contract.activated.connect(self._read_effect)
        self.kinds.chosen.connect(self._show_rows)

    def _build(self) -> None:
        row = in_row(gap=8)
        for words, combo in (("Compare", self.before), ("with", self.after), ("in contract", self.contract)):
            label = Text(words)
            label.setBuddy(combo)
            row.addWidget(label)
            row.addWidget(combo)
        row.addStretch(1)
        self._trouble.hide()
        self._totals.hide()
        head = row, (self.kinds, LEFT), ProblemRow("info", _NOTE), self._trouble
        inner = in_column(*head, (self.card, 1), self._detail, self._totals, gap=10)
        in_column(ScrollArea("Differences", holding(inner)), inside=self)
        self.card.setMinimumHeight(current_theme().px(170))

    def set_editions(self, entries: Sequence[EditionEntry], now: tuple[str, str]) -> None:
        """Offer editions; the one that is looked at is the second, the nearest older of its menu the first."""
        usable = [entry for entry in entries if entry.status is not None]
        for combo in (self.before, self.after):
            kept = combo.currentData()
            combo.clear()
            for entry in usable:
                combo.addItem(edition_words(entry), (entry.code, entry.edition))
            self._choose(combo, kept)
        if self.after.currentIndex() < 0:
            self._choose(self.after, now)
        if self.before.currentIndex() < 0:
            code, edition = self.after.currentData() or now
            older = [entry for entry in usable if entry.code == code and entry.edition < edition]
            others = [entry for entry in usable if (entry.code, entry.edition) != (code, edition)]
            first = older[-1] if older else others[0] if others else None
            if first is not None:
                self._choose(self.before, (first.code, first.edition))

    def compare(self) -> None:
        """Work out what differs, off the window's thread."""
        before, after = self.before.currentData(), self.after.currentData()
        if before is None or after is None:
            return
        job = self._session.read(
            lambda workspace: (
                menu_library.compare(workspace, before, after),
                [*menu_library.contracts_of_menu(workspace, after[0])],
            ),
            key="menu-compare",
        )
        job.success(self._on_compared).refused(self._on_refused).start()

    @staticmethod
    def _choose(combo: ComboBox, key: tuple[str, str] | None) -> None:
        combo.setCurrentIndex(next((i for i in range(combo.count()) if combo.itemData(i) == key), -1))

    def _on_compared(self, result: tuple[EditionChanges, list[ContractListRow]]) -> None:
        self._trouble.hide()
        self._changes, contracts = result
        kept = self.contract.currentData()
        self.contract.clear()
        self.contract.addItem("None", None)
        for row in contracts:
            self.contract.addItem(f"{row.reference} {row.title}", row.id)
        self.contract.setCurrentIndex(max(0, self.contract.findData(kept)) if kept is not None else 0)
        counts = counts_of(self._changes)
        for kind, number in counts.items():
            self.kinds.set_text(kind, f"{KIND_WORDS[kind]} ({number})")
        if not counts[self.kinds.current or KINDS[0]]:
            # An empty table first would look as if the editions were the same.
            self.kinds.set_current(next((kind for kind in KINDS if counts[kind]), KINDS[0]))
        self._effect = None
        if self.contract.currentData() is None:
            self._show_rows()
        else:
            self._read_effect()

    def _on_refused(self, error: TomsError) -> None:
        self._trouble.setText(f"{error.message}. {error.fix}.")
        self._trouble.show()

    def _read_effect(self) -> None:
        changes, contract_id = self._changes, self.contract.currentData()
        if changes is None or contract_id is None:
            self._effect = None
            self._show_rows()
            return
        job = self._session.read(
            lambda workspace: menu_library.contract_effect(workspace, contract_id, changes.before, changes.after),
            key="menu-effect",
        )
        job.success(self._on_effect).refused(self._on_refused).start()

    def _on_effect(self, effect: ContractEffect) -> None:
        self._effect = effect
        self._show_rows()

    def _show_rows(self) -> None:
        changes = self._changes
        if changes is None:
            return
        kind = self.kinds.current or "values"
        first, second = _short_names(changes)
        reference = self._effect.reference if self._effect else ""
        model = RowModel(columns_of(kind, first, second, reference))
        table = DataTable(model, f"{KIND_WORDS[kind]} from {changes.before.name} to {changes.after.name}")
        table.set_empty_state(EmptyState("git-compare", "Nothing of this kind differs", _NOTHING))
        model.setParent(table)
        if self.table is not None:
            self.card.body.removeWidget(self.table)
            self.table.deleteLater()
        self.table = table
        self.card.fill(table)
        table.current_row_changed.connect(self._on_row)
        model.set_rows(rows_of(changes, kind, self._effect, date.today().year))  # noqa: DTZ011 - the reader's own day
        self._detail.setText("")
        self._detail.setVisible(kind in {"values", "rules", "wording"} and model.total > 0)
        if model.total:
            table.select_place(0)
        self._totals.show_effect(self._effect, changes)

    def _on_row(self, row: object) -> None:
        if isinstance(row, DifferenceRow):
            parts = [f"{row.code} {row.title}.", row.why and f"{row.why}.", *(f"{words}." for words in row.sums)]
            if not row.why:
                parts = [f"{row.code} {row.title}, {row.change.lower()}: “{row.before}” is now “{row.after}”."]
            self._detail.setText(" ".join(part for part in parts if part))


class _TotalsCard(QFrame):
    """One contract at the values of both editions."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("k", "card")
        self._title = Text("", "strong", wrap=True)
        self._captions = [Text("", "note", "text_muted") for _ in range(3)]
        self._figures = [Text("", "strong", selectable=True) for _ in range(3)]
        pairs = [part for pair in zip(self._captions, self._figures, strict=True) for part in (10, *pair)]
        in_row((self._title, 1), *pairs, inside=self, margins=(18, 10, 18, 10), gap=8)

    def show_effect(self, effect: ContractEffect | None, changes: EditionChanges) -> None:
        """Show a contract's totals, or nothing."""
        self.setVisible(effect is not None)
        if effect is None:
            return
        self._title.setText(f"{effect.reference} {effect.title}")
        shown = (
            (_caption(changes.before.edition, effect), format_pounds(effect.before)),
            (_caption(changes.after.edition, effect), format_pounds(effect.after)),
            ("Difference", format_change(effect.difference)),
        )
        for caption, figure, (words, pounds) in zip(self._captions, self._figures, shown, strict=True):
            caption.setText(words)
            figure.setText(pounds)
        self.setAccessibleName(", ".join([self._title.text(), *(f"{words} {pounds}" for words, pounds in shown)]))


def edition_words(entry: EditionEntry) -> str:
    """An edition in a list: "barnet-open 2026.2, published"."""
    state = entry.status.value if entry.status else "has errors"
    return f"{entry.name}, {state}" if entry.is_installed else f"{entry.name}, {state}, kept in the database"


def _caption(edition: str, effect: ContractEffect) -> str:
    return f"Its own edition, {edition}" if edition == effect.edition else f"At {edition} values"


def _short_names(changes: EditionChanges) -> tuple[str, str]:
    if changes.before.code == changes.after.code:
        return changes.before.edition, changes.after.edition
    return changes.before.name, changes.after.name
