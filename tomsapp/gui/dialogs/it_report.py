"""The report that a user sends to the IT department: on the clipboard at once, and shown before it is sent."""

from __future__ import annotations

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget

from tomsapp.gui.session import Session
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.dialog_parts import close_button, open_once, take_room, text_to_read
from tomsapp.gui.widgets.layouts import DIALOG_MARGINS, in_column
from tomsapp.gui.widgets.text import Text
from tomsapp.services.it_report import it_report

COPY_REPORT = "Copy a report for IT"
_SAID = (
    "It is on the clipboard: paste it into your message to them. It tells of the program and this computer, and names "
    "nobody, no database and no contract."
)


class ItReportDialog(QDialog):
    """Says that the report is on the clipboard, and shows all of it."""

    def __init__(self, report: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Report for your IT department")
        self.report = text_to_read("The report", report)
        take_room(self, current_theme().px(760), current_theme().px(620))
        buttons = close_button(self)
        copy = buttons.addButton("Copy again", QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(self.copy)
        title = Text("Report for your IT department", "h2")
        in_column(title, Text(_SAID, wrap=True), (self.report, 1), buttons, inside=self, margins=DIALOG_MARGINS, gap=12)
        self.copy()

    def copy(self) -> None:
        """Put the report on the clipboard."""
        QGuiApplication.clipboard().setText(self.report.toPlainText())


def copy_it_report(session: Session, parent: QWidget) -> None:
    """Put the report together, then on the clipboard, and show it."""
    window = _window_lines()
    job = session.jobs.run(lambda _progress: it_report(session.policies, window), database=False, key="it-report")
    job.success(lambda report: open_once(ItReportDialog(report, parent))).start()


def _window_lines() -> list[str]:
    theme = current_theme()
    screens = [
        f"{screen.size().width()} × {screen.size().height()} px at {screen.devicePixelRatio():.0%}"
        for screen in QGuiApplication.screens()
    ]
    contrast = ", colours of the system" if theme.is_plain else ""
    return [
        f"Qt {qVersion()}, {QGuiApplication.platformName()}",
        f"screens: {'; '.join(screens)}",
        f"theme {theme.name}, text {theme.text_size}%, rows {theme.density_name}{contrast}",
    ]
