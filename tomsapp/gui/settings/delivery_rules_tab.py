"""What holds for the deliveries of every contract: days, bounds of the ratings, who accepts, what files may be."""

from __future__ import annotations

from tomsapp.domain.delivery.rules import DELIVERY_RULES, DeliveryRules
from tomsapp.gui.records.record_form import RecordForm
from tomsapp.gui.session import Session
from tomsapp.gui.settings.form_tab import FormTab
from tomsapp.gui.widgets.fields import GUTTER
from tomsapp.gui.widgets.layouts import Part, in_column
from tomsapp.gui.widgets.text import Text
from tomsapp.services.delivery_rules import RULES_OF_DELIVERY, rules_now

_GROUPS = {
    "return_days": "Returns",
    "good": "Ratings",
    "pace": "Risks and decisions",
    "keep_years": "Files",
}
"""What stands above the first field of each group."""
_NOT_SET = "Your council has set nothing here yet: these are the values that the program begins with."
_SET = "They hold from when they are saved. What was published or sealed keeps the values that it was made with."


class DeliveryRulesForm(RecordForm[DeliveryRules]):
    """The rules in groups; each hint says where the value comes from that the program begins with."""

    def __init__(self) -> None:
        super().__init__(DELIVERY_RULES)

    def lay_out(self) -> None:
        """Place the fields under the headings of their groups."""
        parts: list[Part] = []
        for name, made in self.facts.items():
            if name in _GROUPS:
                heading = Text(_GROUPS[name], "h3")
                heading.setContentsMargins(GUTTER, 8 if parts else 0, 0, 0)
                parts.append(heading)
            parts.append(made.field)
        in_column(*parts, inside=self, gap=12)


class DeliveryRulesTab(FormTab[DeliveryRules]):
    """The rules of delivery, and whether the council has set them."""

    def __init__(self, session: Session) -> None:
        self.form = DeliveryRulesForm()
        self.whose = Text(_NOT_SET, "body", "text_muted", wrap=True)
        self.whose.setContentsMargins(GUTTER, 0, 0, 0)
        super().__init__("Delivery", session, self.form, RULES_OF_DELIVERY, before=self.whose)
        self.editor.shown.connect(self._say_whose)

    def load(self) -> None:
        """Read the rules; what was typed and not saved is put back over them."""
        self._session.read(rules_now, key="settings-delivery").success(self.editor.show_record).start()

    def _say_whose(self) -> None:
        before = self.editor.before
        self.whose.setText(_SET if before is not None and before.version else _NOT_SET)
