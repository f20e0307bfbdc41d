"""The field in which a contract's supplier is found by typing, or added."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QCompleter

from tomsapp.domain.alike import alike
from tomsapp.domain.errors import TomsError
from tomsapp.domain.facts import Fact
from tomsapp.gui.records.fact_field import FactField
from tomsapp.gui.widgets.buttons import LinkButton
from tomsapp.gui.widgets.combo import ComboBox
from tomsapp.gui.widgets.edges import LEFT
from tomsapp.gui.widgets.elided_line import ElidedLine
from tomsapp.gui.widgets.fields import Field
from tomsapp.gui.widgets.layouts import holding, in_column


class SupplierField(Field):
    """A list that narrows down as somebody types any part of a supplier's name."""

    add_wanted = Signal(str)
    """Somebody wants to add a supplier; the text is what was typed and matches none."""

    def __init__(self, fact: Fact, unchosen: str = "Choose a supplier") -> None:
        self._fact, self._unchosen = fact, unchosen
        self.combo = ComboBox()
        self.combo.setEditable(True)
        line = ElidedLine()
        line.setProperty("k", "inside")
        self.combo.setLineEdit(line)
        self.combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.add_link = LinkButton("Add a supplier", role="note")
        body = in_column(self.combo, (self.add_link, LEFT), gap=4)
        super().__init__(fact.label, self.combo, fact.hint, body=holding(body))
        self._set_up_search()
        self.add_link.clicked.connect(lambda: self.add_wanted.emit("" if self.name else self.text))
        self.combo.activated.connect(self.edited)
        self.combo.editTextChanged.connect(self.edited)

    def _set_up_search(self) -> None:
        line, completer = self.combo.lineEdit(), self.combo.completer()
        self._matches: QAbstractItemView | None = None
        if line is not None:
            line.setPlaceholderText(self._unchosen)
            line.returnPressed.connect(self._take_only_match)  # while the list of matches is open it has the keys
            line.setAccessibleName(self._fact.label)
        if completer is not None:
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            self._matches = completer.popup()
        if self._matches is not None:
            self._matches.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter takes the one supplier that matches, before Enter saves the form; so does Tab."""
        if watched is not self.combo:
            return self._on_matches_key(event) or super().eventFilter(watched, event)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._take_only_match():
                return True
        elif isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            self._on_focus_out(event)
        return super().eventFilter(watched, event)

    def _on_matches_key(self, event: QEvent) -> bool:
        """Tab leaves the field while the list of matches is open, as it does without it."""
        is_tab = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Tab
        if not is_tab or event.type() != QEvent.Type.KeyPress or self._matches is None:
            return False
        self._take_only_match()
        self._matches.hide()
        QApplication.sendEvent(self.combo, event)
        return True

    def _on_focus_out(self, event: QFocusEvent) -> None:
        if event.reason() == Qt.FocusReason.TabFocusReason:
            self._take_only_match()

    def _take_only_match(self) -> bool:
        """Put the name of the one supplier that matches into the field; False where none or several do."""
        if not self.text or self.name:
            return False
        wanted = alike(self.text)
        names = [self.combo.itemText(place) for place in range(self.combo.count())]
        found = [name for name in names if wanted in alike(name)]
        if len(found) == 1:
            self.set_text(found[0])
            self.edited.emit()
        return len(found) == 1

    @property
    def text(self) -> str:
        """What is typed or chosen, without blanks at the ends."""
        return self.combo.currentText().strip()

    @property
    def name(self) -> str:
        """The supplier's name as it is recorded, whatever its capitals in the field; nothing where there is none."""
        found = self.combo.findText(self.text, Qt.MatchFlag.MatchFixedString) if self.text else -1
        return self.combo.itemText(found) if found >= 0 else ""

    def as_fact(self) -> FactField:
        """The fact of a contract that is typed here."""
        return FactField(
            self._fact, self, lambda: self.text, lambda typed: self.set_text(str(typed)), self.set_text, self._read
        )

    def _read(self) -> str:
        if self.text and not self.name:
            raise TomsError(f"There is no supplier called {self.text}", "Choose one or add it")
        return self.name

    def set_suppliers(self, names: Sequence[str]) -> None:
        """Offer these suppliers; what stands in the field stays."""
        kept = self.text
        with QSignalBlocker(self.combo):
            self.combo.clear()
            self.combo.addItems(list(names))
        self.set_text(kept)

    def set_text(self, text: str) -> None:
        """Put a name into the field, without telling that it was edited."""
        with QSignalBlocker(self.combo):
            self.combo.setCurrentIndex(self.combo.findText(text) if text else -1)
            self.combo.setEditText(text)
            line = self.combo.lineEdit()
            if line is not None:
                line.setCursorPosition(0)  # a long name shows its beginning
