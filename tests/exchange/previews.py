"""What the rows of a table would bring beside the file's own figures, for the tests of what compares the two."""

from dataclasses import dataclass, replace

from tomsapp.domain.checks.registry import line_problems
from tomsapp.domain.checks.repeats import repeat_problems
from tomsapp.domain.problems import Problem, Severity, Where, has_errors
from tomsapp.domain.valuation import value_contract
from tomsapp.exchange.labelled.read import OfferReader
from tomsapp.exchange.own_totals import own_totals
from tomsapp.exchange.placed import placed
from tomsapp.exchange.sheets.opening import open_table
from tomsapp.exchange.stamp import contract_problems, missing_columns, stamp_problems
from tomsapp.exchange.stamp_sheet import read_stamp
from tomsapp.exchange.workbook_layout import TOTALS
from tomsapp.exchange.workbook_read import compare, find_table, heading_problems, read_rows

DIFFERENCES = frozenset({
    "column-hidden", "column-missing", "other-contract", "other-dates", "other-edition", "other-menu-bytes",
    "other-spend", "other-value", "per-cent-unclear", "row-hidden", "row-width", "total-differs", "value-differs",
})  # fmt: skip


@dataclass(frozen=True)
class PreviewRow:
    """A row of the file as it would come in."""

    number: int
    measure: str
    commitment: object
    problems: tuple
    value: object = None
    stated: object = None


@dataclass(frozen=True)
class Preview:
    """What a file would bring."""

    rows: tuple
    problems: tuple
    totals: tuple
    own_total: str

    @property
    def commitments(self):
        return tuple(row.commitment for row in self.rows if row.commitment is not None)

    @property
    def has_errors(self):
        return has_errors(self.problems) or any(has_errors(row.problems) for row in self.rows)

    @property
    def differences(self):
        told = [*self.problems, *(problem for row in self.rows for problem in row.problems)]
        return tuple(problem for problem in told if problem.code in DIFFERENCES)


def read_table(data, file, edition, contract, area=None):
    """The rows of a table, valued and compared with what the file states itself."""
    book = open_table(data, file)
    found_in = find_table(OfferReader(edition, contract, area, file), book)
    sheet, stamp = found_in.sheet, read_stamp(book)
    found = [*book.problems, *stamp_problems(stamp, edition, file)]
    if stamp:
        found += contract_problems(stamp, book, contract, file)
        found += missing_columns(stamp, sheet.headings, file, sheet.name)
    read = read_rows(found_in.grid, sheet)
    rows = [_checked(row, sheet, value_contract(contract, edition, ()), area) for row in read]
    valuation = value_contract(contract, edition, [row.commitment for row in rows if row.commitment is not None])
    asked = {}
    for problem in repeat_problems(valuation):
        asked.setdefault(problem.where.commitment, []).append(problem)
    compared = compare(found_in.grid, sheet, read, valuation, stamp)
    told = own_totals(*compared, book.find(TOTALS) if stamp else None)
    problems = [*found, *heading_problems(found_in, file), *told.problems(file)]
    if not rows:
        problems.append(Problem("nothing-filled-in", Severity.ERROR, "No row has a quantity", "", Where(file)))
    shown = [
        _beside(row, one, [placed(each, sheet, row.number, edition, area) for each in asked.get(str(row.number), ())])
        for row, one in zip(rows, compared[1], strict=True)
    ]
    return Preview(tuple(shown), tuple(problems), told.totals, told.words)


def _beside(row, compared, asked):
    problems = (*row.problems, *asked, *([compared.problem] if compared.problem else []))
    value = compared.line.social_value if compared.line else None
    return replace(row, problems=problems, value=value, stated=compared.social_value)


def _checked(read, sheet, nothing, area):
    commitment = read.commitment
    found = line_problems(commitment, nothing, area) if commitment.measure else []
    errors = [problem for problem in read.problems if problem.severity is Severity.ERROR]
    unread = {(problem.where.field, problem.where.year) for problem in errors}
    of_domain = [
        placed(problem, sheet, read.number, nothing.edition, area)
        for problem in found
        if (problem.where.field, problem.where.year) not in unread
    ]
    problems = (*read.problems, *of_domain)
    return PreviewRow(read.number, commitment.measure, None if has_errors(problems) else commitment, problems)
