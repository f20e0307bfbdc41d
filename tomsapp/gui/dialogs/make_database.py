"""Asks whose a new database is and where it goes: a file on this computer, or the team's server."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QWidget

from tomsapp.config.places import check_place
from tomsapp.domain.council import COUNCIL
from tomsapp.domain.person import PERSON
from tomsapp.domain.windows_places import UnusablePlace
from tomsapp.gui.dialogs.server_fields import WHAT_IT_PREPARES, ServerFields
from tomsapp.gui.file_dialogs import NEW_DATABASES, FileDialogs, FileUse, documents
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.buttons import Button, SegmentedButton
from tomsapp.gui.widgets.dialog_parts import do_or_cancel, fit_to_fields
from tomsapp.gui.widgets.edges import BOTTOM, LEFT
from tomsapp.gui.widgets.fields import ChoiceField, LineField
from tomsapp.gui.widgets.form_dialog import SCROLLED_MARGINS, in_line, inset
from tomsapp.gui.widgets.layouts import BESIDE_BAR, STRETCH, holding, in_column, in_row
from tomsapp.gui.widgets.problems import ErrorSummary
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import Text
from tomsapp.services.addresses import DATABASE_ENDING, Target
from tomsapp.services.databases import DEFAULT_MENU, USUAL_BEGINNING, Beginning, Beginnings, MenuChoice

_WIDTH = 620
_LATER = "You can change this in Settings."
_PLACES = (("file", "On this computer"), ("server", "On your team’s server"))


class MakeDatabaseDialog(QDialog):
    """Name of the council, the place of its database, and the menu and area that it begins with.

    `user_name` is given when nobody has said yet with which name to sign: it is asked for, and this is proposed.
    """

    def __init__(self, parent: QWidget | None, files: FileDialogs, user_name: str | None = None) -> None:
        super().__init__(parent)
        self._files = files
        self.setWindowTitle("Make a new database")
        self.setMinimumSize(current_theme().px(560), current_theme().px(400))
        self.summary = ErrorSummary()
        self.council = LineField("Name of the council", "Every page and document shows it. Settings can change it.")
        self.person = LineField("Your name", "As history and documents show it.")
        self.person.set_text(user_name or "")
        self.person.setVisible(user_name is not None)
        self._asks_name = user_name is not None
        self.menu = ChoiceField("Menu for new contracts")
        self.area = ChoiceField("Area")
        self._rules = Text(_LATER, "note", "text_muted", wrap=True)
        self._menus: dict[str, MenuChoice] = {}
        self._area_is_own_choice = False
        self.place = SegmentedButton("Where the database is kept", _PLACES)
        self.file = LineField("File", "Keep it where your council backs up files.")
        self.server = ServerFields()
        self._file_is_own_choice = False
        self._build()
        self._connect()
        self._propose_file()
        self._show_place("file")

    def showEvent(self, event: QShowEvent) -> None:
        """Begin in the first field: Qt would begin in the area around it where that scrolls."""
        super().showEvent(event)
        self.council.control.setFocus()

    @property
    def target(self) -> Target:
        """The file or the server's address that was entered."""
        return self.server.target if self.place.current == "server" else str(self._path())

    @property
    def remembers(self) -> bool:
        """Whether the keyring is to keep the password of the server."""
        return self.place.current == "server" and self.server.remembers

    @property
    def council_name(self) -> str:
        """Name of the council that was entered."""
        return self.council.text

    @property
    def user_name(self) -> str:
        """The name with which the user signs, or nothing when it was not asked for."""
        return self.person.text if self._asks_name else ""

    @property
    def beginning(self) -> Beginning:
        """The menu and area that were chosen; before they can be, the usual ones."""
        chosen = self._menus.get(str(self.menu.value))
        if chosen is None:
            return USUAL_BEGINNING
        return Beginning((chosen.code, chosen.edition), str(self.area.value or ""))

    def show_beginnings(self, found: Beginnings) -> None:
        """Offer the menus and areas that are installed."""
        self._menus = {f"{one.code}/{one.edition}": one for one in found.menus}
        self.menu.set_options([(key, one.name) for key, one in self._menus.items()])
        self.area.set_options([("", "None"), *found.areas])
        self.menu.set_value("/".join(DEFAULT_MENU))
        self._show_menu()

    def _show_menu(self) -> None:
        chosen = self._menus.get(str(self.menu.value))
        if chosen is None:
            return
        if not self._area_is_own_choice:
            self.area.set_value(chosen.area)
        self._rules.setText(f"It begins with the policy checks of “{chosen.policy_title}”. {_LATER}")
        self._fit()

    def _on_area(self) -> None:
        self._area_is_own_choice = True

    def _build(self) -> None:
        choose = Button("Choose a place…", does=self._on_choose)
        self._file_box = holding(in_row((self.file, 1), (choose, BOTTOM), gap=8))
        prepares = Text(WHAT_IT_PREPARES, "body", "text_muted", wrap=True)
        self._server_box = holding(in_column(*in_line(prepares, self.server), gap=12))
        caption = Text("Where the database is kept", "strong")
        where = in_column(caption, (self.place, LEFT), gap=6)
        first = self.summary, self.council, self.person, where, self._file_box, self._server_box
        beginnings = holding(in_row((self.menu, 1), (self.area, 1), gap=16))
        parts = in_line(*first, beginnings, self._rules, STRETCH)
        self._fields = holding(in_column(*parts, margins=(0, 0, BESIDE_BAR, 0), gap=14))
        self._area = ScrollArea("The new database", self._fields)
        buttons = do_or_cancel(self, "Make the database", self._on_make)
        title = Text("Make a new database", "h2")
        foot = inset(buttons, BESIDE_BAR)
        in_column(inset(title), (self._area, 1), foot, inside=self, margins=SCROLLED_MARGINS, gap=14)

    def _connect(self) -> None:
        self.place.chosen.connect(self._show_place)
        self.menu.edited.connect(self._show_menu)
        self.area.edited.connect(self._on_area)
        self.council.edited.connect(self._propose_file)
        self.file.edited.connect(self._on_file_edited)

    def _show_place(self, place: object) -> None:
        self._file_box.setVisible(place == "file")
        self._server_box.setVisible(place == "server")
        self._fit()

    def _fit(self) -> None:
        """Take the height that the fields need, as far as the screen has it."""
        fit_to_fields(self, current_theme().px(_WIDTH), self._area, self._fields)

    def _propose_file(self) -> None:
        """Name the file after the council until the user names it."""
        if not self._file_is_own_choice:
            words = re.sub(r"[^\w]+", "-", self.council.text.casefold()).strip("-_") or "council"
            folder = self._files.organisations_folder(FileUse.DATABASE) or documents()
            self.file.set_text(str(_free_path(folder / f"{words[:60]}{DATABASE_ENDING}")))

    def _on_file_edited(self) -> None:
        self._file_is_own_choice = True

    def _on_choose(self) -> None:
        chosen = self._files.name(self, FileUse.DATABASE, "Make a new database", self._path(), NEW_DATABASES)
        if chosen is not None:
            self._file_is_own_choice = True
            self.file.set_text(str(chosen))

    def _path(self) -> Path:
        path = Path(self.file.text).expanduser()
        return path if path.suffix else path.with_name(f"{path.name}{DATABASE_ENDING}")

    def _on_make(self) -> None:
        council, person = COUNCIL.fact("council_name").fault(self.council.text), PERSON.fault(self.person.text)
        self.council.set_error(council.words if council else None)
        if not self.council.text:
            self.council.set_error("Enter the name of the council")
        self.person.set_error(person.words if person and self._asks_name else None)
        fields = [self.council, self.person]
        if self.place.current == "server":
            self.server.check()
            fields.append(self.server.address)
        else:
            self.file.set_error(self._file_error())
            fields.append(self.file)
        if any(field.error for field in fields):
            self.summary.show_problems(fields)
        else:
            self.accept()

    def _file_error(self) -> str | None:
        if not self.file.text:
            return f"Enter a file name, for example council{DATABASE_ENDING}"
        path = self._path()
        try:
            check_place(path)
        except UnusablePlace as error:
            return f"{error.message}. {error.fix}"
        if path.exists():
            return f"There is already a file {path.name}. Choose another name, or open that file"
        if not path.parent.is_dir():
            return f"There is no folder {path.parent}. Choose a folder that is there"
        return None


def _free_path(path: Path) -> Path:
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_stem(f"{path.stem}-{number}")
    return free
