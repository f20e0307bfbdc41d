"""Records for the store's tests; all names and figures are made up."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from tomsapp.domain.commitment import Commitment, Rate
from tomsapp.domain.contract import Contract, ContractKind, ContractStatus, YearSpend
from tomsapp.domain.council import CouncilSettings
from tomsapp.domain.delivery.acts import DeliveryActFacts, DeliveryActKind
from tomsapp.domain.delivery.audit import AuditItem, AuditSample
from tomsapp.domain.delivery.delivery import Delivery
from tomsapp.domain.delivery.evidence import Attachment, Evidence
from tomsapp.domain.delivery.ledger import HandedOver
from tomsapp.domain.delivery.people import DeliveryPerson
from tomsapp.domain.delivery.plan import PlanEntry
from tomsapp.domain.delivery.published import PaperFacts
from tomsapp.domain.delivery.quarters import Quarter
from tomsapp.domain.delivery.rules import DeliveryRules
from tomsapp.domain.delivery.sample import Conclusion
from tomsapp.domain.history import Stored
from tomsapp.domain.keys import measure_key, theme_key
from tomsapp.domain.neighbourhood import Neighbourhood
from tomsapp.domain.policy import Policy
from tomsapp.domain.policy_records import LivingWage
from tomsapp.domain.priority import Priority
from tomsapp.domain.problems import Answer, AnswerChoice
from tomsapp.domain.rules.minimum_share import MINIMUM_SHARE
from tomsapp.domain.rules.rule import CountedIn, PolicyRule, Rounding, RuleSource
from tomsapp.domain.rules.scope import SCOPE
from tomsapp.domain.saved_view import OverviewView, SavedView
from tomsapp.domain.seal import ActFacts, ActKind
from tomsapp.domain.signer import SignerKind
from tomsapp.domain.supplier import Supplier, SupplierKind
from tomsapp.domain.tender.acts import TenderActFacts, TenderActKind
from tomsapp.domain.tender.asked import BidderQuestion
from tomsapp.domain.tender.bid import Bid, BidDecision, DecisionKind
from tomsapp.domain.tender.choices import MinimumRule, QuantityMethod, TenderStatus
from tomsapp.domain.tender.explaining import ScoreExplanation
from tomsapp.domain.tender.lot import Lot
from tomsapp.domain.tender.marking import Evaluator, Mark, ModeratedMark
from tomsapp.domain.tender.pack_signature import PackKey
from tomsapp.domain.tender.question import MARKS, Question
from tomsapp.domain.tender.receipt import Receipt
from tomsapp.domain.tender.tender import Tender
from tomsapp.domain.tender.tender_measure import MeasureUse, TenderMeasure
from tomsapp.domain.variation import NEW_LINE, Variation, VariationLine
from tomsapp.store.acts import NewAct
from tomsapp.store.database import Database
from tomsapp.store.pack_signatures import KeptPackKey
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
    return Supplier(
        name,
        SupplierKind.VCFSE,
        "01234567",
        True,
        "Jo Bloggs",
        "jo@example.org",
        "Made up for the tests",
        "1 High Street",
    )


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


def variation(line: Stored[Commitment]) -> Variation:
    """A draft that changes a line and adds another."""
    facts: dict = {
        "reason": "The council extends it by a year",
        "effective_on": date(2027, 10, 1),
        "new_end_on": date(2029, 3, 31),
        "new_value": Decimal("2900000.00"),
        "new_value_with_vat": Decimal("3480000.00"),
    }
    added = VariationLine(replace(commitment("V02"), key=f"{NEW_LINE}1"))
    return Variation(1, **facts, lines=(VariationLine(line.record, is_ended=True), added))


def signer(name: str = "Test council (self-made)", kind: SignerKind = SignerKind.DATABASE) -> KeptSigner:
    return KeptSigner(kind, name, "ab" * 32, date(2036, 11, 26), "-----BEGIN CERTIFICATE-----", b"the key")


Q1 = Quarter(0, 1)


def delivery(commitment: int, quarter: Quarter = Q1, **changes: object) -> Delivery:
    said: dict = {"evidenced": Decimal(20), "note": "Two schools", "new": Decimal(2), "retained": Decimal(0)}
    return Delivery(str(commitment), quarter, Decimal(25), date(2026, 7, 10), **{**said, **changes})


def plan_entry(commitment: int, quarter: Quarter = Q1, **changes: object) -> PlanEntry:
    return PlanEntry(
        str(commitment),
        quarter,
        **{"quantity": Decimal("3.12"), "action": "Ask three schools", "due_on": date(2026, 6, 1), **changes},
    )


def delivery_act(kind: DeliveryActKind = DeliveryActKind.ACCEPT, **changes: object) -> DeliveryActFacts:
    return replace(DeliveryActFacts(kind, date(2026, 7, 20), "Contract manager", "As the evidence shows"), **changes)


def money(commitment: int | str = "", **changes: object) -> HandedOver:
    entry = HandedOver(
        date(2026, 7, 10),
        "Bridge Works Ltd",
        Decimal("1500.25"),
        "Hendon food bank",
        date(2026, 7, 14),
        "R-118",
        str(commitment),
        "Cash",
    )
    return replace(entry, **changes)


def audit_sample(**changes: object) -> AuditSample:
    sample = AuditSample("audit plan page 7", date(2026, 6, 30), 10, date(2026, 8, 1), 1, Decimal("2265.00"), "First")
    return replace(sample, **changes)


def audit_item(**changes: object) -> AuditItem:
    return replace(AuditItem(1, Decimal(10), Decimal("2265.00")), **changes)


CHECKED = {
    "conclusion": Conclusion.SHOWN_IN_PART,
    "found": Decimal(8),
    "found_pounds": Decimal("1812.00"),
    "notes": "Two sheets lack a date",
}
"""What is concluded of a claim of which a part is shown."""


def publish(work: UnitOfWork, contract_id: int, content: bytes = b"%PDF-1.7 a paper", **changes: object) -> int:
    """Keep a paper, with the act that publishes it."""
    act_id = work.delivery_acts.add(contract_id, delivery_act(DeliveryActKind.PUBLISH), b"{}")
    return work.papers.add(contract_id, replace(PaperFacts(date(2026, 6, 30), 1), **changes), content, act_id)


def fill_records(work: UnitOfWork, contract_id: int, commitment: int, delivery_id: int) -> None:
    """Money in the ledger, a sample with a claim that was checked, and a paper that was published."""
    work.ledger.add(contract_id, money(commitment))
    drawn = work.samples.add(contract_id, audit_sample())
    work.sample_items.add_many(drawn.id, [(delivery_id, audit_item(**CHECKED))])
    publish(work, contract_id)


def fill_deliveries(work: UnitOfWork, contract_id: int, commitment: int) -> None:
    """A claim of which a part is accepted, a plan and the plan in force, and the rules."""
    work.plans.add(contract_id, plan_entry(commitment))
    work.delivery_acts.add(contract_id, delivery_act(DeliveryActKind.ACCEPT_PLAN), b"{}")
    work.plans.put_in_force(contract_id, [plan_entry(commitment)])
    held = work.deliveries.add(contract_id, delivery(commitment))
    said = delivery_act(delivery=held.id, commitment=str(commitment), quarter=Q1, quantity=Decimal(10))
    work.delivery_acts.add(contract_id, said, b"{}")
    stored = work.files.keep(b"%PDF-1.7 a log", "application/pdf")
    shown = frozenset({str(held.id)})
    work.evidence.add(
        contract_id,
        Evidence("log.pdf", keep_until=date(2036, 3, 31), deliveries=shown, sha256=stored.sha256),
    )
    work.people.add(contract_id, held.id, DeliveryPerson("P-001", date(2026, 5, 1)))
    work.attachments.add(contract_id, Attachment("Signed agreement", sha256=stored.sha256))
    fill_records(work, contract_id, commitment, held.id)
    rules = work.delivery_rules.now()
    work.delivery_rules.save(rules.id, rules.version, DeliveryRules(return_days=Decimal(28)))


def tender(reference: str = "T-2026-003", **changes: object) -> Tender:
    facts: dict = {
        "title": "Cleaning",
        "contract_manager": "A. Okafor",
        "menu": "barnet-open",
        "edition": "2026.1",
        "kind": ContractKind.FRAMEWORK,
        "fixed_base": Decimal("1000000.00"),
        "deadline_on": date(2027, 1, 22),
        "price_weight": Decimal("40.5"),
        "quality_weight": Decimal("39.5"),
        "social_weight": Decimal(20),
        "quantity_part": Decimal("0.333333"),
        "method": QuantityMethod.BANDS,
        "method_target": Decimal("90000.00"),
        "bands": "0% 0; 5% 2; 10% 5",
        "minimum": MinimumRule.ASKED,
        "most_measures": 8,
        "mandatory_themes": frozenset({theme_key("barnet-open", 1), theme_key("barnet-open", 3)}),
        "notes": "Made up for the tests",
    }
    return Tender(reference, **{**facts, **changes})


def lot(number: int = 1, **changes: object) -> Lot:
    facts: dict = {
        "title": "Libraries",
        "value": Decimal("1200000.00"),
        "value_with_vat": Decimal("1440000.00"),
        "start_on": date(2027, 4, 1),
        "end_on": date(2029, 3, 31),
        "places": frozenset({"E05013628"}),
        "spend": (YearSpend(0, Decimal("500000.01")), YearSpend(1, Decimal("699999.99"))),
    }
    return Lot(number, **{**facts, **changes})


def tender_measure(measure: str = "J01", **changes: object) -> TenderMeasure:
    said = {"target": Decimal("12.5"), "relevance": "Cleaners are hired for it"}
    allowed = {"exception_reason": "No ward", "exception_name": "M. Reid", "exception_role": "Head of Procurement"}
    return replace(TenderMeasure(measure), **{**said, **allowed, **changes})


def question(number: int = 1, **changes: object) -> Question:
    guide = {f"guide_{mark}": f"What gets {mark}" for mark in MARKS}
    said: dict = {
        "title": "Local jobs",
        "text": "How will you hire\nlocally?",
        "weight": Decimal(100),
        "most_words": 500,
    }
    return Question(number, **{**guide, **said, **changes})


def asked(**changes: object) -> BidderQuestion:
    return replace(BidderQuestion(date(2027, 1, 5), "Is there parking?", "Yes", date(2027, 1, 6)), **changes)


def tender_act(kind: TenderActKind = TenderActKind.ISSUE, **changes: object) -> TenderActFacts:
    return replace(TenderActFacts(kind, date(2027, 1, 4), "Procurement lead", "As agreed"), **changes)


def issue(work: UnitOfWork, tender_id: int, version: int = 1, content: bytes = b"the pack") -> int:
    """Keep a version of a pack with the act that issues it; gives the act's number."""
    kind = TenderActKind.ISSUE if version == 1 else TenderActKind.AMEND
    act_id = work.tender_acts.add(tender_id, tender_act(kind, version=version), b"{}")
    work.pack_versions.add(tender_id, version, content, act_id)
    return act_id


def pack_key(number: int = 1) -> KeptPackKey:
    """Stands for a key that signs packs."""
    return KeptPackKey(PackKey(f"public {number}", f"{number:064x}"), b"the private half")


def award(work: UnitOfWork, tender_id: int, contract_id: int) -> None:
    """Keep an award that made a contract of the same change, and take it back: both are free after it."""
    facts = tender_act(TenderActKind.AWARD, lot=1, supplier=supplier().name)
    act_id = work.tender_acts.add(tender_id, facts, b"{}")
    work.awards.add(tender_id, b"the lines", act_id, contract_id)
    work.tender_acts.add(tender_id, tender_act(TenderActKind.TAKE_BACK), b"{}", act_id)


def fill_tender(work: UnitOfWork, reference: str, supplier_id: int, contract_id: int) -> int:
    """A tender with a lot, measures, a question, one of a bidder, a pack, a bid and an award; it stays a draft."""
    held = work.tenders.add(tender(reference))
    work.lots.add(held.id, lot())
    work.tender_measures.add(held.id, tender_measure())
    work.tender_measures.add(held.id, TenderMeasure("J02", use=MeasureUse.CONDITION))
    work.questions.add(held.id, question())
    work.bidder_questions.add(held.id, asked())
    issue(work, held.id)
    work.pack_signatures.add(held.id, 1, pack_key().key.fingerprint, b"the signature")
    fill_bids(work, held.id, supplier_id)
    act_id = work.tender_acts.add(held.id, tender_act(TenderActKind.FREEZE), b"{}")
    work.frozen_evaluations.add(held.id, b"the evaluation", act_id)
    award(work, held.id, contract_id)
    return held.id


def explanation(bid_id: int, **changes: object) -> ScoreExplanation:
    made = ScoreExplanation(bid_id, "question 1", "3", "It names groups and no dates", "M. Reid")
    return replace(made, **changes)


def fill_explained(database: Database, reference: str, supplier_id: int) -> int:
    """A tender with a bid whose evaluation is frozen, and why that bid has one of its scores."""
    with database.work("Ann", "Set up") as work:
        held = work.tenders.add(tender(reference))
        found = work.bids.add(held.id, bid(), supplier_id)
        work.commit()
    with database.work("Ann", "Freeze") as work:
        work.tender_acts.add(held.id, tender_act(TenderActKind.FREEZE), b"{}")
        work.tenders.save(held.id, held.version, replace(held.record, status=TenderStatus.FROZEN))
        work.explanations.add(explanation(found.id))
        work.commit()
    return held.id


def bid(**changes: object) -> Bid:
    return replace(Bid(1, supplier().name, Decimal("1164000.00"), Decimal("38.1234"), "As on paper"), **changes)


def decision(bid_id: int, **changes: object) -> BidDecision:
    made = BidDecision(bid_id, "clash:J01", "ab" * 32, DecisionKind.LEAVE_OUT, "They are the same people", "2")
    asked_about = {"asked_on": date(2027, 1, 25), "due_on": date(2027, 1, 29)}
    said = {"answer": "Both are one", "answered_on": date(2027, 1, 28), "by": "A. Okafor", "question": "Are both one?"}
    return replace(made, **{**asked_about, **said, **changes})


def evaluator(**changes: object) -> Evaluator:
    made = Evaluator("J. Patel", "Head of Libraries", has_no_conflict=True, confirmed_on=date(2027, 1, 25))
    return replace(made, **changes)


def receipt(**changes: object) -> Receipt:
    made = Receipt(supplier().name, 1, date(2027, 1, 22), "11:59:30", 1, "1 question has no answer", "", "the answer")
    return replace(made, **changes)


def fill_bids(work: UnitOfWork, tender_id: int, supplier_id: int) -> None:
    """A received file, and a bid with all that is said of it."""
    file = work.received.add(tender_id, "offer.xlsx", b"offer")
    work.receipts.add(file, receipt(), supplier_id)
    held = work.bids.add(tender_id, bid(), supplier_id)
    work.bid_decisions.add(decision(held.id))
    who = work.evaluators.add(tender_id, evaluator())
    work.marks.add(Mark(who.id, held.id, 1, 4, "Named groups and dates"))
    work.moderated.add(ModeratedMark(held.id, 1, 3, "No dates", "M. Reid"))


@dataclass(frozen=True)
class Filled:
    supplier: int
    contract: int
    commitment: int
    rate_commitment: int
    tender: int
    explained: int
    """The tender whose evaluation is frozen."""


def fill(database: Database, reference: str = "C1", *, signs: bool = False) -> Filled:
    """A row in each table; the contract stays a draft, which its act does not fix, or is signed."""
    with database.work("Ann", "Fill") as work:
        held = work.suppliers.add(supplier())
        work.editions.add("barnet-open", "2026.1", "ab" * 32, b"the menu's bytes", "Barnet open")
        draft = work.contracts.add(contract(reference), held.id)
        tender_id = fill_tender(work, f"T of {reference}", held.id, draft.id)
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
        work.variations.add(draft.id, variation(line))
        work.signers.add(signer())
        work.pack_keys.add(pack_key())
        work.neighbourhoods.add(Neighbourhood(f"Around {reference}", frozenset({"E05013628", "E05013629"})))
        work.saved_views.add(SavedView(f"View of {reference}", OverviewView.DELIVERY, frozenset({"theme 1"})))
        work.priorities.add(
            Priority(f"Plan of {reference}", "Corporate plan", frozenset({measure_key("barnet-open", "J11")}))
        )
        fill_deliveries(work, draft.id, line.id)
        work.commit()
    explained = fill_explained(database, f"Frozen T of {reference}", held.id)
    if signs:
        with database.work("Ann", "Sign") as work:
            sign(work, draft.id)
            work.commit()
    return Filled(held.id, draft.id, line.id, per_pound.id, tender_id, explained)


def sign(work: UnitOfWork, contract_id: int) -> Stored[Contract]:
    """Seal a draft."""
    return seal(work, contract_id, ActKind.SIGN, ContractStatus.SIGNED)


def seal(work: UnitOfWork, contract_id: int, kind: ActKind, becomes: ContractStatus) -> Stored[Contract]:
    """Do an act: it comes before the status, which it alone may change."""
    held = work.contracts.get(contract_id)
    work.acts.add(act(contract_id, kind, was=held.record.status, becomes=becomes))
    after = replace(held.record, status=becomes)
    return work.contracts.save(contract_id, held.version, after, work.contracts.supplier_id_of(contract_id))
