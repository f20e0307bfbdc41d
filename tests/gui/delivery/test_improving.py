"""Telling a supplier to improve, in the panel of a commitment and for the whole contract, and the list of all acts."""

from datetime import date

import pytest

from tests.services.deliveries import Q1, Q2, accept
from tomsapp.domain.delivery.acts import DeliveryActKind
from tomsapp.domain.delivery.improving import improvements

TODAY = date(2026, 10, 5)
WHY = "Two quarters in a row were missed"


@pytest.fixture
def day(monkeypatch):
    """The day on which it is; a test moves it on."""
    now = [TODAY]
    for module in (
        "tomsapp.services.delivery_acts",
        "tomsapp.gui.delivery.acts_section",
        "tomsapp.gui.delivery.shortfalls",
    ):
        monkeypatch.setattr(f"{module}.today", lambda: now[0])
    return now


@pytest.fixture
def short(desk, day):
    d = desk(until=TODAY)
    d.workspace.who = "P. Officer"
    claims = d.enter(d.claim("V04", Q1, "20"), d.claim("V04", Q2, "5"))
    d.workspace.who = "A. Okafor"
    accept(d.workspace, d.made, *claims)
    d.open()
    return d


def fill(dialog, until="31 December 2026", reason=WHY):
    if not dialog.improve_by.isHidden():
        dialog.improve_by.set_text(until)
    dialog.role.set_text("Contract manager")
    dialog.reason.set_text(reason)
    dialog.go_button.click()
    return dialog


def acts(d):
    d.delivery.show_section("acts")
    return d.delivery.section("acts")


def rows(d):
    return [(row.done, row.about, row.what) for row in acts(d).model.shown_rows()]


def told_words(part):
    return [text.text() for text in part.findChildren(type(part.not_told)) if "Told to improve on" in text.text()]


def test_a_commitment_is_told_in_its_panel_with_the_opportunity(short):
    d = short
    d.cell("V04", 2)
    d.tab.side.shortfalls.tell_button.click()
    dialog = d.tab.side.shortfalls.improving.dialog
    fill(dialog, until="")
    assert dialog.improve_by.error.startswith("It does not say until when there is the opportunity")
    fill(dialog, until="1 October 2026")
    assert dialog.improve_by.error == "1 October 2026 leaves no time to improve. Enter a day after 5 October 2026"
    fill(dialog)
    assert not dialog.isVisible()
    (found,) = improvements(d.opened.acts)
    assert (found.told.commitment, found.told.improve_by) == (d.lines["V04"].record.key, date(2026, 12, 31))
    words = [text.text() for text in d.tab.side.shortfalls.findChildren(type(d.tab.side.shortfalls.missing))]
    assert any(each.endswith("Has until 31 December 2026 to improve.") for each in words)
    assert ("Told to improve", "V04", f"Opportunity until 31 December 2026. {WHY}") == rows(d)[0]


def test_the_whole_contract_is_told_and_it_is_said_whether_it_improved(short, day):
    d = short
    part = acts(d)
    assert part.not_told.isVisible()
    part.tell.click()
    fill(part.improving.dialog)
    assert not part.not_told.isVisible()
    assert told_words(part)[0].endswith("Has until 31 December 2026 to improve.")
    link = next(each for each in part.findChildren(type(part.tell)) if each.text() == "Not improved…")
    assert link.accessibleName().startswith(
        f"Not improved: {d.opened.contract.reference}: Told to improve on 5 October"
    )
    link.click()
    dialog = fill(part.improving.dialog)
    assert dialog.done_on.error.startswith("The opportunity runs until 31 December 2026")
    dialog.reject()
    day[0] = date(2027, 1, 4)
    d.page.refresh(None)
    assert told_words(part)[-1].endswith("The opportunity ended on 31 December 2026: say whether it improved.")
    part._ask(DeliveryActKind.NOT_IMPROVED, "")
    fill(part.improving.dialog)
    words = told_words(part)[-1]
    assert words.endswith("Not improved on 4 January 2027. A contract performance notice is due by 3 February 2027.")
    part._take_back(d.opened.acts[-1])
    fill(part.improving.dialog, reason="It did improve, as the log of December shows")
    assert improvements(d.opened.acts)[0].outcome is None
    assert d.failures == []
    assert rows(d)[:2] == [
        ("Taken back", d.opened.contract.reference, "“not improved”. It did improve, as the log of December shows"),
        ("Not improved, taken back", d.opened.contract.reference, WHY),
    ]


def test_every_act_is_listed_the_newest_first_and_read_whole(short):
    d = short
    assert [row[:2] for row in rows(d)] == [
        ("Accepted", "V04, Q2 (Jul to Sep 2026)"),
        ("Accepted", "V04, Q1 (Apr to Jun 2026)"),
    ]
    part = acts(d)
    part.table.setCurrentIndex(part.model.index(0, 0))
    assert part.details.text().startswith("V04, Q2 (Jul to Sep 2026): Accepted on 5 October 2026 by A. Okafor")
    assert f"SHA-256 {d.opened.acts[-1].sha256}" in part.details.text()
