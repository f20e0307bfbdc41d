"""Valuations that were fixed when a contract was signed, beside what the same promises come to today."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from tomsapp.domain.errors import MenuError
from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.valuation import value_contract
from tomsapp.exchange.result_read import read_result
from tomsapp.services.workspace import Workspace
from tomsapp.store.kept import FrozenValuation


@dataclass(frozen=True, slots=True)
class SignedValuation:
    """One frozen valuation: its figures never change; `today` values the same promises in the edition in force now."""

    frozen_at: datetime
    frozen_by: str
    reason: str
    sha256: str
    edition: str
    as_signed: Decimal
    today: Decimal
    edition_today: str

    @property
    def difference(self) -> Decimal:
        """Today's value less the value as signed, in pounds."""
        return self.today - self.as_signed

    @property
    def why(self) -> str:
        """The reason for the difference."""
        if self.edition == self.edition_today:
            return f"The same edition, {self.edition}, is in force today"
        return f"Valued with {self.edition_today} in place of {self.edition}"


def signed_valuations(workspace: Workspace, contract_id: int, on: date) -> list[SignedValuation]:
    """The frozen valuations of a contract, newest first, each held against the edition in force on a day.

    Raises:
        TomsError: a frozen valuation cannot be read, or its menu edition is missing.
    """
    with workspace.look() as uow:
        frozen = uow.valuations.of(contract_id)
    return [found for one in reversed(frozen) if (found := _read(workspace, one, on)) is not None]


def _read(workspace: Workspace, frozen: FrozenValuation, on: date) -> SignedValuation | None:
    result = read_result(frozen.payload)
    offer = result.offer.offer
    if offer is None:
        return None
    edition = _edition_on(workspace, result.menu, result.edition, on)
    today = value_contract(offer.contract, edition, offer.commitments)
    return SignedValuation(
        frozen.frozen_at,
        frozen.frozen_by,
        frozen.reason,
        frozen.sha256,
        f"{result.menu} {result.edition}",
        result.social_value,
        today.social_value,
        edition.name,
    )


def _edition_on(workspace: Workspace, menu: str, edition: str, on: date) -> MenuEdition:
    """The edition of a menu in force on a day; the one that was signed when this machine has no other."""
    try:
        return workspace.catalogue.in_force(menu, on)
    except MenuError:
        return workspace.edition(menu, edition)
