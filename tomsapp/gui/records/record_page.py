"""A page of records of one kind: the list at the left, the chosen record in the panel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtWidgets import QWidget

from tomsapp.domain.errors import TomsError
from tomsapp.domain.record_type import RecordType
from tomsapp.gui.dialogs.message import ask_first
from tomsapp.gui.page import NEW
from tomsapp.gui.records.list_columns import FactColumns, ListColumn
from tomsapp.gui.records.list_page import ListPage, ListSpec, Row
from tomsapp.gui.records.record_panel import RecordPanel, RecordSpec
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.buttons import Button
from tomsapp.services.workspace import Workspace

R = TypeVar("R")


def list_of(
    columns: FactColumns[Row],
    read: Callable[[Workspace], list[Row]],
    *,
    icon: str,
    empty_hint: str,
    own: tuple[ListColumn[Row], ...] = (),
    touched_by: tuple[RecordType[Any], ...] = (),
    search_hint: str = "",
) -> ListSpec[Row]:
    """The list of a kind of record: columns and filters from its facts, then the list's own columns."""
    kind = columns.kind
    return ListSpec(
        kind.noun,
        kind.plural,
        icon,
        read,
        (*columns.columns(), *own),
        columns.filters(),
        (kind, *touched_by),
        empty_hint,
        search_hint,
        f"Add {kind.noun}",
    )


class RecordPage(ListPage[Row], Generic[R, Row]):
    """Records are added, changed and deleted here; every step can be undone."""

    def __init__(self, session: Session, spec: ListSpec[Row], record: RecordSpec[R]) -> None:
        self._kind = record.actions.kind
        super().__init__(session, spec)
        self._actions = record.actions
        self.side = RecordPanel(session, record)
        self.set_panel(self.side)
        self.side.wants_page.connect(self.wants_page)
        self.side.saved.connect(self.show_number)
        self.side.discarded.connect(self._on_discarded)
        session.workspace_changed.connect(self.on_workspace_changed)
        self.refresh(None)

    def own_buttons(self) -> Sequence[Button]:
        """The button that deletes."""
        self.delete_button = Button("Delete", icon_name="trash-2", does=self.delete_record)
        self.add_shortcut(f"Delete the {self._kind.noun}", "Del", self.delete_record, on_table=True)
        return (self.delete_button,)

    def show_target(self, target: object) -> None:
        """Show the record with this number, or the form of a new one."""
        if target == NEW:
            self.start_new()
        elif isinstance(target, int):
            self.show_number(target)
            self.wants_panel.emit(True)

    def start_new(self) -> None:
        """Show the empty form in the panel."""
        self.side.show_new()
        self.wants_panel.emit(True)
        self.side.form.first_control.setFocus()

    def first_field(self) -> QWidget | None:
        """The first field of a new record's form, where that is in view."""
        first = self.side.form.first_control
        return first if self.side.is_new and first.isVisible() else None

    def on_current(self, row: Row | None) -> None:
        """Show the row's record."""
        self.delete_button.setEnabled(row is not None)
        if row is not None:
            self.side.show_number(row.id)

    def on_nothing_left(self) -> None:
        """Show that no record is chosen."""
        self.side.clear()

    def on_opened(self, row: Row) -> None:
        """Go into the panel."""
        del row
        self.wants_panel.emit(True)

    def on_workspace_changed(self, _workspace: object) -> None:
        """Forget the record of another database."""
        self.side.clear()

    def say_shown(self) -> None:
        """Say how many there are; without a row nothing can be deleted."""
        super().say_shown()
        self.delete_button.setEnabled(self.current() is not None)

    def refusal(self, row: Row) -> TomsError | None:
        """Why a record cannot be deleted, or None."""
        del row
        return None

    def name_of(self, row: Row) -> str:
        """What the record of a row is called in a question."""
        return self.spec.columns[0].shown.text(row)

    def delete_record(self) -> None:
        """Ask, then delete; the undo bar and the history bring it back."""
        row, noun = self.current(), self._kind.noun
        if row is None:
            return
        refused = self.refusal(row)
        if refused is not None:
            self._session.jobs.failed.emit(refused)
            return
        question = f"Delete {self.name_of(row)}?"
        if ask_first(self, question, ["History keeps a copy."], f"Delete {noun}", f"Keep {noun}"):
            actions, number = self._actions, row.id
            self._session.act(
                lambda workspace, _progress: actions.delete(workspace, actions.get(workspace, number))
            ).start()

    def _on_discarded(self) -> None:
        row = self.current()
        if self.side.record_id is None and row is not None:
            self.side.show_number(row.id)
        elif self.side.record_id is None:
            self.side.clear()
