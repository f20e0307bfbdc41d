"""Step 3: how much is offered of each measure in each contract year."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from tomsapp.domain.errors import TomsError
from tomsapp.domain.tender import words
from tomsapp.domain.tender.parts import PartsForm
from tomsapp.domain.wording import format_pounds, plural
from tomsapp.gui.bidder.answering import Answering
from tomsapp.gui.bidder.line_row import LEAST_NAME, MORE, SHARE, VALUE, WORTH, YEAR, LineRow
from tomsapp.gui.bidder.parts_dialog import PartsDialog
from tomsapp.gui.bidder.step import BidderStep
from tomsapp.gui.contract.figures import Figure, FigureKind
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.dialog_parts import open_once
from tomsapp.gui.widgets.feedback import EmptyState, Toast
from tomsapp.gui.widgets.flow import ChipFlow
from tomsapp.gui.widgets.layouts import STRETCH, empty_layout, framed, holding, in_column, in_row
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import Text
from tomsapp.services.bidding.choosing import add_line, choose, take_out
from tomsapp.services.bidding.steps import Step, told_of_lines
from tomsapp.services.bidding.typing import forms_of, with_parts
from tomsapp.services.bidding.work import OfferWork, Place, PlaceKind

_MOST_CHIPS = 3


class QuantityStep(BidderStep):
    """A row for each promise; the total stands under them, and what the council also hopes for below."""

    choose_wanted = Signal()
    figure_chosen = Signal(object)

    sentence = "Enter only what you will do because of this contract. You will be asked to prove it."
    hint = words.BLANK_IS_NOT_NOTHING

    def __init__(self, answering: Answering) -> None:
        super().__init__(answering)
        self.rows: dict[str, LineRow] = {}
        self._keys: tuple[tuple[str, str], ...] = ()
        self.choose_button = Button("Choose more measures", icon_name="list-plus", does=self.choose_wanted)
        self.work_out = Button("Work out a quantity…", icon_name="scale", does=self._on_work_out)
        self._last = ""
        self._heads: list[tuple[Text, int]] = []
        self._lines = in_column(gap=0)
        self.total = Text("", "strong")
        self._more_words = Text("", "note", "text_muted", wrap=True)
        self.chips: list[Button] = []
        self._chip_flow = ChipFlow([], QWidget())
        self._none = EmptyState(
            "list-plus",
            "Nothing is chosen yet",
            "Choose the measures that you can keep, then say here how much of each.",
            Button("Choose measures", "primary", does=self.choose_wanted),
        )
        self._build()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)

    def _build(self) -> None:
        self._beside_total = QWidget()
        total = in_row(
            (None, 1), Text("Total", "strong"), 18, self.total, self._beside_total, 12, margins=(14, 9, 12, 9)
        )
        more = framed(in_column(self._more_words, self._chip_flow, margins=(14, 9, 14, 9), gap=8), "inset")
        self._more = holding(in_row((more, 1), margins=(10, 0, 10, 10)))
        self._table = QFrame()
        self._table.setProperty("k", "card")
        foot = framed(total, "well")
        in_column(self._head(), self._lines, foot, 8, self._more, inside=self._table, margins=(1, 1, 1, 1), gap=0)
        content = in_column(self._none, self._table, STRETCH, margins=(0, 0, 12, 0), gap=0)
        self.area = ScrollArea("What you offer", holding(content))
        current_theme().follow(self._fit)
        in_column(in_row(self.choose_button, self.work_out, STRETCH, gap=8), (self.area, 1), inside=self, gap=8)

    def _head(self) -> QWidget:
        years = [(year.label, YEAR) for year in self.answering.work.contract.years]
        row = in_row((Text("Measure", "small_strong", "text_muted"), 1), margins=(14, 6, 12, 6), gap=8)
        for caption, width in (("Unit value", VALUE), *years, ("Share", SHARE), ("Social value", WORTH), ("", MORE)):
            text = Text(caption, "small_strong", "text_muted")
            text.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._heads.append((text, width))
            row.addWidget(text)
        self._head_row = framed(row, "well")
        return self._head_row

    def _fit(self) -> None:
        """Give the columns their widths at the present text size."""
        theme = current_theme()
        for text, width in self._heads:
            text.setFixedWidth(theme.px(width))
        gaps = 8 * len(self._heads) + 30
        self._head_row.setMinimumWidth(theme.px(sum(width for _, width in self._heads) + LEAST_NAME) + gaps)
        self._beside_total.setFixedWidth(theme.px(MORE))

    # Showing

    def show_work(self) -> None:
        """Show a row for each promise, in the order in which the tender asks."""
        work = self.answering.work
        keys = tuple((line.key, line.measure) for line in work.in_order())
        if keys != self._keys:
            self._keys = keys
            self._show_rows()
        told, worth = told_of_lines(work), _worth(work)
        for key, row in self.rows.items():
            row.show_work(work, told.get(key, ()), worth.get(key, "–"))
        checked = work.checked.checked
        self.total.setText(format_pounds(checked.valuation.social_value) if checked is not None else "–")
        has_lines = bool(keys)
        self._none.setVisible(not has_lines)
        self._table.setVisible(has_lines)
        self.work_out.setVisible(any(forms_of(work, key) for key in self.rows))
        self._show_more()

    def _show_rows(self) -> None:
        empty_layout(self._lines)
        self.rows = {}
        for line in self.answering.work.in_order():
            row = LineRow(self.answering, line)
            row.stepped.connect(lambda year, by, key=line.key: self._step(key, year, by))
            row.parts_wanted.connect(self._ask_parts)
            row.taken_out.connect(self._take_out)
            row.further_wanted.connect(self._add_further)
            row.explained.connect(lambda key: self.figure_chosen.emit(Figure(FigureKind.LINE, key)))
            self.rows[line.key] = row
            self._lines.addWidget(row)

    def _show_more(self) -> None:
        """Offer the measures for which the council has a target and that are not chosen yet."""
        work = self.answering.work
        most, count = work.asked.tender.most_measures, len(work.chosen)
        left = None if most is None else most - count
        wanted = [one for one in work.asked.scored if one.target is not None and one.measure not in work.chosen]
        shown = wanted[: _MOST_CHIPS if left is None else min(_MOST_CHIPS, max(left, 0))]
        self._more.setVisible(bool(shown))
        may = "" if left is None else f"You may choose {left} more. "
        rest = len(wanted) - len(shown)
        these = "this" if len(shown) == 1 else "these"
        more = f" {these}, and for {plural(rest, 'other')} in step {Step.CHOOSE.value}" if rest else ""
        self._more_words.setText(f"{may}The council also has targets for{more}:")
        codes = [one.measure for one in shown]
        if codes != [str(chip.property("code")) for chip in self.chips]:
            self.chips = [self._chip(code) for code in codes]
            self._chip_flow.set_widgets(self.chips)

    def _chip(self, code: str) -> Button:
        measure = self.answering.work.pack.edition.find_measure(code)
        chip = Button(measure.title if measure is not None else code, icon_name="plus", role="note", small=True)
        chip.setProperty("code", code)
        chip.setAccessibleName(f"Choose {measure.full_name if measure is not None else code}")
        chip.clicked.connect(lambda: self._choose(code))
        return chip

    def _on_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        """A row that the keyboard left says what is blank in it."""
        if not self.isVisible():
            return
        for row in self.rows.values():
            was, is_in = (each is not None and row.isAncestorOf(each) for each in (before, now))
            if was and not is_in:
                row.show_told(told_of_lines(self.answering.work).get(row.key, ()))
            elif is_in and now is not None:
                self._last = row.key
                self.area.ensureWidgetVisible(now, 0, 40)

    # What the user does

    def _choose(self, code: str) -> None:
        self.answering.put(choose(self.answering.work, [code]), f"{code} chosen")
        key = next(line.key for line in self.answering.work.offer.commitments if line.measure == code)
        self.rows[key].focus_year(0)

    def _add_further(self, key: str) -> None:
        line = self.answering.work.commitment(key)
        if line is not None:
            self.answering.put(add_line(self.answering.work, line.measure), "Line added")
            self.rows[str(len(self.answering.work.offer.commitments))].focus_year(0)

    def _take_out(self, key: str) -> None:
        work = self.answering.work
        measure = work.measure(key)
        said = f"{measure.full_name if measure is not None else 'The line'} was taken out"
        self.answering.put(take_out(work, key), said)
        self.wants_toast.emit(Toast(said, self.answering.undo))
        self.take_keyboard()

    def _on_work_out(self) -> None:
        """Work out the quantity of the row in which the keyboard was last, else of the first that has parts."""
        found = [key for key in (self._last, *self.rows) if key in self.rows and forms_of(self.answering.work, key)]
        if found:
            self._ask_parts(found[0])

    def _ask_parts(self, key: str) -> None:
        work = self.answering.work
        forms, measure = forms_of(work, key), work.measure(key)
        if not forms or measure is None:
            return
        before = next(iter(work.offer.details_of(key).parts), None)
        dialog = PartsDialog(measure.title, forms, work.contract.years, before, self.window())

        def enter(years: tuple[int, ...], form: PartsForm, numbers: tuple[Decimal, ...]) -> None:
            try:
                done = with_parts(self.answering.work, key, years, form, numbers)
            except TomsError as error:
                dialog.refuse(error)
                return
            self.answering.put(done, f"{plural(len(years), 'quantity', 'quantities')} worked out")
            dialog.accept()

        dialog.worked_out.connect(enter)
        open_once(dialog)

    def _step(self, key: str, year: int, by: int) -> None:
        keys = list(self.rows)
        at = keys.index(key) + by
        if 0 <= at < len(keys):
            self.rows[keys[at]].focus_year(year)

    def focus_place(self, place: Place) -> None:
        """Move the keyboard to a quantity, or into the details of a promise."""
        row = self.rows.get(place.key)
        if row is None:
            self.take_keyboard()
        elif place.kind is PlaceKind.DETAIL:
            row.focus_detail(place.name)
        else:
            row.focus_year(place.year)

    def take_keyboard(self) -> None:
        """Begin with the first quantity that is blank, else with the first."""
        rows = list(self.rows.values())
        if not rows:
            self.choose_button.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        for row in rows:
            for year, field in enumerate(row.years):
                if not field.text():
                    row.focus_year(year)
                    return
        rows[0].focus_year(0)

    def showEvent(self, event: QShowEvent) -> None:
        """Show what was changed in other steps."""
        super().showEvent(event)
        self.show_work()


def _worth(work: OfferWork) -> Mapping[str, str]:
    """What each promise is worth, by its key."""
    checked = work.checked.checked
    lines = checked.valuation.lines if checked is not None else ()
    return {
        line.commitment.key: format_pounds(line.social_value) if line.measure.is_valued else "Counted" for line in lines
    }
