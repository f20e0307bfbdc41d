"""The formula that counts the same people once, worked out here for any menu, against the domain's rule."""

import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exchange.examples import CONTRACT, EDITION, promise
from tomsapp.domain.menu import Clash, Counts, ExclusionGroup
from tomsapp.domain.people import count_people_once
from tomsapp.exchange import workbook_people
from tomsapp.exchange.tables_xlsx import BookProperties
from tomsapp.exchange.workbook_columns import Role
from tomsapp.exchange.workbook_layout import Template
from tomsapp.exchange.workbook_people import largest_of, outcomes_once_formula
from tomsapp.exchange.workbook_write import write_workbook

CODES = tuple(f"J{number:02d}" for number in range(8))


def edition_of(groups, codes=CODES, **facts):
    outcome = EDITION.themes[0].outcomes[0]
    measures = tuple(replace(outcome.measures[2], code=code, **facts) for code in codes)
    theme = replace(EDITION.themes[0], outcomes=(replace(outcome, measures=measures),))
    return replace(EDITION, themes=(theme,), exclusion_groups=tuple(groups))


def group(number, measures, against=(), *, once=True):
    return ExclusionGroup(f"g{number}", Clash.DECLARE, "person", measures, "r", against, outcomes_once=once)


def worked_out(template, outcomes):
    """The formula's result when each measure's row has these employment outcomes."""
    formula, _said = outcomes_once_formula(template)
    numbers = {
        f"{template.cell(Role.OUTCOMES, row)}": outcomes[item.measure.code]
        for row, item in enumerate(template.rows, template.first_row)
    }

    def cells(match):
        letters, first, last = match[1], int(match[2]), int(match[3])
        return ", ".join(str(numbers[f"{letters}{row}"]) for row in range(first, last + 1))

    text = re.sub(r"Commitments!([A-Z]+)(\d+):[A-Z]+(\d+)", cells, formula[1:])
    names = {"ROUND": lambda number, _places: number, "SUM": lambda *many: sum(many), "MAX": max}
    return eval(text, {"__builtins__": {}}, names)  # noqa: S307 - a formula that this test made


SUBSETS = st.lists(st.sampled_from(CODES), unique=True, max_size=4).map(tuple)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(SUBSETS, SUBSETS, st.booleans()), max_size=4),
    st.lists(st.integers(0, 9), min_size=len(CODES), max_size=len(CODES)),
)
def test_the_formula_counts_people_as_the_domain_does(groups, numbers):
    edition = edition_of(
        group(index, measures, against, once=once) for index, (measures, against, once) in enumerate(groups)
    )
    outcomes = dict(zip(CODES, numbers, strict=True))
    template = Template(edition, CODES, CONTRACT)
    exact = {code: Fraction(number) for code, number in outcomes.items()}
    assert worked_out(template, outcomes) == count_people_once(edition, exact).outcomes


def test_several_rows_of_a_measure_are_one_measure():
    edition = edition_of([group(1, ("J00", "J01"))])
    lines = (promise(1, "J00", "1"), promise(2, "J00", "2"), promise(3, "J01", "4"))
    formula, said = outcomes_once_formula(Template(edition, (), CONTRACT, None, lines))
    assert formula.count("MAX(SUM(") == 1
    assert ":" in formula
    assert "J00, J01" in said
    assert "declared in writing" in said


def test_what_no_formula_can_say_is_said_in_words(monkeypatch):
    pairs = [group(number, (CODES[number], CODES[number + 1])) for number in (0, 2, 4)]
    joined = [*pairs, group(9, ("J01",), ("J02", "J04"))]
    template = Template(edition_of(joined), CODES, CONTRACT)
    assert "MAX" in outcomes_once_formula(template)[0]
    monkeypatch.setattr(workbook_people, "_MOST_SETS", 1)
    formula, said = outcomes_once_formula(template)
    assert "MAX" not in formula
    assert "when it reads this workbook" in said
    monkeypatch.setattr(workbook_people, "_MOST_SETS", 100)
    monkeypatch.setattr(workbook_people, "MOST_CHARACTERS", 50)
    assert outcomes_once_formula(template) == (formula, said)


def test_of_what_counts_once_the_largest_number_of_a_year_and_row_counts(monkeypatch):
    groups = [group(1, ("J00", "J01"))]
    edition = edition_of(groups, counts=Counts.ONCE)
    lines = (promise(1, "J00", "1", "2"), promise(2, "J00", "2", "0"), promise(3, "J02", "4", "1"))
    template = Template(edition, (), CONTRACT, None, lines)
    largest = largest_of(template)
    assert [(each.code, each.cell) for each in largest] == [("J00", "$G$5"), ("J02", "$G$6")]
    assert largest[0].formula.count("MAX(Commitments!") == 2
    formula, said = outcomes_once_formula(template)
    assert formula == "=ROUND(SUM($G$5)+SUM($G$6),4)"
    assert "J00, J02 just the largest number" in said
    both = Template(edition, (), CONTRACT, None, (*lines, promise(4, "J01", "3")))
    assert "MAX(SUM($G$5),SUM($G$6))" in outcomes_once_formula(both)[0]
    one_year = replace(CONTRACT, end_on=date(2027, 3, 31))
    assert largest_of(Template(edition, CODES, one_year)) == ()
    assert largest_of(Template(edition_of(groups, counts=Counts.EACH_YEAR), (), CONTRACT, None, lines)) == ()
    monkeypatch.setattr(workbook_people, "_MOST_ROWS", 1)
    assert [each.code for each in largest_of(template)] == ["J02"]


def test_a_length_that_does_not_end_is_divided_exactly():
    contract = replace(CONTRACT, end_on=date(2026, 10, 31))
    template = Template(EDITION, ("J11",), contract)
    assert template.outcomes_formula(6, EDITION.places["J11"].measure).endswith("*1*12/7")
    halves = Template(EDITION, ("J11",), replace(CONTRACT, end_on=date(2027, 9, 30)))
    assert halves.outcomes_formula(6, EDITION.places["J11"].measure).endswith("*1/1.5")


def test_the_words_stand_beside_the_total():
    template = Template(edition_of([group(1, ("J00", "J01"))]), CODES, CONTRACT)
    data = write_workbook(template, BookProperties("t", datetime(2026, 4, 1, tzinfo=UTC)))
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Totals"]
    assert "J00, J01" in sheet["D7"].value
    assert "MAX(" in sheet["B7"].value
