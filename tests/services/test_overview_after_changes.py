"""After a change the portfolio is what reading all of it again gives, whatever was changed."""

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.portfolio import add_own_groups, filled_workspace
from tests.services.tenders.build import tender
from tomsapp.bootstrap import menu_catalogue
from tomsapp.dashboards import exchanging
from tomsapp.domain.checks.clashes import CLASH_KEYS
from tomsapp.domain.commitment import OUTSIDE_AREA, Commitment
from tomsapp.domain.contract import Contract, ContractStatus
from tomsapp.domain.contract_dates import end_after
from tomsapp.domain.offer import Surroundings, find_problems
from tomsapp.domain.portfolio import Grouping
from tomsapp.domain.problems import Answer, AnswerChoice
from tomsapp.domain.supplier import Supplier
from tomsapp.services import contracts, overview, portfolio_reading
from tomsapp.services.overview import Filters
from tomsapp.services.tenders.facts import TENDER_FACTS

FILTERS = [
    Filters(),
    Filters(frozenset({ContractStatus.SIGNED})),
    Filters(keys={Grouping.YEAR: frozenset({"2026/27"}), Grouping.THEME: frozenset({"1", "3"})}),
]


@pytest.fixture
def workspace(tmp_path):
    made = filled_workspace(tmp_path, contracts=6)
    add_own_groups(made)
    yield made
    made.close()


def told(cube, workspace):
    """All that the Overview and its files tell of a cube."""
    checked = overview.check_contracts(workspace, cube, [contract.id for contract in cube.contracts])
    figures = [overview.figures(cube, filters, checked, with_contracts=True) for filters in FILTERS]
    lines = sorted(map(str, overview.lines(cube, Filters(), overview.left_out(checked))))
    return figures, overview.choices(cube), lines, cube.change


def clashes_of(work, contract_id):
    """The questions about people of a contract."""
    offer = work.lists.offers([contract_id])[contract_id]
    if not offer.contract.menu:
        return []
    edition = menu_catalogue().load(offer.contract.menu, offer.contract.edition)
    found = find_problems(offer, edition, Surroundings()).problems
    return [problem for problem in found if problem.key.startswith(CLASH_KEYS)]


def some_change(dice, work):
    """Change something of a contract, drawn by the dice."""
    rows = [row for row in work.lists.contracts() if row.status is ContractStatus.DRAFT]
    row = dice.choice(rows)
    stored = work.contracts.get(row.id)
    lines = work.commitments.of(row.id)
    line = dice.choice(lines) if lines else None
    draw = dice.randrange(9)
    if draw == 0 or line is None:
        work.commitments.add(row.id, Commitment("", dice.choice(["J01", "S11", "L01", "V01"]), (Decimal(3),)))
    elif draw == 1:
        work.commitments.delete(line.id, line.version)
    elif draw == 2:
        number = Decimal(dice.choice([0, 1, 7, 10**14]))
        work.commitments.save(line.id, line.version, replace(line.record, quantities=(number, None, Decimal(1))))
    elif draw == 3:
        share, place = Decimal(dice.choice(["0.5", "0.123456", "2"])), dice.choice(["", OUTSIDE_AREA])
        work.commitments.save(line.id, line.version, replace(line.record, contract_share=share, place=place))
    elif draw == 4:
        start = dice.choice([date(2024, 4, 1), date(2027, 1, 1)])
        moved = replace(stored.record, start_on=start, end_on=end_after(start, dice.randrange(1, 5)))
        work.contracts.save(row.id, row.version, moved, row.supplier_id)
    elif draw == 5:
        facts = {"menu": row.menu, "edition": row.edition, "title": "New"}
        work.contracts.add(Contract(f"N-{dice.random()}", Decimal(9), row.start_on, row.end_on, **facts), None)
    elif draw == 6 and len(rows) > 2:
        work.contracts.delete(row.id, row.version)
    elif draw == 7:
        keys = [problem.key for problem in clashes_of(work, row.id)] or [f"{CLASH_KEYS}none:J01+S11"]
        work.answers.give(row.id, dice.choice(keys), Answer("Others.", choice=dice.choice(list(AnswerChoice))))
    else:
        work.contracts.save(row.id, row.version, replace(stored.record, title="Other"), row.supplier_id)


@pytest.mark.parametrize("seed", range(2))
def test_a_portfolio_after_changes_is_the_one_that_is_read_anew(workspace, seed):
    dice = random.Random(seed)
    cube = overview.load_cube(workspace)
    for _ in range(5):
        with workspace.work("Change") as work:
            for _ in range(dice.randrange(1, 4)):
                some_change(dice, work)
            work.commit()
        cube = overview.load_cube(workspace, last=cube)
        assert told(cube, workspace) == told(overview.load_cube(workspace), workspace)


def test_only_what_changed_is_read_again(workspace, monkeypatch):
    last = overview.load_cube(workspace)
    read = []
    build = portfolio_reading._read_cube
    monkeypatch.setattr(portfolio_reading, "_read_cube", lambda *given: read.append(given[3:]) or build(*given))
    row = next(row for row in contracts.list_contracts(workspace) if row.status is ContractStatus.DRAFT)
    with workspace.work("Title") as work:
        work.contracts.save(row.id, row.version, replace(work.contracts.get(row.id).record, title="T"), row.supplier_id)
        work.commit()
    cube = overview.load_cube(workspace, last=last)
    assert read == [(frozenset({row.id}),)]
    others = [place for place, contract in enumerate(cube.contracts) if contract.id != row.id]
    assert all(cube.standings[place] is last.standings[place] for place in others)
    with workspace.work("Supplier") as work:
        work.suppliers.add(Supplier("Another Ltd"))
        work.commit()
    cube = overview.load_cube(workspace, last=cube)
    assert read[1:] == [()]
    TENDER_FACTS.add(workspace, tender())
    overview.load_cube(workspace, last=cube)
    assert read[2:] == [(frozenset(),)], "no figure hangs on a tender"
    monkeypatch.setattr(portfolio_reading, "_MOST_ANEW", 0)
    with workspace.work("Line") as work:
        work.commitments.add(row.id, Commitment("", "J01", (Decimal(1),)))
        work.commit()
    overview.load_cube(workspace, last=cube)
    assert read[3:] == [()]


def test_a_measure_that_is_gone_makes_all_read_again(workspace):
    row = next(row for row in contracts.list_contracts(workspace) if row.status is ContractStatus.DRAFT)
    with workspace.work("A measure that nobody else has") as work:
        line = work.commitments.add(row.id, Commitment("", "C08", (Decimal("0.5"),)))
        work.commit()
    last = overview.load_cube(workspace)
    gone = {row.key for row in overview.figures(last, Filters()).portfolio.rows(Grouping.MEASURE)}
    with workspace.work("Take it out") as work:
        work.commitments.delete(line.id, line.version)
        work.commit()
    part = replace(overview.load_cube(workspace), contracts=[], frame=last.frame[:0])
    assert exchanging.with_contracts_exchanged(last, {contract.id for contract in last.contracts}, part) is None
    cube = overview.load_cube(workspace, last=last)
    left = {row.key for row in overview.figures(cube, Filters()).portfolio.rows(Grouping.MEASURE)}
    assert gone - left == {"C08"}
    assert "C08" not in {key for key, _ in overview.choices(cube)[Grouping.MEASURE]}
