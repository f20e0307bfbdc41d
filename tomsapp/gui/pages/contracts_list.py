"""The list of contracts: search, filters, columns, export, and what can be done with one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from tomsapp.domain.commitment import COMMITMENT
from tomsapp.domain.contract import CONTRACT, ContractStatus
from tomsapp.domain.contract_dates import length_text
from tomsapp.domain.policy import PolicyResult, not_enough, together_word
from tomsapp.domain.policy_records import RULE
from tomsapp.domain.portfolio_contract import ContractFigures
from tomsapp.domain.supplier import SUPPLIER
from tomsapp.domain.wording import format_percent
from tomsapp.gui.contract.contract_actions import ChosenContract, ContractActions
from tomsapp.gui.models.column import Column, number_column, pounds_column
from tomsapp.gui.records.behind_list import BehindList
from tomsapp.gui.records.list_columns import FactColumns, ListColumn, ListFilter, count_column
from tomsapp.gui.records.list_page import ListPage, ListSpec
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.buttons import Button, open_below
from tomsapp.services import overview
from tomsapp.services.contracts import ContractListRow, list_contracts
from tomsapp.services.table_files import ColumnKind

if TYPE_CHECKING:
    from tomsapp.gui.variation.window import VariationWindows

_STATUS = {
    ContractStatus.DRAFT: ("info", "pencil-line"),
    ContractStatus.SIGNED: ("success", "circle-check"),
    ContractStatus.CLOSED: ("text_muted", "lock"),
    ContractStatus.WITHDRAWN: ("text_muted", "x"),
}
Row = ContractListRow


def _edition(row: Row) -> str:
    return f"{row.menu} {row.edition}".strip()


def _length(row: Row) -> str:
    return length_text(row.start_on, row.end_on)


_FACTS: FactColumns[Row] = FactColumns(
    CONTRACT,
    record_of=lambda row: row,
    values={"edition": _edition},
    looks={
        "reference": {"width": 104},
        "title": {"second_line": lambda row: row.supplier},
        "value": {"width": 132},
        "start_on": {"width": 136},
        "status": {
            "tone": lambda row: _STATUS[row.status][0],
            "icon": lambda row: _STATUS[row.status][1],
            "width": 112,
            "second_line": lambda row: "" if row.badge == row.status.words else row.badge,
        },
        "edition": {"width": 160, "starts_hidden": True},
    },
    first=("reference", "title", "supplier"),
)
_LENGTH: ListColumn[Row] = ListColumn(
    Column(
        "length",
        "Length",
        _length,
        sort_key=lambda row: row.end_on - row.start_on,
        width=88,
        is_searched=False,
        starts_hidden=True,
    ),
    _length,
)
_SEALED: ListColumn[Row] = ListColumn(
    replace(pounds_column("sealed_value", "As sealed", lambda row: row.sealed_value, 132), starts_hidden=True),
    lambda row: row.sealed_value,
    ColumnKind.POUNDS,
)
Figures = Callable[[Row], ContractFigures | None]
"""What is known of the contract in a row, once it was added up."""


def _results(figures: ContractFigures) -> list[PolicyResult]:
    return [outcome.result for outcome in (figures.minimum, figures.employment) if outcome is not None]


def _worth_columns(known: Figures) -> tuple[ListColumn[Row], ...]:
    """Social value, its share of the contract value, and how the contract stands against the policy rules."""

    def social_value(row: Row) -> Decimal | None:
        return None if (found := known(row)) is None else found.social_value

    def share(row: Row) -> Fraction | None:
        return None if (found := known(row)) is None else found.share_of_contract_value

    def share_words(row: Row) -> str:
        return "" if (found := share(row)) is None else format_percent(found, 2)

    def standing(row: Row) -> str:
        found = known(row)
        return "" if found is None else "Cannot be valued" if found.trouble else together_word(_results(found))

    def shortness(row: Row) -> int | None:
        return None if (found := known(row)) is None else not_enough(_results(found))

    def tone(row: Row) -> str:
        return "warning" if shortness(row) else "text"

    return (
        ListColumn(pounds_column("social_value", "Social value", social_value, 122), social_value, ColumnKind.POUNDS),
        ListColumn(number_column("share", "Share", share_words, share, 78), share_words),
        ListColumn(
            Column("standing", "Standing", standing, shortness, width=136, tone=tone, is_searched=False), standing
        ),
    )


def list_with(known: Figures) -> ListSpec[Row]:
    """The list of contracts; `known` gives what was added up of each."""
    facts = _FACTS.columns()
    commitments: ListColumn[Row] = count_column("commitments", "Commitments", lambda row: row.commitments, 112)
    return ListSpec(
        CONTRACT.noun,
        CONTRACT.plural,
        "file-text",
        list_contracts,
        (*facts, *_worth_columns(known), _SEALED, _LENGTH, commitments),
        (*_FACTS.filters(), ListFilter("edition", "Menu edition", _edition)),
        (CONTRACT, SUPPLIER, COMMITMENT),
        "Add a contract, then type in its commitments or import them from a spreadsheet.",
        "Search reference, title or supplier",
        "New contract",
    )


class ContractsListPage(ListPage[Row]):
    """Every contract of the database, 10,000 as smoothly as ten."""

    contract_wanted = Signal(int)
    new_wanted = Signal()

    def __init__(self, session: Session) -> None:
        behind: BehindList[ContractFigures] = BehindList(
            self,
            session,
            "contracts-value",
            overview.figures_by_contract,
            (CONTRACT, COMMITMENT, RULE),
            lambda: self.show_rows(self._rows),
        )
        super().__init__(session, list_with(lambda row: behind.values.get(row.id)))
        self.behind = behind
        self._ids: frozenset[int] = frozenset()
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(
            lambda at: self._menu().popup(self.table.viewport().mapToGlobal(at))
        )
        self.actions_of_row.opened.connect(self.contract_wanted)
        self.actions_of_row.toast.connect(self.wants_toast)
        self._windows: VariationWindows | None = None
        self.actions_of_row.variation_wanted.connect(self._on_variation_wanted)

    def own_buttons(self) -> Sequence[Button]:
        """Import, and what can be done with the contract under the cursor."""
        self.actions_of_row = ContractActions(self._session, self._chosen, self)
        self.more: Button = Button("Actions", opens_menu=True, does=lambda: open_below(self.more, self._menu()))
        remove, copy = self.actions_of_row.delete, self.actions_of_row.copy
        remove.setShortcut(QKeySequence.StandardKey.Delete)
        # Delete in the search field takes a letter away.
        remove.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.table.addAction(remove)
        self.addAction(copy)
        self.import_button = Button("Import…", icon_name="upload", does=self._on_import)
        self.add_shortcut("Import contracts from a table", "Ctrl+I", self._on_import)
        return (self.import_button, self.more)

    def _on_variation_wanted(self, variation_id: int) -> None:
        if self._windows is None:
            from tomsapp.gui.variation.window import VariationWindows

            self._windows = VariationWindows(self._session, self)
            self._windows.toast.connect(self.wants_toast)
        self._windows.open(variation_id)

    def _on_import(self) -> None:
        from tomsapp.gui.importing.open_import import open_contracts_import

        open_contracts_import(self._session, self.window())

    def start_new(self) -> None:
        """Ask for the form of a new contract."""
        self.new_wanted.emit()

    def show_rows(self, rows: list[Row]) -> None:
        """Show these contracts."""
        self._ids = frozenset(row.id for row in rows)
        super().show_rows(rows)

    def has_contract(self, contract_id: int) -> bool:
        """Whether the list holds a contract; True while it is not read yet."""
        return not self._is_loaded or contract_id in self._ids

    def on_current(self, row: Row | None) -> None:
        """Offer what can be done with the contract."""
        del row
        self.actions_of_row.update_state()

    def on_opened(self, row: Row) -> None:
        """Open the contract."""
        self.contract_wanted.emit(row.id)

    def say_shown(self) -> None:
        """Say how many there are, and offer what can be done."""
        super().say_shown()
        self.more.setEnabled(self.model.total > 0)
        self.actions_of_row.update_state()

    def _chosen(self) -> ChosenContract | None:
        row = self.current()
        return None if row is None else ChosenContract(row.id, row.reference, row.status, row.commitments)

    def _menu(self) -> QMenu:
        menu = self.actions_of_row.menu(with_open=True)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu
