"""A dialog that asks for something: its heading, the fields below each other, and the buttons at its foot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QLayout, QWidget
from shiboken6 import isValid

from tomsapp.domain.errors import TomsError
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.announce import announce
from tomsapp.gui.widgets.dialog_parts import fit_to_fields
from tomsapp.gui.widgets.fields import GUTTER, Field
from tomsapp.gui.widgets.layouts import BESIDE_BAR, DIALOG_MARGINS, STRETCH, Part, holding, in_column, in_row
from tomsapp.gui.widgets.problems import ProblemRow
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import Text
from tomsapp.services.failures import EditConflict

if TYPE_CHECKING:
    from tomsapp.gui.jobs import Job

_LEFT, _TOP, _RIGHT, _BOTTOM = DIALOG_MARGINS
_LOOK_AGAIN = "It is read again behind this window: look at it, then press the button once more, or Cancel"
HANGING_MARGINS = (_LEFT - GUTTER, _TOP, _RIGHT, _BOTTOM)
"""Margins of a dialog with fields: the bar of a field with a problem stands in the margin, and the field in line."""
SCROLLED_MARGINS = (_LEFT - GUTTER, _TOP, _RIGHT - BESIDE_BAR, _BOTTOM)
"""The same where the fields scroll: the bar that scrolls them stands in the margin too."""


class FormDialog(QDialog):
    """What is asked scrolls where the screen is lower; heading, words, fields and buttons stand in one line.

    A sealed act is done by its own button alone: Enter in a field does not press it, and it never has the keyboard when
    its dialog opens.

    It closes when what was said is saved. Where that was refused, as when somebody else was first, it stays open with
    all that was typed and says why.
    """

    _save: Callable[[], Job[Any]] | None = None
    _is_saving = False
    _refusal: Exception | None = None

    def build(self, title: str, name: str, asked: Sequence[Part], foot: Part, width: int = 480) -> None:
        """Put in a heading, what is asked (called `name` where it scrolls) and the foot, `width` px wide at 100 %."""
        self._width = width
        self.trouble = ProblemRow("warning", "")
        self.trouble.hide()
        self._fields = holding(
            in_column(*in_line(self.trouble, *asked), STRETCH, margins=(0, 0, BESIDE_BAR, 0), gap=12)
        )
        self._area = ScrollArea(name, self._fields, only_down=True)
        heading = inset(Text(title, "h2", wrap=True), BESIDE_BAR)
        self._fields.installEventFilter(self)
        in_column(heading, (self._area, 1), inset(foot, BESIDE_BAR), inside=self, margins=SCROLLED_MARGINS, gap=12)

    def begin(self) -> None:
        """Give the keyboard to the field in which typing begins."""
        raise NotImplementedError

    @staticmethod
    def begin_in(field: Field) -> None:
        """Give the keyboard to a field, with what stands in it selected: typing takes its place."""
        field.control.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """Take the height that the fields need and begin in one of them, now that the area holds them."""
        super().showEvent(event)
        self.begin()
        self.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Grow with the fields, as where one of them says what is wrong with it: nothing is scrolled out of sight."""
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible() and watched is self._fields:
            QTimer.singleShot(0, self, self._grow)
        return super().eventFilter(watched, event)

    def _grow(self) -> None:
        if self._area.verticalScrollBar().maximum():
            self.fit()

    def fit(self) -> None:
        """Take the height that the fields need now, as far as the screen has it."""
        fit_to_fields(self, current_theme().px(self._width), self._area, self._fields)

    # Saving

    def close_when_saved(
        self, save: Callable[[], Job[Any]], refused: Callable[[], object], failed: Callable[[Exception], object]
    ) -> None:
        """Let what was said be saved before this closes.

        Args:
            save: gives the job that saves it, not yet begun; it says nothing of its failure.
            refused: is told that it could not be saved, so that what is shown behind is read again.
            failed: is told of a fault of the program.
        """
        self._save, self._on_refused, self._on_fault = save, refused, failed

    def accept(self) -> None:
        """Close, once what was said is saved."""
        if self._save is None:
            super().accept()
        elif not self._is_saving:
            self._is_saving, self._refusal = True, None
            self.trouble.hide()
            self._save().failure(self._keep_refusal).finished(self._on_finished).start()

    def reject(self) -> None:
        """Close without saving; not while it is being saved."""
        if not self._is_saving:
            super().reject()

    def _keep_refusal(self, error: Exception) -> None:
        self._refusal = error

    def _on_finished(self) -> None:
        error, self._is_saving = self._refusal, False
        if not isValid(self):
            return
        if error is None:
            super().accept()
            return
        if isinstance(error, TomsError):
            self.meet(error)
        else:
            self._on_fault(error)
        self._on_refused()

    def meet(self, error: TomsError) -> None:
        """Say why nothing was saved, beside what was typed."""
        fix = _LOOK_AGAIN if isinstance(error, EditConflict) else error.fix
        words = f"{error.message}. {fix}." if fix else f"{error.message}."
        self.trouble.set_sentence(f"Nothing was saved. {words}")
        self.trouble.show()
        self._area.ensureWidgetVisible(self.trouble)
        announce(self, self.trouble.accessibleName())


def in_line(*parts: Part) -> list[Part]:
    """Parts of a dialog, with those that are no fields set in so that they begin where the fields do.

    A layout holds none, as it does not know its widgets yet: fields side by side are handed over in a widget.
    """
    return [part if _holds_fields(part) else inset(part) for part in parts]


def _holds_fields(part: Part) -> bool:
    """Whether a part begins with the gutter of fields."""
    what = part[0] if isinstance(part, tuple) else part
    return isinstance(what, Field) or (isinstance(what, QWidget) and what.findChild(Field) is not None)


def inset(part: Part, right: int = 0) -> Part:
    """A part that begins `GUTTER` px further in, and ends `right` px before the edge."""
    what, how = part if isinstance(part, tuple) else (part, 0)
    if not isinstance(what, (QWidget, QLayout)):
        return part
    placed = in_row((what, 1), margins=(GUTTER, 0, right, 0))
    return (placed, how) if isinstance(part, tuple) else placed
