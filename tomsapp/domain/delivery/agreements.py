"""What agreements on shortfalls come to: substitutes, what is carried forward, and money.

Every pound that is missing is either settled by an agreement or open. A surplus is used up once, a substitute settles
at most what the surplus that it uses is worth, money settles as many pounds as are paid, and what is carried forward
stays due where it was due until the quarter to which it was carried has ended.
Source: docs/method.md, section 9.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from tomsapp.domain.delivery.acts import DeliveryAct, DeliveryActKind, standing
from tomsapp.domain.delivery.counting import fill
from tomsapp.domain.delivery.figures import NONE, NOTHING, Agreed, Shortfall
from tomsapp.domain.delivery.line_sums import LineSums, Reserved
from tomsapp.domain.delivery.quarters import Quarter
from tomsapp.domain.money import difference
from tomsapp.domain.value_factor import pounds_of


def in_force(acts: Iterable[DeliveryAct], due: Sequence[Quarter]) -> list[DeliveryAct]:
    """The agreements that stand and whose quarter has ended, in the order in which they were made."""
    known = frozenset(due)
    return [act for act in standing(acts) if act.kind.is_agreement and act.quarter in known]


def reserve_surplus(agreements: Iterable[DeliveryAct], lines: Mapping[str, LineSums]) -> dict[int, Reserved]:
    """Use up the surplus that was agreed as a substitute, by the number of the agreement.

    What was agreed first is served first, whatever quarter it is of. An agreement gets what surplus there still is:
    less than was agreed where an acceptance was taken back since.
    """
    made: dict[int, Reserved] = {}
    for act in agreements:
        line, short = lines.get(act.other_commitment), lines.get(act.commitment)
        if act.kind is not DeliveryActKind.SUBSTITUTE or line is None or short is None or line is short:
            continue
        if line.measure.is_valued and short.measure.is_valued and act.quantity is not None:
            number = next(place for place, each in enumerate(line.quarters) if each.quarter == act.quarter)
            made[act.id] = line.reserve(number, line.cut(act.quantity))
    return made


def shortfall_of(
    line: LineSums,
    due: Sequence[int],
    accepted: Sequence[int],
    agreements: Iterable[DeliveryAct],
    reserved: Mapping[int, Reserved],
    lines: Mapping[str, LineSums],
) -> Shortfall:
    """What is missing of a commitment, and what the agreements on it settle, one after the other.

    `due` and `accepted` are its units by contract year, `agreements` those in force of all commitments, `reserved` what
    each substitute uses up, and `lines` every commitment by its key.
    """
    missing = [all_ - own for all_, own in zip(due, accepted, strict=True)]
    units = sum(missing)
    pounds = difference(line.pounds_of_years(due), line.pounds_of_years(accepted))
    settling = _Settling(line, accepted, missing, units, pounds)
    agreed = tuple(
        settling.settle(act, reserved.get(act.id), lines) for act in agreements if act.commitment == line.commitment.key
    )
    by_year = tuple((year, line.units(quantity)) for year, quantity in enumerate(missing) if quantity)
    return Shortfall(line.units(units), pounds, by_year, agreed)


class _Settling:
    """What of a shortfall is not settled yet, while its agreements are gone through."""

    def __init__(
        self, line: LineSums, accepted: Sequence[int], missing: Sequence[int], units: int, pounds: Decimal
    ) -> None:
        self._line, self._accepted, self._missing = line, accepted, missing
        self._units, self._pounds = units, pounds
        self._carried = 0

    def settle(self, act: DeliveryAct, reserved: Reserved | None, lines: Mapping[str, LineSums]) -> Agreed:
        """What an agreement settles of what is left."""
        if act.kind is DeliveryActKind.SUBSTITUTE:
            return Agreed(act) if reserved is None else self._substituted(act, reserved, lines[act.other_commitment])
        is_carry = act.kind is DeliveryActKind.CARRY
        is_over = is_carry and self._is_over(act.carried_to)
        if is_over or act.kind is DeliveryActKind.LEAVE_OPEN:
            return Agreed(act, is_over=is_over)
        if is_carry or not self._line.measure.is_valued:
            return self._units_of(act)
        return Agreed(act, self._take(act.amount or NOTHING))

    def _substituted(self, act: DeliveryAct, reserved: Reserved, other: LineSums) -> Agreed:
        worth = pounds_of(reserved.pence)
        pounds = self._take(worth if act.amount is None else min(worth, act.amount))
        return Agreed(act, pounds, worth=worth, used=other.units(reserved.units))

    def _is_over(self, carried_to: Quarter | None) -> bool:
        """Whether the quarter to which it was carried has ended, or the contract has it no more."""
        return carried_to not in {each.quarter for each in self._line.quarters[self._line.ended :]}

    def _units_of(self, act: DeliveryAct) -> Agreed:
        """Units that are settled: the first of those missing that none settled before, at their years' values."""
        before = self._carried
        taken = min(self._line.cut(act.quantity or NONE), self._units - before)
        self._carried += taken
        worth = difference(self._worth(self._carried), self._worth(before))
        return Agreed(act, self._take(worth), self._line.units(taken))

    def _worth(self, units: int) -> Decimal:
        """What is accepted and the first so many units that are missing are worth."""
        filled = [own + more for own, more in zip(self._accepted, fill(units, self._missing), strict=True)]
        return self._line.pounds_of_years(filled)

    def _take(self, pounds: Decimal) -> Decimal:
        taken = min(pounds, self._pounds)
        self._pounds = difference(self._pounds, taken)
        return taken
