"""What was delivered of a contract, read in one look: window, papers, workbooks and the command line all take it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from tomsapp.domain.checks.declared import declared_pairs
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract import Contract
from tomsapp.domain.delivery.act_checks import is_same_person
from tomsapp.domain.delivery.acts import ACCEPTANCES, PLANS, DeliveryAct, DeliveryActKind, standing
from tomsapp.domain.delivery.at_risk import Risk, risks
from tomsapp.domain.delivery.delivered import value_delivered
from tomsapp.domain.delivery.delivery import Delivery
from tomsapp.domain.delivery.figures import Delivered
from tomsapp.domain.delivery.ledger import HandedOver, Settled, settled
from tomsapp.domain.delivery.people import DeliveryPerson, began_days
from tomsapp.domain.delivery.plan import Plan, PlanEntry
from tomsapp.domain.delivery.published import DeliveredPaperKept
from tomsapp.domain.delivery.quarters import ContractQuarter, Quarter, quarters_of
from tomsapp.domain.delivery.replan import plan_through
from tomsapp.domain.delivery.rules import DeliveryRules
from tomsapp.domain.history import Stored
from tomsapp.domain.menu import MenuEdition, Pair
from tomsapp.domain.problems import Answer, Problem
from tomsapp.domain.seal import Act, seal_in_force
from tomsapp.domain.valuation import value_contract
from tomsapp.services.audit_read import SampleView, read_samples
from tomsapp.services.delivery_held import HAS_DELIVERIES
from tomsapp.services.delivery_problems import delivery_problems
from tomsapp.services.delivery_stages import SealedStage, plan_stages, sealed_stages
from tomsapp.services.evidence_read import EvidenceView, read_evidence
from tomsapp.services.workspace import Workspace
from tomsapp.store.errors import NotFound
from tomsapp.store.person_claims import KeptPersonClaim
from tomsapp.store.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class OpenDelivery:
    """A contract with all that is known of its delivery to a day.

    Attributes:
        stored: the contract.
        plan: what is due in each quarter, by commitment: the plan in force.
        accepted_plan: the entries that were last accepted; empty where none was.
        planned: the plan that is worked on.
        deliveries: everything that was returned, by commitment and quarter.
        entered_by: who saved last what is claimed, by the number of the delivery.
        evidence: what shows that it was delivered, with its files and where those are offered besides.
        people: the person numbers behind each delivery, by its number.
        acts: what was done for good about the deliveries, in order, also what was taken back.
        contract_acts: what was done with the contract itself.
        declared: the pairs of measures of which it is declared that the people are different.
        delivered: the figures.
        person_claims: the person numbers of the supplier, in this contract and its others.
        ledger: the money that was really handed over, in the order of its days.
        samples: the audit samples that were drawn from its accepted claims, in order.
        papers: the delivered valuations that were published, in order.
    """

    stored: Stored[Contract]
    edition: MenuEdition
    commitments: tuple[Stored[Commitment], ...]
    answers: Mapping[str, Answer]
    rules: Stored[DeliveryRules]
    plan: Plan
    accepted_plan: tuple[PlanEntry, ...]
    planned: tuple[Stored[PlanEntry], ...]
    deliveries: tuple[Stored[Delivery], ...]
    entered_by: Mapping[int, str]
    evidence: tuple[EvidenceView, ...]
    people: Mapping[int, Sequence[Stored[DeliveryPerson]]]
    acts: tuple[DeliveryAct, ...]
    contract_acts: tuple[Act, ...]
    declared: frozenset[Pair]
    delivered: Delivered
    person_claims: tuple[KeptPersonClaim, ...]
    ledger: tuple[Stored[HandedOver], ...] = ()
    samples: tuple[SampleView, ...] = ()
    papers: tuple[DeliveredPaperKept, ...] = ()

    @property
    def contract(self) -> Contract:
        """The contract's facts."""
        return self.stored.record

    @property
    def until(self) -> date:
        """The day to which the figures are."""
        return self.delivered.until

    @property
    def is_open(self) -> bool:
        """Whether deliveries are entered and decided: the contract is signed or closed."""
        return self.contract.status in HAS_DELIVERIES

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with what was returned, as far as the contract, its menu edition and person numbers tell.

        It names the numbers of people, for the page of this contract alone.
        """
        return self._problems(masked=False)

    @cached_property
    def told_problems(self) -> tuple[Problem, ...]:
        """The same without the numbers of people: so it is told in papers, files and terminals."""
        return self._problems(masked=True)

    def _problems(self, *, masked: bool) -> tuple[Problem, ...]:
        lines = tuple(line.record for line in self.commitments)
        claims = tuple(each.record for each in self.deliveries)
        return tuple(delivery_problems(self.edition, lines, claims, self.person_claims, masked=masked))

    @cached_property
    def standing(self) -> tuple[DeliveryAct, ...]:
        """The acts that were not taken back, without the takings back."""
        return standing(self.acts)

    @property
    def agreements(self) -> tuple[DeliveryAct, ...]:
        """The agreements on shortfalls that stand."""
        return tuple(act for act in self.standing if act.kind.is_agreement)

    def money(self, commitment: str | None = None) -> Settled:
        """What is agreed to be settled by money beside what came, of a commitment or of the whole contract."""
        return settled((each.record for each in self.ledger), self.delivered, commitment)

    def acts_of(self, delivery_id: int) -> tuple[DeliveryAct, ...]:
        """What was decided of a delivery and stands, in order."""
        return tuple(act for act in self.standing if act.delivery == delivery_id)

    def find(self, commitment: str, quarter: Quarter) -> Stored[Delivery] | None:
        """What was returned for a commitment in a quarter; None where nothing was."""
        return self._by_place.get((commitment, quarter))

    @cached_property
    def _by_place(self) -> dict[tuple[str, Quarter], Stored[Delivery]]:
        return {(each.record.commitment, each.record.quarter): each for each in self.deliveries}

    def evidence_of(self, delivery_id: int) -> tuple[EvidenceView, ...]:
        """The evidence that is offered for a delivery."""
        return tuple(each for each in self.evidence if str(delivery_id) in each.evidence.record.deliveries)

    @property
    def own_acceptances(self) -> tuple[DeliveryAct, ...]:
        """The acceptances that stand of whoever entered the claim: exceptions, which reports list."""
        return tuple(
            act
            for act in self.standing
            if act.kind in ACCEPTANCES
            and act.delivery is not None
            and is_same_person(act.by, self.entered_by.get(act.delivery, ""))
        )

    @property
    def plan_acts(self) -> tuple[DeliveryAct, ...]:
        """What was done about the plan, in order: each acceptance that stands is a version of it."""
        return tuple(act for act in self.standing if act.kind in PLANS)

    def figures_to(self, until: date) -> Delivered:
        """The figures to another day, of what was read."""
        if until == self.until:
            return self.delivered
        return value_delivered(
            self.contract,
            self.edition,
            [line.record for line in self.commitments],
            self.plan,
            [each.record for each in self.deliveries],
            self.acts,
            until,
            rules=self.rules.record,
            began=began_on(self.deliveries, self.people),
            declared=self.declared,
        )

    @property
    def signed_on(self) -> date | None:
        """The day on which it was signed, of the signing in force; None of one that is not signed."""
        signing = seal_in_force(self.contract.status, self.contract_acts)
        return None if signing is None else signing.done_on

    def risks(self, today: date) -> tuple[Risk, ...]:
        """Every sign that a commitment may not be kept, as it is seen on a day."""
        return risks(self.delivered, self.rules.record, today, self.signed_on)

    @property
    def plan_version(self) -> int:
        """How often a plan was accepted; 0 where the plan by default holds."""
        return sum(act.kind is DeliveryActKind.ACCEPT_PLAN for act in self.standing)


def find_quarter(opened: OpenDelivery, quarter: Quarter) -> ContractQuarter | None:
    """A quarter of the contract with its days; None where the contract has it not."""
    return next((each for each in quarters_of(opened.contract) if each.quarter == quarter), None)


def open_delivery(workspace: Workspace, contract_id: int, until: date) -> OpenDelivery:
    """Read what was delivered of a contract, and work out its figures to a day.

    Raises:
        ContractError: its dates make no contract years.
        MenuError: its edition is neither in the database nor installed.
        NotFound: there is no contract with this number.
    """
    with workspace.look() as uow:
        read = ReadDelivery.of(uow, contract_id)
    return read.valued(workspace, until)


def open_delivery_of(workspace: Workspace, reference: str, until: date) -> OpenDelivery:
    """As `open_delivery`, of the contract with a reference."""
    with workspace.look() as uow:
        stored = uow.contracts.find_by_reference(reference)
        if stored is None:
            raise NotFound(f"There is no contract {reference} in this database", "Look it up under Contracts")
        read = ReadDelivery.of(uow, stored.id)
    return read.valued(workspace, until)


@dataclass(frozen=True, slots=True)
class ReadDelivery:
    """What the database holds, all of it from one moment."""

    stored: Stored[Contract]
    commitments: tuple[Stored[Commitment], ...]
    answers: Mapping[str, Answer]
    rules: Stored[DeliveryRules]
    accepted_plan: tuple[PlanEntry, ...]
    planned: tuple[Stored[PlanEntry], ...]
    deliveries: tuple[Stored[Delivery], ...]
    entered_by: Mapping[int, str]
    evidence: tuple[EvidenceView, ...]
    people: Mapping[int, Sequence[Stored[DeliveryPerson]]]
    person_claims: tuple[KeptPersonClaim, ...]
    acts: tuple[DeliveryAct, ...]
    contract_acts: tuple[Act, ...]
    stages: tuple[SealedStage, ...]
    ledger: tuple[Stored[HandedOver], ...]
    samples: tuple[SampleView, ...]
    papers: tuple[DeliveredPaperKept, ...]

    @classmethod
    def of(cls, uow: UnitOfWork, contract_id: int) -> "ReadDelivery":
        """What is held of a contract in a transaction."""
        stored = uow.contracts.get(contract_id)
        acts = tuple(kept.act for kept in uow.acts.of(contract_id))
        return cls(
            stored,
            tuple(uow.commitments.of(contract_id)),
            uow.answers.of(contract_id),
            uow.delivery_rules.now(),
            tuple(uow.plans.in_force(contract_id)),
            tuple(uow.plans.of(contract_id)),
            tuple(uow.deliveries.of(contract_id)),
            uow.deliveries.entered_by(contract_id),
            read_evidence(uow, contract_id),
            people := uow.people.by_delivery(contract_id),
            # Most contracts have no such measure, and a supplier's others are looked at only where this one has.
            tuple(uow.people.claims(contract_id)) if people else (),
            tuple(uow.delivery_acts.of(contract_id)),
            acts,
            sealed_stages(uow, stored.record, acts),
            tuple(uow.ledger.of(contract_id)),
            read_samples(uow, contract_id),
            tuple(uow.papers.of(contract_id)),
        )

    def valued(self, workspace: Workspace, until: date) -> OpenDelivery:
        """The contract with its figures to a day."""
        contract = self.stored.record
        edition = workspace.edition(contract.menu, contract.edition)
        lines = tuple(line.record for line in self.commitments)
        plan = plan_through(plan_stages(contract, lines, self.stages), edition, self.accepted_plan)
        claims = tuple(each.record for each in self.deliveries)
        declared = _declared(contract, edition, lines, self.answers)
        rules = self.rules.record
        delivered = value_delivered(
            contract,
            edition,
            lines,
            plan,
            claims,
            self.acts,
            until,
            rules=rules,
            began=began_on(self.deliveries, self.people),
            declared=declared,
        )
        return OpenDelivery(
            self.stored,
            edition,
            self.commitments,
            self.answers,
            self.rules,
            plan,
            self.accepted_plan,
            self.planned,
            self.deliveries,
            self.entered_by,
            self.evidence,
            self.people,
            self.acts,
            self.contract_acts,
            declared,
            delivered,
            self.person_claims,
            self.ledger,
            self.samples,
            self.papers,
        )


def _declared(
    contract: Contract, edition: MenuEdition, lines: tuple[Commitment, ...], answers: Mapping[str, Answer]
) -> frozenset[Pair]:
    """The pairs of measures of which it is declared that the people are different."""
    return frozenset(declared_pairs(value_contract(contract, edition, lines), answers)) if answers else frozenset()


def began_on(
    deliveries: Iterable[Stored[Delivery]], people: Mapping[int, Sequence[Stored[DeliveryPerson]]]
) -> dict[tuple[str, Quarter], list[date]]:
    """The days on which the people behind each delivery began, by its commitment and quarter, where that is said."""
    found = {}
    for each in deliveries:
        days = began_days(person.record for person in people.get(each.id, ()))
        if days:
            found[each.record.commitment, each.record.quarter] = days
    return found
