"""The evidence of one claim: files held to their SHA-256, references, and where a file is offered besides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from tomsapp.domain.delivery.evidence import Evidence, EvidenceKind, is_about_people, kept_until
from tomsapp.domain.problems import Problem
from tomsapp.domain.wording import listed, plural
from tomsapp.gui.delivery.evidence_dialog import EvidenceDialog
from tomsapp.gui.delivery.words import RULES_PLACE
from tomsapp.gui.dialogs.kept_preview import KeptPreview, show_preview
from tomsapp.gui.file_dialogs import FileDialogs, FileUse
from tomsapp.gui.kept_copies import open_copy
from tomsapp.gui.kept_words import CHANGED, WHOLE, file_words
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.buttons import Button, ElidedButton, LinkButton
from tomsapp.gui.widgets.dialog_parts import open_once
from tomsapp.gui.widgets.edges import TOP
from tomsapp.gui.widgets.layouts import STRETCH, empty_layout, holding, in_column, in_row
from tomsapp.gui.widgets.problems import Level, Notice, ProblemRow
from tomsapp.gui.widgets.text import IconLabel, Text
from tomsapp.services.delivery import find_quarter
from tomsapp.services.evidence import OfferedFile, Piece, attach_all, limits_of, read_file, take_away
from tomsapp.services.kept_files import are_whole

if TYPE_CHECKING:
    from tomsapp.domain.delivery.delivery import Delivery
    from tomsapp.domain.delivery.figures import DeliveredLine
    from tomsapp.domain.history import Stored
    from tomsapp.gui.jobs import Job
    from tomsapp.services.changes import Done
    from tomsapp.services.delivery import OpenDelivery
    from tomsapp.services.evidence_read import EvidenceView

_MISSING = "No evidence is on record for what it is said to show. Ask for it before the claim is accepted."
_ABOUT_PEOPLE = "Evidence of this measure is about people: give it by reference, without names."

_MOST_TOLD = 4
"""Claims that are named beside a piece that is offered for many."""


class EvidenceList(QWidget):
    """Lists the evidence of a claim, and attaches, opens and takes it away."""

    wants_page = Signal(str, object)
    """Key of another page and what it should show there."""
    refused = Signal()
    """Something could not be attached or taken away: somebody may have been first, so it is to be read again."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._opened: OpenDelivery | None = None
        self._claim: Stored[Delivery] | None = None
        self.dialog: EvidenceDialog | None = None
        self.preview: KeptPreview | None = None
        self.heading = Text("Evidence", "h3")
        self.notice = Notice()
        self.rows: list[EvidenceRow] = []
        self._rows = in_column(gap=8)
        self.people = Text(_ABOUT_PEOPLE, "small", "text_muted", wrap=True)
        self.attach_button = Button("Attach files", icon_name="paperclip", small=True, does=self.choose_files)
        self.missing = Text(_MISSING, "note", "warning", wrap=True)
        self.missing.hide()
        self.reference_button = Button("Add a reference", small=True, does=self.add_reference)
        buttons = in_row(self.attach_button, self.reference_button, STRETCH, gap=8)
        in_column(
            self.heading, self.notice, holding(self._rows), self.missing, self.people, buttons, inside=self, gap=8
        )

    # Showing

    def show_claim(self, opened: OpenDelivery, line: DeliveredLine, claim: Stored[Delivery] | None) -> None:
        """Show the evidence of a claim; nothing where there is no claim that it could show."""
        is_same = claim is not None and self._claim is not None and claim.id == self._claim.id
        self._opened, self._claim = opened, claim
        self.setVisible(claim is not None)
        empty_layout(self._rows)
        self.rows = []
        if not is_same:
            self.notice.say("")
        if claim is None:
            return
        about_people = is_about_people(line.measure, opened.edition)
        self.people.setVisible(about_people)
        self.attach_button.setVisible(not about_people)
        limits = limits_of(opened.rules.record)
        self.attach_button.setToolTip(limits)
        self.attach_button.setAccessibleDescription(limits)
        views = opened.evidence_of(claim.id)
        self.setAccessibleName(f"Evidence, {plural(len(views), 'piece', 'pieces')}")
        self.missing.setVisible(not views and bool(claim.record.evidenced))
        for view in views:
            row = EvidenceRow(view, _elsewhere_words(opened, view, str(claim.id)))
            row.preview_wanted.connect(self._preview)
            row.open_wanted.connect(self._open)
            row.away_wanted.connect(self._take_away)
            self._rows.addWidget(row)
            self.rows.append(row)
        self._check([view for view in views if _is_here(view)], claim.id)

    def _check(self, views: list[EvidenceView], claim_id: int) -> None:
        """Hold each file that is here to its SHA-256."""
        if not views:
            return
        digests = {view.evidence.record.sha256 for view in views}

        def on_checked(found: Mapping[str, bool]) -> None:
            if self._claim is not None and self._claim.id == claim_id:
                for row in self.rows:
                    row.show_checked(found)

        job = self._session.read(lambda workspace: are_whole(workspace, digests), key="evidence-check")
        job.success(on_checked).start()

    # What the user does

    def focus_first(self) -> None:
        """Move the keyboard to the first piece of evidence, or to what attaches the first."""
        links = [row.name for row in self.rows if row.name.isEnabled()]
        buttons = [button for button in (self.attach_button, self.reference_button) if not button.isHidden()]
        (*links, *buttons)[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def choose_files(self) -> None:
        """Ask for one or several files, read them, and ask what is to be said of them."""
        opened, claim = self._opened, self._claim
        if opened is None or claim is None:
            return
        dialogs = FileDialogs(self._session.own)
        paths = dialogs.open_several(self.window(), FileUse.EVIDENCE, "Attach files", "All files (*)")
        rules = opened.rules.record
        job = self._session.jobs.run(lambda _progress: [read_file(path, rules) for path in paths])
        job.success(lambda read: self._on_files(opened, claim, read)).start()

    def _on_files(self, opened: OpenDelivery, claim: Stored[Delivery], read: list[OfferedFile | Problem]) -> None:
        refused = [f"{each.message}. {each.fix}." for each in read if isinstance(each, Problem)]
        self.notice.say(" ".join(refused))
        files = [each for each in read if isinstance(each, OfferedFile)]
        if files:
            until = kept_until(opened.contract.end_on, opened.rules.record)
            proposal = Evidence(files[0].name, keep_until=until, deliveries=frozenset({str(claim.id)}))
            self._ask(opened, proposal, files)

    def add_reference(self) -> None:
        """Ask for a reference to what is kept elsewhere."""
        if self._opened is not None and self._claim is not None:
            deliveries = frozenset({str(self._claim.id)})
            self._ask(self._opened, Evidence("", EvidenceKind.REFERENCE, deliveries=deliveries), [])

    def _ask(self, opened: OpenDelivery, proposal: Evidence, files: list[OfferedFile]) -> None:
        dialog = EvidenceDialog(opened, proposal, files, self.window())
        dialog.close_when_saved(
            lambda: self._attach(opened, dialog.pieces), self.refused.emit, self._session.jobs.failed.emit
        )
        dialog.settings_wanted.connect(lambda: self.wants_page.emit(*RULES_PLACE))
        self.dialog = dialog
        open_once(dialog)

    def _attach(self, opened: OpenDelivery, pieces: Sequence[Piece]) -> Job[Done[tuple[Stored[Evidence], ...]]]:
        now = self._opened or opened
        return self._session.act(lambda workspace, _progress: attach_all(workspace, now, pieces))

    def _take_away(self, view: EvidenceView) -> None:
        opened = self._opened
        if opened is not None:
            job = self._session.act(lambda workspace, _progress: take_away(workspace, opened, view.evidence))
            job.failure(self._refused).start()

    def _refused(self, error: Exception) -> None:
        self._session.jobs.failed.emit(error)
        self.refused.emit()

    def _preview(self, view: EvidenceView) -> None:
        """Show what is in the file, without opening it."""
        if view.stored is not None:
            self.preview = show_preview(self._session, view.evidence.record, view.stored.media_type, self.window())

    def _open(self, view: EvidenceView) -> None:
        """Open a copy of the file in another program; what is kept stays as it is."""
        open_copy(self._session, view.evidence.record)


class EvidenceRow(QWidget):
    """A piece of evidence: its name, how it is known, and a warning where it is offered for another claim too.

    Of a reference that is a note: a register may well show both.
    """

    preview_wanted = Signal(object)
    open_wanted = Signal(object)
    away_wanted = Signal(object)

    def __init__(self, view: EvidenceView, elsewhere: str) -> None:
        super().__init__()
        self._view = view
        record = view.evidence.record
        self.icon = IconLabel("file-text", "text_muted", 18)
        self.name = ElidedButton(record.name, role="note", does=lambda: self.preview_wanted.emit(view))
        self.name.setToolTip(f"{record.name}\nShows what is in it, and runs nothing" if _is_here(view) else record.name)
        self.name.setEnabled(_is_here(view))
        self.known = Text(_known_words(view), "small", "text_muted", wrap=True, selectable=True)
        self.known.setToolTip(record.sha256)
        self.away = LinkButton("Take away", role="note", does=lambda: self.away_wanted.emit(view))
        self.away.setAccessibleName(f"Take away {record.name}")
        self.open = LinkButton("Open elsewhere", role="note", does=lambda: self.open_wanted.emit(view))
        self.open.setAccessibleName(f"Open {record.name} in another program")
        self.open.setToolTip("Opens a copy in another program")
        self.open.setVisible(_is_here(view))
        level: Level = "info" if view.stored is None else "warning"
        warning = ProblemRow(level, elsewhere) if elsewhere else None
        said = in_column(in_row(self.name, STRETCH), self.known, in_row(self.open, self.away, STRETCH, gap=12), gap=1)
        in_column(in_row((self.icon, TOP), (said, 1), gap=9), warning, inside=self, gap=6)
        self.setAccessibleName(f"{record.name}, {self.known.text()}")

    def show_checked(self, whole: Mapping[str, bool]) -> None:
        """Say whether the file is still the one that was attached."""
        stored, digest = self._view.stored, self._view.evidence.record.sha256
        if stored is None or digest not in whole:
            return
        is_whole = whole[digest]
        self.icon.set_icon(*(("file-check", "success_mark") if is_whole else ("octagon-alert", "danger_mark")))
        told = WHOLE if is_whole else CHANGED
        self.known.setText(_known_words(self._view) if is_whole else f"{told}. {_known_words(self._view)}")
        self.known.set_tone("text_muted" if is_whole else "danger")
        self.setAccessibleName(f"{self._view.evidence.record.name}, {told}, {_known_words(self._view)}")


def _is_here(view: EvidenceView) -> bool:
    return view.stored is not None and view.stored.removed_on is None


def _known_words(view: EvidenceView) -> str:
    """How a piece is known: by its SHA-256 and size, or by where it is kept."""
    if view.stored is not None:
        return file_words(view.stored)
    record = view.evidence.record
    # A return names a reference by itself, and the same words twice would say nothing of where it is.
    return "By reference, kept elsewhere" if record.reference == record.name else record.reference


def _elsewhere_words(opened: OpenDelivery, view: EvidenceView, here: str) -> str:
    """For which claims but `here` the same file is offered, or the same reference given; nothing where for none."""
    elsewhere = (view.elsewhere | view.evidence.record.deliveries) - {here}
    if not elsewhere:
        return ""
    measures = {line.record.key: line.record.measure for line in opened.commitments}
    told = []
    for claim in opened.deliveries:
        if str(claim.id) in elsewhere:
            quarter = find_quarter(opened, claim.record.quarter)
            told.append(f"{measures.get(claim.record.commitment, '')}, {quarter.label if quarter else ''}")
    others = len(elsewhere) - len(told)
    if others:
        told.append(f"{plural(others, 'claim')} of {listed(view.contracts)}")
    more = len(told) - _MOST_TOLD
    if more > 0:
        told = [*told[:_MOST_TOLD], plural(more, "further claim")]
    record = view.evidence.record
    same = f"{record.name} is also offered" if view.stored else f"“{record.reference}” is also given"
    return f"{same} for {listed(told)}. Check that it does not show the same."
