"""Before there is a table: make the spreadsheet that is filled in, or choose, drop or paste a table."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from tomsapp.gui.export_menu import choose_file_to_save
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.feedback import EmptyState
from tomsapp.gui.widgets.fields import ChoiceField
from tomsapp.gui.widgets.layouts import STRETCH, add_part, holding, in_column
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import Text
from tomsapp.services.contracts import OpenContract, open_contract
from tomsapp.services.template import make_template

_OWN, _ALL = "own", "all"
_ANY = (
    "Any workbook (Excel or OpenDocument), CSV or text file, or a table copied from another program. "
    "It is shown as it is, and nothing is saved until you say so."
)
_NOTICES = "Notices of Find a Tender (JSON) are read too, one, several at once, or a whole folder."


class StartCard(QWidget):
    """What to do first."""

    choose_wanted = Signal()
    folder_wanted = Signal()
    paste_wanted = Signal()

    def __init__(self, *, takes_notices: bool = False) -> None:
        super().__init__()
        self.choose_button = Button("Choose a file…", "primary", "folder-open", does=self.choose_wanted)
        self.paste_button = Button("Paste a table", icon_name="copy", does=self.paste_wanted)
        self.folder_button = Button("Folder of notices…", icon_name="folder-open", does=self.folder_wanted)
        buttons = [self.choose_button, *([self.folder_button] if takes_notices else []), self.paste_button]
        words = f"{_ANY} {_NOTICES}" if takes_notices else _ANY
        self.empty = EmptyState("table-2", "No table yet", words, *buttons)
        self._column = in_column((self.empty, 1), margins=(24, 16, 24, 16), gap=12)
        in_column(ScrollArea("What to do first", holding(self._column), only_down=True), inside=self)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin at what most people want, now that the area holds it."""
        super().showEvent(event)
        self.choose_button.setFocus()

    def put_first(self, card: QWidget) -> None:
        """Show a card above."""
        self._column.insertWidget(0, card)


class TemplateCard(Card):
    """The spreadsheet of a contract, to be filled in by the supplier."""

    def __init__(self, session: Session, contract_id: int) -> None:
        super().__init__("Make the spreadsheet to be filled in")
        self._session, self._contract_id = session, contract_id
        self._opened: OpenContract | None = None
        self.measures = ChoiceField("Measures in the spreadsheet")
        self.make_button = Button("Make the spreadsheet…", icon_name="download", does=self._on_make)
        self.said = Text("", "note", "text_muted", wrap=True)
        for part in (self.measures, self.make_button, self.said, STRETCH):
            add_part(self.body, part)
        session.read(lambda workspace: open_contract(workspace, contract_id)).success(self._on_opened).start()

    def _on_opened(self, opened: OpenContract) -> None:
        self._opened = opened
        own = {line.record.measure for line in opened.commitments}
        options: list[tuple[object, str]] = [(_ALL, f"All {len(opened.edition.measures)} measures of the menu")]
        if own:
            options.insert(0, (_OWN, f"The {len(own)} of this contract, filled in as they are now"))
        options += [(theme.number, f"Theme {theme.number}: {theme.title}") for theme in opened.edition.themes]
        self.measures.set_options(options)
        self.measures.set_value(options[0][0])
        self.said.setText(f"For {opened.edition.name}. It values itself, without this program.")

    def _on_make(self) -> None:
        opened = self._opened
        if opened is None:
            return
        name = f"Commitments of {opened.contract.reference}.xlsx"
        path = choose_file_to_save(self, self._session, name, "Excel workbook (*.xlsx)")
        if path is None:
            return
        codes, is_own, now = self._codes(opened), self.measures.value == _OWN, datetime.now().astimezone()
        number = self._contract_id
        self._session.read(
            lambda workspace: make_template(workspace, number, codes, path, now, with_commitments=is_own)
        ).success(self._on_made).start()

    def _codes(self, opened: OpenContract) -> list[str]:
        wanted = self.measures.value
        if wanted == _OWN:
            return [line.record.measure for line in opened.commitments]
        places = opened.edition.places.values()
        return [place.measure.code for place in places if wanted in {_ALL, place.theme.number}]

    def _on_made(self, path: Path) -> None:
        self.said.setText(f"Saved as {path}. Fill it in, save it, then choose it below.")
