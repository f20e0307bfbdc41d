"""The tabs of the tender page, in the order of their names. A further tab is its module and one line here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from tomsapp.domain.tender.choices import TenderStatus
from tomsapp.gui.loading import load_module
from tomsapp.gui.session import Session
from tomsapp.gui.tender_place import AWARD_TAB
from tomsapp.gui.tenders.tab import TenderTab

SETUP, PACK, OFFERS, CHECK = "setup", "pack", "offers", "check"
MARKING, EVALUATION, AWARD = "marking", "evaluation", AWARD_TAB


class TabEntry(NamedTuple):
    """A tab: its key, its name in the row of tabs, and the class that makes it when it is first shown.

    Attributes:
        is_for_marks: whether it is about answers that are marked, of which a quote has none.
    """

    key: str
    words: str
    module: str
    class_name: str
    is_for_marks: bool = False

    def make(self, session: Session) -> TenderTab:
        """The tab, with nothing in it yet."""
        made: TenderTab = getattr(load_module(self.module), self.class_name)(session)
        return made


TABS: tuple[TabEntry, ...] = (
    TabEntry(SETUP, "Set-up", "tomsapp.gui.tenders.setup_tab", "SetUpTab"),
    TabEntry(PACK, "Pack", "tomsapp.gui.tenders.pack_tab", "PackTab"),
    TabEntry(OFFERS, "Offers", "tomsapp.gui.tenders.offers_tab", "OffersTab"),
    TabEntry(CHECK, "Check", "tomsapp.gui.tenders.check_tab", "CheckTab"),
    TabEntry(MARKING, "Marking", "tomsapp.gui.tenders.marking_tab", "MarkingTab", is_for_marks=True),
    TabEntry(EVALUATION, "Evaluation", "tomsapp.gui.tenders.evaluation_tab", "EvaluationTab"),
    TabEntry(AWARD, "Award", "tomsapp.gui.tenders.award_tab", "AwardTab"),
)
"""The first is the one that is shown with a tender."""

WORK_IS_IN: Mapping[TenderStatus, str] = {
    TenderStatus.DRAFT: SETUP,
    TenderStatus.ISSUED: OFFERS,
    TenderStatus.OPENED: CHECK,
    TenderStatus.FROZEN: EVALUATION,
    TenderStatus.AWARDED: EVALUATION,
    TenderStatus.WITHDRAWN: PACK,
}
"""The tab that a tender is opened at from the list: where most is to be done while it stands so."""
