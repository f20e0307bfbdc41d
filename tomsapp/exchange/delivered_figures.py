"""The figures of what was delivered as JSON: each by its place, with its sum in words."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from tomsapp.domain.delivery.delivered_sums import quarter_text, shortfall_text, state_sums
from tomsapp.domain.delivery.figures import Amounts, Counted, DeliveredLine, QuarterFigures, State
from tomsapp.domain.delivery.paper import DeliveredPaper
from tomsapp.exchange.numbers import plain_exact, plain_number, plain_pounds


def figures_values(paper: DeliveredPaper) -> dict[str, object]:
    """Every figure of a paper, worked out from what is told in it."""
    delivered = paper.delivered
    signed = paper.as_signed
    labels = tuple(year.label for year in delivered.years)
    people = delivered.people
    money = paper.money()
    return {
        "pounds": {
            **_amounts(delivered.pounds, plain_pounds),
            "agreed": plain_pounds(delivered.agreed_pounds),
            "open": plain_pounds(delivered.open_pounds),
        },
        "summary": {"word": delivered.summary.rating.value, "percent": delivered.summary.percent},
        "ratings": {rating.value: number for rating, number in delivered.ratings.items()},
        "jobs": {state.value: plain_exact(Fraction(number)) for state, number in delivered.jobs.items()},
        "people": {
            "new": plain_number(people.new),
            "retained": plain_number(people.retained),
            "transferred": plain_number(people.transferred),
        },
        "real_pounds": {
            "promised": plain_pounds(delivered.real_promised),
            "due": plain_pounds(delivered.real_due),
            "accepted": plain_pounds(delivered.real_accepted),
            "handed_over": plain_pounds(paper.handed_over),
            "passed_on": plain_pounds(money.passed),
            "agreed_in_money": plain_pounds(money.agreed),
            "outstanding": plain_pounds(money.outstanding),
        },
        "promised": plain_pounds(delivered.promised_pounds),
        "as_signed": None if signed is None else plain_pounds(signed.social_value),
        "samples": [list(sample.result.words) for sample in paper.samples],
        "lines": [_line(paper.numbers[line.commitment.key], line, labels) for line in delivered.lines],
    }


def _amounts(amounts: Amounts, write: Callable[[Decimal], str]) -> dict[str, object]:
    return {
        name: write(getattr(amounts, name))
        for name in (
            "due",
            "claimed",
            "evidenced",
            "accepted",
            "final",
            "provisional",
            "missing",
            "surplus",
            "rejected",
            "withdrawn",
        )
    }


def _line(number: int, line: DeliveredLine, labels: tuple[str, ...]) -> dict[str, object]:
    until = line.provisional_until
    return {
        "commitment": number,
        "measure": line.measure.code,
        "title": line.measure.title,
        "unit": line.measure.each_name,
        "promised": plain_number(line.promised),
        "promised_pounds": plain_pounds(line.promised_pounds),
        "units": _amounts(line.units, plain_number),
        "pounds": _amounts(line.pounds, plain_pounds),
        "sums": {
            state.value: [f"{each.years} {each.equation}" for each in state_sums(line, state, labels)]
            for state in State
        },
        "rating": line.rated.rating.value,
        "percent": line.rated.percent,
        "provisional_until": None if until is None else until.isoformat(),
        "shortfall": _shortfall(line),
        "quarters": [_quarter_figures(line, each, labels) for each in line.quarters if each.is_due or each.delivery],
    }


def _shortfall(line: DeliveredLine) -> dict[str, object] | None:
    shortfall = line.shortfall
    if not shortfall.units:
        return None
    return {
        "units": plain_number(shortfall.units),
        "sum": shortfall_text(line, shortfall),
        "pounds": plain_pounds(shortfall.pounds),
        "agreed": plain_pounds(shortfall.agreed_pounds),
        "open": plain_pounds(shortfall.open_pounds),
        "agreements": [
            {
                "act": each.act.id,
                "kind": each.act.kind.value,
                "pounds": plain_pounds(each.pounds),
                "quantity": None if each.quantity is None else plain_number(each.quantity),
                "is_over": each.is_over,
            }
            for each in shortfall.agreed
        ],
    }


def _quarter_figures(line: DeliveredLine, each: QuarterFigures, labels: tuple[str, ...]) -> dict[str, object]:
    counted = {state.value: _counted(each.of(state)) for state in State if each.of(state).parts}
    return {
        "year": each.quarter.quarter.year + 1,
        "quarter": each.quarter.quarter.number,
        "label": each.quarter.label,
        "financial_quarter": each.quarter.financial_quarter.words,
        "planned": plain_number(each.planned),
        "is_due": each.is_due,
        "counted": counted,
        "sum": quarter_text(line, each, State.ACCEPTED, labels),
    }


def _counted(counted: Counted) -> dict[str, object]:
    return {"units": plain_number(counted.units), "pounds": plain_pounds(counted.pounds)}
