"""The panel beside a list: the form of one record, what belongs to it, and its history."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from tomsapp.domain.history import HistoryWanted, Stored
from tomsapp.domain.keys import KeyKind, Names
from tomsapp.domain.wording import format_moment
from tomsapp.gui.page import HISTORY_PAGE
from tomsapp.gui.records.record_editor import RecordEditor
from tomsapp.gui.records.record_form import RecordForm
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.buttons import Button, ElidedButton
from tomsapp.gui.widgets.edges import LEFT
from tomsapp.gui.widgets.feedback import EmptyState
from tomsapp.gui.widgets.fields import GUTTER
from tomsapp.gui.widgets.flow import ChipFlow
from tomsapp.gui.widgets.layouts import STRETCH, empty_layout, holding, in_column
from tomsapp.gui.widgets.problems import Notice
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import Text, hairline
from tomsapp.services.history import record_history
from tomsapp.services.keys import key_names
from tomsapp.services.records import RecordActions
from tomsapp.services.workspace import Workspace

R = TypeVar("R")
_MOST_LISTED = 30


@dataclass(frozen=True, slots=True)
class PanelLine:
    """One thing that belongs to a record, and the page with what it shows there, if it leads anywhere."""

    text: str
    detail: str = ""
    page: str = ""
    target: object = None


@dataclass(frozen=True)
class PanelList:
    """A heading of the panel with what stands under it; `nothing` is said where nothing does."""

    title: str
    nothing: str
    read: Callable[[Workspace, int], Sequence[PanelLine]]


@dataclass(frozen=True)
class RecordSpec(Generic[R]):
    """What a panel needs to know of a kind of record.

    Attributes:
        new: a new record, as its form shows it first.
        lists: what belongs to a record, above its history.
        make_form: its form where the facts alone do not make it.
    """

    actions: RecordActions[R]
    new: Callable[[], R]
    icon: str
    lists: tuple[PanelList, ...] = ()
    make_form: Callable[[], RecordForm[R]] | None = None

    def form(self) -> RecordForm[R]:
        """An empty form."""
        return self.make_form() if self.make_form else RecordForm(self.actions.kind)


@dataclass(frozen=True, slots=True)
class _Read(Generic[R]):
    stored: Stored[R]
    lists: tuple[Sequence[PanelLine], ...]
    names: Mapping[KeyKind, Names]


class RecordPanel(QFrame, Generic[R]):
    """Shows, checks and saves one record; what is typed is kept until it is saved or discarded."""

    wants_page = Signal(str, object)
    saved = Signal(int)
    """Number of the record that was saved."""
    discarded = Signal()

    def __init__(self, session: Session, spec: RecordSpec[R]) -> None:
        super().__init__()
        self._session, self.spec = session, spec
        kind = spec.actions.kind
        noun = kind.noun
        self.setAccessibleName(f"{noun[:1].upper()}{noun[1:]}")
        self.heading = Text("", "h2", wrap=True)
        self.note = Notice()
        self.form = spec.form()
        self.editor = RecordEditor(session, self.form, spec.actions)
        self.save_button = Button(f"Save {noun}", "primary", does=self.editor.save)
        self.discard_button = Button("Discard changes", does=self.editor.discard)
        self._lists = (*spec.lists, PanelList("History", "No changes yet", self._history_of))
        self._places = [in_column(gap=6) for _ in self._lists]
        self._nothing = EmptyState(spec.icon, f"No {noun} chosen", "Choose one in the list to see and change it.")
        self._build_layout()
        self.editor.told.connect(self.note.say)
        self.editor.shown.connect(self._on_shown)
        self.editor.saved.connect(self._on_saved)
        self.editor.discarded.connect(self.discarded)
        self.clear()

    def _build_layout(self) -> None:
        # Under what scrolls, so that they are in view in a low window too.
        buttons = ChipFlow((self.save_button, self.discard_button), QWidget())
        self._foot = holding(in_column(buttons, margins=(12 + GUTTER, 8, 20, 12)))
        below = in_column(margins=(0, 4, 0, 0), gap=8)
        for listed, place in zip(self._lists, self._places, strict=True):
            below.addWidget(hairline())
            below.addWidget(Text(listed.title, "h3"))
            below.addLayout(place)
        self._below = holding(below)
        parts = (self.heading, self.note, self.form, self._below, STRETCH)
        column = in_column(*parts, margins=(12, 16, 20, 16), gap=12)
        self._area = ScrollArea(self.accessibleName(), holding(column), only_down=True)
        in_column((self._area, 1), self._foot, self._nothing, inside=self, gap=0)

    # Showing

    @property
    def record_id(self) -> int | None:
        """Number of the record that is shown, or None."""
        return self.editor.record_id

    @property
    def is_new(self) -> bool:
        """Whether the form of a new record is shown."""
        return self.editor.is_new

    def clear(self) -> None:
        """Show that no record is chosen."""
        self.editor.close()
        for part in (self._area, self._foot):
            part.hide()
        self._nothing.show()

    def show_new(self) -> None:
        """Show the form of a new record, with its draft if one was kept."""
        self.editor.show_new(self.spec.new())
        self._offer_keys()
        self._below.hide()
        self._show_form()
        self.form.first_control.setFocus()

    def _offer_keys(self) -> None:
        """Read what the fields of several offer, for a record that is not read itself."""
        kinds = self.form.key_kinds
        if kinds:
            job = self._session.read(lambda workspace: key_names(workspace, kinds), key=f"{self.form.kind.key}-keys")
            job.success(self.form.offer).start()

    def show_number(self, number: int) -> None:
        """Read a record; what is being typed into the same one stays."""
        self.editor.flush()
        job = self._session.read(lambda workspace: self._read(workspace, number), key=f"{self.form.kind.key}-panel")
        job.success(self._on_read).start()

    def _read(self, workspace: Workspace, number: int) -> _Read[R]:
        stored = self.spec.actions.get(workspace, number)
        lists = tuple(listed.read(workspace, number) for listed in self._lists)
        return _Read(stored, lists, key_names(workspace, self.form.key_kinds))

    def _on_read(self, read: _Read[R]) -> None:
        self.form.offer(read.names)
        self.editor.show_record(read.stored)
        for listed, place, lines in zip(self._lists, self._places, read.lists, strict=True):
            self._fill(place, listed, lines)
        self._below.show()
        self._show_form()

    def _show_form(self) -> None:
        self._nothing.hide()
        for part in (self._area, self._foot):
            part.show()

    def _on_shown(self) -> None:
        before = self.editor.before
        kind = self.form.kind
        self.heading.setText(kind.name_of(before.record) if before else f"New {kind.noun}")

    def _on_saved(self, stored: Stored[R]) -> None:
        self.saved.emit(stored.id)
        self.show_number(stored.id)

    # What belongs to the record

    def _history_of(self, workspace: Workspace, number: int) -> list[PanelLine]:
        kind = self.form.kind
        lines = record_history(workspace, kind, number)
        whole = HistoryWanted((kind,), number)
        more = [PanelLine("Open the whole history", "", HISTORY_PAGE, whole)] if lines else []
        return [*more, *(PanelLine(line.text, f"{format_moment(line.at)}, {line.who}") for line in lines)]

    def _fill(self, place: QVBoxLayout, listed: PanelList, lines: Sequence[PanelLine]) -> None:
        empty_layout(place)
        if not lines:
            place.addWidget(Text(listed.nothing, "note", "text_muted"))
        for line in lines[:_MOST_LISTED]:
            if line.page:
                link = ElidedButton(line.text, role="note")
                link.clicked.connect(lambda _checked=False, to=line: self.wants_page.emit(to.page, to.target))
                place.addWidget(link, 0, LEFT)
            else:
                place.addWidget(Text(line.text, "note", wrap=True, selectable=True))
            if line.detail:
                place.addWidget(Text(line.detail, "small", "text_muted", wrap=True))
        if len(lines) > _MOST_LISTED:
            place.addWidget(Text(f"and {len(lines) - _MOST_LISTED:,} more", "small", "text_muted"))

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep the draft before the panel is left."""
        self.editor.flush()
        super().hideEvent(event)
