"""Reading what was delivered of all contracts to a day, or of the last reading only what changed since."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from tomsapp.domain.contract_dates import ContractError
from tomsapp.domain.delivery.figures import NOT_COUNTED, DeliveredLine, QuarterFigures, State
from tomsapp.domain.delivery.quarters import Quarter
from tomsapp.domain.errors import MenuError
from tomsapp.domain.money import PENNY_PLACES, to_scaled
from tomsapp.domain.valuation import NOTHING, pounds_given
from tomsapp.services.delivery import OpenDelivery, ReadDelivery
from tomsapp.services.delivery_totals import worked_out_alone
from tomsapp.services.garbage import without_looking_for_garbage
from tomsapp.services.kept_columns import kept_rows_of
from tomsapp.services.portfolio_reading import prepared, read_cube
from tomsapp.services.progress import NoProgress, Progress
from tomsapp.services.workspace import Workspace

# What adds up columns takes long to load, so it is loaded when the first totals are asked for.
if TYPE_CHECKING:
    from tomsapp.dashboards.cube import Cube
    from tomsapp.dashboards.delivery_cube import DeliveryCube, Entry, PeopleOf
    from tomsapp.dashboards.delivery_rows import OneRow, Rows
    from tomsapp.store.unit_of_work import UnitOfWork

_MOST_ANEW = 400
"""Where more contracts changed than this, all are read again."""
_PLACES = 4
_OF_ROWS = (State.DUE, State.CLAIMED, State.EVIDENCED, State.ACCEPTED, State.FINAL)


def load_delivered(
    workspace: Workspace,
    until: date,
    cube: Cube | None = None,
    progress: Progress | None = None,
    last: DeliveryCube | None = None,
) -> DeliveryCube:
    """What was delivered of every signed and closed contract in the quarters that ended by a day.

    Args:
        workspace: the open database.
        until: the day.
        cube: the portfolio as it was last read; what changed since is read again, and the portfolio of the same moment
            stands in what is given.
        progress: is told how far it is.
        last: what was last read of this; of it whatever did not change since is taken over.

    Raises:
        Cancelled: the user stopped it.
    """
    watcher = progress or NoProgress()
    with without_looking_for_garbage(), workspace.look() as uow:
        now = read_cube(workspace, uow, watcher, cube)
        change = uow.lists.change_number()
        if last is not None and last.until == until and last.change == change:
            return last
        reading = _Reading(workspace, uow, until, now, watcher, last)
        found = reading.after_changes() or reading.of_kept() or reading.everything()
    if now is not cube:
        now = prepared(workspace, now)
        found = replace(found, cube=now, heads=found.heads.beside(now))
    with without_looking_for_garbage():
        if last is not None and reading.come is not None:
            found.take_over(last, *reading.come)
        found.prepare()
    return found


class _Reading:
    """Reads all contracts, or a few, within one look at the database."""

    def __init__(
        self,
        workspace: Workspace,
        uow: UnitOfWork,
        until: date,
        cube: Cube,
        progress: Progress,
        last: DeliveryCube | None,
    ) -> None:
        from tomsapp.dashboards.delivery_heads import Heads

        self._workspace, self._uow, self._until, self._cube = workspace, uow, until, cube
        self._progress, self._last = progress, last
        self._heads = Heads.of(cube, None if last is None else last.heads)
        self.come: tuple[Rows, frozenset[int]] | None = None
        """The rows that were put in the place of those of the last reading, and the contracts of both."""

    def everything(self) -> DeliveryCube:
        """All contracts, read anew."""
        return self._cube_of(self._rows(None), self._people(None))

    def after_changes(self) -> DeliveryCube | None:
        """The last reading with the contracts that changed since read again; None where that is not enough."""
        from tomsapp.dashboards.exact import are_of

        last = self._last
        changed = None if last is None or last.until != self._until else self._uow.lists.contracts_changed(last.change)
        if last is None or changed is None or len(changed) > _MOST_ANEW:
            return None
        come = self._rows(changed)
        rows = last.rows.exchanged(are_of(last.owner_contracts, changed), come)
        self.come = come, changed
        gone = last.heads.of_contracts(changed)
        numbers = set(gone.commitment.tolist())
        people = (*(each for each in last.people if each.commitment not in numbers), *self._people(changed))
        return self._cube_of(rows, tuple(sorted(people)))

    def of_kept(self) -> DeliveryCube | None:
        """What was kept on this computer, with the contracts that changed since read again; None where nothing is."""
        from tomsapp.dashboards.exact import are_of
        from tomsapp.dashboards.kept_rows import people_kept, rows_kept

        kept = kept_rows_of(self._uow, self._until, _MOST_ANEW)
        if kept is None:
            return None
        rows = rows_kept(kept.columns)
        if kept.changed:
            rows = rows.exchanged(are_of(kept.columns["contracts"], kept.changed), self._rows(kept.changed))
        is_known = self._heads.places_of(rows.owners)[1]
        people = (*people_kept(kept.columns, kept.changed), *self._people(kept.changed))
        return self._cube_of(rows, tuple(sorted(people))) if is_known.all() else None

    def _cube_of(self, rows: Rows, people: tuple[PeopleOf, ...]) -> DeliveryCube:
        from tomsapp.dashboards.delivery_cube import DeliveryCube
        from tomsapp.dashboards.delivery_heads import DELIVERS, is_told

        uow, contracts = self._uow, self._cube.contracts
        area = self._workspace.surroundings(uow).area
        return DeliveryCube(
            self._cube,
            self._until,
            uow.delivery_rules.now().record,
            self._heads,
            rows,
            uow.lists.change_number(),
            tuple(self._money()),
            people,
            tuple(
                (each.reference, each.trouble) for each in contracts if each.status in DELIVERS and not is_told(each)
            ),
            area is not None and area.is_fictional,
            uow.lists.identity(),
            uow.lists.history_head(),
        )

    def _rows(self, numbers: Collection[int] | None) -> Rows:
        """The rows of all contracts, or of those with these numbers."""
        from tomsapp.dashboards.delivery_build import Returned, build_rows
        from tomsapp.dashboards.delivery_rows import Rows, narrow_columns_of, rows_of

        lists, contracts = self._uow.lists, self._cube.contracts
        chosen = [each for each in contracts if numbers is None or each.id in numbers]
        heads = self._heads if numbers is None else self._heads.of_contracts({each.id for each in chosen})
        returned = Returned(
            narrow_columns_of(lists.delivery_columns(numbers), 8), narrow_columns_of(lists.plan_columns(numbers), 4)
        )
        self._progress.report(0, 0, "Adding up what was delivered")
        built = build_rows(heads, returned, self._until)
        alone = worked_out_alone(self._uow, {each.id: each.status for each in chosen}, numbers)
        alone |= {contracts[place].id for place in built.alone}
        if not alone:
            return built.rows
        own = {place for place, contract in enumerate(contracts) if contract.id in alone}
        is_alone = self._cube.mask_of(own)[heads.contract]
        kept = built.rows.of_owners(~is_alone[heads.places_of(built.rows.owners)[0]]) if len(heads) else built.rows
        return Rows.joined([kept, rows_of(self._alone(sorted(alone)))])

    def _alone(self, numbers: Iterable[int]) -> Iterator[OneRow]:
        """The rows of contracts that are opened one by one."""
        for number in numbers:
            try:
                opened = ReadDelivery.of(self._uow, number).valued(self._workspace, self._until)
            except (ContractError, MenuError):
                continue
            yield from _rows_of_contract(opened)

    def _money(self) -> Iterator[Entry]:
        from tomsapp.dashboards.delivery_cube import Entry

        for contract, entries in sorted(self._uow.ledger.by_contract().items()):
            for each in entries:
                commitment = int(each.commitment) if each.commitment else 0
                pence = to_scaled(each.amount, PENNY_PLACES)
                yield Entry(contract, commitment, each.received_on, pence, each.passed_on)

    def _people(self, numbers: Collection[int] | None) -> tuple[PeopleOf, ...]:
        from tomsapp.dashboards.delivery_cube import PeopleOf

        return tuple(
            sorted(
                PeopleOf(
                    each.commitment,
                    _number_of(each.quarter),
                    *(to_scaled(units, _PLACES) for units in (each.claimed, each.accepted)),
                    *(to_scaled(many or NOTHING, _PLACES) for many in (each.new, each.retained, each.transferred)),
                )
                for each in self._uow.deliveries.people_claimed(numbers)
            )
        )


def _number_of(quarter: Quarter) -> int:
    return quarter.year * 4 + quarter.number - 1


def _rows_of_contract(opened: OpenDelivery) -> Iterator[OneRow]:
    """The rows of a contract that was opened."""
    for line in opened.delivered.lines:
        yield from _rows_of_line(line)


def _rows_of_line(line: DeliveredLine) -> Iterator[OneRow]:
    from tomsapp.dashboards.delivery_heads import number_of
    from tomsapp.dashboards.delivery_rows import OneRow

    ended = [each for each in line.quarters if each.is_due]
    for place, each in enumerate(ended):
        counted = [each.of(state) for state in _OF_ROWS]
        surplus = line.surplus_by_quarter[place] if line.surplus_by_quarter else NOT_COUNTED
        units = _told([to_scaled(of.units, _PLACES) for of in counted], to_scaled(surplus.units, _PLACES))
        pence = _told([to_scaled(of.pounds, PENNY_PLACES) for of in counted], to_scaled(surplus.pounds, PENNY_PLACES))
        is_returned = each.delivery is not None and not each.delivery.is_withdrawn
        if is_returned or any(units) or any(pence):
            yield OneRow(
                int(line.commitment.key),
                _number_of(each.quarter.quarter),
                number_of(each.quarter.financial_quarter),
                is_returned,
                units,
                pence,
                _real(line, each) if line.measure.real_pounds else None,
            )


def _told(counted: Sequence[int], *more: int) -> list[int]:
    """Numbers of `_OF_ROWS` as rows have them: what is accepted and not final is provisional."""
    *others, accepted, final = counted
    return [*others, accepted, accepted - final, *more]


def _real(line: DeliveredLine, quarter: QuarterFigures) -> list[int]:
    """The pence that a quarter adds to what is handed over, of each state: each year rounded once."""
    share = line.commitment.contract_share
    return _told(
        [
            sum(
                to_scaled(pounds_given(part.after, share), PENNY_PLACES)
                - to_scaled(pounds_given(part.before, share), PENNY_PLACES)
                for part in quarter.of(state).parts
            )
            for state in _OF_ROWS
        ]
    )
