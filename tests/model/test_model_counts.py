"""Plain counts of offers by lot: what is said beside the pounds are the quantities themselves, never more."""

import re
from fractions import Fraction

import pytest

from tests.model import model
from tests.model.arithmetic import cut, years_between
from tests.model.calculator import number
from tests.model.random_offers import Case, case
from tomsapp.domain.plain_counts import PlainCount, plain_counts
from tomsapp.domain.valuation import value_contract

OFFERS = 2_000
CHUNK = 500
HEADS = {"people", "households"}


def is_told(text: str, words: str, exact: Fraction) -> bool:
    """Whether the number before some words is the exact one, or the same as far as it is printed: "0.3333…"."""
    found = re.search(rf"(£?[\d,.]+)(…?) {words}", text)
    if found is None:
        return False
    places = len(found[1].partition(".")[2])
    return number(found[1]) == (cut(exact, places) if found[2] else exact)


def wrong(count: PlainCount, lines: list[model.LineFigures], what: Case) -> list[str]:
    measure, shown = lines[0].measure, [number(each) for each in count.figure.split(" to ") if each]
    years = [sum((line.years[year].quantity for line in lines), Fraction(0)) for year in range(len(lines[0].years))]
    unit, in_all = measure.unit.value, sum(years, Fraction(0))
    if unit == "yes_no":
        return [] if not shown else [count.text]
    if unit == "percent":
        single = [year.quantity for line in lines for year in line.years if year.quantity]
        return [] if {min(single), max(single)} == {each * 100 for each in shown} else [count.text]
    if unit in HEADS and measure.counts.value == "each_year":
        filled = [year for year in years if year]
        alone = len(filled) == 1 and len(years) > 1
        expected = {filled[0]} if alone else {min(years), max(years)}
        return [] if set(shown) == expected else [f"{count.text}: {[str(year) for year in years]}"]
    found = [] if shown == [in_all] else [f"{count.text}: {in_all} in all"]
    counted = sum((line.quantity * Fraction(line.commitment.contract_share) for line in lines), Fraction(0))
    if counted != in_all and not is_told(count.text, "counted here", counted):
        found.append(f"{count.text}: {counted} are counted")
    if counted == in_all and "counted here" in count.text:
        found.append(f"{count.text}: all are counted")
    jobs = in_all / years_between(what.contract.start_on, what.contract.end_on)
    if unit == "fte_years" and measure.employment_outcome and not is_told(count.text, "full-time jobs? through", jobs):
        found.append(f"{count.text}: {jobs} jobs")
    return found


def differences(number_of_offer: int) -> list[str]:
    what = case(number_of_offer)
    if any(
        not 0 <= each.contract_share <= 1 or any((entered or 0) < 0 for entered in each.quantities)
        for each in what.commitments
    ):
        return []  # less than nothing is an error, and not put in words
    claimed = model.value_offer(what.contract, what.edition, what.commitments)
    lines: dict[str, list[model.LineFigures]] = {}
    for line in claimed.lines:
        if line.quantity:
            lines.setdefault(line.measure.code, []).append(line)
    counts = plain_counts(value_contract(what.contract, what.edition, what.commitments))
    found = [] if {each.measure for each in counts} == set(lines) else ["other measures are counted"]
    return found + [
        f"offer {number_of_offer}: {text}" for count in counts for text in wrong(count, lines[count.measure], what)
    ]


@pytest.mark.parametrize("numbers", [range(start, start + CHUNK) for start in range(0, OFFERS, CHUNK)], ids=str)
def test_plain_counts_are_the_quantities(numbers):
    assert [text for each in numbers for text in differences(each)] == []
