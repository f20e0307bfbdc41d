"""What was delivered as JSON: all that its figures are worked out from, and every figure. See docs/formats.md."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from tomsapp.domain.delivery.acts import DeliveryAct
from tomsapp.domain.delivery.paper import DeliveredPaper
from tomsapp.domain.delivery.plan import LinePlan
from tomsapp.domain.delivery.quarters import Quarter
from tomsapp.domain.delivery.rules import DELIVERY_RULES, DeliveryRules
from tomsapp.domain.delivery.told import Claim, ToldDelivery, ToldEvidence, ToldMoney, ToldSample, ToldVariation
from tomsapp.domain.offer import Offer
from tomsapp.exchange.delivered_figures import figures_values
from tomsapp.exchange.made_with import MadeWith, made_values
from tomsapp.exchange.numbers import plain_number, plain_pounds
from tomsapp.exchange.offer_json import offer_values, to_json
from tomsapp.exchange.problems_json import problem_values
from tomsapp.exchange.result_json import menu_values

DELIVERED_FORMAT = "tomsapp-delivered-1"
MOST_DELIVERED_BYTES = 256_000_000
"""The largest file of this format that is read: 300 commitments over 50 years have less."""


def write_delivered(paper: DeliveredPaper, made: MadeWith) -> bytes:
    """A paper with its figures as JSON in UTF-8, the same bytes for the same paper.

    Args:
        paper: with its commitments named by their numbers; see `paper.numbered`.
        made: what its pages are made with, so that they can be printed again.
    """
    return to_json(delivered_values(paper, made))


def delivered_values(paper: DeliveredPaper, made: MadeWith) -> dict[str, object]:
    """A paper as JSON holds it: money and other numbers as text, what is not stated left out."""
    return {
        "format": DELIVERED_FORMAT,
        "menu": menu_values(paper.edition),
        "until": paper.until.isoformat(),
        "frozen": _frozen(paper),
        "offer": offer_values(Offer(paper.contract, paper.commitments)),
        "value_with_vat": _pounds(paper.contract.value_with_vat),
        "contract_status": paper.contract.status.value,
        "rules": rules_values(paper.rules),
        "plan": [plan_values(key, plan) for key, plan in paper.plan.items()],
        "deliveries": [_delivery(told) for told in paper.deliveries],
        "began": [{**_claim(claim), "days": [day.isoformat() for day in days]} for claim, days in paper.began.items()],
        "declared": sorted(sorted(pair) for pair in paper.declared),
        "acts": [_act(act) for act in paper.acts],
        "evidence": [_evidence(piece) for piece in paper.evidence],
        "ledger": [_money(entry) for entry in paper.ledger],
        "variations": [_variation(each) for each in paper.variations],
        "as_signed": _as_signed(paper),
        "today": {
            "edition": paper.today_edition,
            "lines": [
                _stated({"commitment": int(line.commitment), "pounds": plain_pounds(line.pounds), "why": line.why})
                for line in paper.today
            ],
        },
        "samples": [_sample(sample) for sample in paper.samples],
        "problems": [problem_values(problem) for problem in paper.problems],
        "made": made_values(made),
        "figures": figures_values(paper),
    }


def _stated(values: Mapping[str, object]) -> dict[str, object]:
    """What of values is stated: no empty text, no gap, no false."""
    return {name: value for name, value in values.items() if value not in ("", None, False)}


def _pounds(amount: Decimal | None) -> str | None:
    return None if amount is None else plain_pounds(amount)


def _number(number: Decimal | None) -> str | None:
    return None if number is None else plain_number(number)


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


# What the figures are worked out from


def _frozen(paper: DeliveredPaper) -> dict[str, object] | None:
    frozen = paper.frozen
    if frozen is None:
        return None
    return _stated(
        {
            "number": frozen.number,
            "on": frozen.on.isoformat(),
            "by": frozen.by,
            "replaces_on": _day(frozen.replaces_on),
            "reason": frozen.reason,
        }
    )


def rules_values(rules: DeliveryRules) -> dict[str, object]:
    """The council's rules of delivery by their names; a share is of 1."""
    values = {fact.name: getattr(rules, fact.name) for fact in DELIVERY_RULES.facts}
    return {name: plain_number(value) if isinstance(value, Decimal) else value for name, value in values.items()}


def plan_values(key: str, plan: LinePlan) -> dict[str, object]:
    """The plan of a commitment: what is due in each quarter of the contract, in their order."""
    return {
        "commitment": int(key),
        "by_default": [year + 1 for year in sorted(plan.by_default)],
        "quantities": [plain_number(plan.quantities[quarter]) for quarter in sorted(plan.quantities)],
    }


def _quarter(quarter: Quarter) -> dict[str, object]:
    return {"year": quarter.year + 1, "quarter": quarter.number}


def _claim(claim: Claim) -> dict[str, object]:
    return {"commitment": int(claim[0]), **_quarter(claim[1])}


def _delivery(told: ToldDelivery) -> dict[str, object]:
    delivery = told.delivery
    return {
        **_claim(told.claim),
        "claimed": plain_number(delivery.claimed),
        "evidenced": plain_number(delivery.evidenced),
        "accepted": plain_number(delivery.accepted),
        "provisional": plain_number(delivery.provisional),
        "rejected": plain_number(delivery.rejected),
        "state": delivery.state.value,
        "returned_on": delivery.returned_on.isoformat(),
        **_stated(
            {
                "note": delivery.note,
                "new": _number(delivery.new),
                "retained": _number(delivery.retained),
                "transferred": _number(delivery.transferred),
                "entered_by": told.entered_by,
            }
        ),
    }


def _act(act: DeliveryAct) -> dict[str, object]:
    to = act.carried_to
    return _stated(
        {
            "id": act.id,
            "kind": act.kind.value,
            "done_on": act.done_on.isoformat(),
            "by": act.by,
            "role": act.role,
            "recorded_at": act.recorded_at.isoformat(),
            "commitment": int(act.commitment) if act.commitment else None,
            **({} if act.quarter is None else _quarter(act.quarter)),
            "quantity": _number(act.quantity),
            "amount": _pounds(act.amount),
            "other_commitment": int(act.other_commitment) if act.other_commitment else None,
            **({} if to is None else {"to_year": to.year + 1, "to_quarter": to.number}),
            "reason": act.reason,
            "cause": act.cause,
            "supplier_by": act.supplier_by,
            "supplier_on": _day(act.supplier_on),
            "improve_by": _day(act.improve_by),
            "reverses": act.reverses,
            "sha256": act.sha256,
        }
    )


def _evidence(piece: ToldEvidence) -> dict[str, object]:
    return {
        **_stated(
            {
                "number": piece.number,
                "name": piece.name,
                "sha256": piece.sha256,
                "size": piece.size,
                "reference": piece.reference,
                "dated_on": _day(piece.dated_on),
                "about_people": piece.about_people,
                "keep_until": _day(piece.keep_until),
                "deleted_on": _day(piece.deleted_on),
                "deleted_by": piece.deleted_by,
            }
        ),
        "shows": [_claim(claim) for claim in piece.shows],
    }


def _money(entry: ToldMoney) -> dict[str, object]:
    return _stated(
        {
            "received_on": entry.received_on.isoformat(),
            "received_from": entry.received_from,
            "amount": plain_pounds(entry.amount),
            "passed_to": entry.passed_to,
            "passed_on": _day(entry.passed_on),
            "receipt": entry.receipt,
            "commitment": int(entry.commitment) if entry.commitment else None,
        }
    )


def _variation(each: ToldVariation) -> dict[str, object]:
    return {
        "number": each.number,
        "signed_on": each.signed_on.isoformat(),
        "effective_on": each.effective_on.isoformat(),
        "reason": each.reason,
        "facts": list(each.facts),
        "lines": list(each.lines),
    }


def _as_signed(paper: DeliveredPaper) -> dict[str, object] | None:
    contract, lines = paper.signed_contract, paper.signed_commitments
    if contract is None:
        return None
    return {
        "offer": offer_values(Offer(contract, lines)),
        "numbers": [int(line.key) for line in lines],
        "value_with_vat": _pounds(contract.value_with_vat),
        "contract_status": contract.status.value,
    }


def _sample(sample: ToldSample) -> dict[str, object]:
    return {
        "seed": sample.seed,
        "until": sample.until.isoformat(),
        "drawn_on": sample.drawn_on.isoformat(),
        "drawn": sample.drawn,
        "claims": sample.claims,
        "pounds": plain_pounds(sample.pounds),
        "checked": [
            {
                "conclusion": each.conclusion.value,
                "pounds": plain_pounds(each.pounds),
                "shown": plain_pounds(each.shown),
            }
            for each in sample.checked
        ],
    }
