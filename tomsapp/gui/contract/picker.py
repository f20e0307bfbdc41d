"""The measure picker: search and chips over a list by outcome, guidance at the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFrame,
    QVBoxLayout,
    QWidget,
)

from tomsapp.domain.alike import alike
from tomsapp.domain.contract_dates import ContractYear
from tomsapp.domain.menu import MenuEdition, Place
from tomsapp.domain.wording import plural
from tomsapp.gui.contract.guidance import build_guidance
from tomsapp.gui.contract.picker_delegate import PickerDelegate
from tomsapp.gui.contract.picker_list import MeasureList, Scrim
from tomsapp.gui.contract.picker_model import PickerModel
from tomsapp.gui.widgets.actions import add_action
from tomsapp.gui.widgets.announce import announce
from tomsapp.gui.widgets.buttons import Button, IconButton, LinkButton
from tomsapp.gui.widgets.chips import FilterChip
from tomsapp.gui.widgets.feedback import EmptyState
from tomsapp.gui.widgets.heard import hear_choices
from tomsapp.gui.widgets.layouts import STRETCH, holding, in_column, in_row
from tomsapp.gui.widgets.pauses import after_a_pause
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.search_line import SearchLine
from tomsapp.gui.widgets.text import Text, hairline
from tomsapp.services.measure_search import MeasureSearch

_QUIET_MS = 500
_WIDTH, _HEIGHT, _LEAST_WIDTH, _LEAST_HEIGHT = 1120, 640, 820, 440
_LIST_SHARE, _GUIDANCE_SHARE = 53, 47


class MeasurePicker(QDialog):
    """Modal over the window; Ctrl+Enter adds and closes, Esc clears the search, then closes."""

    chosen = Signal(object)
    """Codes of the measures to add, in the order ticked."""

    def __init__(
        self,
        edition: MenuEdition,
        used: Sequence[str],
        reference: str,
        years: Sequence[ContractYear],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, Qt.WindowType.FramelessWindowHint | Qt.WindowType.Dialog)
        self.setWindowTitle(f"Add measures to {reference}")
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setModal(True)
        self._edition, self._used, self._years = edition, tuple(used), tuple(years)
        self._search = MeasureSearch(edition)
        self.model = PickerModel(edition, used)
        self.field = SearchLine("Search measures", "Search measures by title, code or what counts")
        self.theme_chip = FilterChip("Theme", [(theme.number, theme.title) for theme in edition.themes])
        outcomes = [(o.code, f"{o.code} {o.title}") for theme in edition.themes for o in theme.outcomes]
        self.outcome_chip = FilterChip("Outcome", outcomes)
        self.used_chip = FilterChip("Show", [("unused", "not used yet"), ("valued", "with a value in pounds")])
        self._found = Text("", "note", "text_muted")
        self.list = MeasureList()
        self._meant = LinkButton("", role="strong", does=self._on_meant)
        self._nothing = EmptyState("search", "No measure matches", "Try another word", self._meant)
        self._guidance = ScrollArea("Guidance", only_down=True)
        self._chosen = Text("", "note_strong", "text_muted")
        self._clear = LinkButton("Clear", does=self.model.clear)
        self.add_button = Button("Add measures", "primary", does=self.add)
        self._quiet = after_a_pause(self, _QUIET_MS, lambda: announce(self.list, self._found.text()))
        self._build(reference)
        self._connect()
        self._scrim = Scrim(parent) if parent is not None else None
        self._fit()
        self._apply()
        self.field.setFocus()

    # Building

    def _build(self, reference: str) -> None:
        frame = QFrame()
        frame.setProperty("k", "palette")
        in_column(frame, inside=self)
        close = IconButton("x", "Close without adding", does=self.reject)
        title = Text(f"Add measures to {reference}", "h2")
        sides = ((self._build_left(), _LIST_SHARE), hairline(is_upright=True), (self._guidance, _GUIDANCE_SHARE))
        head = in_row((title, 1), close, margins=(24, 14, 16, 10))
        middle = in_row(*sides, margins=(24, 0, 16, 0), gap=16)
        in_column(head, (middle, 1), self._build_foot(), inside=frame, margins=(1, 1, 1, 1), gap=0)

    def _build_left(self) -> QVBoxLayout:
        chips = (self.theme_chip, self.outcome_chip, self.used_chip)
        for chip in chips:
            chip.setAutoDefault(False)
        self.list.setModel(self.model)
        self.list.setItemDelegate(PickerDelegate(self.model))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("Measures by outcome")
        self._nothing.hide()
        self._meant.hide()
        narrowed = in_row(*chips, STRETCH, self._found, gap=8)
        return in_column(self.field, narrowed, (self.list, 1), (self._nothing, 1), margins=(0, 0, 0, 8), gap=10)

    def _build_foot(self) -> QFrame:
        foot = QFrame()
        foot.setProperty("k", "foot")
        cancel = Button("Cancel", does=self.reject)
        parts = (self._chosen, self._clear, STRETCH, self.add_button, cancel)
        in_row(*parts, inside=foot, margins=(24, 11, 20, 11), gap=8)
        return foot

    def _connect(self) -> None:
        self.field.textChanged.connect(self._apply)
        self.field.installEventFilter(self)
        for chip in (self.theme_chip, self.outcome_chip, self.used_chip):
            chip.values_changed.connect(self._apply)
        self.list.ticked.connect(self.model.tick)
        hear_choices(self.list, lambda index: self.model.tick(index.row()))
        self.list.typed.connect(self._on_typed)
        self.model.ticked_changed.connect(self._say_chosen)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        add = add_action(self, "Add and close", "Ctrl+Return", self.add)
        add.setShortcuts([QKeySequence("Ctrl+Return"), QKeySequence("Ctrl+Enter")])
        self._say_chosen()

    def _fit(self) -> None:
        room = self._scrim.size() if self._scrim else QSize(_WIDTH, _HEIGHT)
        width = max(_LEAST_WIDTH, min(_WIDTH, room.width() - 60))
        self.resize(width, max(_LEAST_HEIGHT, min(_HEIGHT, room.height() - 40)))

    # Search

    def _apply(self) -> None:
        query = self.field.text()
        found, best = self._search.find(query), self._search.named(query)
        themes, outcomes, shows = self.theme_chip.values, self.outcome_chip.values, self.used_chip.values
        # What a search finds best is what Enter ticks; without one the eye stays where it was.
        kept = None if query.strip() else self.current_place

        def passes(place: Place) -> bool:
            code = place.measure.code
            return (
                code in found
                and (not themes or place.theme.number in themes)
                and (not outcomes or place.outcome.code in outcomes)
                and ("unused" not in shows or code not in self.model.used)
                and ("valued" not in shows or place.measure.is_valued)
            )

        self.model.show_places(passes, best)
        self._select(kept)
        total = len(self._edition.places)
        self._found.setText(f"{self.model.shown} of {plural(total, 'measure')}")
        self._show_nothing()
        self._quiet.start()

    def _show_nothing(self) -> None:
        nothing = not self.model.shown
        query = self.field.text().strip()
        self.list.setVisible(not nothing)
        self._nothing.setVisible(nothing)
        guess = self._search.meant(query) if nothing and query else ""
        self._meant.setVisible(bool(guess) and guess != alike(query))
        self._meant.setText(f"Did you mean {guess}?")
        self._meant.setProperty("query", guess)
        if nothing:
            words = f"No measure matches “{query}”" if query else "No measure matches these filters"
            self._nothing.set_words(words, "Try another word, or clear the filters")

    def _select(self, place: Place | None) -> None:
        rows = self.model.rows
        wanted = next((i for i, row in enumerate(rows) if row is place), None) if place else None
        first = next((i for i, row in enumerate(rows) if isinstance(row, Place)), None)
        target = wanted if wanted is not None else first
        self.list.setCurrentIndex(self.model.index(target) if target is not None else QModelIndex())
        if target is None:
            self._guidance.setWidget(holding(in_column(), "clear"))

    @property
    def current_place(self) -> Place | None:
        """The measure whose guidance is shown."""
        return self.model.place_at(self.list.currentIndex().row())

    # What the user does

    def add(self) -> None:
        """Add what is ticked and close."""
        if self.model.ticked:
            self.chosen.emit(list(self.model.ticked))
            self.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the search, Down goes to the list and Enter ticks the measure that is shown."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Down:
                self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return True
            plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
                self.model.tick(self.list.currentIndex().row())
                self.field.selectAll()  # the next word is typed over this one
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc clears the search first, then closes; Enter never closes."""
        if event.key() == Qt.Key.Key_Escape and self.field.text():
            self.field.clear()
            self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        """Take the veil away with the dialog."""
        if self._scrim is not None:
            self._scrim.hide()
            self._scrim.deleteLater()
            self._scrim = None
        super().done(result)

    def _on_typed(self, text: str) -> None:
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.setText(self.field.text() + text)

    def _on_meant(self) -> None:
        self.field.setText(str(self._meant.property("query")))
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_current(self) -> None:
        place = self.current_place
        if place is not None:
            self._guidance.setWidget(build_guidance(place, self._edition, self._used, self._years))

    def _say_chosen(self) -> None:
        number = len(self.model.ticked)
        self._chosen.setText(f"{plural(number, 'measure')} chosen" if number else "Nothing chosen yet")
        self._clear.setVisible(bool(number))
        self.add_button.setText(f"Add {plural(number, 'measure')}" if number else "Add measures")
        self.add_button.setEnabled(bool(number))
