"""Tab in reading order, also through what came into a window later."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget


def go_as_laid_out(inside: QWidget, *, forwards: bool) -> bool:
    """Move the keyboard to the next stop in the order of the layouts; False where it stands at none of them.

    Qt goes in the order in which things came into the window, so that what is made later follows the last button.
    """
    stops = [one for one in _stops(inside) if one.isVisibleTo(inside) and one.isEnabled()]
    now = inside.focusWidget()
    if now not in stops:
        return False
    step, reason = (1, Qt.FocusReason.TabFocusReason) if forwards else (-1, Qt.FocusReason.BacktabFocusReason)
    stops[(stops.index(now) + step) % len(stops)].setFocus(reason)
    return True


def _stops(widget: QWidget) -> Iterator[QWidget]:
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
        yield widget
    layout = widget.layout()
    parts = _laid_out(layout) if layout is not None else (one for one in widget.children() if isinstance(one, QWidget))
    for part in parts:
        if not part.isWindow():
            yield from _stops(part)


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    """The widgets of a layout and of those in it, in their order."""
    for place in range(layout.count()):
        item = layout.itemAt(place)
        within, widget = (item.layout(), item.widget()) if item is not None else (None, None)
        if within is not None:
            yield from _laid_out(within)
        elif widget is not None:
            yield widget
