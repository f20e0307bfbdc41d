"""The groups that figures are shown by: which group each measure, contract, place or year belongs to."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from tomsapp.dashboards.exact import added
from tomsapp.dashboards.facts import PortfolioContract, PortfolioMeasure
from tomsapp.domain.alike import natural
from tomsapp.domain.keys import Keys, measure_key
from tomsapp.domain.portfolio import FACT_GROUPINGS, PORTFOLIO_FACTS, Grouping
from tomsapp.domain.supplier import SupplierKind

NO_SUPPLIER = NO_GROUP = "none"
WHOLE_AREA_KEY = "whole"
_KINDS = {**{kind.value: kind.words for kind in SupplierKind}, "": "No supplier yet"}
_FACT_NOUNS = {fact.name: fact.label.lower() for fact in PORTFOLIO_FACTS}


@dataclass(frozen=True, slots=True)
class Group:
    """One group: its key and name as people see them, and its theme's number for the colour (0: none)."""

    key: str
    name: str
    theme: int = 0


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups of one grouping in the order shown; `code_of[frame[column]]` is the group of a row.

    The last member of `code_of` answers for −1, a row of no group. Where a value may be in several groups, `inside`
    has a row for each member, which says by value whether it is in it, and `code_of` is not asked.
    """

    column: str
    code_of: npt.NDArray[Any]
    members: tuple[Group, ...]
    inside: npt.NDArray[np.bool_] | None = None

    def summed(self, column: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """The sums of the groups, from those of each value of `column` and last of −1; one of several is in each."""
        if self.inside is None:
            return added(self.code_of, column, len(self.members) + 1)[:-1]
        return np.array([column[of_value].sum() for of_value in self.inside], dtype=column.dtype)

    def chosen(self, keys: frozenset[str]) -> npt.NDArray[Any]:
        """For each value of the column whether a group of it is chosen; the last, for rows of no group, never is."""
        wanted = np.array([*(group.key in keys for group in self.members), False], dtype=bool)
        found: npt.NDArray[Any] = wanted[self.code_of] if self.inside is None else self.inside[wanted[:-1]].any(axis=0)
        return found

    def names_by_value(self) -> list[str]:
        """For each value of the column the names of all groups that it is in, parted by "; "; empty where in none."""
        held = [] if self.inside is None else list(zip(self.members, self.inside.tolist(), strict=True))
        return [
            "; ".join(group.name for group, of_value in held if of_value[value] and group.key != NO_GROUP)
            for value in range(len(held[0][1]) - 1 if held else 0)
        ]

    def names(self, keys: Sequence[str]) -> list[str]:
        """The names of the groups with these keys; a key that is no more stands for itself."""
        known = {group.key: group.name for group in self.members}
        return [known.get(key, key) for key in keys]


@dataclass(frozen=True, slots=True)
class KeyGroup:
    """A group that the council made itself: its number and name, and the keys of what is in it."""

    id: int
    name: str
    keys: Keys


def group_all(
    contracts: Sequence[PortfolioContract],
    measures: Sequence[PortfolioMeasure],
    places: Sequence[str],
    years: Sequence[str],
    place_name: Callable[[str], str],
    own: Mapping[Grouping, Sequence[KeyGroup]],
    projects: Sequence[str] = ("",),
) -> dict[Grouping, Groups]:
    """Every grouping of a cube; what is delivered by time has its own."""
    return {
        Grouping.THEME: _grouped("measure", measures, _theme_identity, _theme_group),
        Grouping.OUTCOME: _grouped("measure", measures, _outcome_identity, _outcome_group),
        Grouping.MEASURE: _grouped("measure", measures, lambda each: each.identity, _measure_group),
        Grouping.PRIORITY: _own_groups(
            "measure",
            [measure_key(each.edition.code, each.measure.code) for each in measures],
            own.get(Grouping.PRIORITY, ()),
            "No priority",
        ),
        Grouping.SUPPLIER: _grouped("contract", contracts, lambda each: each.supplier_id, _supplier_group),
        Grouping.WARD: _ward_groups(places, place_name),
        Grouping.NEIGHBOURHOOD: _own_groups("place", places, own.get(Grouping.NEIGHBOURHOOD, ()), "No neighbourhood"),
        Grouping.YEAR: _year_groups(years),
        Grouping.SUPPLIER_KIND: _worded("contract", [each.supplier_kind for each in contracts], _KINDS),
        **{
            grouping: _said("contract", [each.fact(name) for each in contracts], f"No {_FACT_NOUNS[name]}")
            for grouping, name in FACT_GROUPINGS.items()
        },
        Grouping.PROJECT: _said("project", projects, "No community project"),
        Grouping.EQUALITY_GROUP: _said(
            "measure", [each.measure.equality_group for each in measures], "No equality group", is_capital=True
        ),
    }


def _worded(column: str, values: Sequence[str], names: Mapping[str, str]) -> Groups:
    """Groups by a value that has words of its own, in the order of these."""
    met = [value for value in names if value in set(values)]
    codes = [met.index(value) for value in values]
    return Groups(column, _with_none(codes), tuple(Group(value or NO_GROUP, names[value]) for value in met))


def _said(column: str, values: Sequence[str], none: str, *, is_capital: bool = False) -> Groups:
    """Groups by what is said of each value of a column, in the order of their words; last where nothing is said.

    The key is the words themselves, and empty where there are none.
    """
    met = sorted(set(values), key=lambda words: (not words, natural(words), words))
    places = {words: place for place, words in enumerate(met)}
    named = [((_capital(words) if is_capital else words) or none) for words in met]
    members = tuple(Group(words, name) for words, name in zip(met, named, strict=True))
    return Groups(column, _with_none([places[words] for words in values]), members)


def _grouped(
    column: str,
    owners: Sequence[Any],
    identity: Callable[[Any], Hashable],
    group: Callable[[Any], Group],
) -> Groups:
    """Groups of those with the same identity, named as the newest is, in an order that does not depend on theirs."""
    newest = {identity(owner): owner for owner in sorted(owners, key=_age)}
    made = [(key, group(owner), _order(owner)) for key, owner in newest.items()]
    made.sort(key=lambda each: (each[2], natural(each[1].name)))
    places = {key: place for place, (key, _, _) in enumerate(made)}
    codes = [places[identity(owner)] for owner in owners]
    return Groups(column, _with_none(codes), _distinct([each[1] for each in made]))


def _age(owner: PortfolioMeasure | PortfolioContract) -> tuple[str, ...]:
    return owner.age if isinstance(owner, PortfolioMeasure) else ()


def _order(owner: PortfolioMeasure | PortfolioContract) -> tuple[int, str, int]:
    """Measures by theme and outcome, then in their menu's order; suppliers by name."""
    if isinstance(owner, PortfolioContract):
        return (0, "", 0)
    place = list(owner.edition.places).index(owner.measure.code)
    return (owner.place.theme.number, owner.place.outcome.code, place)


def _distinct(groups: list[Group]) -> tuple[Group, ...]:
    taken: set[str] = set()
    named: list[Group] = []
    for group in groups:
        key, number = group.key, 1
        while key in taken:
            number += 1
            key = f"{group.key} ({number})"
        taken.add(key)
        named.append(Group(key, group.name, group.theme))
    return tuple(named)


def _with_none(codes: Sequence[int]) -> npt.NDArray[Any]:
    return np.array([*codes, -1], dtype=np.int32)


def _theme_identity(measure: PortfolioMeasure) -> Hashable:
    return measure.place.theme.number


def _theme_group(measure: PortfolioMeasure) -> Group:
    theme = measure.place.theme
    return Group(str(theme.number), theme.title, theme.number)


def _outcome_identity(measure: PortfolioMeasure) -> Hashable:
    return measure.place.outcome.code, measure.place.outcome.title


def _outcome_group(measure: PortfolioMeasure) -> Group:
    outcome = measure.place.outcome
    return Group(outcome.code, outcome.title, measure.place.theme.number)


def _measure_group(measure: PortfolioMeasure) -> Group:
    return Group(measure.measure.code, measure.measure.title, measure.place.theme.number)


def _supplier_group(contract: PortfolioContract) -> Group:
    if contract.supplier_id is None:
        return Group(NO_SUPPLIER, "No supplier yet")
    return Group(str(contract.supplier_id), contract.supplier)


def _ward_groups(places: Sequence[str], place_name: Callable[[str], str]) -> Groups:
    """The wards by name; the whole area and what lies outside stand last."""
    named = [(place, _capital(place_name(place))) for place in places]
    order = sorted(range(len(places)), key=lambda at: (place_name(places[at])[:1].islower(), natural(named[at][1])))
    spots = {at: spot for spot, at in enumerate(order)}
    members = [Group(named[at][0] or WHOLE_AREA_KEY, named[at][1]) for at in order]
    return Groups("place", _with_none([spots[at] for at in range(len(places))]), tuple(members))


def _own_groups(column: str, keys: Sequence[str], own: Sequence[KeyGroup], none: str) -> Groups:
    """Groups that the council made of the keys of a column, and last what is in none; no groups, no members."""
    held = [[*(key in group.keys for key in keys), False] for group in own]
    members = [Group(str(group.id), group.name) for group in own]
    if own:
        held.append([*(not any(key in group.keys for group in own) for key in keys), False])
        members.append(Group(NO_GROUP, none))
    inside = np.array(held, dtype=bool).reshape(len(held), len(keys) + 1)
    return Groups(column, np.zeros(0, dtype=np.int32), tuple(members), inside)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _year_groups(years: Sequence[str]) -> Groups:
    return Groups("year", _with_none(range(len(years))), tuple(Group(label, label) for label in years))
