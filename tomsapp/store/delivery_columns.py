"""All that was delivered and planned, of every contract, as columns: a quarter of a million rows are read at once.

Quantities are whole ten-thousandths. What is told of commitments that are in no portfolio is to be left out, as in
`line_columns`. What was withdrawn is not told.
"""

from collections.abc import Collection, Iterator

from sqlalchemy import Connection

from tomsapp.store.line_columns import parcels

DELIVERY_FIELDS = (
    "commitment_id",
    "year_index",
    "quarter",
    "claimed",
    "evidenced",
    "accepted",
    "provisional",
    "rejected",
)
"""What an item of `read_delivery_columns` holds a column of, in this order."""
PLAN_FIELDS = ("commitment_id", "year_index", "quarter", "quantity")
"""The same for `read_plan_columns`."""

CONTRACT_FIELDS = ("id", "start_on", "end_on", "menu", "edition", "status")
"""The same for `read_delivered_contract_columns`; days as they are written in ISO 8601."""

_CONTRACTS = """
SELECT c.id, c.start_on, c.end_on, c.menu, c.edition, c.status
FROM contract AS c
WHERE c.deleted = {no} AND c.status <> 'withdrawn' AND c.id {of_contracts} AND c.id > {last} ORDER BY c.id LIMIT {many}
"""
_DELIVERIES = """
SELECT d.id, d.commitment_id, d.year_index, d.quarter, (d.claimed{whole} AS claimed, (d.evidenced{whole} AS evidenced,
(d.accepted{whole} AS accepted, (d.provisional{whole} AS provisional, (d.rejected{whole} AS rejected
FROM delivery AS d
WHERE d.deleted = {no} AND d.state <> 'withdrawn' AND d.commitment_id {of_commitments}
AND d.id > {last} ORDER BY d.id LIMIT {many}
"""
_PLANNED = """
SELECT p.id, p.commitment_id, p.year_index, p.quarter, (p.quantity{whole} AS quantity
FROM plan_entry AS p
WHERE p.deleted = {no} AND p.in_force = {yes} AND p.commitment_id {of_commitments}
AND p.id > {last} ORDER BY p.id LIMIT {many}
"""


def read_delivered_contract_columns(
    connection: Connection, name: str, contract_ids: Collection[int] | None = None
) -> Iterator[tuple[str, ...]]:
    """What decides when something of a contract is due, and by which menu: see `CONTRACT_FIELDS`."""
    return parcels(connection, name, (CONTRACT_FIELDS[:1], CONTRACT_FIELDS[1:]), _CONTRACTS, contract_ids)


def read_delivery_columns(
    connection: Connection, name: str, contract_ids: Collection[int] | None = None
) -> Iterator[tuple[str, ...]]:
    """What was returned and decided in each quarter, a few thousand in an item, a JSON array for each column."""
    return parcels(connection, name, (DELIVERY_FIELDS, ()), _DELIVERIES, contract_ids)


def read_plan_columns(
    connection: Connection, name: str, contract_ids: Collection[int] | None = None
) -> Iterator[tuple[str, ...]]:
    """What the plans in force say of each quarter, as `read_delivery_columns`."""
    return parcels(connection, name, (PLAN_FIELDS, ()), _PLANNED, contract_ids)
