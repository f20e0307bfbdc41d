"""The pictures of the guide that show a tender from its set-up to its evaluation, and the bidder’s window."""

from __future__ import annotations

from datetime import UTC, datetime

from docs.bidder_shots import CLEANING, offer_of, window_of
from docs.camera import Camera, settle
from tomsapp.domain.tender.acts import TenderActFacts, TenderActKind
from tomsapp.domain.tender.setup import Step
from tomsapp.gui.tenders.place import TenderPlace
from tomsapp.gui.tenders.tab import TenderTab
from tomsapp.gui.tenders.tabs import AWARD, CHECK, EVALUATION, MARKING, OFFERS, PACK, SETUP
from tomsapp.services.tenders.evaluating import open_evaluation
from tomsapp.services.tenders.facts import copy_tender
from tomsapp.services.tenders.freezing import freeze
from tomsapp.services.tenders.reading import find_tender, open_tender

COPY = "T-2026-004"
_AWARDED = datetime(2026, 12, 1, 14, 30, tzinfo=UTC)


def _show(camera: Camera, tab: str, within: object = None, reference: str = CLEANING) -> TenderTab:
    number = find_tender(camera.session.workspace, reference)
    camera.go_to("tenders", TenderPlace(number, tab, within))
    settle(600)
    shown: TenderTab = camera.window.page("tenders").tender_page().current
    return shown


def tenders(camera: Camera) -> None:
    """The list of tenders, with a copy that is set up next."""
    workspace = camera.session.workspace
    copy_tender(workspace, open_tender(workspace, find_tender(workspace, CLEANING)), COPY)
    camera.go_to("tenders", "list")
    camera.take("tenders")


def set_up(camera: Camera) -> None:
    """Measures and targets of a draft, with the rules that apply."""
    tab = _show(camera, SETUP, reference=COPY)
    tab.show_step(Step.MENU)
    camera.take("tender-measures")
    tab.show_step(Step.WEIGHTS)
    camera.take("tender-weights")


def pack(camera: Camera) -> None:
    """The versions that went out."""
    _show(camera, PACK)
    camera.take("tender-pack")


def offers(camera: Camera) -> None:
    """What came in, and what becomes of it."""
    _show(camera, OFFERS)
    camera.take("tender-offers")


def check(camera: Camera) -> None:
    """The problems of all bids, with the one that led to a line being left out."""
    _show(camera, CHECK)
    camera.take("tender-check")


def marking(camera: Camera) -> None:
    """What two evaluators gave, and the mark that they agreed."""
    _show(camera, MARKING)
    camera.take("tender-marking")


def evaluation(camera: Camera) -> None:
    """The bids of a lot by rank, and what would change the winner."""
    _show(camera, EVALUATION)
    camera.take("tender-evaluation")


def award(camera: Camera) -> None:
    """The lots of a tender whose evaluation is frozen, before they are awarded."""
    workspace = camera.session.workspace
    evaluation = open_evaluation(workspace, find_tender(workspace, CLEANING))
    facts = TenderActFacts(TenderActKind.FREEZE, _AWARDED.date(), "Procurement lead", "As the panel agreed today")
    freeze(workspace, evaluation, facts, _AWARDED)
    camera.window.refresh(None)
    _show(camera, AWARD)
    camera.take("tender-award")


def bidder(camera: Camera) -> None:
    """A bidder's window with an offer that is nearly finished."""
    window = window_of(camera, offer_of(camera, "Calder"))
    window.go(-2)
    settle(400)
    camera.save("answer-a-tender", window.grab())
    window.close()
