"""Every kind of record, in one place: undo, history and search find its declaration and its repository here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from tomsapp.domain.answers import ANSWER
from tomsapp.domain.commitment import COMMITMENT
from tomsapp.domain.contract import CONTRACT
from tomsapp.domain.council import COUNCIL
from tomsapp.domain.delivery.acts import DELIVERY_ACT
from tomsapp.domain.delivery.audit import AUDIT_ITEM, AUDIT_SAMPLE
from tomsapp.domain.delivery.delivery import DELIVERY
from tomsapp.domain.delivery.evidence import ATTACHMENT, EVIDENCE, STORED_FILE
from tomsapp.domain.delivery.ledger import HANDED_OVER
from tomsapp.domain.delivery.people import DELIVERY_PERSON
from tomsapp.domain.delivery.plan import PLAN_ENTRY
from tomsapp.domain.delivery.published import DELIVERED_PAPER
from tomsapp.domain.delivery.rules import DELIVERY_RULES
from tomsapp.domain.facts import Fact
from tomsapp.domain.neighbourhood import NEIGHBOURHOOD
from tomsapp.domain.policy import Policy
from tomsapp.domain.policy_records import LIVING_WAGE, RULE
from tomsapp.domain.priority import PRIORITY
from tomsapp.domain.record_type import Part, RecordType
from tomsapp.domain.saved_view import SAVED_VIEW
from tomsapp.domain.seal import ACT
from tomsapp.domain.signer import SIGNER
from tomsapp.domain.supplier import SUPPLIER
from tomsapp.domain.tender.acts import TENDER_ACT
from tomsapp.domain.tender.asked import BIDDER_QUESTION
from tomsapp.domain.tender.award import AWARD
from tomsapp.domain.tender.bid import BID, BID_DECISION
from tomsapp.domain.tender.explaining import SCORE_EXPLANATION
from tomsapp.domain.tender.frozen import FROZEN_EVALUATION
from tomsapp.domain.tender.issued import PACK_VERSION
from tomsapp.domain.tender.lot import LOT
from tomsapp.domain.tender.marking import EVALUATOR, MARK, MODERATED_MARK
from tomsapp.domain.tender.pack_signature import PACK_KEY, PACK_SIGNATURE
from tomsapp.domain.tender.question import QUESTION
from tomsapp.domain.tender.receipt import RECEIPT, RECEIVED_FILE
from tomsapp.domain.tender.tender import TENDER
from tomsapp.domain.tender.tender_measure import TENDER_MEASURE
from tomsapp.domain.variation import VARIATION, VARIATION_LINE

if TYPE_CHECKING:
    from tomsapp.domain.history import Stored
    from tomsapp.store.unit_of_work import UnitOfWork


class Repository(Protocol):
    """What undo and redo ask of a repository."""

    def get(self, key: int, /) -> Stored[Any]:
        """The record as it is now, deleted or not."""

    def save(self, key: int, expected_version: int, record: Any, /) -> Stored[Any]:
        """Save it over the version that was read."""

    def delete(self, key: int, expected_version: int, /) -> Stored[Any]:
        """Mark it as deleted."""

    def restore(self, key: int, /) -> Stored[Any]:
        """Bring it back."""


POLICY = RecordType(
    "policy",
    "policy",
    "policies",
    Policy,
    (Fact("code", "Code"), Fact("title", "Title")),
    name_of=lambda policy: policy.title,
)
SIGNED_VALUATION = RecordType(
    "frozen_valuation",
    "signed valuation of an earlier version",
    "signed valuations of an earlier version",
    object,
    (Fact("reason", "Reason"), Fact("sha256", "SHA-256")),
    name_of=str,
)

REPOSITORIES: dict[RecordType[Any], Callable[[UnitOfWork], Repository]] = {
    SUPPLIER: lambda uow: uow.suppliers,
    NEIGHBOURHOOD: lambda uow: uow.neighbourhoods,
    PRIORITY: lambda uow: uow.priorities,
    SAVED_VIEW: lambda uow: uow.saved_views,
    COMMITMENT: lambda uow: uow.commitments,
    RULE: lambda uow: uow.rules,
    LIVING_WAGE: lambda uow: uow.living_wages,
    VARIATION: lambda uow: uow.variations,
    DELIVERY: lambda uow: uow.deliveries,
    PLAN_ENTRY: lambda uow: uow.plans,
    DELIVERY_RULES: lambda uow: uow.delivery_rules,
    EVIDENCE: lambda uow: uow.evidence,
    DELIVERY_PERSON: lambda uow: uow.people,
    ATTACHMENT: lambda uow: uow.attachments,
    HANDED_OVER: lambda uow: uow.ledger,
    AUDIT_SAMPLE: lambda uow: uow.samples,
    AUDIT_ITEM: lambda uow: uow.sample_items,
    TENDER: lambda uow: uow.tenders,
    LOT: lambda uow: uow.lots,
    TENDER_MEASURE: lambda uow: uow.tender_measures,
    QUESTION: lambda uow: uow.questions,
    BIDDER_QUESTION: lambda uow: uow.bidder_questions,
    RECEIPT: lambda uow: uow.receipts,
    BID: lambda uow: uow.bids,
    BID_DECISION: lambda uow: uow.bid_decisions,
    EVALUATOR: lambda uow: uow.evaluators,
    MARK: lambda uow: uow.marks,
    MODERATED_MARK: lambda uow: uow.moderated,
    SCORE_EXPLANATION: lambda uow: uow.explanations,
}
"""Records that are saved by their number alone; undo writes the others in their own way."""

MEASURE = "measure"
"""What a measure is called among the kinds of record, where the search finds it."""

RECORD_TYPES = (
    CONTRACT,
    COMMITMENT,
    ANSWER,
    ACT,
    VARIATION,
    VARIATION_LINE,
    SIGNED_VALUATION,
    DELIVERY,
    PLAN_ENTRY,
    DELIVERY_ACT,
    EVIDENCE,
    DELIVERY_PERSON,
    ATTACHMENT,
    STORED_FILE,
    HANDED_OVER,
    AUDIT_SAMPLE,
    AUDIT_ITEM,
    DELIVERED_PAPER,
    TENDER,
    LOT,
    TENDER_MEASURE,
    QUESTION,
    BIDDER_QUESTION,
    TENDER_ACT,
    PACK_VERSION,
    PACK_SIGNATURE,
    FROZEN_EVALUATION,
    AWARD,
    RECEIVED_FILE,
    RECEIPT,
    BID,
    BID_DECISION,
    EVALUATOR,
    MARK,
    MODERATED_MARK,
    SCORE_EXPLANATION,
    SUPPLIER,
    NEIGHBOURHOOD,
    PRIORITY,
    SAVED_VIEW,
    COUNCIL,
    POLICY,
    RULE,
    LIVING_WAGE,
    DELIVERY_RULES,
    SIGNER,
    PACK_KEY,
)


@dataclass(frozen=True, slots=True)
class TableWords:
    """What a table's rows are called: the record that they are, or are parts of."""

    kind: RecordType[Any]
    part: Part | None = None

    @property
    def heading(self) -> str:
        """What names the rows in a history."""
        return self.part.heading if self.part and self.part.heading else self.kind.title

    def facts(self) -> Iterator[Fact]:
        """The facts that a row can tell, in their order."""
        if self.part is not None:
            yield self.part.fact
        else:
            yield from self.kind.facts
            yield from self.kind.beside


def _tables() -> Iterator[tuple[str, TableWords]]:
    for kind in RECORD_TYPES:
        yield kind.key, TableWords(kind)
        for part in kind.parts:
            yield part.table, TableWords(kind, part)


TABLES = dict(_tables())
"""What is called how, by the name of its table."""
