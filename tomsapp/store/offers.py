"""What many contracts promise, read at once: thousands are checked one after another."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, select
from sqlmodel import col

from tomsapp.domain.answers import ANSWER
from tomsapp.domain.commitment import COMMITMENT, Commitment, Rate
from tomsapp.domain.contract import CONTRACT, Contract, YearSpend
from tomsapp.domain.offer import Offer
from tomsapp.domain.problems import Answer
from tomsapp.store.faults import faults_translated
from tomsapp.store.finding import FactReader
from tomsapp.store.lines import read_promised
from tomsapp.store.mapping import in_order_of_years, quantities_by_year
from tomsapp.store.tables import (
    AnswerRow,
    ChangeRow,
    CommitmentRow,
    ContractRow,
    ContractSpendRow,
    SupplierRow,
)
from tomsapp.store.types import Quantity

_CONTRACT, _COMMITMENT, _ANSWER = FactReader(CONTRACT), FactReader(COMMITMENT), FactReader(ANSWER)


def read_offers(connection: Connection, name: str, contract_ids: Sequence[int]) -> dict[int, Offer]:
    """What contracts promise with the answers given, by their numbers; those that are gone are left out."""
    with faults_translated(name):
        spend, commitments = read_spend(connection, contract_ids), _commitments(connection, name, contract_ids)
        answers = _answers(connection, contract_ids)
        return {
            number: Offer(
                Contract(**facts, spend=in_order_of_years(spend[number])), tuple(commitments[number]), answers[number]
            )
            for number, facts in _contracts(connection, contract_ids)
        }


def _contracts(connection: Connection, contract_ids: Sequence[int]) -> Iterable[tuple[int, dict[str, Any]]]:
    query = (
        select(*_CONTRACT.columns, col(ContractRow.id), col(SupplierRow.name))
        .select_from(ContractRow)
        .join(SupplierRow, col(SupplierRow.id) == col(ContractRow.supplier_id), isouter=True)
        .where(col(ContractRow.id).in_(contract_ids), col(ContractRow.deleted).is_(False))
    )
    for row in connection.execute(query):
        yield row[_CONTRACT.width], {**_CONTRACT.facts(row), "supplier": row[_CONTRACT.width + 1] or ""}


def read_spend(connection: Connection, contract_ids: Sequence[int]) -> dict[int, list[YearSpend]]:
    """What is spent by year through contracts, by their numbers; an empty list of one without."""
    found: dict[int, list[YearSpend]] = defaultdict(list)
    query = select(
        col(ContractSpendRow.contract_id),
        col(ContractSpendRow.year_index),
        col(ContractSpendRow.amount),
        col(ContractSpendRow.is_recorded),
    ).where(col(ContractSpendRow.contract_id).in_(contract_ids), col(ContractSpendRow.deleted).is_(False))
    for contract_id, year, amount, is_recorded in connection.execute(query):
        found[contract_id].append(YearSpend(year, amount, is_recorded))
    return found


def _commitments(connection: Connection, name: str, contract_ids: Sequence[int]) -> dict[int, list[Commitment]]:
    """The commitments of each contract that are not deleted, in their order."""
    mine = (col(CommitmentRow.contract_id).in_(contract_ids), col(CommitmentRow.deleted).is_(False))
    years: dict[int, dict[int, Decimal | None]] = defaultdict(dict)
    # The same few quantities stand in thousands of lines.
    decoded = lru_cache(maxsize=None, typed=True)(Quantity.decoded)
    for commitment_id, year, scaled in read_promised(connection, name, contract_ids):
        years[commitment_id][year] = None if scaled is None else decoded(scaled)
    query = (
        select(
            *_COMMITMENT.columns,
            col(CommitmentRow.id),
            col(CommitmentRow.contract_id),
            col(CommitmentRow.rate_quantity),
            col(CommitmentRow.rate_per_pounds),
        )
        .where(*mine)
        .order_by(col(CommitmentRow.position), col(CommitmentRow.id))
    )
    found: dict[int, list[Commitment]] = defaultdict(list)
    for row in connection.execute(query).all():
        number, contract_id, rate_quantity, per_pounds = row[_COMMITMENT.width :]
        rate = None if rate_quantity is None or per_pounds is None else Rate(rate_quantity, per_pounds)
        quantities = quantities_by_year(years[number])
        found[contract_id].append(
            Commitment(**_COMMITMENT.facts(row), key=str(number), quantities=quantities, rate=rate)
        )
    return found


def _answers(connection: Connection, contract_ids: Sequence[int]) -> dict[int, dict[str, Answer]]:
    found: dict[int, dict[str, Answer]] = defaultdict(dict)
    query = (
        select(
            *_ANSWER.columns,
            col(AnswerRow.contract_id),
            col(AnswerRow.problem_key),
            col(ChangeRow.who),
            col(ChangeRow.at),
        )
        .join(ChangeRow, col(ChangeRow.id) == col(AnswerRow.change_id))
        .where(col(AnswerRow.contract_id).in_(contract_ids), col(AnswerRow.deleted).is_(False))
        .order_by(col(AnswerRow.change_id), col(AnswerRow.id))
    )
    for row in connection.execute(query):
        contract_id, key, who, at = row[_ANSWER.width :]
        found[contract_id][key] = Answer(answered_by=who, answered_at=at, **_ANSWER.facts(row))
    return found
