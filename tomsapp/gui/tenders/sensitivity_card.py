"""What would change the winner: tried beside the window's thread, told in words, with every trial in a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tomsapp.domain.tender.sensitivity_words import Told, told_sensitivity
from tomsapp.domain.wording import plural
from tomsapp.gui.shown_job import ShownJob
from tomsapp.gui.widgets.announce import announce
from tomsapp.gui.widgets.buttons import LinkButton
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.dialog_parts import open_once
from tomsapp.gui.widgets.edges import TOP
from tomsapp.gui.widgets.layouts import STRETCH, empty_layout, framed, holding, in_column, in_row
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import IconLabel, Text

if TYPE_CHECKING:
    from tomsapp.domain.tender.evaluating import Evaluated
    from tomsapp.domain.tender.sensitivity import Sensitivity
    from tomsapp.gui.session import Session
    from tomsapp.gui.tenders.trials_dialog import TrialsDialog
    from tomsapp.services.progress import Progress

TITLE = "What would change the winner"
TRYING = "Trying what would change the winner"
_LATER = Told(
    "It cannot be said yet.", "It is tried as soon as all that is missing is entered and the bids are ranked."
)
STOPPED = "It was stopped before everything was tried."


class SensitivityCard(Card):
    """Tries an evaluation as soon as it is shown; a further one stops the trials of the one before."""

    tried = Signal()
    """What was tried is shown, or that it was stopped."""

    def __init__(self, session: Session) -> None:
        super().__init__(TITLE, "Show all trials")
        self._session = session
        self._evaluated: Evaluated | None = None
        self._asked: object = None
        self.found: Sensitivity | None = None
        self.dialog: TrialsDialog | None = None
        self._told = in_column(gap=10, margins=(0, 0, 12, 0))
        self._holder = holding(in_column(self._told, STRETCH))
        self.area = ScrollArea(TITLE, self._holder, only_down=True)
        column = in_column((self.area, 1))
        self.body.addLayout(column, 1)
        self.job = ShownJob(column)
        self.again = LinkButton("Try again", does=self._try)
        self.link_chosen.connect(self.show_trials)
        self._offer_list()

    # Trying

    def show_evaluated(self, evaluated: Evaluated | None) -> None:
        """Try what would change the winner of another evaluation; the same one is not tried again."""
        asked = None if evaluated is None else _asked(evaluated)
        if asked == self._asked:
            return
        self._asked, self._evaluated, self.found = asked, evaluated, None
        self.job.stop()
        self._clear()
        self._offer_list()
        if evaluated is not None:
            self._try()

    def stop(self) -> None:
        """Stop trying, as nobody waits for it any more."""
        self.job.stop()

    def _try(self) -> None:
        evaluated = self._evaluated
        if evaluated is None:
            return
        self._clear()

        def work(progress: Progress) -> Sensitivity:
            from tomsapp.domain.tender.sensitivity import sensitivity_of

            return sensitivity_of(evaluated, progress.report)

        job = self._session.jobs.run(work, database=False, key="tender-sensitivity")
        job.success(self._on_tried).cancelled(self._on_stopped).only_while(lambda: self._evaluated is evaluated)
        self.job.show(job, TRYING).start()

    def _on_stopped(self) -> None:
        self._clear()
        self._told.addWidget(Text(STOPPED, "body", "text_muted", wrap=True))
        self._told.addLayout(in_row(self.again, STRETCH))
        self.again.show()
        announce(self, STOPPED)
        self.tried.emit()

    def _on_tried(self, found: Sensitivity) -> None:
        self.found = found
        said = told_sensitivity(found)
        self._clear()
        for told in said.changes:
            self._told.addWidget(_warning(told))
        if found.because:
            self._told.addWidget(_sentence("info", _LATER, "text_muted"))
        for told in said.stays if not found.because else ():
            self._told.addWidget(_sentence("circle-check", told))
        if said.price is not None:
            self._told.addWidget(_sentence("scale", said.price, "text_muted"))
        self._offer_list()
        changes = len(found.changes)
        name = f"{TITLE}, {changes:,} of {plural(found.count, 'trial')}" if found.count else TITLE
        self._holder.setAccessibleName(name)
        announce(self, name)
        self.tried.emit()

    def _clear(self) -> None:
        self.again.hide()
        self.again.setParent(self)
        empty_layout(self._told)

    # The list

    def _offer_list(self) -> None:
        if self.link is None:
            return
        count = self.found.count if self.found is not None else 0
        self.link.setVisible(bool(count))
        self.link.setText(f"Show all {plural(count, 'trial')}" if count > 1 else "Show the trial")
        self.link.setAccessibleName(f"{self.link.text()}: {TITLE}")

    def show_trials(self) -> None:
        """Show every trial in a list."""
        from tomsapp.gui.tenders.trials_dialog import TrialsDialog

        if self.found is not None:
            self.dialog = TrialsDialog(self.found, self.window())
            open_once(self.dialog)


def _asked(evaluated: Evaluated) -> object:
    """What the trials rest on, without what was worked out of it: to compare all that would work it out."""
    given = evaluated.given
    bids = tuple(
        (
            *(bid.key, bid.supplier, bid.price, bid.quality, bid.share_base, dict(bid.marks), bid.fails),
            None if bid.checked is None else bid.checked.offer,
        )
        for bid in given.bids
    )
    return given.rules, given.policy, given.limits, given.minimum, given.edition.name, given.edition.sha256, bids


def _warning(told: Told) -> QWidget:
    """A change of the winner, on a tinted ground."""
    words = in_column(Text(told.head, "strong", wrap=True, selectable=True), gap=2)
    if told.beneath:
        words.addWidget(Text(told.beneath, "body", wrap=True, selectable=True))
    row = in_row((IconLabel("triangle-alert", "warning_mark", 17), TOP), (words, 1), gap=10, margins=(14, 9, 12, 9))
    frame = framed(row, "problem")
    frame.setProperty("level", "warning")
    frame.setAccessibleName(f"{told.head} {told.beneath}".strip())
    return frame


def _sentence(icon: str, told: Told, tone: str = "success_mark") -> QWidget:
    words = in_column(Text(told.head, "strong", wrap=True, selectable=True), gap=1)
    if told.beneath:
        words.addWidget(Text(told.beneath, "note", "text_muted", wrap=True, selectable=True))
    part = holding(in_row((IconLabel(icon, tone, 17), TOP), (words, 1), gap=10))
    part.setAccessibleName(f"{told.head} {told.beneath}".strip())
    return part
