"""The tab Set-up: the stepper, the step that is shown, and what leads to the next one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QWidget

from tomsapp.domain.tender.setup import SetUpProblem, Step
from tomsapp.domain.wording import small_first
from tomsapp.gui.session import Session
from tomsapp.gui.tenders.step_words import shown_step, title_of
from tomsapp.gui.tenders.steps import PANEL, STEPS
from tomsapp.gui.tenders.tab import SetUpStep, TenderTab, place_in_step
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.actions import add_action
from tomsapp.gui.widgets.announce import announce
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.layouts import STRETCH, holding, in_column, in_row, stack_of
from tomsapp.gui.widgets.stepper import Stepper
from tomsapp.gui.widgets.text import Text
from tomsapp.services.tenders.reading import OpenTender

_FOOT = "Saved as you type. You can go to any step at any time. Nothing leaves this computer until you issue."
_LEAST_WITH_SENTENCE = 400
"""How high the tab is, in px at 100 % text size, where it has room for what a step is for."""


class SetUpTab(TenderTab):
    """Every step can be opened at any time; what is typed in the one that is left is saved."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._opened: OpenTender | None = None
        self._last_id: int | None = None
        """The tender that was shown last; between two of them the page shows none."""
        self._made: dict[Step, SetUpStep] = {}
        self._current = STEPS[0].step
        self._last_problem = ""
        self.stepper = Stepper("Set up the tender", _FOOT)
        self.heading = Text("", "h2")
        self.sentence = Text("", "note", "text_muted", wrap=True)
        self.back = Button("Back", does=lambda: self.go(-1))
        self.next = Button("", "primary", does=lambda: self.go(1))
        self._stack = stack_of()
        self._panel = PANEL.make(session) if PANEL is not None else None
        self._build()
        self._connect()
        self.show_step(self._current)

    def _build(self) -> None:
        self._beside = in_row(gap=8)
        head = in_row((in_column(self.heading, self.sentence, gap=2), 1), self._beside, gap=12)
        foot = in_row(self.next, self.back, STRETCH, gap=8)
        middle = in_column(head, (self._stack, 1), foot, margins=(20, 14, 20, 12), gap=12)
        in_row(self.stepper, (holding(middle), 1), inside=self, gap=0)

    def _connect(self) -> None:
        self.stepper.chosen.connect(lambda number: self.open_step(Step(number)))
        # As the parts of a tab of a contract: Alt+Left leads back to the list, as everywhere.
        add_action(self, "Next step", "Ctrl+PgDown", lambda: self.go(1))
        add_action(self, "Last step", "Ctrl+PgUp", lambda: self.go(-1))
        if self._panel is not None:
            self._panel.stale.connect(self.stale)
            self._panel.wants_page.connect(self.wants_page)
            self._panel.wants_toast.connect(self.wants_toast)
            self._panel.wants_step.connect(self._on_wants_step)
            self._panel.wants_tab.connect(self.wants_tab)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room of a low window to the step."""
        super().resizeEvent(event)
        self.sentence.setVisible(self.height() >= current_theme().px(_LEAST_WITH_SENTENCE))

    # The steps

    @property
    def current(self) -> SetUpStep:
        """The step that is shown."""
        return self.step_widget(self._current)

    @property
    def current_step(self) -> Step:
        """Which step is shown."""
        return self._current

    def step_widget(self, step: Step) -> SetUpStep:
        """A step; it is made when it is first asked for."""
        if step not in self._made:
            made = next(entry for entry in STEPS if entry.step is step).make(self._session)
            made.stale.connect(self.stale)
            made.wants_page.connect(self.wants_page)
            made.wants_toast.connect(self.wants_toast)
            made.wants_step.connect(self._on_wants_step)
            made.wants_tab.connect(self.wants_tab)
            self._made[step] = made
            if made.beside_heading is not None:
                self._beside.addWidget(made.beside_heading)
            self._stack.addWidget(made)
        return self._made[step]

    def open_step(self, step: Step, field: str = "") -> None:
        """Save what is typed in the step that is left, as far as it can be, and go to another with the keyboard."""
        if step is not self._current:
            self.current.save_now()
        self.show_step(step)
        self.current.focus_field(field)
        announce(self, self.heading.text())

    def show_step(self, step: Step) -> None:
        """Show a step of what was read."""
        self._current = step
        widget = self.step_widget(step)
        place = self._place
        self.heading.setText(title_of(place + 1, len(STEPS), step))
        self.sentence.setText(STEPS[place].sentence)
        for made in self._made.values():
            if made.beside_heading is not None:
                made.beside_heading.setVisible(made is widget)
        self.back.setVisible(place > 0)
        self.next.setVisible(place + 1 < len(STEPS))
        if place + 1 < len(STEPS):
            self.next.setText(f"Next: {small_first(STEPS[place + 1].step.words)}")
        widget.show_tender(self._opened)
        self._stack.setCurrentWidget(widget)
        self._show_steps()
        self.panel_changed.emit()

    @property
    def _place(self) -> int:
        return next(place for place, entry in enumerate(STEPS) if entry.step is self._current)

    def go(self, by: int) -> None:
        """Go to the next step or the one before, once what is typed here is saved; else to what is wrong with it."""
        place = self._place + by
        if 0 <= place < len(STEPS) and self.current.save_now():
            self.open_step(STEPS[place].step)

    def _on_wants_step(self, number: int, field: str) -> None:
        if any(entry.step.value == number for entry in STEPS):
            self.open_step(Step(number), field)

    # What the page tells

    def show_tender(self, opened: OpenTender | None) -> None:
        """Show what was read of a tender; another one begins with its first step."""
        before = self._last_id
        self._opened = opened
        if opened is None or opened.id != before:
            for step in self._made.values():
                step.show_tender(None)
        if self._panel is not None:
            self._panel.show_tender(opened)
        if opened is not None:
            self._last_id = opened.id
            if before is not None and opened.id != before:
                self.show_step(STEPS[0].step)
                return
        self.current.show_tender(opened)
        self._show_steps()

    def _show_steps(self) -> None:
        opened = self._opened
        shown = [shown_step(opened, entry.step) for entry in STEPS] if opened else []
        self.stepper.show_steps(shown, self._current.value)

    @property
    def panel(self) -> QWidget | None:
        """What stands beside all steps."""
        return self._panel

    def page_actions(self) -> Sequence[QAction]:
        """The keys of the tab and of the step that is shown."""
        return [*self.actions(), *self.current.actions()]

    # Going to what is missing

    def step(self, by: int) -> bool:
        """Go to the next thing that is missing, in its step."""
        there = {entry.step for entry in STEPS}
        problems = [each for each in (self._opened.problems if self._opened else ()) if each.step in there]
        if not problems:
            return False
        keys = [each.problem.key for each in problems]
        last = keys.index(self._last_problem) if self._last_problem in keys else -1 if by > 0 else 0
        self._go_to_problem(problems[(last + by) % len(problems)])
        return True

    def _go_to_problem(self, problem: SetUpProblem) -> None:
        self._last_problem = problem.problem.key
        self.open_step(problem.step, place_in_step(problem))
        announce(self, problem.problem.message)

    def go_to(self, place: object) -> None:
        """Show a step, or the place of a problem."""
        if isinstance(place, SetUpProblem):
            self._go_to_problem(place)
        elif isinstance(place, Step):
            self.open_step(place)

    def take_keyboard(self) -> None:
        """Move the keyboard into the step."""
        self.current.focus_field("")
