"""What holds for the council: its name and logo, the menu that new contracts get, its area, and whom to ask."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tomsapp.domain.council import COUNCIL, CouncilSettings
from tomsapp.domain.history import Stored
from tomsapp.domain.menu import EditionStatus
from tomsapp.gui.file_dialogs import FileDialogs
from tomsapp.gui.jobs import Jobs
from tomsapp.gui.records.fact_field import chosen
from tomsapp.gui.records.record_form import RecordForm
from tomsapp.gui.session import Session
from tomsapp.gui.settings.form_tab import FormTab
from tomsapp.gui.settings.logo_field import LogoField
from tomsapp.gui.widgets.fields import ChoiceField
from tomsapp.services import council, menu_library
from tomsapp.services.workspace import Workspace

_Read = tuple[Stored[CouncilSettings], list[menu_library.EditionEntry], list[tuple[str, str]]]
"""The settings, and the menu editions and areas that can be chosen."""


class CouncilForm(RecordForm[CouncilSettings]):
    """The council's facts under each other; menu and edition of new contracts are chosen together."""

    def __init__(self, files: FileDialogs, jobs: Jobs) -> None:
        edition, area = COUNCIL.fact("default_edition"), COUNCIL.fact("area")
        self.logo = LogoField(COUNCIL.fact("logo"), files, jobs)
        self.menu = ChoiceField(COUNCIL.fact("default_menu").label, hint=edition.hint)
        self.area = ChoiceField(area.label, hint=area.hint)
        own = {
            "logo": self.logo.as_fact,
            "default_edition": lambda: chosen(edition, self.menu),
            "area": lambda: chosen(area, self.area),
        }
        super().__init__(COUNCIL, own)

    def value_of(self, record: CouncilSettings, name: str) -> Any:
        """A fact as its field shows it."""
        if name == "default_edition":
            return f"{record.default_menu}/{record.default_edition}"
        return super().value_of(record, name)

    def record_of(self, before: CouncilSettings, values: Mapping[str, Any]) -> CouncilSettings:
        """The settings as the fields say."""
        given = dict(values)
        if given.get("default_edition"):
            given["default_menu"], _, given["default_edition"] = given["default_edition"].partition("/")
        return super().record_of(before, given)


class CouncilTab(FormTab[CouncilSettings]):
    """What is said of the council, which documents print."""

    def __init__(self, session: Session) -> None:
        self.form = CouncilForm(FileDialogs(session.kept), session.jobs)
        super().__init__("Council", session, self.form, council.SETTINGS)

    def load(self) -> None:
        """Read the settings; what was typed and not saved is put back over them."""
        self._session.read(_read, key="settings-council").success(self._on_read).start()

    def _on_read(self, read: _Read) -> None:
        self.editor.flush()
        stored, editions, areas = read
        usable = [entry for entry in editions if entry.status is EditionStatus.PUBLISHED]
        self.form.menu.set_options([(f"{entry.code}/{entry.edition}", entry.name) for entry in usable])
        self.form.area.set_options([("", "None"), *areas])
        self.editor.show_record(stored)


def _read(workspace: Workspace) -> _Read:
    areas = [(code, workspace.catalogue.area(code).title) for code in workspace.catalogue.area_names()]
    return council.get_settings(workspace), menu_library.list_editions(workspace), areas
