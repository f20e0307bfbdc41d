"""Ask what a paper of the council needs: which ward or contract, to which day, and what of it is withheld."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from tomsapp.domain.papers.foi import FoiItem, FoiSection, Withheld, withholding_problems
from tomsapp.domain.problems import Severity
from tomsapp.domain.saved_view import SavedView
from tomsapp.gui.widgets.announce import announce
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.fields import ChoiceField, DateField, Field, LineField
from tomsapp.gui.widgets.form_dialog import FormDialog
from tomsapp.gui.widgets.layouts import STRETCH, holding, in_column, in_row
from tomsapp.gui.widgets.text import Text
from tomsapp.gui.widgets.tick_list import TickList
from tomsapp.services.papers_of_many import PortfolioPaper
from tomsapp.services.saved_views import day_of

if TYPE_CHECKING:
    from tomsapp.domain.papers.foi import Withholding

Options = Sequence[tuple[object, str]]
_DAY = "Enter a date, for example 30 September 2026"
_ADVICE = (
    "Whether the Act lets something be withheld is yours to decide. Nothing of what is withheld stands anywhere in the "
    f"answer. There are {' and '.join(section.words for section in FoiSection)}."
)
TOLD = "told"


class PaperQuestion(FormDialog):
    """Stays open until what a paper needs is said.

    `options` are the wards or contracts to choose from, one of which is needed.
    """

    def __init__(self, title: str, what: str, options: Options, until: date | None, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._title = title
        self.about = ChoiceField(what, options, placeholder="Choose one")
        self.until = DateField("Delivered to", "Quarters that ended by this day are told")
        self.until.setVisible(until is not None)
        self._is_dated = until is not None
        self.until.set_date(until)
        self.go_button = Button("Make the paper", "primary", does=self._on_go)
        self.go_button.setDefault(True)
        self.about.set_value(None)

    def lay_out(self, *more: QWidget, width: int = 480) -> None:
        """Put the fields in, with those of the kind of paper below."""
        foot = in_row(STRETCH, self.go_button, Button("Cancel", does=self.reject))
        self.build(self._title, "What the paper needs", (self.about, self.until, *more), foot, width)

    def begin(self) -> None:
        """Begin with what it is about."""
        self.about.control.setFocus()

    @property
    def day(self) -> date:
        """The day to which deliveries are told; of papers that tell none, any."""
        return self.until.date or date.min

    def _on_go(self) -> None:
        wrong = self.find_wrong()
        for field in wrong:
            field.control.setFocus()
            announce(self, field.error)
            return
        self.accept()

    def find_wrong(self) -> list[Field]:
        """The fields of which something must be put right, each of which says it."""
        self.about.set_error(None if self.about.value is not None else "Choose one")
        self.until.set_error(_DAY if self._is_dated and self.until.date is None else None)
        return [field for field in (self.about, self.until) if field.error]


class ViewDialog(PaperQuestion):
    """Asks of which saved view a paper is, and which paper; a day that the view keeps is taken over."""

    def __init__(self, views: Options, until: date, parent: QWidget | None) -> None:
        super().__init__("Paper of a saved view", "View", views, until, parent)
        self.kind = ChoiceField("Paper", [(kind, kind.words) for kind in PortfolioPaper])
        self.kind.set_value(PortfolioPaper.COMMITTEE)
        self.about.chosen.connect(self._on_view)
        none = "No view of deliveries is saved yet. Set filters in the Overview, then choose Views, Save this view."
        self.lay_out(self.kind, *(() if views else (Text(none, "note", "text_muted", wrap=True),)))

    @property
    def view(self) -> SavedView:
        """The view that is chosen."""
        chosen = self.about.value
        return chosen if isinstance(chosen, SavedView) else SavedView("")

    @property
    def paper(self) -> PortfolioPaper:
        """The paper that is chosen."""
        chosen = self.kind.value
        return chosen if isinstance(chosen, PortfolioPaper) else PortfolioPaper.COMMITTEE

    def _on_view(self, _key: object) -> None:
        day = day_of(self.view.filters)
        if day is not None:
            self.until.set_date(day)


class IndicatorsDialog(PaperQuestion):
    """Asks which commitments of a contract are its key performance indicators."""

    def __init__(self, contracts: Options, until: date, parent: QWidget | None) -> None:
        super().__init__("KPI facts for the public notice", "Contract", contracts, until, parent)
        self.ticks = TickList("key performance indicators")
        self.missing = Text("", "note_strong", "danger", wrap=True)
        says = Text("Tick its key performance indicators: three at least where the Act applies.", "note", "text_muted")
        self.ticks.hide()
        self.lay_out(says, self.ticks, self.missing)

    def show_lines(self, lines: Options) -> None:
        """Offer the commitments of the contract that was chosen; until then there is nothing to tick."""
        self.ticks.set_options(lines, ())
        self.ticks.show()

    @property
    def keys(self) -> list[str]:
        """The keys of the commitments that are ticked."""
        return [str(key) for key in self.ticks.chosen]

    def _on_go(self) -> None:
        self.missing.setText("" if self.keys else "Tick one at least")
        if self.keys or self.find_wrong():
            super()._on_go()
        else:
            self.ticks.list.setFocus()
            announce(self, self.missing.text())


class FoiDialog(PaperQuestion):
    """Asks what of a contract is withheld from an FOI answer, under which section, and why."""

    def __init__(self, contracts: Options, until: date, parent: QWidget | None) -> None:
        super().__init__("FOI answer about a contract", "Contract", contracts, until, parent)
        self.request = LineField("Reference of the request", "As the council has it; it may be empty")
        sections: Options = [(TOLD, "Told"), *((each, f"Withheld under section {each.value}") for each in FoiSection)]
        self.choices = {item: ChoiceField(item.words, sections) for item in FoiItem}
        self.reasons = {item: LineField("Why it is withheld", "The answer prints it") for item in FoiItem}
        self.question = Text("", "note", "warning", wrap=True)
        for item in FoiItem:
            self.choices[item].set_value(TOLD)
            self.reasons[item].hide()
            self.choices[item].chosen.connect(lambda _key, item=item: self._on_chosen(item))
        items = list(FoiItem)
        pairs = [holding(in_row(*map(self._asked, pair), gap=12)) for pair in zip(items[::2], items[1::2], strict=True)]
        self.lay_out(self.request, Text(_ADVICE, "note", "text_muted", wrap=True), *pairs, self.question, width=720)

    def _asked(self, item: FoiItem) -> QWidget:
        """What is asked, with the reason below where it is withheld."""
        return holding(in_column(self.choices[item], self.reasons[item], STRETCH, gap=12))

    def _on_chosen(self, item: FoiItem) -> None:
        """A reason is asked for where something is withheld; what can be worked out all the same is said."""
        self.reasons[item].setVisible(self.choices[item].value is not TOLD)
        asked = [each for each in withholding_problems(self.withheld) if each.severity is Severity.WARNING]
        self.question.setText(" ".join(f"{each.message}. {each.fix}." for each in asked))

    @property
    def withheld(self) -> Withholding:
        """What is withheld."""
        sections = {item: self.choices[item].value for item in FoiItem}
        return {
            item: Withheld(section, self.reasons[item].text)
            for item, section in sections.items()
            if isinstance(section, FoiSection)
        }

    def find_wrong(self) -> list[Field]:
        """With what is withheld without a reason."""
        wrong = super().find_wrong()
        said = {
            each.where.field: each.fix
            for each in withholding_problems(self.withheld)
            if each.severity is Severity.ERROR
        }
        for item, field in self.reasons.items():
            field.set_error(said.get(item.value))
            wrong += [field] if field.error else []
        return wrong
