"""The versions of a plan: listed, with what differs between any two of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from tomsapp.domain.delivery.acts import DeliveryAct
from tomsapp.domain.delivery.plan_versions import PlanDifference, plan_differences
from tomsapp.domain.delivery.quarters import quarters_of
from tomsapp.domain.facts import FactKind
from tomsapp.domain.wording import plural
from tomsapp.gui.delivery.words import number_words
from tomsapp.gui.models.column import Column
from tomsapp.gui.models.row_model import RowModel
from tomsapp.gui.widgets.buttons import LinkButton
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.data_table import DataTable
from tomsapp.gui.widgets.dialog_parts import close_button, take_room
from tomsapp.gui.widgets.fields import ChoiceField
from tomsapp.gui.widgets.form_dialog import HANGING_MARGINS, in_line
from tomsapp.gui.widgets.layouts import holding, in_column, in_row
from tomsapp.gui.widgets.text import Text
from tomsapp.services.delivery import OpenDelivery
from tomsapp.services.delivery_plan_versions import PlanVersion

_WIDTH, _HEIGHT = 820, 560


class _Told(NamedTuple):
    """A difference in words."""

    line: str
    quarter: str
    fact: str
    before: str
    after: str


def _column(key: str, title: str, width: int | None) -> Column[_Told]:
    return Column(key, title, lambda row: str(getattr(row, key)), width=width)


_COLUMNS = (
    _column("line", "Commitment", 110),
    _column("quarter", "Quarter", 160),
    _column("fact", "What", 110),
    _column("before", "Before", 150),
    _column("after", "After", None),
)


class PlanVersionsDialog(QDialog):
    """Two choices over a table: which version, and beside which; at first the last two."""

    take_back_wanted = Signal(object)
    """The act of the version that is shown is to be taken back."""

    def __init__(self, opened: OpenDelivery, versions: Sequence[PlanVersion], parent: QWidget | None) -> None:
        super().__init__(parent)
        self._opened, self._versions = opened, versions
        title = f"Versions of the plan of {opened.contract.reference}"
        self.setWindowTitle(title)
        named = [(place, _name(each)) for place, each in enumerate(versions)]
        self.before = ChoiceField("Version", named)
        self.after = ChoiceField("Beside", named)
        self.model: RowModel[_Told] = RowModel(_COLUMNS)
        self.table = DataTable(self.model, "What differs")
        self.said = Text("", "note", "text_muted", wrap=True)
        self.back = LinkButton("Take back…", role="note", does=self._on_back)
        card = Card()
        card.fill(self.table)
        parts = in_line(
            Text(title, "h2", wrap=True),
            holding(in_row((self.before, 1), (self.after, 1), gap=16)),
            in_row((self.said, 1), self.back, gap=12),
            (card, 1),
            close_button(self),
        )
        in_column(*parts, inside=self, margins=HANGING_MARGINS, gap=12)
        last = len(versions) - 1
        self.before.set_value(max(last - 1, 0))
        self.after.set_value(last)
        for field in (self.before, self.after):
            field.chosen.connect(lambda _place: self._compare())
        take_room(self, _WIDTH, _HEIGHT)
        self._compare()

    def _version(self, field: ChoiceField) -> PlanVersion:
        return self._versions[int(str(field.value))]

    def _compare(self) -> None:
        before, after = self._version(self.before), self._version(self.after)
        found = plan_differences(before.entries, after.entries)
        self.model.set_rows(self._told(each) for each in found)
        self.said.setText(f"{plural(len(found), 'thing differs', 'things differ')}." if found else "Nothing differs.")
        act = after.act
        self.back.setVisible(act is not None and not after.is_taken_back)
        self.back.setAccessibleName(f"Take back: {after.name}")

    def _told(self, difference: PlanDifference) -> _Told:
        line = next(
            (each for each in self._opened.delivered.lines if each.commitment.key == difference.commitment), None
        )
        labels = {each.quarter: each.label for each in quarters_of(self._opened.contract)}
        fact = difference.fact

        def words(value: object) -> str:
            if fact.kind is FactKind.QUANTITY and line is not None:
                return number_words(value, line.measure)  # type: ignore[arg-type]
            return fact.words(value) or "nothing"

        code = line.commitment.measure if line else "a commitment that was removed"
        quarter = labels.get(difference.quarter, difference.quarter.words)
        return _Told(code, quarter, fact.label, words(difference.before), words(difference.after))

    def _on_back(self) -> None:
        act: DeliveryAct | None = self._version(self.after).act
        if act is not None:
            self.reject()
            self.take_back_wanted.emit(act)


def _name(version: PlanVersion) -> str:
    """A version as it is chosen."""
    return f"{version.name}, taken back" if version.is_taken_back else version.name
