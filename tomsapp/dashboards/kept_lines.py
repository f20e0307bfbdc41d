"""The lines of a portfolio as they are kept from one day to the next, and put in the place of reading them again."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np

from tomsapp.dashboards.cube import Cube
from tomsapp.dashboards.exact import Column, Places, narrowed
from tomsapp.dashboards.facts import PortfolioContract
from tomsapp.dashboards.valuing import COLUMNS, NO_YEAR, WIDE, KeptLists

_NARROW = ("contract", "measure", "place", "share")


def kept_lines(cube: Cube) -> tuple[dict[str, Any], dict[str, Column]]:
    """The facts and the columns of a portfolio; the years are numbered within each contract."""
    frame = cube.frame
    columns = {name: narrowed(frame[name].to_numpy()) for name in (*sorted(WIDE), *_NARROW)}
    begins = np.array([*(int(label[:4]) for label in cube.years), 0], dtype=np.int64)
    starts = np.array([contract.start_on.year for contract in cube.contracts], dtype=np.int64)
    code = frame["year"].to_numpy()
    year = begins[code] - starts[columns["contract"]]
    year[code < 0] = NO_YEAR
    columns |= {"year": year.astype(np.int8), "forecast": frame["forecast"].to_numpy()}
    columns["contracts"] = np.array([contract.id for contract in cube.contracts], dtype=np.int64)
    facts = {
        "measures": [
            (each.edition.code, each.edition.edition, each.edition.sha256, each.measure.code) for each in cube.measures
        ],
        "places": list(cube.places),
        "shares": list(cube.shares),
    }
    return facts, columns


def lines_kept(
    facts: Mapping[str, Any],
    columns: Mapping[str, Column],
    contracts: Sequence[PortfolioContract],
    changed: Collection[int],
) -> tuple[KeptLists, dict[str, Column]] | None:
    """What a cube is built of in the place of the lines of all contracts that did not change since they were kept.

    None where an edition is another than it was or a contract is not there. `contracts` are those of today, by number;
    of `changed` nothing is taken over.
    """
    editions = {(each.edition.code, each.edition.edition): each.edition for each in contracts if each.edition}
    measures = []
    for menu, edition, digest, code in facts["measures"]:
        held = editions.get((menu, edition))
        if held is None or held.sha256 != digest or code not in held.places:
            return None
        measures.append((held, code))
    numbers = columns["contracts"]
    places = Places(np.array([each.id for each in contracts], dtype=np.int64)).of(numbers)
    is_changed = np.isin(numbers, np.array(sorted(changed), dtype=np.int64))
    if ((places < 0) & ~is_changed).any():
        return None
    return KeptLists(measures, facts["places"], facts["shares"]), _parcel(columns, places, is_changed)


def _parcel(columns: Mapping[str, Column], places: Column, is_changed: Column) -> dict[str, Column]:
    """The columns with the contracts at their places of today, without those that changed."""
    owner = columns["contract"]
    kept = ~is_changed[owner] if is_changed.any() else slice(None)
    found = {name: columns[name][kept] for name in COLUMNS}
    for name in COLUMNS:
        if name != "forecast" and name not in WIDE:
            found[name] = found[name].astype(np.int32, copy=False)
    found["contract"] = places.astype(np.int32)[owner[kept]]
    return found


def is_any_unmet(cube: Cube) -> bool:
    """Whether a measure or a place that was kept is no longer in the portfolio: its groups are others then."""
    for name, many in (("measure", len(cube.measures)), ("place", len(cube.places))):
        met = np.zeros(many, dtype=bool)
        met[cube.frame[name].to_numpy()] = True
        if not met.all():
            return True
    return False
