"""Asks for one record in a dialog that closes when it is saved: money, a person number, a paper, what was found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Generic, TypeVar, assert_never

from PySide6.QtWidgets import QWidget

from tomsapp.domain.errors import TomsError
from tomsapp.domain.history import Stored
from tomsapp.domain.problems import Problem, Severity
from tomsapp.gui.dialogs.edit_conflict import ConflictChoice, ConflictField, fields_of, resolve_conflict
from tomsapp.gui.dialogs.message import ask_first
from tomsapp.gui.records.record_form import RecordForm
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.form_dialog import FormDialog
from tomsapp.gui.widgets.layouts import STRETCH, in_row
from tomsapp.services.failures import EditConflict

if TYPE_CHECKING:
    from tomsapp.gui.jobs import Job

R = TypeVar("R")


class RecordDialog(FormDialog, Generic[R]):
    """Stays open until what was said can be saved; a question can be answered with “all the same”.

    `above` stands over the form: what it is about. `question` is asked where a check has only warnings. Where somebody
    else saved the record first, both versions are shown, and `before` is what it is saved over then.
    """

    enter_saves = True
    """Whether Enter in a field does it too; never where it is a sealed act."""

    def __init__(
        self,
        title: str,
        form: RecordForm[R],
        base: R,
        check: Callable[[R], Job[list[Problem]]],
        parent: QWidget | None,
        *,
        above: Sequence[QWidget] = (),
        go: str = "Save",
        question: str = "",
        before: Stored[R] | None = None,
    ) -> None:
        super().__init__(parent)
        self.before = before
        self._base, self._check, self._question, self._go = base, check, question, go
        self.record = base
        self.form = form
        self.setWindowTitle(title)
        form.show_record(base, before.version if before else None)
        self.go_button = Button(go, "primary", does=self._on_go)
        if self.enter_saves:
            form.save_wanted.connect(self._on_go)
            self.go_button.setDefault(True)
        self.build(title, title, (*above, form), in_row(STRETCH, self.go_button, Button("Cancel", does=self.reject)))

    def begin(self) -> None:
        """Begin in the first field."""
        self.form.first_control.setFocus()

    def _on_go(self) -> None:
        """Check what was said, or say at its field what must be put right."""
        said = self.form.read(self._base)
        if said is None:
            self.form.focus_first_problem()
            return
        self._check(said).success(lambda found: self._on_checked(said, found)).start()

    def _on_checked(self, said: R, found: Sequence[Problem]) -> None:
        wrong = self.wrong(found)
        if wrong:
            self.form.show_problems(wrong)
            self.form.focus_first_problem()
        elif not found or self._is_wanted(found):
            self.record = said
            self.accept()

    def meet(self, error: TomsError) -> None:
        """Show both versions where somebody else saved the record first, and ask which is kept; else say why not."""
        if (
            not isinstance(error, EditConflict)
            or self.before is None
            or not isinstance(error.theirs.record, type(self.before.record))
        ):
            super().meet(error)
            return
        theirs: Stored[R] = error.theirs
        changed = {name: self.form.value_of(self.record, name) for name in self.form.draft().facts}
        mine = self.form.record_of(theirs.record, changed)
        choice = resolve_conflict(self, error, mine, self.conflict_fields)
        match choice:
            case ConflictChoice.MINE:
                self.before = self._base_of(theirs)
                self.form.put_over(theirs.record, theirs.version)
                self._on_go()
            case ConflictChoice.THEIRS:
                self.reject()
            case ConflictChoice.CANCEL:
                self.form.first_control.setFocus()
            case _:
                assert_never(choice)

    @property
    def conflict_fields(self) -> tuple[ConflictField, ...]:
        """What of two versions is shown side by side: what the form asks for."""
        return fields_of([each.fact for each in self.form.facts.values()])

    def _base_of(self, theirs: Stored[R]) -> Stored[R]:
        self._base = theirs.record
        return theirs

    def wrong(self, found: Sequence[Problem]) -> list[Problem]:
        """What must be put right before it can be saved; the rest is asked about."""
        return [each for each in found if each.severity is Severity.ERROR]

    def _is_wanted(self, found: Sequence[Problem]) -> bool:
        said = [f"{each.message}. {each.fix}." for each in found]
        if ask_first(self, self._question, said, f"{self._go} all the same", "Go back", deletes=False):
            return True
        self.form.first_control.setFocus()
        self.form.focus_field(found[0].where.field)
        return False
