"""The step Measures and targets: which measures are asked, why, how much is hoped for, and what each offer keeps to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtGui import QResizeEvent

from tomsapp.domain.errors import MenuError
from tomsapp.domain.priority import Priority
from tomsapp.domain.tender.choices import SET_UP
from tomsapp.domain.tender.setup import targets_value
from tomsapp.domain.tender.tender_measure import TENDER_MEASURE, MeasureUse
from tomsapp.domain.wording import format_pounds, plural
from tomsapp.gui.dialogs.conflict import Conflict
from tomsapp.gui.dialogs.edit_conflict import fields_of, settle_conflict
from tomsapp.gui.records.saved_as_typed import SavedAsTyped
from tomsapp.gui.session import Session
from tomsapp.gui.tenders.field_place import read_place
from tomsapp.gui.tenders.measure_acts import MeasureActs
from tomsapp.gui.tenders.measure_editor import MeasureEditor
from tomsapp.gui.tenders.measure_model import MeasureModel
from tomsapp.gui.tenders.measure_rows import COLUMN_OF, TITLE, Shown
from tomsapp.gui.tenders.measure_table import MeasureTable
from tomsapp.gui.tenders.menu_form import MenuForm, read_editions
from tomsapp.gui.tenders.subset_chips import SubsetChips
from tomsapp.gui.tenders.tab import SetUpStep
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.buttons import Button, SegmentedButton
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.feedback import EmptyState
from tomsapp.gui.widgets.layouts import holding, in_column, in_row, stack_of
from tomsapp.gui.widgets.problems import Notice
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import Text
from tomsapp.services.priorities import PRIORITIES
from tomsapp.services.tenders.facts import TENDER_FACTS
from tomsapp.services.tenders.reading import OpenTender, set_up_of
from tomsapp.services.workspace import Workspace

if TYPE_CHECKING:
    from tomsapp.domain.valuation import Valuation

_LEAST_TABLE = 180
"""A table that would be less high, in px at 100 %, has all its rows, and the step scrolls round it: never both."""
_GAP = 10
_VIEWS = (("targets", "Targets"), ("reasons", "Why they are asked"))
_NOTHING = ("No measure is asked yet", "Choose measures of the menu: by theme, by priority, or one by one.")
_KEYS = (
    "Arrows move by cell, typing changes a target or a reason, Enter on a measure opens all that is asked of it, "
    "Delete takes it out, Space folds a theme. Ctrl+Tab leaves the table"
)


class _Offered(NamedTuple):
    editions: list[tuple[str, str]]
    priorities: list[Priority]


class MenuStep(SetUpStep):
    """The table of measures under the edition and the limits; all is saved as it is typed or chosen."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setAccessibleName("Measures and targets")
        self._session = session
        self._opened: OpenTender | None = None
        self._priorities: Sequence[Priority] = ()
        self.note = Notice()
        self.form = MenuForm()
        self.fields_editor = SavedAsTyped(session, self.form, TENDER_FACTS, "tender menu")
        self.choose_button = Button("Choose measures", icon_name="list-plus", does=self.choose)
        self.view = SegmentedButton("What the table shows", _VIEWS)
        self.chips = SubsetChips()
        self.editor = MeasureEditor(session)
        self.model = MeasureModel()
        self.table = MeasureTable(self.model)
        self.table.setAccessibleDescription(_KEYS)
        self.sums = Text("", "strong", wrap=True)
        self.total = Text("", "strong")
        self.acts = MeasureActs(session, self)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.empty = EmptyState("list-plus", _NOTHING[0], _NOTHING[1])
        self._stack = stack_of(self.table, self.empty)
        foot = holding(in_row((self.sums, 1), self.total, gap=12))
        card = Card()
        card.fill(self._stack, foot)
        self.beside_heading = holding(in_row(self.choose_button))
        row = in_row(self.view, (self.chips, 1), gap=12)
        self._inside = holding(in_column(self.note, self.form, row, (card, 1), gap=8))
        self._area = ScrollArea("Measures and targets", self._inside, only_down=True)
        in_column(self._area, inside=self)
        self._foot = foot

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say anew what scrolls."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Let the table scroll where it has room for some rows, else the step as a whole."""
        others = (self.note, self.form, self.view, self._foot)
        around = sum(each.sizeHint().height() + _GAP for each in others if not each.isHidden())
        least = current_theme().px(_LEAST_TABLE)
        is_low = self.height() - around < least
        self.table.set_whole(is_whole=is_low)
        self._stack.setMinimumHeight(self.table.whole_height if is_low else least)

    def _follow_cursor(self) -> None:
        """Keep the cell with the cursor in view where the step scrolls round the table."""
        rect = self.table.visualRect(self.table.currentIndex())
        if self.table.is_whole and rect.isValid() and self.table.hasFocus():
            at = self.table.viewport().mapTo(self._inside, rect.center())
            self._area.ensureVisible(at.x(), at.y(), 0, rect.height())

    def _connect(self) -> None:
        self.fields_editor.told.connect(self.note.say)
        self.fields_editor.saved.connect(lambda _stored: self.stale.emit())
        self.view.chosen.connect(lambda key: self.table.show_view(str(key)))
        self.chips.changed.connect(self._show)
        self.editor.changed.connect(self._show)
        self.editor.told.connect(self.note.say)
        self.editor.stale.connect(self.stale)
        self.editor.conflict_found.connect(self._on_conflict)
        self.model.typed.connect(lambda code, column, text: self.editor.type_texts({(code, column): text}))
        self.table.typed_block.connect(self.editor.type_texts)
        self.table.use_wanted.connect(self.change_use)
        self.table.theme_wanted.connect(self._with_opened(self.acts.change_theme))
        self.table.remove_wanted.connect(self._with_opened(self.acts.remove))
        self.table.details_wanted.connect(self._open_details)
        self.acts.stale.connect(self.stale)
        self.acts.chosen.connect(self.take_table)
        self.table.arranged.connect(self._fit)
        self.table.selectionModel().currentChanged.connect(lambda *_cells: self._follow_cursor())

    # Showing

    def show_tender(self, opened: OpenTender | None) -> None:
        """Show what was read; what is being typed into the same tender stays."""
        is_other = opened is None or self._opened is None or self._opened.id != opened.id
        self._opened = opened
        if is_other:
            self.chips.clear()
            self.note.say("")
        if opened is None:
            self.fields_editor.close()
            self.editor.show(None)
            self.model.show(None)
            return
        if is_other:
            self.form.offer_editions([], opened.tender)
        self.fields_editor.show_record(opened.stored)
        self.form.set_status(opened.tender.status)
        self.editor.show(opened)
        job = self._session.read(_read_offered, key="menu of the tender")
        job.success(lambda offered: self._on_offered(opened, offered)).start()

    def _on_offered(self, opened: OpenTender, offered: _Offered) -> None:
        if opened is not self._opened:
            return
        self._priorities = offered.priorities
        self.form.offer_editions(offered.editions, opened.tender)
        self.chips.offer(opened.edition, offered.priorities)

    @property
    def _is_fixed(self) -> bool:
        return self._opened is None or self._opened.tender.status not in SET_UP

    def _show(self) -> None:
        """Show the measures as they are typed, with what their targets are worth."""
        opened = self._opened
        if opened is None:
            return
        lot, valuation = self._valued(opened)
        codes = self.chips.codes if self.chips.is_set else None
        measures = self.editor.measures
        self.model.show(Shown(opened, measures, valuation, self.editor.held, codes, self._is_fixed))
        self.choose_button.setVisible(not self._is_fixed)
        self._say_empty(opened, has_measures=bool(measures))
        targets = [each for each in measures if each.target and not each.is_condition]
        count = plural(len(targets), "target")
        worth = format_pounds(valuation.social_value) if valuation is not None else "–"
        of_lot = f" in lot {lot}" if len(opened.lots) > 1 and lot else ""
        shown = f", {sum(each.measure in codes for each in measures)} shown" if codes is not None else ""
        together = " together" if len(targets) != 1 else ""
        self.sums.setText(f"{plural(len(measures), 'measure')}{shown}. {count}{together}{of_lot}")
        self.total.setText(worth)
        if not self.table.currentIndex().isValid() and self.model.rows:
            self.table.step_typed(1)

    def _valued(self, opened: OpenTender) -> tuple[int, Valuation | None]:
        """What the targets are worth in the first lot that has its days and its value, and the lot's number."""
        setup = set_up_of(opened, measures=self.editor.measures)
        for lot in setup.lots:
            valuation = targets_value(setup, lot)
            if valuation is not None:
                return lot.number, valuation
        return 0, None

    def _say_empty(self, opened: OpenTender, *, has_measures: bool) -> None:
        is_empty = not self.model.rows
        self._stack.setCurrentIndex(1 if is_empty else 0)
        if not is_empty:
            return
        if opened.edition is None:
            words = ("There is no menu edition", opened.edition_trouble or "Choose the edition whose values count.")
        elif has_measures:
            words = ("No measure of these is asked", "Take a filter away to see the others.")
        else:
            words = _NOTHING
        self.empty.set_words(*words)

    # What the user does

    def choose(self) -> None:
        """Ask which measures the tender asks for; without an edition, for that first."""
        if self._opened is None or self._opened.edition is None:
            self.form.focus_field("edition")
        else:
            self.acts.choose(self._opened, self._opened.edition, self._priorities)

    def take_table(self) -> None:
        """Move the keyboard into the table."""
        if not self.table.isVisibleTo(self):
            self.choose_button.setFocus()
            return
        if self.model.measure_at(self.table.currentIndex().row()) is None:
            self.table.step_typed(1)
        self.table.setFocus()

    def change_use(self, code: str) -> None:
        """Make a measure a condition of all offers, or scored."""
        stored = next((each for each in self.editor.measures if each.measure == code), None)
        if stored is not None:
            use = MeasureUse.SCORED if stored.is_condition else MeasureUse.CONDITION
            self.editor.save({code: replace(stored, use=use)})

    def _with_opened(self, does: Callable[[OpenTender, Any], object]) -> Callable[[Any], None]:
        """What is done with what the table names, of the tender that is open."""

        def do(named: Any) -> None:
            if self._opened is not None:
                does(self._opened, named)

        return do

    def _open_details(self, code: str) -> None:
        stored = self.editor.stored(code)
        if self._opened is not None and stored is not None:
            self.acts.open_details(self._opened, stored, is_fixed=self._is_fixed)

    def _on_conflict(self, conflict: Conflict) -> None:
        settle_conflict(self, conflict, fields_of(TENDER_MEASURE.facts))

    # Places

    def focus_field(self, name: str) -> None:
        """Move the keyboard to a fact, or to the cell of a measure; a measure as a whole is opened in the table."""
        about, field = read_place(name)
        if field in self.form.facts:
            self.form.focus_field(field)
        elif about and about[:1].isalpha() and self._go_to_measure(about, field):
            self.table.setFocus()
        elif self._opened is not None and not self._opened.measures:
            self.choose() if field == "choose" else self._begin()
        else:
            self.take_table()

    def _begin(self) -> None:
        """The keyboard goes to the edition, or to the button that chooses measures once there is one."""
        has_edition = self._opened is not None and self._opened.edition is not None
        (self.choose_button if has_edition else self.form.edition.control).setFocus()

    def _go_to_measure(self, code: str, field: str) -> bool:
        if self.chips.is_set:
            self.chips.clear()
            self._show()
        found = self.table.go_to_measure(code, COLUMN_OF.get(field, TITLE))
        self.view.set_current(self.table.view)
        return found

    def save_now(self) -> bool:
        """Save what is typed; False where something is wrong, which has the keyboard then."""
        self.fields_editor.save()
        if any(field.error for field in self.form.fields):
            self.form.focus_first_problem()
            return False
        held = next(iter(self.editor.held), None)
        if held is not None and self.table.go_to_measure(*held):
            self.view.set_current(self.table.view)
            self.note.say("What is marked cannot be saved as it stands: put it right first.")
            self.table.setFocus()
            return False
        return True


def _read_offered(workspace: Workspace) -> _Offered:
    try:
        editions = read_editions(workspace)
    except MenuError:
        editions = []
    return _Offered(editions, [each.record for each in PRIORITIES.all(workspace)])
