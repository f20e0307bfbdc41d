"""The form that is made from the facts of a record: what is typed, checked, drafted, and what others changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import Enum

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tomsapp.domain.commitment import COMMITMENT, Commitment
from tomsapp.domain.facts import Fact, FactKind
from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.domain.record_type import RecordType
from tomsapp.domain.supplier import SUPPLIER, Supplier, SupplierKind
from tomsapp.gui.records.fact_field import field_of
from tomsapp.gui.records.form_draft import FormDraft, Typed
from tomsapp.gui.records.record_form import News, RecordForm
from tomsapp.gui.widgets.fields import ChoiceField, DateField, LineField, TextField, TickField

LANTERN = Supplier("Lantern CIC", SupplierKind.VCFSE, notes="Pays in May")


class Pace(Enum):
    SLOW = "slow"
    FAST = "fast"

    @property
    def words(self):
        return self.value.capitalize()

    @property
    def meaning(self):
        return "in no hurry" if self is Pace.SLOW else ""


@pytest.fixture
def form(qtbot):
    form = RecordForm(SUPPLIER)
    qtbot.addWidget(form)
    form.show_record(LANTERN, 3)
    form.show()
    return form


@pytest.mark.parametrize(
    ("kind", "field", "value", "typed"),
    [
        (FactKind.LINE, LineField, "Books", "Books"),
        (FactKind.LONG, TextField, "One\nTwo", "One\nTwo"),
        (FactKind.LINK, LineField, "Lantern CIC", "Lantern CIC"),
        (FactKind.POUNDS, LineField, Decimal("1250.50"), "1,250.50"),
        (FactKind.QUANTITY, LineField, Decimal("12.5"), "12.5"),
        (FactKind.SHARE, LineField, Decimal("0.25"), "25%"),
        (FactKind.DAY, DateField, date(2026, 4, 1), "1 April 2026"),
        (FactKind.CHOICE, ChoiceField, Pace.FAST, "fast"),
        (FactKind.YES_NO, TickField, True, True),
    ],
)
def test_each_kind_of_fact_has_its_field_and_its_value_comes_back_from_a_draft(qtbot, kind, field, value, typed):
    made = field_of(Fact("pace", "Pace", kind, choices=Pace if kind is FactKind.CHOICE else None))
    qtbot.addWidget(made.field)
    assert type(made.field) is field
    made.show(value)
    assert (made.typed(), made.read()) == (typed, value)
    made.show(False if kind is FactKind.YES_NO else None)
    assert made.typed() in ("", None, False)
    made.set_typed(typed)
    assert made.read() == value


def test_a_choice_says_what_it_means_where_that_is_not_plain(qtbot):
    made = field_of(Fact("pace", "Pace", FactKind.CHOICE, choices=Pace))
    qtbot.addWidget(made.field)
    assert [made.field.combo.itemText(place) for place in (0, 1)] == ["Slow: in no hurry", "Fast"]


def test_facts_that_are_not_typed_have_no_field(qtbot):
    kind = RecordType(
        "supplier",
        "supplier",
        "suppliers",
        Supplier,
        (Fact("name", "Name"), Fact("notes", "Notes", is_typed=False)),
        lambda one: one.name,
    )
    form = RecordForm(kind)
    qtbot.addWidget(form)
    assert list(form.facts) == ["name"]


def test_showing_a_record_is_no_edit_and_typing_is(form, qtbot):
    with qtbot.assertNotEmitted(form.edited):
        form.show_record(LANTERN, 3)
    assert not form.is_changed
    with qtbot.waitSignal(form.edited):
        QTest.keyClicks(form.field("name").control, "x")
    assert form.draft() == FormDraft(3, {"name": Typed("Lantern CICx", "Lantern CIC")})
    QTest.keyClick(form.field("name").control, "\b")
    assert not form.is_changed, "what was typed back is no change"


def test_only_what_was_changed_is_read_so_that_nothing_else_is_put_back(form):
    form.field("name").set_text("Lantern Trust")
    theirs = replace(LANTERN, notes="Pays in June")
    assert form.read(theirs) == replace(theirs, name="Lantern Trust")
    assert form.glance(theirs) == replace(theirs, name="Lantern Trust")


def test_all_fields_of_a_new_record_are_read(form):
    form.show_record(LANTERN)
    assert form.read(Supplier("")) == LANTERN


def test_what_is_wrong_stands_under_its_field_when_the_keyboard_leaves_it(form):
    form.field("contact_email").set_text("nobody")
    form.field("contact_email").left.emit()
    assert form.field("contact_email").error == "", "it was not typed by the user"
    form.field("contact_email").edited.emit()
    form.field("contact_email").left.emit()
    assert "has no @" in form.field("contact_email").error
    assert form.read(LANTERN) is None
    assert form.glance(LANTERN) is None
    form.focus_first_problem()
    assert form.field("contact_email").control.hasFocus()


def test_an_empty_field_is_said_only_when_somebody_saves(form):
    form.field("name").set_text("")
    form.field("name").edited.emit()
    form.field("name").left.emit()
    assert form.field("name").error == ""
    assert form.read(LANTERN) is None
    assert form.field("name").error == SUPPLIER.fact("name").needed
    form.clear_errors()
    assert form.field("name").error == ""


def test_problems_stand_under_their_fields_and_others_under_the_first(form):
    def problem(field, message):
        return Problem("wrong", Severity.ERROR, message, "Mend it", Where(field=field))

    form.show_problems([problem("notes", "Too dull"), problem("quantities", "Too few"), problem("notes", "Too long")])
    assert form.field("notes").error == "Too dull. Mend it"
    assert form.field("name").error == "Too few. Mend it"


def test_what_is_wrong_with_two_facts_goes_when_either_is_put_right(qtbot):
    kind = replace(SUPPLIER, checks=(_needs_a_name_for_its_address,))
    form = RecordForm(kind)
    qtbot.addWidget(form)
    wrong = replace(LANTERN, contact_email="a@b.uk")
    form.show_record(wrong, 3)
    other = Problem("name-taken", Severity.ERROR, "Another has it", "Choose", Where(field="name"))
    form.show_problems([*kind.problems(wrong), other])
    assert form.field("contact_email").error == "Nobody has it. Enter whose it is"

    def put(name, text):
        form.field(name).set_text(text)
        form.field(name).edited.emit()
        form.field(name).left.emit()

    put("notes", "Pays in June")
    assert form.field("contact_email").error == "Nobody has it. Enter whose it is"
    put("contact_name", "J. Doyle")
    assert form.field("contact_email").error == ""
    assert form.field("name").error == "Another has it. Choose", "what the database found is not known to be over"


def _needs_a_name_for_its_address(supplier):
    if supplier.contact_email and not supplier.contact_name:
        yield Problem("nobody", Severity.ERROR, "Nobody has it", "Enter whose it is", Where(field="contact_email"))


def test_enter_saves_from_every_field_but_begins_another_line_where_there_are_several(form, qtbot):
    told = []
    form.save_wanted.connect(lambda: told.append(True))
    for name in ("name", "kind", "contact_email"):
        qtbot.keyClick(form.field(name).control, Qt.Key.Key_Return)
    assert len(told) == 3
    qtbot.keyClick(form.field("notes").control, Qt.Key.Key_Return)
    assert len(told) == 3
    qtbot.keyClick(form.field("notes").control, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(told) == 4


def test_what_a_value_means_is_said_when_it_is_shown_and_not_only_when_it_is_typed(qtbot):
    form = RecordForm(COMMITMENT, facts=[COMMITMENT.fact("contract_share"), COMMITMENT.fact("cost")])
    qtbot.addWidget(form)
    form.show_record(Commitment("1", "S08", contract_share=Decimal("0.25"), cost=Decimal(400)))
    assert form.field("contract_share").said.text == "25% of it is this contract’s"
    assert form.field("cost").said is None, "it stands there in these words already"


def test_news_are_shown_around_what_is_being_typed(form):
    form.field("notes").set_text("Mine")
    theirs = replace(LANTERN, name="Lantern Trust", is_local=True)
    assert form.take_news(theirs, 4) == News([], ["name", "is_local"])
    assert (form.field("name").text, form.field("notes").text, form.version) == ("Lantern Trust", "Mine", 4)
    assert form.read(theirs) == replace(theirs, notes="Mine")
    assert form.clashes == []


def test_a_fact_that_both_changed_keeps_the_version_that_it_was_typed_on(form):
    form.field("notes").set_text("Mine")
    theirs = replace(LANTERN, notes="Theirs")
    assert form.take_news(theirs, 4) == News(["notes"], [])
    assert (form.field("notes").text, form.version, form.clashes) == ("Mine", 3, ["notes"])
    assert form.draft() == FormDraft(3, {"notes": Typed("Mine", "Pays in May")})
    form.put_over(theirs, 4)
    assert (form.version, form.clashes) == (4, [])
    assert form.draft() == FormDraft(4, {"notes": Typed("Mine", "Theirs")})


def test_the_same_change_by_both_is_no_clash(form):
    form.field("notes").set_text("Pays in June")
    assert form.take_news(replace(LANTERN, notes="Pays in June"), 4).clashes == []
    assert not form.is_changed


@pytest.mark.parametrize(("name", "place"), [("name", 7), ("notes", 4)])
def test_somebody_who_is_typing_types_on_where_the_cursor_stands(form, name, place):
    control = form.field(name).control
    control.setFocus()
    QTest.keyClicks(control, "!")
    if name == "name":
        control.setCursorPosition(place)
    else:
        cursor = control.textCursor()
        cursor.setPosition(place)
        control.setTextCursor(cursor)
    form.take_news(replace(LANTERN, registration="0123"), 4)
    QTest.keyClicks(control, "?")
    assert form.field(name).text.find("?") == place


def test_what_was_typed_while_it_was_being_saved_stays(form):
    form.field("notes").set_text("First")
    sent = form.typed()
    form.field("notes").set_text("Second")
    form.show_saved(replace(LANTERN, notes="First"), 4, sent)
    assert form.draft() == FormDraft(4, {"notes": Typed("Second", "First")})


def test_a_draft_of_facts_that_are_no_more_is_left_out(form):
    assert form.take_draft(FormDraft(3, {"fax": Typed("1", ""), "name": Typed("Mine", "Lantern CIC")})) == []
    assert form.field("name").text == "Mine"


def test_the_keyboard_goes_to_the_field_of_a_fact(form):
    form.focus_field("notes")
    assert form.field("notes").control.hasFocus()
    form.focus_field("fax")
    assert form.field("notes").control.hasFocus()
