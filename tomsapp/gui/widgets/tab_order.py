"""Tab in reading order, also through what came into a window later."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from tomsapp.gui.widgets.layouts import laid_out


def go_as_laid_out(inside: QWidget, *, forwards: bool) -> bool:
    """Move the keyboard to the next stop in the order of the layouts; False where it stands at none of them.

    Qt goes in the order in which things came into the window, so that what is made later follows the last button.
    """
    now = inside.focusWidget()
    # Qt asks too when a page is left with the keyboard on it; to look through the whole window would delay the next.
    if now is None or not now.isVisibleTo(inside):
        return False
    stops = [one for one in _stops(inside) if one.isVisibleTo(inside) and one.isEnabled()]
    if now not in stops:
        return False
    step, reason = (1, Qt.FocusReason.TabFocusReason) if forwards else (-1, Qt.FocusReason.BacktabFocusReason)
    stops[(stops.index(now) + step) % len(stops)].setFocus(reason)
    return True


def _stops(widget: QWidget) -> Iterator[QWidget]:
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
        yield widget
    for part in _parts(widget):
        if not part.isWindow():
            yield from _stops(part)


def _parts(widget: QWidget) -> Iterator[QWidget]:
    """What a widget holds: first what is laid out in it, then what stands freely."""
    layout, placed = widget.layout(), list[QWidget]()
    if isinstance(widget, QSplitter):
        placed += [part for place in range(widget.count()) if (part := widget.widget(place)) is not None]
    elif layout is not None:
        placed += laid_out(layout)
    yield from placed
    yield from _as_seen([part for part in widget.children() if isinstance(part, QWidget) and part not in placed])


def _as_seen(parts: Sequence[QWidget]) -> Iterator[QWidget]:
    """What no layout orders, row by row, each from the left."""
    rows: list[list[QWidget]] = []
    for part in sorted(parts, key=lambda one: one.y()):
        if rows and part.y() < rows[-1][0].geometry().bottom():
            rows[-1].append(part)
        else:
            rows.append([part])
    for row in rows:
        yield from sorted(row, key=lambda one: one.x())
