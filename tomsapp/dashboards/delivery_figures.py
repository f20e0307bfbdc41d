"""The figures of what was delivered under filters: totals, each grouping, plain counts, ratings."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from tomsapp.dashboards.delivered_columns import spread
from tomsapp.dashboards.delivery_counts import delivered_counts
from tomsapp.dashboards.delivery_cube import DeliveryCube
from tomsapp.dashboards.delivery_heads import DELIVERS
from tomsapp.dashboards.delivery_money import money_of
from tomsapp.dashboards.delivery_period import Period, periods_of
from tomsapp.dashboards.delivery_ratings import ratings_of
from tomsapp.dashboards.delivery_rows import AT_ONCE, LAYERS, PENCE, QUARTERS_OF_YEAR, REAL, STATES, run_sums
from tomsapp.dashboards.delivery_sums import HeadSums, taken
from tomsapp.dashboards.delivery_times import Times
from tomsapp.dashboards.exact import Column, added, as_summed, first_of_runs
from tomsapp.dashboards.figures import menus_of
from tomsapp.dashboards.filters import delivered_in_words, is_delivered, passing
from tomsapp.dashboards.grouping import Groups
from tomsapp.dashboards.selection import Filters
from tomsapp.domain.alike import natural
from tomsapp.domain.delivered_portfolio import (
    DELIVERED_GROUPINGS,
    DeliveredCount,
    DeliveredPortfolio,
    DeliveredRow,
    StatePounds,
)
from tomsapp.domain.delivery.rating import Rating
from tomsapp.domain.portfolio import BY_TIME, Grouping
from tomsapp.domain.value_factor import pounds_of

_PART = "These filters take some lines of these contracts and not all, so what is told here rates no whole contract."
_MONEY = "Money that was handed over for a contract as a whole is not counted here, as no line of it is known."
_YEAR = "Of each commitment only what belongs to contract year {} is counted."


@dataclass(frozen=True, slots=True)
class _Sums:
    """Sums by the values of a column, or by groups of them: pence by period and state, and how many have each word."""

    proxy: dict[tuple[str, str], Column]
    real: dict[tuple[str, str], Column]
    ratings: Sequence[Column]
    commitments: Column

    def of(self, groups: Groups) -> _Sums:
        """Those of groups, from those of the values."""
        return _Sums(
            {name: groups.summed(column) for name, column in self.proxy.items()},
            {name: groups.summed(column) for name, column in self.real.items()},
            [groups.summed(column) for column in self.ratings],
            groups.summed(self.commitments),
        )

    def total(self, when: str) -> tuple[StatePounds, StatePounds]:
        """The proxy and the real pounds of all of them in a period."""
        wholes = (
            {name: column.sum(keepdims=True) for name, column in each.items()} for each in (self.proxy, self.real)
        )
        return replace(self, proxy=next(wholes), real=next(wholes)).pounds(when, 0)

    def pounds(self, when: str, place: int) -> tuple[StatePounds, StatePounds]:
        """The proxy and the real pounds of one place in a period."""
        proxy, real = (
            _state_pounds({name[1]: int(column[place]) for name, column in each.items() if name[0] in {when, ""}})
            for each in (self.proxy, self.real)
        )
        return proxy, real


def _state_pounds(pence: Mapping[str, int]) -> StatePounds:
    """Pence of `STATES` as pounds, with what is committed."""
    return StatePounds(**{name: pounds_of(pence.get(name, 0)) for name in ("committed", *STATES)})


class LookedAt:
    """The part of what was delivered that passes the filters, in a period and in the one before."""

    def __init__(self, delivered: DeliveryCube, filters: Filters) -> None:
        self.delivered, self.filters = delivered, filters
        self.cube, self.heads = delivered.cube, delivered.heads
        self.period, self.last_period = periods_of(filters, delivered.until)
        passes = passing(self.cube, filters.without_period)
        tells = np.array([contract.status in DELIVERS for contract in self.cube.contracts], dtype=bool)
        self.contracts: Column = passes.contracts & tells
        self.rows_of_cube = passes.rows
        self.mask = self._mask()
        if filters.parts_contracts:
            self.contracts = spread(np.ones(1, dtype=bool), self.heads.contract[self.mask], len(self.contracts))

    def _mask(self) -> Column:
        """Which commitments pass."""
        heads, groups = self.heads, self.cube.groups
        mask: Column = self.contracts[heads.contract] if len(heads) else np.zeros(0, dtype=bool)
        for grouping, keys in self.filters.keys.items():
            if keys and grouping not in BY_TIME and grouping is not Grouping.YEAR:
                mask &= groups[grouping].chosen(keys)[heads.column(groups[grouping].column)]
        if self.filters.of(Grouping.YEAR) and len(heads):
            mask &= np.maximum.reduceat(self.rows_of_cube, heads.first) | self._is_of_years[1]
        return mask

    @cached_property
    def _is_of_years(self) -> tuple[Column, Column]:
        """Which rows are of the contract years that are chosen, and which commitments have any such."""
        line, quarter = self.delivered.line, self.delivered.rows.quarter
        chosen = self.filters.of(Grouping.YEAR)
        labels, places = self.delivered.year_labels
        table = np.array([*(label in chosen for label in labels), False], dtype=bool)[places]
        of_rows, found = np.zeros(len(line), dtype=bool), np.zeros(len(self.heads), dtype=bool)
        for begin in range(0, len(line), AT_ONCE):
            part = slice(begin, begin + AT_ONCE)
            lines = line[part]
            of_rows[part] = table[self.heads.contract[lines], quarter[part] // QUARTERS_OF_YEAR]
            found[lines[of_rows[part]]] = True
        return of_rows, found

    def row_mask(self, period: Period) -> Column | None:
        """Which rows are of a period and of the contract years that are chosen; None for all."""
        mask = self.delivered.mask_of(period)
        if not self.filters.of(Grouping.YEAR):
            return mask
        return self._is_of_years[0] if mask is None else self._is_of_years[0] & mask

    @cached_property
    def now(self) -> HeadSums:
        """What each commitment comes to in the period."""
        return self._sums(self.period)

    @cached_property
    def before(self) -> HeadSums:
        """The same in the last period."""
        return self._sums(self.last_period, self.now)

    def _sums(self, period: Period, whole: HeadSums | None = None) -> HeadSums:
        if not self.filters.of(Grouping.YEAR):
            return self.delivered.sums(period)
        rows = taken(self.row_mask(period), whole, self.row_mask(self.period))
        return HeadSums(self.delivered, lambda _: rows)

    @cached_property
    def committed(self) -> tuple[Column, Column]:
        """What is promised of each commitment, in proxy and in real pence: for all years, or those that are chosen."""
        if not self.filters.of(Grouping.YEAR):
            return self.heads.committed, self.heads.real_committed
        frame = self.cube.frame
        rows = np.flatnonzero(self.rows_of_cube & is_delivered(frame))
        numbers = frame["commitment"].to_numpy()[rows]
        starts = first_of_runs(numbers)
        at, is_known = self.heads.places_of(numbers[starts])
        found = [
            spread(run_sums(frame[name].to_numpy()[rows], starts)[is_known], at[is_known], len(self.heads))
            for name in ("social_value", "real_pounds")
        ]
        return found[0], found[1]

    def columns(self) -> Iterator[tuple[tuple[str, str], Column]]:
        """What is added up, by period ("now", "before", "" for what is promised) and state, of those that pass."""
        yield ("", "committed"), self.picked(self.committed[0])
        for when, sums, state in self._by_layer(PENCE):
            yield (when, state), self.picked(sums.column(PENCE, state))

    def _by_layer(self, kind: str) -> Iterator[tuple[str, HeadSums, str]]:
        """The sums of each state in both periods; what nobody keeps is let go layer by layer, to spare memory."""
        for names in LAYERS:
            for when, sums in (("now", self.now), ("before", self.before)):
                for _, state in (name for name in names if name[0] == kind):
                    yield when, sums, state
            if self.filters.of(Grouping.YEAR):
                self.now.let_go()
                self.before.let_go()

    def real_columns(self) -> Iterator[tuple[tuple[str, str], Column]]:
        """The same of pounds that are handed over, of the commitments at `real_places`."""
        real = self.delivered.real_heads
        passes = self.mask[real]
        yield ("", "committed"), as_summed(self.committed[1][real][passes])
        for when, sums, state in self._by_layer(REAL):
            yield (when, state), as_summed(sums.column(REAL, state)[passes])

    @cached_property
    def real_places(self) -> Column:
        """The commitments that pass and are about pounds which are handed over."""
        real = self.delivered.real_heads
        found: Column = real[self.mask[real]]
        return found

    @cached_property
    def places(self) -> Column | None:
        """The places of the commitments that pass; None where all do."""
        return None if self.mask.all() else np.flatnonzero(self.mask)

    def picked(self, column: Column) -> Column:
        """What a column of all commitments holds of those that pass, as it can be added up."""
        return as_summed(column if self.places is None else column[self.places])


def delivered_figures_of(
    delivered: DeliveryCube, filters: Filters, groupings: Collection[Grouping] = DELIVERED_GROUPINGS
) -> DeliveredPortfolio:
    """The figures of what passes the filters, with the tables of some groupings."""
    at = LookedAt(delivered, filters)
    ratings = ratings_of(delivered, at.period)
    places = np.flatnonzero(at.contracts).tolist()
    rows = _Rows(at, ratings)
    (pounds, real), (was, real_was) = rows.total("now"), rows.total("before")
    counts = rows.counts
    return DeliveredPortfolio(
        until=delivered.until,
        period=at.period.words,
        last_period=at.last_period.words,
        filters=delivered_in_words(at.cube, filters),
        contracts=len(places),
        suppliers=len({at.cube.contracts[place].supplier_id for place in places} - {None}),
        commitments=int(at.mask.sum()),
        pounds=pounds,
        real=real,
        money=money_of(delivered, filters, at.contracts, at.mask, at.period),
        before=was,
        real_before=real_was,
        money_before=money_of(delivered, filters, at.contracts, at.mask, at.last_period),
        ratings=_counted(np.bincount(at.picked(ratings), minlength=len(Rating))),
        counts=tuple(counts.values()),
        tables=tuple((each, tuple(rows.of(each))) for each in DELIVERED_GROUPINGS if each in groupings),
        menus=menus_of(at.cube, places),
        part_notes=_notes(filters),
        left_out=delivered.left_out,
        selection=filters.chosen,
        is_fictional=delivered.is_fictional,
        change=delivered.change,
    )


def _notes(filters: Filters) -> tuple[str, ...]:
    """What must be said where the filters take a part of contracts, a sentence each."""
    if not filters.parts_contracts:
        return ()
    years = sorted(filters.of(Grouping.YEAR))
    return (_PART, _MONEY, *([_YEAR.format(" or ".join(years))] if years else []))


def _counted(numbers: Sequence[int] | Column) -> dict[Rating, int]:
    return {rating: int(number) for rating, number in zip(Rating, numbers, strict=True)}


class _Rows:
    """The rows of each grouping; what is added up by a column of the heads is added up once for all its groupings."""

    def __init__(
        self,
        at: LookedAt,
        ratings: Column,
    ) -> None:
        self._at, self._ratings = at, at.picked(ratings)

    @cached_property
    def counts(self) -> dict[str, DeliveredCount]:
        """The plain counts by the key of their measure."""
        at, measures = self._at, self._at.cube.groups[Grouping.MEASURE]
        worth = measures.summed(self._by(measures.column).proxy["now", "accepted"])
        return {each.measure: each for each in delivered_counts(at.delivered, at.mask, at.row_mask(at.period), worth)}

    def total(self, when: str) -> tuple[StatePounds, StatePounds]:
        """The proxy and the real pounds of all that passes in a period."""
        return self._by("contract").total(when)

    def of(self, grouping: Grouping) -> list[DeliveredRow]:
        """The rows of one grouping."""
        if grouping in BY_TIME:
            return self._times.rows(grouping, self._at.row_mask(self._at.period))
        made = list(self._made(grouping))
        if grouping is Grouping.SUPPLIER:
            made.sort(key=lambda row: (-row.pounds.due, -row.pounds.committed, natural(row.name)))
        return made

    @cached_property
    def _times(self) -> Times:
        of_all = self._at.row_mask(Period(None, self._at.delivered.until, ""))
        return Times(self._at.delivered, self._at.mask, of_all)

    def _made(self, grouping: Grouping) -> Iterator[DeliveredRow]:
        groups = self._at.cube.groups[grouping]
        sums = self._by(groups.column).of(groups)
        for place in np.flatnonzero(sums.commitments).tolist():
            group = groups.members[place]
            now, before = sums.pounds("now", place), sums.pounds("before", place)
            count = self.counts.get(group.key) if grouping is Grouping.MEASURE else None
            yield DeliveredRow(
                group.key,
                group.name,
                *now,
                int(sums.commitments[place]),
                group.theme,
                _counted([column[place] for column in sums.ratings]),
                "" if count is None or not count.due else f"{count.due} {count.words}",
                "" if count is None or not count.figure else f"{count.figure} {count.words}",
                *before,
            )

    def _by(self, name: str) -> _Sums:
        """The sums by the values of a column, last of those of none."""
        return self._sums[name]

    @cached_property
    def _sums(self) -> dict[str, _Sums]:
        """The sums by the values of each column of the heads; what is added up is brought out once for all of them."""
        at = self._at
        size = {"contract": at.cube.contracts, "measure": at.cube.measures, "place": at.cube.places}
        many = {name: len(size.get(name, at.cube.projects.names)) + 1 for name in (*size, "project")}
        codes, real_codes = {}, {}
        for name in many:
            column = at.heads.column(name)
            codes[name] = column if at.places is None else column[at.places]
            real_codes[name] = column[at.real_places].astype(np.intp)
        found = {name: _Sums({}, {}, (), np.zeros(0, dtype=np.int64)) for name in many}
        for state, column in at.columns():
            for name, members in many.items():
                found[name].proxy[state] = added(codes[name], column, members)
        for state, column in at.real_columns():
            for name, members in many.items():
                found[name].real[state] = added(real_codes[name], column, members)
        for name, sums in found.items():
            words = np.bincount(codes[name] * len(Rating) + self._ratings, minlength=many[name] * len(Rating))
            table = words.reshape(many[name], len(Rating))
            found[name] = replace(sums, ratings=list(table.T), commitments=table.sum(axis=1))
        return found
