"""What is hidden, struck out or below the table: one row a thing, with its choice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QWidget

from tomsapp.gui.row_paint import words_width
from tomsapp.gui.theme import current_theme, restyle
from tomsapp.gui.widgets.buttons import ElidedButton, SegmentedButton
from tomsapp.gui.widgets.combo import ComboBox
from tomsapp.gui.widgets.layouts import holding, in_column, in_row
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import ElidedText, IconLabel, Text, hairline
from tomsapp.services.table_import import LeftOut, LeftOutKind

_ICONS = {
    LeftOutKind.COLUMN_HIDDEN: "columns-3",
    LeftOutKind.COLUMN_IGNORED: "columns-3",
    LeftOutKind.ROW_HIDDEN: "table-2",
    LeftOutKind.SHEET_HIDDEN: "file-text",
    LeftOutKind.STRUCK_OUT: "minus",
    LeftOutKind.NOTE: "pencil-line",
    LeftOutKind.BELOW_TABLE: "chevron-down",
    LeftOutKind.NO_KEY: "circle-help",
    LeftOutKind.SECOND_COPY: "copy",
    LeftOutKind.EXAMPLE: "circle-help",
    LeftOutKind.WHOLE_CONTRACT: "split",
    LeftOutKind.ASIDE: "table-2",
    LeftOutKind.SUPPLIER: "building-2",
    LeftOutKind.ASKED: "circle-help",
}
_ROW, _SHOWN_ROWS, _AT_ONCE = 39, 4, 5
_BESIDE, _MOST_WIDE = 30, 360
"""Room beside the words of a segment, and of all of them, in px whatever the text size."""


class LeftOutList(QFrame):
    """Each thing is said, and each is the person's choice; the guess is set where the file gives a ground for it."""

    decided = Signal(str, str)
    """The key of a thing, and the key of what is done with it."""
    pointed = Signal(object)
    """The `LeftOut` that the person wants to see in the sheet."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("k", "card")
        self.setAccessibleName("Left out or hidden")
        self._count = Text("", "note_strong", "text_muted")
        self._rows = in_column(gap=0)
        self._area = ScrollArea("Left out or hidden, one by one", holding(self._rows), only_down=True)
        about = Text("each is said, each is your choice", "note", "text_muted")
        head = in_row(Text("Left out or hidden", "h3"), about, (None, 1), self._count, gap=10)
        in_column(holding(head), self._area, inside=self, margins=(16, 8, 12, 8), gap=4)
        self.rows: dict[str, _LeftOutRow] = {}
        """Those that were made so far, by what the choices are kept by."""
        self._things: tuple[LeftOut, ...] = ()
        self._choices: Mapping[str, str] = {}
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._build)
        self.hide()

    def show_things(self, things: Sequence[LeftOut], choices: Mapping[str, str]) -> None:
        """Show the things with what is chosen; a row that stays keeps the keyboard.

        A register may name hundreds of suppliers that are asked about: the rows below those that are seen come in
        slices, between which the window lives.
        """
        self._keep_rows(things)
        self._things, self._choices = tuple(things), choices
        for one in things:
            if one.key in self.rows:
                self.rows[one.key].show_thing(one, one.chosen(choices))
        self._build()
        left = sum(not one.chosen(choices) for one in things)
        found = f"{len(things)} found"
        self._count.setText(f"{found}, {left} to decide" if left else f"{found}, all decided")
        self._count.set_tone("warning" if left else "text_muted")
        self.setVisible(bool(things))
        self._area.setFixedHeight(current_theme().px(_ROW) * min(len(things), _SHOWN_ROWS) + 2)

    def _keep_rows(self, things: Sequence[LeftOut]) -> None:
        """Take away the rows of what is gone, or has other options; all of them where their order is another."""
        options = {one.key: one.options for one in things}
        kept = [one.key for one in self._things if one.key in self.rows and options.get(one.key) == one.options]
        if kept != [key for key in options if key in set(kept)]:
            kept = []
        for key in self.rows.keys() - set(kept):
            row = self.rows.pop(key)
            self._rows.removeWidget(row)
            row.hide()
            row.deleteLater()

    def _build(self, until: str = "") -> None:
        """Make the next rows that are missing; all down to one of them where it is named."""
        left = _AT_ONCE
        for place, one in enumerate(self._things):
            if one.key not in self.rows:
                if not left and not until:
                    self._later.start()
                    return
                left = max(left - 1, 0)
                self._rows.insertWidget(place, self._made(one))
            if one.key == until:
                self._later.start()
                return

    def _made(self, thing: LeftOut) -> _LeftOutRow:
        row = self.rows[thing.key] = _LeftOutRow(thing)
        row.choice.chosen.connect(partial(self.decided.emit, thing.key))
        row.link.clicked.connect(partial(self._point, row))
        row.show_thing(thing, thing.chosen(self._choices))
        return row

    @property
    def things(self) -> tuple[LeftOut, ...]:
        """What is shown, top to bottom."""
        return self._things

    def go_to(self, key: str) -> None:
        """Move the keyboard to the choice of a thing."""
        if any(one.key == key for one in self._things):
            self._build(key)
            row = self.rows[key]
            self._area.ensureWidgetVisible(row)
            row.take_keyboard()

    def _point(self, row: _LeftOutRow, _checked: object = None) -> None:
        self.pointed.emit(row.thing)


class _LeftOutRow(QWidget):
    def __init__(self, thing: LeftOut) -> None:
        super().__init__()
        self.thing = thing
        self._said: tuple[LeftOut, str] | None = None
        self.link = ElidedButton(thing.title, role="note_strong")
        self._detail = ElidedText(thing.detail, "note", "text_muted")
        options = [(option.key, option.label) for option in thing.options]
        is_short = sum(words_width(words, "strong") + _BESIDE for _, words in options) <= _MOST_WIDE
        self.choice = (SegmentedButton if is_short else _Chooser)(f"What is done: {thing.title}", options)
        icon = IconLabel(_ICONS[thing.kind], "warning_mark", 17)
        in_column(
            hairline(),
            in_row(icon, self.link, (self._detail, 1), self.choice, gap=10),
            inside=self,
            margins=(0, 0, 4, 2),
            gap=2,
        )

    def show_thing(self, thing: LeftOut, chosen: str) -> None:
        """Show what it comes to, and what is chosen; nothing is set where nobody decided."""
        if (thing, chosen) == self._said:
            return
        self.thing, self._said = thing, (thing, chosen)
        self._detail.setText(thing.detail)
        self.choice.choose(_option(thing, chosen))
        restyle(self.choice, "open", "false" if chosen else "true")
        self.setAccessibleName(f"{thing.title}. {thing.detail}. {'' if chosen else 'To decide'}")

    def take_keyboard(self) -> None:
        """Move the keyboard to the choice."""
        self.choice.take_keyboard(Qt.FocusReason.OtherFocusReason)


class _Chooser(QWidget):
    """A list of options that have no room side by side."""

    chosen = Signal(str)
    """The key of the option that the user chose."""

    def __init__(self, name: str, options: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._keys = [key for key, _ in options]
        self._box = ComboBox()
        self._box.setAccessibleName(name)
        self._box.addItems([words for _, words in options])
        self._box.setPlaceholderText("Choose")
        self._box.activated.connect(self._on_activated)
        self.setFocusProxy(self._box)
        in_row(self._box, inside=self)

    def choose(self, key: str) -> None:
        """Show an option without a signal, or none."""
        self._box.setCurrentIndex(self._keys.index(key) if key in self._keys else -1)

    def take_keyboard(self, reason: Qt.FocusReason) -> None:
        """Move the keyboard to the list."""
        self._box.setFocus(reason)

    def _on_activated(self, place: int) -> None:
        self.chosen.emit(self._keys[place])


def _option(thing: LeftOut, chosen: str) -> str:
    """The key of the option that was chosen; where it asks for more, that follows its colon."""
    keys = [one.key for one in thing.options]
    return next((key for key in keys if chosen == key or (key.endswith(":") and chosen.startswith(key))), "")
