"""What the example council decides, agrees and varies, and the money that it is told of."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from tomsapp.domain.commitment import Commitment
from tomsapp.domain.delivery.acts import DeliveryActFacts, DeliveryActKind
from tomsapp.domain.delivery.ledger import HandedOver
from tomsapp.domain.delivery.quarters import Quarter
from tomsapp.domain.variation import VariationLine
from tomsapp.domain.withdrawal import before_withdrawal
from tomsapp.services import variations, varying
from tomsapp.services.contracts import OpenContract, open_contract
from tomsapp.services.delivery import OpenDelivery
from tomsapp.services.delivery_agreements import agree, tell_to_improve
from tomsapp.services.delivery_decisions import decide
from tomsapp.services.example_step import ExampleStep, claims_of, keys_of
from tomsapp.services.money import add_money


def as_it_was(opened: OpenContract, on: date) -> OpenContract:
    """The contract as it was shown on a day: its edition may have been withdrawn only afterwards."""
    edition = opened.edition
    if edition.withdrawn_on is None or edition.withdrawn_on <= on:
        return opened
    before = before_withdrawal(edition)
    checked = replace(opened.checked, valuation=replace(opened.checked.valuation, edition=before))
    return replace(opened, edition=before, checked=checked)


def decide_claims(step: ExampleStep) -> None:
    """Decide the claims of a quarter in one transaction."""
    opened = step.opened()
    decide(step.decides, opened, list(_decisions(step, opened)), step.on)


_WHOLE = {
    "accept": DeliveryActKind.ACCEPT,
    "provisionally": DeliveryActKind.ACCEPT_PROVISIONALLY,
    "confirm": DeliveryActKind.CONFIRM,
}
"""Decisions on all of a claim."""
_PARTS = {"part": DeliveryActKind.ACCEPT, "reject": DeliveryActKind.REJECT, "lapse": DeliveryActKind.LAPSE}
"""Decisions with their quantity and reason."""


def _decisions(step: ExampleStep, opened: OpenDelivery) -> Iterator[DeliveryActFacts]:
    for word, kind in _WHOLE.items():
        for claim in claims_of(step, opened, step.said.get(word, ())):
            of = claim.record
            quantity = of.provisional if kind is DeliveryActKind.CONFIRM else of.open_to_accept
            yield step.act(kind, delivery=claim.id, quantity=quantity)
    for word, kind in _PARTS.items():
        for told in step.said.get(word, ()):
            (claim,) = claims_of(step, opened, [told["measure"]])
            yield step.act(kind, delivery=claim.id, quantity=Decimal(told["quantity"]), reason=told["reason"])


def agree_on_shortfall(step: ExampleStep) -> None:
    """Keep what both sides agreed about what is missing."""
    opened, said = step.opened(), step.said
    keys = keys_of(opened)
    facts = step.act(
        DeliveryActKind(said["agreement"]),
        commitment=keys[said["measure"]],
        quarter=step.quarter,
        quantity=Decimal(said["quantity"]) if "quantity" in said else None,
        other_commitment=keys[said["other"]] if "other" in said else "",
        carried_to=Quarter(said["to"][0] - 1, said["to"][1]) if "to" in said else None,
        supplier_by=step.supplier_by,
        supplier_on=said["supplier_on"],
        cause=said["cause"],
    )
    agree(step.decides, opened, facts, step.on)


def warn_supplier(step: ExampleStep) -> None:
    """Keep that the supplier was told to improve."""
    said = step.said
    facts = step.act(DeliveryActKind.TELL_TO_IMPROVE, reason=said["reason"], improve_by=said["until"])
    tell_to_improve(step.decides, step.opened(), facts, step.on)


def say_improved(step: ExampleStep) -> None:
    """Keep that the supplier improved, as it had been told to."""
    facts = step.act(DeliveryActKind.IMPROVED, reason=step.said["reason"])
    tell_to_improve(step.decides, step.opened(), facts, step.on)


def enter_money(step: ExampleStep) -> None:
    """Enter money that the supplier handed over."""
    opened, said = step.opened(), step.said
    entry = HandedOver(
        said["received"],
        said["from"],
        Decimal(said["amount"]),
        said["to"],
        said["passed"],
        said["receipt"],
        keys_of(opened)[said["measure"]],
    )
    add_money(step.enters, opened, entry, step.on)


def vary(step: ExampleStep) -> None:
    """Draft a variation and sign it: the contract ends later, and some lines promise more in the years it adds."""
    said, workspace = step.said, step.signs
    begun = variations.begin(workspace, open_contract(workspace, step.contract_id)).result
    one = variations.open_variation(workspace, begun.id)
    wanted = replace(
        begun.record,
        reason=said["reason"],
        effective_on=said["effective"],
        new_end_on=said["end"],
        new_value=Decimal(said["value"]),
        lines=tuple(
            VariationLine(_longer(line.record, said["add"][line.record.measure]))
            for line in one.opened.commitments
            if line.record.measure in said["add"]
        ),
    )
    variations.save(workspace, step.contract_id, begun, wanted)
    one = variations.open_variation(workspace, begun.id)
    one = replace(one, opened=as_it_was(one.opened, step.on), varied=as_it_was(one.varied, step.on))
    facts = replace(varying.proposed(workspace, one), done_on=step.on)
    varying.sign(workspace, one, facts, step.on)


def _longer(line: Commitment, quantity: str) -> Commitment:
    return replace(line, quantities=(*line.quantities, Decimal(quantity)))
