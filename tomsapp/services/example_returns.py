"""What the example's supplier plans and returns, and what shows it: plans, claims, evidence and person numbers."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from tomsapp.config import paths
from tomsapp.domain.delivery.acts import DeliveryActKind
from tomsapp.domain.delivery.delivery import Delivery
from tomsapp.domain.delivery.evidence import Evidence, EvidenceKind
from tomsapp.domain.delivery.people import DeliveryPerson
from tomsapp.domain.delivery.plan import PlanEntry
from tomsapp.domain.delivery.quarters import Quarter
from tomsapp.domain.history import Stored
from tomsapp.services import delivery_claims
from tomsapp.services.delivery import OpenDelivery
from tomsapp.services.delivery_people import save_people
from tomsapp.services.delivery_plan_acts import seal_plan
from tomsapp.services.delivery_plans import save_plan, working_plan
from tomsapp.services.evidence import OfferedFile, attach, offered_file
from tomsapp.services.example_step import ExampleStep, Said, claims_of, keys_of

KEPT_UNTIL = date(2036, 9, 30)
"""Until when the example keeps a file of which its story says nothing else."""


def propose(step: ExampleStep) -> None:
    """Change the plan that is worked on, and propose it."""
    opened, said = step.opened(), step.said
    keys, entries = keys_of(opened), {(each.commitment, each.quarter): each for each in working_plan(opened)}
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


def return_plan(step: ExampleStep) -> None:
    """Give the proposed plan back, with the reason."""
    facts = step.act(DeliveryActKind.RETURN_PLAN, reason=step.said["reason"])
    seal_plan(step.decides, step.opened(), facts, step.on)


def accept_plan(step: ExampleStep) -> None:
    """Let the proposed plan hold."""
    seal_plan(step.decides, step.opened(), step.act(DeliveryActKind.ACCEPT_PLAN), step.on)


def enter_return(step: ExampleStep) -> None:
    """Enter a return; what was returned before for the same quarter is replaced."""
    opened = step.opened()
    keys = keys_of(opened)
    changed = []
    for measure, quantities in step.said["claims"].items():
        before = opened.find(keys[measure], step.quarter)
        changed.append((before, _claim(step, keys[measure], measure, quantities, before)))
    delivery_claims.save_claims(step.enters, opened, changed)


def _claim(step: ExampleStep, key: str, measure: str, quantities: str, before: Stored[Delivery] | None) -> Delivery:
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


def _heads(step: ExampleStep, kind: str, measure: str) -> Decimal | None:
    people = step.said.get(kind, {}).get(measure)
    return None if people is None else Decimal(people)


def attach_evidence(step: ExampleStep) -> None:
    """Attach files, and references to what is kept elsewhere, to the claims that they show."""
    opened = step.opened()
    for told in step.said["evidence"]:
        claims = claims_of(step, opened, told["shows"])
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
        attach(step.enters, opened, evidence, file)


def _file(name: str, opened: OpenDelivery) -> OfferedFile:
    data = (paths.resources_dir() / "example" / "evidence" / name).read_bytes()
    file = offered_file(name, data, opened.rules.record)
    if not isinstance(file, OfferedFile):
        raise TypeError(f"{name}: {file.message}")
    return file


def enter_people(step: ExampleStep) -> None:
    """Enter the supplier's own numbers of the people behind claims."""
    for measure in dict.fromkeys(told["measure"] for told in step.said["people"]):
        opened = step.opened()
        (claim,) = claims_of(step, opened, [measure])
        people = (
            DeliveryPerson(told["number"], told["began"], told.get("ended"))
            for told in step.said["people"]
            if told["measure"] == measure
        )
        save_people(step.enters, opened, claim, [(None, person) for person in people])
