"""Form fields: label, hint, control, and the message under it when something is wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QDate, QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCalendarWidget,
    QCheckBox,
    QFrame,
    QMenu,
    QPlainTextEdit,
    QWidget,
    QWidgetAction,
)

from tomsapp.domain.typed_days import find_day
from tomsapp.domain.wording import format_date
from tomsapp.gui.theme import current_theme, restyle
from tomsapp.gui.widgets.buttons import IconButton
from tomsapp.gui.widgets.combo import ComboBox
from tomsapp.gui.widgets.edges import TOP
from tomsapp.gui.widgets.layouts import holding, in_column, in_row
from tomsapp.gui.widgets.line import Line
from tomsapp.gui.widgets.said_line import SaidLine
from tomsapp.gui.widgets.text import IconLabel, Text

_BAR, _BESIDE_BAR = 4, 11
GUTTER = _BAR + _BESIDE_BAR
"""How far in px a control stands from the left edge of its field; what stands below fields begins there too."""


class Field(QWidget):
    """One labelled control; a problem shows as a bar in the gutter and words under the control."""

    edited = Signal()
    """The user changed the value."""
    left = Signal()
    """The keyboard left the control: the moment to check the value."""
    taken = Signal(str)
    """The user chose what is to stand in the field, of what was offered."""
    error_changed = Signal()
    """The message under the control is another one now, or gone."""
    is_written = False
    """Whether it is typed sign by sign, so that what stands in it is whole when it is left."""

    def __init__(self, label: str, control: QWidget, hint: str = "", *, body: QWidget | None = None) -> None:
        super().__init__()
        self.control = control
        self._hint = hint
        self._error = ""
        self._label = Text(label, "strong")
        self._label.setBuddy(control)
        self._gutter = QFrame()
        self._gutter.setProperty("k", "gutter")
        self._gutter.setFixedWidth(_BAR)
        icon = IconLabel("octagon-alert", "danger_mark", 17)
        self._message = Text("", "note_strong", "danger", wrap=True)
        self._message_row = holding(in_row((icon, TOP), (self._message, 1), gap=6))
        self._message_row.hide()
        self._explained = Text(hint, "note", "text_muted", wrap=True) if hint else None
        self.said: SaidLine | None = None
        self._body = body or control
        self._column = in_column(self._label, self._explained, self._body, self._message_row, gap=4)
        in_row(self._gutter, (self._column, 1), inside=self, gap=_BESIDE_BAR)
        control.setAccessibleName(label)
        control.installEventFilter(self)
        self.setFocusProxy(control)
        # What was wrong was said of what stood there before.
        self.edited.connect(self._forget_error)
        self._tell()

    @property
    def label(self) -> str:
        """Words of the label."""
        return self._label.text()

    def set_label(self, label: str) -> None:
        """Ask for something else with the same control."""
        self._label.setText(label)
        self.control.setAccessibleName(label)

    def put_label_beside(self) -> None:
        """Say what is asked at the left of the control, where a line above it would take the room of what counts."""
        place = self._column.indexOf(self._body)
        self._column.insertLayout(place, in_row(self._label, (self._body, 1), gap=8))

    @property
    def error(self) -> str:
        """What is wrong, or nothing."""
        return self._error

    def set_error(self, message: str | None) -> None:
        """Say what is wrong and what to do, or take the message away."""
        if (message or "") == self._error:
            return
        self._error = message or ""
        bad = bool(self._error)
        self._message.setText(self._error)
        self._message_row.setVisible(bad)
        for widget in (self._gutter, self.control):
            restyle(widget, "bad", "true" if bad else "false")
        self._tell()
        self.error_changed.emit()

    def set_hint(self, hint: str) -> None:
        """Explain otherwise what is asked; a field that began without a hint shows none."""
        self._hint = hint
        if self._explained is not None:
            self._explained.setText(hint)
        self._tell()

    def _forget_error(self) -> None:
        self.set_error(None)

    def say(self, words: str, offers: Sequence[str] = ()) -> None:
        """Say back what was understood, or ask: `offers` can be taken in place of what was typed."""
        if self.said is None and (words or offers):
            self.said = SaidLine()
            self.said.taken.connect(self.taken)
            self._column.addWidget(self.said)
        if self.said is not None:
            self.said.say(words, offers)
            self._tell()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell when the keyboard leaves the control, but not when its own menu opens."""
        if watched is self.control and event.type() == QEvent.Type.FocusOut:
            reason = getattr(event, "reason", lambda: None)()
            if reason != Qt.FocusReason.PopupFocusReason:
                self.left.emit()
        return super().eventFilter(watched, event)

    def _tell(self) -> None:
        error = f"Error: {self._error}" if self._error else ""
        back = self.said.text if self.said is not None else ""
        said = [part for part in (error, back, self._hint) if part]
        self.control.setAccessibleDescription(". ".join(said))


class LineField(Field):
    """A field with one line of text."""

    is_written = True

    def __init__(
        self, label: str, hint: str = "", beside: QWidget | None = None, *, placeholder: str = "", max_length: int = 500
    ) -> None:
        self.line = Line()
        self.line.setMaxLength(max_length)
        self.line.setPlaceholderText(placeholder)
        body = holding(in_row((self.line, 1), beside, gap=4)) if beside else None
        super().__init__(label, self.line, hint, body=body)
        self.line.edited.connect(self.edited)
        self.line.given.connect(self.left)

    @property
    def text(self) -> str:
        """What was typed, without spaces at the ends."""
        return self.line.text().strip()

    def set_text(self, text: str) -> None:
        """Put text into the field."""
        self.line.set_text(text)


class TextField(Field):
    """A field with several lines of text; Tab leaves it."""

    is_written = True

    def __init__(self, label: str, hint: str = "", *, lines: int = 4) -> None:
        self.box = QPlainTextEdit()
        self.box.setTabChangesFocus(True)
        self._lines = lines
        super().__init__(label, self.box, hint)
        self.box.textChanged.connect(self.edited)
        current_theme().follow(self._fit)

    @property
    def text(self) -> str:
        """What was typed, without blanks at the ends."""
        return self.box.toPlainText().strip()

    def set_text(self, text: str) -> None:
        """Put text into the field; text that stands there already keeps its cursor."""
        if text != self.box.toPlainText():
            self.box.setPlainText(text)

    def set_read_only(self, is_read_only: bool) -> None:
        """Show what stands there, to be read and copied and not changed."""
        self.box.setReadOnly(is_read_only)

    def _fit(self) -> None:
        self.box.setFixedHeight(self._lines * current_theme().px(22) + 14)


class ChoiceField(Field):
    """A field in which one of several is chosen: (key, words) each."""

    chosen = Signal(object)
    """Key of what the user chose, or None."""

    def __init__(
        self, label: str, options: Sequence[tuple[object, str]] = (), hint: str = "", *, placeholder: str = ""
    ) -> None:
        self.combo = ComboBox(placeholder)
        super().__init__(label, self.combo, hint)
        self.set_options(options)
        self.combo.activated.connect(self._on_activated)

    @property
    def value(self) -> object | None:
        """Key of the choice, or None."""
        key: object | None = self.combo.currentData()
        return key

    def set_options(self, options: Sequence[tuple[object, str]]) -> None:
        """Offer other choices; the present one stays if it is among them."""
        kept = self.value
        self.combo.clear()
        for key, words in options:
            self.combo.addItem(words, key)
        self.set_value(kept)

    def set_value(self, key: object | None) -> None:
        """Choose a key, or nothing."""
        self.combo.setCurrentIndex(self.combo.findData(key) if key is not None else -1)

    def _on_activated(self) -> None:
        self.edited.emit()
        self.chosen.emit(self.value)


class TickField(Field):
    """A field with one box to tick; its words stand beside the box."""

    def __init__(self, label: str, words: str, hint: str = "") -> None:
        self.box = QCheckBox(words)
        super().__init__(label, self.box, hint)
        self._label.hide()
        self.box.toggled.connect(self._on_toggled)  # assistive technology does not click
        self._is_own = False

    def set_ticked(self, *, is_ticked: bool) -> None:
        """Tick the box, or take the tick away, without a signal."""
        self._is_own = True
        self.box.setChecked(is_ticked)
        self._is_own = False

    def _on_toggled(self) -> None:
        if not self._is_own:
            self.edited.emit()


class DateField(LineField):
    """A field for a date, typed in any common way or picked from a calendar."""

    def __init__(self, label: str, hint: str = "For example 1 April 2026") -> None:
        name = f"{label}: choose from a calendar (Alt+Down)"
        self._button = IconButton("calendar", name, size=18, does=self._open_calendar)
        # Tab goes on to the next field: what is typed there would open the calendar and choose another day.
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        super().__init__(label, hint, self._button)
        self.line.editingFinished.connect(self._tidy)
        self.line.given.connect(self._tidy)

    @property
    def date(self) -> dt.date | None:
        """The date, or None if none was typed or it cannot be read."""
        return find_day(self.text)

    def set_date(self, date: dt.date | None) -> None:
        """Put a date into the field, or empty it."""
        self.line.set_text(format_date(date) if date else "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Alt+Down opens the calendar; a day is written out before it is told that the field is left."""
        if watched is self.line and event.type() == QEvent.Type.FocusOut:
            self._tidy()
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            wanted = event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
            if wanted:
                self._open_calendar()
                return True
        return super().eventFilter(watched, event)

    def _tidy(self) -> None:
        if self.date:
            self.set_date(self.date)

    def _open_calendar(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = QCalendarWidget()
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        date = self.date
        if date:
            calendar.setSelectedDate(QDate(date.year, date.month, date.day))
        action = QWidgetAction(menu)
        action.setDefaultWidget(calendar)
        menu.addAction(action)
        calendar.activated.connect(self._on_picked)
        calendar.clicked.connect(self._on_picked)
        calendar.activated.connect(menu.close)
        calendar.clicked.connect(menu.close)
        menu.popup(self.line.mapToGlobal(QPoint(0, self.line.height())))
        calendar.setFocus()

    def _on_picked(self, date: QDate) -> None:
        self.set_date(dt.date(date.year(), date.month(), date.day()))
        self.edited.emit()
        self.line.setFocus()
