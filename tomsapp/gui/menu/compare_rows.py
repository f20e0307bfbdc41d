"""What differs between two editions, as rows of a table: one kind of difference at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tomsapp.domain.measure_words import worth_words
from tomsapp.domain.menu import Place
from tomsapp.domain.wording import format_change, format_percent_change, format_pounds, format_quantity, plural
from tomsapp.gui.models.column import Column
from tomsapp.services.menu_library import ContractEffect, EditionChanges
from tomsapp.services.menus import FieldChange, ValueChange

KINDS = ("values", "added", "withdrawn", "rules", "wording")
KIND_WORDS = {
    "values": "Changed values",
    "added": "Added",
    "withdrawn": "Withdrawn",
    "rules": "Rules",
    "wording": "Wording",
}


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """One measure that differs, ready to be shown; `sums` say how each unit value was made."""

    code: str
    title: str
    each: str
    before: str
    after: str
    change: str
    change_order: Decimal
    why: str
    effect: str
    effect_order: Decimal
    sums: tuple[str, ...] = ()


def columns_of(kind: str, before: str, after: str, contract: str) -> tuple[Column[DifferenceRow], ...]:
    """The columns of the table for one kind of difference; `contract` is a reference, or nothing."""
    measure: Column[DifferenceRow] = Column(
        "measure",
        "Measure",
        lambda row: row.title,
        second_line=lambda row: f"{row.code}  ·  {row.each}",
        can_hide=False,
    )
    if kind in {"added", "withdrawn"}:
        edition = after if kind == "added" else before
        value: Column[DifferenceRow] = Column(
            "value", f"Unit value in {edition}", lambda row: row.after, align="right", width=220
        )
        return measure, value
    if kind in {"rules", "wording"}:
        return (
            Column("measure", "Measure", lambda row: row.title, second_line=lambda row: row.code, width=260),
            Column("fact", "What", lambda row: row.change, width=150),
            Column("before", before, lambda row: row.before, width=260),
            Column("after", after, lambda row: row.after),
        )
    found = [
        measure,
        Column("before", before, lambda row: row.before, align="right", width=_value_width(before)),
        Column("after", after, lambda row: row.after, align="right", width=_value_width(after)),
        Column(
            "change",
            "Change",
            lambda row: row.change,
            sort_key=lambda row: row.change_order,
            align="right",
            width=170,
            is_strong=True,
        ),
        Column("why", "Why", lambda row: row.why, width=270),
    ]
    if contract:
        effect: Column[DifferenceRow] = Column(
            "effect", f"In {contract}", lambda row: row.effect, sort_key=lambda row: row.effect_order, width=250
        )
        found.append(effect)
    return tuple(found)


def _value_width(edition: str) -> int:
    """Room for a unit value and for the name of its edition over it."""
    return max(120, 32 + 7 * len(edition))


def rows_of(changes: EditionChanges, kind: str, effect: ContractEffect | None, this_year: int) -> list[DifferenceRow]:
    """The rows for one kind of difference."""
    if kind == "values":
        return _value_rows(changes.values, effect, this_year)
    if kind == "added":
        return [_place_row(place) for place in changes.added]
    if kind == "withdrawn":
        return [_place_row(place) for place in changes.withdrawn]
    return [_field_row(change) for change in (changes.rules if kind == "rules" else changes.wording)]


def counts_of(changes: EditionChanges) -> Mapping[str, int]:
    """How many differences there are of each kind; a dated measure counts once."""
    return {
        "values": len({change.place.measure.code for change in changes.values}),
        "added": len(changes.added),
        "withdrawn": len(changes.withdrawn),
        "rules": len(changes.rules),
        "wording": len(changes.wording),
    }


def _value_rows(values: Sequence[ValueChange], effect: ContractEffect | None, this_year: int) -> list[DifferenceRow]:
    by_measure: dict[str, list[ValueChange]] = {}
    for change in values:
        by_measure.setdefault(change.place.measure.code, []).append(change)
    return [_value_row(changes, effect, this_year) for changes in by_measure.values()]


def _value_row(changes: Sequence[ValueChange], effect: ContractEffect | None, this_year: int) -> DifferenceRow:
    """One row for a measure: of a dated one the year that is nearest to now, and how many years differ."""
    shown = min(changes, key=lambda change: abs((change.year or this_year) - this_year))
    measure = shown.place.measure
    each = f"for each {measure.each_name}"
    if shown.year is not None:
        each = f"{each} in {shown.year}; {plural(len(changes), 'year differs', 'years differ')}"
    share = "" if shown.change_share is None else f" ({format_percent_change(shown.change_share)})"
    words, order = _effect_words(measure.code, measure.many_name, effect)
    return DifferenceRow(
        code=measure.code,
        title=measure.title,
        each=each,
        before=format_pounds(shown.before.value) if shown.before else "Not valued",
        after=format_pounds(shown.after.value) if shown.after else "Not valued",
        change="" if shown.change is None else f"{format_change(shown.change)}{share}",
        change_order=shown.change or Decimal(0),
        why=shown.reason,
        effect=words,
        effect_order=order,
        sums=tuple(text for text in (shown.before_sum, shown.after_sum) if text),
    )


def _effect_words(code: str, units: str, effect: ContractEffect | None) -> tuple[str, Decimal]:
    line = effect.lines.get(code) if effect else None
    if line is None:
        return "Not in this contract", Decimal(0)
    return f"{format_quantity(line.quantity)} {units}: {format_change(line.difference)}", line.difference


def _place_row(place: Place) -> DifferenceRow:
    measure = place.measure
    worth, each = worth_words(measure, "Counted, not valued"), f"for each {measure.each_name}"
    return DifferenceRow(
        measure.code, measure.title, each, "", worth, "", Decimal(0), measure.description, "", Decimal(0)
    )


def _field_row(change: FieldChange) -> DifferenceRow:
    what = change.field.replace("_", " ").capitalize()
    before, after = change.before or "–", change.after or "–"
    return DifferenceRow(change.code, change.title, "", before, after, what, Decimal(0), "", "", Decimal(0))
