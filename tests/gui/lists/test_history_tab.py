from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QApplication

from tests.services.council import sign
from tomsapp.services import commitments


@pytest.fixture
def history(program):
    opened = program.contract()
    line = next(one for one in opened.commitments if one.record.measure == "S08")
    changed = replace(line.record, quantities=(Decimal(40), Decimal(45), Decimal(40)), contract_share=Decimal("0.5"))
    commitments.save_commitment(program.workspace, program.housing, line, changed, "Change S08")
    page = program.open("contracts", program.housing).contract_page()
    page.show_tab("history")
    return page._made["history"]


def test_changes_are_told_in_plain_words_with_the_measure_named(history):
    line = next(one for one in history.model.shown_rows() if one.what == "Change S08")
    said = [one for one in history.model.shown_rows() if one.what == "Change S08"]
    assert line.about == "S08 Work experience week, aged 16 to 17"
    facts = {str(fact) for one in said for fact in one.facts}
    assert facts == {"Quantity 2027/28: 40 → 45", "Share: 25% → 50%"}
    assert line.who == "A. Okafor"


def test_a_long_text_scrolls_below_the_table_and_leaves_it_its_room(history, program):
    program.window.resize(1366, 768)
    line = history.model.shown_rows()[0]
    long = replace(line, facts=(replace(line.facts[0], after="Long words about it. " * 300),), action="changed")
    history.model.set_rows([long])
    history.table.select_place(0)
    QApplication.processEvents()
    area = history._told
    assert area.verticalScrollBar().maximum() > 0
    assert history.table.height() > area.height()
    history.model.set_rows([line])
    history.table.select_place(0)
    QApplication.processEvents()
    assert area.verticalScrollBar().maximum() == 0


def test_chosen_change_is_written_out(history):
    place = history.model.place_of(lambda line: line.what.startswith("Add contract"))
    history.table.select_place(place)
    assert "contract value £4,200,000.00" in history.details.text()
    assert "supplier Hartwell and Doyle Ltd" in history.details.text()
    assert "start date 1 April 2026" in history.details.text()


def test_filter_shows_one_kind(history):
    history.parts._on_ticked(["Contract facts"])
    assert {line.part for line in history.model.shown_rows()} == {"Contract facts"}


def test_signed_valuation_stands_beside_todays_value(program, history):
    assert history.signed.isHidden()
    sign(program.workspace, program.contract(), date(2026, 5, 1))
    program.window.page("contracts").contract_page().editor.reload()
    assert history.signed.isVisible()
    words = [line.text() for line in history.signed.lines]
    total = program.contract().checked.valuation.social_value
    assert words[0] == f"Signed on 1 May 2026 by A. Okafor, Procurement lead: £{total:,.2f} as signed"
    assert words[1].startswith(f"At today’s values £{total:,.2f}, no difference")
    assert words[2].startswith("SHA-256 ")
