"""Puts what the domain says of a commitment to the row and column of the sheet that it was read from."""

from dataclasses import replace

from tomsapp.domain.area import Area
from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.problems import Problem
from tomsapp.exchange.row_reader import Sheet
from tomsapp.exchange.workbook_columns import Role
from tomsapp.reading.suggestion import did_you_mean

_ROLES = {
    "rate": Role.RATE,
    "measure": Role.CODE,
    "contract_share": Role.SHARE,
    "place": Role.WARD,
    "statement": Role.STATEMENT,
    "cost": Role.COST,
}


def placed(problem: Problem, sheet: Sheet, row: int, edition: MenuEdition, area: Area | None) -> Problem:
    """A Problem of the domain with its sheet, row and column, and with the likely code or ward."""
    year, field = problem.where.year, problem.where.field
    column = sheet.headings.columns.get(_ROLES[field]) if field in _ROLES else None
    if field == "quantity":
        column = sheet.headings.quantities.get(year or 0)
    where = sheet.where(row, column, problem.where.measure, field, year)
    fix = problem.fix
    if problem.code == "unknown-measure":
        fix = did_you_mean(problem.where.measure, edition.places, fix)
    elif problem.code == "unknown-ward" and area is not None:
        written = problem.message.split("”", maxsplit=1)[0].removeprefix("“")
        fix = did_you_mean(written, [ward.name for ward in area.wards], fix)
    return replace(problem, where=where, fix=fix)
