"""The five-minute guide, which ships with the program."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette, QTextCursor
from PySide6.QtWidgets import QDialog, QTextBrowser, QWidget

from tomsapp.config.paths import resources_dir
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.dialog_parts import close_button, take_room
from tomsapp.gui.widgets.layouts import in_column


class GuideDialog(QDialog):
    """Shows the guide as text that can be read aloud, searched and copied."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Five-minute guide")
        theme = current_theme()
        take_room(self, theme.px(660), theme.px(620))
        self.browser = QTextBrowser()
        self.browser.setOpenLinks(False)
        self.browser.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.browser.setAccessibleName("Five-minute guide")
        self.browser.document().setDocumentMargin(theme.px(20))
        self.browser.setMarkdown((resources_dir() / "guide.md").read_text(encoding="utf-8"))
        theme.follow(self._dress)
        in_column((self.browser, 1), close_button(self), inside=self, margins=(16, 16, 16, 16), gap=12)

    def _dress(self) -> None:
        """Take the look of the program, which may change while the guide stands beside the window."""
        theme = current_theme()
        self.browser.setFont(theme.font("body"))
        palette = self.browser.palette()
        palette.setColor(QPalette.ColorRole.Base, QColor(theme.colours.surface))
        palette.setColor(QPalette.ColorRole.Text, QColor(theme.colours.text))
        self.browser.setPalette(palette)
        self._dress_headings()

    def _dress_headings(self) -> None:
        """Give headings the house's fonts: Markdown knows only larger and smaller."""
        theme = current_theme()
        block = self.browser.document().begin()
        while block.isValid():
            level = block.blockFormat().headingLevel()
            if level:
                cursor = QTextCursor(block)
                cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
                kept = cursor.charFormat()
                kept.setFont(theme.font("h1" if level == 1 else "h2"))
                cursor.setCharFormat(kept)
                shape = block.blockFormat()
                shape.setTopMargin(theme.px(0 if level == 1 else 14))
                shape.setBottomMargin(theme.px(4))
                cursor.setBlockFormat(shape)
            block = block.next()


def show_guide(parent: QWidget) -> GuideDialog:
    """Open the guide beside the window."""
    dialog = GuideDialog(parent)
    dialog.finished.connect(dialog.deleteLater)
    dialog.show()
    return dialog
