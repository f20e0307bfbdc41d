"""What a paper on what was delivered tells: all that its figures are worked out from, and what is said beside them.

A paper numbers the commitments of its contract from 1 and names them by that number, so that whoever has the paper
alone can work every figure out again. It lists evidence and never holds it.
Source: docs/formats.md, "tomsapp-delivered-1".
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract import Contract
from tomsapp.domain.delivery.act_checks import is_same_person
from tomsapp.domain.delivery.acts import (
    ACCEPTANCES,
    AGREEMENTS,
    DECISIONS,
    OUTCOMES,
    DeliveryAct,
    DeliveryActKind,
    standing,
)
from tomsapp.domain.delivery.decisions import decided
from tomsapp.domain.delivery.delivered import value_delivered
from tomsapp.domain.delivery.delivery import Delivery
from tomsapp.domain.delivery.figures import Delivered
from tomsapp.domain.delivery.improving import Improvement, improvements
from tomsapp.domain.delivery.ledger import Settled, settled
from tomsapp.domain.delivery.plan import Plan
from tomsapp.domain.delivery.rules import DeliveryRules
from tomsapp.domain.delivery.told import (
    Claim,
    Frozen,
    LineToday,
    ToldDelivery,
    ToldEvidence,
    ToldMoney,
    ToldSample,
    ToldVariation,
)
from tomsapp.domain.menu import MenuEdition, Pair
from tomsapp.domain.money import total
from tomsapp.domain.problems import Problem
from tomsapp.domain.valuation import Valuation, value_contract


@dataclass(frozen=True)
class DeliveredPaper:
    """A paper on what was delivered of a contract to a day.

    Attributes:
        contract, commitments: as they stand with every variation; the commitments in the order of their numbers.
        edition: the menu edition that is pinned to the contract.
        until: the day to which the figures are.
        plan: the plan in force, by the key of the commitment.
        deliveries: every return, with who entered it.
        acts: what was done for good, in the order in which the database took it in.
        began: the days on which the people of a delivery began, without their numbers.
        declared: the pairs of measures of which it is declared that the people are different.
        frozen: how it is published; None of a draft.
        signed_contract, signed_commitments: as they were signed first; None where nothing was varied.
        today, today_edition: what each commitment comes to with the menu edition of the day, and which that is.
        problems: what is asked about the deliveries, with the answers.
    """

    contract: Contract
    edition: MenuEdition
    commitments: tuple[Commitment, ...]
    until: date
    plan: Plan
    deliveries: tuple[ToldDelivery, ...] = ()
    acts: tuple[DeliveryAct, ...] = ()
    rules: DeliveryRules = field(default_factory=DeliveryRules)
    began: Mapping[Claim, tuple[date, ...]] = field(default_factory=dict)
    declared: frozenset[Pair] = frozenset()
    frozen: Frozen | None = None
    evidence: tuple[ToldEvidence, ...] = ()
    ledger: tuple[ToldMoney, ...] = ()
    variations: tuple[ToldVariation, ...] = ()
    signed_contract: Contract | None = None
    signed_commitments: tuple[Commitment, ...] = ()
    today: tuple[LineToday, ...] = ()
    today_edition: str = ""
    samples: tuple[ToldSample, ...] = ()
    problems: tuple[Problem, ...] = ()

    @cached_property
    def delivered(self) -> Delivered:
        """The figures, worked out from what is told here alone."""
        return value_delivered(
            self.contract,
            self.edition,
            self.commitments,
            self.plan,
            [told.delivery for told in self.deliveries],
            self.standing_acts,
            self.until,
            rules=self.rules,
            began=self.began,
            declared=self.declared,
        )

    @cached_property
    def standing_acts(self) -> tuple[DeliveryAct, ...]:
        """The acts that were not taken back."""
        return standing(self.acts)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each commitment by its key."""
        return {commitment.key: number for number, commitment in enumerate(self.commitments, start=1)}

    @cached_property
    def as_varied(self) -> Valuation:
        """What is promised as the contract stands."""
        return value_contract(self.contract, self.edition, self.commitments)

    @cached_property
    def as_signed(self) -> Valuation | None:
        """What was promised when it was signed first; None where nothing was varied."""
        if self.signed_contract is None:
            return None
        return value_contract(self.signed_contract, self.edition, self.signed_commitments)

    @property
    def handed_over(self) -> Decimal:
        """The real pounds in the ledger that were handed over by the day."""
        return total(entry.amount for entry in self.ledger if entry.received_on <= self.until)

    def money(self, commitment: str | None = None) -> Settled:
        """What is agreed to be settled by money beside what came, of a commitment or of the whole contract."""
        return settled(self.ledger, self.delivered, commitment)

    def decisions_of(self, claim: Claim) -> list[DeliveryAct]:
        """The standing decisions on a delivery, in their order."""
        return self._decisions.get(claim, [])

    @cached_property
    def _decisions(self) -> Mapping[Claim, list[DeliveryAct]]:
        found: dict[Claim, list[DeliveryAct]] = {}
        for act in self.standing_acts:
            if act.kind.is_decision and act.quarter is not None:
                found.setdefault((act.commitment, act.quarter), []).append(act)
        return found

    @property
    def decided_otherwise(self) -> tuple[Delivery, ...]:
        """The deliveries whose quantities are not those that the decisions on them come to."""
        return tuple(
            told.delivery
            for told in self.deliveries
            if decided(told.delivery, self.decisions_of(told.claim)) != told.delivery
        )

    def improvements_of(self, commitment: str) -> list[Improvement]:
        """Each time that it was told to improve a commitment, or the whole contract (""), and what came of it."""
        return [each for each in self._improvements if each.told.commitment == commitment]

    @cached_property
    def _improvements(self) -> tuple[Improvement, ...]:
        return improvements(self.acts)

    def evidence_of(self, commitment: str) -> list[ToldEvidence]:
        """The evidence of a commitment, in the order of the list."""
        return self._evidence.get(commitment, [])

    @cached_property
    def _evidence(self) -> Mapping[str, list[ToldEvidence]]:
        found: dict[str, list[ToldEvidence]] = {}
        for piece in self.evidence:
            for commitment in dict.fromkeys(key for key, _ in piece.shows):
                found.setdefault(commitment, []).append(piece)
        return found

    @property
    def accepted_own(self) -> tuple[DeliveryAct, ...]:
        """The acceptances by the very person who entered the claim: each is an exception."""
        entered = {told.claim: told.entered_by for told in self.deliveries}
        return tuple(
            act
            for act in self.standing_acts
            if act.kind in ACCEPTANCES
            and act.quarter is not None
            and is_same_person(act.by, entered.get((act.commitment, act.quarter), ""))
        )


def numbered(paper: DeliveredPaper) -> DeliveredPaper:
    """The paper with its commitments named by their numbers, as everybody reads it: keys of a database say nothing.

    What is about a commitment that the contract has not is left out; one that a variation took out has a number after
    the others.
    """
    keys = {key: str(number) for key, number in paper.numbers.items()}
    for commitment in paper.signed_commitments:
        keys.setdefault(commitment.key, str(len(keys) + 1))

    def renamed(commitments: Iterable[Commitment]) -> tuple[Commitment, ...]:
        return tuple(replace(commitment, key=keys[commitment.key], project="") for commitment in commitments)

    return replace(
        paper,
        contract=_told(paper.contract),
        signed_contract=None if paper.signed_contract is None else _told(paper.signed_contract),
        commitments=renamed(paper.commitments),
        plan={keys[key]: plan for key, plan in paper.plan.items() if key in keys},
        deliveries=tuple(
            replace(told, delivery=replace(told.delivery, commitment=keys[told.delivery.commitment]))
            for told in paper.deliveries
            if told.delivery.commitment in keys
        ),
        acts=tuple(_act(act, keys) for act in paper.acts if act.kind in _TOLD),
        began={(keys[key], quarter): days for (key, quarter), days in paper.began.items() if key in keys},
        evidence=tuple(
            replace(piece, shows=tuple((keys[key], quarter) for key, quarter in piece.shows if key in keys))
            for piece in paper.evidence
        ),
        ledger=tuple(replace(entry, commitment=keys.get(entry.commitment, "")) for entry in paper.ledger),
        signed_commitments=renamed(paper.signed_commitments),
        today=tuple(replace(line, commitment=keys[line.commitment]) for line in paper.today if line.commitment in keys),
        problems=tuple(_problem(problem, keys) for problem in paper.problems),
    )


_TOLD = DECISIONS | AGREEMENTS | OUTCOMES | {DeliveryActKind.TAKE_BACK, DeliveryActKind.TELL_TO_IMPROVE}
"""The acts that a paper tells: versions of plans and earlier papers are none of its figures."""


def _told(contract: Contract) -> Contract:
    """The facts of a contract that a paper tells; who keeps it at the council and what is noted there stay there."""
    return Contract(
        contract.reference,
        contract.value,
        contract.start_on,
        contract.end_on,
        contract.title,
        contract.supplier,
        contract.menu,
        contract.edition,
        contract.kind,
        contract.status,
        contract.spend,
        value_with_vat=contract.value_with_vat,
    )


def _act(act: DeliveryAct, keys: Mapping[str, str]) -> DeliveryAct:
    return replace(
        act,
        contract_id=0,
        delivery=None,
        commitment=keys.get(act.commitment, ""),
        other_commitment=keys.get(act.other_commitment, ""),
    )


def _problem(problem: Problem, keys: Mapping[str, str]) -> Problem:
    where = problem.where
    return (
        replace(problem, where=where._replace(commitment=keys.get(where.commitment, "")))
        if where.commitment
        else problem
    )
