"""Employment outcomes in a workbook with the same people counted once, as far as a formula can say it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from tomsapp.domain.menu import Counts, Measure
from tomsapp.exchange.workbook_columns import Role
from tomsapp.exchange.workbook_layout import COMMITMENTS, Template
from tomsapp.exchange.workbook_spare import code_cell, outcomes_cell

MOST_CHARACTERS = 8_000
"""A formula has 8,192 characters at most."""

_MOST_SETS = 200
_MOST_ROWS = 250
"""A function has 255 arguments at most."""

ONCE = (
    "Measures that may count the same people count once here: of {codes} only those that are other people for certain. "
    "All of them count when it is declared in writing that the people are different, which no figure here takes in."
)
NOT_ONCE = (
    "Measures that may count the same people are all added here: {codes}. The council’s program counts such people "
    "once when it reads this workbook, until it is declared in writing that they are different."
)
REPEATED = (
    "Of {codes} just the largest number of one year and row counts here (columns F and G): the others may be the same "
    "people, until it is confirmed that they are not."
)
LARGEST_ROW = 4
"""The row of the first measure of which the largest number counts, on the sheet of totals, counted from 0."""


@dataclass(frozen=True, slots=True)
class Largest:
    """A measure that counts once over its years and rows: the cell and the formula of its largest number."""

    code: str
    cell: str
    formula: str


def largest_of(template: Template) -> tuple[Largest, ...]:
    """The measures of which more than one year or row may hold the same people; none that no formula can say."""
    found: list[Largest] = []
    for code, (first, last) in _rows(template).items():
        measure = template.edition.places[code].measure
        rows = [*range(first, last + 1), *template.spare]
        many = len(template.contract.years) > 1 or len(rows) > 1
        if not measure.employment_outcome or measure.counts is Counts.EACH_YEAR or not many:
            continue
        formula = f"=MAX({','.join(_largest_in(template, row, measure) for row in rows)})"
        if len(rows) <= _MOST_ROWS and len(formula) <= MOST_CHARACTERS:
            found.append(Largest(code, f"$G${LARGEST_ROW + len(found) + 1}", formula))
    return tuple(found)


def _largest_in(template: Template, row: int, measure: Measure) -> str:
    """The largest number of a row; of one in which the measure is chosen, where it is this one."""
    largest = template.largest_outcomes(row, measure)
    if row not in template.spare:
        return largest
    return f"IF({COMMITMENTS}!{template.cell(Role.CODE, row)}={code_cell(template, measure.code)},{largest},0)"


def rivals_of(template: Template) -> dict[str, frozenset[str]]:
    """The measures of the workbook whose people may be the same, each with its rivals, in the menu's order."""
    codes = [code for code in _ranges(template) if template.edition.places[code].measure.employment_outcome]
    rivals = {code: template.edition.rivals.get(code, frozenset()).intersection(codes) for code in codes}
    return {code: others for code, others in rivals.items() if others}


def all_outcomes_formula(template: Template) -> str:
    """The formula of all employment outcomes, if all of them are different people."""
    return f"=ROUND(SUM({COMMITMENTS}!{template.column_range(Role.OUTCOMES)}),4)"


def outcomes_once_formula(template: Template) -> tuple[str, str]:
    """The formula of all employment outcomes, and what is to be said about people who may be the same.

    Of measures that may be the same people, the set without a clash that comes to the most is counted: the largest of
    the sums of all such sets, as `people.count_people_once` finds it.
    """
    largest = largest_of(template)
    ranges = _ranges(template) | {each.code: each.cell for each in largest}
    formula, said = _rivals_once(template, ranges)
    repeated = REPEATED.format(codes=", ".join(each.code for each in largest)) if largest else ""
    return formula, " ".join(filter(None, (said, repeated)))


def _rivals_once(template: Template, ranges: Mapping[str, str]) -> tuple[str, str]:
    """The formula over the cells of each measure, and what is said of measures that may be the same people."""
    rivals = rivals_of(template)
    everything = all_outcomes_formula(template)
    if any(cells.startswith("$") for cells in ranges.values()):
        brings = (code for code in ranges if template.edition.places[code].measure.employment_outcome)
        everything = f"=ROUND({'+'.join(f'SUM({ranges[code]})' for code in brings)},4)"
    if not rivals:
        return everything, ""
    codes = ", ".join(rivals)
    alone = [cells for code, cells in ranges.items() if code not in rivals]
    parts = [f"SUM({','.join(alone)})"] if alone else []
    for members in _together(rivals):
        sets = _without_clash(members, rivals)
        if len(sets) > _MOST_SETS:
            return everything, NOT_ONCE.format(codes=codes)
        sums = [f"SUM({','.join(ranges[code] for code in members if code in one)})" for one in sets]
        parts.append(f"MAX({','.join(sums)})")
    formula = f"=ROUND({'+'.join(parts)},4)"
    if len(formula) > MOST_CHARACTERS:
        return everything, NOT_ONCE.format(codes=codes)
    return formula, ONCE.format(codes=codes)


def _ranges(template: Template) -> dict[str, str]:
    """The cells with the employment outcomes of each measure, whose rows stand together or are chosen at the end."""
    if template.spare:
        return {code: outcomes_cell(template, code) for code in _rows(template)}
    column = {code: template.column_range(Role.OUTCOMES, rows=rows) for code, rows in _rows(template).items()}
    return {code: f"{COMMITMENTS}!{cells}" for code, cells in column.items()}


def _rows(template: Template) -> dict[str, tuple[int, int]]:
    """The first and the last row of each measure."""
    rows: dict[str, tuple[int, int]] = {}
    for number, row in enumerate(template.rows, template.first_row):
        rows[row.measure.code] = (rows.get(row.measure.code, (number, number))[0], number)
    return rows


def _together(rivals: Mapping[str, frozenset[str]]) -> list[list[str]]:
    """The measures in groups of which no two groups have a clash."""
    groups: list[list[str]] = []
    placed: set[str] = set()
    for code in rivals:
        if code in placed:
            continue
        waiting, found = [code], {code}
        while waiting:
            new = rivals[waiting.pop()] - found
            found |= new
            waiting.extend(new)
        placed |= found
        groups.append([other for other in rivals if other in found])
    return groups


def _without_clash(members: list[str], rivals: Mapping[str, frozenset[str]]) -> list[frozenset[str]]:
    """Every largest set of members without a clash; cut off once there are too many for a formula."""
    found: list[frozenset[str]] = []

    def widen(chosen: frozenset[str], able: Collection[str], done: Collection[str]) -> None:
        """Bron and Kerbosch's search for cliques, among the pairs that do not clash."""
        if len(found) > _MOST_SETS:
            return
        if not able and not done:
            found.append(chosen)
            return
        left, seen = list(able), set(done)
        while left:
            code = left[0]
            friends = set(members) - rivals[code] - {code}
            widen(chosen | {code}, [one for one in left if one in friends], seen & friends)
            left.remove(code)
            seen.add(code)

    widen(frozenset(), members, ())
    return found
