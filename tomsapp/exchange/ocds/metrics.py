"""What was promised and delivered as metrics, each with its observations.

A commitment has up to three metrics: its units, its social value in proxy pounds, and its real pounds; so no reader
takes one for another. The same metric stands under what was agreed, with a quantity for each contract year, and under
what was delivered, with an observation for each contract year and state. The rating of a commitment is an observation
of its own with the class that the United Kingdom's extension has for it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tomsapp.domain.contract_dates import ContractYear
from tomsapp.domain.delivery.figures import Amounts, Delivered, DeliveredLine, State
from tomsapp.domain.delivery.rating import PERCENT_PLACES, Rating
from tomsapp.domain.money import round_down
from tomsapp.domain.open_data import OpenContract
from tomsapp.domain.valuation import LineValue
from tomsapp.domain.wording import format_percent
from tomsapp.exchange.ocds.moments import day_begins, day_ends

Metric = dict[str, object]
ByYear = Callable[[State], tuple[Decimal, ...]]
CURRENCY = "GBP"
SOCIAL_VALUE, REAL_POUNDS, HANDED_OVER = "social-value", "real-pounds", "handed-over"
SURPLUS = "surplus"
CLASSES = {
    Rating.GOOD: "met",
    Rating.APPROACHING_TARGET: "slightlyBelow",
    Rating.REQUIRES_IMPROVEMENT: "below",
    Rating.INADEQUATE: "significantlyBelow",
    Rating.OTHER: "other",
}
"""The class of each rating, as the extension's description of `measureClassification` lists them."""
_COUNTED = (State.DUE, State.CLAIMED, State.EVIDENCED, State.ACCEPTED, State.FINAL)
_PROXY = (
    "Proxy pounds: what the promise is reckoned to be worth to society at the unit values of the menu edition {}. "
    "They are not money that anybody pays, and are never added to real pounds."
)
_REAL = "Real pounds that the supplier gives, apart from proxy pounds."
_LEDGER = "Real pounds that were handed over, by the council’s ledger."


@dataclass(frozen=True, slots=True)
class _Seen:
    """What an observation says: its id after that of its metric, its days, and what was observed in which state."""

    name: str
    starts_on: date
    ends_on: date
    amount: Decimal
    state: str = ""


def agreed_metrics(told: OpenContract) -> list[Metric]:
    """What was promised: units, proxy pounds and real pounds of each commitment by contract year, and the totals."""
    contract, valuation = told.delivered.contract, told.valuation
    whole = (contract.start_on, contract.end_on)
    found: list[Metric] = []
    for number, (line, value) in enumerate(_pairs(told), start=1):
        found.append(
            _units(line, number, (_year(year, units) for year, units in _by_year(told, line.promised_by_year)))
        )
        if line.measure.is_valued:
            worth = [_year(each.year, each.social_value) for each in value.years]
            found.append(_proxy_pounds(told, line, number, worth))
        if line.measure.real_pounds:
            given = [_year(each.year, each.real_pounds) for each in value.years]
            found.append(_real_pounds(line, number, given))
    found.append(_total(told, [_Seen("promised", *whole, valuation.social_value)]))
    found.append(_real_total([_Seen("promised", *whole, valuation.real_pounds)]))
    return found


def delivered_metrics(told: OpenContract) -> list[Metric]:
    """What was delivered to the day, with the rating of each commitment; nothing while no quarter has ended."""
    delivered = told.delivered
    last = delivered.last_quarter
    if last is None:
        return []
    days = (delivered.contract.start_on, last.ends_on)
    found: list[Metric] = []
    for number, line in enumerate(delivered.lines, start=1):
        seen = [*_states(told, line.units_by_year), *_surplus(line.units, days)]
        found.append(_units(line, number, seen, [_rating(line, number, days)]))
        if line.measure.is_valued:
            pounds = [*_states(told, line.pounds_by_year), *_surplus(line.pounds, days)]
            found.append(_proxy_pounds(told, line, number, pounds))
        if line.measure.real_pounds:
            real = [_Seen(each.value, *days, line.real_pounds[each], each.value) for each in _COUNTED]
            found.append(_real_pounds(line, number, real))
    found.append(_total(told, [*_amounts(delivered, days), *_surplus(delivered.pounds, days)]))
    found.append(_real_total([_Seen(each.value, *days, delivered.real_pounds(each), each.value) for each in _COUNTED]))
    found.append(_money(HANDED_OVER, "Money handed over", _LEDGER, [_Seen("received", *days, told.handed_over)]))
    return found


def _pairs(told: OpenContract) -> Iterator[tuple[DeliveredLine, LineValue]]:
    """The commitments with what they are worth, both in the order of the contract."""
    return zip(told.delivered.lines, told.valuation.lines, strict=True)


def _by_year(told: OpenContract, quantities: Iterable[Decimal]) -> Iterator[tuple[ContractYear, Decimal]]:
    return zip(told.delivered.years, quantities, strict=True)


def _year(year: ContractYear, amount: Decimal) -> _Seen:
    return _Seen(f"year-{year.index + 1}", year.starts_on, year.ends_on, amount)


def _states(told: OpenContract, by_year: ByYear) -> Iterator[_Seen]:
    """An observation for each state of each contract year that has begun to be due, to the last quarter that ended."""
    last = told.delivered.last_quarter
    for state in _COUNTED:
        for year, amount in _by_year(told, by_year(state)):
            if last is not None and year.starts_on <= last.ends_on:
                ends_on = min(year.ends_on, last.ends_on)
                yield _Seen(f"year-{year.index + 1}-{state.value}", year.starts_on, ends_on, amount, state.value)


def _amounts(delivered: Delivered, days: tuple[date, date]) -> Iterator[_Seen]:
    pounds = delivered.pounds
    told = (pounds.due, pounds.claimed, pounds.evidenced, pounds.accepted, pounds.final)
    for state, amount in zip(_COUNTED, told, strict=True):
        yield _Seen(state.value, *days, amount, state.value)


def _surplus(amounts: Amounts, days: tuple[date, date]) -> list[_Seen]:
    return [_Seen(SURPLUS, *days, amounts.surplus, SURPLUS)] if amounts.surplus else []


def _rating(line: DeliveredLine, number: int, days: tuple[date, date]) -> Metric:
    rated = line.rated
    share = rated.share
    observed: Metric = {"id": f"{number}-rating", "period": _period(*days)}
    if share is not None:
        observed["measure"] = round_down(share * 100, PERCENT_PLACES)
        observed["unit"] = {"name": "per cent of what was due that was accepted, cut to one decimal"}
    observed["dimensions"] = {"state": "rating"}
    observed["measureClassification"] = {"id": CLASSES[rated.rating], "description": rated.rating.words}
    provisional = "; part of what is accepted is provisional" if rated.is_provisional else ""
    observed["notes"] = f"{rated.sum_words}{provisional}"
    return observed


def _units(line: DeliveredLine, number: int, seen: Iterable[_Seen], further: Sequence[Metric] = ()) -> Metric:
    measure, share = line.measure, line.commitment.contract_share
    shared = "" if share == 1 else f" This contract’s share of it is {format_percent(share)}; quantities are the whole."
    return {
        "id": str(number),
        "title": measure.full_name,
        "description": f"Counted in {measure.unit.many}.{shared}",
        "observations": [
            *(
                {**_observed(str(number), each), "measure": each.amount, "unit": {"name": measure.unit.many}}
                for each in seen
            ),
            *further,
        ],
    }


def _proxy_pounds(told: OpenContract, line: DeliveredLine, number: int, seen: Iterable[_Seen]) -> Metric:
    said = _PROXY.format(told.delivered.edition.edition)
    return _money(f"{number}-{SOCIAL_VALUE}", f"Social value of {line.measure.full_name}", said, seen)


def _real_pounds(line: DeliveredLine, number: int, seen: Iterable[_Seen]) -> Metric:
    return _money(f"{number}-{REAL_POUNDS}", f"Real pounds of {line.measure.full_name}", _REAL, seen)


def _total(told: OpenContract, seen: Iterable[_Seen]) -> Metric:
    said = _PROXY.format(told.delivered.edition.edition)
    return _money(SOCIAL_VALUE, "Social value of the contract", said, seen)


def _real_total(seen: Iterable[_Seen]) -> Metric:
    return _money(REAL_POUNDS, "Real pounds of the contract", _REAL, seen)


def _money(name: str, title: str, description: str, seen: Iterable[_Seen]) -> Metric:
    return {
        "id": name,
        "title": title,
        "description": description,
        "observations": [{**_observed(name, each), "value": pounds(each.amount)} for each in seen],
    }


def _observed(metric: str, seen: _Seen) -> Metric:
    dimensions = {"dimensions": {"state": seen.state}} if seen.state else {}
    return {"id": f"{metric}-{seen.name}", "period": _period(seen.starts_on, seen.ends_on), **dimensions}


def _period(starts_on: date, ends_on: date) -> dict[str, str]:
    return {"startDate": day_begins(starts_on), "endDate": day_ends(ends_on)}


def pounds(amount: Decimal) -> dict[str, object]:
    """An amount of money as the standard has it."""
    return {"amount": amount, "currency": CURRENCY}
