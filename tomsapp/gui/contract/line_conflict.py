"""Two people saved the same commitment: the facts in which both versions are shown."""

from __future__ import annotations

from tomsapp.domain.area import Area
from tomsapp.domain.commitment import COMMITMENT, Commitment
from tomsapp.domain.contract import Contract
from tomsapp.domain.wording import format_pounds, format_quantity
from tomsapp.gui.dialogs.edit_conflict import ConflictField, fields_of


def line_fields(contract: Contract | None, area: Area | None) -> list[ConflictField]:
    """The facts of a commitment, its quantities named by the contract's years."""

    def place(line: Commitment) -> str:
        return area.place_name(line.place) if area else line.place

    facts = [fact for fact in COMMITMENT.facts if fact.name not in {"quantities", "project"}]
    measure, *others = fields_of(facts, {"place": place, "rate": _rate_text})
    labels = [year.label for year in contract.years] if contract else []
    return [measure, *(_quantity_field(index, label) for index, label in enumerate(labels)), *others]


def _quantity_field(index: int, label: str) -> ConflictField:
    def text(line: Commitment) -> str:
        quantity = line.quantity_in(index)
        return "" if quantity is None else format_quantity(quantity)

    return ConflictField(f"Quantity {label}", text)


def _rate_text(line: Commitment) -> str:
    rate = line.rate
    return "" if rate is None else f"{format_quantity(rate.quantity)} for every {format_pounds(rate.per_pounds)}"
