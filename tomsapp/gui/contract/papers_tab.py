"""The papers of a contract: files that are kept with it, opened from a copy, looked at without being opened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from tomsapp.domain.delivery.contract_files import CONTRACT_FILE
from tomsapp.domain.delivery.evidence import ATTACHMENT, Attachment
from tomsapp.domain.history import Stored
from tomsapp.domain.problems import Problem
from tomsapp.domain.wording import format_date
from tomsapp.gui.contract.tab import ContractTab
from tomsapp.gui.dialogs.kept_preview import KeptPreview, show_preview
from tomsapp.gui.export_menu import ExportButton
from tomsapp.gui.file_dialogs import FileDialogs, FileUse
from tomsapp.gui.jobs import Job
from tomsapp.gui.kept_copies import open_copy
from tomsapp.gui.kept_words import CHANGED, WHOLE, file_words
from tomsapp.gui.records.record_dialog import RecordDialog
from tomsapp.gui.records.record_form import RecordForm
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.buttons import Button, LinkButton
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.clipboard import table_text
from tomsapp.gui.widgets.dialog_parts import open_once
from tomsapp.gui.widgets.edges import TOP
from tomsapp.gui.widgets.feedback import EmptyState, Toast
from tomsapp.gui.widgets.file_drops import TakesFiles
from tomsapp.gui.widgets.layouts import BESIDE_BAR, STRETCH, empty_layout, holding, in_column, in_row, stack_of
from tomsapp.gui.widgets.problems import Notice
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import IconLabel, Text
from tomsapp.services.attachments import (
    AttachmentView,
    OpenAttachments,
    add_files,
    change_attachment,
    open_attachments,
    table_of_files,
    take_out,
)
from tomsapp.services.changes import Done
from tomsapp.services.contracts import OpenContract
from tomsapp.services.evidence import OfferedFile, read_file
from tomsapp.services.kept_files import are_whole, save_copy
from tomsapp.services.table_files import Table

_EMPTY = "No files yet"
_DROP = "Add the signed agreement, letters or plans, or drop files here."


class PapersTab(TakesFiles, ContractTab):
    """Lists the papers; files are added from the dialog or dropped."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._number: int | None = None
        self.opened: OpenAttachments | None = None
        self.dialog: RecordDialog[Attachment] | None = None
        self.preview: KeptPreview | None = None
        self.rows: list[PaperRow] = []
        self.notice = Notice()
        self._rows = in_column(gap=14)
        self.add_button = Button("Add files", "primary", "paperclip", does=self.choose_files)
        self.export = ExportButton(session, self._table_shown, self.wants_toast.emit, self._copy_all)
        self.limits = Text("", "note", "text_muted", wrap=True)
        self.rules_link = LinkButton("Change in Settings", role="note", does=self._to_rules)
        self._build_layout()
        self.setAcceptDrops(True)

    def _build_layout(self) -> None:
        listed = Card()
        inner = holding(in_column(self._rows, STRETCH, margins=(18, 16, 6 + BESIDE_BAR, 16)))
        area = ScrollArea("Files of this contract", inner, only_down=True)
        self._stack = stack_of(EmptyState("paperclip", _EMPTY, _DROP), area)
        listed.fill(self._stack)
        foot = in_row(self.add_button, self.export, (self.limits, 1), self.rules_link, gap=14)
        in_column(self.notice, (listed, 1), foot, inside=self, gap=12)

    # Showing

    def show_contract(self, opened: OpenContract) -> None:
        """Read the papers of a contract."""
        if opened.stored.id != self._number:
            self._number, self.opened = opened.stored.id, None
            self.notice.say("")
            self._show_rows(())
        self._read()

    def _read(self) -> None:
        number = self._number
        if number is not None:
            job = self._session.read(lambda workspace: open_attachments(workspace, number), key="contract-papers")
            job.success(self._on_read).start()

    def _on_read(self, opened: OpenAttachments) -> None:
        if opened.contract_id != self._number:
            return
        self.opened = opened
        self.limits.setText(opened.limits)
        self._show_rows(opened.papers)
        digests = {view.stored.sha256 for view in opened.papers if view.stored and view.stored.removed_on is None}
        if digests:
            job = self._session.read(lambda workspace: are_whole(workspace, digests), key="papers-check")
            job.success(self._on_checked).start()

    def _show_rows(self, papers: Sequence[AttachmentView]) -> None:
        empty_layout(self._rows)
        self.rows = [self._row(view) for view in papers]
        for row in self.rows:
            self._rows.addWidget(row)
        self._stack.setCurrentIndex(1 if papers else 0)
        self.export.setVisible(bool(papers))
        self.setAccessibleName(f"Files of the contract: {len(papers)}")

    def _row(self, view: AttachmentView) -> PaperRow:
        row = PaperRow(view)
        row.preview_wanted.connect(self._preview)
        row.open_wanted.connect(lambda each: open_copy(self._session, each.attachment.record))
        row.copy_wanted.connect(self._save_copy)
        row.change_wanted.connect(self._change)
        row.out_wanted.connect(self._take_out)
        return row

    def _on_checked(self, whole: Mapping[str, bool]) -> None:
        for row in self.rows:
            row.show_checked(whole)

    # Adding

    def choose_files(self) -> None:
        """Ask for one or several files and add them."""
        dialogs = FileDialogs(self._session.own)
        self.add_paths(dialogs.open_several(self.window(), FileUse.PAPER, "Add files", "All files (*)"))

    def add_paths(self, paths: Sequence[Path]) -> None:
        """Read files and add those that may be kept; of the others it is said why not."""
        opened = self.opened
        if opened is None or not paths:
            return
        job = self._session.jobs.run(lambda _progress: [read_file(path, opened.rules) for path in paths])
        job.success(lambda read: self._on_files(opened, read)).start()

    def _on_files(self, opened: OpenAttachments, read: Sequence[OfferedFile | Problem]) -> None:
        refused = [f"{each.message}. {each.fix}." for each in read if isinstance(each, Problem)]
        files = [each for each in read if isinstance(each, OfferedFile)]
        self.notice.say(" ".join(refused))
        if not files:
            return

        def tell(passed: Sequence[str]) -> None:
            self.notice.say(" ".join((*refused, *passed)))

        job = self._session.act(lambda workspace, _progress: add_files(workspace, opened, files), tell)
        job.failure(self._refused).start()

    @property
    def takes_files_now(self) -> bool:
        """Whether a contract is shown to which papers can be added."""
        return self.opened is not None

    def take_dropped(self, paths: list[Path]) -> None:
        """Add the files that were dropped."""
        self.add_paths(paths)

    # The list as a file

    def _table_shown(self) -> Table:
        return table_of_files(self.opened) if self.opened else Table("Files", (), ())

    def _copy_all(self) -> None:
        QGuiApplication.clipboard().setText(table_text([[fact.label for fact in CONTRACT_FILE.facts], *self._words()]))

    def _words(self) -> list[list[str]]:
        files = [view.told for view in self.opened.papers] if self.opened else []
        return [[fact.words(getattr(file, fact.name)) for fact in CONTRACT_FILE.facts] for file in files]

    # What is done with one

    def _preview(self, view: AttachmentView) -> None:
        if view.stored is not None:
            self.preview = show_preview(self._session, view.attachment.record, view.stored.media_type, self.window())

    def _save_copy(self, view: AttachmentView) -> None:
        paper = view.attachment.record
        chosen = FileDialogs(self._session.own).save(
            self.window(), FileUse.PAPER, "Save a copy", Path(paper.name), "All files (*)"
        )
        if chosen is not None:
            job = self._session.read(lambda workspace: save_copy(workspace, paper, chosen))
            job.success(lambda path: self.wants_toast.emit(Toast(f"A copy is saved in {path}"))).start()

    def _change(self, view: AttachmentView) -> None:
        opened = self.opened
        if opened is None:
            return
        stored = view.attachment
        dialog = RecordDialog(
            f"Change {stored.record.name}",
            RecordForm(ATTACHMENT),
            stored.record,
            lambda _paper: self._session.read(lambda _workspace: []),
            self.window(),
            go="Save paper",
            before=stored,
        )

        def save() -> Job[Done[Stored[Attachment]]]:
            before, after = dialog.before or stored, dialog.record
            return self._session.act(lambda workspace, _progress: change_attachment(workspace, opened, before, after))

        dialog.close_when_saved(save, self._read, self._session.jobs.failed.emit)
        self.dialog = dialog
        open_once(dialog)

    def _take_out(self, view: AttachmentView) -> None:
        opened = self.opened
        if opened is not None:
            job = self._session.act(lambda workspace, _progress: take_out(workspace, opened, view.attachment))
            job.failure(self._refused).start()

    def _refused(self, error: Exception) -> None:
        """Somebody may have been first, so it is read again."""
        self._session.jobs.failed.emit(error)
        self._read()

    def _to_rules(self) -> None:
        self.wants_page.emit("settings", "delivery")

    def focus_first(self) -> None:
        """Move the keyboard to the first paper, or to what adds one."""
        (self.rows[0].name if self.rows else self.add_button).setFocus(Qt.FocusReason.ShortcutFocusReason)


class PaperRow(QWidget):
    """A paper: its name, how its file is known, what is noted of it, and what can be done with it."""

    preview_wanted = Signal(object)
    open_wanted = Signal(object)
    copy_wanted = Signal(object)
    change_wanted = Signal(object)
    out_wanted = Signal(object)

    def __init__(self, view: AttachmentView) -> None:
        super().__init__()
        self._view = view
        paper, stored = view.attachment.record, view.stored
        is_here = stored is not None and stored.removed_on is None
        told = view.told
        known = file_words(stored) if stored else "Its file is not here"
        self._known = f"{known}. {told.what}, added on {format_date(told.added_on)} by {told.added_by}"
        self.icon = IconLabel("file-text", "text_muted", 20)
        self.name = LinkButton(paper.name, role="strong", does=lambda: self.preview_wanted.emit(view))
        self.name.setToolTip("Shows what is in it, and runs nothing")
        self.name.setEnabled(is_here)
        self.known = Text(self._known, "small", "text_muted", wrap=True, selectable=True)
        self.known.setToolTip(paper.sha256)
        notes = Text(paper.notes, "note", wrap=True, selectable=True) if paper.notes else None
        self.links = {
            words: self._link(words, signal)
            for words, signal in (
                ("Open elsewhere", self.open_wanted),
                ("Save a copy…", self.copy_wanted),
                ("Change…", self.change_wanted),
                ("Take out", self.out_wanted),
            )
        }
        for words in ("Open elsewhere", "Save a copy…"):
            self.links[words].setVisible(is_here)
        links = in_row(*self.links.values(), STRETCH, gap=14)
        said = in_column(in_row(self.name, STRETCH), self.known, notes, links, gap=2)
        in_row((self.icon, TOP), (said, 1), inside=self, gap=10)
        self.setAccessibleName(f"{paper.name}, {self._known}")

    def _link(self, words: str, signal: SignalInstance) -> LinkButton:
        link = LinkButton(words, role="note", does=lambda: signal.emit(self._view))
        link.setAccessibleName(f"{words.rstrip('…')}: {self._view.attachment.record.name}")
        return link

    def show_checked(self, whole: Mapping[str, bool]) -> None:
        """Say whether the file is still the one that was added."""
        digest = self._view.attachment.record.sha256
        if digest not in whole:
            return
        is_whole = whole[digest]
        self.icon.set_icon(*(("file-check", "success_mark") if is_whole else ("octagon-alert", "danger_mark")))
        self.known.setText(self._known if is_whole else f"{CHANGED}. {self._known}")
        self.known.set_tone("text_muted" if is_whole else "danger")
        self.setAccessibleName(f"{self._view.attachment.record.name}, {WHOLE if is_whole else CHANGED}, {self._known}")
