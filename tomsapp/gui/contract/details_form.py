"""The details of one line: place, share, statement, cost, and the promise per pound of a framework contract."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tomsapp.config.preferences import Preferences
from tomsapp.domain.area import Area
from tomsapp.domain.commitment import OUTSIDE_AREA, WHOLE_AREA, Commitment, Rate
from tomsapp.domain.contract import ContractKind
from tomsapp.domain.errors import TomsError
from tomsapp.domain.menu import Measure
from tomsapp.domain.money import decimal_places, read_number
from tomsapp.domain.wording import format_percent, format_quantity
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.fields import GUTTER, ChoiceField, Field, LineField, TextField
from tomsapp.gui.widgets.problems import ErrorSummary
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import Text

_Reader = Callable[[str], Decimal]
_DRAFTS = "line_details_drafts"
_HUNDRED = Decimal(100)


class DetailsForm(QWidget):
    """Edits a copy of a line; typing is kept as a draft until it is saved or discarded."""

    saved = Signal(str, object)
    """A commitment's key, and the commitment as it should be."""
    closed = Signal()

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self._preferences = preferences
        self._line: Commitment | None = None
        self._draft_key = ""
        self._title = Text("", "h3", wrap=True)
        self._subtitle = Text("", "note", "text_muted", wrap=True)
        self._note = Text(
            "Your typing is kept in a draft, even if the program closes.", "note", "text_muted", wrap=True
        )
        self._summary = ErrorSummary()
        self.place = ChoiceField("Place", (), "Where it will be delivered")
        self.share = LineField("Share", "The part that this contract may claim, for example 50%", max_length=20)
        self.statement = TextField("Statement", "How, when and with whom it will be delivered", lines=5)
        self.cost = LineField("Cost", "What it costs the supplier in pounds, if it is known", max_length=30)
        self.rate_quantity = LineField("Promise per pound", "How many, for example 2", max_length=30)
        self.rate_per = LineField("For every", "Pounds of spend, for example 1000000.00", max_length=30)
        self.fields: dict[str, Field] = {
            "place": self.place,
            "contract_share": self.share,
            "statement": self.statement,
            "cost": self.cost,
            "rate": self.rate_quantity,
            "rate_per": self.rate_per,
        }
        self.save_button = Button("Save details", "primary")
        self.discard_button = Button("Discard changes")
        self._build()

    def _build(self) -> None:
        fields = QWidget()
        inside = QVBoxLayout(fields)
        inside.setContentsMargins(0, 0, 8, 0)
        inside.setSpacing(12)
        for widget in (self._summary, *self.fields.values(), self._note):
            inside.addWidget(widget)
        inside.addStretch(1)
        area = ScrollArea("Details", fields)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        foot = QHBoxLayout()
        foot.setContentsMargins(GUTTER, 0, 0, 0)
        foot.setSpacing(8)
        foot.addWidget(self.save_button)
        foot.addWidget(self.discard_button)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(self._subtitle)
        column.addWidget(area, 1)
        column.addLayout(foot)
        self.save_button.clicked.connect(self.save)
        self.discard_button.clicked.connect(self.discard)
        for field in self.fields.values():
            field.edited.connect(self._keep_draft)
            field.left.connect(self._check)

    # Showing

    def show_line(
        self, contract: str, line: Commitment, measure: Measure | None, kind: ContractKind, area: Area | None
    ) -> None:
        """Show the details of a line of `contract` (its name among the drafts)."""
        self._line = line
        self._draft_key = f"{contract}/{line.key}"
        name = f"{line.measure} {measure.title}" if measure else line.measure
        self._title.setText("Line details")
        self._subtitle.setText(name)
        self.setAccessibleName(f"Details of {name}")
        self.place.set_options(_places(line, area))
        is_framework = kind is ContractKind.FRAMEWORK or line.rate is not None
        self.rate_quantity.setVisible(is_framework)
        self.rate_per.setVisible(is_framework)
        self._fill(self._texts_of(line))
        draft = self._drafts().get(self._draft_key)
        if isinstance(draft, dict):
            self._fill({key: str(text) for key, text in draft.items()})
        self._summary.show_problems([])
        self._say_state()

    def focus_field(self, name: str) -> None:
        """Move the keyboard to a field."""
        self.fields.get(name, self.place).control.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _fill(self, texts: dict[str, str]) -> None:
        for field in self.fields.values():
            field.blockSignals(True)
            field.set_error(None)
        self.place.set_value(texts.get("place", WHOLE_AREA))
        self.share.set_text(texts.get("contract_share", "100%"))
        self.statement.set_text(texts.get("statement", ""))
        self.cost.set_text(texts.get("cost", ""))
        self.rate_quantity.set_text(texts.get("rate", ""))
        self.rate_per.set_text(texts.get("rate_per", ""))
        for field in self.fields.values():
            field.blockSignals(False)

    @staticmethod
    def _texts_of(line: Commitment) -> dict[str, str]:
        return {
            "place": line.place,
            "contract_share": format_percent(line.contract_share),
            "statement": line.statement.strip(),
            "cost": "" if line.cost is None else f"{line.cost:,.2f}",
            "rate": "" if line.rate is None else format_quantity(line.rate.quantity),
            "rate_per": "" if line.rate is None else f"{line.rate.per_pounds:,.2f}",
        }

    def _typed(self) -> dict[str, str]:
        return {
            "place": str(self.place.value if self.place.value is not None else WHOLE_AREA),
            "contract_share": self.share.text,
            "statement": self.statement.text,
            "cost": self.cost.text,
            "rate": self.rate_quantity.text,
            "rate_per": self.rate_per.text,
        }

    # Checking and saving

    def _check(self) -> None:
        """Say what is wrong with what was typed; blank fields wait until the form is saved."""
        self._read()

    def _read(self) -> Commitment | None:
        """The line as typed, or None when a field cannot be read; each such field says why."""
        if self._line is None:
            return None
        for field in self.fields.values():
            field.set_error(None)
        share = self._number(self.share, _read_share)
        cost = self._number(self.cost, _read_pounds) if self.cost.text else None
        rate = self._read_rate()
        if any(field.error for field in self.fields.values()) or share is None:
            return None
        place = str(self.place.value if self.place.value is not None else WHOLE_AREA)
        return replace(
            self._line, place=place, contract_share=share, statement=self.statement.text, cost=cost, rate=rate
        )

    def _read_rate(self) -> Rate | None:
        if not self.rate_quantity.text and not self.rate_per.text:
            return None
        quantity = self._number(self.rate_quantity, _read_above_zero)
        per = self._number(self.rate_per, _read_above_zero)
        return Rate(quantity, per) if quantity is not None and per is not None else None

    @staticmethod
    def _number(field: LineField, read: _Reader) -> Decimal | None:
        try:
            return read(field.text)
        except TomsError as error:
            field.set_error(f"{error.message}. {error.fix}".rstrip(". "))
            return None

    def save(self) -> None:
        """Hand on the line, or show what must be put right."""
        line = self._read()
        self._summary.show_problems([field for field in self.fields.values() if field.error])
        if line is None:
            return
        self._forget_draft()
        self.saved.emit(line.key, line)

    def discard(self) -> None:
        """Forget what was typed and close."""
        self._forget_draft()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the form and keeps the draft; Ctrl+Enter saves."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not isinstance(self.focusWidget(), Button):
            self.save()
        else:
            super().keyPressEvent(event)

    # Drafts

    def _drafts(self) -> dict[str, object]:
        kept = self._preferences.get(_DRAFTS, {})
        return dict(kept) if isinstance(kept, dict) else {}

    def _keep_draft(self) -> None:
        if self._line is None:
            return
        drafts, typed = self._drafts(), self._typed()
        drafts.pop(self._draft_key, None)
        if typed != self._texts_of(self._line):
            drafts[self._draft_key] = typed
        self._preferences.set(_DRAFTS, drafts)
        self._say_state()

    def _forget_draft(self) -> None:
        drafts = self._drafts()
        drafts.pop(self._draft_key, None)
        self._preferences.set(_DRAFTS, drafts)

    def _say_state(self) -> None:
        self._note.setVisible(self._draft_key in self._drafts())


def _places(line: Commitment, area: Area | None) -> Sequence[tuple[object, str]]:
    wards = [(ward.code, ward.name) for ward in area.wards] if area else []
    known = {WHOLE_AREA, OUTSIDE_AREA, *(code for code, _ in wards)}
    own = [] if line.place in known else [(line.place, line.place)]
    return [(WHOLE_AREA, "Whole borough"), *wards, (OUTSIDE_AREA, "Outside the borough"), *own]


def _read_share(text: str) -> Decimal:
    number = read_number(text.removesuffix("%").strip())
    if not 0 <= number <= _HUNDRED:
        raise TomsError("The share is not between 0% and 100%", "Enter for example 50%")
    if decimal_places(number) > 4:
        raise TomsError("The share has more than 4 decimals of a per cent", "Round it, for example to 33.3333%")
    return number / _HUNDRED


def _read_pounds(text: str) -> Decimal:
    number = read_number(text)
    if number < 0:
        raise TomsError("The amount is less than zero", "Enter 0 or more")
    if decimal_places(number) > 2:
        raise TomsError("The amount has parts of a penny", "Use two decimals, for example 4200.00")
    return number


def _read_above_zero(text: str) -> Decimal:
    number = read_number(text)
    if number <= 0:
        raise TomsError("It is not above zero", "Enter for example 2 for every 1000000.00 pounds")
    if decimal_places(number) > 4:
        raise TomsError("It has more than 4 decimals", "Round it to 4 decimals")
    return number
