"""Whatever was done about deliveries, in whatever order: each paper, file, list and command says the same numbers."""

import csv
import io
import random
from datetime import date
from decimal import Decimal

import pytest

from tests.services.random_histories import History, let_one_person_do_all
from tomsapp.cli.delivery_commands import _lines
from tomsapp.domain.delivery.figures import State
from tomsapp.domain.delivery.quarters import quarters_of
from tomsapp.domain.money import exact_sum, total
from tomsapp.domain.wording import format_pounds
from tomsapp.exchange.delivered_csv import quarters_csv
from tomsapp.services.delivered_paper import paper_of
from tomsapp.services.delivery import OpenDelivery, open_delivery
from tomsapp.services.delivery_totals import DeliveredPounds, delivered_totals
from tomsapp.services.workspace import Workspace

STEPS = 30


@pytest.fixture
def server() -> str:
    return "sqlite"


@pytest.fixture(autouse=True)
def _one_person_does_all(ann):
    let_one_person_do_all(ann)


def days_of(page: OpenDelivery, dice: random.Random) -> list[date]:
    quarters = quarters_of(page.contract)
    ends = [each.ends_on for each in dice.sample(quarters, min(3, len(quarters)))]
    return [page.contract.start_on, *ends, page.contract.end_on, date(2200, 1, 1)]


def hold(page: OpenDelivery) -> None:
    """The parts of the figures come to the whole, in units and in pounds."""
    figures = page.delivered
    for name in ("due", "claimed", "evidenced", "accepted", "provisional", "surplus", "rejected", "withdrawn"):
        assert getattr(figures.pounds, name) == total(getattr(line.pounds, name) for line in figures.lines)
    assert figures.pounds.accepted + figures.open_pounds + figures.agreed_pounds == figures.pounds.due
    for line in figures.lines:
        units, pounds = line.units, line.pounds
        for state, name in ((State.DUE, "due"), (State.CLAIMED, "claimed"), (State.ACCEPTED, "accepted")):
            assert exact_sum(each.of(state).units for each in line.quarters) == getattr(units, name)
            assert total(each.of(state).pounds for each in line.quarters) == getattr(pounds, name)
        for each in (units, pounds):
            assert 0 <= each.provisional <= each.accepted <= each.evidenced <= each.claimed <= each.due
        assert units.accepted + units.missing == units.due
        assert min(pounds.surplus, pounds.rejected, pounds.withdrawn) >= 0
        if page.until >= page.contract.end_on:
            assert units.due == line.promised, line.measure.code
            assert pounds.due == line.promised_pounds


def hold_files(page: OpenDelivery) -> None:
    """The table of the paper and what the command prints say the numbers of the figures."""
    figures = page.delivered
    text = quarters_csv(paper_of(page)).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    for state in (State.DUE, State.CLAIMED, State.EVIDENCED, State.ACCEPTED, State.FINAL):
        pounds = sum((Decimal(row[f"{state.words}, pounds"].replace(",", "") or 0) for row in rows), Decimal(0))
        assert pounds == total(each for line in figures.lines for each in line.pounds_by_year(state))
    printed = "\n".join(_lines(page, page.until))
    for line in figures.lines:
        if line.measure.is_valued:
            assert format_pounds(line.pounds.accepted) in printed


def hold_lists(workspace: Workspace, pages: list[OpenDelivery], until: date) -> None:
    """The totals of all contracts are those of each."""
    totals = delivered_totals(workspace, until)
    for page in pages:
        found = totals[page.stored.id]
        wanted = DeliveredPounds(*(getattr(page.delivered.pounds, name) for name in DeliveredPounds._fields))
        assert (found.pounds, found.ratings, found.summary) == (wanted, page.delivered.ratings, page.delivered.summary)


@pytest.mark.parametrize("seed", range(2))
def test_after_any_history_the_parts_come_to_the_whole_everywhere(ann, seed):
    dice = random.Random(seed)
    histories = [History(ann, dice, number) for number in range(4)]
    for each in histories:
        for _ in range(STEPS):
            each.step()
        assert each.done
    for each in histories:
        for until in days_of(each.page, dice):
            pages = [open_delivery(ann, one.made.id, until) for one in histories]
            for page in pages:
                hold(page)
                hold_files(page)
            hold_lists(ann, pages, until)
