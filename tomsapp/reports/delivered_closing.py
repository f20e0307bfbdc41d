"""How the block of a commitment ends: its rating to the day, its pounds by year, and what stands behind them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from tomsapp.domain.delivery.delivered_sums import state_sums
from tomsapp.domain.delivery.figures import DeliveredLine, State
from tomsapp.domain.delivery.years_apart import rating_sum_words, returned_by_year, units_in_words
from tomsapp.domain.money import exact_sum
from tomsapp.domain.sums import PrintedSum
from tomsapp.domain.wording import format_date, format_pounds, format_quantity, listed
from tomsapp.reports.delivered_evidence import decided, evidence, notes
from tomsapp.reports.delivered_facts import MARKS, PrintedDelivery
from tomsapp.reports.phrases import capital
from tomsapp.reports.styles import SUM
from tomsapp.reports.tables import Cell, Part, Row, RowKind
from tomsapp.reports.text import Content, Run, in_segments


def closing(page: PrintedDelivery, line: DeliveredLine, span: int) -> Iterator[Row]:
    """The rating to the day, the pounds by year, what was decided by whom, what was agreed, and the evidence."""
    yield Row(
        [Cell([Part(_rating(page, line), SUM, MARKS[line.rated.rating])], span=span)], RowKind.HEAD, continued="To date"
    )
    totals = _totals(page, line)
    if totals:
        yield _wide([Run("To date: ", muted=True), *in_segments(totals, ends=";")], span)
    for content in (*decided(page, line), *notes(line), *evidence(page, line)):
        yield _wide(content, span)


def _wide(content: Content, span: int) -> Row:
    return Row([Cell([Part(content, SUM)], span=span)])


def _rating(page: PrintedDelivery, line: DeliveredLine) -> list[Run]:
    rated = line.rated
    provisional = ""
    if rated.is_provisional:
        own = returned_by_year(line, "provisional")
        units = format_quantity(rated.provisional) if line.adds_up else _apart(page, line, own)
        provisional = f", {units} of it provisional (p)"
    words = [Run(f"{capital(rating_sum_words(line))}: {rated.rating.words}", bold=True), Run(f"{provisional}.")]
    if line.provisional_until is not None:
        words.append(Run(f" All that is provisional can be for good from {format_date(line.provisional_until)}."))
    return words


def _totals(page: PrintedDelivery, line: DeliveredLine) -> str:
    """Due, claimed, evidenced and accepted in pounds by contract year; states that are equal stand once."""
    if not line.measure.is_valued or not line.units.due:
        return ""
    labels = page.labels
    groups: dict[tuple[Decimal, ...], list[State]] = {}
    for state in State:
        if state is State.FINAL and not line.units.provisional:
            continue
        groups.setdefault(line.units_by_year(state), []).append(state)
    told = [_state_words(line, states, labels) for states in groups.values()]
    told += [
        f"{name} {format_quantity(quantity) if line.adds_up else _apart(page, line, apart)}, {format_pounds(worth)}"
        for name, quantity, worth, apart in (
            ("Rejected", line.units.rejected, line.pounds.rejected, returned_by_year(line, "rejected")),
            ("Withdrawn", line.units.withdrawn, line.pounds.withdrawn, returned_by_year(line, "withdrawn")),
            ("Surplus", line.units.surplus, line.pounds.surplus, ()),
        )
        if quantity
    ]
    return f"{'; '.join(told)}."


def _apart(page: PrintedDelivery, line: DeliveredLine, by_year: Sequence[Decimal]) -> str:
    """Units of years that do not add up, each with its year."""
    return units_in_words(line.measure, enumerate(by_year), page.labels)


def _state_words(line: DeliveredLine, states: Sequence[State], labels: tuple[str, ...]) -> str:
    """What states that are equal come to: "Due and claimed 2026/27 40 × £226.50 = £9,060.00"."""
    sums = _folded(state_sums(line, states[0], labels))
    named = capital(listed([state.words.lower() for state in states]))
    if not sums:
        return f"{named} £0.00"
    total = f", in all {format_pounds(exact_sum(line.pounds_by_year(states[0])))}" if len(sums) > 1 else ""
    return f"{named} {' and '.join(map(_sum_words, sums))}{total}"


def _folded(sums: Sequence[PrintedSum]) -> list[PrintedSum]:
    """Sums of years that follow each other and are equal stand once."""
    folded: list[PrintedSum] = []
    for each in sums:
        if folded and folded[-1].equation == each.equation:
            last = folded[-1]
            folded[-1] = replace(last, times=last.times + 1, labels=last.labels + each.labels)
        else:
            folded.append(each)
    return folded


def _sum_words(each: PrintedSum) -> str:
    together = f" in each of {each.times} years, {each.total_text}" if each.times > 1 else ""
    return f"{each.years} {each.equation}{together}"
