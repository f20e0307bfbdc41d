"""An edition as a table for spreadsheets: one row for each unit value, with how it was made and its source."""

import csv
import io

from tomsapp.domain.menu import Measure, MenuEdition, Place
from tomsapp.domain.proxy import UnitValue
from tomsapp.domain.uprating import uprating_text
from tomsapp.menufiles.diff import field_text

HEADS = (
    "Theme number", "Theme", "Outcome code", "Outcome", "Measure", "Title", "Description", "Unit", "For each",
    "Counts", "Delivery year", "Unit value", "Low", "High", "How it was made", "Published value", "Price base",
    "Source", "Publisher", "Source year", "Licence", "Address", "Source detail", "Derivation", "Confidence",
    "Real pounds", "Local only", "Employment outcome", "Deadweight share", "Displacement share", "Benefit years",
    "Drop-off share", "Earned", "For", "What counts", "What does not count", "Evidence", "Evidence months",
    "Evidence if later", "Guidance", "Small example", "Tags", "Owner", "Review due",
)  # fmt: skip
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def edition_rows(edition: MenuEdition) -> list[tuple[str, ...]]:
    """The rows under `HEADS`; a record-only measure has one row without a value, a dated one a row for each year."""
    return [
        (*_place_cells(place), *_value_cells(place.measure, unit_value, edition), *_term_cells(place.measure))
        for place in edition.places.values()
        for unit_value in place.measure.unit_values or (None,)
    ]


def edition_csv(edition: MenuEdition) -> bytes:
    """The rows as a CSV file: UTF-8 with a byte order mark, so that a spreadsheet reads £ as £."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADS)
    writer.writerows(edition_rows(edition))
    return text.getvalue().encode("utf-8-sig")


def guarded(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _place_cells(place: Place) -> tuple[str, ...]:
    measure = place.measure
    cells = (
        str(place.theme.number), place.theme.title, place.outcome.code, place.outcome.title, measure.code,
        measure.title, measure.description, measure.unit.value, measure.each_name, measure.counts.value,
    )  # fmt: skip
    return tuple(guarded(cell) for cell in cells)


def _value_cells(measure: Measure, unit_value: UnitValue | None, edition: MenuEdition) -> tuple[str, ...]:
    proxy = measure.proxy
    if unit_value is None or proxy is None:
        return ("",) * (HEADS.index("Real pounds") - HEADS.index("Delivery year"))
    source = proxy.source
    cells = (
        field_text(unit_value.year), f"{unit_value.value:f}", _pounds(unit_value.low), _pounds(unit_value.high),
        uprating_text(unit_value, edition.price_base), f"{unit_value.published:f}", proxy.price_base, source.title,
        source.publisher, source.year, source.licence, proxy.address or source.address, proxy.source_detail,
        proxy.derivation, proxy.confidence,
    )  # fmt: skip
    return tuple(guarded(cell) for cell in cells)


def _pounds(amount: object) -> str:
    return "" if amount is None else f"{amount:f}"


def _term_cells(measure: Measure) -> tuple[str, ...]:
    values = (
        measure.real_pounds, measure.local_only, measure.employment_outcome, measure.deadweight_share,
        measure.displacement_share, measure.benefit_years, measure.drop_off_share, measure.earned,
        measure.equality_group, measure.count, measure.do_not_count, measure.evidence, measure.evidence_months,
        measure.evidence_if_later, measure.guidance, measure.small_example, measure.tags, measure.owner,
    )  # fmt: skip
    due = measure.review_due.isoformat() if measure.review_due else ""
    return (*(guarded(field_text(value)) for value in values), due)
