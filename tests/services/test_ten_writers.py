"""Ten officers save into one council at once: every figure and the whole history say what was acknowledged.

A minute is what make torture gives them. Here they get less, so that all tests stay under 25 minutes on two cores: in
this time a server takes hundreds of saves, and where a snapshot was missing one in forty was lost.
"""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.services.council import opened
from tests.services.tenders.build import opened as opened_tender
from tests.services.writers import small_council, until, write_together, wrong_after
from tomsapp.services import checking, commitments
from tomsapp.services.tenders.parts import LOTS
from tomsapp.services.tenders.reading import list_tenders

SECONDS = {"postgresql": 25, "sqlite": 8}
"""SQLite lets one write at a time by its own lock; ten on PostgreSQL are what can go wrong."""


@pytest.mark.slow
def test_ten_writers_lose_nothing_and_every_figure_comes_out(ann, council_target, server):
    made = small_council(ann)
    told = write_together(council_target, made.id, 10, until(SECONDS[server]))
    assert list(wrong_after(ann, made, told)) == []
    assert checking.check(council_target) == [], "each change has its link, after the one before"
    assert told.saves >= 10
    assert told.refused > 0


def test_what_was_lost_is_found(ann, council_target):
    made = small_council(ann)
    told = write_together(council_target, made.id, 2, until(0.5))
    line = opened(ann, made.id).commitments[0]
    numbers = tuple(number + 1 for number in line.record.quantities if number is not None)
    commitments.save_commitment(ann, made.id, line, replace(line.record, quantities=numbers), "Nobody was told")
    page = opened_tender(ann, list_tenders(ann)[0].id)
    LOTS.save(ann, page, page.lots[0], replace(page.lots[0].record, value=Decimal(1)))
    told.labels.append("Writer 0 nowhere")
    found = "\n".join(wrong_after(ann, made, told))
    assert "('quantity', 'V01', 0) is" in found
    assert "('lot', 1) is" in found
    assert "the history does not have “Writer 0 nowhere”" in found
    assert "the figures are" in found
