"""What a person without a mouse, or with a screen reader, would complain about in a window."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QRect, Qt
from PySide6.QtGui import QAccessible, QAction, QImage, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QScrollBar,
    QTextEdit,
    QToolButton,
    QWidget,
)

from tomsapp.gui.theme import current_theme
from tomsapp.gui.tokens import TITLE_BAR
from tomsapp.gui.widgets.buttons import COPY, TAB, TABS, TOLD_AS, ElidedButton
from tomsapp.gui.widgets.fields import Field
from tomsapp.gui.widgets.form_dialog import FormDialog
from tomsapp.gui.widgets.heard import HeardSelection
from tomsapp.gui.widgets.text import Text

LEAST_TARGET = 24
"""Least side of what is clicked, in px (WCAG 2.2, 2.5.8)."""
MOST_STEPS = 400
ROLE = QAccessible.Role
_ROLES = (
    (QCheckBox, {ROLE.CheckBox}),
    (QRadioButton, {ROLE.RadioButton}),
    (QToolButton, {ROLE.Button, ROLE.ButtonMenu, ROLE.CheckBox, ROLE.PageTab, ROLE.RadioButton}),
    (QAbstractButton, {ROLE.Button, ROLE.ButtonMenu, ROLE.CheckBox, ROLE.PageTab, ROLE.RadioButton, ROLE.Link}),
    (QComboBox, {ROLE.ComboBox}),
    (QLineEdit, {ROLE.EditableText}),
    (QPlainTextEdit, {ROLE.EditableText, ROLE.StaticText}),
    (QTextEdit, {ROLE.EditableText, ROLE.StaticText, ROLE.Document}),
    (QAbstractSpinBox, {ROLE.SpinBox}),
    (QHeaderView, {ROLE.Client, ROLE.ColumnHeader}),
    (QAbstractItemView, {ROLE.Table, ROLE.List, ROLE.Tree}),
    (QLabel, {ROLE.StaticText, ROLE.Graphic, ROLE.Heading}),
    (QAbstractScrollArea, {ROLE.Pane, ROLE.Grouping, ROLE.Client}),
)


def says(widget, what=QAccessible.Text.Name) -> str:
    """What a screen reader is told about a widget."""
    found = QAccessible.queryAccessibleInterface(widget)
    return found.text(what) if found is not None else ""


def role_of(widget):
    found = QAccessible.queryAccessibleInterface(widget)
    return found.role() if found is not None else ROLE.NoRole


def tag(widget) -> str:
    """A widget in a failure's words."""
    text = widget.text() if hasattr(widget, "text") and callable(widget.text) else ""
    parents = []
    parent = widget.parentWidget()
    while parent is not None and len(parents) < 3:
        parents.append(type(parent).__name__)
        parent = parent.parentWidget()
    return f"{type(widget).__name__} “{says(widget) or text}” in {' < '.join(parents)}"


def _is_part(widget) -> bool:
    """A part of another control: the line of a combo box, the viewport of a table."""
    return isinstance(widget.parentWidget(), (QComboBox, QAbstractSpinBox))


def stops(top) -> list[QWidget]:
    """Every control under `top` that Tab should reach."""
    found = [top, *top.findChildren(QWidget)]
    return [w for w in found if is_stop(w) and w.window() is top.window()]


def is_stop(widget) -> bool:
    return (
        bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and widget.isVisible()
        and widget.isEnabled()
        and widget.focusProxy() is None
        and not widget.isWindow()
        and not _is_part(widget)
    )


def control_of(widget):
    """The control that a person would say has the keyboard."""
    return widget.parentWidget() if widget is not None and _is_part(widget) else widget


def settle() -> None:
    for _ in range(3):
        QApplication.processEvents()


# Names, roles, sizes


def nameless(top) -> list[str]:
    return [tag(w) for w in stops(top) if not says(w).strip()]


def misfits(top) -> list[str]:
    """Controls whose role is not what they are."""
    wrong = []
    for widget in stops(top):
        role = role_of(widget)
        allowed = next((roles for kind, roles in _ROLES if isinstance(widget, kind)), None)
        if isinstance(widget, QAbstractButton) and is_one_of_several(widget):
            allowed = {ROLE.PageTab, ROLE.RadioButton}
        plain = role in {ROLE.NoRole, ROLE.Client, ROLE.Border, ROLE.Pane, ROLE.Window}
        if (allowed is not None and role not in allowed) or (allowed is None and plain):
            wrong.append(f"{tag(widget)} is {role.name}")
    return wrong


def told_otherwise(top) -> list[str]:
    """What is to be told as something else than Qt takes it for, and is not."""
    wanted = {TAB: ROLE.PageTab, TABS: ROLE.PageTabList, COPY: ROLE.NoRole}
    found = [(each, wanted.get(each.property(TOLD_AS))) for each in top.findChildren(QWidget)]
    return [f"{tag(each)} is {role_of(each).name}" for each, role in found if role not in (None, role_of(each))]


def is_one_of_several(button) -> bool:
    """Whether pressing it lets go of another."""
    return button.isCheckable() and button.group() is not None and len(button.group().buttons()) > 1


def deaf_views(top) -> list[str]:
    """Tables and lists that do not hear what assistive technology chooses in them."""
    views = [v for v in top.findChildren(QAbstractItemView) if v.isVisible() and is_shown_for_itself(v)]
    return [tag(v) for v in views if not isinstance(v.selectionModel(), HeardSelection)]


def too_small(top) -> list[str]:
    found = [w for w in top.findChildren(QWidget) if is_target(w)]
    return [f"{tag(w)} is {w.width()} × {w.height()}" for w in found if min(w.width(), w.height()) < LEAST_TARGET]


def cut(top) -> list[str]:
    """Fields with less height than they hold, so that an edge is not drawn; areas and buttons that are too narrow."""
    areas = [w for w in top.findChildren(QScrollArea) if w.isVisible() and w.widget() is not None]
    beside = [
        f"{tag(area)} is {area.widget().width() - area.viewport().width()} px narrower than what it holds"
        for area in areas
        if area.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        and area.widget().width() > area.viewport().width()
    ]
    fields = [w for kind in (QLineEdit, QPlainTextEdit, QComboBox) for w in top.findChildren(kind) if w.isVisible()]
    buttons = [w for w in top.findChildren(QPushButton) if w.isVisible() and not isinstance(w, ElidedButton)]
    beside += [
        f"{tag(w)} is {w.sizeHint().width() - w.width()} px narrower than its words"
        for w in buttons
        if w.width() < w.sizeHint().width()
    ]
    return beside + [
        f"{tag(w)} stands {w.geometry().bottom() - w.parentWidget().height() + 1} px below what holds it"
        for w in fields
        if w.geometry().bottom() >= w.parentWidget().height()
    ]


def out_of_line(dialog) -> list[str]:
    """Labels of a dialog that do not begin where its heading does, and fields that do not end where its buttons do."""
    headings = [w for w in dialog.findChildren(Text) if w.isVisible() and w.font() == current_theme().font("h2")]
    fields = [w for w in dialog.findChildren(Field) if w.isVisible()]
    if not headings or not fields:
        return []
    labels = [w for field in fields for w in field.findChildren(QLabel) if w.isVisible() and w.text() == field.label]
    first = min(labels, key=lambda label: _edges(label, dialog)[0])
    apart = _edges(first, dialog)[0] - _edges(headings[0], dialog)[0]
    found = [f"{tag(first)} begins {apart} px beside the heading"] if apart else []
    buttons = [w for w in dialog.findChildren(QPushButton) if w.isVisible()]
    last = max(buttons, key=lambda w: w.mapTo(dialog, w.rect().bottomRight()).y())
    beside = [w for w in buttons if w.parentWidget() is last.parentWidget()]
    ends = max(_edges(each, dialog)[1] for each in [*fields, *beside])
    most = max(_edges(field, dialog)[1] for field in fields)
    scrolls = any(w.isVisible() and w.orientation() == Qt.Orientation.Vertical for w in dialog.findChildren(QScrollBar))
    if most < ends and not scrolls:
        found.append(f"the fields end {ends - most} px before the buttons")
    return found


def misfitted(dialog) -> list[str]:
    """A dialog that is lower than its fields, though the screen is not, or has a gap below them."""
    if not isinstance(dialog, FormDialog):
        return []
    area = dialog.findChild(QScrollArea)
    most = dialog.screen().availableGeometry().height() - TITLE_BAR
    hidden = area.verticalScrollBar().maximum()
    if hidden and dialog.height() < most:
        return [f"{hidden} px of the fields are hidden, though the screen has room"]
    last = max(w.mapTo(area, w.rect().bottomLeft()).y() for w in area.widget().findChildren(QWidget) if w.isVisible())
    empty = area.height() - last
    return [f"{empty} px below the fields are empty"] if empty > LEAST_TARGET else []


def _edges(widget, dialog) -> tuple[int, int]:
    """Where what a widget holds begins and ends, from left to right."""
    inside = widget.contentsRect()
    return widget.mapTo(dialog, inside.topLeft()).x(), widget.mapTo(dialog, inside.topRight()).x()


def is_target(widget) -> bool:
    return (
        widget.isVisible()
        and not isinstance(widget, QScrollBar)
        and not _is_part(widget)
        and (isinstance(widget, QAbstractButton) or bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus))
        and not isinstance(widget.parentWidget(), (QLineEdit, QAbstractItemView))
    )


# Walking with Tab


@dataclass
class Walk:
    """Where Tab led, from the top until it came round."""

    visited: list
    came_round: bool
    unseen: list
    places: list


def walk(top, key=Qt.Key.Key_Tab, held=Qt.KeyboardModifier.NoModifier, *, look=False) -> Walk:
    """Press Tab until it comes to where it began."""
    window = top.window()
    window.activateWindow()
    settle()
    visited, unseen, places = [], [], []
    for _ in range(MOST_STEPS):
        before = QApplication.focusWidget()
        if look and visited and before is not None and not shows_focus(before):
            unseen.append(tag(before))
        step(before or window, key, held)
        now = control_of(QApplication.focusWidget())
        if now is None:
            return Walk(visited, False, unseen, places)
        if now in visited:
            return Walk(visited, now is visited[0], unseen, places)
        visited.append(now)
        places.append(QRect(now.mapTo(now.window(), now.rect().topLeft()), now.size()))
    return Walk(visited, False, unseen, places)


def climbs(way: Walk) -> list[str]:
    """Where Tab goes from a control to one that people read before it: above it, and not in a column at its right."""
    visited, places = way.visited, way.places
    pairs = zip(visited, places, visited[1:] + visited[:1], places[1:] + places[:1], strict=True)
    return [
        f"from {tag(before)} to {tag(after)}"
        for before, old, after, new in pairs
        if new.bottom() < old.top() and new.left() <= old.right()
    ]


def step(widget, key, held) -> None:
    """Press Tab once; a table that takes Tab for its cells is left with the key that it names."""
    QTest.keyClick(widget, key, held)
    settle()
    if QApplication.focusWidget() is widget and isinstance(widget, QAbstractItemView):
        told = says(widget, QAccessible.Text.Description)
        assert "Ctrl+Tab" in told, f"{tag(widget)} keeps the keyboard and does not say how to leave: {told}"
        QTest.keyClick(widget, key, held | Qt.KeyboardModifier.ControlModifier)
        settle()


def shows_focus(widget) -> bool:
    """Whether the window differs by the keyboard being in a widget."""
    window = widget.window()
    at = QRect(widget.mapTo(window, widget.rect().topLeft()), widget.size()).adjusted(-8, -8, 8, 8)
    with_focus = picture(window, at)
    widget.clearFocus()
    settle()
    without = picture(window, at)
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    settle()
    return with_focus != without


def picture(window, at) -> QImage:
    return window.grab(at.intersected(window.rect())).toImage()


def other_dialog():
    shown = [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]
    return shown[-1] if shown else None


# Shortcuts


def live_shortcuts(window) -> dict[str, list[str]]:
    """Keys that do something now, with the words of what they do; a key for one widget alone is left out."""
    found: dict[str, list[str]] = {}
    for action in window.findChildren(QAction):
        if action.shortcutContext() != Qt.ShortcutContext.WidgetShortcut and is_live(action):
            for key in action.shortcuts():
                found.setdefault(key.toString(), []).append(action.text())
    for shortcut in window.findChildren(QShortcut):
        if shortcut.isEnabled() and shortcut.parent().isVisible():
            found.setdefault(shortcut.key().toString(), []).append(tag(shortcut.parent()))
    return found


def is_live(action) -> bool:
    """Whether the keys of an action work now: something that is in view holds it."""
    if not (action.isEnabled() and action.isVisible()):
        return False
    holders = action.associatedObjects()
    menus = [holder for holder in holders if isinstance(holder, QMenu)]
    shown = any(isinstance(h, QWidget) and h.isVisible() for h in holders if h not in menus)
    return shown or any(is_live(menu.menuAction()) for menu in menus)


# Tables, pictures, painted things


def silent_cells(top) -> list[str]:
    """Cells with something in them of which a screen reader is told nothing."""
    found = []
    for view in top.findChildren(QAbstractItemView):
        model = view.model()
        if not view.isVisible() or model is None or not is_shown_for_itself(view):
            continue
        for row in range(min(model.rowCount(), 60)):
            for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount()):
                index = model.index(row, column)
                spoken = str(index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data() or "").strip()
                # A head alone, "Returned on,", says as little as nothing.
                if index.flags() & Qt.ItemFlag.ItemIsSelectable and (not spoken or spoken.endswith(",")):
                    found.append(f"{tag(view)} row {row} column {column}")
    return found


def is_shown_for_itself(view) -> bool:
    return not isinstance(view.parentWidget(), QComboBox) and not isinstance(view, QHeaderView)


def pictures_without_words(top) -> list[str]:
    """Labels with a picture alone that are no decoration: an icon that says a state needs words beside it."""
    labels = [w for w in top.findChildren(QLabel) if w.isVisible() and not w.pixmap().isNull() and not says(w)]
    return [tag(w) for w in labels if not has_words_beside(w)]


def has_words_beside(picture) -> bool:
    around = picture.parentWidget()
    words = [w for w in around.findChildren(QLabel) if w is not picture and w.text()]
    return bool(words or says(around))
