"""Small dialogs that say one thing, or ask one question, without stopping the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget

from tomsapp.domain.errors import TomsError
from tomsapp.domain.problems import Problem
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.dialog_parts import be_as_wide, fit_to_fields
from tomsapp.gui.widgets.edges import TOP
from tomsapp.gui.widgets.layouts import DIALOG_MARGINS, STRETCH, holding, in_column, in_row
from tomsapp.gui.widgets.problems import rows_of
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import IconLabel, Text

_WIDTH = 520
_ICONS = {
    "info": ("info", "info_mark"),
    "success": ("circle-check", "success_mark"),
    "warning": ("triangle-alert", "warning_mark"),
}


class MessageDialog(QDialog):
    """A heading, what there is to know, and buttons that say what they do."""

    def __init__(
        self, heading: str, sentences: Sequence[str], parent: QWidget | None, *, tone: str = "info", width: int = _WIDTH
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(heading)
        self.setAccessibleName(heading)
        self.heading, self.sentences = heading, tuple(sentences)
        self.body = in_column(gap=10)
        self.buttons = QDialogButtonBox()
        self.buttons.rejected.connect(self.reject)
        top = in_row((IconLabel(*_ICONS[tone], 24), TOP), (Text(heading, "h2", wrap=True), 1), gap=12)
        said = [Text(sentence, wrap=True, selectable=True) for sentence in sentences]
        in_column(top, *said, (self.body, 1), self.buttons, inside=self, margins=DIALOG_MARGINS, gap=12)
        be_as_wide(self, width)

    def add_button(
        self, words: str, role: QDialogButtonBox.ButtonRole, kind: str = "secondary", *, is_default: bool = False
    ) -> Button:
        """Add a button; the default one is pressed by Enter."""
        button = Button(words, "primary" if kind == "primary" else "danger" if kind == "danger" else "secondary")
        button.setAutoDefault(is_default)
        button.setDefault(is_default)
        self.buttons.addButton(button, role)
        return button


def ask(
    parent: QWidget | None,
    heading: str,
    sentences: Sequence[str],
    yes: str,
    on_yes: Callable[[], object],
    *,
    destroys: bool = False,
) -> MessageDialog:
    """Ask one question; `yes` says what will be done, and a destructive one is never the default."""
    dialog = MessageDialog(heading, sentences, parent, tone="warning")
    kind = "danger" if destroys else "primary"
    agree = dialog.add_button(yes, QDialogButtonBox.ButtonRole.AcceptRole, kind, is_default=not destroys)
    agree.clicked.connect(dialog.accept)
    dialog.add_button("Cancel", QDialogButtonBox.ButtonRole.RejectRole, is_default=destroys)
    dialog.accepted.connect(on_yes)
    dialog.open()
    return dialog


def ask_first(
    parent: QWidget, question: str, sentences: Sequence[str], go: str, keep: str, *, deletes: bool = True
) -> bool:
    """Ask before something is deleted or changed for good; keeping it is the answer of Enter and Esc."""
    kind = "danger" if deletes else "secondary"
    dialog = MessageDialog(question, sentences, parent, tone="warning")
    dialog.add_button(go, QDialogButtonBox.ButtonRole.AcceptRole, kind).clicked.connect(dialog.accept)
    dialog.add_button(keep, QDialogButtonBox.ButtonRole.RejectRole, is_default=True).setFocus()
    return dialog.exec() == QDialog.DialogCode.Accepted


def tell(parent: QWidget | None, heading: str, *sentences: str, tone: str = "info") -> MessageDialog:
    """Say one thing that asks for no answer."""
    dialog = MessageDialog(heading, [sentence for sentence in sentences if sentence], parent, tone=tone)
    dialog.add_button("Close", QDialogButtonBox.ButtonRole.RejectRole, is_default=True)
    dialog.open()
    return dialog


def tell_failure(parent: QWidget | None, error: TomsError) -> MessageDialog:
    """Say what went wrong and what to do."""
    return tell(parent, error.message, f"{error.fix}." if error.fix else "", tone="warning")


def show_findings(parent: QWidget | None, heading: str, sentence: str, problems: Sequence[Problem]) -> MessageDialog:
    """List Problems, each with its place and its remedy."""
    dialog = MessageDialog(heading, [sentence], parent, tone="warning", width=700)
    rows = holding(in_column(*rows_of(problems), STRETCH, margins=(0, 0, 8, 0), gap=6))
    area = ScrollArea("Problems", rows)
    dialog.body.addWidget(area, 1)
    dialog.add_button("Close", QDialogButtonBox.ButtonRole.RejectRole, is_default=True)
    fit_to_fields(dialog, current_theme().px(700), area, rows)
    dialog.open()
    return dialog
