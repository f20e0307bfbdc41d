"""What is promised per pound in the portfolio as bare tuples of integers, and how statements say whole numbers.

All other quantities are read as columns: see `line_columns`. Contracts that were deleted or withdrawn are in no
portfolio.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection

from tomsapp.store.faults import faults_translated

LINE_FIELDS = (
    "contract_id",
    "commitment_id",
    "edition_id",
    "measure",
    "share_scaled",
    "place",
    "year_index",
    "quantity_scaled",
)
"""What a line tuple holds: shares as whole millionths, quantities as whole ten-thousandths."""

RATE_FIELDS = (*LINE_FIELDS[:7], "rate_quantity_scaled", "per_pence", "spend_pence", "is_recorded")
"""What a tuple of `Reader.rate_lines` holds: the rate's quantity as whole ten-thousandths, pounds as pence."""

_AT_ONCE = 10_000

_RATE_LINES = """
SELECT c.id, m.id, e.id, m.measure, {share}, m.place, s.year_index, {rate}, {per}, {amount}, {recorded}
FROM contract AS c
JOIN commitment AS m ON m.contract_id = c.id
JOIN contract_spend AS s ON s.contract_id = c.id
LEFT JOIN edition AS e ON e.code = c.menu AND e.edition = c.edition
WHERE c.deleted = {no} AND c.status <> 'withdrawn' AND m.deleted = {no} AND s.deleted = {no}
AND m.rate_quantity IS NOT NULL
AND (s.is_recorded = {yes} OR NOT EXISTS (
    SELECT 1 FROM contract_spend AS r WHERE r.contract_id = s.contract_id AND r.year_index = s.year_index
    AND r.is_recorded = {yes} AND r.deleted = {no}))
"""

_EMPTY = """
SELECT c.id, m.id, e.id, m.measure, {share}, m.place, -1, 0
FROM contract AS c
JOIN commitment AS m ON m.contract_id = c.id
LEFT JOIN edition AS e ON e.code = c.menu AND e.edition = c.edition
WHERE c.deleted = {no} AND c.status <> 'withdrawn' AND m.deleted = {no}
"""
_EMPTY_RATE_LINES = f"""{_EMPTY}
AND m.rate_quantity IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM contract_spend AS s WHERE s.contract_id = c.id AND s.deleted = {{no}})
"""

_PROMISED = """
SELECT y.commitment_id, y.year_index, {quantity}
FROM contract AS c
JOIN commitment AS m ON m.contract_id = c.id
JOIN commitment_year AS y ON y.commitment_id = m.id
WHERE m.deleted = {no} AND y.deleted = {no}
"""

_SQLITE = {
    "no": "0",
    "yes": "1",
    "share": "m.contract_share",
    "quantity": "y.quantity",
    "rate": "m.rate_quantity",
    "per": "m.rate_per_pounds",
    "amount": "s.amount",
    "recorded": "s.is_recorded",
    "whole": ")",
}
_POSTGRES = {
    "no": "false",
    "yes": "true",
    "share": "(m.contract_share * 1000000)::bigint",
    "quantity": "(y.quantity * 10000)::bigint",
    "rate": "(m.rate_quantity * 10000)::bigint",
    "per": "(m.rate_per_pounds * 100)::bigint",
    "amount": "(s.amount * 100)::bigint",
    "recorded": "s.is_recorded::int",
    "whole": " * 10000)::bigint",
}


def read_rate_lines(connection: Connection, name: str, contract_ids: Sequence[int] | None) -> Iterator[tuple[Any, ...]]:
    """The rate and the spend of each commitment per pound and year; recorded spend goes before forecast."""
    return _stream(connection, name, _RATE_LINES, contract_ids)


def read_empty_rate_lines(
    connection: Connection, name: str, contract_ids: Sequence[int] | None
) -> Iterator[tuple[Any, ...]]:
    """The commitments per pound of a contract without any spend."""
    return _stream(connection, name, _EMPTY_RATE_LINES, contract_ids)


def read_promised(connection: Connection, name: str, contract_ids: Sequence[int]) -> Iterator[tuple[Any, ...]]:
    """Commitment, contract year and quantity of these contracts, whatever their status; None where none is entered."""
    return _stream(connection, name, _PROMISED, contract_ids)


def is_server(connection: Connection) -> bool:
    """Whether the database is on a server, and not a file."""
    return connection.dialect.name == "postgresql"


def number_words(connection: Connection) -> dict[str, str]:
    """How the database says yes and no, and shares, quantities and pounds as whole numbers.

    `whole` ends a quantity in brackets: "(d.claimed{whole}".
    """
    return _POSTGRES if is_server(connection) else _SQLITE


def _stream(
    connection: Connection, name: str, query: str, contract_ids: Sequence[int] | None
) -> Iterator[tuple[Any, ...]]:
    on_server, whole = is_server(connection), query.format(**number_words(connection))
    with faults_translated(name):
        for statement in _statements(whole, contract_ids):
            yield from _server_rows(connection, statement) if on_server else _file_rows(connection, statement)


def _statements(whole: str, contract_ids: Sequence[int] | None) -> Iterator[str]:
    if contract_ids is None:
        yield whole
        return
    for start in range(0, len(contract_ids), _AT_ONCE):
        # int() because these numbers become text of the statement.
        numbers = ",".join(str(int(each)) for each in contract_ids[start : start + _AT_ONCE])
        yield f"{whole} AND c.id IN ({numbers})"


def _file_rows(connection: Connection, statement: str) -> Iterator[tuple[Any, ...]]:
    driver: Any = connection.connection.driver_connection
    rows: Iterator[tuple[Any, ...]] = driver.execute(statement)
    return rows


def _server_rows(connection: Connection, statement: str) -> Iterator[tuple[Any, ...]]:
    driver: Any = connection.connection.driver_connection
    with driver.cursor(name="tomsapp_lines") as cursor:
        cursor.itersize = _AT_ONCE
        cursor.execute(statement)
        yield from cursor
