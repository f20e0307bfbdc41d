"""Tables whose rows overlap: what is said of them, and when they cannot be right."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.domain.test_portfolio import FIGURES
from tomsapp.domain.portfolio import Grouping, PortfolioFigures, PortfolioRow
from tomsapp.domain.portfolio_overlaps import overlap_note, overlap_notes
from tomsapp.domain.portfolio_sums import sums_that_fail

PRIORITY, NEIGHBOURHOOD = Grouping.PRIORITY, Grouping.NEIGHBOURHOOD


def with_table(grouping: Grouping, *commitments: int) -> PortfolioFigures:
    """The figures with a table of rows of so many commitments each, £100,000 each."""
    each = Decimal("100000.00")
    rows = tuple(PortfolioRow(str(n), f"Row {n}", each, Decimal(0), many) for n, many in enumerate(commitments))
    return replace(FIGURES, tables=(*FIGURES.tables, (grouping, rows)))


def test_rows_in_which_a_commitment_stands_twice_must_not_be_added_up() -> None:
    assert FIGURES.commitments == 3
    note = overlap_note(with_table(PRIORITY, 2, 2), PRIORITY)
    assert note == (
        "A measure may serve several priorities. What serves none stands under “No priority”. Here some commitments "
        "are in several priorities and count in each row: the rows must not be added up. They would come to "
        "£200,000.00 of social value, and each commitment once comes to £120,000.00."
    )


def test_rows_in_which_each_stands_once_say_so() -> None:
    figures = with_table(NEIGHBOURHOOD, 2, 1)
    note = overlap_note(figures, NEIGHBOURHOOD)
    assert note.endswith("Here no commitment is in two neighbourhoods, so each counts once.")
    assert overlap_notes(figures) == (note,)


def test_other_tables_and_those_without_rows_say_nothing() -> None:
    assert overlap_note(FIGURES, Grouping.THEME) == overlap_note(with_table(PRIORITY), PRIORITY) == ""
    assert with_table(PRIORITY, 3).has_table(PRIORITY)
    assert not with_table(PRIORITY).has_table(PRIORITY)
    assert FIGURES.has_table(Grouping.OUTCOME)


@pytest.mark.parametrize(
    ("commitments", "holds"), [((3, 3), True), ((2, 1), True), ((), True), ((1, 1), False), ((4,), False)]
)
def test_a_table_holds_every_commitment_and_no_row_more_than_there_are(
    commitments: tuple[int, ...], holds: bool
) -> None:
    found = sums_that_fail(with_table(PRIORITY, *commitments))
    assert found == (() if holds else ("The table by priority: its rows cannot be those of 3 commitments.",))
