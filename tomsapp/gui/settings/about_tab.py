"""What this program is, under which licence, and where to read more."""

from __future__ import annotations

from tomsapp import __version__
from tomsapp.gui.dialogs.about import AboutDialog
from tomsapp.gui.dialogs.guide import show_guide
from tomsapp.gui.session import Session
from tomsapp.gui.settings.form_column import FormColumn
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.layouts import LEFT
from tomsapp.gui.widgets.text import Text
from tomsapp.services import menus


class AboutTab(FormColumn):
    """Version, and the ways to the licences and the guide."""

    def __init__(self, session: Session) -> None:
        super().__init__("About")
        self._session = session
        self._dialog: AboutDialog | None = None
        self.licences = Button("Licences and sources", does=self._on_licences)
        self.guide = Button("Read the 5-minute guide", does=self._on_guide)
        sentence = "Free software under the MIT License. Nothing leaves this computer unless you export it."
        heading = Text(f"Social value calculator {__version__}", "h2")
        self.fill(heading, Text(sentence, wrap=True), (self.licences, LEFT), (self.guide, LEFT))

    def _on_licences(self) -> None:
        catalogue = self._session.catalogue
        job = self._session.jobs.run(lambda _progress: menus.attributions(catalogue), database=False, key="about")
        job.success(self._show).start()

    def _show(self, attributions: list[menus.Attribution]) -> None:
        self._dialog = AboutDialog(attributions, self)
        self._dialog.finished.connect(self._dialog.deleteLater)
        self._dialog.show()

    def _on_guide(self) -> None:
        show_guide(self)
