"""Step 2: conditions that every bidder accepts, and the measures that are offered, with their guidance beside them."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QFrame

from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.menu import Place as MenuPlace
from tomsapp.domain.wording import format_quantity
from tomsapp.gui.bidder.answering import Answering
from tomsapp.gui.bidder.step import BidderStep
from tomsapp.gui.contract.guidance import build_guidance
from tomsapp.gui.contract.picker_delegate import PickerDelegate
from tomsapp.gui.contract.picker_list import MeasureList
from tomsapp.gui.contract.picker_model import PickerModel
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.feedback import Toast
from tomsapp.gui.widgets.heard import hear_choices
from tomsapp.gui.widgets.layouts import empty_layout, in_column, in_row
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.search_line import SearchLine
from tomsapp.gui.widgets.text import Text
from tomsapp.services.bidding.choosing import accept, choose, give_up
from tomsapp.services.bidding.work import OfferWork, Place, PlaceKind
from tomsapp.services.measure_search import MeasureSearch

_SEARCH_OVER = 12


class AskedModel(PickerModel):
    """The measures that the tender scores, each with the council's target."""

    def __init__(self, edition: MenuEdition, work: OfferWork) -> None:
        self.targets = {one.measure: one.target for one in work.asked.scored}
        super().__init__(edition, ())
        self.show_asked(self.targets)

    def show_asked(self, codes: Collection[str]) -> None:
        """Show those of the tender that are among these."""
        self.show_places(lambda place: place.measure.code in self.targets and place.measure.code in codes)

    def note_on(self, code: str) -> str:
        """What the council hopes for."""
        target = self.targets.get(code)
        return "" if target is None else f"council’s target {format_quantity(target)}"


class ChooseStep(BidderStep):
    """Space ticks, and what was typed of a measure that is given up can be brought back."""

    sentence = "Choose what you can keep. You say in the next step how much of it you offer."

    def __init__(self, answering: Answering) -> None:
        super().__init__(answering)
        work = answering.work
        self.conditions = Card("Conditions that every bidder accepts")
        self.boxes: dict[str, QCheckBox] = {}
        self.model = AskedModel(work.pack.edition, work)
        self.search = SearchLine("Search measures", "Search the measures of the tender")
        self.list = MeasureList()
        self.guidance = ScrollArea("Guidance", only_down=True)
        self.why = Text("", "note_strong", wrap=True, selectable=True)
        self._search = MeasureSearch(work.pack.edition)
        self._build()
        self._show_conditions(work)

    def _build(self) -> None:
        self.list.setModel(self.model)
        self.list.setItemDelegate(PickerDelegate(self.model))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("Measures that you may offer")
        self.list.ticked.connect(self.tick)
        hear_choices(self.list, lambda index: self.tick(index.row()))
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.search.textChanged.connect(self._on_search)
        self.list.typed.connect(self._on_typed)
        if len(self.model.targets) <= _SEARCH_OVER:
            self.search.hide()
        left, right = Card(), Card()
        left.fill(self.list)
        right.body.addWidget(self.why)
        right.body.addWidget(self.guidance, 1)
        middle = in_row((in_column(self.search, (left, 1), gap=8), 53), (right, 47), gap=12)
        in_column(self.conditions, (middle, 1), inside=self, gap=12)
        first = next((row for row in range(self.model.rowCount()) if self.model.place_at(row)), 0)
        self.list.setCurrentIndex(self.model.index(first))

    def _show_conditions(self, work: OfferWork) -> None:
        empty_layout(self.conditions.body)
        self.conditions.setVisible(bool(work.asked.conditions))
        for one in work.asked.conditions:
            target = "" if one.target is None else f", {format_quantity(one.target)}"
            box = QCheckBox(f"We accept: {work.pack.edition.name_of(one.measure)}{target}".replace("&", "&&"))
            box.setToolTip(one.relevance)
            box.toggled.connect(lambda is_on, code=one.measure: self._on_condition(code, is_on))
            self.boxes[one.measure] = box
            self.conditions.body.addWidget(box)
            if one.relevance:
                why = Text(one.relevance, "note", "text_muted", wrap=True)
                why.setContentsMargins(28, 0, 0, 0)
                self.conditions.body.addWidget(why)

    # Showing

    def show_work(self) -> None:
        """Tick what is chosen and accepted."""
        work = self.answering.work
        self.model.ticked = [code for code in self.model.targets if code in work.chosen]
        self.list.viewport().update()
        for code, box in self.boxes.items():
            box.blockSignals(True)
            box.setChecked(code in work.offer.accepted)
            box.blockSignals(False)
        self._on_current()

    def _on_current(self, *_indexes: QModelIndex) -> None:
        place = self.current_place
        work = self.answering.work
        if place is not None:
            self.why.setText(_why(work, place.measure.code))
            self.why.setVisible(bool(self.why.text()))
            used = [code for code in work.chosen if code != place.measure.code]
            self.guidance.setWidget(build_guidance(place, work.pack.edition, used, work.contract.years))

    @property
    def current_place(self) -> MenuPlace | None:
        """The measure whose guidance is shown."""
        return self.model.place_at(self.list.currentIndex().row())

    # What the user does

    def tick(self, row: int) -> None:
        """Choose the measure of a row, or give it up."""
        place, work = self.model.place_at(row), self.answering.work
        if place is None:
            return
        code = place.measure.code
        if code not in work.chosen:
            self.answering.put(choose(work, [code]))
            return
        words = f"{place.measure.full_name} is not offered any more"
        self.answering.put(give_up(work, code), words)
        self.wants_toast.emit(Toast(words, self.answering.undo))

    def _on_condition(self, code: str, is_on: bool) -> None:
        self.answering.put(accept(self.answering.work, code, is_accepted=is_on))

    def _on_search(self, text: str) -> None:
        found = self._search.find(text) if text.strip() else set(self.model.targets)
        self.model.show_asked(found)

    def _on_typed(self, text: str) -> None:
        if self.search.isVisible():
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.search.setText(self.search.text() + text)

    def focus_place(self, place: Place) -> None:
        """Move the keyboard to a condition, or to a measure in the list."""
        if place.kind is PlaceKind.CONDITION and place.key in self.boxes:
            self.boxes[place.key].setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        for row in range(self.model.rowCount()):
            at = self.model.place_at(row)
            if at is not None and at.measure.code == place.key:
                self.list.setCurrentIndex(self.model.index(row))
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def take_keyboard(self) -> None:
        """Begin with the first condition that is not accepted, else in the list."""
        box = next((box for box in self.boxes.values() if not box.isChecked()), None)
        (box or self.list).setFocus(Qt.FocusReason.ShortcutFocusReason)


def _why(work: OfferWork, code: str) -> str:
    """Why the council asks for a measure, and which of its rules it does not keep there."""
    asked = work.asked.measure(code)
    if asked is None:
        return ""
    why = f"Why it is asked: {asked.relevance}" if asked.relevance.strip() else ""
    exception = f"An exception from the council’s rules: {asked.exception_words}" if asked.exception_words else ""
    return "\n".join(filter(None, (why, exception)))
