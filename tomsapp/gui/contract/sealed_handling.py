"""Shows on the contract page what was sealed: the banner, the switch between the values, and the document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tomsapp.gui.contract.sealed_card import SealedBanner, SealedToday
from tomsapp.gui.contract.sealed_document import DocumentDialog
from tomsapp.gui.export_menu import choose_file_to_save
from tomsapp.gui.widgets.buttons import SegmentedButton
from tomsapp.gui.widgets.dialog_parts import open_once
from tomsapp.gui.widgets.feedback import Toast
from tomsapp.services import sealing
from tomsapp.services.reporting import write_report
from tomsapp.services.sealed_rules import today
from tomsapp.services.sealed_view import SealedView, sealed_view

if TYPE_CHECKING:
    from pathlib import Path

    from tomsapp.domain.seal import Act
    from tomsapp.gui.contract.act_timeline import ActTimeline
    from tomsapp.gui.contract.commitments_tab import CommitmentsTab
    from tomsapp.gui.session import Session
    from tomsapp.services.contracts import OpenContract

SIGNED, TODAY = "signed", "today"


class SealedHandling(QObject):
    """Reads the seal of the contract that is shown; the switch is remembered for each contract."""

    toast = Signal(object)
    menu_shown = Signal(str)
    """Whose values are shown, and under which menu edition."""

    def __init__(self, session: Session, lines: CommitmentsTab, acts: ActTimeline) -> None:
        super().__init__(lines)
        self._session, self._lines, self._acts = session, lines, acts
        self.banner, self.today = SealedBanner(), SealedToday()
        self.switch = SegmentedButton("Values shown", ((SIGNED, "As signed"), (TODAY, "Today")))
        self.switch.hide()
        self._opened: OpenContract | None = None
        self._view: SealedView | None = None
        self._chosen: dict[int, str] = {}
        lines.set_sealed(self.banner, self.today)
        self.switch.chosen.connect(self._on_chosen)
        self.banner.document_wanted.connect(self._on_document_wanted)
        acts.document_wanted.connect(self.open_document)

    def show_contract(self, opened: OpenContract | None) -> None:
        """Read the seal of a contract, or show none."""
        self._opened = opened
        self._acts.show_contract(opened)
        if opened is None or opened.seal is None:
            self._show(None)
            return
        job = self._session.read(lambda workspace: sealed_view(workspace, opened, today()), key="sealed view")
        job.success(self._show).start()

    def _show(self, view: SealedView | None) -> None:
        self._view = view
        self.banner.show_view(view)
        # What is not whole any more is not compared with anything.
        can_compare = view is not None and view.whole
        self.switch.setVisible(can_compare)
        if view is not None and can_compare:
            self.today.show_view(view)
        is_varied = view is not None and view.is_varied
        self.switch.set_text(SIGNED, "As varied" if is_varied else "As signed")
        self.switch.set_text(TODAY, "Compare" if is_varied else "Today")
        chosen = self._chosen.get(self._number, SIGNED) if can_compare else SIGNED
        self.switch.set_current(chosen)
        self._show_values(chosen)

    @property
    def _number(self) -> int:
        return self._opened.stored.id if self._opened else 0

    def _on_chosen(self, key: object) -> None:
        self._chosen[self._number] = str(key)
        self._show_values(str(key))

    def _show_values(self, chosen: str) -> None:
        self._lines.show_today(is_shown=chosen == TODAY)
        view, opened = self._view, self._opened
        if view is not None and chosen == TODAY:
            self.menu_shown.emit(f"Shown: today, menu {view.menu_today}")
        elif opened is not None:
            whose = ("as varied, " if view.is_varied else "as signed, ") if view else ""
            self.menu_shown.emit(f"Shown: {whose}menu {opened.edition.name_and_prices}")
        else:
            self.menu_shown.emit("")

    # The document

    def _on_document_wanted(self) -> None:
        if self._view is not None:
            self.open_document(self._view.act)

    def open_document(self, act: Act) -> None:
        """Show the document of an act as it is kept."""
        job = self._session.read(lambda workspace: sealing.document_bytes(workspace, act), key="sealed document")
        job.success(lambda data: self._show_document(act, data)).start()

    def _show_document(self, act: Act, data: bytes) -> None:
        opened = self._opened
        if opened is None or act not in opened.acts:
            return
        name = f"{opened.contract.reference} {act.done.lower()} {act.done_on:%Y-%m-%d}.json"
        dialog = DocumentDialog(act, data, self._lines.window())
        dialog.save_wanted.connect(lambda: self._save(data, name))
        open_once(dialog)

    def _save(self, data: bytes, name: str) -> None:
        path = choose_file_to_save(self._lines.window(), self._session, name, "JSON (*.json)")
        if path is not None:
            job = self._session.jobs.run(lambda _progress: write_report(data, path), database=False)
            job.success(self._on_saved).start()

    def _on_saved(self, path: Path) -> None:
        self.toast.emit(Toast(f"Saved as {path.name}", icon="download"))
