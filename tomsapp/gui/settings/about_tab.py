"""What this program is, under which licence, and where to read more."""

from __future__ import annotations

from tomsapp import __version__
from tomsapp.gui.dialogs.about import show_about
from tomsapp.gui.dialogs.guide import show_guide
from tomsapp.gui.session import Session
from tomsapp.gui.settings.form_column import FormColumn
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.edges import LEFT
from tomsapp.gui.widgets.text import Text


class AboutTab(FormColumn):
    """Version, and the ways to the licences and the guide."""

    def __init__(self, session: Session) -> None:
        super().__init__("About")
        self.licences = Button("Licences and sources", does=lambda: show_about(session, self))
        self.guide = Button("Read the 5-minute guide", does=lambda: show_guide(self))
        sentence = "Free software under the MIT License. Nothing leaves this computer unless you export it."
        heading = Text(f"Social value calculator {__version__}", "h2")
        self.fill(heading, Text(sentence, wrap=True), (self.licences, LEFT), (self.guide, LEFT))
