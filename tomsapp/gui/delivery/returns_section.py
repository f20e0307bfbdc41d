"""The part Returns: which quarters were returned, the workbooks that suppliers fill in, and reading what comes back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from tomsapp.domain.delivery.due import is_over_at_signing, return_due_on
from tomsapp.domain.delivery.quarters import ContractQuarter, ended_by, quarters_of
from tomsapp.domain.wording import format_date, listed, plural
from tomsapp.gui.delivery.returns_window import ReturnsWindow
from tomsapp.gui.delivery.section import DeliverySection, ShownDelivery
from tomsapp.gui.delivery.stops import Stops
from tomsapp.gui.export_menu import choose_file_to_save
from tomsapp.gui.file_dialogs import FileDialogs, FileUse
from tomsapp.gui.models.column import Column
from tomsapp.gui.models.row_model import RowModel
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.announce import announce
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.data_table import DataTable
from tomsapp.gui.widgets.feedback import Toast
from tomsapp.gui.widgets.file_drops import TakesFiles
from tomsapp.gui.widgets.layouts import STRETCH, in_column, in_row
from tomsapp.gui.widgets.text import Text
from tomsapp.services.delivery import OpenDelivery
from tomsapp.services.return_books import DueReturns, make_return, return_name, write_due_returns, write_return_file

_HOW = (
    "Make the workbook of a quarter and send it to the supplier. What comes back is read here, also a whole folder, "
    "or dropped on this page. Nothing is saved before you say so."
)
_WORKBOOK = "Excel workbook (*.xlsx)"


@dataclass(frozen=True, slots=True)
class QuarterReturn:
    """A quarter of a contract with how its return stands.

    Attributes:
        planned: the lines of which something is due in it.
        returned: the lines of which something was returned.
        missing: those of which something is due and nothing was returned.
        late_days: by how many days the return came late, or is late now; 0 where it is not.
    """

    quarter: ContractQuarter
    due_on: date
    planned: int
    returned: int
    missing: int
    has_ended: bool
    returned_on: date | None
    late_days: int

    @property
    def is_late(self) -> bool:
        """Whether something of it is still missing after its day."""
        return self.missing > 0 and self.late_days > 0

    @property
    def state(self) -> str:
        """How it stands, in words, with by how many days it is or came late: "Returned, 33 days late"."""
        late = f"{plural(self.late_days, 'day')} late" if self.late_days else ""
        if self.returned:
            missing = f"{plural(self.missing, 'line')} missing" if self.missing else "Returned"
            return f"{missing}, {late}" if late else missing
        if not self.planned:
            return "Nothing planned"
        if not self.has_ended:
            return "Not ended yet"
        return late or "Due"


def returns_of(opened: OpenDelivery, year: int, today: date) -> list[QuarterReturn]:
    """The quarters of a contract year (0 is the first) with how their returns stand on a day."""
    lines = opened.delivered.lines
    quarters = [each.quarter for each in lines[0].quarters if each.quarter.quarter.year == year] if lines else []
    return [_return(opened, each, today) for each in quarters]


def _return(opened: OpenDelivery, quarter: ContractQuarter, today: date) -> QuarterReturn:
    figures = [found for line in opened.delivered.lines if (found := line.quarter(quarter.quarter)) is not None]
    claims = [each.delivery for each in figures if each.delivery is not None]
    missing = sum(1 for each in figures if each.planned and each.delivery is None)
    due_on = return_due_on(quarter, opened.rules.record, opened.signed_on)
    # Where nothing is planned nothing is late, whenever it comes.
    came_on = [each.delivery.returned_on for each in figures if each.planned and each.delivery is not None]
    until = today if missing else max(came_on, default=due_on)
    return QuarterReturn(
        quarter,
        due_on,
        sum(1 for each in figures if each.planned),
        len(claims),
        missing,
        bool(ended_by([quarter], today)),
        max((each.returned_on for each in claims), default=None),
        max((until - due_on).days, 0),
    )


_COLUMNS: tuple[Column[QuarterReturn], ...] = (
    Column("quarter", "Quarter", lambda row: row.quarter.label, sort_key=lambda row: row.quarter.quarter),
    Column("due", "Return due on", lambda row: format_date(row.due_on), sort_key=lambda row: row.due_on, width=160),
    Column("planned", "Planned", lambda row: plural(row.planned, "line"), sort_key=lambda row: row.planned, width=110),
    Column("on", "Returned on", lambda row: format_date(row.returned_on) if row.returned_on else "", width=160),
    Column(
        "state",
        "State",
        lambda row: row.state,
        width=230,
        tone=lambda row: "warning" if row.is_late else "text",
        icon=lambda row: "triangle-alert" if row.is_late else None,
    ),
)  # fmt: skip


class ReturnsSection(TakesFiles, DeliverySection):
    """The quarters of the year that is shown; Enter makes the workbook of the one under the cursor."""

    has_years = True

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._shown: ShownDelivery | None = None
        self._stops = Stops()
        self.window_read: ReturnsWindow | None = None
        self.setAcceptDrops(True)
        self.model: RowModel[QuarterReturn] = RowModel(_COLUMNS)
        self.table = DataTable(self.model, "Returns by quarter")
        self.table.setAccessibleDescription("Enter makes the return workbook of the quarter")
        self.make_button = Button("Make return workbook…", "primary", "download", does=self.make_workbook)
        self.due_button = Button("Make all that are due…", icon_name="folder-open", does=self.make_due)
        self.read_button = Button("Read returns…", icon_name="table-2", does=self.read_now)
        how = Text(_HOW, "note", "text_muted", wrap=True)
        buttons = in_row(self.make_button, self.due_button, STRETCH, self.read_button, gap=8)
        grid = Card()
        grid.fill(self.table)
        self.note = Text("", "note", "text_muted", wrap=True)
        self.note.hide()
        in_column(how, buttons, self.note, (grid, 1), inside=self, gap=10)
        self.table.row_opened.connect(lambda _row: self.make_workbook())
        self.table.current_row_changed.connect(lambda _row: self._on_moved())

    # Showing

    def show_delivery(self, shown: ShownDelivery | None) -> None:
        """Show the quarters of a contract year."""
        if shown is None:
            self._stops.forget()
        self._shown = shown
        rows = [] if shown is None else returns_of(shown.opened, shown.year, shown.today)
        place = self.table.currentIndex().row()
        self.model.set_rows(rows)
        if rows:
            self.table.select_place(place if 0 <= place < len(rows) else _first_open(rows))
        self.make_button.setEnabled(bool(rows))
        self.note.setText("" if shown is None else " ".join(_notes(shown)))
        self.note.setVisible(bool(self.note.text()))

    def _here(self) -> tuple[int, ...]:
        """Contract year and row of the cursor."""
        return self._shown.year if self._shown else 0, self.table.currentIndex().row()

    def _on_moved(self) -> None:
        if self.table.hasFocus():
            self._stops.came_to(self._here())

    def take_keyboard(self) -> None:
        """Move the keyboard to the quarters."""
        self.table.setFocus()

    def step(self, by: int) -> bool:
        """Go to the next quarter that has ended and is not returned whole; as `Stops` says."""
        if self._shown is None:
            return False
        place = self._stops.next(set(_waiting(self._shown)), self._here(), by)
        if place is None:
            announce(self, "No return is missing")
            return True
        year, row = place
        if year != self._shown.year:
            self.year_wanted.emit(year)
        self.table.select_place(row)
        self.table.setFocus()
        return True

    # Making

    def make_workbook(self) -> None:
        """Ask where to save the workbook of the quarter under the cursor, and write it."""
        shown, place = self._shown, self.table.currentIndex().row()
        if shown is None or not 0 <= place < self.model.rowCount():
            return
        quarter = self.model.row_object(place).quarter
        path = choose_file_to_save(self, self._session, return_name(shown.opened.contract, quarter), _WORKBOOK)
        if path is None:
            return
        workspace, number, now = self._session.workspace, shown.opened.stored.id, datetime.now().astimezone()

        def write(_progress: object) -> Path:
            return write_return_file(make_return(workspace, number, quarter.quarter, now), path)

        job = self._session.jobs.run(write, title=f"Making the return of {quarter.label}")
        job.success(lambda saved: self.wants_toast.emit(Toast(f"Saved as {saved}", icon="download"))).start()

    def make_due(self) -> None:
        """Ask for a folder, and write the workbooks of all contracts whose last quarter is not returned."""
        dialogs = FileDialogs(self._session.own)
        folder = dialogs.open_folder(self, FileUse.TABLE, "Choose an empty folder for the returns")
        if folder is None:
            return
        workspace, now = self._session.workspace, datetime.now().astimezone()
        job = self._session.jobs.run(
            lambda progress: write_due_returns(workspace, folder, now, progress),
            title="Making the returns that are due",
        )
        job.success(self._on_due).start()

    def _on_due(self, found: DueReturns) -> None:
        written = plural(len(found.paths), "return workbook is", "return workbooks are")
        self.wants_toast.emit(Toast(f"{written} in {found.folder}", icon="download"))

    # Reading

    def read_now(self) -> None:
        """Open the window in which files or a folder are chosen."""
        self.read_returns()

    def read_returns(self, paths: Sequence[Path] = ()) -> None:
        """Open the window that reads returns, with files and folders or where they are chosen."""
        if self._shown is None:
            return
        window = ReturnsWindow(self._session, self._shown.opened.stored.id, self._shown.today, self.window())
        window.finished.connect(lambda _result: setattr(self, "window_read", None))
        window.taken.connect(lambda words: self.wants_toast.emit(Toast(words, self._session.undo)))
        self.window_read = window
        window.show()
        if paths:
            window.read(paths)

    def take_dropped(self, paths: list[Path]) -> None:
        """Read what was dropped."""
        self.read_returns(paths)


def _waiting(shown: ShownDelivery) -> Iterator[tuple[int, ...]]:
    """Contract year and row of each quarter that has ended and is not returned whole."""
    for year in shown.opened.delivered.years:
        for row, each in enumerate(returns_of(shown.opened, year.index, shown.today)):
            if each.has_ended and each.missing:
                yield year.index, row


def _notes(shown: ShownDelivery) -> Iterator[str]:
    """What is to be said of the quarters that are not shown, and why those that are were due so late."""
    elsewhere = _elsewhere(shown)
    if elsewhere:
        yield elsewhere
    signed_on, quarters = shown.opened.signed_on, quarters_of(shown.opened.contract)
    if signed_on is not None and any(
        each.quarter.year == shown.year and is_over_at_signing(each, signed_on) for each in quarters
    ):
        yield f"A quarter that was over before the contract was signed on {format_date(signed_on)} is due from then on."


def _elsewhere(shown: ShownDelivery) -> str:
    """Which quarters of other years are not returned whole; nothing where none is."""
    labels = [each.label for each in shown.opened.delivered.years]
    told = [f"Q{row + 1} of {labels[year]}" for year, row in _waiting(shown) if year != shown.year]
    if not told:
        return ""
    return f"{listed(told)} {'is' if len(told) == 1 else 'are'} not returned whole. F8 goes there."


def _first_open(rows: list[QuarterReturn]) -> int:
    """The place of the first quarter whose return is still to come."""
    return next((place for place, row in enumerate(rows) if row.missing), 0)
