"""What publishing fixed: the day, the unit values and the SHA-256 of the edition, as `published.toml` keeps them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from tomsapp.domain.menu import EditionStatus, Measure, MenuEdition
from tomsapp.domain.money import UNIT_VALUE_PLACES
from tomsapp.domain.problems import Problem, Where
from tomsapp.domain.proxy import UnitValue
from tomsapp.menufiles.errors import problem_at
from tomsapp.reading.fields import FieldReader

PUBLISHED_FILE = "published.toml"
UnitValues = Mapping[str, Mapping[int | None, Decimal]]
"""By measure code and calendar year (None: for any year), in pounds."""


@dataclass(frozen=True, slots=True)
class Published:
    """The record of a publication. `withdrawn_on` is set, with the reason, when it may no longer be chosen."""

    published_on: date
    sha256: str
    unit_values: UnitValues
    withdrawn_on: date | None = None
    withdrawn_because: str = ""


def unit_values_of_edition(edition: MenuEdition) -> UnitValues:
    """The unit values of every valued measure."""
    return {
        measure.code: {unit_value.year: unit_value.value for unit_value in measure.unit_values}
        for measure in edition.measures
        if measure.is_valued
    }


def plain_unit_values(unit_values: UnitValues) -> dict[str, object]:
    """Unit values as text: "20202.72", or by year where they are dated."""
    return {
        code: f"{by_year[None]:f}" if None in by_year else {str(year): f"{value:f}" for year, value in by_year.items()}
        for code, by_year in unit_values.items()
    }


def read_unit_values(reader: FieldReader) -> UnitValues:
    """Unit values from their plain form."""
    found: dict[str, Mapping[int | None, Decimal]] = {}
    for code in reader.free_keys():
        table = reader.table(code) if reader.has_table(code) else None
        if table:
            found[code] = _read_years(table)
        else:
            found[code] = {None: reader.amount(code, required=True, places=UNIT_VALUE_PLACES) or Decimal(0)}
    return found


def _read_years(table: FieldReader) -> Mapping[int | None, Decimal]:
    by_year: dict[int | None, Decimal] = {}
    for year in table.free_keys():
        if year.isascii() and year.isdigit() and len(year) == 4:
            by_year[int(year)] = table.amount(year, required=True, places=UNIT_VALUE_PLACES) or Decimal(0)
        else:
            table.report("wrong-type", f"“{year}” is not a year", "Put the file back as it was published", year)
    return by_year


def read_published(values: Mapping[str, object], problems: list[Problem]) -> Published:
    """The publication that `published.toml` records."""
    reader = FieldReader(values, Where(file=PUBLISHED_FILE), problems)
    table = reader.table("unit_values")
    published = Published(
        published_on=reader.day("published_on", required=True) or date.min,
        sha256=reader.text("sha256", required=True),
        unit_values=read_unit_values(table) if table else {},
        withdrawn_on=reader.day("withdrawn_on"),
        withdrawn_because=reader.text("withdrawn_because"),
    )
    reader.finish()
    return published


def fix_unit_values(
    edition: MenuEdition, published: Published, problems: list[Problem], file: str = PUBLISHED_FILE
) -> MenuEdition:
    """The edition with the unit values that were published, instead of computed ones."""
    problems.extend(
        _differs(file, code, "has a published unit value, but is no measure of the edition")
        for code in published.unit_values
        if edition.find_measure(code) is None
    )
    themes = tuple(
        replace(
            theme,
            outcomes=tuple(
                replace(outcome, measures=tuple(_fixed(m, published, problems, file) for m in outcome.measures))
                for outcome in theme.outcomes
            ),
        )
        for theme in edition.themes
    )
    status = EditionStatus.WITHDRAWN if published.withdrawn_on else edition.status
    return replace(
        edition,
        themes=themes,
        status=status,
        published_on=published.published_on,
        withdrawn_on=published.withdrawn_on,
        withdrawn_because=published.withdrawn_because,
    )


def _fixed(measure: Measure, published: Published, problems: list[Problem], file: str) -> Measure:
    values = published.unit_values.get(measure.code, {})
    if set(values) != {unit_value.year for unit_value in measure.unit_values}:
        problems.append(_differs(file, measure.code, "has other years in its published unit values than in its proxy"))
        return measure
    return replace(measure, unit_values=tuple(_at(unit_value, values) for unit_value in measure.unit_values))


def _at(unit_value: UnitValue, values: Mapping[int | None, Decimal]) -> UnitValue:
    return replace(unit_value, value=values[unit_value.year])


def _differs(file: str, code: str, what: str) -> Problem:
    fix = "Put the edition’s files back as they were published"
    return problem_at("published-values", f"{code} {what}", fix, Where(file=file, measure=code))
