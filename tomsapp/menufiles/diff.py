"""What changed from one edition of a menu to another: values with the reason, measures and wording."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from tomsapp.domain.measure_words import delivery_cost_words
from tomsapp.domain.menu import ExclusionGroup, Measure, MenuEdition, Place
from tomsapp.domain.proxy import ProxyValue, UnitValue
from tomsapp.domain.uprating import range_text, uprating_text
from tomsapp.domain.wording import format_date, format_pounds, format_quantity

_RULE_FIELDS = (
    "unit", "counts", "whole_units", "real_pounds", "local_only", "asks_statement", "employment_outcome",
    "deadweight_share", "displacement_share", "drop_off_share", "benefit_years",
    "earned", "evidence_months",
)  # fmt: skip
_WORDING_FIELDS = (
    "title", "description", "each_name", "many_name", "plain_one", "plain_many", "count", "do_not_count", "evidence",
    "evidence_if_later", "guidance", "small_example", "equality_group", "tags", "owner", "review_due",
)  # fmt: skip
_PROXY_FIELDS = (
    "kind", "components", "taken_off", "source_deadweight", "in_force_from", "in_force_until", "confidence",
    "confidence_note",
)  # fmt: skip
_GROUP_FIELDS = ("severity", "same", "measures", "against", "elsewhere", "reason", "outcomes_once")


_Told = Measure | ExclusionGroup | ProxyValue


@dataclass(frozen=True, slots=True)
class ValueChange:
    """A unit value that differs; None where one of the editions has none.

    Attributes:
        year: the calendar year of delivery of a dated value, else None.
        reason: why, from the sources and derivations of both editions.
        before_sum, after_sum: how each unit value was made.
    """

    place: Place
    year: int | None
    before: UnitValue | None
    after: UnitValue | None
    reason: str
    before_sum: str
    after_sum: str

    @property
    def change(self) -> Decimal | None:
        """Pounds more (or less) for one unit."""
        return self.after.value - self.before.value if self.before and self.after else None

    @property
    def change_share(self) -> Fraction | None:
        """The change as a share of the value before."""
        change = self.change
        return None if change is None or not self.before else Fraction(change) / Fraction(self.before.value)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A rule or a wording that differs, in a measure or an exclusion group."""

    code: str
    title: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class EditionChanges:
    """Everything that differs between two editions; `rules` are fields that change what counts, or how much."""

    before: MenuEdition
    after: MenuEdition
    values: tuple[ValueChange, ...]
    added: tuple[Place, ...]
    withdrawn: tuple[Place, ...]
    rules: tuple[FieldChange, ...]
    wording: tuple[FieldChange, ...]


def compare_editions(before: MenuEdition, after: MenuEdition) -> EditionChanges:
    """What changed from `before` to `after`, in the order of `after`."""
    pairs = [
        (before.places[code], place)
        for code, place in after.places.items()
        if code in before.places
    ]  # fmt: skip
    return EditionChanges(
        before=before,
        after=after,
        values=tuple(change for old, new in pairs for change in _values(old.measure, new, before, after)),
        added=tuple(place for code, place in after.places.items() if code not in before.places),
        withdrawn=tuple(place for code, place in before.places.items() if code not in after.places),
        rules=(*_fields(pairs, _RULE_FIELDS), *_groups(before, after)),
        wording=(*_fields(pairs, _WORDING_FIELDS), *_facts_of_values(pairs), *_moves(pairs)),
    )


def _values(old: Measure, place: Place, before: MenuEdition, after: MenuEdition) -> Iterator[ValueChange]:
    new = place.measure
    old_by_year = {value.year: value for value in old.unit_values}
    new_by_year = {value.year: value for value in new.unit_values}
    for year in [*new_by_year, *(year for year in old_by_year if year not in new_by_year)]:
        was, now = old_by_year.get(year), new_by_year.get(year)
        if was is None or now is None or was.value != now.value:
            reason = _reason((old.proxy, new.proxy), (before.price_base, after.price_base), (was, now))
            sums = (_sum_text(was, before.price_base), _sum_text(now, after.price_base))
            yield ValueChange(place, year, was, now, reason, *sums)


def _sum_text(unit_value: UnitValue | None, price_base: str) -> str:
    return uprating_text(unit_value, price_base) if unit_value else ""


def _reason(
    proxies: tuple[ProxyValue | None, ProxyValue | None],
    price_bases: tuple[str, str],
    values: tuple[UnitValue | None, UnitValue | None],
) -> str:
    old, new = proxies
    if old is None or new is None:
        return "It was counted and not valued" if new else "It is counted and no longer valued"
    parts = [
        *_change("Source", _source_text(old), _source_text(new)),
        *_change("Published value", *_published_texts(old, new, values)),
        *_change("Prices of the menu", *price_bases),
        *_change("Derivation", old.derivation, new.derivation),
    ]
    return "; ".join(parts) or "The deflator was revised"


def _change(what: str, old: str, new: str) -> list[str]:
    return [] if old == new else [f"{what}: {old.rstrip('.')}, now {new.rstrip('.')}"]


def _source_text(proxy: ProxyValue) -> str:
    parts = (proxy.source.title, proxy.source.year, proxy.source_detail)
    return ", ".join(part for part in parts if part)


def _published_texts(
    old: ProxyValue, new: ProxyValue, values: tuple[UnitValue | None, UnitValue | None]
) -> tuple[str, str]:
    """What was published for the year that differs; where a year came or went, for which years there are values."""
    was, now = values
    if was is not None and now is not None:
        return _value_text(was), _value_text(now)
    return _years_text(old), _years_text(new)


def _value_text(value: UnitValue) -> str:
    return f"{format_pounds(value.published)} at {value.price_base} prices"


def _years_text(proxy: ProxyValue) -> str:
    if proxy.is_dated:
        return f"values for {proxy.values[0].year} to {proxy.values[-1].year} at {proxy.price_base} prices"
    return f"{format_pounds(proxy.values[0].value)} at {proxy.price_base} prices"


def _fields(pairs: list[tuple[Place, Place]], fields: tuple[str, ...]) -> Iterator[FieldChange]:
    for old, new in pairs:
        yield from _differing(old.measure, new.measure, fields, new.measure.code, new.measure.title)


def _facts_of_values(pairs: list[tuple[Place, Place]]) -> Iterator[FieldChange]:
    """What is said of a value beside its pounds; where the pounds stay, its source and derivation as well."""
    for old, new in pairs:
        code, title = new.measure.code, new.measure.title
        was, now = old.measure.proxy, new.measure.proxy
        if was is None or now is None:
            continue
        yield from _differing(was, now, _PROXY_FIELDS, code, title)
        told = [("delivery_cost", _cost_text(was), _cost_text(now)), ("low to high", _ranges(old), _ranges(new))]
        if [one.value for one in old.measure.unit_values] == [one.value for one in new.measure.unit_values]:
            told += [("source", _source_text(was), _source_text(now)), ("derivation", was.derivation, now.derivation)]
        yield from (FieldChange(code, title, field, before, after) for field, before, after in told if before != after)


def _cost_text(proxy: ProxyValue) -> str:
    return delivery_cost_words(proxy.delivery_cost) if proxy.delivery_cost else ""


def _ranges(place: Place) -> str:
    return "; ".join(filter(None, map(range_text, place.measure.unit_values)))


def _groups(before: MenuEdition, after: MenuEdition) -> Iterator[FieldChange]:
    old_groups = {group.code: group for group in before.exclusion_groups}
    new_groups = {group.code: group for group in after.exclusion_groups}
    for code in [*new_groups, *(code for code in old_groups if code not in new_groups)]:
        old, new = old_groups.get(code), new_groups.get(code)
        if old and new:
            yield from _differing(old, new, _GROUP_FIELDS, code, "Exclusion group")
        else:
            was = ", ".join(old.measures) if old else "none"
            now = ", ".join(new.measures) if new else "none"
            yield FieldChange(code, "Exclusion group", "measures", was, now)


def _moves(pairs: list[tuple[Place, Place]]) -> Iterator[FieldChange]:
    for old, new in pairs:
        code, title = new.measure.code, new.measure.title
        for field, was, now in (
            ("theme", f"{old.theme.number} {old.theme.title}", f"{new.theme.number} {new.theme.title}"),
            ("outcome", f"{old.outcome.code} {old.outcome.title}", f"{new.outcome.code} {new.outcome.title}"),
        ):
            if was != now:
                yield FieldChange(code, title, field, was, now)


def _differing(old: _Told, new: _Told, fields: tuple[str, ...], code: str, title: str) -> Iterator[FieldChange]:
    for field in fields:
        was, now = getattr(old, field), getattr(new, field)
        if was != now:
            yield FieldChange(code, title, field.removesuffix("_name"), field_text(was), field_text(now))


def field_text(value: object) -> str:
    """The value of a measure's field as people read it."""
    if isinstance(value, tuple):
        return "; ".join(field_text(entry) for entry in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return format_quantity(value)
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, Enum):
        return str(value.value).replace("_", " ")
    return "" if value is None else str(value)
