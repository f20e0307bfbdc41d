"""What this program is, under which licence, and where to read more."""

from __future__ import annotations

from tomsapp.gui.dialogs.about import show_about
from tomsapp.gui.dialogs.guide import show_guide
from tomsapp.gui.dialogs.it_report import COPY_REPORT, copy_it_report
from tomsapp.gui.session import Session
from tomsapp.gui.settings.form_column import FormColumn
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.edges import LEFT
from tomsapp.gui.widgets.text import Text
from tomsapp.services.it_report import version_words

_SAID = (
    "Free software under the MIT License. Nothing leaves this computer unless you export it. The program never asks "
    "whether there is a later version."
)


class AboutTab(FormColumn):
    """Version with its day, and the ways to the licences, the guide and the report for IT."""

    def __init__(self, session: Session) -> None:
        super().__init__("About")
        self.licences = Button("Licences and sources", does=lambda: show_about(session, self))
        self.guide = Button("Read the 5-minute guide", does=lambda: show_guide(self))
        self.report = Button(COPY_REPORT, does=lambda: copy_it_report(session, self))
        heading = Text(f"Social value calculator {version_words()}", "h2", wrap=True)
        said = Text(_SAID, wrap=True)
        self.fill(heading, said, (self.licences, LEFT), (self.guide, LEFT), (self.report, LEFT))
