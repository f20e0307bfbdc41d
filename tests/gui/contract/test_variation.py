"""The window in which a variation is drafted and signed: by keyboard, saved as it is typed, beside others' changes."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui import audit
from tests.gui.contract.conftest import LINES, a_contract
from tests.gui.test_accessibility import complaints, walk_complaints
from tests.services.council import reopen, sign
from tests.services.varied import REASON, sign_variation
from tomsapp.domain.seal import ActKind
from tomsapp.domain.variation import VariationState
from tomsapp.gui.contract.act_dialog import ActDialog, VariationActDialog
from tomsapp.gui.contract.act_timeline import _Entry
from tomsapp.gui.contract.contract_actions import ChosenContract, ContractActions
from tomsapp.gui.contract.figures import Figure, FigureKind
from tomsapp.gui.dialogs.edit_conflict import ConflictChoice
from tomsapp.gui.variation.facts import VariationForm
from tomsapp.gui.variation.line_dialog import LineDialog
from tomsapp.gui.variation.window import VariationWindow, VariationWindows
from tomsapp.gui.widgets.explanation import ExplanationPanel
from tomsapp.services import contracts, databases, sealing, variations

DAY = date(2028, 12, 1)


def opened(d):
    return contracts.open_contract(d.workspace, d.contract_id)


class Bench:
    """A signed contract with the window of its draft."""

    def __init__(self, qtbot, desk):
        self.d = desk(LINES, a_contract())
        self.qtbot = qtbot
        sign(self.d.workspace, opened(self.d), date(2026, 3, 1))
        self.d.page.refresh(None)
        self.window = self.open()

    def open(self):
        begun = variations.begin(self.d.workspace, opened(self.d)).result
        window = VariationWindow(self.d.session, begun.id)
        self.qtbot.addWidget(window)
        window.show()
        return window

    @property
    def held(self):
        """The draft as the database has it."""
        return opened(self.d).draft.record

    def type(self, name, text):
        """Type into a field and leave it."""
        field = self.window.form.field(name)
        control = field.control
        control.setFocus()
        if hasattr(control, "selectAll"):
            control.selectAll()
        QTest.keyClicks(control, text)
        self.window.form.hand_on()

    def row(self, measure):
        model = self.window.lines.model
        for place in range(model.rowCount()):
            line = model.line_at(place)
            if line is not None and line.commitment.measure == measure:
                return place
        raise AssertionError(measure)

    def cell(self, measure, year):
        self.window.lines.table.setFocus()
        self.window.lines.table.go_to(self.row(measure), 2 + year)

    def enter(self, measure, year, text):
        self.cell(measure, year)
        table = self.window.lines.table
        QTest.keyClicks(table, text)
        QTest.keyClick(QApplication.focusWidget() or table, Qt.Key.Key_Return)

    def fill(self):
        """A draft that can be signed."""
        self.type("effective_on", "1 December 2028")
        self.type("new_end_on", "30 November 2030")
        self.type("new_value", "4600000")
        self.type("reason", REASON)


@pytest.fixture
def bench(qtbot, desk):
    return Bench(qtbot, desk)


def test_what_is_typed_is_saved_at_once_and_the_contract_stays(bench):
    before = opened(bench.d).stored
    bench.fill()
    held = bench.held
    assert (held.effective_on, held.new_end_on, held.new_value) == (DAY, date(2030, 11, 30), Decimal(4600000))
    assert held.reason == REASON
    assert opened(bench.d).stored == before
    assert "Draft saved" in bench.window._state.text()
    assert [year.label for year in bench.window.lines.model.years][-1] == "2029/30", "the grid has the year it adds"
    bench.enter("J11", 3, "6")
    (line,) = bench.held.lines
    assert tuple(map(str, line.line.quantities)) == ("5", "5", "5", "6")


def test_the_draft_survives_a_restart_with_what_cannot_be_a_quantity(bench):
    bench.fill()
    bench.enter("J11", 1, "lots")
    bench.window.close()
    again = bench.open()
    assert again.form.field("new_value").text == "4,600,000.00"
    assert again.editor.is_held
    bench.window = again
    again.sign()
    assert "Put right what the table marks" in again.note.accessibleName() or again.note.isVisible()


def test_what_it_does_stands_beside_what_is_now(bench):
    bench.fill()
    texts = [label.text() for label in bench.window.effect.findChildren(type(bench.window._about))]
    assert {"£4,200,000.00", "£4,600,000.00", "30 November 2029", "30 November 2030", "4 years"} <= set(texts)
    assert any("Contract value £4,600,000.00, was £4,200,000.00" in text for text in texts)
    names = [label.accessibleName() for label in bench.window.effect.findChildren(type(bench.window._about))]
    assert "Contract value: now £4,200,000.00, with the variation £4,600,000.00" in names


def test_a_line_is_ended_left_and_added(bench):
    bench.fill()
    bench.cell("V01", 0)
    bench.window.lines.end_button.click()
    (line,) = bench.held.lines
    assert (line.is_ended, tuple(map(str, line.line.quantities))) == (True, ("5000", "5000", "0", "0"))
    assert not bench.window.lines.end_button.isEnabled()
    bench.window.lines.leave_button.click()
    assert bench.held.lines == ()
    bench.window.editor.add_measures(["S02"])
    (line,) = bench.held.lines
    assert line.is_added
    bench.cell("S02", 0)
    assert bench.window.lines.leave_button.text() == "Take out"
    QTest.keyClick(bench.window.lines.table, Qt.Key.Key_Delete)
    assert bench.held.lines == ()


def test_details_of_a_line_are_part_of_the_draft(bench):
    bench.cell("J11", 0)
    bench.window.lines.details_button.click()
    dialog = bench.window.findChild(LineDialog)
    dialog.fields.facts["statement"].set_typed("Otherwise than before")
    dialog.save()
    (line,) = bench.held.lines
    assert line.line.statement == "Otherwise than before"
    assert line.line.quantities == tuple(map(Decimal, (5, 5, 5)))


def test_what_is_missing_is_said_at_its_field(bench):
    bench.window.sign()
    form = bench.window.form
    assert form.field("reason").error.startswith("The reason says too little")
    assert form.field("new_end_on").error.startswith("Variation 1 changes nothing")
    assert bench.window.findChild(VariationActDialog) is None


def test_it_is_signed_by_keyboard_alone(bench):
    bench.fill()
    told = []
    bench.window.signed.connect(told.append)
    bench.window.activateWindow()
    bench.window.sign()
    dialog = bench.window.findChild(VariationActDialog)
    assert not dialog.reason.isVisible()
    assert dialog.shortfall.isVisible(), "short of a rule it asks for a reason of its own"
    dialog.role.set_text("Procurement lead")
    dialog._on_go()
    assert dialog.shortfall.error.startswith("It is short of")
    dialog.shortfall.set_text("The director allowed it for this contract")
    dialog._on_go()
    now = opened(bench.d)
    assert (now.contract.value, now.badge) == (Decimal(4600000), "Signed, varied once")
    assert told == ["Variation 1 of C-2026-004 signed"]
    assert not bench.window.isVisible()
    assert bench.d.page.header.badge.accessibleName() == "Signed, varied once"
    assert bench.d.session.undo_stop.startswith("Variation 1 signed on")


def asked_to_sign(bench):
    """The dialog in which all is said that signing needs."""
    bench.fill()
    bench.window.sign()
    dialog = bench.window.findChild(VariationActDialog)
    dialog.role.set_text("Procurement lead")
    dialog.shortfall.set_text("The director allowed it for this contract")
    return dialog


def colleague(bench):
    return databases.open_workspace(bench.d.path, bench.d.workspace.catalogue, "B. Lee", is_known=True)


def test_what_a_colleague_changed_after_it_was_saved_is_not_saved_over(bench):
    bench.fill()
    other = colleague(bench)
    begun = contracts.open_contract(other, bench.d.contract_id).draft
    variations.save(other, bench.d.contract_id, begun, replace(begun.record, new_value=Decimal(5000000)))
    bench.d.session.follow()
    assert bench.window.form.field("new_value").text == "5,000,000.00"
    bench.type("reason", f"{REASON}, and for more money")
    assert (bench.held.new_value, bench.held.reason) == (Decimal(5000000), f"{REASON}, and for more money")
    other.close()


def test_what_was_said_stays_where_a_colleague_saved_the_draft_and_is_signed_after_another_look(bench):
    dialog, other = asked_to_sign(bench), colleague(bench)
    begun = contracts.open_contract(other, bench.d.contract_id).draft
    why = f"{REASON}, and for more money"
    variations.save(other, bench.d.contract_id, begun, replace(begun.record, new_value=Decimal(5000000), reason=why))
    dialog._on_go()
    assert dialog.isVisible()
    assert dialog.trouble.accessibleName().startswith("Warning: Nothing was saved. ")
    assert "B. Lee" in dialog.trouble.accessibleName()
    assert (dialog.role.text, dialog.shortfall.text) == (
        "Procurement lead",
        "The director allowed it for this contract",
    )
    assert opened(bench.d).draft is not None
    assert bench.window.form.field("new_value").text == "5,000,000.00", "the draft is read again behind it"
    dialog._on_go()
    now = opened(bench.d)
    assert (now.contract.value, now.badge) == (Decimal(5000000), "Signed, varied once")
    assert now.acts[-1].reason.startswith(why)
    assert not dialog.isVisible()
    assert not bench.window.isVisible()
    other.close()


def test_a_draft_that_cannot_be_signed_any_more_is_told_in_the_dialog(bench):
    dialog, other = asked_to_sign(bench), colleague(bench)
    begun = contracts.open_contract(other, bench.d.contract_id).draft
    variations.save(other, bench.d.contract_id, begun, replace(begun.record, new_end_on=date(2020, 1, 1)))
    dialog._on_go()
    dialog._on_go()
    assert dialog.isVisible()
    assert bench.window.isVisible()
    assert "Nothing was saved. 1 January 2020 is before the start date" in dialog.trouble.accessibleName()
    assert opened(bench.d).draft is not None
    other.close()


def test_a_draft_that_somebody_signed_meanwhile_closes_the_dialog_too(bench):
    dialog, other = asked_to_sign(bench), colleague(bench)
    told = []
    bench.window.signed.connect(told.append)
    sign_variation(other, bench.d.contract_id)
    dialog._on_go()
    assert told == ["Variation 1 was signed by B. Lee"]
    assert not dialog.isVisible()
    assert not bench.window.isVisible()
    other.close()


def test_others_who_change_something_else_are_told_and_both_stay(bench):
    other = databases.open_workspace(bench.d.path, bench.d.workspace.catalogue, "B. Lee", is_known=True)
    begun = contracts.open_contract(other, bench.d.contract_id).draft
    variations.save(other, bench.d.contract_id, begun, replace(begun.record, new_value=Decimal(5000000)))
    bench.type("reason", REASON)
    assert (bench.held.reason, bench.held.new_value) == (REASON, Decimal(5000000))
    assert bench.window.note.isVisible()
    assert bench.window.form.field("new_value").text == "5,000,000.00"
    other.close()


@pytest.mark.parametrize("choice", [ConflictChoice.MINE, ConflictChoice.THEIRS])
def test_who_changes_the_same_is_asked_and_nothing_is_lost(bench, monkeypatch, choice):
    shown = []

    def asked(_parent, error, mine, fields):
        shown.append([field.text(mine) for field in fields])
        return choice

    monkeypatch.setattr("tomsapp.gui.variation.window.resolve_conflict", asked)
    other = databases.open_workspace(bench.d.path, bench.d.workspace.catalogue, "B. Lee", is_known=True)
    begun = contracts.open_contract(other, bench.d.contract_id).draft
    variations.save(other, bench.d.contract_id, begun, replace(begun.record, new_value=Decimal(5000000)))
    bench.type("new_value", "4600000")
    assert "£4,600,000.00" in shown[0]
    wanted = Decimal(4600000) if choice is ConflictChoice.MINE else Decimal(5000000)
    assert bench.held.new_value == wanted
    assert bench.window.editor.variation.new_value == wanted
    other.close()


def test_a_draft_that_somebody_signed_closes_and_says_so(bench):
    bench.fill()
    told = []
    bench.window.signed.connect(told.append)
    other = databases.open_workspace(bench.d.path, bench.d.workspace.catalogue, "B. Lee", is_known=True)
    sign_variation(other, bench.d.contract_id)
    bench.d.session.follow()
    assert told == ["Variation 1 was signed by B. Lee"]
    assert not bench.window.isVisible()
    other.close()


def test_the_draft_is_deleted_once_it_was_asked(bench, monkeypatch):
    monkeypatch.setattr("tomsapp.gui.variation.window.ask_first", lambda *_words: True)
    bench.window.delete()
    assert opened(bench.d).draft is None
    assert not bench.window.isVisible()
    bench.d.session.undo()
    assert opened(bench.d).draft is not None


def test_undo_in_the_window_takes_an_edit_back(bench):
    bench.fill()
    bench.d.session.undo()
    assert bench.held.reason == ""
    assert bench.window.form.field("reason").text == ""


@pytest.mark.parametrize("size", [(1366, 768), (1280, 680)])
def test_the_window_can_be_used_by_keyboard_and_screen_reader(bench, size):
    bench.fill()
    bench.window.resize(*size)
    audit.settle()
    found = complaints(bench.window)
    if size[0] == 1366:
        # The ring of the focus is the application's, which is not here.
        found += [each for each in walk_complaints(bench.window) if "focus does not show" not in each]
    assert not found, "\n".join(found)


def test_a_figure_is_explained_with_the_variation(bench):
    bench.fill()
    bench.window.lines.table.figure_chosen.emit(Figure(FigureKind.TOTAL))
    panel = bench.window.findChild(ExplanationPanel)
    assert panel.explanation is not None
    total = bench.window.editor.one.varied.checked.valuation.social_value
    assert f"£{total:,.2f}" in panel.explanation.as_text()


def test_what_is_still_in_a_field_goes_to_no_other_database(bench):
    bench.window.form.field("new_value").control.setFocus()
    QTest.keyClicks(bench.window.form.field("new_value").control, "77")
    bench.d.session.set_workspace(None)
    assert not bench.window.isVisible()
    bench.d.workspace = databases.open_workspace(bench.d.path, bench.d.session.catalogue, "A. Okafor", is_known=True)
    assert bench.held.new_value is None


def test_escape_keeps_what_was_typed_last(bench):
    bench.window.form.field("new_value").control.setFocus()
    QTest.keyClicks(bench.window.form.field("new_value").control, "4600000")
    QTest.keyClick(bench.window, Qt.Key.Key_Escape)
    assert bench.held.new_value == Decimal(4600000)


# From the contract's page


def actions_of(d):
    page = opened(d)
    chosen = ChosenContract(d.contract_id, page.contract.reference, page.contract.status, len(page.commitments))
    return ContractActions(d.session, lambda: chosen, d.page)


def test_vary_is_among_the_acts_of_a_signed_contract_and_opens_its_draft(bench):
    actions, windows = actions_of(bench.d), VariationWindows(bench.d.session, bench.d.page)
    actions.variation_wanted.connect(windows.open)
    vary = actions.sealed[ActKind.VARY]
    assert (vary.text(), vary.isEnabled()) == ("Vary contract…", True)
    vary.trigger()
    first = windows.shown
    assert first.editor.variation == bench.held
    vary.trigger()
    assert windows.shown is not first
    windows.shown.close()
    assert windows.shown is None


def test_the_page_lists_each_variation_and_the_draft(bench):
    bench.fill()
    sign_variation(bench.d.workspace, bench.d.contract_id)
    variations.begin(bench.d.workspace, opened(bench.d))
    bench.d.page.refresh(None)
    names = [entry.accessibleName() for entry in bench.d.page.forms.panel.acts.findChildren(_Entry)]
    assert any("Variation 1. Varied by A. Okafor" in name and REASON in name for name in names)
    assert any("Variation 2 is a draft. Last saved by A. Okafor" in name for name in names)
    wanted = []
    bench.d.page.forms.panel.acts.draft_wanted.connect(lambda: wanted.append(1))
    draft = next(e for e in bench.d.page.forms.panel.acts.findChildren(_Entry) if "draft" in e.accessibleName())
    draft.click()
    assert wanted == [1]


def test_side_by_side_shows_each_stage_with_its_number_and_date(bench):
    bench.fill()
    bench.enter("J11", 3, "6")
    sign_variation(bench.d.workspace, bench.d.contract_id)
    bench.d.page.refresh(None)
    sealed = bench.d.page.sealed
    assert bench.d.page.menu_words.startswith("Shown: as varied")
    QTest.mouseClick(sealed.switch._group.button(1), Qt.MouseButton.LeftButton)
    today = sealed.today
    texts = [label.text() for label in today.stages.findChildren(type(today.total))]
    assert {"£4,200,000.00", "£4,600,000.00", "30 November 2029", "30 November 2030"} <= set(texts)
    assert any(text.startswith("Variation 1, ") for text in texts)
    assert not today.table.isColumnHidden(3)
    first = today.model.row_object(0)
    assert (first.code, first.reason) == ("J11", "Variation 1: was 5, 5, 5")
    assert "as varied" in today.total.text()


def test_reopening_says_that_it_takes_back_the_variation_alone(bench):
    bench.fill()
    sign_variation(bench.d.workspace, bench.d.contract_id)
    page = opened(bench.d)
    dialog = ActDialog(page, sealing.proposed(bench.d.workspace, page, ActKind.REOPEN), None)
    bench.qtbot.addWidget(dialog)
    assert "Takes back only the variation signed on" in dialog._says
    reopen(bench.d.workspace, bench.d.contract_id)
    page = opened(bench.d)
    assert page.draft.record.state is VariationState.DRAFT
    assert page.contract.value == Decimal(4200000)


def test_the_facts_stand_in_two_columns_where_four_would_cut_a_day(qtbot):
    form = VariationForm()
    qtbot.addWidget(form)
    form.resize(900, 300)
    form.show()
    names = ("effective_on", "new_end_on", "new_value", "new_value_with_vat")
    assert len({form.field(name).y() for name in names}) == 1
    form.resize(520, 500)
    QApplication.processEvents()
    assert len({form.field(name).y() for name in names}) == 2
    assert form.field("effective_on").control.width() > 150
