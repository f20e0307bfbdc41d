"""Sums as they are printed, redone on a pocket calculator for offers by lot: each comes to what stands beside it."""

from fractions import Fraction

import pytest

from tests.model.arithmetic import cut, rounded
from tests.model.calculator import keyed_in, number
from tests.model.random_offers import case
from tomsapp.domain.offer import Offer, Surroundings, value_offer
from tomsapp.domain.sums import PrintedSum, outcome_sum, real_sums, value_sums
from tomsapp.domain.valuation import LineValue

OFFERS = 1_500
CHUNK = 500


def lines(number_of_offer: int) -> tuple[LineValue, ...]:
    what = case(number_of_offer)
    return value_offer(Offer(what.contract, what.commitments), what.edition, Surroundings()).valuation.lines


def wrong(printed: PrintedSum) -> list[str]:
    """What of a sum in pounds does not come out as it is printed."""
    found = []
    if rounded(keyed_in(printed.text)) != number(printed.result_text):
        found.append(f"{printed.equation}: keyed in it is {float(keyed_in(printed.text))}")
    if Fraction(printed.result) != number(printed.result_text):
        found.append(f"{printed.equation}: the result is {printed.result}")
    if printed.total_text and keyed_in(printed.total_text.split(" = ")[0]) != number(
        printed.total_text.split(" = ")[1]
    ):
        found.append(printed.total_text)
    return found


def wrong_outcomes(line: LineValue, printed: PrintedSum | None) -> list[str]:
    if printed is None:
        return [f"{line.employment_outcomes} outcomes have no sum"] if line.employment_outcomes else []
    found = [] if printed.total == line.employment_outcomes else [f"{printed.equation}: {line.employment_outcomes}"]
    # What goes on is cut, so that a calculator shows the same figures and more.
    if cut(keyed_in(printed.text), 2) != cut(number(printed.result_text), 2):
        found.append(f"{printed.equation}: keyed in it is {float(keyed_in(printed.text))}")
    return found


@pytest.mark.parametrize("numbers", [range(start, start + CHUNK) for start in range(0, OFFERS, CHUNK)], ids=str)
def test_printed_sums_come_to_the_figures_of_their_lines(numbers):
    found = []
    for each in numbers:
        for line in lines(each):
            for fold in (True, False):
                worth, handed_over = value_sums(line, fold=fold), real_sums(line, fold=fold)
                found += [f"offer {each}: {text}" for printed in (*worth, *handed_over) for text in wrong(printed)]
                assert sum((printed.total for printed in worth), Fraction(0)) == line.social_value
                assert sum((printed.total for printed in handed_over), Fraction(0)) == line.real_pounds
            sum_of_jobs = outcome_sum(line, case(each).contract)
            found += [f"offer {each}: {text}" for text in wrong_outcomes(line, sum_of_jobs)]
    assert found == []
