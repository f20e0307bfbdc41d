"""Records for the store's tests; all names and figures are made up."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from tomsapp.domain.commitment import Commitment, Rate
from tomsapp.domain.contract import Contract, ContractKind, ContractStatus, YearSpend
from tomsapp.domain.council import CouncilSettings
from tomsapp.domain.history import Stored
from tomsapp.domain.keys import measure_key
from tomsapp.domain.neighbourhood import Neighbourhood
from tomsapp.domain.policy import Policy
from tomsapp.domain.policy_records import LivingWage
from tomsapp.domain.priority import Priority
from tomsapp.domain.problems import Answer, AnswerChoice
from tomsapp.domain.rules.minimum_share import MINIMUM_SHARE
from tomsapp.domain.rules.rule import CountedIn, PolicyRule, Rounding, RuleSource
from tomsapp.domain.rules.scope import SCOPE
from tomsapp.domain.seal import ActFacts, ActKind
from tomsapp.domain.signer import SignerKind
from tomsapp.domain.supplier import Supplier, SupplierKind
from tomsapp.store.acts import NewAct
from tomsapp.store.database import Database
from tomsapp.store.signers import KeptSigner
from tomsapp.store.unit_of_work import UnitOfWork

HOSTILE = [
    "=cmd|' /C calc'!A0",
    "<b>Ltd & Søn",
    "Robert'); DROP TABLE supplier;--",
    "Caf\u00e9 \U0001f33b\U0001f468\u200d\U0001f469\u200d\U0001f467 ltr",
    "100%_\\",
    "  spaces and a line  ",
    '"quoted" {braces} :name ? %s',
]


def supplier(name: str = "Bridge Works Ltd") -> Supplier:
    return Supplier(name, SupplierKind.VCFSE, "01234567", True, "Jo Bloggs", "jo@example.org", "Made up for the tests")


def contract(reference: str = "C1", **changes: object) -> Contract:
    facts: dict = {
        "reference": reference,
        "value": Decimal("2500000.00"),
        "start_on": date(2026, 4, 1),
        "end_on": date(2028, 3, 31),
        "title": "Roads",
        "menu": "barnet-open",
        "edition": "2026.1",
        "kind": ContractKind.FRAMEWORK,
        "status": ContractStatus.DRAFT,
        "spend": (YearSpend(0, Decimal("10.01")), YearSpend(0, Decimal("9.99"), True), YearSpend(1, Decimal(7))),
    }
    return Contract(**{**facts, **changes})


def commitment(measure: str = "J11") -> Commitment:
    return Commitment(
        "",
        measure,
        (Decimal("12.5"), None, Decimal(0), None),
        Decimal("0.333333"),
        "E05013636",
        "We hire locally",
        None,
        Decimal("1200.50"),
        "P1",
    )


def rate_commitment() -> Commitment:
    return Commitment("", "S08", rate=Rate(Decimal("1.5"), Decimal(100_000)))


def policy() -> Policy:
    source = RuleSource("Policy of the test council", "Test council", "2026", "https://example.org/policy")
    rules = (
        PolicyRule("scope", SCOPE, "In scope", date(2024, 1, 1), threshold=Decimal(100_000), source=source),
        PolicyRule(
            "minimum",
            MINIMUM_SHARE,
            "Ten per cent",
            date(2024, 1, 1),
            date(2030, 12, 31),
            share=Decimal("0.1"),
            counted_in=CountedIn.REAL_POUNDS,
            rounding=Rounding.UP,
            text="Ten per cent in real pounds",
        ),
    )
    return Policy("test", "Test policy", rules, (LivingWage(date(2026, 4, 1), Decimal("12.71"), source),))


def act(contract_id: int, kind: ActKind = ActKind.SIGN, **changes: object) -> NewAct:
    facts = ActFacts(kind, date(2026, 3, 20), date(2026, 4, 1), "Procurement lead", "As agreed")
    said: dict = {
        "facts": facts,
        "was": ContractStatus.DRAFT,
        "becomes": ContractStatus.SIGNED,
        "document": b"{}",
        "rules": "[]",
    }
    return NewAct(contract_id, value=Decimal("12.50"), **{**said, **changes})


def signer(name: str = "Test council (self-made)", kind: SignerKind = SignerKind.DATABASE) -> KeptSigner:
    return KeptSigner(kind, name, "ab" * 32, date(2036, 11, 26), "-----BEGIN CERTIFICATE-----", b"the key")


@dataclass(frozen=True)
class Filled:
    supplier: int
    contract: int
    commitment: int
    rate_commitment: int


def fill(database: Database, reference: str = "C1", *, signs: bool = False) -> Filled:
    """A row in each table; the contract stays a draft, which its act does not fix, or is signed."""
    with database.work("Ann", "Fill") as work:
        held = work.suppliers.add(supplier())
        work.editions.add("barnet-open", "2026.1", "ab" * 32, b"the menu's bytes", "Barnet open")
        draft = work.contracts.add(contract(reference), held.id)
        line = work.commitments.add(draft.id, commitment())
        per_pound = work.commitments.add(draft.id, rate_commitment())
        work.answers.give(
            draft.id,
            "plausible:J11",
            Answer("They have done it before", choice=AnswerChoice.RIGHT, asked="J11 12.5, 0"),
        )
        work.policies.replace(policy())
        work.areas.add("barnet", b"wards")
        work.settings.save(work.settings.now().version, CouncilSettings("Test council", b"\x89PNG"))
        work.acts.add(act(draft.id))
        work.signers.add(signer())
        work.neighbourhoods.add(Neighbourhood(f"Around {reference}", frozenset({"E05013628", "E05013629"})))
        work.priorities.add(
            Priority(f"Plan of {reference}", "Corporate plan", frozenset({measure_key("barnet-open", "J11")}))
        )
        work.commit()
    if signs:
        with database.work("Ann", "Sign") as work:
            sign(work, draft.id)
            work.commit()
    return Filled(held.id, draft.id, line.id, per_pound.id)


def sign(work: UnitOfWork, contract_id: int) -> Stored[Contract]:
    """Seal a draft."""
    return seal(work, contract_id, ActKind.SIGN, ContractStatus.SIGNED)


def seal(work: UnitOfWork, contract_id: int, kind: ActKind, becomes: ContractStatus) -> Stored[Contract]:
    """Do an act: it comes before the status, which it alone may change."""
    held = work.contracts.get(contract_id)
    work.acts.add(act(contract_id, kind, was=held.record.status, becomes=becomes))
    after = replace(held.record, status=becomes)
    return work.contracts.save(contract_id, held.version, after, work.contracts.supplier_id_of(contract_id))
