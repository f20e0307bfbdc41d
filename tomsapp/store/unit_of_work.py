"""One transaction on the database: everything in it is saved together, or not at all."""

from collections.abc import Callable
from types import TracebackType
from typing import Self

from sqlalchemy import Engine
from sqlmodel import Session

from tomsapp.domain.neighbourhood import NEIGHBOURHOOD
from tomsapp.domain.priority import PRIORITY
from tomsapp.domain.saved_view import SAVED_VIEW
from tomsapp.store.acts import ActRepository
from tomsapp.store.after_loss import lost, was_kept
from tomsapp.store.answers import AnswerRepository
from tomsapp.store.audit import AuditItemRepository, AuditSampleRepository
from tomsapp.store.awards import AwardRepository
from tomsapp.store.bids import (
    BidDecisionRepository,
    BidRepository,
    EvaluatorRepository,
    MarkRepository,
    ModeratedMarkRepository,
    ScoreExplanationRepository,
)
from tomsapp.store.chain import link_changes
from tomsapp.store.commitments import CommitmentRepository
from tomsapp.store.contracts import ContractRepository
from tomsapp.store.deliveries import DeliveryRepository, DeliveryRulesRepository
from tomsapp.store.delivery_acts import DeliveryActRepository
from tomsapp.store.engine import reading, writing
from tomsapp.store.errors import Unreachable
from tomsapp.store.evidence import AttachmentRepository, EvidenceRepository, FileRepository, PersonRepository
from tomsapp.store.faults import faults_translated
from tomsapp.store.kept import AreaRepository, EditionRepository
from tomsapp.store.ledger import LedgerRepository
from tomsapp.store.named import NamedRepository
from tomsapp.store.pack_signatures import PackKeyRepository, PackSignatureRepository
from tomsapp.store.papers import PaperRepository
from tomsapp.store.plans import PlanRepository
from tomsapp.store.policies import PolicyRepository, RuleRepository, WageRepository
from tomsapp.store.readmodels import Lists
from tomsapp.store.received import ReceiptRepository, ReceivedFileRepository
from tomsapp.store.records import Scope
from tomsapp.store.settings import SettingsRepository
from tomsapp.store.signers import SignerRepository
from tomsapp.store.suppliers import SupplierRepository
from tomsapp.store.tables import NeighbourhoodRow, PriorityRow, SavedViewRow
from tomsapp.store.tender_acts import FrozenEvaluationRepository, PackVersionRepository, TenderActRepository
from tomsapp.store.tenders import (
    BidderQuestionRepository,
    LotRepository,
    QuestionRepository,
    TenderMeasureRepository,
    TenderRepository,
)
from tomsapp.store.variations import VariationRepository


class UnitOfWork:
    """A transaction that is rolled back unless `commit` was called; `who` and `what` sign its changes.

    All that it reads is from one moment. It keeps others from writing while it lasts, so it must be short. Without
    `then` it only reads; `then` is called with the numbers of its changes when it is over and has saved something.
    """

    def __init__(
        self, engine: Engine, name: str, who: str, what: str = "", *, then: Callable[[list[int]], object] | None = None
    ) -> None:
        self._engine = engine
        self._name = name
        self.who = who
        self._what = what
        self._then = then
        self._has_saved = False

    def __enter__(self) -> Self:
        with faults_translated(self._name):
            self._connection = writing(self._engine) if self._then else reading(self._engine)
        self._session = Session(self._connection, autoflush=False, expire_on_commit=False)
        self._scope = scope = Scope(self._session, self.who, self._what)
        self.suppliers = SupplierRepository(scope)
        self.neighbourhoods = NamedRepository(scope, NEIGHBOURHOOD, NeighbourhoodRow)
        self.priorities = NamedRepository(scope, PRIORITY, PriorityRow)
        self.saved_views = NamedRepository(scope, SAVED_VIEW, SavedViewRow)
        self.contracts = ContractRepository(scope)
        self.commitments = CommitmentRepository(scope)
        self.answers = AnswerRepository(scope)
        self.settings = SettingsRepository(scope)
        self.policies = PolicyRepository(scope)
        self.rules = RuleRepository(scope)
        self.living_wages = WageRepository(scope)
        self.editions = EditionRepository(scope)
        self.areas = AreaRepository(scope)
        self.acts = ActRepository(scope)
        self.variations = VariationRepository(scope)
        self.signers = SignerRepository(scope)
        self.deliveries = DeliveryRepository(scope)
        self.plans = PlanRepository(scope)
        self.delivery_acts = DeliveryActRepository(scope)
        self.delivery_rules = DeliveryRulesRepository(scope)
        self.evidence = EvidenceRepository(scope)
        self.people = PersonRepository(scope)
        self.attachments = AttachmentRepository(scope)
        self.files = FileRepository(scope)
        self.ledger = LedgerRepository(scope)
        self.samples = AuditSampleRepository(scope)
        self.sample_items = AuditItemRepository(scope)
        self.papers = PaperRepository(scope)
        self._open_tenders(scope)
        return self

    def _open_tenders(self, scope: Scope) -> None:
        self.tenders = TenderRepository(scope)
        self.lots = LotRepository(scope)
        self.tender_measures = TenderMeasureRepository(scope)
        self.questions = QuestionRepository(scope)
        self.bidder_questions = BidderQuestionRepository(scope)
        self.tender_acts = TenderActRepository(scope)
        self.pack_versions = PackVersionRepository(scope)
        self.pack_keys = PackKeyRepository(scope)
        self.pack_signatures = PackSignatureRepository(scope)
        self.frozen_evaluations = FrozenEvaluationRepository(scope)
        self.awards = AwardRepository(scope)
        self.received = ReceivedFileRepository(scope)
        self.receipts = ReceiptRepository(scope)
        self.bids = BidRepository(scope)
        self.bid_decisions = BidDecisionRepository(scope)
        self.evaluators = EvaluatorRepository(scope)
        self.marks = MarkRepository(scope)
        self.moderated = ModeratedMarkRepository(scope)
        self.explanations = ScoreExplanationRepository(scope)

    @property
    def lists(self) -> Lists:
        """Lists and sums, from the same moment as the records."""
        return Lists(self._session.connection(), self._name)

    def commit(self) -> None:
        """Save everything that was done so far; when this returns, it is on the disk."""
        self._scope.check_whole()
        with faults_translated(self._name):
            self._commit()
        self._has_saved = True
        self._scope.forget_change()

    def _commit(self) -> None:
        change = self._scope.pending
        is_file, is_told = self._engine.dialect.name == "sqlite", False
        try:
            self._session.flush()
            link_changes(self._session.connection(), self._scope.changes)
            is_told = True
            self._session.commit()
        except Unreachable as error:
            # Nothing stands in a file before it is told to keep it; a server may have gone at any moment.
            if change is None or (is_file and not is_told):
                raise
            is_kept = was_kept(self._engine, change)
            if not is_kept:
                raise lost(self._name, is_known=is_kept is not None, is_file=is_file) from error
            # What was asked for is done; the transaction goes on in a connection of its own.
            self._connection.invalidate()
            self._session.rollback()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._session.close()
        self._connection.close()
        if self._has_saved and self._then:
            self._then(self._scope.changes)
