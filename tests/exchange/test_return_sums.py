"""The formulas of a return, worked out exactly here, against the figures of the program; LibreOffice does it apart."""

import random
import re
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest

from tests.exchange.examples import CONTRACT, DISCOUNTED, EDITION, measure, promise
from tests.exchange.returns import claim, form_of
from tomsapp.domain.contract_dates import end_after
from tomsapp.domain.delivery.delivery import DeliveryState
from tomsapp.domain.delivery.figures import State
from tomsapp.domain.delivery.quarters import Quarter, quarters_of
from tomsapp.domain.units import Unit
from tomsapp.exchange.return_sums import LineFormula, states_of, units_of

THREE_YEARS = replace(CONTRACT, end_on=end_after(date(2026, 4, 1), 3))


def rounded(number, places):
    return number.quantize(Decimal(1).scaleb(-int(places)), ROUND_HALF_UP)


def worked_out(formula, cells):
    """What a formula comes to, exactly."""
    text = formula.removeprefix("=")
    for name, value in cells.items():
        text = text.replace(f"N({name})", f"n{value}")
    text = re.sub(r"(?<![\w.])n?(\d+(?:\.\d+)?)", r"Decimal('\1')", text)
    known = {"ROUND": rounded, "MAX": max, "MIN": min, "Decimal": Decimal, "__builtins__": {}}
    return eval(text, known)  # noqa: S307 - a formula of this program


def valued(edition):
    """The edition with a per cent and a yes that have values: their quarters are not added up."""
    first, *others = edition.themes
    of_year = (
        measure("P01", "Staff who are trained", Unit.PERCENT, "11.115"),
        measure("P02", "Policy in place", Unit.YES_NO, "1000.05"),
    )
    more = replace(first.outcomes[0], measures=(*first.outcomes[0].measures, *of_year))
    return replace(edition, themes=(replace(first, outcomes=(more,)), *others))


@pytest.mark.parametrize("edition", [valued(EDITION), DISCOUNTED], ids=["undiscounted", "discounted"])
@pytest.mark.parametrize("now", [Quarter(0, 1), Quarter(0, 4), Quarter(1, 2), Quarter(2, 3)])
def test_each_formula_comes_to_what_the_program_counts(edition, now):
    chance = random.Random(f"{now.year}{now.number}")
    quarters = [each.quarter for each in quarters_of(THREE_YEARS)]
    lines, earlier, returned = [], [], []
    for number, one in enumerate(edition.measures * 6, start=1):
        most = int(one.unit.most or 60) * 10**one.decimals

        def some(most=most, places=one.decimals):
            return Decimal(chance.randint(0, most)) / 10**places

        line = promise(str(number), one.code, *map(str, (some(), some(), some())), contract_share=Decimal("0.333333"))
        lines.append(line)
        earlier += [
            claim(line.key, each, amount, min(amount, some())) if chance.random() < 0.9 else
            claim(line.key, each, amount, state=DeliveryState.WITHDRAWN)
            for each in quarters if each < now and chance.random() < 0.6 for amount in (some(),)
        ]  # fmt: skip
        amount = some()
        returned.append(claim(line.key, now, amount, min(amount, some())))
    said = {"lines": tuple(lines), "quarter": now, "contract": THREE_YEARS, "edition": edition}
    form, after = form_of(*earlier, **said), form_of(*earlier, *returned, **said)
    for line, then, made in zip(form.lines, after.lines, returned, strict=True):
        cells = {"F7": made.claimed, "G7": made.evidenced}
        for state, units in states_of(line, "F7", "G7").items():
            formula = LineFormula(line, state)
            assert worked_out(formula.text(units), cells) == then.quarter.of(state).pounds, line.measure.code
            assert worked_out(formula.text("0"), {}) == formula.value


def test_a_surplus_that_was_agreed_as_a_substitute_counts_no_more():
    form = form_of(claim("3", Quarter(0, 1), "14"))
    (line,) = [each for each in form.lines if each.called == "S08 (1)"]
    bare, used = (LineFormula(each, State.CLAIMED).text("N(F7)") for each in (line, replace(line, reserved=Decimal(4))))
    assert worked_out(bare, {"F7": 6}) - worked_out(used, {"F7": 6}) == Decimal("302.00")
    assert "+10" in used


def test_a_year_without_a_value_counts_nothing():
    late = replace(CONTRACT, start_on=date(2027, 4, 1), end_on=end_after(date(2027, 4, 1), 3))
    said = {"lines": (promise("1", "G01", "4", "4", "4"),), "quarter": Quarter(2, 4), "contract": late}
    earlier = [claim("1", Quarter(year, 4), "4") for year in (0, 1)]
    (line,) = form_of(*earlier, **said).lines
    assert line.figures.unit_values[2] is None
    (after,) = form_of(*earlier, claim("1", Quarter(2, 4), "4"), **said).lines
    assert (
        worked_out(LineFormula(line, State.CLAIMED).text("N(F7)"), {"F7": 4}) == after.quarter.of(State.CLAIMED).pounds
    )
    (full,) = form_of(*earlier, claim("1", Quarter(2, 3), "4"), **said).lines
    assert worked_out(LineFormula(full, State.CLAIMED).text("N(F7)"), {"F7": 4}) == 0


def test_what_was_decided_counts_whatever_stands_in_the_cells():
    now = Quarter(0, 2)
    line = form_of(claim("3", now, "9", "8", accepted=Decimal(7), rejected=Decimal(2))).lines[2]
    assert states_of(line, "F7", "G7") == {State.CLAIMED: "7", State.EVIDENCED: "7"}


def test_what_was_decided_in_part_can_be_claimed_further():
    now = Quarter(0, 2)
    decided = {"accepted": Decimal(5), "rejected": Decimal(2)}
    line = form_of(claim("3", now, "9", "8", **decided)).lines[2]
    after = form_of(claim("3", now, "12", "11", **decided)).lines[2]
    for state, units in states_of(line, "F7", "G7").items():
        formula = LineFormula(line, state)
        assert worked_out(formula.text(units), {"F7": 12, "G7": 11}) == after.quarter.of(state).pounds
        assert worked_out(formula.text(units), {"F7": 9, "G7": 8}) == formula.value


def test_nothing_was_returned():
    assert units_of(None, State.CLAIMED) == 0
