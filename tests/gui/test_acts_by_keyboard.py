"""A sealed act is done by its own button alone: never by a space or Enter in a dialog that has just been opened."""

from __future__ import annotations

import pkgutil
from datetime import date
from importlib import import_module

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPlainTextEdit

import tomsapp.gui
from tests.gui.pages.office import open_office
from tests.gui.places import DIALOGS, DRAFT, SIGNED, _own_action
from tomsapp.domain.delivery.acts import DeliveryActFacts, DeliveryActKind
from tomsapp.domain.seal import ActKind
from tomsapp.domain.tender.acts import TenderActFacts, TenderActKind
from tomsapp.gui.contract.act_dialog import ActDialog, VariationActDialog
from tomsapp.gui.delivery.act_dialog import DeliveryActDialog
from tomsapp.gui.delivery.agreement_dialog import AgreementDialog
from tomsapp.gui.delivery.publish_dialog import PublishDialog
from tomsapp.gui.tenders.act_dialog import TenderActDialog
from tomsapp.gui.tenders.issue_dialog import IssueDialog
from tomsapp.gui.widgets.form_dialog import FormDialog

DAY, ROLE = date(2026, 5, 18), "Head of procurement"
REASON = "As the panel agreed on that day with the officer in charge."
ACTS = {ActDialog, VariationActDialog, DeliveryActDialog, AgreementDialog, PublishDialog, TenderActDialog, IssueDialog}
KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


@pytest.fixture
def office(qtbot, monkeypatch, tmp_path, examples):
    office = open_office(qtbot, monkeypatch, tmp_path)
    office.window.page("start").opener.open(str(examples.copy(tmp_path / "example")))
    return office


@pytest.fixture
def check_nothing(jobs):
    """What would be done is always right: nothing but the keyboard stands in the way."""
    return lambda _said: jobs.run(lambda _progress: [])


def presses(dialog, monkeypatch):
    """Press the keys where the keyboard is when a dialog opens; gives what they did, and what its button did then."""
    done = []
    monkeypatch.setattr(dialog, "accept", lambda: done.append("accepted"))
    monkeypatch.setattr(type(dialog), "meet", lambda *_given: done.append("asked the database"), raising=False)
    dialog.activateWindow()
    QApplication.processEvents()
    field = dialog.focusWidget()
    for key in KEYS:
        QTest.keyClick(field, key)
    by_keys = list(done)
    if isinstance(field, QLineEdit):
        # The space took the place of what stood there.
        field.setText(ROLE)
    dialog.go_button.click()
    return field, by_keys, done


def delivery_act(kind, check_nothing):
    facts = DeliveryActFacts(kind, DAY, ROLE, REASON)
    return DeliveryActDialog(facts, "J01", None, lambda _said: [], None)


def tender_act(kind, check_nothing):
    facts = TenderActFacts(kind, DAY, ROLE, REASON)
    return TenderActDialog(kind.words, ["What it does."], kind.words, facts, check_nothing, None)


def issue(version, check_nothing):
    facts = TenderActFacts(TenderActKind.AMEND, DAY, ROLE, version=version)
    return IssueDialog("T-1", facts, (), (), check_nothing, None)


IN_DELIVERY = [kind for kind in DeliveryActKind if not kind.is_agreement and kind is not DeliveryActKind.PUBLISH]
OF_TENDERS = [kind for kind in TenderActKind if not kind.makes_version]
MADE = [
    *((delivery_act, kind) for kind in IN_DELIVERY),
    *((tender_act, kind) for kind in OF_TENDERS),
    *((issue, version) for version in (1, 2)),
]


@pytest.mark.parametrize(("make", "what"), MADE, ids=lambda part: getattr(part, "__name__", str(part)))
def test_an_act_is_not_done_by_a_key_in_its_dialog_as_it_opens(make, what, check_nothing, qtbot, monkeypatch):
    dialog = make(what, check_nothing)
    qtbot.addWidget(dialog)
    dialog.show()
    field, by_keys, done = presses(dialog, monkeypatch)
    assert isinstance(field, (QLineEdit, QPlainTextEdit))
    assert by_keys == []
    assert done == ["accepted"], "the button itself does it, so the keys could have"


OPENED = {
    "sign": DIALOGS["sign"],
    "close": _own_action(SIGNED, ActKind.CLOSE),
    "withdraw": _own_action(DRAFT, ActKind.WITHDRAW),
    "reopen": DIALOGS["reopen"],
    "publish": DIALOGS["publish"],
    "agree on a shortfall": DIALOGS["agree on a shortfall"],
    "propose a plan": DIALOGS["propose a plan"],
    "open early": DIALOGS["open early"],
}


@pytest.mark.parametrize("name", OPENED)
def test_an_act_that_is_opened_from_its_page_is_not_done_by_a_key(name, office, monkeypatch):
    _opener, act = OPENED[name](office)
    act()
    (dialog,) = [each for each in office.window.findChildren(QDialog) if each.isVisible()]
    assert type(dialog) in ACTS
    before = len(office.session.undo_stop)
    field, by_keys, _done = presses(dialog, monkeypatch)
    assert field is not dialog.go_button
    assert not dialog.go_button.isDefault()
    assert by_keys == []
    assert len(office.session.undo_stop) == before
    dialog.reject()


@pytest.mark.parametrize("dialog", [issue, tender_act])
def test_the_role_of_last_time_is_typed_over(dialog, check_nothing, qtbot):
    kind = 2 if dialog is issue else TenderActKind.FREEZE
    made = dialog(kind, check_nothing)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    QApplication.processEvents()
    assert made.focusWidget().selectedText() == ROLE
    qtbot.keyClicks(made.focusWidget(), "Lead buyer")
    assert made.focusWidget().text() == "Lead buyer"


def test_no_dialog_of_an_act_is_left_out_here():
    """Each dialog of the program that is made from what is said of an act is one of those that are tried."""
    for module in pkgutil.walk_packages(tomsapp.gui.__path__, "tomsapp.gui."):
        import_module(module.name)
    found, todo = set(), [FormDialog]
    while todo:
        kind = todo.pop()
        todo += kind.__subclasses__()
        asked = getattr(vars(kind).get("__init__"), "__annotations__", {}).values()
        if any("ActFacts" in str(each) or "ToPublish" in str(each) for each in asked):
            found.add(kind)
    assert {kind for kind in found if kind.__module__.startswith("tomsapp")} == ACTS
