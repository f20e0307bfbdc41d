"""The part Sealed acts: what the supplier was told to improve, and every act on what was delivered."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from tomsapp.domain.delivery.acts import OUTCOMES, DeliveryAct, DeliveryActKind
from tomsapp.domain.delivery.improving import Improvement, improvements
from tomsapp.domain.wording import format_date, format_pounds, format_quantity
from tomsapp.gui.delivery.improving import Improving, about_words
from tomsapp.gui.delivery.section import DeliverySection, ShownDelivery
from tomsapp.gui.models.column import Column
from tomsapp.gui.models.row_model import RowModel
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.buttons import Button, LinkButton
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.data_table import DataTable
from tomsapp.gui.widgets.feedback import EmptyState
from tomsapp.gui.widgets.layouts import STRETCH, empty_layout, holding, in_column, in_row
from tomsapp.gui.widgets.text import Text
from tomsapp.gui.widgets.told_area import FittedArea, ToldArea
from tomsapp.services.delivery import OpenDelivery, find_quarter
from tomsapp.services.sealed_rules import today

_KIND = DeliveryActKind
_CHOOSE = "Choose an act to read all of it."
_MOST_TOLD = 160
"""Px, two tellings: more of them scroll."""
_NOT_TOLD = "The supplier was not told to improve anything."


class ActRow(NamedTuple):
    """An act in words."""

    act: DeliveryAct
    done: str
    about: str
    what: str
    stands: bool


_COLUMNS: tuple[Column[ActRow], ...] = (
    Column("on", "On", lambda row: format_date(row.act.done_on), sort_key=lambda row: row.act.id, width=140),
    Column("act", "Act", lambda row: row.done, width=200),
    Column("about", "About", lambda row: row.about, width=190),
    Column("by", "By", lambda row: row.act.by, width=130),
    Column("what", "What", lambda row: row.what),
)


class ActsSection(DeliverySection):
    """What was told and where it stands above a table of all acts, the newest first."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._shown: ShownDelivery | None = None
        self.improving = Improving(session, self)
        self.tell = Button("Tell to improve…", small=True, does=lambda: self._ask(_KIND.TELL_TO_IMPROVE, ""))
        self._told = in_column(gap=8)
        self.not_told = Text(_NOT_TOLD, "note", "text_muted", wrap=True)
        told = Card("Told to improve")
        told.body.addWidget(self.not_told)
        self._told_area = FittedArea("Told to improve", holding(self._told, "clear"), _MOST_TOLD)
        told.body.addWidget(self._told_area)
        told.body.addLayout(in_row(self.tell, STRETCH))
        self.model: RowModel[ActRow] = RowModel(_COLUMNS)
        self.table = DataTable(self.model, "Sealed acts on what was delivered")
        self.table.set_empty_state(EmptyState("lock", "No acts yet", "What is accepted, agreed or planned is sealed."))
        self.details = Text(_CHOOSE, "note", "text_muted", wrap=True, selectable=True)
        self._area = ToldArea("The chosen act", self.details)
        acts = Card()
        acts.fill(self.table, self._area)
        in_column(told, (acts, 1), inside=self, gap=10)
        self.table.current_row_changed.connect(self._on_current)
        self.improving.done.connect(self.take_keyboard)
        self.improving.refused.connect(self.stale)

    # Showing

    def show_delivery(self, shown: ShownDelivery | None) -> None:
        """Show the acts of a contract."""
        self._shown = shown
        self.improving.opened = shown.opened if shown else None
        empty_layout(self._told)
        every = improvements(shown.opened.acts) if shown else ()
        self.not_told.setVisible(not every)
        for each in reversed(every):
            if shown is not None:
                self._told.addWidget(self._told_row(each, shown))
        self._told_area.setVisible(bool(every))
        self._told_area.fit()
        self.model.set_rows(_rows(shown.opened) if shown else ())

    def _told_row(self, improvement: Improvement, shown: ShownDelivery) -> QWidget:
        told = improvement.told
        about = about_words(shown.opened, told.commitment)
        words = f"{about}: {told.words}. {improvement.words(today())}."
        last = improvement.outcome or told
        answers = () if improvement.outcome else (_KIND.IMPROVED, _KIND.NOT_IMPROVED)
        links = [
            *(
                LinkButton(f"{kind.words}…", role="note", does=partial(self._ask, kind, told.commitment))
                for kind in answers
            ),
            LinkButton("Take back…", role="note", does=partial(self._take_back, last)),
        ]
        for link in links:
            link.setAccessibleName(f"{link.text().rstrip('…')}: {words}")
        said = Text(words, "note", wrap=True, selectable=True)
        reason = Text(f"“{last.reason}”", "small", "text_muted", wrap=True, selectable=True)
        return holding(in_column(said, reason, in_row(*links, STRETCH, gap=12), gap=2))

    def _on_current(self, row: ActRow | None) -> None:
        if row is None:
            self._area.say(_CHOOSE)
            return
        told = [f"{row.about}: {row.act.words}.", row.what, f"“{row.act.reason}”" if row.act.reason else ""]
        self._area.say("\n".join(filter(None, (*told, f"SHA-256 {row.act.sha256}"))))

    def take_keyboard(self) -> None:
        """Move the keyboard to the acts."""
        self.table.setFocus()

    # What the user does

    def _ask(self, kind: DeliveryActKind, commitment: str, _checked: bool = False) -> None:
        if self._shown is not None:
            self.improving.ask(self._shown.opened, kind, commitment)

    def _take_back(self, act: DeliveryAct) -> None:
        if self._shown is not None:
            self.improving.take_back(self._shown.opened, act)


def _rows(opened: OpenDelivery) -> list[ActRow]:
    """Every act, the newest first."""
    stand = {act.id for act in opened.standing}
    by_id = {act.id: act for act in opened.acts}
    return [
        ActRow(act, _done(act, act.id in stand), _about(opened, act), _what(opened, act, by_id), act.id in stand)
        for act in sorted(opened.acts, key=lambda act: act.id, reverse=True)
    ]


def _done(act: DeliveryAct, stands: bool) -> str:
    gone = not stands and act.kind is not _KIND.TAKE_BACK
    return f"{act.kind.done}, taken back" if gone else act.kind.done


def _about(opened: OpenDelivery, act: DeliveryAct) -> str:
    """Which commitment and quarter, or the whole contract."""
    quarter = find_quarter(opened, act.quarter) if act.quarter else None
    about = about_words(opened, act.commitment)
    return f"{about}, {quarter.label}" if quarter else about


def _what(opened: OpenDelivery, act: DeliveryAct, by_id: dict[int, DeliveryAct]) -> str:
    """How much, until when, or what else the act says: "30", "Until 30 June 2026", "The school closed"."""
    told = [f"“{by_id[act.reverses].kind.done.lower()}”"] if act.reverses in by_id else []
    if act.quantity is not None:
        told.append(format_quantity(act.quantity))
    if act.amount is not None:
        told.append(format_pounds(act.amount))
    if act.other_commitment:
        told.append(f"of the surplus of {about_words(opened, act.other_commitment)}")
    carried = find_quarter(opened, act.carried_to) if act.carried_to else None
    if carried is not None:
        told.append(f"to {carried.label}")
    if act.improve_by is not None:
        told.append(f"Opportunity until {format_date(act.improve_by)}")
    said = act.reason if act.kind in OUTCOMES or not act.cause else act.cause
    return ". ".join(filter(None, (" ".join(told), said)))
