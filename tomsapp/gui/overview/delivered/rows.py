"""How the rows of what was delivered are shown in tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from tomsapp.domain.delivered_portfolio import (
    DeliveredPortfolio,
    DeliveredRow,
    Direction,
    QuarterLine,
    SignedBesideToday,
    StatePounds,
    direction_of,
)
from tomsapp.domain.delivery.figures import State
from tomsapp.domain.portfolio import BY_TIME, Grouping
from tomsapp.domain.wording import format_percent
from tomsapp.gui.models.column import Column, change_column, count_column, number_column, pounds_column
from tomsapp.gui.widgets.state_bar import BarParts
from tomsapp.services.overview_tables import HEADS, NUMBERED

NOTHING_DUE = "Nothing due"
STATES = (State.DUE, State.CLAIMED, State.EVIDENCED, State.ACCEPTED)


@dataclass(frozen=True, slots=True)
class ShownDelivered:
    """A row with its place in the order of the grouping, in proxy pounds or in real ones."""

    place: int
    row: DeliveredRow
    is_real: bool = False

    @property
    def pounds(self) -> StatePounds:
        """The pounds that are shown."""
        return self.row.real if self.is_real else self.row.pounds

    @property
    def before(self) -> StatePounds:
        """Those of the last period."""
        return self.row.real_before if self.is_real else self.row.before

    @property
    def share(self) -> Fraction | None:
        """Accepted ÷ due, exact; None where nothing is due."""
        return self.pounds.of_due(State.ACCEPTED)

    @property
    def direction(self) -> Direction | None:
        """Where it went since the last period."""
        return direction_of(self.pounds, self.before)


def shown_rows(figures: DeliveredPortfolio, grouping: Grouping, *, is_real: bool) -> list[ShownDelivered]:
    """The rows of a grouping in their order."""
    return [ShownDelivered(place, row, is_real) for place, row in enumerate(figures.rows(grouping))]


def share_words(pounds: StatePounds) -> str:
    """How much of what was due was accepted: "85.2%"."""
    share = pounds.of_due(State.ACCEPTED)
    return NOTHING_DUE if share is None else format_percent(share, 1)


def bar_parts(pounds: StatePounds) -> BarParts | None:
    """The states as parts of what is due, for painting; None where nothing is due."""
    shares = [pounds.of_due(state) for state in (State.CLAIMED, State.EVIDENCED, State.ACCEPTED)]
    return None if pounds.due <= 0 else BarParts(*(share or Fraction(0) for share in shares))


def _last_words(row: ShownDelivered) -> str:
    share = row.before.of_due(State.ACCEPTED)
    if share is None:
        return NOTHING_DUE
    direction = f", {row.direction.words}" if row.direction else ""
    return f"{format_percent(share, 1)}{direction}"


def _state_column(state: State) -> Column[ShownDelivered]:
    return pounds_column(state.value, state.words, lambda each: each.pounds.of(state), 107, is_link=True)


def columns_of(grouping: Grouping) -> Sequence[Column[ShownDelivered]]:
    """The columns of a grouping's table."""
    code: Column[ShownDelivered] = Column(
        "code", "Code", lambda each: each.row.key, sort_key=lambda each: each.place, width=52
    )
    name: Column[ShownDelivered] = Column(
        "name",
        HEADS[grouping],
        lambda each: each.row.name,
        sort_key=(lambda each: each.place) if grouping in BY_TIME else None,
        can_hide=False,
    )
    share: Column[ShownDelivered] = Column(
        "share",
        "Accepted of due, cut",
        lambda each: share_words(each.pounds),
        lambda each: each.share,
        "right",
        150,
        bar=lambda each: bar_parts(each.pounds),
        is_searched=False,
    )
    committed: Column[ShownDelivered] = pounds_column(
        "committed", "Committed, all years", lambda each: each.pounds.committed, 140, is_link=True
    )
    last: Column[ShownDelivered] = Column(
        "last",
        "Last period",
        _last_words,
        lambda each: each.before.of_due(State.ACCEPTED),
        width=132,
        tone=lambda _: "text_muted",
        is_searched=False,
    )
    surplus: Column[ShownDelivered] = pounds_column("surplus", "Surplus, apart", lambda each: each.pounds.surplus, 122)
    provisional: Column[ShownDelivered] = pounds_column(
        "provisional", "Of it provisional", lambda each: each.pounds.provisional, 122
    )
    commitments: Column[ShownDelivered] = count_column(
        "commitments", "Commitments", lambda each: each.row.commitments, 112
    )
    return (
        *([code] if grouping in NUMBERED else []),
        name,
        *(_unit_columns() if grouping is Grouping.MEASURE else ()),
        share,
        *(_state_column(state) for state in STATES),
        *(_hidden(each) for each in (last, *(() if grouping in BY_TIME else (committed,)), commitments)),
        *(_hidden(each) for each in (provisional, surplus)),
    )


def _hidden(column: Column[ShownDelivered]) -> Column[ShownDelivered]:
    return replace(column, starts_hidden=True)


def _unit_columns() -> tuple[Column[ShownDelivered], ...]:
    """What was due and accepted of a measure in its own words."""
    due: Column[ShownDelivered] = Column("due_words", "What was due", lambda each: each.row.due_words, width=230)
    done: Column[ShownDelivered] = Column(
        "accepted_words", "What was accepted", lambda each: each.row.accepted_words, width=230
    )
    return _hidden(due), done


def today_columns() -> Sequence[Column[SignedBesideToday]]:
    """The columns of what is committed as signed beside today's values."""
    return (
        Column("measure", "Committed, all years", lambda each: f"{each.key} {each.name}"),
        pounds_column("signed", "As signed", lambda each: each.signed, 124),
        pounds_column("today", "At today’s values", lambda each: each.today, 132),
        change_column(lambda each: each.difference),
        Column("why", "Why", lambda each: each.why, second_line=lambda each: each.reason, width=250),
    )


def line_columns() -> Sequence[Column[QuarterLine]]:
    """The columns of the lines behind a figure: one commitment in one contract quarter."""
    states = [pounds_column(state.value, state.words, _pounds_of(state), 106) for state in STATES]
    return (
        Column("contract", "Contract", lambda line: line.title, second_line=_contract_detail),
        Column("measure", "Measure", lambda line: line.measure_title, second_line=lambda line: line.measure, width=190),
        Column("supplier", "Supplier", lambda line: line.supplier, width=170, starts_hidden=True),
        Column("kind", "Kind of supplier", lambda line: line.supplier_kind, width=150, starts_hidden=True),
        Column("ward", "Ward", lambda line: line.place, width=104),
        Column("project", "Community project", lambda line: line.project, width=150, starts_hidden=True),
        Column(
            "quarter",
            "Contract quarter",
            lambda line: line.quarter_label,
            sort_key=lambda line: line.ended_on,
            second_line=lambda line: line.financial_quarter,
            width=150,
        ),
        *states,
        pounds_column("real", "Real, accepted", lambda line: line.real.accepted, 110),
        number_column(
            "returned",
            "Return",
            lambda line: "On record" if line.is_returned else "None",
            lambda line: line.is_returned,
            84,
        ),
    )


def _pounds_of(state: State) -> Callable[[QuarterLine], Decimal]:
    def pounds(line: QuarterLine) -> Decimal:
        return line.pounds.of(state)

    return pounds


def _contract_detail(line: QuarterLine) -> str:
    return f"{line.reference}  ·  {line.supplier or 'No supplier yet'}"
