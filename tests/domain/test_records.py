"""Records without rules of their own: they hold what they are given, start empty and cannot be changed."""

from dataclasses import FrozenInstanceError
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from tomsapp.domain.commitment import Commitment
from tomsapp.domain.council import CouncilSettings
from tomsapp.domain.history import HistoryEntry, Stored
from tomsapp.domain.limits import TenderLimits


def test_a_commitment_is_whole_and_for_the_whole_area_unless_said() -> None:
    promise = Commitment("1", "S06")
    assert (promise.contract_share, promise.place, promise.quantities, promise.rate) == (1, "", (), None)


def test_a_tender_without_limits_allows_everything() -> None:
    assert (TenderLimits().most_measures, TenderLimits().mandatory_themes) == (None, ())


def test_a_new_council_is_real_and_without_a_name() -> None:
    assert (CouncilSettings().council_name, CouncilSettings().is_example) == ("", False)


def test_stored_records_keep_their_version() -> None:
    kept = Stored(1, 2, Commitment("1", "S06"), "A. Okafor", datetime(2026, 4, 1, tzinfo=UTC))
    assert (kept.version, kept.record.measure, kept.is_deleted) == (2, "S06", False)
    with pytest.raises(FrozenInstanceError):
        kept.version = 3  # type: ignore[misc]


def test_history_keeps_before_and_after() -> None:
    change = HistoryEntry(
        1, datetime(2026, 4, 1, tzinfo=UTC), "A", "edit", "supplier", 1, None, "changed", {}, {"a": 1}
    )
    assert (change.before, change.after) == ({}, {"a": 1})


def test_a_quantity_of_a_commitment_is_set_in_its_year_and_kept_in_the_others() -> None:
    line = Commitment("1", "J01", (Decimal(2),))
    assert [line.quantity_in(year) for year in range(2)] == [2, None]
    assert line.with_quantity(2, Decimal(5), 3).quantities == (2, None, 5)
    assert line.with_quantity(3, Decimal(5), 3).quantities == (2, None, None)
    # The contract was longer: what stands in its later years stays, nothing at their end goes.
    longer = Commitment("1", "J01", (Decimal(1), Decimal(2), Decimal(3), None))
    assert longer.with_quantity(0, None, 1).quantities == (None, 2, 3)
    assert longer.with_quantity(2, None, 1).quantities == (1, 2)
