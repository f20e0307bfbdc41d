"""What stands of the marks of a tender at one moment, and who may see what of it.

Everything that shows marks, prices or social value asks here: until all evaluators have sent, each sees their own marks
alone, and no evaluator sees prices or social value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tomsapp.domain.alike import alike
from tomsapp.domain.tender.acts import excluded
from tomsapp.domain.tender.choices import TenderStatus
from tomsapp.domain.tender.marking import have_all_sent
from tomsapp.services.tenders.receipts import receipts_at
from tomsapp.store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tomsapp.domain.history import Stored
    from tomsapp.domain.tender.bid import Bid
    from tomsapp.domain.tender.marking import Evaluator
    from tomsapp.domain.tender.pack import Pack
    from tomsapp.services.tenders.receipts import ListedReceipt
    from tomsapp.services.workspace import Workspace
    from tomsapp.store.unit_of_work import UnitOfWork

HELD_BACK = "Held back until all evaluators have sent their marks"
"""What stands in the place of what is not shown."""

BEFORE_FREEZING = frozenset({TenderStatus.DRAFT, TenderStatus.ISSUED, TenderStatus.OPENED})
"""Where a tender stands while its marks can change; afterwards nothing is held back."""


def questions_to_mark(pack: Pack) -> tuple[int, ...]:
    """The numbers of the questions of a pack whose answers are marked: none where statements give no points."""
    return tuple(each.number for each in pack.questions) if pack.tender.statement_points else ()


def bids_to_mark(uow: UnitOfWork, tender_id: int) -> tuple[Stored[Bid], ...]:
    """The bids whose answers are marked, by lots: those with a file that counts, without those that were excluded."""
    return tuple(bid for bid, _ in files_to_mark(uow, tender_id))


def files_to_mark(uow: UnitOfWork, tender_id: int) -> tuple[tuple[Stored[Bid], ListedReceipt], ...]:
    """The bids whose answers are marked, each with the file that counts of it."""
    out = excluded(uow.tender_acts.of(tender_id))
    files = ((each.judged.file, each) for each in receipts_at(uow, tender_id) if each.counts)
    counting = {(file.lot, file.supplier): each for file, each in files}
    bids = (bid for bid in uow.bids.of(tender_id) if bid.id not in out)
    places = ((bid, counting.get((bid.record.lot, bid.record.supplier))) for bid in bids)
    return tuple((bid, each) for bid, each in places if each is not None)


def evaluator_called(evaluators: Sequence[Stored[Evaluator]], who: str) -> Stored[Evaluator] | None:
    """The evaluator with a person's name, or None where they do not evaluate."""
    return next((each for each in evaluators if alike(each.record.name) == alike(who)), None)


def sees_marks(evaluators: Sequence[Stored[Evaluator]], who: str, evaluator: int) -> bool:
    """Whether a person may see the marks of the evaluator with this number: their own, and all once all have sent."""
    mine = evaluator_called(evaluators, who)
    return (mine is not None and mine.id == evaluator) or have_all_sent([each.record for each in evaluators])


def sees_figures_at(uow: UnitOfWork, who: str, tender_id: int) -> bool:
    """Whether a person may see prices and social value of a tender at the moment of a transaction.

    Raises:
        NotFound: there is no such tender.
    """
    if uow.tenders.get(tender_id).record.status not in BEFORE_FREEZING:
        return True
    evaluators = uow.evaluators.of(tender_id)
    is_one = evaluator_called(evaluators, who) is not None
    return not is_one or have_all_sent([each.record for each in evaluators])


def sees_figures(workspace: Workspace, tender_id: int) -> bool:
    """Whether who works here may see prices and social value: no evaluator does until all have sent.

    Raises:
        NotFound: there is no such tender.
    """
    with workspace.look() as uow:
        return sees_figures_at(uow, workspace.who, tender_id)


def check_sees_figures(uow: UnitOfWork, who: str, tender_id: int) -> None:
    """Make sure that a person may see prices and social value of a tender.

    Raises:
        NotFound: there is no such tender.
        StoreError: they evaluate it, and not all have sent.
    """
    if not sees_figures_at(uow, who, tender_id):
        raise StoreError(
            "You mark answers of this tender, so prices and social value are held back",
            "They are shown once all evaluators have sent their marks",
        )
