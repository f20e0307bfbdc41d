"""A form field of a few choices that all stand there, each with a key; none is set until somebody sets it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QRadioButton

from tomsapp.gui.widgets.fields import Field
from tomsapp.gui.widgets.layouts import holding, in_column


class RadioField(Field):
    """One of a few, each in its own words; "&" stands before the letter that sets it together with Alt."""

    def __init__(self, label: str, hint: str = "") -> None:
        self._column = in_column(gap=6)
        self._holder = holding(self._column)
        self._group = QButtonGroup(self._holder)
        self._values: list[object] = []
        super().__init__(label, self._holder, hint)

    def set_options(self, options: Sequence[tuple[object, str]]) -> None:
        """Offer other choices; none of them is set."""
        for button in self.buttons:
            self._group.removeButton(button)
            button.setParent(None)
            button.deleteLater()
        self._values = [value for value, _ in options]
        for number, (_, words) in enumerate(options):
            button = QRadioButton(words)
            button.toggled.connect(self._on_toggled)
            self._group.addButton(button, number)
            self._column.addWidget(button)
        if self.buttons:
            self._holder.setFocusProxy(self.buttons[0])

    def _on_toggled(self, is_on: bool) -> None:
        # Assistive technology toggles and does not click; the program sets none.
        if is_on:
            self.edited.emit()

    @property
    def buttons(self) -> list[QRadioButton]:
        """The buttons in their order."""
        return [button for button in self._group.buttons() if isinstance(button, QRadioButton)]

    @property
    def value(self) -> object | None:
        """What is set, or None."""
        number = self._group.checkedId()
        return None if number < 0 else self._values[number]

    def focus(self) -> None:
        """Move the keyboard to the choice that is set, else to the first."""
        chosen = self._group.checkedButton() or self.buttons[0]
        chosen.setFocus(Qt.FocusReason.ShortcutFocusReason)
