"""History: every change in the database in plain words, and the way to the record that was changed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from tomsapp.domain.history import HistoryWanted
from tomsapp.domain.tender.tender import TENDER
from tomsapp.gui.history.history_columns import ABOUT, CHANGE, KIND, LOGIN, RECORD, TAKEN_IN, WHAT, WHEN, WHO
from tomsapp.gui.history.history_filters import HistoryFilters
from tomsapp.gui.history.history_panel import HistoryPanel
from tomsapp.gui.records.list_page import ListPage, ListSpec
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.problems import Notice
from tomsapp.services.history import HistoryRead, people, read_history
from tomsapp.services.history_lines import HistoryLine
from tomsapp.services.record_types import RECORD_TYPES

_CUT = "These are the newest changes. Choose days, kinds or people to read earlier ones."
_LIST: ListSpec[HistoryLine] = ListSpec(
    "change",
    "changes",
    "history",
    lambda workspace: read_history(workspace, HistoryWanted()).lines,
    (WHEN, WHO, KIND, RECORD, ABOUT, LOGIN, TAKEN_IN, WHAT, CHANGE),
    (),
    RECORD_TYPES,
    "Everything that is added, changed or deleted is told here.",
)


class HistoryPage(ListPage[HistoryLine]):
    """The changes of the whole database, newest first, or of one record."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, _LIST)
        self.set_title("History")
        self.notice = Notice()
        self.body.insertWidget(1, self.notice)
        self._is_current = False
        self.side = HistoryPanel()
        self.set_panel(self.side)
        self.side.wants_page.connect(self.wants_page)
        self.filters.changed.connect(self.load)
        self.filters.typed.connect(self.say_shown)
        session.workspace_changed.connect(self._on_workspace_changed)

    def own_filters(self) -> Sequence[QWidget]:
        """Kinds, people and days."""
        self.filters = HistoryFilters(self)
        return self.filters.widgets

    # Loading

    def refresh(self, changes: object) -> None:
        """Read what was changed; while another page is shown, when this one is shown again."""
        del changes
        self._is_current = False
        if self.isVisible():
            self.load()

    def showEvent(self, event: QShowEvent) -> None:
        """Read what was changed while another page was shown."""
        super().showEvent(event)
        if not self._is_current:
            self.load()

    def load(self) -> None:
        """Read the changes that are wanted."""
        if self._session.is_open:
            self._is_current = True
            wanted = self.filters.wanted
            job = self._session.read(
                lambda workspace: (read_history(workspace, wanted), people(workspace)), key="history"
            )
            job.success(self._on_read).start()

    def _on_read(self, found: tuple[HistoryRead, list[str]]) -> None:
        read, names = found
        self.filters.offer_people(names)
        self.filters.name_record(_record_of(self.filters.wanted, read.lines))
        self.notice.say(self.filters.wrong or (_CUT if read.is_cut else ""))
        self.show_rows(read.lines)
        if self.current() is None:
            self.select(0)

    def show_target(self, target: object) -> None:
        """Show what is wanted of the history and nothing else."""
        if isinstance(target, HistoryWanted):
            self.search.clear()
            self.filters.show_wanted(target)
            self.load()

    def _on_workspace_changed(self, _workspace: object) -> None:
        self.filters.clear()
        self.side.show_line(None)
        self._is_current = False

    # What is shown

    @property
    def is_filtered(self) -> bool:
        """Whether a search or filter leaves some out."""
        return super().is_filtered or self.filters.wanted != HistoryWanted()

    def say_shown(self) -> None:
        """Say how many there are, and how the days were understood that are asked for."""
        super().say_shown()
        days = self.filters.days_words
        if days:
            self.shown.setText(", ".join(part for part in (self.shown.text(), days) if part))

    def clear_filters(self) -> None:
        """Show everything again."""
        asked = self.filters.wanted != HistoryWanted() or bool(self.filters.wrong)
        self.filters.clear()
        super().clear_filters()
        if asked:
            self.load()

    def on_current(self, row: HistoryLine | None) -> None:
        """Tell the change in full."""
        self.side.show_line(row)

    def on_nothing_left(self) -> None:
        """Say that no change is chosen."""
        self.side.show_line(None)

    def on_opened(self, row: HistoryLine) -> None:
        """Go to the record."""
        self.side.show_line(row)
        self.side.open_record()


def _record_of(wanted: HistoryWanted, lines: Sequence[HistoryLine]) -> str:
    """What the record is called that is asked for; of a tender, whose parts have names of their own, the tender."""
    named = (line.record for line in lines if wanted.tender_id is None or line.kind is TENDER)
    return next(named, "")
