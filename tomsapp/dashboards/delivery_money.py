"""The ledger of money that was handed over, of the contracts that pass the filters."""

from __future__ import annotations

from tomsapp.dashboards.delivery_cube import DeliveryCube, Entry
from tomsapp.dashboards.delivery_period import Period
from tomsapp.dashboards.exact import Column
from tomsapp.dashboards.selection import Filters
from tomsapp.domain.delivered_portfolio import HandedMoney
from tomsapp.domain.value_factor import pounds_of


def money_of(
    delivered: DeliveryCube, filters: Filters, contracts: Column, commitments: Column, period: Period
) -> HandedMoney:
    """What was received and passed on in a period, and what was held at its end.

    Money for a contract as a whole counts where contracts are not taken in parts. `contracts` and `commitments` are
    masks of what passes.
    """
    passing = {contract.id for contract, is_in in zip(delivered.cube.contracts, contracts, strict=True) if is_in}
    lines = set(delivered.heads.commitment[commitments].tolist()) if filters.parts_contracts else None
    own = [entry for entry in delivered.money if _counts(entry, passing, lines)]
    received = [entry for entry in own if period.has(entry.received_on)]
    passed = [entry for entry in own if entry.passed_on is not None and period.has(entry.passed_on)]
    held = sum(
        entry.pence
        for entry in own
        if entry.received_on <= period.until and (entry.passed_on is None or entry.passed_on > period.until)
    )
    return HandedMoney(
        pounds_of(sum(entry.pence for entry in received)),
        pounds_of(sum(entry.pence for entry in passed)),
        pounds_of(held),
        len({id(entry) for entry in (*received, *passed)}),
    )


def _counts(entry: Entry, contracts: set[int], lines: set[int] | None) -> bool:
    return entry.contract in contracts and (lines is None or entry.commitment in lines)
