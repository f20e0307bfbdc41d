"""The report to committee on what was delivered: plain counts first, then charts, with the last period beside it."""

from collections.abc import Iterator

from tomsapp.domain.delivered_portfolio import DeliveredPortfolio, DeliveredRow, StatePounds
from tomsapp.domain.delivery.figures import State
from tomsapp.domain.delivery.rating import NO_RETURN, NOTHING_DUE, Rating, counts_in_words
from tomsapp.domain.papers.council_paper import (
    CouncilPaper,
    PaperBar,
    PaperBlock,
    PaperChart,
    PaperColumn,
    PaperHeading,
    PaperList,
    PaperTable,
    PaperText,
    TextKind,
)
from tomsapp.domain.papers.told import COUNTED_HERE, CUT_NOTE, PROXY_NOTE, PaperMaker
from tomsapp.domain.portfolio import Grouping
from tomsapp.domain.wording import format_date, format_percent, format_pounds, plural, small_first

NAME = "Committee report"
MOST_ROWS = 12
"""More suppliers than these are told in one row together, so that a report stays short."""
_PEOPLE = "People are never added over contracts, since one person may be in two of them."
_STATES = (State.DUE, State.CLAIMED, State.EVIDENCED, State.ACCEPTED)


def committee_report(figures: DeliveredPortfolio, maker: PaperMaker, view: str = "") -> CouncilPaper:
    """What was delivered of all that passes the filters, for a committee; `view` is their name where they have one."""
    blocks = [*lead(figures, view), *(_told(figures) if figures.contracts else ())]
    notes = notes_of(figures)
    title = titled("Social value delivered", figures, view)
    return maker.paper(NAME, title, blocks, notes, sources_of(figures))


def _told(figures: DeliveredPortfolio) -> Iterator[PaperBlock]:
    yield from _head(figures)
    yield from _counts(figures)
    yield from _pounds(figures)
    yield from _by_theme(figures)
    yield from _by_supplier(figures)
    yield from _ratings(figures)


def titled(title: str, figures: DeliveredPortfolio, view: str) -> str:
    """The title with the period and the saved view: "Social value delivered: until 31 March 2027, Our schools"."""
    return f"{title}: {small_first(figures.period)}{', ' if view else ''}{view}"


def lead(figures: DeliveredPortfolio, view: str) -> Iterator[PaperBlock]:
    """What the paper is of, before any figure: its contracts, and the filters where it is not of all of them."""
    of = (
        plural(figures.contracts, "contract"),
        plural(figures.suppliers, "supplier"),
        plural(figures.commitments, "commitment"),
    )
    named = f"Saved view “{view}”. " if view else ""
    if figures.filters:
        yield PaperText(f"{named}Only a part of what the council has: {'; '.join(figures.filters)}.", TextKind.MARKED)
    elif named:
        yield PaperText(f"{named}All signed and closed contracts pass it.", TextKind.MARKED)
    if figures.contracts:
        yield PaperText(f"{of[0]} of {of[1]} with {of[2]}.", TextKind.LEAD)
    else:
        some = " that passes these filters" if figures.filters else ""
        yield PaperText(f"There is no signed or closed contract{some}, so there is nothing to report.")


def notes_of(figures: DeliveredPortfolio) -> tuple[str, ...]:
    """What must be known to read the figures, where there are any, and a sentence for each contract without."""
    known = (PROXY_NOTE, CUT_NOTE, *figures.part_notes) if figures.contracts else ()
    return (*known, *(f"{reference} is left out: {why}." for reference, why in figures.left_out))


def sources_of(figures: DeliveredPortfolio) -> tuple[str, ...]:
    """Where the figures of a portfolio are from."""
    menus = "; ".join(f"{menu.name}, SHA-256 {menu.sha256 or 'none'}" for menu in figures.menus)
    filters = f" Filters: {'; '.join(figures.filters)}." if figures.filters else ""
    day = f"Deliveries to {format_date(figures.until)} of signed and closed contracts.{filters}"
    return (day, *([f"Menu editions: {menus}."] if menus else []))


def share_words(pounds: StatePounds) -> str:
    """Accepted ÷ due, cut to one decimal; "nothing due" where nothing was."""
    share = pounds.of_due(State.ACCEPTED)
    return "nothing due" if share is None else format_percent(share, 1)


def _head(figures: DeliveredPortfolio) -> Iterator[PaperBlock]:
    due, accepted = figures.pounds.due, figures.pounds.accepted
    yield PaperText(
        f"Of {format_pounds(due)} in proxy pounds that was due, {format_pounds(accepted)} is accepted "
        f"({share_words(figures.pounds)}). "
        f"{figures.last_period}: {format_pounds(figures.before.accepted)} of {format_pounds(figures.before.due)} "
        f"({share_words(figures.before)}), so the share is {_direction(figures)}."
    )


def _direction(figures: DeliveredPortfolio) -> str:
    return "not to be compared" if figures.direction is None else figures.direction.words


def _counts(figures: DeliveredPortfolio) -> Iterator[PaperBlock]:
    yield PaperHeading("What came, in plain numbers")
    if figures.counts:
        yield PaperList(tuple(count.text for count in figures.counts))
        part = f" {COUNTED_HERE}" if any("counted here" in count.note for count in figures.counts) else ""
        yield PaperText(f"{_PEOPLE}{part}", TextKind.NOTE)
    else:
        yield PaperText("Nothing was due or accepted.")


def _pounds(figures: DeliveredPortfolio) -> Iterator[PaperBlock]:
    yield PaperHeading("What it is worth")
    told = [(state.words, figures.pounds.of(state), figures.before.of(state)) for state in _STATES]
    yield PaperChart(
        f"Proxy pounds, {small_first(figures.period)}",
        tuple(PaperBar(name, now, format_pounds(now)) for name, now, _ in told),
    )
    money, real = figures.money, figures.real
    rows = [(f"{name}, proxy pounds", format_pounds(now), format_pounds(before)) for name, now, before in told]
    rows += [
        ("Missing, proxy pounds", format_pounds(figures.pounds.missing), format_pounds(figures.before.missing)),
        ("Due, real pounds", format_pounds(real.due), format_pounds(figures.real_before.due)),
        ("Accepted, real pounds", format_pounds(real.accepted), format_pounds(figures.real_before.accepted)),
        ("Money handed over", format_pounds(money.received), format_pounds(figures.money_before.received)),
    ]
    columns = (
        PaperColumn("What", 160),
        PaperColumn(figures.period, 150, right=True),
        PaperColumn(figures.last_period or "Before", 150, right=True),
    )
    yield PaperTable("This period beside the last", columns, tuple(rows))


def _by_theme(figures: DeliveredPortfolio) -> Iterator[PaperBlock]:
    rows = figures.rows(Grouping.THEME)
    if rows:
        yield PaperHeading("By theme")
        yield PaperChart(
            "Accepted by theme, in proxy pounds",
            tuple(PaperBar(row.name, row.pounds.accepted, format_pounds(row.pounds.accepted)) for row in rows),
        )
        yield _grouped("Due and accepted by theme, in proxy pounds", "Theme", rows, figures)


def _by_supplier(figures: DeliveredPortfolio) -> Iterator[PaperBlock]:
    rows = figures.rows(Grouping.SUPPLIER)
    if rows:
        yield PaperHeading("By supplier")
        yield _grouped("Due and accepted by supplier, in proxy pounds", "Supplier", rows[:MOST_ROWS], figures)
        if len(rows) > MOST_ROWS:
            more = plural(len(rows) - MOST_ROWS, "more supplier is", "more suppliers are")
            yield PaperText(f"{more} in the total and not listed.", TextKind.NOTE)


def _grouped(caption: str, head: str, rows: tuple[DeliveredRow, ...], figures: DeliveredPortfolio) -> PaperTable:
    columns = (
        PaperColumn(head, 170),
        PaperColumn("Due", 90, right=True),
        PaperColumn("Accepted", 90, right=True),
        PaperColumn("Accepted of due", 70, right=True),
        PaperColumn("Last period", 70, right=True),
    )
    return PaperTable(
        caption,
        columns,
        tuple(_row(row.name, row.pounds, row.before) for row in rows),
        _row("Together", figures.pounds, figures.before),
    )


def _row(name: str, pounds: StatePounds, before: StatePounds) -> tuple[str, ...]:
    told = (format_pounds(pounds.due), format_pounds(pounds.accepted), share_words(pounds), share_words(before))
    return (name, *told)


def _ratings(figures: DeliveredPortfolio) -> Iterator[PaperBlock]:
    yield PaperHeading("Ratings")
    words = counts_in_words(dict(figures.ratings))
    yield PaperText(f"Commitments by the words of the Procurement Regulations: {words or 'none'}.")
    if figures.ratings.get(Rating.OTHER):
        yield PaperText(f"{Rating.OTHER.words}: {NOTHING_DUE}, or {NO_RETURN}.", TextKind.NOTE)
