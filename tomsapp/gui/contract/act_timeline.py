"""What was done with a contract for good, the oldest first, and the day on which it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.money import difference
from tomsapp.domain.seal import Act, ActKind, newest_seal
from tomsapp.domain.wording import format_change, format_date, format_pounds, plural
from tomsapp.gui.widgets.buttons import LinkButton
from tomsapp.gui.widgets.card_button import CardButton
from tomsapp.gui.widgets.layouts import empty_layout, in_column, in_grid, in_row
from tomsapp.gui.widgets.text import IconLabel, Text, hairline

if TYPE_CHECKING:
    from tomsapp.domain.delivery.published import DeliveredPaperKept
    from tomsapp.services.contracts import OpenContract

_ICONS = {
    ActKind.SIGN: "lock",
    ActKind.REOPEN: "undo-2",
    ActKind.CLOSE: "check",
    ActKind.WITHDRAW: "x",
    ActKind.VARY: "pencil-line",
}
_MOST, _LAST = 5, 3
"""Of more acts than the first number, the first one and so many of the last are shown until the rest is asked for."""


class ActTimeline(QWidget):
    """The sealed acts of a contract and what was published of it; Enter on one opens its document."""

    document_wanted = Signal(object)
    """The `Act` whose document is wanted."""
    paper_wanted = Signal(object)
    """The published valuation that is to be opened."""
    history_wanted = Signal()
    draft_wanted = Signal()
    """The draft of a variation is to be gone on with."""

    def __init__(self) -> None:
        super().__init__()
        self._acts: tuple[Act, ...] = ()
        self._sealed: tuple[Act | DeliveredPaperKept, ...] = ()
        self._opened: OpenContract | None = None
        history = LinkButton("All of History", role="note", does=self.history_wanted)
        self._entries = in_column(gap=0)
        in_column(hairline(), in_row((Text("Sealed acts", "h3"), 1), history), self._entries, inside=self)
        self.show_contract(None)

    def show_contract(self, opened: OpenContract | None) -> None:
        """Show the acts of a contract; nothing where there are none."""
        self._opened, self._acts = opened, opened.acts if opened else ()
        papers = opened.papers if opened else ()
        self._sealed = tuple(sorted((*self._acts, *papers), key=lambda each: each.recorded_at))
        self.setAccessibleName(f"Sealed acts, {plural(len(self._sealed), 'entry', 'entries')}")
        self._build(is_folded=len(self._sealed) > _MOST)
        self.set_brief(is_brief=False)

    def set_brief(self, *, is_brief: bool) -> None:
        """Make room while an explanation is read, or stand there again."""
        self.setVisible(bool(self._acts) and not is_brief)

    def _build(self, *, is_folded: bool) -> None:
        empty_layout(self._entries)
        last: _Entry | None = None
        for place, each in enumerate(self._sealed):
            if not is_folded or place == 0 or place >= len(self._sealed) - _LAST:
                last = self._entry_of(each)
                self._entries.addWidget(last)
            elif place == 1:
                words = f"Show {len(self._sealed) - _LAST - 1:,} more"
                self._entries.addWidget(LinkButton(words, role="note", does=lambda: self._build(is_folded=False)))
        draft = self._opened.draft if self._opened and self._acts else None
        if draft is not None:
            told = (f"{draft.record.name.capitalize()} is a draft", f"Last saved by {draft.saved_by}")
            last = _Entry("pencil-line", "Not signed yet", "", told)
            last.setAccessibleDescription("Press Enter to go on with it")
            last.clicked.connect(lambda _checked=False: self.draft_wanted.emit())
            self._entries.addWidget(last)
        contract = self._opened.contract if self._opened and self._acts else None
        if contract is not None and contract.status in {ContractStatus.DRAFT, ContractStatus.SIGNED}:
            latest = contract.latest_end_on
            more_words = f". With every extension it ends on {format_date(latest)}" if latest else ""
            last = _Entry("clock", format_date(contract.end_on), "", (f"Its last day{more_words}",))
            last.setEnabled(False)
            self._entries.addWidget(last)
        if last is not None:
            last.line.hide()

    def _entry_of(self, each: Act | DeliveredPaperKept) -> _Entry:
        if isinstance(each, Act):
            entry = _Entry(_ICONS[each.kind], format_date(each.done_on), self._amount(each), self._told(each))
            entry.setAccessibleDescription("Press Enter for its sealed document")
            entry.clicked.connect(lambda: self.document_wanted.emit(each))
            return entry
        number = f", number {each.number}" if each.number > 1 else ""
        told = f"Delivered valuation to {format_date(each.until)}{number} published by {each.by}"
        entry = _Entry("file-check", format_date(each.published_on), "", tuple(filter(None, (told, each.reason))))
        entry.setAccessibleDescription("Press Enter to open it")
        entry.clicked.connect(lambda: self.paper_wanted.emit(each))
        return entry

    def _amount(self, act: Act) -> str:
        """What was signed, or by how much a variation changed it."""
        if act.value is None or not act.kind.fixes:
            return ""
        if act.kind is ActKind.SIGN or self._opened is None:
            return format_pounds(act.value)
        before = newest_seal(ContractStatus.SIGNED, [one for one in self._acts if one.id < act.id])
        change = difference(act.value, before.value) if before and before.value is not None else None
        return "no change" if not change else format_change(change)

    def _told(self, act: Act) -> tuple[str, ...]:
        entered = f"Entered here on {format_date(act.entered_on)}" if act.entered_on else ""
        variations = self._opened.variations if self._opened else ()
        name = next((one.record.name.capitalize() for one in variations if one.record.act_id == act.id), "")
        return tuple(filter(None, (name, act.told, entered, act.reason)))


class _Entry(CardButton):
    """A day with its icon, what came of it, and what is told of it."""

    def __init__(self, icon: str, day: str, amount: str, told: tuple[str, ...]) -> None:
        super().__init__()
        self.setProperty("ring_radius", 4)
        self.setAccessibleName(". ".join(filter(None, (day, amount, *told))))
        grid = in_grid(inside=self, margins=(0, 2, 0, 2), gaps=(9, 0), shares=(0, 1))
        grid.addWidget(IconLabel(icon, "primary", 19), 0, 0)
        grid.addWidget(Text(day, "strong"), 0, 1)
        grid.addWidget(Text(amount, "strong"), 0, 2)
        self.line = hairline(is_upright=True)
        grid.addWidget(self.line, 1, 0, len(told), 1, Qt.AlignmentFlag.AlignHCenter)
        for place, words in enumerate(told, start=1):
            grid.addWidget(Text(words, "note", "text_muted", wrap=True), place, 1, 1, 2)
