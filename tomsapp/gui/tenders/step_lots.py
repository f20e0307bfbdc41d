"""Step 2 of the set-up: the lots, each of which becomes one contract."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt

from tomsapp.domain.history import Stored
from tomsapp.domain.keys import KeyKind, Names
from tomsapp.domain.tender.choices import SET_UP
from tomsapp.domain.tender.lot import MOST_LOTS, Lot
from tomsapp.gui.dialogs.message import ask_first
from tomsapp.gui.records.saved_as_typed import SavedAsTyped
from tomsapp.gui.session import Session
from tomsapp.gui.tenders.field_place import read_place
from tomsapp.gui.tenders.lot_form import LotForm
from tomsapp.gui.tenders.lot_table import LotRow, LotTable, lot_rows
from tomsapp.gui.tenders.of_opened import OfOpened
from tomsapp.gui.tenders.saving_steps import save_form
from tomsapp.gui.tenders.step_facts import locked_words
from tomsapp.gui.tenders.tab import SetUpStep
from tomsapp.gui.widgets.actions import INSIDE, add_action
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.feedback import EmptyState
from tomsapp.gui.widgets.layouts import STRETCH, holding, in_column, in_row, stack_of
from tomsapp.gui.widgets.problems import Notice
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import Text
from tomsapp.services.keys import key_names
from tomsapp.services.tenders.parts import LOTS
from tomsapp.services.tenders.reading import OpenTender


class LotsStep(SetUpStep):
    """The lots in a table where there are several, and the form of the one under the cursor."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._actions = OfOpened(LOTS)
        self._wanted: int | None = None
        self._is_new = False
        self.table = LotTable()
        self.note, self.locked = Notice(), Notice()
        self.heading = Text("", "h3")
        self.fields = LotForm()
        self.editor = SavedAsTyped(session, self.fields, self._actions)
        self.add_button = Button("Add lot", icon_name="plus", small=True, does=self.add_lot)
        self.remove_button = Button("Remove", icon_name="trash-2", small=True, does=self.remove_lot)
        self.up_button = Button("Move up", icon_name="chevron-up", small=True, does=lambda: self.move_lot(-1))
        self.down_button = Button("Move down", icon_name="chevron-down", small=True, does=lambda: self.move_lot(1))
        self._build()
        self._connect()

    def _build(self) -> None:
        self.add_first = Button("Add lot", icon_name="plus", does=self.add_lot)
        sentence = "A tender has at least one. Each gets offers and an award of its own."
        bare = Card()
        bare.fill(EmptyState("file-plus-2", "No lot yet", sentence, self.add_first))
        self._list = Card()
        self._list.fill(self.table)
        card = Card()
        card.body.addWidget(self.heading)
        card.body.addWidget(self.fields)
        parts = in_column(self.locked, self.note, card, STRETCH, margins=(0, 0, 8, 0), gap=12)
        self._area = ScrollArea("Facts of the lot", holding(parts), only_down=True)
        buttons = in_row(STRETCH, self.up_button, self.down_button, self.remove_button, self.add_button, gap=8)
        filled = holding(in_column(buttons, self._list, (self._area, 1), gap=8))
        self._stack = stack_of(bare, filled)
        in_column((self._stack, 1), inside=self)

    def _connect(self) -> None:
        self.editor.told.connect(self.note.say)
        self.editor.saved.connect(lambda _stored: self.stale.emit())
        self.table.lot_chosen.connect(self._on_chosen)
        self.table.row_opened.connect(lambda _row: self.fields.first_control.setFocus())
        add_action(self, "Add lot", "Ctrl+Shift+A", self.add_lot)
        here = Qt.ShortcutContext.WidgetShortcut
        add_action(self.table, "Remove the lot", "Del", self.remove_lot, here)
        for words, keys, by in (("Move the lot up", "Alt+Up", -1), ("Move the lot down", "Alt+Down", 1)):
            add_action(self, words, keys, partial(self.move_lot, by), INSIDE)

    # Showing

    def show_tender(self, opened: OpenTender | None) -> None:
        """Show the lots that were read; what is being typed into the same lot stays."""
        before = self._actions.opened
        if opened is None:
            self.editor.close()
            self.table.show_lots([])
            self._wanted, self._actions.opened = None, None
            return
        self._actions.opened = opened
        self.locked.say(locked_words(opened))
        self.fields.set_kind(opened.tender.kind)
        self.fields.set_open(is_open=self._is_open)
        if before is None or before.surroundings.area != opened.surroundings.area:
            job = self._session.read(lambda workspace: key_names(workspace, (KeyKind.WARD,)), key="lot-wards")
            job.success(self._on_wards).start()
        self.table.show_lots(lot_rows(opened), self._wanted)
        self._wanted = None
        self._list.setVisible(len(opened.lots) > 1)
        self._stack.setCurrentIndex(1 if opened.lots else 0)
        self._show_lot(self.table.current_lot)
        self._offer_buttons()
        if self._is_new:
            self._is_new = False
            self.fields.first_control.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_wards(self, names: Mapping[KeyKind, Names]) -> None:
        self.fields.offer(names)

    @property
    def _is_open(self) -> bool:
        opened = self._actions.opened
        return opened is not None and opened.tender.status in SET_UP

    def _show_lot(self, row: LotRow | None) -> None:
        if row is None:
            self.editor.close()
        else:
            self.editor.show_record(row.stored)
            self.heading.setText(row.lot.name[:1].upper() + row.lot.name[1:])

    def _on_chosen(self, row: LotRow | None) -> None:
        """Another lot is under the cursor: what was typed into the one before is saved as far as it can be."""
        if row is not None and self.editor.record_id not in (None, row.id):
            save_form(self.editor)
        self._show_lot(row)
        self._offer_buttons()

    def _offer_buttons(self) -> None:
        count, place = len(self.table.lots), self.table.place
        is_open = self._is_open
        for button in (self.add_first, self.add_button):
            button.setEnabled(is_open and count < MOST_LOTS)
        self.remove_button.setEnabled(is_open and place is not None)
        is_draft = is_open and not self._is_issued
        self.up_button.setEnabled(is_draft and place is not None and place > 0)
        self.down_button.setEnabled(is_draft and place is not None and place + 1 < count)
        for button in (self.up_button, self.down_button):
            button.setVisible(count > 1)

    @property
    def _is_issued(self) -> bool:
        """Whether bidders know the lots by their numbers, which stay then."""
        return self._actions.opened is not None and bool(self._actions.opened.versions)

    # What the user does

    def add_lot(self) -> None:
        """Add a lot after the others, of the length and the places of the last one, with the keyboard in its form."""
        opened = self._actions.opened
        if opened is None or not self.add_button.isEnabled() or not save_form(self.editor):
            return
        last = opened.lots[-1].record if opened.lots else Lot(1)
        lot = replace(last, title="", value=None, value_with_vat=None, spend=())

        def on_added(added: tuple[Stored[Lot], ...]) -> None:
            self._wanted, self._is_new = added[0].id, True

        job = self._session.act(lambda workspace, _progress: LOTS.add(workspace, opened, [lot]), on_added)
        job.failure(self._on_refused).start()

    def remove_lot(self) -> None:
        """Ask, then take the lot out; Undo brings it back. Those after it get the numbers that follow."""
        row, opened = self.table.current_lot, self._actions.opened
        if row is None or opened is None or not self.remove_button.isEnabled():
            return
        if ask_first(self, f"Remove {row.lot.name}?", ["Undo brings it back."], "Remove lot", "Keep lot"):
            self.editor.forget_draft()
            job = self._session.act(lambda workspace, _progress: LOTS.remove(workspace, opened, [row.stored]))
            job.failure(self._on_refused).start()

    def move_lot(self, by: int) -> None:
        """Put the lot before or after its neighbour, which gives both other numbers."""
        opened, place = self._actions.opened, self.table.place
        button = self.up_button if by < 0 else self.down_button
        if opened is None or place is None or not button.isEnabled() or not save_form(self.editor):
            return
        lots = list(self.table.lots)
        self._wanted = lots[place].id
        lots[place], lots[place + by] = lots[place + by], lots[place]
        job = self._session.act(lambda workspace, _progress: LOTS.order(workspace, opened, lots))
        job.failure(self._on_refused).start()

    def _on_refused(self, error: Exception) -> None:
        self._wanted = None
        self._session.jobs.failed.emit(error)
        self.stale.emit()

    # What the tab asks

    def focus_field(self, name: str) -> None:
        """Move the keyboard to a field of a lot, as "2 value", else to where work begins."""
        about, field = read_place(name)
        if about.isdecimal():
            self.table.go_to_number(int(about))
        if not self.table.lots:
            self.add_first.setFocus(Qt.FocusReason.OtherFocusReason)
        elif field in self.fields.facts:
            self.fields.focus_field(field)
        elif len(self.table.lots) > 1 and not field:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.fields.first_control.setFocus(Qt.FocusReason.OtherFocusReason)

    def save_now(self) -> bool:
        """Save what is typed; False where a field is wrong, which has the keyboard then."""
        return save_form(self.editor)
