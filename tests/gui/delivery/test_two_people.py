"""Two people at the same record, in each form of the tab: the second is told, and nothing that was typed is lost."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.delivery.test_audit import audit, conclude, draw  # noqa: F401 - the first is a fixture
from tests.gui.delivery.test_money import GIVEN, fill, money, told  # noqa: F401 - one is a fixture
from tests.gui.delivery.test_people import LINES, add, people
from tests.services.deliveries import Q1, Q2, accept, said
from tomsapp.domain.delivery.acts import DeliveryActKind
from tomsapp.domain.delivery.people import DeliveryPerson
from tomsapp.gui.dialogs.edit_conflict import ConflictChoice
from tomsapp.gui.records import record_dialog
from tomsapp.services import audit as audits
from tomsapp.services import delivery_decisions, delivery_people
from tomsapp.services.delivery_agreements import agree
from tomsapp.services.delivery_claims import remove_claims, save_claim
from tomsapp.services.delivery_plan_acts import seal_plan
from tomsapp.services.failures import StoreError
from tomsapp.services.money import add_money, change_money, take_out_money

K = DeliveryActKind
TODAY = date(2026, 10, 5)
WHY = "The log of the schools shows no more"
BOTH_SIDES = {"supplier_by": "J. Smith", "supplier_on": TODAY, "cause": "Left after five weeks"}


@pytest.fixture(autouse=True)
def day(monkeypatch):
    monkeypatch.setattr("tomsapp.services.delivery_acts.today", lambda: TODAY)


@contextmanager
def a_colleague(d):
    """B. Singh does something; the window has not heard of it."""
    d.workspace.who = "B. Singh"
    yield d.opened
    d.workspace.who = "A. Okafor"


@pytest.fixture
def choose(monkeypatch):
    """Answers which of two versions is kept, and keeps what was shown."""
    shown = []

    def answer(choice):
        def resolve(_parent, error, mine, fields):
            shown.append([(field.caption, field.text(error.theirs.record), field.text(mine)) for field in fields])
            return choice

        monkeypatch.setattr(record_dialog, "resolve_conflict", resolve)
        return shown

    return answer


# Records with two versions


def changed_money(d):
    add_money(d.workspace, d.opened, GIVEN, TODAY)
    d.session.changed.emit(())
    d.page.refresh(None)
    section = d.money
    section.table.setFocus()
    section.table.setCurrentIndex(section.table.model().index(0, 0))
    section.change()
    fill(section.dialog.form, amount="99.99")
    with a_colleague(d) as opened:
        change_money(d.workspace, opened, opened.ledger[0], replace(GIVEN, receipt="R-200"), TODAY)
    section.dialog.go_button.click()
    return section.dialog


def test_money_that_a_colleague_changed_is_saved_over_theirs_with_what_they_changed(money, choose):  # noqa: F811
    shown = choose(ConflictChoice.MINE)
    dialog = changed_money(money)
    assert not dialog.isVisible()
    assert ("Receipt", "R-200", "R-200") in shown[0]
    (entry,) = money.opened.ledger
    assert (entry.record.amount, entry.record.receipt) == (Decimal("99.99"), "R-200")


def test_money_is_left_as_the_colleague_saved_it(money, choose):  # noqa: F811
    choose(ConflictChoice.THEIRS)
    dialog = changed_money(money)
    assert not dialog.isVisible()
    (entry,) = money.opened.ledger
    assert (entry.record.amount, entry.record.receipt) == (GIVEN.amount, "R-200")
    assert "R-200" in [
        money.money.table.model().index(0, n).data() for n in range(money.money.table.model().columnCount())
    ]


def test_what_was_typed_stays_where_nothing_is_chosen_yet(money, choose):  # noqa: F811
    choose(ConflictChoice.CANCEL)
    dialog = changed_money(money)
    assert dialog.isVisible()
    assert dialog.form.field("amount").text == "99.99"


def test_money_that_a_colleague_took_out_is_told(money, choose):  # noqa: F811
    add_money(money.workspace, money.opened, GIVEN, TODAY)
    money.page.refresh(None)
    section = money.money
    section.table.setCurrentIndex(section.table.model().index(0, 0))
    section.change()
    fill(section.dialog.form, amount="99.99")
    with a_colleague(money) as opened:
        take_out_money(money.workspace, opened, opened.ledger[0])
    shown = choose(ConflictChoice.CANCEL)
    section.dialog.go_button.click()
    assert section.dialog.isVisible()
    assert shown or "B. Singh deleted" in section.dialog.trouble.text.text()
    assert section.dialog.form.field("amount").text == "99.99"


def test_a_person_number_that_a_colleague_changed_is_shown_in_both_versions(desk, choose):
    d = desk(LINES)
    d.enter(d.claim("J01", Q1, "2", new=Decimal(2)))
    d.open()
    d.cell("J01", 1)
    QTest.keyClick(d.table, Qt.Key.Key_Return)
    add(d, "P-001")
    people(d).rows[0].change.click()
    dialog = people(d).dialog
    fill(dialog.form, ended_on="30 June 2026")
    with a_colleague(d) as opened:
        (claim,) = opened.deliveries
        (held,) = opened.people[claim.id]
        later = replace(held.record, began_on=date(2026, 5, 1))
        delivery_people.save_people(d.workspace, opened, claim, [(held, later)])
    choose(ConflictChoice.MINE)
    dialog.go_button.click()
    (now,) = next(iter(d.opened.people.values()))
    assert (now.record.began_on, now.record.ended_on) == (date(2026, 5, 1), date(2026, 6, 30))


def test_a_conclusion_that_a_colleague_came_to_is_shown_in_both_versions(audit, choose):  # noqa: F811
    draw(audit)
    dialog = conclude(audit)
    fill(dialog.form, found="1", notes="The log shows one hour alone")
    with a_colleague(audit) as opened:
        drawn = opened.samples[0].drawn[0]
        audits.conclude(audit.workspace, opened, drawn, drawn.item.record.units)
    shown = choose(ConflictChoice.MINE)
    dialog.go_button.click()
    assert shown
    assert not dialog.isVisible()
    item = audit.opened.samples[0].drawn[0].item.record
    assert (item.found, item.notes) == (Decimal(1), "The log shows one hour alone")


# Acts, of which there is one version


@pytest.fixture
def claimed(desk):
    """A claim of 30 hours that P. Officer entered, open in the panel, and 60 that were due."""
    d = desk(until=TODAY)
    d.workspace.who = "P. Officer"
    d.enter(d.claim("V04", Q1, "30"))
    d.workspace.who = "A. Okafor"
    d.open()
    d.cell("V04", 1)
    QTest.keyClick(d.table, Qt.Key.Key_Return)
    return d


def is_told(dialog, *words):
    said = dialog.trouble.text.text()
    return (
        dialog.isVisible()
        and dialog.trouble.isVisible()
        and all(each in said for each in ("Nothing was saved", *words))
    )


def test_a_rejection_stays_typed_where_a_colleague_saved_the_claim_and_is_done_after_another_look(claimed):
    d = claimed
    d.tab.side.decisions.further[K.REJECT].click()
    dialog = d.tab.side.decisions.dialog
    fill_texts(dialog, quantity="10", reason=WHY)
    with a_colleague(d) as opened:
        (held,) = opened.deliveries
        save_claim(d.workspace, opened, held, replace(held.record, claimed=Decimal(28), evidenced=Decimal(28)))
    dialog.go_button.click()
    assert is_told(dialog, "B. Singh saved", "look at it")
    assert (dialog.quantity.text, dialog.reason.text) == ("10", WHY)
    dialog.go_button.click()
    assert not dialog.isVisible()
    (now,) = d.opened.deliveries
    assert (now.record.claimed, now.record.rejected) == (28, 10)


def test_an_acceptance_that_a_colleague_gave_first_is_not_given_twice(claimed):
    d = claimed
    d.tab.side.decisions.ask(K.ACCEPT)
    dialog = d.tab.side.decisions.dialog
    fill_texts(dialog, quantity="20", reason=WHY)
    with a_colleague(d) as opened:
        facts = said(K.ACCEPT, delivery=opened.deliveries[0].id, quantity=Decimal(30), done_on=TODAY)
        delivery_decisions.decide(d.workspace, opened, [facts], TODAY)
    dialog.go_button.click()
    assert is_told(dialog, "B. Singh")
    dialog.go_button.click()
    assert dialog.isVisible()
    assert dialog.quantity.error
    assert dialog.reason.text == WHY
    (now,) = d.opened.deliveries
    assert now.record.accepted == 30


def test_a_claim_that_a_colleague_took_out_is_told(claimed):
    d = claimed
    d.tab.side.decisions.further[K.REJECT].click()
    dialog = d.tab.side.decisions.dialog
    fill_texts(dialog, reason=WHY)
    with a_colleague(d) as opened:
        remove_claims(d.workspace, opened, opened.deliveries)
    dialog.go_button.click()
    assert is_told(dialog)
    assert dialog.reason.text == WHY


def test_an_agreement_stays_typed_where_a_colleague_agreed_first(claimed):
    d = claimed
    accept(d.workspace, d.made, *d.opened.deliveries)
    d.page.refresh(None)
    d.cell("V04", 2)
    QTest.keyClick(d.table, Qt.Key.Key_Return)
    shortfalls = d.tab.side.shortfalls
    shortfalls.agree_button.click()
    dialog = shortfalls.dialog
    dialog.kind.buttons[-1].click()
    fill_texts(dialog, cause="The school closed", supplier_by="J. Hartwell", supplier_on="2 October 2026")
    with a_colleague(d) as opened:
        terms = {"commitment": d.lines["V04"].record.key, "quarter": Q2, **BOTH_SIDES}
        agree(d.workspace, opened, said(K.LEAVE_OPEN, **terms), TODAY)
    dialog.go_button.click()
    assert is_told(dialog)
    assert (dialog.cause.text, dialog.supplier_by.text) == ("The school closed", "J. Hartwell")


def test_a_plan_that_a_colleague_proposed_first_is_told(claimed):
    d = claimed
    d.delivery.show_section("plan")
    bar = d.delivery.current.bar
    bar.ask(K.PROPOSE_PLAN)
    dialog = bar.dialog
    fill_texts(dialog, reason=WHY)
    with a_colleague(d) as opened:
        seal_plan(d.workspace, opened, said(K.PROPOSE_PLAN), TODAY)
    dialog.go_button.click()
    assert is_told(dialog)
    assert dialog.reason.text == WHY


def test_files_that_cannot_be_kept_are_still_chosen(claimed, monkeypatch):
    """Where one of several cannot be attached none is, and the dialog has all of them still."""
    d = claimed
    evidence = d.tab.side.evidence
    evidence.add_reference()
    dialog = evidence.dialog
    fill(dialog.form, name="Register of volunteers", reference="At the school, folder 7")

    def full(*_given):
        raise StoreError("The disk is full", "Make room, then try again")

    monkeypatch.setattr("tomsapp.gui.delivery.evidence_list.attach_all", full)
    dialog.go_button.click()
    assert is_told(dialog, "The disk is full")
    assert dialog.form.field("reference").text == "At the school, folder 7"
    monkeypatch.undo()
    dialog.go_button.click()
    assert not dialog.isVisible()
    (piece,) = d.opened.evidence
    assert piece.evidence.record.name == "Register of volunteers"


def test_pasted_numbers_stay_where_they_could_not_be_saved(desk, monkeypatch):
    d = desk(LINES)
    d.enter(d.claim("J01", Q1, "2", new=Decimal(2)))
    d.open()
    d.cell("J01", 1)
    QTest.keyClick(d.table, Qt.Key.Key_Return)
    people(d).paste()
    dialog = people(d).dialog
    dialog.given.set_text("P-001\t20 April 2026\t\tNew\nP-002\t20 April 2026\t\tNew")
    with a_colleague(d) as opened:
        (claim,) = opened.deliveries
        delivery_people.save_people(d.workspace, opened, claim, [(None, DeliveryPerson("P-001"))])
        (held,) = d.opened.people[claim.id]
    monkeypatch.setattr("tomsapp.gui.delivery.people_list.save_people", _fails_once(d))
    dialog.go_button.click()
    assert is_told(dialog, "Somebody was first")
    assert "P-002" in dialog.given.text
    dialog.go_button.click()
    assert not dialog.isVisible()
    numbers = sorted(each.record.number for each in d.opened.people[claim.id])
    assert numbers == [held.record.number, "P-002"]


def _fails_once(d):
    left = [StoreError("Somebody was first", "Look again")]

    def save(*given):
        if left:
            raise left.pop()
        return delivery_people.save_people(*given)

    return save


def fill_texts(dialog, **texts):
    for name, text in texts.items():
        control = getattr(dialog, name).control
        control.setFocus()
        control.selectAll()
        QTest.keyClicks(control, text)
