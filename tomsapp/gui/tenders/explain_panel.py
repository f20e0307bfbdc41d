"""The panel of the window of explanations: why one bid has one score, and who reads it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tomsapp.domain.history import Stored
from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.domain.tender.explaining import SCORE_EXPLANATION, ScoreExplanation, ScoreToExplain, named_in
from tomsapp.domain.wording import listed
from tomsapp.gui.records.fact_field import written
from tomsapp.gui.records.record_form import RecordForm
from tomsapp.gui.session import Session
from tomsapp.gui.tenders.placed_editor import PlacedEditor
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.fields import TextField
from tomsapp.gui.widgets.form_dialog import in_line
from tomsapp.gui.widgets.layouts import BESIDE_BAR, STRETCH, holding, in_column, in_row
from tomsapp.gui.widgets.problems import Notice
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import ElidedText, Text
from tomsapp.services.changes import Done
from tomsapp.services.tenders.explaining import ExplainedLot, explain
from tomsapp.services.workspace import Workspace

_CHOOSE = "Choose a score to explain it."
_FOR_ALL = "All bidders of the lot read it, as it is of the bid that wins. Leave out what is commercially sensitive."
_PROPOSED = {
    "price": "Proposed from the figures. Change it where more is to be said.",
    "quantity": "Proposed from the figures. Change it where more is to be said.",
}
_FROM_MARK = "Proposed from the reason of the agreed mark. Change it where more is to be said."
_NEW = (
    "Say what in the tender gets this score, and what would have got a better one. The criterion repeated is no "
    "explanation."
)
_FURTHER = "The lot went to a bid that is ranked no better. Say why, as the scores do not."
_FURTHER_TOO = "Where something beside the scores decided, say it here. Leave it empty where nothing did."
_NAMES = "Bidders are not told of each other, nor of who marked. Leave the name out, or save it all the same"
_TEXT = "text"
_LINES = 9


class ExplanationActions:
    """Checks and saves explanations in the tender that is shown, each with the score that the bid has now."""

    tender_id = 0
    score: ScoreToExplain

    def check(self, _workspace: Workspace, record: ScoreExplanation, _number: int | None = None) -> list[Problem]:
        """What must be put right before it is saved; who is named in it is asked about."""
        named = named_in(record.text, self.score.strangers)
        where = Where(field=_TEXT)
        asked = Problem("names-others", Severity.WARNING, f"It names {listed(named)}", _NAMES, where) if named else None
        return [*SCORE_EXPLANATION.problems(record), *([asked] if asked is not None else [])]

    def add(self, workspace: Workspace, record: ScoreExplanation) -> Done[Stored[ScoreExplanation]]:
        """Save what was written first."""
        return explain(workspace, self.tender_id, replace(record, score=self.score.basis))

    def save(
        self, workspace: Workspace, before: Stored[ScoreExplanation], record: ScoreExplanation
    ) -> Done[Stored[ScoreExplanation]]:
        """Save it over what was written before."""
        return explain(workspace, self.tender_id, replace(record, score=self.score.basis), before)


class ExplanationEditor(PlacedEditor[ScoreExplanation]):
    """Keeps what is typed of each score as a draft of its own."""

    @property
    def question(self) -> str:
        """What is asked where somebody else is named."""
        return "Is this for the bidder to read?"

    def place_of(self, record: ScoreExplanation) -> tuple[object, ...]:
        """The bid and the criterion."""
        return record.bid, record.criterion


class ExplainPanel(QWidget):
    """Follows the score that is chosen; what is proposed stands in the form, and holds without being saved."""

    saved = Signal()
    """What was written is saved: once it is read anew, the next can come."""
    passed = Signal()
    """What stands there holds: the next can come."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setAccessibleName("Why the bid has the score")
        self.explaining = ExplanationActions()
        fact = SCORE_EXPLANATION.fact(_TEXT)
        own = {_TEXT: lambda: written(fact, TextField(fact.label, fact.hint, lines=_LINES))}
        self.form: RecordForm[ScoreExplanation] = RecordForm(SCORE_EXPLANATION, own, [fact])
        self.editor = ExplanationEditor(session, self.form, self.explaining)
        self.about = Text(_CHOOSE, "small", "text_muted", wrap=True)
        self.title = Text("", "h3", wrap=True)
        self.state = Text("", "note_strong", "text_muted", wrap=True)
        self.guide = Text("", "note", "text_muted", wrap=True)
        self.readers = Text("", "note", wrap=True)
        self.note = Notice()
        self.go_button = Button("Save and go on", "primary", does=self.go_on)
        self.next = ElidedText("", "note", "text_muted")
        self._score: ScoreToExplain | None = None
        self._build()
        self.editor.told.connect(self.note.say)
        self.editor.saved.connect(lambda _stored: self.saved.emit())
        self.editor.shown.connect(self._say_button)
        self.form.edited.connect(self._say_button)
        self.show_score(None, None, 0, "")

    def _build(self) -> None:
        parts = in_line(self.note, self.guide, self.form, self.readers, STRETCH)
        self._entry = holding(in_column(*parts, margins=(0, 0, BESIDE_BAR, 0), gap=10))
        self._area = ScrollArea("The explanation", self._entry, only_down=True)
        self._foot = holding(in_column(in_row(self.go_button, STRETCH), self.next, gap=4))
        head = in_line(self.about, self.title, self.state)
        in_column(*head, (self._area, 1), *in_line(self._foot), inside=self, gap=6)

    def show_score(self, lot: ExplainedLot | None, score: ScoreToExplain | None, tender_id: int, after: str) -> None:
        """Show what is told of a score, or what is proposed of it; `after` is the one that comes next."""
        self._score = score
        is_shown = lot is not None and score is not None
        for part in (self._area, self._foot, self.state):
            part.setVisible(is_shown)
        self.about.setText(score.supplier if score is not None else _CHOOSE)
        self.title.setText(_title(score) if score is not None else "")
        if lot is None or score is None:
            self.editor.close()
            self.note.say("")
            return
        self.explaining.tender_id, self.explaining.score = tender_id, score
        self.state.setText(score.state)
        self.state.set_tone("danger" if score.is_missing else "text_muted")
        self.guide.setText(_guide(score))
        self.readers.setText(_FOR_ALL if score.key == lot.awarded else f"{score.supplier} reads it, and nobody else.")
        self.readers.setVisible(bool(lot.awarded))
        proposal = ScoreExplanation(score.bid, score.criterion.key, score.basis, score.proposal)
        self.editor.show_place(lot.before(score), proposal)
        self.form.field(_TEXT).control.setAccessibleName(f"Explanation, {score.supplier}, {_title(score)}")
        self.next.setText(f"Next: {after}" if after else "")
        self.next.setVisible(bool(after))
        self._say_button()

    @property
    def _holds(self) -> bool:
        """Whether what stands there holds as it is."""
        score = self._score
        return score is not None and not self.editor.is_changed and not score.is_missing

    def _say_button(self) -> None:
        self.go_button.setText("Go on" if self._holds else "Save and go on")

    def take_keyboard(self) -> None:
        """Begin to write."""
        self.form.focus_field(_TEXT)

    def go_on(self) -> None:
        """Save what was written; where it holds already, go on."""
        if self._score is None:
            return
        if self._holds:
            self.passed.emit()
        else:
            self.editor.save()


def _title(score: ScoreToExplain) -> str:
    return f"{score.criterion.name}: {score.words}" if score.words else score.criterion.name


def _guide(score: ScoreToExplain) -> str:
    """What is to be written, or from where what stands there is proposed."""
    if score.criterion.part is None:
        return _FURTHER if score.is_needed else _FURTHER_TOO
    if score.written is not None or not score.proposal:
        return _NEW
    return _PROPOSED.get(score.criterion.key, _FROM_MARK)
