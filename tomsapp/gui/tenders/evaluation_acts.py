"""What is done for good with an evaluation: frozen and taken back, a bid excluded; and its file saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from tomsapp.domain.tender.acts import TenderAct, TenderActFacts, TenderActKind, standing
from tomsapp.domain.tender.choices import TenderStatus
from tomsapp.gui.file_dialogs import FileDialogs, FileUse
from tomsapp.gui.tenders.ask_act import ActAsker
from tomsapp.gui.widgets.actions import new_action
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.feedback import Toast

if TYPE_CHECKING:
    from tomsapp.domain.problems import Problem
    from tomsapp.gui.session import Session
    from tomsapp.gui.tenders.act_dialog import TenderActDialog
    from tomsapp.services.changes import Done
    from tomsapp.services.tenders.evaluating import OpenEvaluation
    from tomsapp.services.workspace import Workspace

_FREEZES = (
    "Prices, quality, marks and decisions change no more. One file is kept from which the ranking can be rebuilt.",
    "It can be taken back with a reason as long as nothing is awarded.",
)
_EXCLUDES = (
    "The bid has no points, and sets neither the lowest price nor the highest social value.",
    "The bidder reads the reason.",
)
_TAKES_BACK = ("Only where it was frozen too early or wrongly. What was frozen is kept, and bids can be judged again.",)
_SAVE_TITLE, _FILE = "Save the frozen evaluation", "Evaluation (*.tomseval)"


class EvaluationActs(QObject):
    """The acts on the evaluation that `evaluation` gives, and their buttons; `chosen` is the bidder that is chosen."""

    refused = Signal()
    """Somebody else may have been first, so the tender is to be read again."""
    unfinished = Signal()
    """Something is left to be done before it can be frozen."""

    def __init__(
        self,
        session: Session,
        parent: QWidget,
        evaluation: Callable[[], OpenEvaluation | None],
        chosen: Callable[[], tuple[int, str] | None],
        tell: Callable[[Toast], object],
    ) -> None:
        super().__init__(parent)
        self._session, self._parent, self._evaluation = session, parent, evaluation
        self._chosen, self._tell = chosen, tell
        self._asker = ActAsker(session, parent, evaluation)
        self._asker.refused.connect(self.refused)
        self.freeze_button = Button("Freeze evaluation", "primary", "lock", does=self.freeze)
        self.save_button = Button("Save evaluation file…", icon_name="download", does=self.save)
        self.exclude_action = new_action(self, "Exclude the bid…", self.exclude)
        self.take_back_action = new_action(self, "Take back the freezing…", self.take_back)
        self.show_state()

    @property
    def dialog(self) -> TenderActDialog | None:
        """What was asked last."""
        return self._asker.dialog

    @property
    def buttons(self) -> Sequence[QWidget]:
        """What can be done now, the main one last; the page shows them."""
        return (self.freeze_button,) if self._frozen is None else (self.save_button,)

    @property
    def commands(self) -> Sequence[QAction]:
        """What has no button."""
        return (self.exclude_action, self.take_back_action)

    @property
    def _frozen(self) -> TenderAct | None:
        """The act that froze the evaluation, where it stands."""
        evaluation = self._evaluation()
        acts = standing(evaluation.opened.acts) if evaluation is not None else ()
        return next((act for act in acts if act.kind is TenderActKind.FREEZE), None)

    def show_state(self) -> None:
        """Offer what can be done with the evaluation as it stands."""
        evaluation = self._evaluation()
        status = evaluation.opened.tender.status if evaluation is not None else None
        can_judge = status is TenderStatus.OPENED and evaluation is not None and bool(evaluation.bids)
        self.freeze_button.setEnabled(can_judge)
        self.exclude_action.setEnabled(can_judge)
        self.take_back_action.setEnabled(status is TenderStatus.FROZEN)

    # What the user does

    def freeze(self) -> None:
        """Ask who freezes it, or go to what is left to be done first."""
        from tomsapp.services.tenders.freezing import check_freeze, freeze

        evaluation = self._evaluation()
        if evaluation is None:
            return
        if evaluation.unfinished_words:
            self.unfinished.emit()
            return
        title = f"Freeze the evaluation of {evaluation.opened.tender.reference}"
        self._asker.ask(TenderActKind.FREEZE, title, _FREEZES, "Freeze evaluation", check_freeze, freeze)

    def exclude(self) -> None:
        """Ask why the bid that is chosen is excluded."""
        from tomsapp.services.tenders.freezing import check_exclude, exclude

        chosen = self._chosen()
        if chosen is None or self._evaluation() is None:
            self._tell(Toast("Choose a bid in the table first", icon="info"))
            return
        lot, supplier = chosen
        title = f"Exclude {supplier} from lot {lot}"

        def about(facts: TenderActFacts) -> TenderActFacts:
            return replace(facts, lot=lot, supplier=supplier)

        self._asker.ask(TenderActKind.EXCLUDE, title, _EXCLUDES, "Exclude bid", check_exclude, exclude, about)

    def take_back(self) -> None:
        """Ask why the freezing is taken back."""
        from tomsapp.services.tenders.acts import ToSeal, check_act, do

        frozen = self._frozen
        if frozen is None:
            return

        def check(_workspace: Workspace, now: OpenEvaluation, facts: TenderActFacts, moment: datetime) -> list[Problem]:
            return check_act(now.opened, facts, moment, ToSeal(reverses=frozen))

        def take(workspace: Workspace, now: OpenEvaluation, facts: TenderActFacts, moment: datetime) -> Done[int]:
            return do(workspace, now.opened, facts, moment, frozen)

        self._asker.ask(TenderActKind.TAKE_BACK, "Take back the freezing", _TAKES_BACK, "Take back", check, take)

    def save(self) -> None:
        """Save the file of the evaluation that was frozen, byte for byte."""
        from tomsapp.services.tenders.evaluation_files import save_frozen
        from tomsapp.services.tenders.freezing import evaluation_file_name

        evaluation = self._evaluation()
        if evaluation is None:
            return
        name, number = evaluation_file_name(evaluation.opened.tender), evaluation.opened.id
        path = FileDialogs(self._session.own).save(self._parent.window(), FileUse.PAPER, _SAVE_TITLE, Path(name), _FILE)
        if path is not None:
            job = self._session.read(lambda workspace: save_frozen(workspace, number, path))
            job.success(lambda saved: self._tell(Toast(f"Saved as {saved}", icon="download"))).start()
