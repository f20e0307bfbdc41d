"""The part Audit: samples of accepted claims, what was found of each claim, and what that says about all of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import Qt, Signal

from tomsapp.domain.delivery.audit import AUDIT_ITEM, AuditItem, AuditSample
from tomsapp.domain.delivery.audit_sheet import AuditSheet, SheetClaim
from tomsapp.domain.wording import format_date, plural
from tomsapp.gui.delivery.audit_dialogs import ConclusionDialog, DrawDialog
from tomsapp.gui.delivery.section import DeliverySection, ShownDelivery, go_to_row, told_and_stale
from tomsapp.gui.delivery.stops import Stops
from tomsapp.gui.export_menu import choose_file_to_save
from tomsapp.gui.models.column import Column
from tomsapp.gui.models.row_model import ROW_ROLE, RowModel
from tomsapp.gui.records.list_columns import FactColumns
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.announce import announce
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.combo import ComboBox
from tomsapp.gui.widgets.data_table import DataTable
from tomsapp.gui.widgets.dialog_parts import open_once
from tomsapp.gui.widgets.feedback import EmptyState, Toast
from tomsapp.gui.widgets.layouts import STRETCH, in_column, in_row
from tomsapp.gui.widgets.text import Text
from tomsapp.services.audit import check_conclusion, check_draw, conclude, draw_sample, take_out_sample
from tomsapp.services.audit_frame import CouncilAudit, frame_of, open_council_audit
from tomsapp.services.audit_sheet import audit_sheet_of, save_audit_sheet
from tomsapp.services.delivery import OpenDelivery, open_delivery

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from tomsapp.domain.history import Stored
    from tomsapp.domain.problems import Problem
    from tomsapp.gui.records.record_dialog import RecordDialog
    from tomsapp.services.audit_read import SampleView
    from tomsapp.services.changes import Done
    from tomsapp.services.workspace import Workspace

_KEYS = "Enter says what was found of the claim under the cursor, F8 goes to the next that is not checked"
_NONE = "No sample was drawn yet"
_DRAW_ONE = "Draw some of the accepted claims at random, look at their evidence again, and say what it shows."
_NOTHING = "No claim is accepted yet"
_ACCEPT = "A sample is drawn from accepted claims. Accept some under Quarters first."
_ACCEPT_ALL = "A sample is drawn from accepted claims. Accept some in the tab Delivery of a contract first."
_KINDS = "PDF (*.pdf);;Workbook (*.xlsx)"


def _columns(*, is_of_all: bool) -> list[Column[SheetClaim]]:
    facts: FactColumns[SheetClaim] = FactColumns(
        AUDIT_ITEM,
        lambda claim: claim.item,
        looks={
            "position": {"width": 70},
            "units": {"width": 100},
            "pounds": {"width": 110},
            "conclusion": {"width": 130},
            "found": {"width": 110},
        },
    )
    shown = {column.key: column.shown for column in facts.columns()}
    names = "position", "units", "pounds", "conclusion", "found"
    place, *others = (shown[name] for name in names)
    contract: Column[SheetClaim] = Column("contract", "Contract", lambda claim: claim.contract, width=130)
    return [
        place,
        *((contract,) if is_of_all else ()),
        Column("claim", "Claim", lambda claim: claim.measure, width=None, second_line=lambda claim: claim.quarter),
        *others,
    ]


class ShownAudit(NamedTuple):
    """What samples are drawn from as it was read, and the day on which that is judged."""

    opened: OpenDelivery | CouncilAudit
    today: date


class AuditSection(DeliverySection):
    """One sample is shown at a time, the last one first; of a contract, or of all contracts together."""

    claim_chosen = Signal(object)
    """The `SheetClaim` under the cursor, or None."""

    def __init__(self, session: Session, *, is_of_all: bool = False) -> None:
        super().__init__()
        self._session, self._is_of_all = session, is_of_all
        self._shown: ShownAudit | None = None
        self._has_claims = False
        self._sheet: AuditSheet | None = None
        self._stops = Stops()
        self.dialog: RecordDialog[Any] | None = None
        self.samples = ComboBox("No sample", "Audit sample")
        self.draw_button = Button("Draw a sample…", "primary", small=True, does=self.draw)
        self.conclude_button = Button("Say what was found…", small=True, does=self.conclude)
        self.sheet_button = Button("Worksheet…", small=True, does=self.save_worksheet)
        self.out_button = Button("Take out", small=True, does=self.take_out)
        self.said = Text("", "note", wrap=True, selectable=True)
        self.empty = EmptyState("search", _NONE, _DRAW_ONE)
        self.model: RowModel[SheetClaim] = RowModel(_columns(is_of_all=is_of_all))
        self.table = DataTable(self.model, "Claims of the sample")
        self.table.setAccessibleDescription(_KEYS)
        self.table.set_empty_state(self.empty)
        self.table.row_opened.connect(lambda _row: self.conclude())
        self.table.current_row_changed.connect(lambda _row: self._on_moved())
        self.samples.activated.connect(lambda _place: self._show_sample())
        claims = Card()
        claims.fill(self.table)
        buttons = in_row(
            self.draw_button, self.conclude_button, self.sheet_button, self.out_button, STRETCH, self.samples, gap=8
        )
        in_column(buttons, self.said, (claims, 1), inside=self, gap=10)
        self._show_sample()

    # Showing

    def show_delivery(self, shown: ShownDelivery | None) -> None:
        """Show the samples of a contract."""
        self.show_audit(None if shown is None else ShownAudit(shown.opened, shown.today))

    def show_audit(self, shown: ShownAudit | None) -> None:
        """Show the samples that were drawn; the one that was chosen stays, and one that is new is shown."""
        chosen, known = self.samples.currentData(), self.samples.count()
        self._shown = shown
        if shown is None:
            self._stops.forget()
        frame = frame_of(shown.opened) if shown is not None else None
        self._has_claims = frame is not None and bool(frame.claims(frame.until))
        self.samples.clear()
        views = shown.opened.samples if shown else ()
        for number, view in enumerate(views, start=1):
            self.samples.addItem(_name(number, view), view.sample.id)
        place = self.samples.findData(chosen) if len(views) <= known else -1
        self.samples.setCurrentIndex(place if place >= 0 else len(views) - 1)
        self.samples.setVisible(bool(views))
        if shown is not None:
            accept = _ACCEPT_ALL if self._is_of_all else _ACCEPT
            self.empty.set_words(*((_NONE, _DRAW_ONE) if self._has_claims else (_NOTHING, accept)))
        self._show_sample()

    @property
    def view(self) -> SampleView | None:
        """The sample that is shown."""
        wanted = self.samples.currentData()
        views = self._shown.opened.samples if self._shown else ()
        return next((view for view in views if view.sample.id == wanted), None)

    def _show_sample(self) -> None:
        view, shown = self.view, self._shown
        self._sheet = audit_sheet_of(shown.opened, view) if shown is not None and view is not None else None
        self.said.setVisible(self._sheet is not None)
        self.said.setText(" ".join(self._sheet.result.words) if self._sheet else "")
        here = self.claim
        self.model.set_rows(self._sheet.claims if self._sheet else ())
        go_to_row(
            self.table,
            self.model.place_of(lambda claim: here is not None and claim.item.position == here.item.position),
        )
        self._show_buttons()

    def _here(self) -> tuple[int, ...]:
        return self.samples.currentIndex(), self.table.currentIndex().row()

    def _on_moved(self) -> None:
        if self.table.hasFocus():
            self._stops.came_to(self._here())
        self._show_buttons()

    def _show_buttons(self) -> None:
        view = self.view
        self.draw_button.setEnabled(self._has_claims)
        self.conclude_button.setEnabled(self.claim is not None)
        self.claim_chosen.emit(self.claim)
        self.sheet_button.setEnabled(view is not None)
        self.out_button.setEnabled(view is not None and not view.is_checked)

    @property
    def claim(self) -> SheetClaim | None:
        """The claim under the cursor."""
        index = self.table.currentIndex()
        return index.data(ROW_ROLE) if index.isValid() else None

    def take_keyboard(self) -> None:
        """Move the keyboard to the claims, or to what draws the first sample."""
        target = self.table if self.model.rowCount() else self.draw_button
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def step(self, by: int) -> bool:
        """Go to the next claim that is not checked, from the last on to the first; as `Stops` says."""
        rows = self.model.shown_rows()
        sample = self.samples.currentIndex()
        waiting = {(sample, row) for row, claim in enumerate(rows) if claim.item.conclusion is None}
        place = self._stops.next(waiting, self._here(), by)
        if place is None:
            announce(self, "No claim waits to be checked")
            return True
        go_to_row(self.table, place[1])
        self.table.setFocus()
        return True

    # What the user does

    def draw(self) -> None:
        """Ask for the seed and how many claims, and draw them."""
        shown = self._shown
        if shown is None:
            return
        opened, today = shown.opened, shown.today

        def check(workspace: Workspace, said: AuditSample) -> list[Problem]:
            at = opened if said.until == opened.until else _at(workspace, opened, said.until)
            return check_draw(at, said.seed, said.size, today)

        dialog = DrawDialog(
            frame_of(opened).name,
            _last_day(opened),
            today,
            lambda said: self._session.read(lambda workspace: check(workspace, said)),
            self.window(),
        )

        def task(workspace: Workspace) -> Done[SampleView]:
            said = dialog.record
            at = _at(workspace, opened, said.until)
            return draw_sample(workspace, at, said.seed, said.size, today, said.notes)

        dialog.close_when_saved(
            lambda: self._session.act(lambda workspace, _progress: task(workspace)), self.stale.emit, self._failed
        )
        self.dialog = dialog
        open_once(dialog)

    def conclude(self) -> None:
        """Ask what was found of the claim under the cursor."""
        claim, view, shown = self.claim, self.view, self._shown
        if claim is None or view is None or shown is None:
            return
        drawn = next(each for each in view.drawn if each.item.record.position == claim.item.position)
        dialog = ConclusionDialog(
            claim,
            drawn.item,
            lambda said: self._session.read(lambda _workspace: check_conclusion(drawn, said.found, said.notes)),
            self.window(),
        )

        def task(workspace: Workspace, _progress: object) -> Done[Stored[AuditItem]]:
            said, over = dialog.record, replace(drawn, item=dialog.before or drawn.item)
            return conclude(workspace, shown.opened, over, said.found, said.notes)

        dialog.close_when_saved(lambda: self._session.act(task), self.stale.emit, self._failed)
        dialog.accepted.connect(self.table.setFocus)
        self.dialog = dialog
        open_once(dialog)

    def _failed(self, error: Exception) -> None:
        self._session.jobs.failed.emit(error)

    def take_out(self) -> None:
        """Take out the sample that is shown; Undo brings it back."""
        view, shown = self.view, self._shown
        if view is not None and shown is not None:
            self._act(lambda workspace: take_out_sample(workspace, shown.opened, view.sample))

    def save_worksheet(self) -> None:
        """Ask where to save the worksheet of the sample that is shown, as a PDF or a workbook."""
        view, shown = self.view, self._shown
        if view is None or shown is None:
            return
        audited = frame_of(shown.opened).name
        name = f"{audited[:1].upper()}{audited[1:]} audit worksheet.pdf"
        path = choose_file_to_save(self.window(), self._session, name, _KINDS)
        if path is not None:
            self._save_worksheet(shown, view, path)

    def _save_worksheet(self, shown: ShownAudit, view: SampleView, path: Path) -> None:
        workspace = self._session.workspace
        job = self._session.jobs.run(
            lambda progress: save_audit_sheet(workspace, shown.opened, view, shown.today, path, progress),
            title="Making the audit worksheet",
        )
        job.success(lambda saved: self.wants_toast.emit(Toast(f"Saved as {saved}", icon="download"))).start()

    def _act(self, task: Callable[[Workspace], Done[Any]]) -> None:
        self._session.act(lambda workspace, _progress: task(workspace)).failure(
            told_and_stale(self._session, self.stale)
        ).start()


def _at(workspace: Workspace, opened: OpenDelivery | CouncilAudit, until: date) -> OpenDelivery | CouncilAudit:
    """The same read anew, with the figures to a day."""
    if isinstance(opened, CouncilAudit):
        return open_council_audit(workspace, until, opened)
    return open_delivery(workspace, opened.stored.id, until)


def _last_day(opened: OpenDelivery | CouncilAudit) -> date:
    """The day to which claims are proposed to be drawn from: the end of the contract's last quarter that ended."""
    last = None if isinstance(opened, CouncilAudit) else opened.delivered.last_quarter
    return last.ends_on if last else opened.until


def _name(number: int, view: SampleView) -> str:
    sample = view.sample.record
    return f"Sample {number}: “{sample.seed}”, {plural(len(view.drawn), 'claim')} to {format_date(sample.until)}"
