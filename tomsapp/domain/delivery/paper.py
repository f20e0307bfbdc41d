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
from tomsapp.domain.delivery.acts import ACCEPTANCES, AGREEMENTS, DECISIONS, DeliveryAct, DeliveryActKind, standing
from tomsapp.domain.delivery.decisions import decided
from tomsapp.domain.delivery.delivered import value_delivered
from tomsapp.domain.delivery.delivery import Delivery
from tomsapp.domain.delivery.figures import Delivered
from tomsapp.domain.delivery.plan import Plan
from tomsapp.domain.delivery.quarters import Quarter
from tomsapp.domain.delivery.rules import DeliveryRules
from tomsapp.domain.delivery.sample import Checked, SampleResult, sample_result
from tomsapp.domain.menu import MenuEdition, Pair
from tomsapp.domain.money import total
from tomsapp.domain.problems import Problem
from tomsapp.domain.valuation import Valuation, value_contract

Claim = tuple[str, Quarter]
"""Which delivery: the key of its commitment, and its quarter."""


@dataclass(frozen=True, slots=True)
class Frozen:
    """How a paper is published: which one of its contract and day it is, by whom, and which it replaces.

    Attributes:
        number: 1 for the first.
        replaces_on: the day on which the paper was frozen that it replaces; None for the first.
        reason: why there is another one.
    """

    number: int
    on: date
    by: str
    replaces_on: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ToldDelivery:
    """A delivery with who entered it."""

    delivery: Delivery
    entered_by: str = ""

    @property
    def claim(self) -> Claim:
        """Which one it is."""
        return self.delivery.commitment, self.delivery.quarter


@dataclass(frozen=True, slots=True)
class ToldEvidence:
    """A piece of evidence as it is listed: what is in it stays with the council.

    Attributes:
        number: its place in the list; the first is 1.
        name: of the file, or what it is.
        sha256, size: of the file, in bytes; "" and None of evidence that is kept elsewhere.
        reference: where it is kept, of evidence that is no file.
        dated_on: the day on which it was made.
        about_people: whether it is about people, so that it is kept by reference or deleted in time.
        keep_until: the day until which it is kept.
        deleted_on, deleted_by: when and by whom its bytes were deleted; all else of it stays.
        shows: the deliveries that it belongs to.
    """

    number: int
    name: str
    sha256: str = ""
    size: int | None = None
    reference: str = ""
    dated_on: date | None = None
    about_people: bool = False
    keep_until: date | None = None
    deleted_on: date | None = None
    deleted_by: str = ""
    shows: tuple[Claim, ...] = ()

    @property
    def is_file(self) -> bool:
        """Whether it is or was a file."""
        return bool(self.sha256)


@dataclass(frozen=True, slots=True)
class ToldMoney:
    """Real money that was handed over, as the ledger has it; it is never added to proxy pounds."""

    received_on: date
    received_from: str
    amount: Decimal
    passed_to: str
    passed_on: date | None = None
    receipt: str = ""
    commitment: str = ""


@dataclass(frozen=True, slots=True)
class ToldVariation:
    """A variation that was signed: its number, its days, why, and what it changed, in words."""

    number: int
    signed_on: date
    effective_on: date
    reason: str
    words: str
    changes_commitments: bool = True


@dataclass(frozen=True, slots=True)
class LineToday:
    """What a commitment would come to with the menu edition of the day, and why that differs."""

    commitment: str
    pounds: Decimal
    why: str = ""


@dataclass(frozen=True, slots=True)
class ToldSample:
    """A sample of accepted claims that was looked at again.

    Attributes:
        seed: with which it was drawn, so that an auditor can draw it again.
        until: the day to which claims were in it.
        drawn: how many claims were drawn; `checked` are those with a conclusion.
        claims, pounds: all accepted claims that it was drawn from, and what they are worth.
    """

    seed: str
    until: date
    drawn_on: date
    drawn: int
    claims: int
    pounds: Decimal
    checked: tuple[Checked, ...] = ()

    @property
    def result(self) -> SampleResult:
        """What the sample says about all of them."""
        return sample_result(self.drawn, self.checked, self.claims, self.pounds)


@dataclass(frozen=True, slots=True)
class Beside:
    """What a paper tells beside the deliveries: evidence, money, variations, samples, and the values of the day.

    Attributes:
        began: the days on which the people of a delivery began.
        signed: the contract and its commitments as they were signed first; None where nothing was varied.
    """

    evidence: tuple[ToldEvidence, ...] = ()
    ledger: tuple[ToldMoney, ...] = ()
    variations: tuple[ToldVariation, ...] = ()
    samples: tuple[ToldSample, ...] = ()
    today: tuple[LineToday, ...] = ()
    today_edition: str = ""
    began: Mapping[Claim, tuple[date, ...]] = field(default_factory=dict)
    signed: tuple[Contract, tuple[Commitment, ...]] | None = None


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

    def told_to_improve(self, commitment: str) -> list[DeliveryAct]:
        """When the supplier was told to improve a commitment."""
        return self._told_to_improve.get(commitment, [])

    @cached_property
    def _told_to_improve(self) -> Mapping[str, list[DeliveryAct]]:
        found: dict[str, list[DeliveryAct]] = {}
        for act in self.standing_acts:
            if act.kind is DeliveryActKind.TELL_TO_IMPROVE:
                found.setdefault(act.commitment, []).append(act)
        return found

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


_TOLD = DECISIONS | AGREEMENTS | {DeliveryActKind.TAKE_BACK, DeliveryActKind.TELL_TO_IMPROVE}
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
