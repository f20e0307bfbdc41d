"""Valuations that were fixed when a contract was signed, beside what the same promises come to today."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tomsapp.domain.errors import MenuError
from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.seal import Act, ActKind
from tomsapp.domain.valuation import value_contract
from tomsapp.exchange.act_json import read_act
from tomsapp.exchange.result_read import ResultFile
from tomsapp.services.edition_effect import effect_words, line_effects
from tomsapp.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class SignedValuation:
    """One frozen valuation: its figures never change; `today` values the same promises in the edition in force now."""

    act: Act
    edition: str
    as_signed: Decimal
    today: Decimal
    edition_today: str
    is_in_force: bool = True
    by_line: tuple[str, ...] = ()
    """Each commitment that today's edition values or counts differently, with the reason."""

    @property
    def difference(self) -> Decimal:
        """Today's value less the value as signed, in pounds."""
        return self.today - self.as_signed

    @property
    def why(self) -> str:
        """The reason for the difference."""
        if not self.is_in_force:
            return f"Valued with the same edition, {self.edition}: none that is in force today is installed here"
        if self.edition == self.edition_today:
            return f"The same edition, {self.edition}, is in force today"
        if not self.by_line:
            return f"Valued with {self.edition_today} in place of {self.edition}, which makes no difference here"
        return f"Valued with {self.edition_today} in place of {self.edition}"


def signed_valuations(workspace: Workspace, contract_id: int, on: date) -> list[SignedValuation]:
    """The frozen valuations of a contract, newest first, each held against the edition in force on a day.

    Raises:
        TomsError: a frozen valuation cannot be read, or its menu edition is missing.
    """
    with workspace.look() as uow:
        signings = [kept.act for kept in uow.acts.of(contract_id) if kept.act.kind is ActKind.SIGN]
        documents = [(act, read_act(uow.acts.document(act.id))) for act in reversed(signings)]
    return [found for act, one in documents if (found := _read(workspace, act, one.result, on)) is not None]


def _read(workspace: Workspace, act: Act, result: ResultFile, on: date) -> SignedValuation | None:
    offer = result.offer.offer
    if offer is None:
        return None
    signed_with = workspace.edition(result.menu, result.edition)
    now = _edition_on(workspace, result.menu, on)
    edition = now or signed_with
    before = value_contract(offer.contract, signed_with, offer.commitments)
    today = value_contract(offer.contract, edition, offer.commitments)
    return SignedValuation(
        act,
        signed_with.name,
        result.social_value,
        today.social_value,
        edition.name,
        now is not None,
        tuple(effect_words(one, edition) for one in line_effects(before, today) if not one.is_same),
    )


def _edition_on(workspace: Workspace, menu: str, on: date) -> MenuEdition | None:
    """The edition of a menu in force on a day; None when this machine has none."""
    try:
        return workspace.catalogue.in_force(menu, on)
    except MenuError:
        return None
