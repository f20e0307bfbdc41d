"""A council with one signed contract, of which something random was promised, returned and accepted."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

from hypothesis import strategies as st

from tests.services.council import begin, open_as, promise, set_area, sign
from tests.services.deliveries import DECIDED_ON, Q1, Q2, accepting, claim, delivered, enter
from tomsapp.domain.delivery.acts import DeliveryActKind
from tomsapp.services.delivery_decisions import decide
from tomsapp.services.workspace import Workspace

_MEASURES = ("V01", "V04", "J01", "S01")
_PLACES = ("", "X01", "X02", "X01")
_QUANTITY = st.integers(0, 60).map(Decimal)
PROMISED = st.lists(st.tuples(_QUANTITY, _QUANTITY), min_size=1, max_size=4)
"""What is promised of each measure in both years."""
RETURNED = st.lists(st.tuples(_QUANTITY, _QUANTITY), min_size=8, max_size=8)
"""What is claimed of each measure in its first two quarters, and what the evidence shows of it."""
_KINDS = (DeliveryActKind.ACCEPT, DeliveryActKind.ACCEPT_PROVISIONALLY)


@contextmanager
def random_council(
    template: Path, folder: Path, promised: Sequence[tuple[Decimal, ...]], returned: Sequence[tuple[Decimal, Decimal]]
) -> Iterator[Workspace]:
    """All that the evidence shows is accepted, and of jobs provisionally."""
    path = shutil.copy(template, folder / "council.db")
    workspace, other = open_as(path, "Ann"), open_as(path, "Bob")
    try:
        set_area(workspace)
        told = zip(_MEASURES, _PLACES, promised, strict=False)
        lines = [promise(code, str(one), str(two), place=place) for code, place, (one, two) in told]
        contract = begin(workspace, *lines)
        sign(workspace, contract.id)
        places = [(line, quarter) for line in contract.lines for quarter in (Q1, Q2)]
        claims = [
            claim(line, quarter, str(amount), evidenced=min(amount, shown))
            for (line, quarter), (amount, shown) in zip(places, returned, strict=False)
        ]
        held = enter(workspace, contract, *claims)
        page = delivered(other, contract)
        jobs = {line.commitment.key for line in page.delivered.lines if line.measure.employment_outcome}
        wanted = [
            accepting(each, kind=_KINDS[each.record.commitment in jobs]) for each in held if each.record.open_to_accept
        ]
        if wanted:
            decide(other, page, wanted, DECIDED_ON)
        yield workspace
    finally:
        workspace.close()
        other.close()
