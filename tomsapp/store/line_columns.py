"""All promised quantities of the portfolio as columns, a few texts for thousands of rows: a million are read at once.

Each text is a JSON array. The database makes it, so that no row becomes a record of its own on the way.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection

from tomsapp.store.faults import faults_translated
from tomsapp.store.lines import is_server, number_words

_AT_ONCE = 16_384

_COMMITMENT_COLUMNS = (("id", "contract_id", "share"), ("measure", "place"))
_COMMITMENTS = """
SELECT m.id, m.contract_id, {share} AS share, m.measure, m.place
FROM commitment AS m
JOIN contract AS c ON c.id = m.contract_id
WHERE c.deleted = {no} AND c.status <> 'withdrawn' AND m.deleted = {no} AND m.rate_quantity IS NULL
AND c.id {of_contracts} AND m.id > {last} ORDER BY m.id LIMIT {many}
"""

_QUANTITY_COLUMNS = (("commitment_id", "year_index", "quantity"), ())
_QUANTITIES = """
SELECT y.id, y.commitment_id, y.year_index, {quantity} AS quantity
FROM commitment_year AS y
WHERE y.deleted = {no} AND y.quantity IS NOT NULL
AND y.commitment_id {of_commitments} AND y.id > {last} ORDER BY y.id LIMIT {many}
"""


def read_commitment_columns(
    connection: Connection, name: str, contract_ids: Collection[int] | None = None
) -> Iterator[tuple[str, ...]]:
    """The commitments that are in the portfolio and not per pound: number, contract, share, measure and place."""
    return parcels(connection, name, _COMMITMENT_COLUMNS, _COMMITMENTS, contract_ids)


def read_quantity_columns(
    connection: Connection, name: str, contract_ids: Collection[int] | None = None
) -> Iterator[tuple[str, ...]]:
    """The quantities of all commitments, also of those that are in no portfolio: commitment, year and quantity."""
    return parcels(connection, name, _QUANTITY_COLUMNS, _QUANTITIES, contract_ids)


def parcels(
    connection: Connection,
    name: str,
    columns: tuple[Sequence[str], Sequence[str]],
    rows: str,
    contract_ids: Collection[int] | None = None,
) -> Iterator[tuple[str, ...]]:
    """Each parcel with the columns that hold numbers, then those that hold words: of all contracts, or of a few.

    In `rows`, `{of_contracts}` and `{of_commitments}` follow the number of a contract or commitment that is to be one
    of those that are asked for.
    """
    # On a server as text: its driver would make a Python number of each value. Numbers are joined three times sooner.
    numbers, words = "json_group_array({})", "json_group_array({})"
    if is_server(connection):
        numbers, words = "'[' || string_agg({}::text, ',') || ']'", "json_agg({})::text"
    arrays = [*map(numbers.format, columns[0]), *map(words.format, columns[1])]
    of_contracts = of_commitments = "IS NOT NULL"
    if contract_ids is not None:
        # int() because these numbers become text of the statement. No number is in NULL; a server takes no empty list.
        of_contracts = f"IN ({','.join(str(int(each)) for each in sorted(contract_ids)) or 'NULL'})"
        of_commitments = f"IN (SELECT id FROM commitment WHERE contract_id {of_contracts})"
    told = {**number_words(connection), "of_contracts": of_contracts, "of_commitments": of_commitments}
    query = f"SELECT max(id), {', '.join(arrays)} FROM ({rows}) AS parcel"
    driver: Any = connection.connection.driver_connection
    last = 0
    with faults_translated(name):
        while True:
            statement = query.format(**told, last=last, many=_AT_ONCE)
            last, *texts = driver.execute(statement).fetchone()
            if last is None:
                return
            yield tuple(texts)
