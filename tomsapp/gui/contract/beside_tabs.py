"""What stands beside the tabs of a contract: all of it where there is room, else without what the Actions menu has."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QSizePolicy, QWidget

from tomsapp.gui.tokens import PAGE_MARGIN
from tomsapp.gui.widgets.layouts import in_row

_GAP = 8


class BesideTabs(QWidget):
    """A row of controls at the right of the tabs, which it never squeezes.

    Args:
        header: holds the tabs and this row, from edge to edge of the page.
        tabs: the tabs, whose words are always shown in full.
        short: stands first, and can do with less room than it would like.
        kept: stand here whenever they are shown.
        spare: are left out where there is no room for them, the last ones first.
    """

    def __init__(
        self, header: QWidget, tabs: QWidget, short: QWidget, kept: tuple[QWidget, ...], spare: tuple[QWidget, ...]
    ) -> None:
        super().__init__()
        self._header, self._tabs, self._short, self._kept = header, tabs, short, kept
        self._wanted = dict.fromkeys(spare, False)
        in_row(short, *kept, *spare, inside=self, gap=_GAP)
        for widget in (*kept, *spare):
            widget.setSizePolicy(QSizePolicy.Policy.Fixed, widget.sizePolicy().verticalPolicy())
        for widget in spare:
            widget.hide()
        header.installEventFilter(self)

    def want(self, widget: QWidget, *, is_wanted: bool) -> None:
        """Say whether one of those that can be left out is to stand here."""
        self._wanted[widget] = is_wanted
        self.fit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Follow the width of the header, and what is shown in it."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self.fit()
        return False

    def fit(self) -> None:
        """Show as many as there is room for."""
        room = self._header.width() - 2 * PAGE_MARGIN - _GAP - self._tabs.sizeHint().width()
        if not self._short.isHidden():
            room -= self._short.minimumSizeHint().width() + _GAP
        room -= sum(widget.sizeHint().width() + _GAP for widget in self._kept if not widget.isHidden())
        for widget, is_wanted in self._wanted.items():
            room -= widget.sizeHint().width() + _GAP if is_wanted else 0
            fits = is_wanted and room >= 0
            if fits is widget.isHidden():
                widget.setVisible(fits)
