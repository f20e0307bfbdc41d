"""The contract that a lot will be, as valuation, checks and policy rules need it."""

from datetime import date
from decimal import Decimal
from typing import assert_never

from tomsapp.domain.contract import Contract
from tomsapp.domain.errors import TomsError
from tomsapp.domain.tender.choices import ShareBase
from tomsapp.domain.tender.lot import Lot
from tomsapp.domain.tender.tender import Tender


class LotError(TomsError):
    """A lot that cannot be valued yet, and what it lacks."""


def share_base(tender: Tender, lot: Lot, price: Decimal | None = None) -> Decimal | None:
    """What social value is a share of in a lot, in pounds; None while it is not said.

    Where that is the bidder's price and it is not known yet, the council's estimate stands in for it.
    """
    match tender.base:
        case ShareBase.ESTIMATE:
            return lot.value
        case ShareBase.FIXED:
            return tender.fixed_base
        case ShareBase.PRICE:
            return lot.value if price is None else price
        case _:
            assert_never(tender.base)


def lot_contract(tender: Tender, lot: Lot, supplier: str = "", price: Decimal | None = None) -> Contract:
    """The contract of a lot with one bidder, whose value is the base of a share.

    The value with VAT is that of the estimate, so it goes with no other base.

    Raises:
        LotError: the lot has no dates, or it is not said what a share is a share of.
    """
    value, days = share_base(tender, lot, price), _days(lot)
    if days is None:
        raise LotError(f"Lot {lot.number} has no dates", "Enter its first and last day")
    if value is None:
        raise LotError(f"Lot {lot.number} has no value", "Enter its value, or the fixed sum of the tender")
    return Contract(
        reference=f"{tender.reference}/{lot.number}",
        value=value,
        start_on=days[0],
        end_on=days[1],
        title=lot.title or tender.title,
        supplier=supplier,
        menu=tender.menu,
        edition=tender.edition,
        kind=tender.kind,
        spend=lot.spend,
        directorate=tender.directorate,
        contract_manager=tender.contract_manager,
        value_with_vat=lot.value_with_vat if tender.base is ShareBase.ESTIMATE else None,
        ocid=tender.ocid,
    )


def _days(lot: Lot) -> tuple[date, date] | None:
    if lot.start_on is None or lot.end_on is None or not lot.has_dates:
        return None
    return lot.start_on, lot.end_on
