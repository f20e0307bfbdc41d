"""The year of the example council: plans, returns, evidence, decisions, agreements and a variation, as they came.

Each step is done by the service that the window uses, by whoever does it at the made-up council, on its day.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from tomsapp.config import paths
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.delivery.acts import DeliveryActFacts, DeliveryActKind
from tomsapp.domain.delivery.delivery import Delivery
from tomsapp.domain.delivery.evidence import Evidence, EvidenceKind
from tomsapp.domain.delivery.people import DeliveryPerson
from tomsapp.domain.delivery.plan import PlanEntry
from tomsapp.domain.delivery.quarters import Quarter
from tomsapp.domain.history import Stored
from tomsapp.domain.variation import VariationLine
from tomsapp.domain.withdrawal import before_withdrawal
from tomsapp.services import delivery_claims, variations, varying
from tomsapp.services import evidence as evidence_service
from tomsapp.services.contracts import OpenContract, open_contract
from tomsapp.services.delivery import OpenDelivery, open_delivery
from tomsapp.services.delivery_agreements import agree, tell_to_improve
from tomsapp.services.delivery_decisions import decide
from tomsapp.services.delivery_plan_acts import seal_plan
from tomsapp.services.delivery_plans import save_plan, working_plan
from tomsapp.services.evidence import OfferedFile, offered_file
from tomsapp.services.workspace import Workspace

KEPT_UNTIL = date(2036, 9, 30)
"""Until when the example keeps a file of which its story says nothing else."""

Said = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Step:
    """One step of the story, with who does it.

    Attributes:
        enters, decides, signs: the workspace under the name of whoever enters returns, decides them, signs contracts.
        role: of who decides.
        supplier_by: who agrees for the supplier.
        said: what deliveries.toml says of the step.
    """

    contract_id: int
    enters: Workspace
    decides: Workspace
    signs: Workspace
    role: str
    supplier_by: str
    said: Said

    @property
    def on(self) -> date:
        """The day on which it is done."""
        day: date = self.said["on"]
        return day

    @property
    def quarter(self) -> Quarter:
        """The quarter of the first contract year that it is about."""
        return Quarter(0, self.said["quarter"])

    def opened(self) -> OpenDelivery:
        """The contract as it stands before the step."""
        return open_delivery(self.enters, self.contract_id, self.on)

    def act(self, kind: DeliveryActKind, **said: Any) -> DeliveryActFacts:
        """An act of this day, by who decides."""
        return DeliveryActFacts(kind, self.on, self.role, **said)


def tell_year(workspace: Workspace, written: Said, contracts: Mapping[str, int], today: date) -> None:
    """Tell what was delivered until a day: every step whose day has come, in the order of the days.

    Args:
        workspace: the database, under the name of who signs contracts.
        written: what deliveries.toml says.
        contracts: the numbers of the contracts by their references, all of them signed.
        today: the day on which the example is made.
    """
    enters, decides = (replace(workspace, who=written[name]) for name in ("enters", "decides"))
    for said in sorted(written["step"], key=lambda step: step["on"]):
        if said["on"] <= today:
            number = contracts[said["contract"]]
            step = _Step(number, enters, decides, workspace, written["role"], written["supplier_by"], said)
            _STEPS[said["do"]](step)


def as_it_was(opened: OpenContract, on: date) -> OpenContract:
    """The contract as it was shown on a day: its edition may have been withdrawn only afterwards."""
    edition = opened.edition
    if edition.withdrawn_on is None or edition.withdrawn_on <= on:
        return opened
    before = before_withdrawal(edition)
    checked = replace(opened.checked, valuation=replace(opened.checked.valuation, edition=before))
    return replace(opened, edition=before, checked=checked)


def _keys(opened: OpenDelivery) -> dict[str, str]:
    """The keys of the commitments by their measures; each measure stands once in a contract of this story."""
    return {line.record.measure: line.record.key for line in opened.commitments}


# Plans


def _propose(step: _Step) -> None:
    opened, said = step.opened(), step.said
    keys, entries = _keys(opened), {(each.commitment, each.quarter): each for each in working_plan(opened)}
    for measure, quantities in said["plan"].items():
        for number, quantity in enumerate(quantities, start=1):
            place = keys[measure], Quarter(0, number)
            entries[place] = replace(entries[place], quantity=Decimal(quantity))
    for told in said.get("actions", ()):
        place = keys[told["measure"]], Quarter(0, told["quarter"])
        entries[place] = _with_action(entries[place], told)
    held = {(each.record.commitment, each.record.quarter): each for each in opened.planned}
    before = {(each.commitment, each.quarter): each for each in working_plan(opened)}
    changed = [(held.get(place), entry) for place, entry in entries.items() if entry != before[place]]
    save_plan(step.enters, opened, changed)
    facts = step.act(DeliveryActKind.PROPOSE_PLAN, reason=said.get("reason", ""))
    seal_plan(step.enters, step.opened(), replace(facts, role="Contract support"), step.on)


def _with_action(entry: PlanEntry, told: Said) -> PlanEntry:
    return replace(
        entry,
        action=told["action"],
        due_on=told["due"],
        person=told["person"],
        partner=told["partner"],
        risk=told.get("risk", ""),
    )


def _return_plan(step: _Step) -> None:
    facts = step.act(DeliveryActKind.RETURN_PLAN, reason=step.said["reason"])
    seal_plan(step.decides, step.opened(), facts, step.on)


def _accept_plan(step: _Step) -> None:
    seal_plan(step.decides, step.opened(), step.act(DeliveryActKind.ACCEPT_PLAN), step.on)


# Returns and what shows them


def _return(step: _Step) -> None:
    """Enter a return; what was returned before for the same quarter is replaced."""
    opened = step.opened()
    keys = _keys(opened)
    changed = []
    for measure, quantities in step.said["claims"].items():
        before = opened.find(keys[measure], step.quarter)
        changed.append((before, _claim(step, keys[measure], measure, quantities, before)))
    delivery_claims.save_claims(step.enters, opened, changed)


def _claim(step: _Step, key: str, measure: str, quantities: str, before: Stored[Delivery] | None) -> Delivery:
    claimed, _, shown = quantities.partition("/")
    first = before.record if before else Delivery(key, step.quarter, Decimal(0), step.on)
    return replace(
        first,
        claimed=Decimal(claimed),
        evidenced=Decimal(shown or claimed),
        returned_on=step.on,
        note=step.said.get("notes", {}).get(measure, first.note),
        new=_heads(step, "new", measure),
        retained=_heads(step, "retained", measure),
        transferred=_heads(step, "transferred", measure),
    )


def _heads(step: _Step, kind: str, measure: str) -> Decimal | None:
    people = step.said.get(kind, {}).get(measure)
    return None if people is None else Decimal(people)


def _evidence(step: _Step) -> None:
    opened = step.opened()
    for told in step.said["evidence"]:
        claims = _claims(step, opened, told["shows"])
        file = _file(told["file"], opened) if "file" in told else None
        evidence = Evidence(
            told["name"],
            EvidenceKind.REFERENCE if file is None else EvidenceKind.FILE,
            told.get("reference", ""),
            told["dated"],
            told.get("people", False),
            told.get("keep", None if file is None else KEPT_UNTIL),
            deliveries=frozenset(str(claim.id) for claim in claims),
        )
        evidence_service.attach(step.enters, opened, evidence, file)


def _file(name: str, opened: OpenDelivery) -> OfferedFile:
    data = (paths.resources_dir() / "example" / "evidence" / name).read_bytes()
    file = offered_file(name, data, opened.rules.record)
    if not isinstance(file, OfferedFile):
        raise TypeError(f"{name}: {file.message}")
    return file


def _claims(step: _Step, opened: OpenDelivery, measures: Sequence[str]) -> list[Stored[Delivery]]:
    keys = _keys(opened)
    found = [opened.find(keys[measure], step.quarter) for measure in measures]
    return [claim for claim in found if claim is not None]


def _people(step: _Step) -> None:
    opened = step.opened()
    with step.enters.work("Enter person numbers") as uow:
        for told in step.said["people"]:
            (claim,) = _claims(step, opened, [told["measure"]])
            uow.people.add(step.contract_id, claim.id, DeliveryPerson(told["number"], told["began"], told.get("ended")))
        uow.commit()


# Decisions and agreements


def _decide(step: _Step) -> None:
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


def _decisions(step: _Step, opened: OpenDelivery) -> Iterator[DeliveryActFacts]:
    for word, kind in _WHOLE.items():
        for claim in _claims(step, opened, step.said.get(word, ())):
            of = claim.record
            quantity = of.provisional if kind is DeliveryActKind.CONFIRM else of.open_to_accept
            yield step.act(kind, delivery=claim.id, quantity=quantity)
    for word, kind in _PARTS.items():
        for told in step.said.get(word, ()):
            (claim,) = _claims(step, opened, [told["measure"]])
            yield step.act(kind, delivery=claim.id, quantity=Decimal(told["quantity"]), reason=told["reason"])


def _agree(step: _Step) -> None:
    opened, said = step.opened(), step.said
    keys = _keys(opened)
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


def _improve(step: _Step) -> None:
    said = step.said
    facts = step.act(DeliveryActKind.TELL_TO_IMPROVE, reason=said["reason"], improve_by=said["until"])
    tell_to_improve(step.decides, step.opened(), facts, step.on)


# The variation


def _vary(step: _Step) -> None:
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


_STEPS: Mapping[str, Callable[[_Step], None]] = {
    "propose": _propose,
    "return-plan": _return_plan,
    "accept-plan": _accept_plan,
    "return": _return,
    "evidence": _evidence,
    "people": _people,
    "decide": _decide,
    "agree": _agree,
    "improve": _improve,
    "vary": _vary,
}
"""What is done in each kind of step, by what the story calls it."""
