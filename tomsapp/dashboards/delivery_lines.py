"""The lines behind what was delivered: one for each commitment and contract quarter that passes the filters."""

from __future__ import annotations

from collections.abc import Iterator

from tomsapp.dashboards.delivery_cube import DeliveryCube
from tomsapp.dashboards.delivery_figures import LookedAt
from tomsapp.dashboards.delivery_rows import PENCE, QUARTERS_OF_YEAR, REAL, REAL_STATES, STATES, UNITS
from tomsapp.dashboards.facts import PortfolioContract
from tomsapp.dashboards.selection import Filters
from tomsapp.dashboards.valuing import QUANTITY_PLACES
from tomsapp.domain.delivered_portfolio import QuarterLine, StatePounds, StateUnits
from tomsapp.domain.delivery.quarters import ContractQuarter, Quarter, contract_quarters
from tomsapp.domain.money import SHARE_PLACES, from_scaled
from tomsapp.domain.portfolio import FACT_GROUPINGS, Grouping
from tomsapp.domain.value_factor import pounds_of


def delivered_lines_of(delivered: DeliveryCube, filters: Filters) -> Iterator[QuarterLine]:
    """The lines that pass the filters, by quarter; they come to the figures, without what is committed."""
    at = LookedAt(delivered, filters)
    passes, of_period = at.mask[delivered.line], at.row_mask(at.period)
    rows = delivered.rows.where(passes if of_period is None else passes & of_period)
    tell = _Teller(delivered)
    units, pence, real = (
        zip(*(rows.dense(kind, name).tolist() for name in names), strict=True)
        for kind, names in ((UNITS, STATES), (PENCE, STATES), (REAL, REAL_STATES))
    )
    heads = delivered.heads.places_of(rows.commitment)[0].tolist()
    for head, quarter, is_returned, *sums in zip(
        heads, rows.quarter.tolist(), rows.is_returned.tolist(), units, pence, real, strict=True
    ):
        yield tell.line(head, quarter, *sums, is_returned=is_returned)


class _Teller:
    """Tells a row in words and exact numbers."""

    def __init__(self, delivered: DeliveryCube) -> None:
        self._delivered, cube = delivered, delivered.cube
        wards = cube.groups[Grouping.WARD]
        self._wards = [wards.members[code].name for code in wards.code_of[:-1].tolist()]
        self._projects = delivered.heads.column("project")
        kinds = cube.groups[Grouping.SUPPLIER_KIND]
        self._kinds = [kinds.members[code].name for code in kinds.code_of[:-1].tolist()]
        self._quarters: dict[int, dict[Quarter, ContractQuarter]] = {}

    def line(
        self,
        head: int,
        number: int,
        units: tuple[int, ...],
        pence: tuple[int, ...],
        real: tuple[int, ...],
        *,
        is_returned: bool,
    ) -> QuarterLine:
        """One row of a commitment."""
        heads, cube = self._delivered.heads, self._delivered.cube
        place = int(heads.contract[head])
        contract, owner = cube.contracts[place], cube.measures[heads.measure[head]]
        quarter = self._quarter(contract, number)
        facts = {grouping: contract.fact(name) for grouping, name in FACT_GROUPINGS.items()}
        return QuarterLine(
            contract_id=contract.id,
            reference=contract.reference,
            title=contract.title,
            supplier=contract.supplier,
            supplier_kind=self._kinds[place],
            directorate=facts[Grouping.DIRECTORATE],
            contract_manager=facts[Grouping.CONTRACT_MANAGER],
            commitment=str(heads.commitment[head]),
            theme=owner.place.theme.number,
            outcome=owner.place.outcome.code,
            measure=owner.measure.code,
            measure_title=owner.measure.title,
            place=self._wards[heads.place[head]],
            project=cube.projects.names[self._projects[head]],
            quarter=quarter.quarter,
            quarter_label=quarter.label,
            financial_quarter=quarter.financial_quarter.words,
            ended_on=quarter.ends_on,
            unit=owner.measure.unit.many,
            contract_share=from_scaled(cube.shares[heads.share[head]], SHARE_PLACES),
            units=_units(units),
            pounds=_pounds(pence),
            real=_pounds((*real, 0)) if any(real) else StatePounds(),
            is_returned=is_returned,
        )

    def _quarter(self, contract: PortfolioContract, number: int) -> ContractQuarter:
        if contract.id not in self._quarters:
            found = contract_quarters(contract.start_on, contract.end_on)
            self._quarters[contract.id] = {each.quarter: each for each in found}
        year, rest = divmod(number, QUARTERS_OF_YEAR)
        return self._quarters[contract.id][Quarter(year, rest + 1)]


def _units(scaled: tuple[int, ...]) -> StateUnits:
    return StateUnits(*(from_scaled(number, QUANTITY_PLACES) for number in scaled))


def _pounds(pence: tuple[int, ...]) -> StatePounds:
    return StatePounds(*map(pounds_of, (0, *pence)))
