"""How large a window is on a screen, when it is first opened and at least."""

from PySide6.QtCore import QSize

from tomsapp.gui.tokens import LEAST_HEIGHT, LEAST_WIDTH, TITLE_BAR


def least_size(available: QSize) -> QSize:
    """How small the window can be made: what its pages are drawn for, or what the screen has for it and its frame."""
    return QSize(LEAST_WIDTH, LEAST_HEIGHT).boundedTo(available - QSize(0, TITLE_BAR))


def first_size(available: QSize) -> QSize:
    """How large the window is when it is first opened: no larger than the screen leaves room for it and its frame."""
    room = available - QSize(0, TITLE_BAR)
    return QSize(1366, 768).boundedTo(room).expandedTo(least_size(available))
