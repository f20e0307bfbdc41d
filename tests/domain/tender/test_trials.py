"""Each trial comes to what the whole evaluation comes to, run anew with what the trial changes."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.tender.random_lots import Made, random_lot, with_unit_values
from tomsapp.domain.money import from_scaled
from tomsapp.domain.tender.evaluating import Evaluated, evaluate
from tomsapp.domain.tender.switching import Found, Search
from tomsapp.domain.tender.trial_bid import UNIT_PLACES
from tomsapp.domain.tender.trial_field import TrialField
from tomsapp.domain.tender.unit_path import UnitPath

SEEDS = st.integers(0, 10**12)
MOST_STEPS = 400
"""So many unit values are tried one by one, so that the test ends."""


def _winners(evaluated: Evaluated) -> set[str]:
    return {row.key for row in evaluated.evaluation.winners}


def _keys(field: TrialField, numbers: tuple[int, ...]) -> set[str]:
    return {field.bids[number].bid.key for number in numbers}


def _made(seed: int) -> tuple[Made, TrialField]:
    made = random_lot(seed)
    return made, TrialField(evaluate(made.given))


@settings(max_examples=60)
@given(SEEDS)
def test_whole_numbers_rank_as_fractions_do(seed):
    made, field = _made(seed)
    evaluated = evaluate(made.given)
    assert _keys(field, field.winners) == _winners(evaluated)
    fixed = field.scores.fixed(field.admitted)
    times = field.scores.whole(field.pence, field.admitted) * fixed.scale
    scores = field.scores.scores(field.pence, field.admitted)
    totals = [evaluated.evaluation.row(field.bids[number].bid.key).total for number in field.admitted]
    assert scores == [times * (total or 0) for total in totals]


@settings(max_examples=30)
@given(SEEDS)
def test_a_line_left_out_is_the_evaluation_without_it(seed):
    made, field = _made(seed)
    for number, bid in enumerate(field.bids):
        for line in bid.lines:
            pence, reasons = field.without(number, line)
            left, out = bid.bid.key, frozenset({line.commitment.key})
            bids = tuple(replace(each, left_out=out) if each.key == left else each for each in made.bids)
            anew = evaluate(replace(made, bids=bids).given)
            assert _keys(field, field.winners_of(pence, reasons)) == _winners(anew)
            assert from_scaled(pence[number], 2) == anew.evaluation.row(left).bid.value
            assert [each.why for each in reasons[number]] == [each.why for each in anew.reasons[left]]
            assert field.evaluation(pence, reasons).rows == anew.evaluation.rows


@settings(max_examples=30)
@given(SEEDS, st.integers(0, 400))
def test_another_unit_value_is_the_evaluation_under_such_a_menu(seed, parts):
    made, field = _made(seed)
    for code in field.measures:
        path = UnitPath(field.measure(code))
        unit_values = path.unit_values(path.now * parts // 100)
        pence = field.with_unit_values({code: unit_values})
        reasons = field.reasons(pence)
        values = {year: from_scaled(value, UNIT_PLACES) for year, value in unit_values.items()}
        anew = evaluate(replace(made, menu=with_unit_values(made.menu, code, values)).given)
        assert field.evaluation(pence, reasons).rows == anew.evaluation.rows
        assert _keys(field, field.winners_of(pence, reasons)) == _winners(anew)


def _tried_one_by_one(field: TrialField, path: UnitPath, way: int, far: int) -> Found:
    """The nearest step at which others win, found by trying each."""
    for walked in range(1, far + 1):
        step = path.now + way * walked
        pence = field.with_unit_values({path.measure.code: path.unit_values(step)})
        if field.winners_of(pence, field.reasons(pence)) != field.winners:
            return Found(step - way, step)
    return Found(path.now + way * far, None)


@settings(max_examples=40)
@given(SEEDS, st.booleans())
def test_a_switching_value_is_the_nearest_that_trying_each_finds(seed, is_up):
    _, field = _made(seed)
    for code in field.measures:
        path = UnitPath(field.measure(code))
        path.last = path.now * 3
        found = Search(field, path, is_up=is_up).run()
        end = path.last if is_up else 0
        far = abs((end if found.first is None else found.first) - path.now)
        if far <= MOST_STEPS:
            assert found == _tried_one_by_one(field, path, 1 if is_up else -1, far)
