"""What was delivered as it is kept from one day to the next."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import numpy as np

from tomsapp.dashboards.delivery_cube import DeliveryCube, PeopleOf
from tomsapp.dashboards.delivery_rows import LAYERS, Layer, Rows
from tomsapp.dashboards.exact import Column

_PLAIN = ("owners", "many", "quarter", "ends", "is_returned")


def kept_rows(rows: Rows) -> dict[str, Column]:
    """The columns of the rows by their names."""
    columns = {name: getattr(rows, name) for name in _PLAIN}
    for place, layer in enumerate(rows.layers):
        if layer.at is not None:
            columns[f"at {place}"] = layer.at
        columns |= {" ".join(name): column for name, column in layer.columns.items()}
    return columns


def rows_kept(columns: Mapping[str, Column]) -> Rows:
    """The rows of such columns."""
    layers = tuple(
        Layer(columns.get(f"at {place}"), {name: columns[" ".join(name)] for name in names})
        for place, names in enumerate(LAYERS)
    )
    return Rows(columns["owners"], columns["many"], columns["quarter"], columns["ends"], columns["is_returned"], layers)


def kept_people(delivered: DeliveryCube) -> dict[str, Column]:
    """The people behind claims, as columns with the contract of each."""
    table = np.array([tuple(each) for each in delivered.people], dtype=np.int64).reshape(-1, len(PeopleOf._fields))
    heads, numbers = delivered.heads, np.array([*(each.id for each in delivered.cube.contracts), 0], dtype=np.int64)
    places, is_known = heads.places_of(table[:, 0])
    # Of contracts that are not told, as while they are open again, they are read once they are.
    table, contracts = table[is_known], numbers[heads.contract[places[is_known]]]
    columns = {f"people {name}": table[:, at] for at, name in enumerate(PeopleOf._fields)}
    return columns | {"people contract": contracts}


def people_kept(columns: Mapping[str, Column], changed: Collection[int]) -> Iterator[PeopleOf]:
    """The people that were kept, without those of some contracts."""
    held = zip(*(columns[f"people {name}"].tolist() for name in PeopleOf._fields), strict=True)
    for each, contract in zip(held, columns["people contract"].tolist(), strict=True):
        if contract not in changed:
            yield PeopleOf(*each)
