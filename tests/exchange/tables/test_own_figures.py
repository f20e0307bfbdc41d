"""The total that a file shows is led to what was read, each part by its name; they always add up."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exchange.examples import CONTRACT
from tests.exchange.tables.offers import Read, book_of_sheets, hartwell_offer, read, read_rows
from tomsapp.domain.money import round_pounds
from tomsapp.exchange.labelled.labels import IGNORED, RowKind
from tomsapp.exchange.labelled.own_figures import NOT_EXPLAINED
from tomsapp.exchange.labelled.uses import uses_for

HEAD = ["Code", "Year 1", "Year 2", "Proxy (£)", "Value"]


def parts_of(offer):
    own = offer.own
    assert round_pounds(own.read - own.shown - sum(part.amount for part in own.parts)) == 0
    return {part.label: part.amount for part in own.parts}


def test_other_unit_values_of_one_year_and_rounding_are_told_apart():
    offer = read_rows(
        HEAD,
        ["J11", 1, 1, 5000, 10000],
        ["G01", 1, 1, "", 546.12],
        ["S41", 0.5, 0.5, 15.945, 14.35],
        ["V01", 1, 1, 10, 19.99],
        ["V02", 1, 1, "", 5],
        ["S08", 1, 1, "", ""],
        ["S30", 1, "", "", ""],
        ["Total", "", "", "", 10585.46],
    )
    assert parts_of(offer) == {
        "J11: its unit value is £5,000.00, and the menu’s is £5,050.50": Decimal("101.00"),
        "G01: they use the 2026/27 value": Decimal("4.15"),
        "V02: they show £5.00, for no reason that the row gives": Decimal("-4.84"),
        "S08: they show no value for it": Decimal("453.00"),
        "Each year rounded once": Decimal("0.02"),
    }


def test_a_cause_that_the_row_shows_is_named():
    offer = read_rows(["Code", "Year 1", "Share", "Value"], ["S08", 2, 0.5, 453], ["Total", "", "", 453])
    (label,) = parts_of(offer)
    assert label.startswith("S08: the file counts quantity × unit value alone")


def test_what_no_row_explains_is_a_part_and_many_rows_are_one():
    rows = [["S08", 1, 1, "", 100 + number] for number in range(14)]
    offer = read_rows(HEAD, *rows, ["Total", "", "", "", 1])
    parts = parts_of(offer)
    assert len([label for label in parts if label.startswith("S08")]) == 12
    assert "2 more rows" in parts
    assert NOT_EXPLAINED in parts


def test_a_line_that_cannot_come_in_is_named():
    offer = read_rows(["Code", "Year 1", "Value"], ["J11", 1, 5050.5], ["X99", 3, 300], ["Total", "", 5350.5])
    assert parts_of(offer) == {"Row 3, which cannot come in": Decimal("-300.00")}


def test_totals_of_several_sheets_are_added_where_each_has_one():
    one = [["Code", "Year 1", "Value"], ["J11", 1, 5050.5], ["Total", "", 5050.5]]
    two = [["Code", "Year 1", "Value"], ["S08", 1, 226.5], ["Total", "", 226.5]]
    offer = read(book_of_sheets({"Work": one, "More": two}))
    assert (offer.own.where, offer.own.shown, offer.own.parts) == (
        "cells C3 of Work and C3 of More", Decimal("5277.0"), ()
    )  # fmt: skip
    assert read(book_of_sheets({"Work": one, "More": two[:2]})).own is None


@pytest.mark.parametrize("rows", [[["Code", "Year 1"], ["J11", 1]], [["Code", "Year 1"], ["J11", 1], ["Total", 1]]])
def test_a_file_without_a_total_states_none(rows):
    assert read_rows(*rows).own is None


OFFER = read(hartwell_offer())
USES = [*uses_for(CONTRACT.years), IGNORED]
SHEETS = [sheet.name for sheet in OFFER.labels]
ROW_LABELS = st.tuples(st.sampled_from(SHEETS), st.integers(1, 13), st.sampled_from(RowKind))
COLUMN_LABELS = st.tuples(st.sampled_from(SHEETS), st.integers(0, 7), st.sampled_from(USES))


@settings(max_examples=60, deadline=None)
@given(st.lists(ROW_LABELS, max_size=4), st.lists(COLUMN_LABELS, max_size=4), st.data())
def test_whatever_is_pointed_at_and_chosen_the_parts_add_up(rows, columns, data):
    labels = OFFER.labels
    for row in rows:
        labels = labels.with_row(*row)
    for column in columns:
        labels = labels.with_column(*column)
    offer = OFFER.relabelled(labels)
    keys = {one.key: data.draw(st.sampled_from(one.options)).key for one in offer.left_out}
    choices = {key: f"{choice}S08" if choice.endswith(":") else choice for key, choice in keys.items()}
    chosen = Read(offer.book, offer.labels, choices)
    if chosen.own is not None:
        parts_of(chosen)
    assert len({line.commitment.key for line in chosen.lines}) == len(chosen.lines)
