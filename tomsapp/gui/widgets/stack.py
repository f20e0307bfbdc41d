"""Pages over each other, of which one is shown."""

from __future__ import annotations

from PySide6 import QtCore
from PySide6.QtWidgets import QStackedWidget, QWidget


class Stack(QStackedWidget):
    """A stack that dresses and measures its pages when it is shown.

    Qt does so at once with the first page that is added: while a window is built from the inside outwards, all that is
    in it would be dressed anew each time that it comes into something larger, five times over in some pages.
    """

    def addWidget(self, page: QWidget) -> int:
        """Add a page; the first is the one that is shown with the stack."""
        page.setParent(self)
        page.setAttribute(QtCore.Qt.WidgetAttribute.WA_WState_ExplicitShowHide, not self.isVisible())
        return super().addWidget(page)
