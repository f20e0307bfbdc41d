"""Places of the council's area."""

import pytest

from tomsapp.domain.area import Area, Ward
from tomsapp.domain.commitment import OUTSIDE_AREA, WHOLE_AREA

AREA = Area("barnet", "London Borough of Barnet", (Ward("E05013628", "Barnet Vale"), Ward("E05013636", "East Barnet")))


@pytest.mark.parametrize(
    ("place", "name", "known"),
    [
        (WHOLE_AREA, "whole borough", True),
        (OUTSIDE_AREA, "outside the borough", True),
        ("E05013636", "East Barnet", True),
        ("E0", "E0", False),
    ],
)
def test_places(place: str, name: str, known: bool) -> None:
    assert AREA.place_name(place) == name
    assert AREA.knows(place) is known
