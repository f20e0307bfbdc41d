"""Quantities with their units, as the window says and reads them out."""

from decimal import Decimal

import pytest

from tests.domain.build import measure
from tomsapp.domain.units import Unit
from tomsapp.gui.contract.typed import spoken_quantity

VISITS = measure(unit=Unit.EVENTS, each="consultation", many="consultations")


@pytest.mark.parametrize(
    ("quantity", "of", "said"),
    [
        ("1", VISITS, "1 consultation"),
        ("22", VISITS, "22 consultations"),
        ("22", measure(unit=Unit.EVENTS), "22 events"),
        ("2", measure(unit=Unit.FTE_JOBS, many="full-time jobs for 12 months"), "2 full-time jobs"),
        ("2500", measure(unit=Unit.POUNDS), "£2,500.00"),
        ("2", None, "2"),
        (None, VISITS, "blank"),
    ],
)
def test_a_quantity_is_said_with_its_unit(quantity, of, said):
    assert spoken_quantity(None if quantity is None else Decimal(quantity), of) == said
