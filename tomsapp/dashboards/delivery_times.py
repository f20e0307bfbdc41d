"""The rows of what was delivered by financial quarter and financial year, each beside the one before it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tomsapp.dashboards.delivery_cube import DeliveryCube
from tomsapp.dashboards.delivery_period import Period
from tomsapp.dashboards.delivery_rows import QUARTERS_OF_YEAR, REAL_STATES, STATES, wide
from tomsapp.dashboards.exact import Column, added, summable
from tomsapp.domain.delivered_portfolio import DeliveredRow, StatePounds
from tomsapp.domain.portfolio import Grouping
from tomsapp.domain.valuation import pounds_of


def time_rows(
    delivered: DeliveryCube, grouping: Grouping, commitments: Column, row_mask: Callable[[Period], Column | None]
) -> Callable[[Period], list[DeliveredRow]]:
    """What makes the rows of a period; `commitments` is a mask of those that pass, `row_mask` says which rows do."""

    def rows(period: Period) -> list[DeliveredRow]:
        groups = delivered.groups[grouping]
        whole = Period(None, delivered.until, "")
        of_all, of_period = row_mask(whole), row_mask(period)
        passes = commitments[delivered.line]
        sums = _Sums(delivered, groups.code_of, passes if of_all is None else passes & of_all)
        shown = passes if of_period is None else passes & of_period
        codes = groups.code_of[:-1][delivered.quarter_codes]
        counts = _commitments(codes[shown], delivered.line[shown], len(groups.members))
        step = 1 if grouping is Grouping.QUARTER else QUARTERS_OF_YEAR
        firsts = _firsts(delivered.quarters, groups.code_of[:-1].tolist(), step)
        spots = {first: place for place, first in enumerate(firsts)}
        nothing = StatePounds(), StatePounds()
        found = []
        for place, group in enumerate(groups.members):
            if not counts[place]:
                continue
            before = spots.get(firsts[place] - step)
            pounds, real = sums.of(place)
            was, real_was = nothing if before is None else sums.of(before)
            found.append(
                DeliveredRow(group.key, group.name, pounds, real, int(counts[place]), before=was, real_before=real_was)
            )
        return found

    return rows


def _firsts(quarters: list[int], codes: list[int], step: int) -> list[int]:
    """The number of the first quarter of each group, whether anything is told of it or not."""
    found: dict[int, int] = {}
    for number, code in zip(quarters, codes, strict=True):
        found.setdefault(code, number // step * step)
    return [found[code] for code in sorted(found)]


def _commitments(codes: Column, line: Column, many: int) -> Column:
    """How many commitments there are in each group, each once: rows are by commitment and in order of time."""
    is_next = np.ones(len(line), dtype=bool)
    is_next[1:] = (line[1:] != line[:-1]) | (codes[1:] != codes[:-1])
    found: Column = np.bincount(codes[is_next], minlength=many)
    return found


class _Sums:
    """The sums of each group."""

    def __init__(self, delivered: DeliveryCube, code_of: Column, mask: Column) -> None:
        rows, many = delivered.rows, len(code_of)
        codes = code_of[:-1][delivered.quarter_codes[mask]]
        of_real = mask[rows.real_at]
        real_codes = code_of[:-1][delivered.quarter_codes[rows.real_at[of_real]]]
        self._proxy = {name: added(codes, summable(wide(rows.pence[name][mask])), many) for name in STATES}
        self._real = {name: added(real_codes, summable(wide(rows.real[name][of_real])), many) for name in REAL_STATES}

    def of(self, place: int) -> tuple[StatePounds, StatePounds]:
        """The proxy and the real pounds of one group; nothing is committed to a time."""
        proxy, real = (
            {name: int(column[place]) for name, column in each.items()} for each in (self._proxy, self._real)
        )
        return _pounds(proxy), _pounds(real)


def _pounds(pence: dict[str, int]) -> StatePounds:
    return StatePounds(
        due=pounds_of(pence["due"]),
        claimed=pounds_of(pence["claimed"]),
        evidenced=pounds_of(pence["evidenced"]),
        accepted=pounds_of(pence["accepted"]),
        provisional=pounds_of(pence["accepted"] - pence["final"]),
        surplus=pounds_of(pence.get("surplus", 0)),
    )
