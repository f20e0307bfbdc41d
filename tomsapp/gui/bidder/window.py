"""The bidder's window: a pack is answered in five steps, without a database, an account or a network."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import assert_never

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QMenuBar, QSizePolicy

from tomsapp.config.preferences import Preferences
from tomsapp.domain.signs import shown
from tomsapp.domain.wording import small_first
from tomsapp.gui.bidder.answer_step import AnswerStep
from tomsapp.gui.bidder.answering import Answering
from tomsapp.gui.bidder.bars import BidderStatus
from tomsapp.gui.bidder.check_step import CheckStep
from tomsapp.gui.bidder.choose_step import ChooseStep
from tomsapp.gui.bidder.files import BidderFiles
from tomsapp.gui.bidder.frame import BidderFrame
from tomsapp.gui.bidder.head import BidderHead
from tomsapp.gui.bidder.panel import BidderPanel
from tomsapp.gui.bidder.quantity_step import QuantityStep
from tomsapp.gui.bidder.read_step import ReadStep
from tomsapp.gui.bidder.step import BidderStep
from tomsapp.gui.contract.figures import Figure, explain
from tomsapp.gui.jobs import Jobs
from tomsapp.gui.stage import Stage
from tomsapp.gui.theme import current_theme, restore_looks
from tomsapp.gui.tokens import NARROW_BELOW
from tomsapp.gui.view_menu import ViewMenu
from tomsapp.gui.widgets.actions import new_action
from tomsapp.gui.widgets.announce import announce
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.layouts import framed, holding, in_column, in_row
from tomsapp.gui.widgets.stack import Stack
from tomsapp.gui.widgets.stepper import ShownStep, StepMark, Stepper
from tomsapp.gui.widgets.text import Badge, Text
from tomsapp.gui.window_size import first_size, least_size
from tomsapp.services.bidding.opening import BegunOffer
from tomsapp.services.bidding.steps import Step, StepState, left, left_words, step_of, step_states
from tomsapp.services.bidding.work import Place

_PROGRAM = "Answer a tender"
_OFFLINE = "You are working offline. No account needed."
_FOOT = "You can go to any step at any time. What you type is kept."
_NEXT = {
    Step.READ: "choose measures",
    Step.CHOOSE: "say how much",
    Step.HOW_MUCH: "answer the questions",
    Step.ANSWER: "check and save",
    Step.CHECK: "",
}
_TITLES = {
    Step.READ: "read the tender",
    Step.CHOOSE: "choose measures",
    Step.HOW_MUCH: "say how much you offer",
    Step.ANSWER: "answer the questions",
    Step.CHECK: "check and save",
}
_MINUTE_MS = 20_000


def _now() -> datetime:
    return datetime.now().astimezone()


class BidderWindow(BidderFrame):
    """Shows one offer; another lot, pack or offer takes its place in the same window."""

    went_to = Signal(int)
    """The step that is shown now."""

    def __init__(
        self,
        begun: BegunOffer,
        jobs: Jobs,
        preferences: Preferences,
        now: Callable[[], datetime] = _now,
    ) -> None:
        restore_looks(preferences)
        super().__init__(jobs, preferences, now)
        self.setMinimumSize(least_size(self.screen().availableSize()))
        self.menu_bar = QMenuBar()
        self.head, self.panel = BidderHead(), BidderPanel()
        self.status = BidderStatus()
        self.stepper = Stepper("Your offer", _FOOT)
        self.stage = Stage()
        self.sentence = Text("", "note", "text_muted", wrap=True)
        self.hint = Text("", "note", "text_muted", wrap=True)
        self.next = Button("", "primary", does=lambda: self.go(1))
        self.back = Button("Back", does=lambda: self.go(-1))
        self.to_panel = Button("", does=self.stage.open_panel)
        self.stack = Stack()
        self.steps: dict[Step, BidderStep] = {}
        self.current = Step.READ
        self.begun, self.answering = begun, Answering(begun, now)
        self.files = BidderFiles(self)
        self._build()
        self._fill_menus()
        self._connect()
        self._clock = QTimer(self)
        self._clock.setInterval(_MINUTE_MS)
        self._clock.timeout.connect(self._on_time)
        self._clock.start()
        self.resize(first_size(self.screen().availableSize()))
        self.show_begun(begun)

    # Building

    def _build(self) -> None:
        notice = Badge(_OFFLINE, "info", "info")
        top = framed(in_row(self.menu_bar, (None, 1), notice, margins=(13, 4, 16, 4), gap=8), "top_bar")
        head = in_column(self.heading, self.sentence, gap=2)
        foot = in_row(self.next, self.back, self.to_panel, (self.hint, 1), gap=8)
        self.hint.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        page = in_column(head, (self.stack, 1), foot, margins=(20, 10, 20, 10), gap=9)
        self._page = holding(in_row(self.stepper, (holding(page), 1), gap=0))
        self.stage.pages.addWidget(self._page)
        self.stage.set_panel(self.panel)
        column = in_column(top, self.head, self.bars, (self.stage, 1), self.status, gap=0)
        self.setCentralWidget(holding(column))

    def _fill_menus(self) -> None:
        file, edit, view, help_menu = (self.menu_bar.addMenu(name) for name in ("&File", "&Edit", "&View", "&Help"))
        self.files.fill(file)
        file.addSeparator()
        file.addAction("Close this window", QKeySequence.StandardKey.Close, self.close)
        self.undo = edit.addAction("Undo", QKeySequence.StandardKey.Undo, self._on_undo)
        steps = view.addMenu("Steps")
        for step in Step:
            steps.addAction(
                f"{step.value} {_TITLES[step][:1].upper()}{_TITLES[step][1:]}", partial(self.open_step, step)
            )
        self._add(view, "Next step", "Alt+Right", lambda: self.go(1))
        self._add(view, "Last step", "Alt+Left", lambda: self.go(-1))
        self._add(view, "Next thing that is left", "F8", self.go_to_left)
        view.addSeparator()
        ViewMenu(view, self.preferences).add_looks()
        self._add(help_menu, "Help with this step", "F1", self.files.show_help)
        help_menu.addAction("How to answer a tender…", self.files.show_how)
        for keys, by in (("F6", 1), ("Shift+F6", -1)):
            QShortcut(QKeySequence(keys), self).activated.connect(partial(self._step_part, by))

    def _add(self, menu: object, words: str, keys: str, does: Callable[[], object]) -> QAction:
        action = new_action(self, words, does, keys)
        menu.addAction(action)  # type: ignore[attr-defined]
        return action

    def _connect(self) -> None:
        self.stepper.chosen.connect(lambda number: self.open_step(Step(number)))
        self.panel.place_chosen.connect(self.go_to)
        self.panel.figure_chosen.connect(self._explain)
        self.panel.save_wanted.connect(self.save)
        self.bars.wants.connect(self.files.do)
        current_theme().theme_changed.connect(self._fit)

    # What is shown

    def show_begun(self, begun: BegunOffer) -> None:
        """Show another offer; the last one is kept first."""
        if self.steps:
            self.answering.flush()
        self.begun = begun
        self.answering = Answering(begun, self.now)
        self.answering.changed.connect(self._on_changed)
        self.answering.kept.connect(self._on_kept)
        self.answering.undo_changed.connect(self._say_undo)
        for step in self.steps.values():
            self.stack.removeWidget(step)
            step.hide()
            step.setParent(self)
            step.deleteLater()
        self.steps = {}
        self.setWindowTitle(shown(f"{self.answering.work.asked.tender.title} – {_PROGRAM}"))
        self.head.show_work(self.answering.work, self.now())
        self.status.show_pack(self.answering.work)
        self.bars.show_begun(begun)
        self._say_undo()
        # Only what is not kept yet: a second window that is just looked at keeps nobody from typing in the first.
        if not begun.keeper.holds(begun.work):
            self.answering.keep()
        self._on_kept()
        has_typed = begun.is_kept or begun.work.offer.bidder.name
        self.open_step(self._first_step() if has_typed else Step.READ)
        self.files.look_beside()

    def _first_step(self) -> Step:
        """Where somebody goes on who began before: in the first step in which something is left."""
        missing = left(self.answering.work)
        return missing[0].step if missing else Step.CHECK

    def step_widget(self, step: Step) -> BidderStep:
        """A step; it is made when it is first shown."""
        if step not in self.steps:
            self.steps[step] = self._made(step)
            self.stack.addWidget(self.steps[step])
        return self.steps[step]

    def _made(self, step: Step) -> BidderStep:
        made: BidderStep
        match step:
            case Step.READ:
                made = read = ReadStep(self.answering)
                read.lot_chosen.connect(self.files.open_lot)
                read.use_again_wanted.connect(self.files.use_again)
            case Step.CHOOSE:
                made = ChooseStep(self.answering)
            case Step.HOW_MUCH:
                made = how_much = QuantityStep(self.answering)
                how_much.choose_wanted.connect(lambda: self.open_step(Step.CHOOSE))
                how_much.figure_chosen.connect(self._explain)
            case Step.ANSWER:
                made = AnswerStep(self.answering)
            case Step.CHECK:
                made = check = CheckStep(self.answering)
                check.save_wanted.connect(self.save)
                check.plan_wanted.connect(self.files.show_plan)
                check.workbook_wanted.connect(self.files.save_workbook)
            case _:
                assert_never(step)
        made.wants_place.connect(self.go_to)
        made.wants_toast.connect(self.stage.show_toast)
        return made

    def open_step(self, step: Step, place: Place | None = None) -> None:
        """Show a step and move the keyboard into it, to a place if one is named."""
        self.current = step
        widget = self.step_widget(step)
        title = f"Step {step.value} of {len(Step)}: {_TITLES[step]}"
        self.heading.setText(title)
        self.sentence.setText(widget.sentence)
        self.hint.setText(widget.hint)
        self.back.setVisible(step is not Step.READ)
        self.next.setVisible(bool(_NEXT[step]))
        self.next.setText(f"Next: {_NEXT[step]}")
        widget.show_work()
        self.stack.setCurrentWidget(widget)
        self._show_state()
        self._fit()
        if place is None:
            widget.take_keyboard()
        else:
            widget.focus_place(place)
        announce(self, title)
        self.went_to.emit(step.value)

    def go(self, by: int) -> None:
        """Go to the next step or the one before."""
        number = self.current.value + by
        if 1 <= number <= len(Step):
            self.open_step(Step(number))

    def go_to(self, place: object) -> None:
        """Go to a place in whichever step it is."""
        if isinstance(place, Place):
            self.stage.close_panel()
            self.open_step(step_of(place), place)

    def go_to_left(self) -> None:
        """Go to the first thing that is left."""
        missing = left(self.answering.work)
        if missing:
            self.go_to(missing[0].place)

    # What changed

    def _on_changed(self) -> None:
        self.stage.dismiss_toast()
        self.step_widget(self.current).show_work()
        self._show_state()

    def _show_state(self) -> None:
        work = self.answering.work
        self.panel.show_work(work)
        states = step_states(work, self.answering.saved_words)
        self.stepper.show_steps([_shown_step(state) for state in states], self.current.value)
        count = len(left(work))
        self.to_panel.setText(f"{self.panel.total.text()}, {count} left" if count else self.panel.total.text())
        self.head.show_work(work, self.now())

    def _on_kept(self) -> None:
        self.status.show_kept(self.answering.kept_at, self.answering.trouble)
        self.bars.show_trouble(self.answering.trouble)

    def _on_time(self) -> None:
        self.head.show_time(self.answering.work.asked.tender, self.now())

    def _on_undo(self) -> None:
        self.answering.undo()

    def _say_undo(self) -> None:
        told = self.answering.undo_words
        self.undo.setText(f"Undo: {small_first(told)}" if told else "Undo")
        self.undo.setEnabled(bool(told))

    # What the user does

    def save(self) -> None:
        """Save the offer file; pressed too early it goes to the first thing that is left and says how many are."""
        missing = left(self.answering.work)
        if missing:
            said = left_words(missing)
            self.bars.say_left(said)
            self.go_to(missing[0].place)
            announce(self, said)
            return
        self.bars.say_left("")
        self.files.save_offer()

    def _explain(self, figure: object) -> None:
        checked = self.answering.work.figures
        if isinstance(figure, Figure) and checked is not None:
            found = explain(figure, checked)
            if found is not None:
                self.files.show_explanation(found)

    def open_file(self, path: Path) -> None:
        """Open another pack or offer in this window."""
        self.files.open(path)

    # The window itself

    def _fit(self) -> None:
        is_narrow = self.width() < current_theme().px(NARROW_BELOW)
        self.stage.set_narrow(is_narrow)
        self.to_panel.setVisible(is_narrow)
        # The button that saves is the main one of the last step, wherever it can be seen.
        self.panel.set_main(is_main=self.current is Step.CHECK and not is_narrow)
        last = self.steps.get(Step.CHECK)
        if isinstance(last, CheckStep):
            last.save_button.set_kind("primary" if is_narrow else "secondary")
        self.head.fit_height(self.height())
        self.sentence.setVisible(bool(self.sentence.text()) and self.height() >= current_theme().px(560))

    def _step_part(self, by: int) -> None:
        """Move the keyboard to the next of steps, page, panel and bars."""
        page = self.step_widget(self.current)
        parts = [self.stepper, page, self.panel]
        focused = self.focusWidget()
        at = next((i for i, part in enumerate(parts) if focused is not None and part.isAncestorOf(focused)), 0)
        target = parts[(at + by) % len(parts)]
        if target is self.panel:
            self.stage.open_panel()
        elif target is self.stepper:
            self.stepper.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            page.take_keyboard()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the panel a sheet in a narrow window."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Look for a newer version of the pack when the window comes to the front."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow() and self.steps:
            self.files.look_beside()

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Go by Tab as people read."""
        from tomsapp.gui.widgets.tab_order import go_as_laid_out

        return go_as_laid_out(self, forwards=forwards) or super().focusNextPrevChild(forwards)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what is typed."""
        self.answering.flush()
        self._clock.stop()
        super().closeEvent(event)


def _shown_step(state: StepState) -> ShownStep:
    mark = StepMark.PROBLEM if state.has_problem else StepMark.DONE if state.is_done else StepMark.OPEN
    return ShownStep(state.step.value, state.name, state.words, mark)
