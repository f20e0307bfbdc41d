"""About the program: its version, the licences of its parts, and where its figures were published."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from tomsapp.config.paths import resources_dir
from tomsapp.gui.session import Session
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.buttons import SegmentedButton
from tomsapp.gui.widgets.dialog_parts import close_button, take_room, text_to_read
from tomsapp.gui.widgets.layouts import DIALOG_MARGINS, in_column, stack_of
from tomsapp.gui.widgets.text import Text
from tomsapp.services.it_report import version_words
from tomsapp.services.menus import Attribution, attributions

_VIEWS = (("figures", "Sources of the figures"), ("program", "Licences of the program"))


class AboutDialog(QDialog):
    """Version, then two texts to read or copy: attributions of the data, and licences of the software."""

    def __init__(self, published: list[Attribution], parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle("About and licences")
        theme = current_theme()
        take_room(self, theme.px(760), theme.px(620))
        self.figures = text_to_read("Sources of the figures", "\n\n".join(map(_lines, published)))
        licences = (resources_dir() / "licences.txt").read_text(encoding="utf-8")
        self.program = text_to_read("Licences of the program", licences)
        self._stack = stack_of(self.figures, self.program)
        self.views = SegmentedButton("What to read", _VIEWS)
        self.views.chosen.connect(self._on_view)
        title = Text(f"Social value calculator {version_words()}", "h2", wrap=True)
        sentence = (
            "Values, compares and publishes the social value that suppliers promise to a council. "
            "Free software under the MIT License: you may use, copy, change and share it."
        )
        parts = title, Text(sentence, wrap=True), self.views, (self._stack, 1), close_button(self)
        in_column(*parts, inside=self, margins=DIALOG_MARGINS, gap=12)

    def _on_view(self, key: object) -> None:
        self._stack.setCurrentWidget(self.figures if key == "figures" else self.program)


def show_about(session: Session, parent: QWidget) -> None:
    """Read where the figures of the menus were published, then open the dialog."""

    def show(published: list[Attribution]) -> None:
        dialog = AboutDialog(published, parent)
        dialog.finished.connect(dialog.deleteLater)
        dialog.show()

    job = session.jobs.run(lambda _progress: attributions(session.catalogue), database=False, key="about")
    job.success(show).start()


def _lines(one: Attribution) -> str:
    parts = (one.title, one.publisher_and_year, one.licence, one.attribution, one.address)
    return "\n".join(part for part in parts if part)
