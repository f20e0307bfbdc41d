"""Every commitment-year of the portfolio in columns of whole numbers, valued once and regrouped at will."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from tomsapp.dashboards.caveats import in_force, replaced_by, values_under
from tomsapp.dashboards.ended import years_over
from tomsapp.dashboards.exact import Column, narrowed, numbers_met, summable, whole_numbers
from tomsapp.dashboards.facts import PortfolioContract, PortfolioMeasure
from tomsapp.dashboards.grouping import Groups, KeyGroup, group_all
from tomsapp.dashboards.outcome_columns import OutcomeColumns
from tomsapp.dashboards.outcomes import Declarations, read_declarations
from tomsapp.dashboards.projects import NO_PROJECTS, Projects
from tomsapp.dashboards.sealed import sealed_and_today
from tomsapp.dashboards.standing import Lines, Standing, outcomes_of_lines, standings_of
from tomsapp.dashboards.valuing import COLUMNS, NO_YEAR, KeptLists, LineTuple, Valuer
from tomsapp.domain.contract_dates import MOST_YEARS
from tomsapp.domain.money import PENNY_PLACES, to_scaled
from tomsapp.domain.portfolio import Grouping
from tomsapp.domain.portfolio_contract import SealedToday
from tomsapp.domain.problems import Answer
from tomsapp.domain.rules_origin import NOT_KNOWN, RulesOrigin

T = TypeVar("T")
ProgressReport = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Cube:
    """The portfolio at one moment of the database.

    Attributes:
        change: the number of the last change in the database when it was read.
        frame: one row for each year of each commitment, commitments together; money in pence, quantities in 10⁻⁴.
            Each column but `commitment` and the figures holds the place in the list of the same name. Columns have 32
            bits where they fit: whoever adds up goes through `exact`.
        years: the labels of the contract years, first year first; −1 stands for a commitment without a quantity.
        shares: contract shares in millionths.
        declarations: for which contracts it is declared in writing that the people of two measures are different.
        origin: whose policy rules the contracts are held against.
        projects: the community projects that commitments are part of.
        own_groups: the groups that the council made itself, by the groupings in which they stand.
        kept_standings: by the contract's place, how it stands, where nothing of it changed since the last cube.
        kept_outcomes: the employment outcomes of those contracts, where any are kept.
    """

    change: int
    contracts: Sequence[PortfolioContract]
    measures: Sequence[PortfolioMeasure]
    places: Sequence[str]
    years: Sequence[str]
    shares: Sequence[int]
    frame: pd.DataFrame
    place_name: Callable[[str], str]
    declarations: Declarations = field(default_factory=Declarations)
    kept_standings: Mapping[int, Standing] = field(default_factory=dict)
    kept_outcomes: OutcomeColumns | None = None
    own_groups: Mapping[Grouping, Sequence[KeyGroup]] = field(default_factory=dict)
    origin: RulesOrigin = NOT_KNOWN
    projects: Projects = NO_PROJECTS
    _positions: dict[int, int] = field(default_factory=dict)

    @cached_property
    def groups(self) -> dict[Grouping, Groups]:
        """How the rows are grouped, for each grouping."""
        return group_all(
            self.contracts,
            self.measures,
            self.places,
            self.years,
            self.place_name,
            self.own_groups,
            self.projects.names,
        )

    @cached_property
    def standings(self) -> Sequence[Standing]:
        """How each contract as a whole stands against the council's policy, in the order of the contracts."""
        anew, lines = self._anew
        found = {**self.kept_standings, **standings_of(anew, lines, self.outcomes.of_contracts(self.mask_of(anew)))}
        return [found[place] for place in range(len(self.contracts))]

    @cached_property
    def outcomes(self) -> OutcomeColumns:
        """The employment outcomes of each contract as a whole."""
        anew = outcomes_of_lines(*self._anew)
        return anew if self.kept_outcomes is None else self.kept_outcomes.joined(anew)

    @cached_property
    def _anew(self) -> tuple[dict[int, PortfolioContract], Lines]:
        """The contracts of which nothing is kept of the last cube, and their lines."""
        kept = self.kept_standings
        anew = {place: contract for place, contract in enumerate(self.contracts) if place not in kept}
        rows = self.rows_of(anew) if kept else self.frame
        return anew, self.lines(rows)

    def column(self, name: str) -> Column:
        """A column of the frame by which rows are grouped; projects stand beside the frame, as few have one."""
        found: Column = self._project_column if name == "project" else self.frame[name].to_numpy()
        return found

    @cached_property
    def _project_column(self) -> Column:
        return self.projects.places_of(self.frame["commitment"].to_numpy())

    @cached_property
    def worth_in_force(self) -> Column | None:
        """The social value of each row where the editions in force today rule; None where that is the same."""
        return values_under(self, in_force)

    def rows_of(self, places: Collection[int]) -> pd.DataFrame:
        """The rows of these contracts."""
        rows: pd.DataFrame = self.frame[self.mask_of(places)[self.frame["contract"].to_numpy()]]
        return rows

    def mask_of(self, places: Collection[int]) -> Column:
        """These contracts as a mask."""
        mask: Column = np.zeros(len(self.contracts), dtype=bool)
        mask[list(places)] = True
        return mask

    def lines(self, rows: pd.DataFrame) -> Lines:
        """Some of the rows with what their columns stand for."""
        return Lines(rows, self.measures, self.shares, self.declarations)

    @cached_property
    def worth_today(self) -> Column | None:
        """The social value of each row where editions that replaced withdrawn ones rule; None where none did."""
        return values_under(self, replaced_by)

    @cached_property
    def sealed_today(self) -> Mapping[int, SealedToday]:
        """What was sealed beside what it comes to today, by the place of each contract for which something differs."""
        return sealed_and_today(self.contracts, self.measures, self.frame, self.worth_in_force)

    @cached_property
    def value_pence(self) -> Column:
        """The value of each contract in pence, in the order of the contracts; their sums are exact."""
        return summable(whole_numbers(to_scaled(contract.value, PENNY_PLACES) for contract in self.contracts))

    @cached_property
    def lengths(self) -> tuple[Column, list[Fraction]]:
        """For each contract the place of its length in years, and the lengths that there are."""
        known: dict[tuple[int, int], int] = {}
        places = [known.setdefault(each.length.as_integer_ratio(), len(known)) for each in self.contracts]
        return np.array(places, dtype=np.int64), [Fraction(*each) for each in known]

    @cached_property
    def signing(self) -> tuple[Column, Column]:
        """How many years of each contract were over when it was signed, and in which calendar year its first began."""
        return years_over(self.contracts)

    def prepare(self) -> None:
        """Work out now what the first figures would otherwise wait for."""
        _ = self.groups, self.outcomes, self.standings, self.value_pence, self.signing
        _ = self.worth_today, self.sealed_today

    def position_of(self, contract_id: int) -> int:
        """The place of a contract in `contracts`."""
        if not self._positions:
            self._positions.update({contract.id: place for place, contract in enumerate(self.contracts)})
        return self._positions[contract_id]


@dataclass(frozen=True, slots=True)
class LineSource:
    """The streams that a cube is built from; see `valuing.LineTuple`.

    Attributes:
        commitments, quantities: the quantities of each commitment and year, in columns; see `Valuer.columns`.
        rate_lines: promises per pound: the first seven fields, then rate, per pence, spend in pence, is recorded.
        lines: what no column has, as line tuples: commitments per pound in which nothing is promised yet, of year −1
            and quantity 0. Those of `commitments` are found by what they lack.
        declared: the answers to clashes: a contract's number, the Problem's key and what was answered.
        projects: the commitments that are part of a community project: commitment, contract, and the project.
        kept: the lines of all contracts of which the others tell nothing, with what their columns stand for.
    """

    commitments: Iterable[tuple[str, ...]] = ()
    quantities: Iterable[tuple[str, ...]] = ()
    rate_lines: Iterable[LineTuple] = ()
    lines: Iterable[LineTuple] = ()
    declared: Iterable[tuple[int, str, Answer]] = ()
    projects: Iterable[tuple[int, int, str]] = ()
    kept: tuple[KeptLists, dict[str, Column]] | None = None


def build_cube(
    contracts: Iterable[PortfolioContract],
    source: LineSource,
    place_name: Callable[[str], str],
    *,
    change: int = 0,
    own_groups: Mapping[Grouping, Sequence[KeyGroup]] | None = None,
    report: ProgressReport | None = None,
) -> Cube:
    """Value every line that is streamed in; what its edition does not have is left out, as `value_contract` does."""
    ordered = sorted(contracts, key=lambda contract: contract.id)
    valuer = Valuer(ordered)
    rates = list(source.rate_lines)
    parcels = []
    if source.kept is not None:
        valuer.learn(source.kept[0])
        parcels.append(source.kept[1])
    parcels += _parcels(valuer, source, rates, report)
    frame = _frame_of(parcels)
    positions = {contract.id: place for place, contract in enumerate(ordered)}
    declared = [(positions[number], key, answer) for number, key, answer in source.declared if number in positions]
    declarations = read_declarations(declared, frame, valuer, rates)
    return Cube(
        change,
        ordered,
        valuer.measures,
        valuer.places,
        _label_years(frame, ordered),
        valuer.shares,
        frame,
        place_name,
        declarations,
        own_groups=own_groups or {},
        projects=Projects(tuple(source.projects)),
    )


def _parcels(
    valuer: Valuer, source: LineSource, rates: Sequence[LineTuple], report: ProgressReport | None
) -> Iterator[dict[str, Column]]:
    """All lines with their values, telling how many have been read."""
    done = 0

    def told(parcels: Iterable[T], size: Callable[[T], int]) -> Iterator[T]:
        nonlocal done
        for parcel in parcels:
            yield parcel
            done += size(parcel)
            if report is not None:
                report(done, 0, "Adding up the commitments")

    yield from valuer.columns(source.commitments, told(source.quantities, lambda texts: texts[0].count(",") + 1))
    recorded = valuer.quantities_of_rates(rates, is_forecast=False)
    for stream in (recorded, source.lines):
        yield from told(valuer.parcels(stream), lambda columns: len(columns["contract"]))
    forecast = valuer.quantities_of_rates(rates, is_forecast=True)
    yield from told(valuer.parcels(forecast, is_forecast=True), lambda columns: len(columns["contract"]))


def _frame_of(parcels: list[dict[str, npt.NDArray[Any]]]) -> pd.DataFrame:
    """One frame of all parcels, the rows of a commitment together; the parcels are used up to spare memory."""
    columns: dict[str, npt.NDArray[Any]] = {}
    told = [parcel for parcel in parcels if len(parcel["contract"])]
    for name in COLUMNS:
        parts = [parcel.pop(name) for parcel in told]
        columns[name] = np.concatenate(parts) if parts[1:] else parts[0] if parts else np.zeros(0, dtype=np.int64)
    columns["forecast"] = columns["forecast"].astype(np.bool_)
    order_of = columns["commitment"].astype(np.int64) * (MOST_YEARS + 1) + columns["year"]
    if (np.diff(order_of) < 0).any():
        order = np.argsort(order_of, kind="stable")
        columns = {name: column[order] for name, column in columns.items()}
    return kept_frame(columns)


def kept_frame(columns: Mapping[str, Column]) -> pd.DataFrame:
    """The rows of a cube, quantities and money in 32 bits where all of a column fit."""
    figures = {name: narrowed(summable(columns[name])) for name in ("quantity", "social_value", "real_pounds")}
    return pd.DataFrame({**columns, "commitment": narrowed(columns["commitment"]), **figures}, copy=False)


def _label_years(frame: pd.DataFrame, contracts: Sequence[PortfolioContract]) -> list[str]:
    """Put the place of each row's year label in the place of its number within the contract; the labels in order."""
    if frame.empty:
        return []
    starts = np.array([contract.start_on.year for contract in contracts], dtype=np.int64)
    whole = np.array([contract.start_on.month == 1 == contract.start_on.day for contract in contracts], dtype=np.int64)
    contract, index = frame["contract"].to_numpy(), frame["year"].to_numpy()
    # Two labels can begin in the same calendar year: 2026 and 2026/27.
    marks = (starts[contract] + index) * 2 + 1 - whole[contract]
    marks[index < 0] = NO_YEAR
    known = numbers_met(marks[index >= 0])
    codes = np.searchsorted(known, marks).astype(np.int32)
    codes[index < 0] = NO_YEAR
    frame["year"] = codes
    return [str(mark // 2) if mark % 2 == 0 else f"{mark // 2}/{(mark // 2 + 1) % 100:02d}" for mark in known.tolist()]
