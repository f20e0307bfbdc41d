"""Money and audit samples as a delivered valuation tells them: from the ledger and the conclusions of the contract."""

from dataclasses import replace

from tomsapp.domain.delivery.told import Beside, ToldMoney, ToldSample
from tomsapp.services.audit_read import SampleView
from tomsapp.services.delivery import OpenDelivery


def with_records(beside: Beside, opened: OpenDelivery) -> Beside:
    """What is told beside the deliveries, with the money and the samples; what is said already stays.

    A sample to a later day than the paper's is none of it: it tells about claims that the paper does not count.
    """
    ledger = beside.ledger or tuple(
        ToldMoney(
            each.received_on,
            each.received_from,
            each.amount,
            each.passed_to,
            each.passed_on,
            each.receipt,
            each.commitment,
        )
        for each in (stored.record for stored in opened.ledger)
    )
    samples = beside.samples or tuple(
        _sample(view) for view in opened.samples if view.sample.record.until <= opened.until
    )
    return replace(beside, ledger=ledger, samples=samples)


def _sample(view: SampleView) -> ToldSample:
    sample = view.sample.record
    checked = (each.item.record.checked for each in view.drawn)
    return ToldSample(
        sample.seed,
        sample.until,
        sample.drawn_on,
        len(view.drawn),
        sample.claims,
        sample.pounds,
        tuple(each for each in checked if each is not None),
    )
