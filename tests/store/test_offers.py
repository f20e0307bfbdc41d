"""What many contracts promise, read at once, is what the records of each contract say."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.store.samples import commitment, contract, fill, rate_commitment
from tomsapp.domain.offer import Offer
from tomsapp.domain.problems import Answer, AnswerChoice


@pytest.fixture
def numbers(database):
    """Contracts with lines, spend, answers and rates; without anything; and one that was deleted."""
    filled = fill(database)
    with database.work("Bob", "More") as work:
        bare = work.contracts.add(contract("Bare", spend=(), menu="", edition=""), None)
        full = work.contracts.add(contract("Full"), filled.supplier)
        last = work.commitments.add(full.id, replace(commitment(), quantities=(Decimal("0.5"), None, Decimal(3))))
        work.commitments.add(full.id, rate_commitment(), 0)
        gone = work.commitments.add(full.id, commitment("S01"))
        work.commitments.delete(gone.id, gone.version)
        work.commitments.save(
            last.id, last.version, replace(last.record, quantities=(Decimal("1.25"),), cost=Decimal(9))
        )
        work.answers.give(
            full.id, "statement-missing:J11", Answer("In the tender.", choice=AnswerChoice.RIGHT, asked="J11 2")
        )
        work.answers.give(full.id, "line-over-half:J11", Answer("Yes."))
        work.answers.withdraw(full.id, "line-over-half:J11")
        deleted = work.contracts.add(contract("Deleted"), filled.supplier)
        work.contracts.delete(deleted.id, deleted.version)
        work.commit()
    return [filled.contract, bare.id, full.id, deleted.id]


def test_offers_are_what_the_records_say(database, numbers):
    *kept, deleted = numbers
    with database.look() as uow:
        offers = uow.lists.offers(numbers)
        assert deleted not in offers
        assert set(offers) == set(kept)
        for number in kept:
            record = uow.contracts.get(number).record
            lines = tuple(stored.record for stored in uow.commitments.of(number))
            assert offers[number] == Offer(record, lines, uow.answers.of(number))
        assert [line.quantities for line in offers[kept[2]].commitments] == [(), (Decimal("1.25"),)]
        assert uow.lists.offers([]) == {}
