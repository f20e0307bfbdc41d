"""The window of a variation: its facts and lines, what it does, and the button that signs it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QWidget
from shiboken6 import isValid

from tomsapp.domain.contract import Contract
from tomsapp.domain.errors import TomsError
from tomsapp.domain.history import Stored
from tomsapp.domain.seal import ActFacts
from tomsapp.domain.variation import VARIATION, Variation
from tomsapp.domain.wording import format_clock
from tomsapp.gui.contract.act_dialog import VariationActDialog
from tomsapp.gui.contract.add_supplier import AddSupplierDialog
from tomsapp.gui.contract.figures import Figure, explain
from tomsapp.gui.contract.picker import MeasurePicker
from tomsapp.gui.dialogs.edit_conflict import ConflictChoice, ConflictField, fields_of, resolve_conflict
from tomsapp.gui.dialogs.message import ask_first
from tomsapp.gui.jobs import Job
from tomsapp.gui.session import Session
from tomsapp.gui.theme import current_theme
from tomsapp.gui.variation.editor import VariationConflict, VariationEditor
from tomsapp.gui.variation.effect import EffectPanel
from tomsapp.gui.variation.facts import VariationForm
from tomsapp.gui.variation.lines import VariationLines
from tomsapp.gui.widgets.actions import add_action
from tomsapp.gui.widgets.announce import announce
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.dialog_parts import open_once, room_of
from tomsapp.gui.widgets.explanation import ExplanationPanel
from tomsapp.gui.widgets.feedback import Toast
from tomsapp.gui.widgets.layouts import DIALOG_MARGINS, NO_MARGINS, framed, holding, in_column, in_row
from tomsapp.gui.widgets.problems import Notice, ProblemRow
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import ElidedText, Text
from tomsapp.services import variations, varying
from tomsapp.services.changes import ALL_CHANGED, Changes, Done
from tomsapp.services.suppliers import list_suppliers
from tomsapp.services.variations import OpenVariation
from tomsapp.services.workspace import Workspace

_WIDTH, _HEIGHT, _PANEL, _LINES = 1366, 768, 330, 240
_EXPLAINED = (480, 520)
_MARGINS = (24, 10, 20, 10)


class VariationWindow(QDialog):
    """Whatever is typed is saved at once; the contract stays as it is until the variation is signed."""

    signed = Signal(str)
    """What was signed, in words."""

    def __init__(self, session: Session, variation_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._session = session
        self.setWindowTitle("Vary a contract")
        self.editor = VariationEditor(session)
        self.form = VariationForm()
        self.lines = VariationLines(self.editor)
        self.effect = EffectPanel()
        self.note = Notice()
        self._failure: ProblemRow | None = None
        self._act: VariationActDialog | None = None
        self._about = Text("", "note", "text_muted")
        self.title = ElidedText("Variation", "h1")
        self._state = Text("", "note", "text_muted")
        self.delete_button = Button("Delete draft…", icon_name="trash-2", does=self.delete)
        self.sign_button = Button("Sign variation…", "primary", does=self.sign)
        self.close_button = Button("Close", does=self.close)
        self._build()
        self._connect()
        self._fit_to_screen(parent)
        session.read(_supplier_numbers, key="variation suppliers").success(self.form.set_suppliers).start()
        self.editor.open(variation_id)

    # Building

    def _build(self) -> None:
        head = framed(in_column(self._about, self.title, margins=_MARGINS, gap=0), "header")
        facts = Card()
        facts.body.addWidget(self.form)
        self._left = in_column(self.note, facts, (self.lines, 1), margins=(16, 12, 16, 12), gap=10)
        panel = framed(in_column((self.effect, 1)), "panel")
        panel.setFixedWidth(current_theme().px(_PANEL))
        self.lines.setMinimumHeight(current_theme().px(_LINES))
        # In a low window the facts would press the lines together until no line is left.
        left = ScrollArea("The variation", holding(self._left))
        middle = holding(in_row((left, 1), panel, gap=0))
        buttons = self.delete_button, (self._state, 1), self.sign_button, self.close_button
        foot = framed(in_row(*buttons, margins=_MARGINS, gap=12), "foot")
        in_column(head, (middle, 1), foot, inside=self, margins=NO_MARGINS, gap=0)

    def _connect(self) -> None:
        editor = self.editor
        self.form.typed_facts.connect(self._on_typed)
        self.form.supplier.add_wanted.connect(self._on_add_supplier)
        editor.loaded.connect(self._on_loaded)
        editor.changed.connect(self._on_changed)
        editor.saved.connect(self._on_saved)
        editor.failed.connect(self._on_failed)
        editor.conflict_found.connect(self._on_conflict)
        editor.told.connect(self.note.say)
        editor.gone.connect(self._on_gone)
        self.lines.picker_wanted.connect(self._open_picker)
        self._session.changed.connect(self._on_session_changed)
        self._session.workspace_changed.connect(self._on_other_database)
        self.form.save_wanted.connect(self.form.hand_on)
        self.lines.table.figure_chosen.connect(self._explain)
        add_action(self, "Sign the variation", "Ctrl+Return", self.sign)
        add_action(self, "Add measures", "Ctrl+Shift+A", self._open_picker)
        add_action(self, "Undo", QKeySequence.StandardKey.Undo, self._session.undo)
        add_action(self, "Redo", QKeySequence.StandardKey.Redo, self._session.redo)
        add_action(self, "Close", QKeySequence.StandardKey.Close, self.close)
        self.sign_button.setAutoDefault(False)
        for button in (self.delete_button, self.close_button):
            button.setAutoDefault(False)

    def _fit_to_screen(self, parent: QWidget | None) -> None:
        theme = current_theme()
        self.resize(QSize(theme.px(_WIDTH), theme.px(_HEIGHT)).boundedTo(room_of(parent or self)))

    # What the editor tells

    def _on_loaded(self) -> None:
        one = self.editor.one
        if one is None:
            return
        contract = one.opened.contract
        self._about.setText(f"{contract.reference}, {contract.supplier}")
        name = f"{one.variation.name.capitalize()} of {contract.title or contract.reference}"
        self.title.setText(name)
        self.setWindowTitle(name)
        is_first = self.form.version is None
        self.form.show_variation(one.variation)
        if is_first:
            self.form.focus_field("effective_on")

    def _on_changed(self) -> None:
        one = self.editor.one
        if one is None:
            return
        self.form.show_variation(one.variation)
        self.lines.show_lines()
        self.effect.show_variation(one)

    def _on_saved(self) -> None:
        one = self.editor.one
        if one is not None:
            self._clear_failure()
            now = format_clock(datetime.now().astimezone())
            self._state.setText(f"Draft saved {now}. The contract stays as it is until it is signed.")

    def _on_failed(self, error: Exception, try_again: Callable[[], None] | None) -> None:
        self._clear_failure()
        message, fix = (error.message, error.fix) if isinstance(error, TomsError) else (str(error), "")
        words = ". ".join(part.rstrip(".") for part in (message, fix) if part)
        self._failure = ProblemRow("error", f"{words}.", (("again", "Try again"),) if try_again else ())
        if try_again is not None:
            self._failure.action_chosen.connect(lambda _key: self._try_again(try_again))
        self._left.insertWidget(0, self._failure)
        announce(self, words)

    def _try_again(self, again: Callable[[], None]) -> None:
        self._clear_failure()
        again()

    def _clear_failure(self) -> None:
        if self._failure is not None:
            self._failure.hide()
            self._failure.deleteLater()
            self._failure = None

    def _on_conflict(self, conflict: VariationConflict) -> None:
        fields = (*fields_of(VARIATION.facts), ConflictField("Lines", self._words_of_lines))
        choice = resolve_conflict(self, conflict.error, conflict.mine, fields)
        if choice is ConflictChoice.THEIRS or (choice is ConflictChoice.CANCEL and conflict.error.theirs.is_deleted):
            conflict.keep_theirs()
        elif choice is ConflictChoice.MINE:
            conflict.save_mine()

    def _words_of_lines(self, variation: object) -> str:
        one = self.editor.one
        if one is None or not isinstance(variation, Variation):
            return ""
        told = variations.told(one.opened, variation)
        return "; ".join(f"{line.measure}: {line.words}" for line in told.lines)

    def _on_gone(self, words: str) -> None:
        self.signed.emit(words)
        self.reject()

    def _on_session_changed(self, changes: object) -> None:
        self.editor.take_note(changes if isinstance(changes, Changes) else ALL_CHANGED)

    # What the user does

    def _on_typed(self, facts: dict[str, object]) -> None:
        before = self.editor.variation
        given = dict(facts)
        number = given.pop("supplier_id", before.supplier_id)
        after = VARIATION.with_values(before, given)
        self.editor.change(VARIATION.with_values(after, {"supplier_id": number if after.supplier else None}))

    def _on_add_supplier(self, name: str) -> None:
        dialog = AddSupplierDialog(self._session, name, self)
        dialog.added.connect(self._on_supplier_added)
        open_once(dialog)

    def _on_supplier_added(self, number: int, name: str) -> None:
        self.form.add_supplier(number, name)

    def _open_picker(self) -> None:
        one = self.editor.one
        if one is None:
            return
        used = [line.measure for line in one.varied.checked.offer.commitments]
        years = one.varied.contract.years if self.editor.contents and self.editor.contents.years else ()
        picker = MeasurePicker(one.opened.edition, used, one.opened.contract.reference, years, self)
        picker.chosen.connect(lambda codes: self.editor.add_measures(list(codes)))
        open_once(picker)

    def delete(self) -> None:
        """Ask, then delete the draft; Undo brings it back."""
        one = self.editor.one
        if one is None:
            return
        sentence = f"{one.opened.contract.reference} stays as it is. History keeps a copy."
        if ask_first(self, f"Delete the draft of {one.variation.name}?", [sentence], "Delete draft", "Keep draft"):
            number, stored = one.opened.stored.id, self.editor.stored
            self.editor.close()
            delete = variations.delete
            self._session.act(lambda ws, _: delete(ws, number, stored), lambda _none: self.reject()).start()

    def sign(self) -> None:
        """Say what must be put right, or ask for what the act needs."""
        self.form.hand_on()
        one = self.editor.one
        if one is None:
            return
        if any(field.error for field in self.form.fields):
            self.form.focus_first_problem()
            return
        if one.problems:
            self.form.show_wrong(one.problems)
            self.form.focus_first_problem()
            first = one.problems[0]
            self.note.say(f"{first.message}. {first.fix}.")
            announce(self, f"{first.message}. {first.fix}")
            return
        if one.varied.checked.has_errors or self.editor.is_held:
            self.note.say("Put right what the table marks as an error, then sign.")
            self.lines.go_to_first_problem()
            return
        number = one.stored.id
        self._session.read(lambda workspace: _ready(workspace, number), key="sign variation").success(
            self._on_ready
        ).start()

    def _on_ready(self, read: tuple[OpenVariation, ActFacts]) -> None:
        one, facts = read
        self._act = dialog = VariationActDialog(one, facts, self)
        number, words = one.stored.id, f"{one.variation.name.capitalize()} of {one.opened.contract.reference} signed"

        def read_again() -> None:
            """What is signed is what was seen: where somebody was first, that is the draft as it is now."""
            job = self._session.read(lambda workspace: _ready(workspace, number)[0], key="sign variation")
            job.success(dialog.take_up_draft).only_while(lambda: isValid(dialog) and dialog.isVisible()).start()
            self.editor.reload()

        def save() -> Job[Done[Stored[Contract]]]:
            seen, said = dialog.one, dialog.facts
            # Once it is signed there is nothing to edit, and it was nobody else who signed it.
            return self._session.act(
                lambda workspace, _: varying.sign(workspace, seen, said), lambda _stored: self.editor.close()
            )

        dialog.close_when_saved(save, read_again, self._session.jobs.failed.emit)
        dialog.accepted.connect(lambda: self._on_signed(words))
        open_once(dialog)

    def _on_signed(self, words: str) -> None:
        self.signed.emit(words)
        self.accept()

    def _explain(self, figure: Figure) -> None:
        """Show how a figure with the variation comes about."""
        one = self.editor.one
        found = explain(figure, one.varied.checked, one.varied.origin) if one else None
        if found is not None:
            dialog = QDialog(self)
            dialog.setWindowTitle(found.title)
            panel = ExplanationPanel()
            panel.closed.connect(dialog.reject)
            in_column((panel, 1), inside=dialog, margins=DIALOG_MARGINS)
            dialog.resize(current_theme().px(_EXPLAINED[0]), current_theme().px(_EXPLAINED[1]))
            open_once(dialog)
            panel.show_explanation(found, take_focus=True)

    def _on_other_database(self) -> None:
        """What is still in a field belongs to no other database."""
        self.editor.close()
        self.reject()

    def done(self, result: int) -> None:
        """Save what was typed last, however the window is left; all else is saved."""
        self.form.hand_on()
        if self._act is not None and isValid(self._act) and self._act.isVisible():
            self._act.reject()
        super().done(result)


def _supplier_numbers(workspace: Workspace) -> dict[str, int]:
    return {row.supplier.name: row.id for row in list_suppliers(workspace)}


def _ready(workspace: Workspace, variation_id: int) -> tuple[OpenVariation, ActFacts]:
    one = variations.open_variation(workspace, variation_id)
    return one, varying.proposed(workspace, one)


class VariationWindows(QObject):
    """Opens the draft of a variation in a window of its own, one at a time."""

    toast = Signal(object)
    """A `Toast` about what was done."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._parent = session, parent
        self.shown: VariationWindow | None = None

    def open(self, variation_id: int) -> None:
        """Open a draft; the window of another is closed, and what was typed there is saved."""
        if self.shown is not None:
            self.shown.close()
        window = VariationWindow(self._session, variation_id, self._parent.window())
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        window.finished.connect(self._forget)
        window.signed.connect(lambda words: self.toast.emit(Toast(words, icon="lock")))
        self.shown = window
        window.show()

    def _forget(self) -> None:
        self.shown = None
