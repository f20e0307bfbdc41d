"""The pictures of the guide that show a tender from its set-up to its evaluation, and the bidder’s window."""

from __future__ import annotations

from datetime import UTC, datetime

from docs.bidder_shots import CLEANING, offer_of, window_of
from docs.camera import HEIGHT, WIDTH, Camera, settle
from tomsapp.domain.tender.acts import TenderActFacts, TenderActKind
from tomsapp.domain.tender.setup import Step
from tomsapp.gui.tender_place import TenderPlace
from tomsapp.gui.tenders.scores_sheet import scores_task
from tomsapp.gui.tenders.tab import TenderTab
from tomsapp.gui.tenders.tabs import AWARD, CHECK, EVALUATION, MARKING, OFFERS, PACK, SETUP
from tomsapp.services.tenders.evaluating import open_evaluation
from tomsapp.services.tenders.facts import copy_tender
from tomsapp.services.tenders.freezing import freeze
from tomsapp.services.tenders.reading import find_tender, open_tender

COPY = "T-2026-004"
_SCORES = """Bidder,Lot,Price without VAT,Quality (40)
Calderbeck Clean Cooperative,1,"£684,000.00 ex VAT",33.6
Calderbeck Clean Cooperative,2,486000,34
Wrenhallow Services Limited,1,671500,32
Wrenhallow Services Limited,2,478500,78%
ASHMALLOW FACILITIES LTD,1,658000,31.2
Oakmarrow and Vale Ltd,2,641000,28
"""
"""Of the example's bids: two as they are, two others, a per cent where points belong, and a lot that nobody bid for."""
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


def scores(camera: Camera) -> None:
    """A sheet of prices and quality points beside the bids: what is taken over, and what is to be put right."""
    tab = _show(camera, EVALUATION)
    path = camera.home / "Scores of the panel.csv"
    path.write_text(_SCORES, encoding="utf-8")
    tab.scores.read(scores_task(tab.evaluation.opened), path)
    settle(400)
    camera.take("tender-scores", tab.scores.dialog)
    tab.scores.dialog.reject()


def award(camera: Camera) -> None:
    """The lots of a tender whose evaluation is frozen, before they are awarded, and why bids have their scores."""
    workspace = camera.session.workspace
    evaluation = open_evaluation(workspace, find_tender(workspace, CLEANING))
    facts = TenderActFacts(TenderActKind.FREEZE, _AWARDED.date(), "Procurement lead", "As the panel agreed today")
    freeze(workspace, evaluation, facts, _AWARDED)
    camera.window.refresh(None)
    tab = _show(camera, AWARD)
    camera.take("tender-award")
    row = tab.cards[1].summaries
    row.explain()
    row.window_shown.resize(WIDTH, HEIGHT)
    camera.take("tender-explanations", row.window_shown)
    row.window_shown.close()


def bidder(camera: Camera) -> None:
    """A bidder's window with an offer that is nearly finished."""
    window = window_of(camera, offer_of(camera, "Calder"))
    window.go(-2)
    settle(400)
    camera.save("answer-a-tender", window.grab())
    window.close()
