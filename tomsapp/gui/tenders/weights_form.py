"""The fields of a tender's weights: what price, quality and social value give, and how quantity is scored."""

from __future__ import annotations

from tomsapp.domain.tender.choices import MinimumRule, QuantityMethod
from tomsapp.domain.tender.setup import Step
from tomsapp.domain.tender.setup_facts import step_of
from tomsapp.domain.tender.tender import TENDER, Tender
from tomsapp.gui.records.fact_field import chosen
from tomsapp.gui.records.record_form import RecordForm
from tomsapp.gui.widgets.edges import TOP
from tomsapp.gui.widgets.fields import ChoiceField
from tomsapp.gui.widgets.layouts import in_grid

_COLUMNS = 6
_PLACES = {
    "price_weight": (0, 0, 2),
    "quality_weight": (0, 2, 2),
    "social_weight": (0, 4, 2),
    "placing": (1, 0, 3),
    "quantity_part": (1, 3, 3),
    "method": (2, 0, 3),
    "minimum": (2, 3, 3),
    "method_target": (3, 0, 6),
    "bands": (4, 0, 6),
}
"""Row, first column and width of each field."""
_OF_METHOD = {"method_target": QuantityMethod.TARGET, "bands": QuantityMethod.BANDS}
"""What is asked for with one way of scoring alone."""
WEIGHT_FACTS = tuple(fact for fact in TENDER.facts if fact.is_typed and step_of(fact.name) is Step.WEIGHTS)


class WeightsForm(RecordForm[Tender]):
    """The weights beside each other, and under them what is done with those of social value."""

    def __init__(self) -> None:
        minimum = TENDER.fact("minimum")
        rules = [(rule.value, rule.words) for rule in MinimumRule]
        self._minimum = ChoiceField(minimum.label, rules, MinimumRule.REPORTED.meaning)
        own = {"minimum": lambda: chosen(minimum, self._minimum, self._show_minimum)}
        super().__init__(TENDER, own, WEIGHT_FACTS)
        self.field("method").edited.connect(self._fit_method)
        self.field("minimum").edited.connect(self._say_minimum)

    def lay_out(self) -> None:
        """Rows of two or three; what goes with one way of scoring has a row of its own."""
        grid = in_grid(inside=self, gaps=(24, 14), shares=(1,) * _COLUMNS)
        for name in self.facts:
            row, column, span = _PLACES[name]
            grid.addWidget(self.field(name), row, column, 1, span, TOP)

    def show_record(self, record: Tender, version: int | None = None) -> None:
        """Show the weights that are saved."""
        super().show_record(record, version)
        self._fit_method()

    def focus_field(self, name: str) -> None:
        """Move the keyboard to a field, also to one that the way of scoring does not ask for."""
        if name in _OF_METHOD:
            self.field(name).show()
        super().focus_field(name)

    def _show_minimum(self, rule: MinimumRule) -> None:
        self._minimum.set_value(rule.value)
        self._say_minimum()

    def _say_minimum(self) -> None:
        """Say in a sentence, as bidders read it, what the choice means."""
        if self._minimum.value is not None:
            self._minimum.set_hint(MinimumRule(self._minimum.value).meaning)

    def _fit_method(self) -> None:
        """Ask for what goes with the way of scoring; what stands there is shown whatever the way is."""
        chosen = self.facts["method"].typed()
        for name, method in _OF_METHOD.items():
            self.field(name).setVisible(chosen == method.value or bool(self.facts[name].typed()))
