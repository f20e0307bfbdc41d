"""The page of one contract: its commitments with live total, other tabs, and the panel that explains."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from tomsapp.domain.delivery.published import DeliveredPaperKept
from tomsapp.gui.contract.beside_tabs import BesideTabs
from tomsapp.gui.contract.commitments_tab import CommitmentsTab
from tomsapp.gui.contract.editor import ContractEditor
from tomsapp.gui.contract.grid_model import FIRST_YEAR
from tomsapp.gui.contract.header_facts import AWARD, BADGES, PANEL, header_facts, page_of
from tomsapp.gui.contract.line_actions import LineActions
from tomsapp.gui.contract.paste import read_block
from tomsapp.gui.contract.paste_dialog import PasteDialog
from tomsapp.gui.contract.picker import MeasurePicker
from tomsapp.gui.contract.problem_handling import ProblemHandling
from tomsapp.gui.contract.problem_rows import count_open
from tomsapp.gui.contract.sealed_handling import SealedHandling
from tomsapp.gui.contract.side_forms import SideForms
from tomsapp.gui.contract.tab import ContractTab
from tomsapp.gui.delivery.place import DeliveryPlace
from tomsapp.gui.page import Page
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.actions import add_action, new_action
from tomsapp.gui.widgets.buttons import Button, TabStrip
from tomsapp.gui.widgets.dialog_parts import open_once
from tomsapp.gui.widgets.layouts import holding, in_row, stack_of
from tomsapp.gui.widgets.painted_buttons import OpenProblemsButton
from tomsapp.services.changes import ALL_CHANGED, Changes
from tomsapp.services.contracts import OpenContract
from tomsapp.services.delivery_changes import are_of_delivery
from tomsapp.services.hand_over import HAS_HAND_OVER

_LINES, _DELIVERY, _FACTS, _HISTORY = "commitments", "delivery", "facts", "history"
_WORDS = "Commitments", "Delivery", "Contract facts", "Files", "History"
_TABS = tuple(zip((_LINES, _DELIVERY, _FACTS, "papers", _HISTORY), _WORDS, strict=True))


class ContractPage(Page):
    """Shows the contract whose number `show_target` gets."""

    preview_wanted = Signal(int)
    """Number of the contract whose PDF valuation is to be previewed."""
    import_wanted = Signal(int)
    """Number of the contract into which a spreadsheet is to be imported."""
    hand_over_wanted = Signal()
    """The hand-over sheet of the signed contract is to be shown."""
    reopen_wanted = Signal()
    """The signed contract is to become a draft again, once a reason was given."""
    conflict_found = Signal(object)
    """A `Conflict`: somebody saved a commitment first."""

    def __init__(self, session: Session) -> None:
        super().__init__("Contract", header_on_surface=True)
        self._session = session
        self.editor = ContractEditor(session)
        self.actions_on_lines = LineActions(session, self.editor)
        self.lines = CommitmentsTab()
        self.forms = SideForms(session, self.editor, self.actions_on_lines, self.lines.table)
        self.problems = ProblemHandling(
            self.editor, self.actions_on_lines, self.lines.table, lambda: self.forms.answers
        )
        self.sealed = SealedHandling(session, self.lines, self.forms.panel.acts)
        self.picker: MeasurePicker | None = None
        self._new_id: int | None = None
        self._is_narrow = False
        self._factories: dict[str, Callable[[], ContractTab]] = {}
        self._made: dict[str, ContractTab] = {}
        self._stack = stack_of(self.lines)
        self.body.addWidget(self._stack, 1)
        self._panels = stack_of(self.forms.panel)
        self.set_panel(self._panels)
        self._build_header()
        self._build_actions()
        self._connect()

    # Building

    def _build_header(self) -> None:
        header = self.header
        self.history_button = Button("History", icon_name="history")
        self.preview_button = Button("Preview PDF", icon_name="file-text", does=self._on_preview)
        header.add_action(self.history_button)
        header.add_action(self.preview_button)
        self.tabs = TabStrip("Parts of this contract", _TABS)
        self.open_problems = OpenProblemsButton()
        self.import_button = Button("Import", icon_name="upload", small=True, does=self._on_import)
        self.add_button = Button("Add measures", "primary", "plus", small=True, does=self.open_picker)
        self.reopen_button = Button("Reopen", icon_name="lock", small=True, does=self.reopen_wanted)
        # Its sheet's whole name would leave the tabs no room.
        self.hand_over_button = Button("Hand over", small=True, does=self.hand_over_wanted)
        self.hand_over_button.setAccessibleName("Hand-over sheet")
        self.hand_over_button.setToolTip("Hand-over sheet, for whoever manages the contract")
        kept = (self.import_button, self.add_button, self.sealed.switch)
        spare = (self.hand_over_button, self.reopen_button)
        self._beside_lines = BesideTabs(header, self.tabs, self.open_problems, kept, spare)
        self._beside_tab = holding(in_row())
        self._beside_tab.hide()
        header.set_tabs(self.tabs, self._beside_lines, self._beside_tab)

    def _build_actions(self) -> None:
        for words, keys, slot in (
            ("Next problem", "F8", lambda: self._step_problem(1)),
            ("Last problem", "Shift+F8", lambda: self._step_problem(-1)),
            ("Preview PDF", "Ctrl+P", self._on_preview),
            ("Add measures", "Ctrl+Shift+A", self.open_picker),
            ("Next tab", "Ctrl+Tab", lambda: self.tabs.step(1)),
            ("Next part of the tab", "Ctrl+PgDown", lambda: self._turn(1)),
            ("Last part of the tab", "Ctrl+PgUp", lambda: self._turn(-1)),
        ):
            # Of the window, not of the page alone: the panel and the rail are no part of it.
            add_action(self, words, keys, slot)
        self.statements = QAction("Show statements", self)
        self.statements.setCheckable(True)
        self.statements.toggled.connect(self._on_changed)
        self.add_commands(new_action(self, "Import commitments…", self._on_import), self.statements)

    def _open_paper(self, paper: DeliveredPaperKept) -> None:
        """Show a published valuation as it is kept."""
        opened = self.editor.opened
        if opened is not None:
            # The preview takes long to load, and few look at papers here.
            from tomsapp.gui.delivery.published_papers import PublishedPapers

            PublishedPapers(self._session, self).open(paper, opened.contract.reference)

    def _connect(self) -> None:
        header, editor, table, actions = self.header, self.editor, self.lines.table, self.actions_on_lines
        header.crumbs.chosen.connect(lambda key: self.wants_page.emit(key, None))
        header.facts.chosen.connect(self._on_fact)
        for history in (self.history_button.clicked, self.forms.panel.acts.history_wanted):
            history.connect(lambda: self.show_tab(_HISTORY))
        self.forms.panel.acts.paper_wanted.connect(self._open_paper)
        self.open_problems.clicked.connect(lambda: self._step_problem(1))
        self.tabs.chosen.connect(self.show_tab)
        self._session.workspace_changed.connect(self._on_workspace_changed)
        self.lines.add_wanted.connect(self.open_picker)
        self.lines.import_wanted.connect(self._on_import)
        self.lines.model.quantity_typed.connect(editor.type_quantity)
        editor.loaded.connect(self._on_loaded)
        editor.changed.connect(self._on_changed)
        editor.failed.connect(self.lines.show_failure)
        editor.conflict_found.connect(self.conflict_found)
        actions.failed.connect(self.lines.show_failure)
        actions.toast.connect(self.wants_toast)
        self.sealed.toast.connect(self.wants_toast)
        self.sealed.menu_shown.connect(self.say_menu)
        editor.added.connect(self._on_added)
        table.figure_chosen.connect(self.forms.explain)
        table.details_wanted.connect(self.forms.show_details)
        table.remove_wanted.connect(actions.remove)
        table.cleared.connect(lambda cells: editor.set_quantities(dict.fromkeys(cells)))
        table.paste_wanted.connect(self.paste)
        table.filled_right.connect(editor.fill_cells)
        self.problems.details_wanted.connect(self.forms.show_details)
        self.problems.form_wanted.connect(self.forms.show_answer)
        self.problems.facts_wanted.connect(self._on_facts_wanted)
        self.forms.award_wanted.connect(lambda: self._on_fact(AWARD))
        self.forms.wants_panel.connect(lambda is_open: self._open_panel(self.forms.panel, is_open=is_open))

    def set_tab_widget(self, key: str, factory: Callable[[], ContractTab]) -> None:
        """Fill the tab "delivery", "facts", "papers" or "history"; the widget is made when the tab is first opened."""
        self._factories[key] = factory

    # What the window tells

    def show_target(self, target: object) -> None:
        """Show the contract with this number, or a cell of its quarter grid."""
        number = target.contract_id if isinstance(target, DeliveryPlace) else target
        if isinstance(number, int) and number != self.editor.contract_id:
            self._clear()
            self.lines.set_loading(True)
            self.editor.open(number)
        elif isinstance(number, int):
            self.editor.reload()
        if isinstance(target, DeliveryPlace) and _DELIVERY in self._factories:
            self.show_tab(_DELIVERY)
            self._made[_DELIVERY].go_to(target)

    def take_new(self, contract_id: int) -> None:
        """Take note that this contract was just added: the keyboard goes to Add measures when it is shown."""
        self._new_id = contract_id

    def focus_heading(self) -> None:
        """Move the keyboard to the heading, or to what a new contract needs next."""
        if self.editor.contract_id == self._new_id and self.lines.is_empty:
            self.lines.focus_add()
        else:
            super().focus_heading()

    def _clear(self) -> None:
        """Let go of the contract that was shown, so that nothing of it stands beside the next one."""
        self.forms.panel.clear()
        self.sealed.show_contract(None)
        self.lines.clear()
        self.open_problems.set_count(0, 0)
        self.set_title("Contract")
        self.header.set_badge(None)
        self.header.facts.set_facts([])
        self.show_tab(_LINES)

    def _on_workspace_changed(self) -> None:
        self.editor.close()
        self._clear()

    def refresh(self, changes: object) -> None:
        """Read the contract anew if it was changed elsewhere; of its deliveries alone the tabs read what they show."""
        told = changes if isinstance(changes, Changes) else ALL_CHANGED
        if not are_of_delivery(told):
            self.editor.take_note(told)
        elif self.editor.opened is not None and told.touches_contract(self.editor.contract_id):
            self._tell_tabs(self.editor.opened)

    # What the editor tells

    def _on_loaded(self) -> None:
        opened = self.editor.opened
        if opened is None:
            return
        contract, header = opened.contract, self.header
        self.set_title(contract.title or contract.reference)
        header.crumbs.set_steps([("contracts", "Contracts"), ("", contract.reference)])
        header.set_badge(opened.badge, BADGES[contract.status])
        self.sealed.show_contract(opened)
        self._show_facts()
        self._beside_lines.want(self.reopen_button, is_wanted=opened.is_locked)
        self._beside_lines.want(self.hand_over_button, is_wanted=contract.status in HAS_HAND_OVER)
        self._tell_tabs(opened)

    def _tell_tabs(self, opened: OpenContract) -> None:
        for tab in self._made.values():
            tab.show_contract(opened)

    def _show_facts(self) -> None:
        opened, contents = self.editor.opened, self.editor.contents
        if opened is not None:
            is_told = self._is_narrow and contents is not None
            self.header.facts.set_facts(header_facts(opened, contents.checked if contents and is_told else None))

    def set_narrow(self, *, is_narrow: bool) -> None:
        """Say in the header what the panel says, while that is folded away."""
        self._is_narrow = is_narrow
        self._show_facts()

    def _on_changed(self) -> None:
        contents, opened = self.editor.contents, self.editor.opened
        if contents is None or opened is None:
            return
        contents = replace(contents, with_statements=self.statements.isChecked())
        self.lines.show_contents(contents, opened.contract.reference)
        self.forms.panel.show_figures(contents.checked, opened.origin)
        if self._is_narrow:
            self._show_facts()
        self.tabs.set_text(_LINES, f"Commitments ({len(contents.checked.offer.commitments)})")
        can_add = not opened.is_locked and bool(contents.checked.offer.commitments)
        for button in (self.import_button, self.add_button):
            button.setVisible(can_add)
        left = count_open(contents.checked.open_problems, contents.held)
        self.open_problems.set_count(left.errors, left.warnings, left.to_enter)
        if self.header.heading.hasFocus():
            # The contract was read after its page was shown.
            self.focus_heading()

    def _on_added(self, keys: list[str]) -> None:
        """Put the cursor on the first quantity of the topmost line that was added, whatever the order of ticking."""
        found = (self.lines.model.row_of(f"line:{key}") for key in keys)
        places = [place for place in found if place is not None]
        if places:
            self.lines.table.setFocus(Qt.FocusReason.OtherFocusReason)
            self.lines.table.go_to(min(places), FIRST_YEAR)

    # What the user does

    def open_picker(self) -> None:
        """Open the list of measures to add."""
        opened = self.editor.opened
        if opened is None or opened.is_locked:
            return
        used = [line.measure for line in self.editor.commitments]
        contents = self.editor.contents
        years = contents.years if contents is not None else ()
        self.picker = MeasurePicker(opened.edition, used, opened.contract.reference, years, self.window())
        self.picker.chosen.connect(self.actions_on_lines.add_measures)
        open_once(self.picker)

    def paste(self, text: str, row: int, column: int) -> None:
        """Paste a block of quantities; with bad cells, only after the user agrees."""
        block = read_block(text, self.lines.model, row, column)
        if not block.bad:
            self.editor.set_quantities(block.quantities)
            return
        dialog = PasteDialog(block, self.window())
        dialog.accepted.connect(lambda: self.editor.set_quantities(block.quantities))
        open_once(dialog)

    # Header

    def _on_fact(self, key: object) -> None:
        opened = self.editor.opened
        if opened is None:
            return
        if key == PANEL:
            self._open_panel(self.forms.panel, is_open=True)
        else:
            self.wants_page.emit(*page_of(key, opened))

    def _on_preview(self) -> None:
        self.preview_wanted.emit(self.editor.contract_id)

    def _on_import(self) -> None:
        self.import_wanted.emit(self.editor.contract_id)

    def _step_problem(self, by: int) -> None:
        if self._shown_tab is None or not self._shown_tab.step(by):
            self.show_tab(_LINES)
            self.problems.step(by)

    def _turn(self, by: int) -> None:
        if self._shown_tab is not None:
            self._shown_tab.turn(by)

    @property
    def _shown_tab(self) -> ContractTab | None:
        """The tab that is shown; None for the commitments."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, ContractTab) else None

    def _on_facts_wanted(self, field: str) -> None:
        self.show_tab(_FACTS)
        if _FACTS in self._made:
            self._made[_FACTS].focus_field(field)

    def show_tab(self, key: str) -> None:
        """Show the commitments, the delivery, the facts, the papers or the history."""
        if key == _LINES:
            self._stack.setCurrentWidget(self.lines)
        elif key in self._factories:
            self._stack.setCurrentWidget(self._tab(key))
        self.tabs.set_current(key)
        self._show_beside()

    def _show_beside(self) -> None:
        """Show beside the tabs what belongs to the one that is shown."""
        beside = self._shown_tab.beside if self._shown_tab else None
        self._beside_lines.setVisible(beside is None)
        for tab in self._made.values():
            if tab.beside is not None:
                tab.beside.setVisible(tab.beside is beside)
        self._beside_tab.setVisible(beside is not None)
        self._panels.setCurrentWidget(self._panel_of(self._shown_tab))

    def _panel_of(self, tab: ContractTab | None) -> QWidget:
        """The panel that belongs to a tab: its own, or that of the commitments."""
        panel = tab.panel if tab else None
        if panel is not None and self._panels.indexOf(panel) < 0:
            self._panels.addWidget(panel)
        return panel or self.forms.panel

    def _open_panel(self, panel: QWidget, *, is_open: bool) -> None:
        """Open one of the panels with the keyboard in it, or close the panel where it lies over the page."""
        if is_open:
            self._panels.setCurrentWidget(panel)
        self.wants_panel.emit(is_open)

    def _tab(self, key: str) -> ContractTab:
        if key not in self._made:
            tab = self._factories[key]()
            tab.wants_page.connect(self.wants_page)
            tab.wants_toast.connect(self.wants_toast)
            self._made[key] = tab
            self._stack.addWidget(tab)
            tab.wants_panel.connect(lambda is_open: self._open_panel(self._panel_of(tab), is_open=is_open))
            tab.panel_changed.connect(self._show_beside)
            if tab.beside is not None and (row := self._beside_tab.layout()) is not None:
                row.addWidget(tab.beside)
            if self.editor.opened is not None:
                tab.show_contract(self.editor.opened)
        return self._made[key]
